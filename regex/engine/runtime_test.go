package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// languageNames are those of all languages, for tests that hold for each.
func languageNames() (names []string) {
	for _, l := range languages {
		names = append(names, l.name)
	}
	return names
}

// A pattern that takes each language longer than anybody waits, after matches
// that are found at once.
var (
	runtimeCatastrophe     = "x|" + strings.Repeat("(a+)", 12) + `\1[bc]`
	runtimeCatastropheText = "x x x b " + strings.Repeat("a", 60) + "!"
)

func TestRuntimeTimeout(t *testing.T) {
	for _, name := range languageNames() {
		t.Run(name, func(t *testing.T) {
			e := runtimeOf(t, name)
			p := compile(t, e, runtimeCatastrophe)
			text := NewText([]byte(runtimeCatastropheText))
			if name == "php" { // which has a limit of its own, and keeps it, however long it waits for a processor
				result := p.Search(t.Context(), text, Cursor{}, Budget{Timeout: time.Minute}, keep)
				if result.Outcome != Limit || result.Count != 3 || result.Err.Error() != "Backtrack limit exhausted (pcre.backtrack_limit=1000000)" {
					t.Fatalf("got %+v", result)
				}
				return
			}
			result := searchUntil(t, p, text, 500*time.Millisecond, 3)
			if result.Outcome != Timeout || result.Count != 3 || result.Err != nil || result.Searched != 5 {
				t.Fatalf("got %+v", result)
			}
			again := p.Search(t.Context(), text, result.Cursor, Budget{Timeout: 100 * time.Millisecond}, keep)
			if again.Outcome != Timeout || again.Count != 0 || again.Cursor != result.Cursor {
				t.Fatalf("going on: got %+v", again)
			}
			if got := collect(t, compile(t, e, "b"), NewText([]byte("abab")), 0); len(got) != 2 {
				t.Fatalf("afterwards: %v", got)
			}
		})
	}
}

func TestRuntimeCancel(t *testing.T) {
	for _, name := range languageNames() {
		t.Run(name, func(t *testing.T) {
			p := compile(t, runtimeOf(t, name), runtimeCatastrophe)
			cause := errors.New("superseded")
			ctx, cancel := context.WithCancelCause(t.Context())
			result := p.Search(ctx, NewText([]byte(runtimeCatastropheText)), Cursor{}, Budget{}, func([]int) bool {
				time.AfterFunc(10*time.Millisecond, func() { cancel(cause) })
				return true
			})
			if name == "php" && result.Outcome == Limit {
				t.Skip("PHP's own limit ends the search before it can be cancelled")
			}
			if result.Outcome != Cancelled || !errors.Is(result.Err, cause) || result.Count == 0 {
				t.Fatalf("got %+v", result)
			}
		})
	}
}

// PHP warns of a pattern that its JIT compiler does not take, and matches it all the same.
func TestPHPWithoutMachineCode(t *testing.T) {
	p, err := runtimeOf(t, "php").Compile([]byte(`a\C\C`), "u")
	if err != nil {
		t.Fatal(err)
	}
	if got := collect(t, p, NewText([]byte("aéb")), 0); len(got) != 1 || !slices.Equal(got[0], []int{0, 3}) {
		t.Errorf("got %v", got)
	}
	// The next pattern has machine code, which has a stack of its own.
	if p, err = runtimeOf(t, "php").Compile([]byte(`^(?:(.)(.))*$`), "s"); err != nil {
		t.Fatal(err)
	}
	result := p.Search(t.Context(), NewText([]byte(strings.Repeat("ab", 200_000))), Cursor{}, Budget{}, func([]int) bool { return true })
	if result.Err == nil || !strings.Contains(result.Err.Error(), "JIT stack limit") {
		t.Errorf("a search behind it ends with %v", result.Err)
	}
}

