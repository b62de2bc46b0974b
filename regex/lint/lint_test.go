package lint

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

func warnings(t *testing.T, flavorName, flags, pattern string, text Text) []*syntax.Error {
	t.Helper()
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(pattern, f, flavor.FlagsOf(flags))
	if len(tree.Errors) > 0 {
		t.Fatalf("%s %q is refused: %v", flavorName, pattern, tree.Errors[0])
	}
	return Warnings(tree, text)
}

func codes(warnings []*syntax.Error) string {
	var all []string
	for _, w := range warnings {
		all = append(all, string(w.Code))
	}
	return strings.Join(all, " ")
}

// The examples of a rule are true: the bad one has its warning, the good one has
// none at all.
func TestExamples(t *testing.T) {
	seen := map[syntax.Code]bool{}
	for _, rule := range Rules() {
		if rule.Title == "" || rule.Why == "" || seen[rule.Code] || rule.Severity == syntax.SeverityError {
			t.Errorf("rule %s is incomplete, twice there, or an error", rule.Code)
		}
		seen[rule.Code] = true
		text := Text{NonASCII: rule.Code == "ascii-class"}
		if got := codes(warnings(t, rule.Flavor, "", rule.Bad, text)); !strings.Contains(got, string(rule.Code)) {
			t.Errorf("%s: %q has the warnings %q", rule.Code, rule.Bad, got)
		}
		if got := codes(warnings(t, rule.Flavor, "", rule.Good, text)); got != "" {
			t.Errorf("%s: %q has the warnings %q", rule.Code, rule.Good, got)
		}
	}
}

func TestWarnings(t *testing.T) {
	for _, test := range []struct{ flavor, flags, pattern, want string }{
		// Ranges.
		{"js", "", `[A-z]`, "suspicious-range"},
		{"js", "", `[0-z]`, "suspicious-range"},
		{"js", "", `[!-~]`, ""},
		{"js", "", `[a-zA-Z0-9]`, ""},
		{"js", "", `[ -~]`, ""},
		// Alternatives.
		{"go", "", `a|ab`, "unreachable-alternative"},
		{"go", "", `a|b|a`, "unreachable-alternative"},
		{"go", "", `(?:a|ab)c`, ""}, // ab is reached when c does not follow a
		{"go", "", `(a|ab)$`, ""},
		{"go", "", `x(?:|a)`, "unreachable-alternative"},
		{"go", "", `(?:|a)x`, ""},
		{"go", "", `(?i:a)|ab`, ""},
		{"go", "", `a|(?i:ab)`, ""},
		{"pcre2", "", `(?>a|ab)c`, "unreachable-alternative"},
		{"pcre2", "", `(?=a|ab)c`, "unreachable-alternative"},
		{"pcre2", "", `(a|ab)(?1)`, ""},
		{"go", "", `(a)|(a)`, ""}, // the groups differ
		{"go", "", `ab|a`, ""},
		{"go", "", `(?:a|ab)*`, ""},
		// Repeats.
		{"perl", "", `(?:^)*a`, "empty-repeat"},
		{"perl", "", `(?=a)*b`, "empty-repeat"},
		{"perl", "", `(?:a|)*b`, ""},
		{"pcre2", "", `(a){0}b(?1)`, ""},
		{"pcre2", "", `a{0}b`, "zero-repeat"},
		{"pcre2", "", `(?:(a)){0}(?1)`, ""},
		{"go", "", `(\d)+`, "repeated-group"},
		{"go", "", `(\d)?`, ""},
		{"go", "", `(\d,)+`, ""},
		{"pcre2", "", `(\d)+\1`, ""},
		{"dotnet", "", `(\d)+`, ""},
		// Escapes.
		{"python", "", `\:`, "needless-escape"},
		{"python", "", `[\.]`, "needless-escape"},
		{"python", "", `[\-\]\^\\]`, ""},
		{"perl", "", `[\$.]`, ""}, // in its source $. is a variable
		{"python", "", `\"\'\/\-`, "needless-escape"},
		{"python", "x", `\ \#`, ""},
		{"js", "", `\/\.`, ""},
		{"js", "", `\A`, "unknown-escape"},
		{"js", "", `\p{L}`, "unknown-escape"},
		{"js", "u", `\p{L}`, ""},
		{"ruby", "", `\i`, "unknown-escape"},
		// Dots.
		{"go", "", `www.example.com`, "dot-for-character dot-for-character"},
		{"go", "", `\d+.\d+`, "dot-for-character"},
		{"go", "", `[0-9]{1,3}.[0-9]{1,3}`, "dot-for-character"},
		{"go", "", `\d.\d`, ""},
		{"go", "", `foo.bar`, ""},
		{"go", "", `a.*b`, ""},
		// Anchors.
		{"go", "", `a^`, "impossible-anchor"},
		{"go", "", `$a`, "impossible-anchor"},
		{"go", "m", `a^`, "impossible-anchor"},
		{"go", "m", `\n^a`, ""},
		{"go", "m", `a$\n`, ""},
		{"python", "", `a$\n`, ""}, // $ also matches before a last line feed
		{"go", "", `a*^b`, ""},
		{"go", "", `(?:a|^)b`, ""},
		{"ruby", "", "a\n^b", ""},
		{"go", "", `\b$`, ""},
		{"go", "", `$^`, ""},
		// Groups.
		{"go", "", `(?P<n>a)(b|c)`, "unused-group"},
		{"go", "", `(a)(b|c)`, ""}, // they may be what is wanted
		{"pcre2", "", `(a)(b|c)\1`, "unused-group"},
		// Classes.
		{"go", "", `[a|b|c]`, "bar-in-class"},
		{"go", "", `[|]`, ""},
		{"go", "", `[a|b]`, ""},
	} {
		if got := codes(warnings(t, test.flavor, test.flags, test.pattern, Text{})); got != test.want {
			t.Errorf("%s %q %q: got %q, want %q", test.flavor, test.pattern, test.flags, got, test.want)
		}
	}
}

