package compare

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
)

var testLimits = Limits{Timeout: 10 * time.Second}

// side is an engine in process, as FLAVOR or FLAVOR:FLAGS.
func side(t *testing.T, spec string) Side {
	t.Helper()
	name, flags, _ := strings.Cut(spec, ":")
	eng, err := engine.Local().Lookup(name, "")
	if err != nil {
		t.Skipf("no engine for %s on this system: %v", name, err)
	}
	return Side{Engine: eng, Flavor: flavorOf(t, name), Flags: flags}
}

func flavorOf(t *testing.T, name string) *flavor.Flavor {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A release is Go's engine as one version of an engine, which takes more or fewer
// characters for letters than another.
type release struct {
	engine.Engine
	version, unicode, letters string
}

func (r release) Info() engine.Info {
	return engine.Info{Flavor: "go", Name: "letters", Version: r.version, Unicode: r.unicode}
}

func (r release) Compile(pattern []byte, flags string) (engine.Program, error) {
	source := string(pattern)
	for from, to := range map[string]string{`\pL`: r.letters, `\PL`: "^" + r.letters} {
		source = strings.ReplaceAll(source, `[`+from+`]`, `[`+to+`]`)
		source = strings.ReplaceAll(source, `\d`+from, `\d`+to)
		source = strings.ReplaceAll(source, from, `[`+to+`]`)
	}
	return r.Engine.Compile([]byte(source), flags)
}

// What two versions of one engine take for other characters, they are asked; and which Unicode they have, they say.
func TestVersionsDiffer(t *testing.T) {
	for _, test := range []struct{ pattern, newer, token, reason string }{
		{`\pL`, "15.1.0", `\pL`, "`\\pL` matches é (U+00E9) in letters 2, not in letters 1: letters 1 has Unicode 14.0.0, letters 2 has 15.1.0"},
		{`x\pL+`, "15.1.0", `\pL`, "in letters 2, not in letters 1: letters 1 has Unicode 14.0.0, letters 2 has 15.1.0"},
		{`x\pL+`, "14.0.0", `\pL`, "`\\pL` matches é (U+00E9) in letters 2, not in letters 1"},
		{`x\pL+`, "", `\pL`, "`\\pL` matches é (U+00E9) in letters 2, not in letters 1"},
		{`x[\d\pL]`, "", `\pL`, "`[\\d\\pL]` matches é (U+00E9) in letters 2, not in letters 1"},
		{`(?i)\PL`, "", `\PL`, "`\\PL` matches é (U+00E9) in letters 1, not in letters 2"},
	} {
		text := engine.NewText([]byte("xé"))
		sides := []Side{
			{Engine: release{engine.Go(), "1", "14.0.0", `a-z`}, Flavor: flavorOf(t, "go")},
			{Engine: release{engine.Go(), "2", test.newer, `a-zé`}, Flavor: flavorOf(t, "go")},
		}
		d := differ(t, sides[0], sides[1], test.pattern, text)
		if len(d.Blames) != 1 || !d.Blames[0].Proved || test.pattern[d.Blames[0].Span.Start:d.Blames[0].Span.End] != test.token || !strings.HasSuffix(d.Blames[0].Reason, test.reason) {
			t.Errorf("%s: %+v", test.pattern, d.Blames)
		}
	}
}

// differ runs both sides, and finds where they part.
func differ(t *testing.T, a, b Side, pattern string, text *engine.Text) *Difference {
	t.Helper()
	x, y := Run(t.Context(), a, pattern, text, testLimits), Run(t.Context(), b, pattern, text, testLimits)
	if agreement, _ := Agree(x, y); agreement != Differs {
		t.Fatalf("%s: %+v and %+v", pattern, x, y)
	}
	d, err := Differ(t.Context(), x, y, pattern, text, testLimits)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A text with more characters than a class can list is still asked about, in ranges. With more than the engines are asked
// about, what is left is which Unicode they say they have.
func TestVersionsDifferInLongTexts(t *testing.T) {
	for _, test := range []struct {
		characters int
		proved     bool
		reason     string
	}{
		{maxClass + 1, true, "`\\pL` matches é (U+00E9) in letters 2, not in letters 1: letters 1 has Unicode 14.0.0, letters 2 has 15.1.0"},
		{maxAskedChars - 1, true, "`\\pL` matches é (U+00E9) in letters 2, not in letters 1: letters 1 has Unicode 14.0.0, letters 2 has 15.1.0"},
		{maxAskedChars, false, "`\\pL` goes by Unicode's data, of version 14.0.0 in letters 1, 15.1.0 in letters 2"},
	} {
		var b strings.Builder
		for r := range rune(test.characters) {
			b.WriteRune(0x4E00 + r)
		}
		b.WriteString("é")
		text := engine.NewText([]byte(b.String()))
		sides := []Side{
			{Engine: release{engine.Go(), "1", "14.0.0", `\x{4E00}-\x{5000}`}, Flavor: flavorOf(t, "go")},
			{Engine: release{engine.Go(), "2", "15.1.0", `\x{4E00}-\x{5000}é`}, Flavor: flavorOf(t, "go")},
		}
		d := differ(t, sides[0], sides[1], `\pL`, text)
		if len(d.Blames) != 1 || d.Blames[0].Proved != test.proved || d.Blames[0].Reason != test.reason {
			t.Errorf("%d characters: %+v", test.characters, d.Blames)
		}
	}
}

// An edition is regexp2 as one version of an engine, whose assertions are other places than those of another.
type edition struct {
	engine.Engine
	version string
	flavor  string
	is      map[string]string
}

func (e edition) Info() engine.Info {
	return engine.Info{Flavor: e.flavor, Name: "places", Version: e.version}
}

func (e edition) Compile(pattern []byte, flags string) (engine.Program, error) {
	source := string(pattern)
	for from, to := range e.is {
		source = strings.ReplaceAll(source, from, to)
	}
	return e.Engine.Compile([]byte(source), strings.ReplaceAll(flags, "u", "")) // regexp2's characters are whole without it
}

// Where an assertion matches in two versions of one engine, they are asked, and it is proved by writing one as the
// places of the other. Java's words have marks, of which no character tells alone whether it is one of a word.
func TestPlacesDiffer(t *testing.T) {
	const marks, ascii = `(?:(?<=[\pL\d]\p{Mn}*)(?![\pL\d\p{Mn}])|(?<![\pL\d]\p{Mn}*)(?=[\pL\d]))`, `(?:(?<=[a-z])(?![a-z])|(?<![a-z])(?=[a-z]))`
	for _, test := range []struct {
		flavor, is, one, other, pattern, text, reason string
	}{
		{"java", `\b`, marks, ascii, `\b.`, "x e\u0301", "`\\b` matches at byte 3 in places 2, not in places 1"},
		{"java", `\b`, marks, ascii, `x\b`, "xé x", "`\\b` takes é (U+00E9) for a part of a word in places 1, not in places 2"},
		{"java", `\b`, marks, ascii, `\bx`, "éx x", "`\\b` takes é (U+00E9) for a part of a word in places 1, not in places 2"},
		{"dotnet", `$`, `(?=\n?\z)`, `\z`, `a$`, "aaa\n", "`$` matches at byte 3 in places 1, not in places 2"},
		{"dotnet", `$`, `(?=\n?\z)`, `\z`, `(a$|b)(?i)`, strings.Repeat("b", 1000) + "a\n", "`$` matches at byte 1001 in places 1, not in places 2"},
		{"dotnet", `\A`, `(?<![\s\S])`, `(?<![^\r])`, `\A\w`, "é\rb", "`\\A` matches at byte 3 in places 2, not in places 1"},
		{"js", `$`, `(?=\n?\z)`, `\z`, `(?:.|\n)$`, "😀😀\n", "`$` matches at byte 8 in places 1, not in places 2"},
	} {
		var sides []Side
		for i, meaning := range []string{test.one, test.other} {
			regexp2, err := engine.Local().Lookup("dotnet", "regexp2")
			if err != nil {
				t.Fatal(err)
			}
			sides = append(sides, Side{Engine: edition{regexp2, string(rune('1' + i)), test.flavor, map[string]string{test.is: meaning}}, Flavor: flavorOf(t, test.flavor), Flags: map[string]string{"js": "u"}[test.flavor]})
		}
		d := differ(t, sides[0], sides[1], test.pattern, engine.NewText([]byte(test.text)))
		if len(d.Blames) != 1 || !d.Blames[0].Proved || d.Blames[0].Reason != test.reason || test.pattern[d.Blames[0].Span.Start:d.Blames[0].Span.End] != test.is {
			t.Errorf("%s on %q: %+v", test.pattern, test.text, d.Blames)
		}
	}
}

// Of parts that only together make a difference, those are named that do, and not others that could have.
func TestDifferJointly(t *testing.T) {
	const pattern = `(\w!)?(\D)?(\W)?`
	d := differ(t, side(t, "go"), side(t, "dotnet"), pattern, engine.NewText([]byte("٣é")))
	var blamed []string
	for _, b := range d.Blames {
		blamed = append(blamed, pattern[b.Span.Start:b.Span.End])
	}
	if got := strings.Join(blamed, " "); got != `\D \W` {
		t.Errorf("blamed: %s (%+v)", got, d.Blames)
	}
}

// A namesake is an engine under another's name.
type namesake struct {
	engine.Engine
	info engine.Info
}

func (n namesake) Info() engine.Info { return n.info }

// The regex module reads more than re, whose readings the table has: it is not said to have them.
func TestDifferOfAnotherReading(t *testing.T) {
	module := side(t, "dotnet") // reads [[:alpha:]] in a way of its own too
	module.Engine, module.Flavor = namesake{module.Engine, engine.Info{Flavor: "python", Name: "python-regex"}}, flavorOf(t, "python")
	for _, swapped := range []bool{false, true} {
		a, b := side(t, "pcre2"), module
		if swapped {
			a, b = b, a
		}
		d := differ(t, a, b, `[[:alpha:]]+`, engine.NewText([]byte("abc")))
		if want := "`[[:alpha:]]+` is one or more letters in PCRE2, and something else in python-regex"; len(d.Blames) != 1 || d.Blames[0].Reason != want {
			t.Errorf("%+v", d.Blames)
		}
	}
}

// What differs is found exactly, and what is to blame is proved where it can be.
func TestDiffer(t *testing.T) {
	for _, test := range []struct {
		name, a, b, pattern, text string
		index, offset             int
		token, reason             string
		proved                    bool
	}{
		{"dollar", "pcre2", "js", `a$`, "a\n", 0, 0, "$", "also matches before the final line end in PCRE2, not in JavaScript without m", true},
		{"dollar in Go", "go", "dotnet", `(a)$`, "a\n", 0, 0, "$", "in .NET, not in Go without m", true},
		{"digit", "go", "dotnet", `x\d`, "x1 x٣ x2", 1, 3, `\d`, `matches ٣ (U+0663) in .NET, not in Go: \d is 0-9 in Go, the decimal digits of Unicode`, true},
		{"not a digit", "go", "dotnet", `x\D`, "x٣", 0, 0, `\D`, `matches ٣ (U+0663) in Go, not in .NET`, true},
		{"word", "go", "dotnet", `\w+`, "abé", 0, 2, `\w`, "é (U+00E9)", true},
		{"in a class", "go", "dotnet", `[^\w.]x`, "éx", 0, 0, `\w`, "é (U+00E9) in Go", true},
		{"what is taken counts first", "go", "dotnet", `\b\d+\b`, "٣ 42", 0, 0, `\d`, "٣ (U+0663) in .NET", true},
		{"boundary", "go", "dotnet", `\bx`, "éx", 0, 2, `\b`, "takes é (U+00E9) for a part of a word in .NET, not in Go", true},
		{"dot", "go", "js", `a.`, "a\r", 0, 0, `.`, `matches \r in Go, not in JavaScript: it leaves out \n in Go`, true},
		{"vertical tab", "go", "pcre2", `a\s`, "a\v", 0, 0, `\s`, `matches \v in PCRE2, not in Go`, true},
		{"empty match retried", "pcre2", "go", `|a`, "a", 1, 0, `|a`, "tries the same place again", true},
		{"empty match touches", "dotnet", "go", `a*`, "ab", 1, 1, `a*`, "an empty match may begin where the match before it ended in .NET, not in Go", true},
		{"search start", "pcre2", "dotnet", `\Ga?`, "ab", 2, 2, `\G`, "behind an empty match, `\\G` is where the search goes on in PCRE2, one character further; in .NET it stays", true},
		{"a way without it", "pcre2", "dotnet", `\G|c`, "ab", 1, 1, `\G`, "is where the search goes on in PCRE2", false},
		{"unset reference", "js", "pcre2", `(?:(a)|b)\1`, "b", 0, 0, `\1`, "matches the empty text in JavaScript", true},
		{"another number of groups", "pcre2:n", "go", `(a)$`, "a\n", 0, 0, "$", "before the final line end", true},
		{"one name", "dotnet", "go", `(?<n>a)(?<n>b)`, "ab", 0, 0, `(?<n>b)`, "groups of one name are one group in .NET, not in Go", true},
		{"lines of Java", "js:m", "go:m", `^b`, "a\rb", 0, 2, `^`, "goes by line ends", true},
		{"long reading", "dotnet:i", "js:i", `[a-z-[aeiou]]+`, "-]", 0, 0, `[a-z-[aeiou]]+`, "that are not", true},
		{"no case in bytes", "go:i", "pcre2:i", `ſx`, "sx", 0, 0, "", "ſ (U+017F) is several", true},
		{"rounds", "js", "pcre2", `(?:(a)|b)*`, "ab", 0, 0, `(a)`, "begins with group 1 unset in JavaScript", true},
		{"empty round", "js", "go", `(a?)*b`, "b", 0, 0, `(a?)*`, "a round of `(a?)*` that matches nothing counts in Go, where it sets group 1, and is undone in JavaScript", true},
		{"empty optional", "js", "pcre2", `(?:(\s*))?x`, "x", 0, 0, `(?:(\s*))?`, "that matches nothing counts in PCRE2, where it sets group 1, and is undone in JavaScript", true},
		{"empty in an earlier round", "js", "pcre2", `(?:(a?)x|y)*`, "xy", 0, 0, `(a?)`, "keeps what it matched in an earlier round", true},
		{"empty in one or the other", "js", "pcre2", `(?:(a?)?x|y)*`, "xy", 0, 0, `(a?)?`, "that matches nothing counts in PCRE2", false},
		{"counted", "dotnet", "pcre2", `(|a){1,2}b`, "ab", 0, 0, `(|a){1,2}`, "that matches nothing, PCRE2 tries another one, and .NET goes on behind the repeat", true},
		{"numbers", "dotnet", "go", `(?<n>a)(b)`, "ab", 0, 0, `(?<n>a)`, "is group 2 in .NET, group 1 in Go: .NET numbers named groups behind all others", true},
		{"flags", "go:i", "go", `aB`, "x ab", 0, 2, `B`, "case is ignored in Go with i only", true},
		{"dot and flag", "go:s", "go", `a.b`, "a\nb", 0, 0, `.`, `matches \n in Go with s, not in Go without flags`, true},
		{"lines", "go:m", "go", `^b`, "a\nb", 0, 2, `^`, "also matches at the start of every line in Go with m, not in Go without flags", true},
		{"greed", "go:U", "go", `a+`, "aa", 0, 1, `a+`, "Go with U", true},
		{"case", "go:i", "dotnet:i", `aǅ`, "aǄ", 0, 0, "ǅ", "matches Ǆ (U+01C4) in Go, not in .NET: case is ignored by other rules", true},
		{"bytes", "pcre2", "go", `^..$`, "é", 0, 0, `.`, "one character is a byte in PCRE2 without u", true},
		{"two at once", "go", "dotnet", `(\D)?(\W)?`, "٣é", 0, 0, `\D`, "decimal digits", true},
		{"first difference is late", "go", "dotnet", `\d`, strings.Repeat("1 ", 70000) + "٣", 70000, 140000, `\d`, "decimal digits", true},
		{"escape read otherwise", "dotnet", "js", `x\e`, "xe", 0, 0, `\e`, "is an escape character (U+001B) in .NET, the character \"e\" in JavaScript", true},
		{"an alternative", "dotnet", "js", `x|\A`, "A", 0, 0, `\A`, "is the start of the text in .NET, the character \"A\" in JavaScript", true},
		{"read otherwise", "pcre2", "js", `a\h`, "a\t", 0, 0, `\h`, `a horizontal space in PCRE2`, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := engine.NewText([]byte(test.text))
			a := Run(t.Context(), side(t, test.a), test.pattern, text, testLimits)
			b := Run(t.Context(), side(t, test.b), test.pattern, text, testLimits)
			if agreement, _ := Agree(a, b); agreement != Differs {
				t.Fatalf("%v: %+v, %+v", agreement, a, b)
			}
			d, err := Differ(t.Context(), a, b, test.pattern, text, testLimits)
			if err != nil {
				t.Fatal(err)
			}
			if d.Index != test.index || d.Offset != test.offset {
				t.Errorf("match %d at %d", d.Index, d.Offset)
			}
			if len(d.Blames) == 0 {
				t.Fatal("nobody is to blame")
			}
			first := d.Blames[0]
			if token := test.pattern[first.Span.Start:first.Span.End]; test.token != "" && token != test.token || !strings.Contains(first.Reason, test.reason) || first.Proved != test.proved {
				t.Errorf("blamed %+v, %q", d.Blames, token)
			}
			if test.name == "two at once" && len(d.Blames) != 2 {
				t.Errorf("blamed %+v", d.Blames)
			}
		})
	}
}

// A proof is not given away: what does not make the difference is not called proved.
func TestDiffer_Cancelled(t *testing.T) {
	text := engine.NewText([]byte("x٣"))
	a, b := Run(t.Context(), side(t, "go"), `x\d`, text, testLimits), Run(t.Context(), side(t, "dotnet"), `x\d`, text, testLimits)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d, err := Differ(ctx, a, b, `x\d`, text, testLimits)
	if err != nil || len(d.Blames) != 1 || d.Blames[0].Proved {
		t.Errorf("%+v, %v", d, err)
	}
}

// What follows a match that \K makes empty is proved by where the next one began,
// unless one more group would change what the pattern means.
func TestKeptMatchesDiffer(t *testing.T) {
	runtimes, err := engine.NewRuntimes("ruby")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := runtimes.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	ruby, err := engine.Local().With(runtimes).Lookup("ruby", "")
	if err != nil {
		t.Skipf("no ruby on this machine: %v", err)
	}
	for _, test := range []struct {
		pattern string
		proved  bool
	}{{`a\K`, true}, {`(a)\K|b`, true}, {`(a)\K|\1b`, false}} {
		text := engine.NewText([]byte("aab"))
		x, y := Run(t.Context(), side(t, "pcre2"), test.pattern, text, testLimits), Run(t.Context(), Side{Engine: ruby, Flavor: flavorOf(t, "ruby")}, test.pattern, text, testLimits)
		d, err := Differ(t.Context(), x, y, test.pattern, text, testLimits)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Blames) != 1 || d.Blames[0].Proved != test.proved || test.pattern[d.Blames[0].Span.Start:d.Blames[0].Span.End] != `\K` ||
			!strings.Contains(d.Blames[0].Reason, "makes empty is followed by one from the same place in PCRE2") {
			t.Errorf("%s: %+v", test.pattern, d.Blames)
		}
	}
}