// Groups are counted by a match, which nothing in the pattern may prevent.
func TestPHPCountsGroups(t *testing.T) {
	for pattern, want := range map[string]int{
		"(*NOTEMPTY)a*?(b)*?": 2, "(*UTF)(*COMMIT)(a)(b)": 3, "(*LIMIT_MATCH=0)(?<n>a)": 2, "(*CRLF)(*NO_JIT)a#(\n(\r\n(b)": 2, "(*FAIL)": 1, "(*ACCEPT)|(a)": 2,
	} {
		p, err := runtimeOf(t, "php").Compile([]byte(pattern), "x")
		if err != nil {
			t.Errorf("%s: %v", pattern, err)
		} else if got := len(p.Groups()); got != want {
			t.Errorf("%s: %d groups, want %d", pattern, got, want)
		}
	}
}

func TestRuntimeStopsAndLimits(t *testing.T) {
	text := NewText([]byte(strings.Repeat("aé ", 20_000)))
	for _, name := range languageNames() {
		t.Run(name, func(t *testing.T) {
			// Of its own, so that no process is counted that another test has had killed.
			e := own(t, runtimeOf(t, name))
			p := compile(t, e, `a(é)`)
			result := p.Search(t.Context(), text, Cursor{}, Budget{MaxMatches: 300}, keep)
			if result.Outcome != Limit || result.Count != 300 || result.Err != nil {
				t.Fatalf("got %+v", result)
			}
			if n := killed(e); n != 0 {
				t.Errorf("a limit has killed %d processes", n)
			}
			rest := p.Search(t.Context(), text, result.Cursor, Budget{}, keep)
			if rest.Outcome != Match || rest.Count != 19_700 || rest.Searched != text.Len() {
				t.Fatalf("the rest: got %+v", rest)
			}
			count := 0
			stopped := p.Search(t.Context(), text, Cursor{}, Budget{}, func([]int) bool { count++; return count < 5 })
			if stopped.Outcome != Stopped || stopped.Count != 5 {
				t.Fatalf("got %+v", stopped)
			}
			if n := killed(e); n != 1 {
				t.Errorf("to stop has killed %d processes", n)
			}
			done := p.Search(t.Context(), text, Cursor{pos: text.Len(), state: stateEnd}, Budget{}, keep)
			if done.Outcome != NoMatch || done.Count != 0 {
				t.Fatalf("after the end: got %+v", done)
			}
		})
	}
}

// What is not UTF-8 is refused, and never changed on its way.
func TestRuntimeBytes(t *testing.T) {
	for _, name := range languageNames() {
		t.Run(name, func(t *testing.T) {
			e := runtimeOf(t, name)
			flags := ""
			if e.language.takes("") {
				flags = "u"
				if got := fmt.Sprint(collect(t, compile(t, e, "\xc3|a"), NewText([]byte("a\u00e9\xc3")), 1)); got != "[[0 1] [1 2] [3 4]]" {
					t.Errorf("bytes: got %s", got)
				}
			}
			p, err := e.Compile([]byte("a"), flags)
			if err != nil {
				t.Fatal(err)
			}
			result := p.Search(t.Context(), NewText([]byte("a\u00e9\xc3")), Cursor{}, Budget{}, keep)
			if result.Outcome != Error || !strings.Contains(result.Err.Error(), "byte 3 of this text is not: 0xc3") {
				t.Errorf("got %+v", result)
			}
			if _, err := e.Compile([]byte("a\xc3"), flags); err == nil {
				t.Error("a pattern that is not UTF-8 is taken")
			} else if bad, ok := errors.AsType[*syntax.Error](err); !ok || bad.Code != "invalid-utf8" || bad.Span.Start != 1 {
				t.Errorf("got %+v", err)
			}
			odd := "\ufeffa\r\n\x00\u00a0a\r"
			if got := fmt.Sprint(collect(t, p, NewText([]byte(odd)), 0)); got != "[[3 4] [9 10]]" {
				t.Errorf("got %s", got)
			}
			long := NewText(make([]byte, MaxRuntimeText+1))
			if result := p.Search(t.Context(), long, Cursor{}, Budget{}, keep); result.Outcome != Limit || !strings.Contains(result.Err.Error(), "64 MiB") {
				t.Errorf("a long text: got %+v", result)
			}
		})
	}
}

