package convert

import (
	"fmt"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

func convert(t *testing.T, from, flags, pattern, to string) *Result {
	t.Helper()
	source, err := flavor.Lookup(from)
	if err != nil {
		t.Fatal(err)
	}
	target, err := flavor.Lookup(to)
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(pattern, source, flavor.FlagsOf(flags))
	r, err := Convert(tree, target)
	if err != nil {
		t.Fatalf("%s %q: %v: %v", from, pattern, err, tree.Errors[0])
	}
	return r
}

// worst is the gravest change: "", "hint", "warning" or "error".
func worst(r *Result) string {
	grave := ""
	for _, c := range r.Changes {
		s := c.Severity.String()
		if grave == "" || s == "error" || s == "warning" && grave == "hint" {
			grave = s
		}
	}
	return grave
}

func TestConvert(t *testing.T) {
	for _, test := range []struct{ from, flags, pattern, to, want, wantFlags, worst string }{
		// Sets go by what they match.
		{"go", "", `\d+`, "dotnet", `[0-9]+`, "", "hint"},
		{"dotnet", "", `\d+`, "go", `\p{Nd}+`, "", "hint"},
		{"go", "", `\d+`, "js", `\d+`, "u", ""},
		{"js", "u", `\p{Script=Greek}`, "go", `\p{Greek}`, "", "hint"},
		{"go", "", `[[:alpha:]]`, "js", `[A-Za-z]`, "u", ""},
		{"java", "", `[a-z&&[^aeiou]]`, "go", `[b-df-hj-np-tv-z]`, "", "hint"},
		{"dotnet", "", `[a-z-[aeiou]]`, "java", `[a-z&&[^aeiou]]`, "", ""},
		{"js", "u", `[^]`, "go", `[\s\S]`, "", ""},
		{"js", "v", `[\p{L}--[a-z]]`, "go", `[^\P{L}a-z]`, "", "hint"},
		{"js", "v", `[\p{L}--[a-z]]`, "dotnet", `[\p{L}-[a-z]]`, "", ""},
		{"js", "v", `[\p{L}--[a-z]]`, "ruby", `[\p{L}&&[^a-z]]`, "", ""},
		{"js", "v", `[\p{L}--[a-z]]+`, "python", `[^\W\d_]+`, "", "error"},
		{"python", "", `\s`, "dotnet", `[\s\x1c-\x1f]`, "", "hint"},
		{"perl", "", `\s`, "python", `[^\S\x1c-\x1f]`, "", "hint"},
		{"dotnet", "", `\w`, "go", `[\p{L}\p{Mn}\p{Nd}\p{Pc}\x{200c}\x{200d}]`, "", "hint"},
		{"dotnet", "", `[\w.]`, "js", `[\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d.]`, "u", ""},
		{"js", "u", `\p{Script=Osage}`, "python", `[\U000104b0-\U000104d3\U000104d8-\U000104fb]`, "", "hint"},
		{"go", "", `\p{Lu}\p{L}*`, "python", `[^\W\d_][^\W\d_]*`, "", "error"},
		{"go", "", `\pL`, "python", `[^\W\d_]`, "", "warning"},
		{"go", "", `[\pL-]`, "python", `[\w\-]`, "", "error"},
		{"go", "", `[\w.-]`, "dotnet", `[0-9A-Za-z_.-]`, "", ""},
		{"java", "", `\p{javaMirrored}`, "js", `\S`, "u", "error"},
		{"pcre2", "u", `[^\W\d_]`, "go", `[\p{L}\p{No}\p{Nl}]`, "", ""},
		{"perl", "", `[[:^digit:]]`, "dotnet", `\D`, "", ""},
		{"perl", "", `[[:^digit:]]`, "go", `\P{Nd}`, "", ""},
		{"ruby", "", `[[:upper:]]`, "python", `\S`, "", "error"},
		{"go", "", `[\p{Lu}_]`, "python", `\w`, "", "error"},
		{"go", "", `[\p{Lu}-]`, "python", `[\w\-]`, "", "error"},
		{"java", "", `[[\p{L}&&\p{IsLatin}][\p{N}&&\p{IsArabic}]x-z]`, "js", `[[\p{L}&&\p{Script=Latin}][\p{N}&&\p{Script=Arabic}]x-z]`, "v", ""},
		{"perl", "", `(?[ (\p{L} & \p{Latin}) + ([a-z/] - [aeiou]) ])`, "js", `[[\p{L}&&\p{Script_Extensions=Latin}][[a-z\/]--[aeiou]]]`, "v", ""},
		{"perl", "", `(?[ (\p{Lu} & \p{Greek}) ^ (\p{Ll} & \p{Cyrillic}) ])`, "js", `[[[\p{Lu}&&\p{Script_Extensions=Greek}]--[\p{Ll}&&\p{Script_Extensions=Cyrillic}]][[\p{Ll}&&\p{Script_Extensions=Cyrillic}]--[\p{Lu}&&\p{Script_Extensions=Greek}]]]`, "v", ""},
		{"ruby", "", `\d[\p{Greek}&&\p{Lu}&&[^()-]]`, "js", `\d[\p{Script=Greek}&&\p{Lu}&&[^\(\)\-]]`, "v", ""},
		{"dotnet", "", `[\p{Greek}\d-[\p{Lu}\p{Nd}-[5]]]`, "js", `[[\p{Script=Greek}\p{Nd}]--[[\p{Lu}\p{Nd}]--[5]]]`, "v", ""},
		{"java", "", `[\p{IsLatin}&&\p{Lu}]`, "js", `[^\P{Lu}\P{Script=Latin}]`, "u", "hint"},
		{"java", "", `[^\p{IsLatin}&&\p{Lu}]`, "go", `[\P{Lu}\P{Latin}]`, "", "hint"},
		{"java", "", `[\p{IsLatin}&&\p{Lu}]`, "ruby", `[\p{Latin}&&[\p{Lu}]]`, "", ""},
		{"java", "", `[\p{IsLatin}&&\p{Lu}]`, "dotnet", `[\p{Latin}-[^\p{Lu}]]`, "", ""},
		{"java", "", `[\p{IsLatin}&&\p{Lu}]`, "python", `[^\W\d_]`, "", "error"},
		{"go", "", `\PL`, "python", `[\W\d_]`, "", "warning"},
		// The dot.
		{"go", "", `.`, "js", `[^\n]`, "u", "hint"},
		{"go", "s", `.`, "js", `.`, "su", ""},
		{"js", "u", `.`, "go", `[^\n\r\x{2028}\x{2029}]`, "", "hint"},
		// Anchors.
		{"go", "", `^a$`, "python", `^a\Z`, "", ""},
		{"python", "", `^a$`, "go", `^a$`, "", "warning"},
		{"python", "", `^a$`, "js", `^a(?=\n?$)`, "u", "hint"},
		{"pcre2", "u", `\Aa\z`, "js", `^a$`, "u", ""},
		{"ruby", "", `^a$`, "go", `^a$`, "m", ""},
		{"go", "m", `^a$`, "ruby", `^a$`, "", ""},
		{"go", "m", `\Aa$`, "js", `(?<![\s\S])a$`, "mu", "warning"},
		{"perl", "", `[^\N{LATIN CAPITAL LETTER A WITH MACRON AND GRAVE}]`, "go", `[^ AC-EG-IL-PRTVW}]`, "", ""},
		{"perl", "", `[\x03-\N{LATIN CAPITAL LETTER A WITH MACRON AND GRAVE}]`, "go", `[\x03-PRTVW}]`, "", ""},
		{"perl", "", `[\N{U+100.300}]`, "go", `[Ā\x{300}]`, "", "error"},
		{"perl", "", `(?l:\d)`, "go", `\p{Nd}`, "", "warning"},
		// Groups and references.
		{"python", "", `(?P<y>a)(?P=y)`, "pcre2", `(?P<y>a)(?P=y)`, "u", ""},
		{"go", "", `(?P<y>a)`, "java", `(?<y>a)`, "", ""},
		{"python", "", `(?P<y>a)(?P=y)`, "js", `(?<y>a)\k<y>`, "u", ""},
		{"js", "u", `(?<y>a)\k<y>`, "python", `(?P<y>a)(?P=y)`, "", ""},
		{"go", "", `(?P<a_b>x)`, "java", `(?<ab>x)`, "", "warning"},
		{"go", "", `(?P<n>a)(b)`, "dotnet", `(?<n>a)(b)`, "", "warning"},
		{"go", "", `(?P<n>a)(b)`, "ruby", `(?<n>a)(?<g2>b)`, "", "hint"},
		{"pcre2", "u", `(a)\g{1}1`, "python", `(a)(?:\1)1`, "", ""},
		{"pcre2", "u", `(a)\g{1}1`, "perl", `(a)\g{1}1`, "", ""},
		{"pcre2", "u", `(?|(a)|(b|c))d`, "js", `(a|b|c)d`, "u", "hint"},
		{"pcre2", "u", `(?|(a)x|(b))`, "js", `(?:(a)x|(b))`, "u", "error"},
		{"pcre2", "u", `(?|(a)(x)|(b))(c)\3`, "dotnet", `(?:(?<1>a)(?<2>x)|(?<1>b))(?<3>c)\3`, "", "hint"},
		{"perl", "", `(?|(?<n>a)x|(?<n>b))`, "dotnet", `(?:(?<n>a)x|(?<n>b))`, "", "error"},
		{"pcre2", "u", `a(?R)?`, "ruby", `a\g<0>?`, "", "warning"},
		{"pcre2", "u", `(x)?(?(1)a|b)`, "js", `(?:(x)a|b)`, "u", "hint"},
		{"python", "", `<(/)?b(?(1)>|\s*/>)c`, "go", "<(?:(/)b>|b[\\p{Z}\\t-\\r\\x1c-\\x1f\\x85]*/>)c", "", "hint"},
		{"python", "", `\A(\()?x(?(1)\))\Z`, "java", `\A(?:(\()x\)|x)\z`, "", "hint"},
		{"python", "", `(x)??y(?(1)a|b)`, "go", `(?:yb|(x)ya)`, "", "hint"},
		{"python", "", `(?:(x)?(?(1)a|b))+`, "go", `(?:(x)?)+`, "", "error"},
		{"python", "", `(?i:(x)?)y(?(1)a|b)`, "go", `(?i:(x)?)y`, "", "error"},
		{"pcre2", "u", `(x)?(?(1)a|b)`, "dotnet", `(x)?(?(1)a|b)`, "", ""},
		// Calls.
		{"pcre2", "u", `(?(DEFINE)(?<b>[0-9]|1[0-9]))\b(?&b)(?:\.(?&b)){3}`, "go", `\b(?:[0-9]|1[0-9])(?:\.(?:[0-9]|1[0-9])){3}`, "", "warning"},
		{"pcre2", "u", `(?(DEFINE)(?<b>[0-9]))(?&b)(x)`, "js", `(?:(?<b>[0-9])){0}[0-9](x)`, "u", "hint"},
		{"pcre2", "u", `(a(b)|c)(?1)*`, "python", `(a(b)|c)(?:a(?:b)|c)*`, "", "hint"},
		{"perl", "", `(?i:(a))(?1)`, "java", `(a)a`, "i", "hint"},
		{"pcre2", "u", `(a)(?1)`, "dotnet", `(a)a`, "", "hint"},
		{"pcre2", "u", `(?<x>a(?&y)?)(?<y>b)(?&x)`, "go", `(?<x>ab?)(?<y>b)(?:ab?)`, "", "hint"},
		{"pcre2", "u", `(?<x>a(?&y)?)(?<y>b(?&x)?)`, "go", `(?<x>a(?:)?)(?<y>b(?:)?)`, "", "error"},
		{"pcre2", "u", `((a)\2)(?1)`, "js", `((a)\2)`, "u", "error"},
		{"ruby", "", `(?<x>a)\g<x>`, "dotnet", `(?<x>a)a`, "", "warning"},
		{"pcre2", "u", `(1)(?1)`, "js", `(1)(?:1)`, "u", "hint"},
		{"perl", "", `a(?(1)b|c)`, "dotnet", `a(?:c)`, "", "hint"},
		// What is not there.
		{"dotnet", "", `a(?=b)`, "go", `a`, "", "error"},
		{"pcre2", "u", `a++b`, "dotnet", `(?>a+)b`, "", "hint"},
		{"pcre2", "u", `a++b`, "js", `a+b`, "u", "hint"},
		{"pcre2", "u", `a++[ab]`, "js", `(?=(a+))\1[ab]`, "u", "hint"},
		{"pcre2", "u", `^(?>\d+)\.\d++$`, "js", `^\p{Nd}+\.\p{Nd}+(?=\n?$)`, "u", "hint"},
		{"java", "", `([^@]++)@(\w++)`, "go", `([^@]+)@(\w+)`, "", "hint"},
		{"pcre2", "", `([\w.]++)@(?>[a-z0-9]+\.)+(?>com)`, "go", `([\w.]+)@(?:[a-z0-9]+\.)+com`, "", "hint"},
		{"java", "", `(?>a*)+b`, "go", `(?:a*)+b`, "", "error"},
		{"java", "", `(?>a+b?)+c`, "go", `(?:a+b?)+c`, "", "error"},
		{"java", "", `(?>a+b?)c`, "go", `a+b?c`, "", "hint"},
		{"java", "", `(?>a|ab)c`, "go", `(?:a|ab)c`, "", "error"},
		{"java", "", `a++a`, "go", `(?:a+)a`, "", "error"},
		{"java", "", `(?:a++|b)*a`, "go", `(?:(?:a+)|b)*a`, "", "error"},
		{"java", "", `(?:a++b)*c`, "go", `(?:a+b)*c`, "", "hint"},
		{"java", "", `(?>a+)+b`, "go", `(?:a+)+b`, "", "error"},
		{"java", "iu", `k++\u212a`, "go", `(?:k+)\x{212a}`, "i", "error"},
		{"python", "", `\w++\b`, "go", `[\p{L}\p{N}_]+\b`, "", "warning"},
		{"pcre2", "u", `(?>a|ab)c`, "go", `(?:a|ab)c`, "", "error"},
		{"pcre2", "u", `a\Kb`, "python", `(?<=a)b`, "", "warning"},
		// Case.
		{"go", "i", `ab`, "js", `ab`, "iu", ""},
		{"go", "", `a(?i:b)c`, "js", `a[Bb]c`, "u", ""},
		{"go", "", `(?i)ab`, "python", `ab`, "i", ""},
		{"go", "", `a(?i)b|c`, "python", `a(?i:b)|(?i:c)`, "", ""},
		{"ruby", "i", `\u023a`, "js", `\u023a`, "iu", "warning"},
		{"ruby", "i", `s`, "js", `s`, "iu", "warning"},
		{"pcre2", "", `[z\x{0c9}]+`, "go", `[z\x{0c9}]+`, "", "warning"},
		{"pcre2", "", `[z\x{0c9}]+`, "js", `[z\xc9]+`, "u", "warning"},
		{"js", "", `"(?:[^"\\]|\\.)*"`, "go", "\"(?:[^\"\\\\]|\\\\[^\\n\\r\\x{2028}\\x{2029}])*\"", "", "hint"},
		{"js", "", `"([^"\\]|\\.)*"`, "ruby", "\"([^\"\\\\]|\\\\[^\\n\\r\\u2028\\u2029])*\"", "", "warning"},
		{"js", "", `(?:[^"\\]|\\.){3}`, "ruby", "(?:[^\"\\\\]|\\\\[^\\n\\r\\u2028\\u2029]){3}", "", "warning"},
		// Free spacing, comments, quoting.
		{"python", "x", "a  # one\n[ ]b", "go", `a[ ]b`, "", "hint"},
		{"python", "x", "a  # one\n[ ]b", "java", "a  # one\n[\\x20]b", "x", ""},
		{"go", "", `\Qa.b\E+`, "js", `a\.b+`, "u", ""},
		{"go", "", `a b#`, "python", `a b#`, "", ""},
		// Characters.
		{"go", "", `\-\"[^\]]`, "python", `\-\"[^\]]`, "", ""},
		{"go", "", `\-\"[^\]]`, "js", `-"[^\]]`, "u", ""},
		{"js", "", `\u00e9\/`, "go", `\xe9/`, "", ""},
		{"js", "", `\g<name>`, "ruby", `g<name>`, "", ""},
		{"js", "", `[\g\-\/]`, "go", `[g\-/]`, "", ""},
		{"python", "", `\U0001f600+`, "go", `\x{1f600}+`, "", ""},
		{"perl", "", `\x{200B}`, "js", `\u200b`, "u", ""},
		{"go", "", `a{2,3}?`, "js", `a{2,3}?`, "u", ""},
		{"python", "", `a{,3}`, "go", `a{0,3}`, "", ""},
		{"go", "", `{`, "java", `\{`, "", ""},
		{"go", "", `(?:a*)*`, "python", `(?:a*)*`, "", ""},
		{"go", "", `^*a`, "js", `(?:^)*a`, "u", ""},
	} {
		r := convert(t, test.from, test.flags, test.pattern, test.to)
		if r.Pattern != test.want || r.Flags != test.wantFlags || worst(r) != test.worst {
			t.Errorf("%s %q %q to %s: got %q %q (%s), want %q %q (%s)\n%+v", test.from, test.pattern, test.flags, test.to,
				r.Pattern, r.Flags, worst(r), test.want, test.wantFlags, test.worst, r.Changes)
		}
	}
}

// What a call can match is what its group can: a recursion between parentheses matches something, and whole characters.
func TestConvertOfCalls(t *testing.T) {
	const empty, part = "can match nothing", "can match a part of one"
	for _, test := range []struct {
		pattern, to string
		want, not   []string
	}{
		{`\((?:[^()]++|(?R))*+\)`, "ruby", nil, []string{empty, part}},
		{`\((?:[^()]++|(?R))*+\)`, "js", nil, []string{empty, part}},
		{`(?<p>\((?:[a-z]++|(?&p))*\))`, "ruby", nil, []string{empty, part}},
		{`(?<p>\((?:[^()]*|(?&p))*\))`, "ruby", []string{empty}, nil},
		{`(?1)(?1)(.)`, "perl", []string{part}, nil},
		{`a(?:(?R)|.)b`, "perl", []string{part}, nil},
		{`(?<q>"[^"]*+")(?&q)`, "perl", nil, []string{part}},
		{`(\d*(?1)?)b`, "perl", nil, []string{part}},
		{`(.{2}|a(?1))`, "perl", []string{part}, nil},
	} {
		var all strings.Builder
		for _, c := range convert(t, "pcre2", "", test.pattern, test.to).Changes {
			all.WriteString(c.Message + "\n")
		}
		for _, words := range test.want {
			if !strings.Contains(all.String(), words) {
				t.Errorf("%s: nothing says %q:\n%s", test.pattern, words, &all)
			}
		}
		for _, words := range test.not {
			if strings.Contains(all.String(), words) {
				t.Errorf("%s: something says %q:\n%s", test.pattern, words, &all)
			}
		}
	}
}

// A counted repeat goes on behind a round that matches nothing in PCRE2, and ends in .NET and Perl; one without an end ends
// in all of them.
func TestConvertOfEmptyRounds(t *testing.T) {
	for _, test := range []struct {
		from, pattern, to string
		warns             bool
	}{
		{"pcre2", `(|a){1,2}b`, "dotnet", true},
		{"pcre2", `(|a){0,2}b`, "python", true},
		{"dotnet", `(|a){1,2}b`, "perl", false},
		{"pcre2", `(|a)*b`, "dotnet", false},
		{"pcre2", `(|a){1,}b`, "python", false},
		{"pcre2", `(a?){1,2}b`, "dotnet", false},
		{"pcre2", `(a??){1,2}b`, "dotnet", true},
		{"pcre2", `(a){1,2}b`, "dotnet", false},
		{"dotnet", `(|a){1,2}b`, "java", true},
	} {
		warns := false
		for _, c := range convert(t, test.from, "", test.pattern, test.to).Changes {
			warns = warns || strings.Contains(c.Message, "a round of this repeat can match nothing")
		}
		if warns != test.warns {
			t.Errorf("%s from %s to %s: warns: %v", test.pattern, test.from, test.to, warns)
		}
	}
}

func TestConvertRefusesErrors(t *testing.T) {
	f, _ := flavor.Lookup("go")
	if _, err := Convert(syntax.Parse(`a(`, f, 0), f); err == nil {
		t.Error("a pattern with errors is converted")
	}
}

// What takes long to look at is bounded: many calls that call each other, and many
// possessive repeats, and sets that take long to compose.
func TestConvertIsBounded(t *testing.T) {
	calls := "(?<a0>x)"
	for i := range 40 {
		calls += fmt.Sprintf("(?<a%d>(?&a%d)(?&a%d))", i+1, i, i)
	}
	for _, pattern := range []string{calls, strings.Repeat(`a++`, MaxPattern/3), strings.Repeat(`a?+(b)*`, MaxPattern/8), strings.Repeat(`\s\W`, MaxPattern/4)} {
		r := convert(t, "pcre2", "u", pattern, "js")
		if len(r.Pattern) > 10*MaxPattern {
			t.Errorf("%.40q becomes %d bytes", pattern, len(r.Pattern))
		}
	}
}

// Every change says something, at a place in the pattern, and an exact result is
// valid in its flavor and has all groups.
func FuzzConvert(f *testing.F) {
	for _, pattern := range []string{
		`(?<y>\d+)-\w*?$`, `^[^\W_]++|\bx\B`, `(?i)a(?-i)b`, `[a-z&&[^b]]`, `(?|(a)|(b))\1`, `(?(1)a|b)(c)`, `\R\X\h\N`, `(?x) a # b`,
	} {
		for i := range 64 {
			f.Add(pattern, uint8(i), "im")
		}
	}
	f.Fuzz(func(t *testing.T, pattern string, which uint8, flags string) {
		all := flavor.All()
		from, to := all[int(which)%len(all)], all[int(which)/len(all)%len(all)]
		tree := syntax.Parse(pattern, from, flavor.FlagsOf(flags))
		r, err := Convert(tree, to)
		if len(pattern) <= MaxPattern && (err != nil) != (len(tree.Errors) > 0) {
			t.Fatalf("%q: %v", pattern, err)
		}
		if err != nil {
			return
		}
		for _, c := range r.Changes {
			if c.Message == "" || c.Span.Start < 0 || c.Span.End < c.Span.Start || c.Span.End > len(pattern) {
				t.Errorf("%s %q to %s: %+v", from.Name, pattern, to.Name, c)
			}
		}
		result := syntax.Parse(r.Pattern, to, flavor.FlagsOf(r.Flags))
		lessGroups := len(result.Groups) < len(tree.Groups) && !strings.Contains(pattern, "DEFINE")
		if r.Exact() && (len(result.Errors) > 0 || lessGroups) {
			t.Errorf("%s %q to %s is %q: %v", from.Name, pattern, to.Name, r.Pattern, result.Errors)
		}
	})
}
