package engine

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// What the table of flavors says of meanings is what the engines do.
func TestSemantics(t *testing.T) {
	for _, entry := range Local().Entries() {
		if entry.Engine == nil {
			continue
		}
		f, err := flavor.Lookup(entry.Info.Flavor)
		if err != nil {
			t.Fatal(err)
		}
		m := meaning{f, f.Semantics, entry.Engine}
		for name, check := range map[string]func(*testing.T){
			"classes": m.classes, "lines": m.lines, "empty": m.empty, "groups": m.groups, "folding": m.folding,
		} {
			t.Run(entry.Info.Name+"/"+name, check)
		}
	}
}

type meaning struct {
	*flavor.Flavor
	*flavor.Semantics
	engine Engine
}

func (m meaning) matches(t *testing.T, pattern, flags, text string) [][]int {
	t.Helper()
	program, err := m.engine.Compile([]byte(pattern), flags)
	if err != nil {
		t.Fatalf("%q with %q: %v", pattern, flags, err)
	}
	return collect(t, program, NewText([]byte(text)), 0)
}

// variants yields the meanings of a choice, each with flags under which it counts.
func variants[T any](choice flavor.Choice[T], yield func(flags string, then T)) {
	yield("", choice.Plain)
	for _, when := range choice.When {
		yield(when.Flags.String(), when.Then)
	}
}

// classes compares \d, \w, \s and the dot with the table over all characters, and \b where each is alone in its line.
func (m meaning) classes(t *testing.T) {
	if m.Unicode+".0" != unicode.Version {
		t.Skipf("the engine has Unicode %s, this program %s", m.Unicode, unicode.Version)
	}
	var all, lines strings.Builder
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xd800 && r <= 0xdfff || r >= 0x40000 && r < 0xe0000 || r >= 0xe1000 {
			continue // no character, or for private use
		}
		all.WriteRune(r)
		lines.WriteRune(r)
		lines.WriteByte('\n')
	}
	for class, choice := range map[string]flavor.Choice[*flavor.CharSet]{`\d+`: m.Digit, `\w+`: m.Word, `\s+`: m.Space} {
		variants(choice, func(flags string, set *flavor.CharSet) {
			m.compare(t, class, flags, all.String(), set.Contains)
		})
	}
	variants(m.DotExcludes, func(flags string, set *flavor.CharSet) {
		m.compare(t, ".+", flags, all.String(), func(r rune) bool { return !set.Contains(r) })
	})
	variants(m.Boundary, func(flags string, set *flavor.CharSet) {
		m.compare(t, `\b[^\n]`, flags, lines.String(), set.Contains)
	})
}

// compare checks that the pattern's matches in the text consist of the characters for which want is true.
func (m meaning) compare(t *testing.T, pattern, flags, text string, want func(rune) bool) {
	if m.Unit.With(flavor.FlagsOf(flags)) != flavor.CodePoint {
		return
	}
	inside := make([]bool, unicode.MaxRune+1)
	for _, match := range m.matches(t, pattern, flags, text) {
		for _, r := range text[match[0]:match[1]] {
			inside[r] = true
		}
	}
	wrong := 0
	for _, r := range text {
		if inside[r] != want(r) {
			if wrong++; wrong <= 10 {
				t.Errorf("%s with %q takes %U: %v", pattern, flags, r, inside[r])
			}
		}
	}
}

func (m meaning) lines(t *testing.T) {
	for _, end := range []rune{'\n', '\v', '\f', '\r', 0x85, 0x2028, 0x2029} {
		for _, letters := range []string{"", "m"} {
			flags := flavor.FlagsOf(letters)
			if !m.HasFlag('m') {
				continue
			}
			ends := m.LineEnds.With(flags).Contains(end)
			atLines := m.AtLines.With(flags)
			m.count(t, "a$", letters, "a"+string(end)+"b", ends && atLines)
			m.count(t, "a$", letters, "a"+string(end), ends && (atLines || m.EndBeforeLast.With(flags)))
			m.count(t, "^b", letters, "a"+string(end)+"b", ends && atLines)
			m.count(t, "(?:^|b)(?:$|b)", letters, "a"+string(end), ends && atLines && m.StartBehindLast)
			m.count(t, "^", letters, "", !atLines || !m.StartNeverAtEnd)
		}
		if m.Has(flavor.TextEndNewline) {
			m.count(t, `a\Z`, "", "a"+string(end), m.UpperZ == flavor.UpperZLastLine && m.LineEnds.Plain.Contains(end))
		}
	}
	if has := m.UpperZ != flavor.NoUpperZ; has != m.Has(flavor.TextEndNewline) {
		t.Errorf(`\Z is in the table: %v`, has)
	}
	pair := m.LineEnds.Plain.Contains('\r') && !m.PairIsOne.Plain
	m.count(t, "a\r$", "m", "a\r\nb", m.LineEnds.Plain.Contains('\n') && !m.PairIsOne.Plain)
	m.count(t, "^\n", "m", "a\r\nb", pair)
}

