package engine

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// What is made of a text in pieces is what is made of it at once, wherever a piece ends.
func TestTextInPieces(t *testing.T) {
	letters := strings.Repeat("a", textPiece-2)
	for name, text := range map[string]string{
		"empty":             "",
		"ASCII":             letters + letters + "b\r\n\x00",
		"two pieces":        letters[:textPiece-2] + "bc",
		"é at the end":      letters + "aé" + letters,
		"日 at the end":      letters + "日" + letters,
		"😀 at the end":      letters + "a😀" + letters + "😀",
		"😀 before the end":  letters[1:] + "😀" + letters + "éa",
		"cut at the end":    letters + "\xF0\x9F" + letters,
		"cut in the middle": letters + "a\xF0\x9F\x98a",
		"continued":         letters + strings.Repeat("\x80", 20) + letters,
		"😀 continued":       letters[1:] + "😀\x80\x80é",
		"wide":              strings.Repeat("é😀", textPiece/2+3),
	} {
		made := NewText([]byte(text))
		if made.IsASCII() != !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) || made.Valid() != utf8.ValidString(text) {
			t.Errorf("%s: ASCII %t, valid %t", name, made.IsASCII(), made.Valid())
		}
		runes := []rune(text)
		if !slices.Equal(made.Runes(), runes) {
			t.Errorf("%s: other runes", name)
		}
		var units []rune
		for _, unit := range utf16.Encode(runes) {
			units = append(units, rune(unit))
		}
		if !slices.Equal(made.utf16Units(), units) {
			t.Errorf("%s: other UTF-16 units", name)
		}
		inRunes, inUnits := made.offsets(), unitUTF16.converter(made)
		rune, unit := 0, 0
		for at, r := range text {
			if near := at % textPiece; near < 10 || near > textPiece-10 {
				if inRunes.rune(at) != rune || inRunes.byte(rune) != at {
					t.Errorf("%s: byte %d is rune %d, and rune %d is byte %d", name, at, inRunes.rune(at), rune, inRunes.byte(rune))
				}
				if made.Valid() && (inUnits.index(at) != unit || inUnits.byte(unit) != at) {
					t.Errorf("%s: byte %d is unit %d, and unit %d is byte %d", name, at, inUnits.index(at), unit, inUnits.byte(unit))
				}
			}
			rune, unit = rune+1, unit+utf16.RuneLen(r)
		}
	}
}

// A search whose time is over makes no more of a text, and the next one goes on from there.
func TestTextIsMadeWithinTheBudget(t *testing.T) {
	for _, test := range []struct {
		name    string
		engine  Engine
		made    func(*Text) bool
		outcome Outcome
	}{
		{"runes", DotNet(), func(t *Text) bool { return t.runed.Load() }, Match},
		{"units", ECMAScript(), func(t *Text) bool { return t.united.Load() }, Match},
	} {
		text := NewText([]byte(strings.Repeat("é😀", textPiece) + "z"))
		program, err := test.engine.Compile([]byte("z"), "")
		if err != nil {
			t.Fatal(err)
		}
		search := func(ctx context.Context, budget Budget) Result {
			return program.Search(ctx, text, Cursor{}, budget, func([]int) bool { return true })
		}
		if r := search(t.Context(), Budget{Timeout: time.Nanosecond}); r.Outcome != Timeout || r.Searched != 0 || test.made(text) {
			t.Errorf("%s: without time: %+v, all made: %t", test.name, r, test.made(text))
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if r := search(ended, Budget{}); r.Outcome != Cancelled || r.Err == nil || test.made(text) {
			t.Errorf("%s: cancelled: %+v, all made: %t", test.name, r, test.made(text))
		}
		if r := search(t.Context(), Budget{}); r.Outcome != Match || !test.made(text) {
			t.Errorf("%s: with time: %+v, all made: %t", test.name, r, test.made(text))
		}
	}
}

// Who has less time than another who makes the same does not wait for it, and all get the same.
func TestTextIsMadeOnce(t *testing.T) {
	text := NewText([]byte(strings.Repeat("é😀", textPiece)))
	over := make(chan struct{})
	close(over)
	var all sync.WaitGroup
	first := make([]*rune, 4)
	for i := range first {
		all.Go(func() {
			if text.makeUTF16Units(over) && !text.united.Load() {
				t.Error("made without time")
			}
			first[i] = &text.utf16Units()[0]
		})
	}
	all.Wait()
	for _, one := range first {
		if one != first[0] {
			t.Error("the units were made twice")
		}
	}
}

// A piece is made when there is time for it, and only then.
func TestMadeStops(t *testing.T) {
	text := NewText([]byte(strings.Repeat("a", 3*textPiece)))
	done := make(chan struct{})
	pieces := 0
	if text.made(&text.marked, done, func() bool {
		if pieces++; pieces == 2 {
			close(done)
		}
		return false
	}) || pieces != 2 {
		t.Errorf("made %d pieces", pieces)
	}
}