// A fix leads to a pattern that is valid and does not have the warning.
func TestFixes(t *testing.T) {
	for _, rule := range Rules() {
		f, _ := flavor.Lookup(rule.Flavor)
		for _, w := range Warnings(syntax.Parse(rule.Bad, f, 0), Text{}) {
			if w.Fix == nil {
				continue
			}
			fixed := rule.Bad[:w.Fix.Span.Start] + w.Fix.Text + rule.Bad[w.Fix.Span.End:]
			tree := syntax.Parse(fixed, f, 0)
			if len(tree.Errors) > 0 || strings.Contains(codes(Warnings(tree, Text{})), string(w.Code)) {
				t.Errorf("%s: %q becomes %q", w.Code, rule.Bad, fixed)
			}
		}
	}
}

func TestASCII(t *testing.T) {
	for _, test := range []struct{ flavor, flags, pattern, want string }{
		{"go", "", `\w\d\b[a-z]`, "ascii-class ascii-class ascii-class ascii-class"},
		{"dotnet", "", `\w\d\b`, ""},
		{"python", "", `\w\d\b`, ""},
		{"python", "a", `\w`, "ascii-class"},
		{"pcre2", "", `\w`, "ascii-class"},
		{"pcre2", "u", `\w`, ""},
		{"java", "U", `\w`, ""},
		{"java", "", `\b\w`, "ascii-class"},
		{"ruby", "", `[[:alpha:]]\w\b`, "ascii-class"},
		{"ruby", "", `(?u:\w)`, ""},
		{"ruby", "", `(?a:[[:alpha:]]\b)`, "ascii-class ascii-class"},
		{"go", "i", `\w`, "ascii-class"}, // also ſ and the Kelvin sign
	} {
		if got := codes(warnings(t, test.flavor, test.flags, test.pattern, Text{NonASCII: true})); got != test.want {
			t.Errorf("%s %q: got %q, want %q", test.flavor, test.pattern, got, test.want)
		}
		if got := codes(warnings(t, test.flavor, test.flags, test.pattern, Text{})); got != "" {
			t.Errorf("%s %q with an ASCII text: got %q", test.flavor, test.pattern, got)
		}
	}
}