func (m meaning) count(t *testing.T, pattern, flags, text string, want bool) {
	t.Helper()
	if got := len(m.matches(t, pattern, flags, text)) > 0; got != want {
		t.Errorf("%q with %q matches in %q: %v", pattern, flags, text, got)
	}
}

func (m meaning) empty(t *testing.T) {
	want := map[flavor.EmptyRule]string{
		flavor.EmptySteps:   "[[0 0] [1 1] [2 2]]",
		flavor.EmptyRetries: "[[0 0] [0 1] [1 1] [1 2] [2 2]]",
	}[m.Empty]
	if got := fmt.Sprint(m.matches(t, "a*?", "", "aa")); got != want {
		t.Errorf("a*? in aa: %s", got)
	}
	want = "[[0 0] [1 3] [4 4]]"
	if m.EmptyTouches {
		want = "[[0 0] [1 3] [3 3] [4 4]]"
	}
	if got := fmt.Sprint(m.matches(t, "a*", "", "baac")); got != want {
		t.Errorf("a* in baac: %s", got)
	}
	if m.StartMoves && !m.Has(flavor.SearchStart) {
		t.Error(`\G is nowhere, and moves`)
	}
	if !m.Has(flavor.SearchStart) {
		return
	}
	want = "[[0 0]]"
	if m.StartMoves {
		want = "[[0 0] [1 1] [2 2]]"
	}
	if got := fmt.Sprint(m.matches(t, `\G`, "", "ab")); got != want {
		t.Errorf(`\G in ab: %s`, got)
	}
}

func (m meaning) groups(t *testing.T) {
	if m.Has(flavor.Backreference) {
		m.count(t, `(?:(a)|b)\1`, "", "b", m.UnsetMatches)
	}
	first := m.matches(t, `^(?:(a)|b)*$`, "", "ab")[0]
	if forgot := first[2] < 0; forgot != m.RoundsForget {
		t.Errorf("a round of a repeat forgets its groups: %v", forgot)
	}
	named := "(?<n>a)(b)"
	if !m.Has(flavor.NamedAngle) {
		named = "(?P<n>a)(b)"
	}
	program, err := m.engine.Compile([]byte(named), "")
	if err != nil {
		t.Fatal(err)
	}
	var got flavor.Numbering
	switch groups := program.Groups(); {
	case len(groups) == 2:
		got = flavor.NamedOnly
	case groups[1].Name == "":
		got = flavor.NamedLast
	}
	if got != m.Numbering {
		t.Errorf("%s is numbered the way %d", named, got)
	}
}

// folding compares what each character that has a case matches, where it stands alone in the pattern.
func (m meaning) folding(t *testing.T) {
	if m.Unicode+".0" != unicode.Version {
		t.Skipf("the engine has Unicode %s, this program %s", m.Unicode, unicode.Version)
	}
	var cased []rune
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.SimpleFold(r) != r || unicode.ToLower(r) != r || unicode.ToUpper(r) != r {
			cased = append(cased, r)
		}
	}
	for i, r := range cased {
		// Those that are alike and those that are near, and ASCII, İ and ı, which are special in several engines.
		text := string(cased[max(0, i-16):min(len(cased), i+16)]) + "AaIiKkSs\u0130\u0131"
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			text += string(other)
		}
		var got, want strings.Builder
		for _, other := range text {
			if m.sameCase(t, r, other) {
				want.WriteRune(other)
			}
		}
		for _, match := range m.matches(t, string(r), "i", text) {
			got.WriteString(text[match[0]:match[1]])
		}
		if got.String() != want.String() {
			t.Errorf("%U matches %q in %q, want %q", r, got.String(), text, want.String())
		}
	}
}

// sameCase is what the folding of the table means for a character in the pattern and one in the text.
func (m meaning) sameCase(t *testing.T, pattern, text rune) bool {
	switch fold := m.Fold.With(flavor.FlagsOf("i")); fold {
	case flavor.FoldSimple:
	case flavor.FoldLetters:
		if !unicode.IsLower(pattern) && !unicode.IsUpper(pattern) {
			return pattern == text
		}
	default:
		t.Fatalf("no engine in process had this folding: %s", fold)
	}
	for other := unicode.SimpleFold(pattern); ; other = unicode.SimpleFold(other) {
		if other == text {
			return true
		}
		if other == pattern {
			return false
		}
	}
}