func TestRuntimeErrors(t *testing.T) {
	for _, test := range []struct{ name, flags, pattern, want string }{
		{"python", "", "é(a", "missing-paren 2-3: missing ), unterminated subpattern"},
		{"python", "", "é[b-a]", "invalid-range 3-6: bad character range b-a"},
		{"python", "", "a{3,2}", "invalid-repeat 1-6: min repeat greater than max repeat"},
		{"python", "", "(?P<é>a)(?P<é>b)", "duplicate-name 13-15: redefinition of group name 'é' as group 2; was group 1"},
		{"perl", "", "é(a", "missing-paren 2-3: Unmatched ("},
		{"perl", "", "a**", "nested-repeat 1-3: Nested quantifiers"},
		{"perl", "", "(?{1})", "code 0-6: Eval-group not allowed at runtime, use re 'eval'"},
		{"perl", "", "é(??{1})", "code 2-9: Eval-group not allowed at runtime, use re 'eval'"},
		{"java", "", "é(a", "missing-paren 2-3: Unclosed group"},
		{"java", "", "😀[b", "missing-bracket 4-5: Unclosed character class"},
		{"ruby", "", "é(a", "missing-paren 2-3: end pattern with unmatched parenthesis"},
		{"ruby", "", "é[b-a]", "invalid-range 3-6: empty range in char class"},
		{"php", "u", "é(a", "missing-paren 2-3: missing closing parenthesis"},
		{"php", "", "é[b-a]", "invalid-range 3-6: range out of order in character class"},
		{"php", "", "/#~%!,;:@&=\x01\x02\x03\x04\x05\x06\x07\x0e\x0f", "invalid 0-20: PHP needs a delimiter that the pattern does not contain, and this one has all"},
		{"php", "", "a\x00b(", "missing-paren 3-4: missing closing parenthesis"},
		{"dotnet", "", "é(a", "missing-paren 2-3: Not enough )'s."},
		{"dotnet", "", "é[b-a]", "invalid-range 3-6: [x-y] range in reverse order."},
		{"dotnet", "", "'😀 at offset 1. (?<n>a\\k<m>", "undefined-group 25-30: Reference to undefined group name 'm'."},
		{"dotnet", "", "a++", "invalid 1-3: Nested quantifier '+'."},
		{"node", "", "é(a", "missing-paren 2-3: Unterminated group"},
		{"node", "u", `\p{Foo}`, "unknown-property 0-7: Invalid property name"},
		{"node", "u", `é\-`, "invalid-escape 2-4: Invalid escape"},
	} {
		t.Run(test.name+"/"+test.pattern, func(t *testing.T) {
			_, err := runtimeOf(t, test.name).Compile([]byte(test.pattern), test.flags)
			bad, ok := errors.AsType[*syntax.Error](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if got := fmt.Sprintf("%s %d-%d: %s", bad.Code, bad.Span.Start, bad.Span.End, bad.Message); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	for _, name := range languageNames() {
		e := runtimeOf(t, name)
		if _, err := e.Compile([]byte("a"), "Q"); err == nil {
			t.Errorf("%s takes the flag Q", name)
		} else if _, ok := errors.AsType[*flavor.UnknownError](err); !ok {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Many searches of several texts at a time, in more goroutines than there are
// processes, and some of them cancelled.
func TestRuntimeConcurrently(t *testing.T) {
	short, long := NewText([]byte("aé😀a")), NewText([]byte(strings.Repeat("aé😀a ", 5000)))
	for _, name := range languageNames() {
		t.Run(name, func(t *testing.T) {
			e := runtimeOf(t, name)
			p := compile(t, e, `a(😀)?`)
			var all sync.WaitGroup
			for i := range 12 {
				all.Go(func() {
					text, want := short, 2
					if i%2 == 1 {
						text, want = long, 10_000
					}
					for range 3 {
						ctx, cancel := context.WithCancel(t.Context())
						if i%4 == 3 {
							cancel()
						}
						result := p.Search(ctx, text, Cursor{}, Budget{}, keep)
						if i%4 == 3 && result.Outcome != Cancelled || i%4 != 3 && (result.Outcome != Match || result.Count != want) {
							t.Errorf("got %+v", result)
						}
						cancel()
					}
				})
			}
			all.Wait()
		})
	}
}

func TestRuntimeNames(t *testing.T) {
	for _, test := range []struct {
		list string
		want []string
	}{
		{"none", nil},
		{"", nil},
		{"python", []string{"python"}},
		{"node, perl", []string{"node", "perl"}},
		{"/no/such/python3.13", []string{"python /no/such/python3.13", "python-regex /no/such/python3.13"}},
		{"perl5.36.0", []string{"perl perl5.36.0"}},
	} {
		r, err := NewRuntimes(test.list)
		if err != nil {
			t.Errorf("%s: %v", test.list, err)
			continue
		}
		var got []string
		for _, c := range r.use {
			got = append(got, strings.TrimSpace(c.language.name+" "+c.program))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q", test.list, got)
		}
	}
	if _, err := NewRuntimes("node,cobol"); err == nil || !strings.Contains(err.Error(), `unknown runtime "cobol"`) || !strings.Contains(err.Error(), "perl") {
		t.Errorf("got %v", err)
	}
	r, err := NewRuntimes("/no/such/python3.13")
	if err != nil {
		t.Fatal(err)
	}
	entries := r.Entries("python")
	if len(entries) != 2 || entries[0].Engine != nil || !strings.Contains(entries[0].Missing, "/no/such/python3.13 does not work") {
		t.Errorf("got %+v", entries)
	}
	if known, complete := r.Known(); !complete || len(known) != 2 {
		t.Errorf("known: %+v", known)
	}
}

func TestRuntimesRefreshAndClose(t *testing.T) {
	before := runtimeOf(t, "perl")
	r, err := NewRuntimes("perl")
	if err != nil {
		t.Fatal(err)
	}
	if _, complete := r.Known(); complete {
		t.Error("all is known before anybody has asked")
	}
	first := r.Entries("perl")[0].Engine.(*runtimeEngine)
	if first == before {
		t.Error("two Runtimes share an engine")
	}
	p := compile(t, first, "a")
	r.Refresh()
	if again := r.Entries("")[0].Engine; again != first {
		t.Errorf("found again: %p, before: %p", again, first)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(r.Entries("")) != 0 {
		t.Error("there are runtimes after Close")
	}
	if result := p.Search(t.Context(), NewText([]byte("a")), Cursor{}, Budget{}, keep); result.Outcome != Error || result.Err == nil {
		t.Errorf("a search after Close: %+v", result)
	}
}

// A Node.js that does not tell the places of groups, as before version 16, is not taken, and says why.
func TestOldNodeIsNotTaken(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the program is a script of a shell")
	}
	node := runtimeOf(t, "node").program
	dir := t.TempDir()
	preload, program := filepath.Join(dir, "old.js"), filepath.Join(dir, "node")
	for path, content := range map[string]string{
		preload: `const { RegExp } = globalThis
globalThis.RegExp = function (source, flags) {
  if (flags?.includes("d")) throw new SyntaxError("Invalid flags supplied to RegExp constructor 'd'")
  return new RegExp(source, flags)
}`,
		program: fmt.Sprintf("#!/bin/sh\nexec '%s' -r '%s' \"$@\"\n", node, preload),
	} {
		if err := os.WriteFile(path, []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	r, err := NewRuntimes(program)
	if err != nil {
		t.Fatal(err)
	}
	entries := r.Entries("js")
	if len(entries) != 1 || entries[0].Engine != nil || !strings.Contains(entries[0].Missing, program+" does not work (it is Node.js v") || !strings.Contains(entries[0].Missing, "16 is the first") {
		t.Errorf("got %+v", entries)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Error(err)
	}
}