// What is to be written instead is a part of a pattern that means the same for all letters and digits.
func TestASCIIHints(t *testing.T) {
	for _, test := range []struct{ flavor, pattern, want string }{
		{"go", `\d`, `write \p{Nd}`},
		{"go", `\D`, `write \P{Nd}`},
		{"go", `\w`, `write [\p{L}\p{N}_]`},
		{"go", `\W`, `write [^\p{L}\p{N}_]`},
		{"go", `[\w.]`, `write \p{L}\p{N}_`},
		{"go", `[\W.]`, ``},
		{"go", `[[:upper:]]`, `write \p{Lu}`},
		{"go", `[[:^alpha:]]`, `write \P{L}`},
		{"go", `[a-z]`, `write \p{L}`},
		{"go", `\b`, ``},
		{"js", `\w`, `write [\p{L}\p{N}_] with the flag u`},
		{"python", `[a-z]`, `write [^\W\d_]`},
	} {
		found := warnings(t, test.flavor, "", test.pattern, Text{NonASCII: true})
		if len(found) != 1 || found[0].Hint != test.want {
			t.Errorf("%s %s: %v", test.flavor, test.pattern, found)
			continue
		}
		written, ok := strings.CutPrefix(test.want, "write ")
		if written, _, _ = strings.Cut(written, " with"); ok && strings.HasPrefix(test.pattern, `\`) {
			f, err := flavor.Lookup(test.flavor)
			if err != nil {
				t.Fatal(err)
			}
			tree := syntax.Parse(written, f, flavor.FlagsOf(map[string]string{"js": "u"}[test.flavor]))
			negated := strings.ContainsRune("DW", rune(test.pattern[1]))
			if set, ok := tree.CharSet(tree.Root); len(tree.Errors) > 0 || !ok || set.Contains('٣') == negated || !set.Contains('7') == !negated {
				t.Errorf("%s: %s is not what %s is for ASCII", test.flavor, written, test.pattern)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	if got := warnings(t, "go", "", strings.Repeat(`[A-z]`, 2*MaxWarnings), Text{}); len(got) != MaxWarnings {
		t.Errorf("%d warnings", len(got))
	}
	if got := warnings(t, "go", "", strings.Repeat(`[A-z]`, MaxPattern/5+1), Text{}); got != nil {
		t.Errorf("%d warnings of a pattern above the limit", len(got))
	}
}

func FuzzWarnings(f *testing.F) {
	for i, rule := range Rules() {
		f.Add(rule.Bad, uint8(i))
	}
	f.Fuzz(func(t *testing.T, pattern string, which uint8) {
		all := flavor.All()
		for _, w := range Warnings(syntax.Parse(pattern, all[int(which)%len(all)], 0), Text{NonASCII: true}) {
			if w.Span.Start < 0 || w.Span.End < w.Span.Start || w.Span.End > len(pattern) || w.Message == "" {
				t.Errorf("%q: %+v", pattern, w)
			}
		}
	})
}

// docs/warnings.md is what the table of rules says. -update writes it.
func TestDocument(t *testing.T) {
	const path = "../../docs/warnings.md"
	want := document()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the rules say: go test ./regex/lint -update, and read the diff", path)
	}
}

var update = flag.Bool("update", false, "write docs/warnings.md")

func document() string {
	var b strings.Builder
	b.WriteString("# Warnings\n\nWhat the tool warns of in patterns that engines accept. A *warning* is for what hardly means\n")
	b.WriteString("what it says, a *hint* for what could be clearer. Made from `regex/lint`; do not edit.\n")
	for _, rule := range Rules() {
		f, _ := flavor.Lookup(rule.Flavor)
		fmt.Fprintf(&b, "\n## `%s`\n\n%s (%s). %s\n\n", rule.Code, rule.Title, rule.Severity, rule.Why)
		fmt.Fprintf(&b, "In %s: instead of `%s`, write `%s`.\n", f.Label, rule.Bad, rule.Good)
	}
	return b.String()
}
