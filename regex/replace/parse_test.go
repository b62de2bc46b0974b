package replace_test

import (
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

var twoGroups = replace.Pattern{UTF: true, Groups: []engine.Group{{}, {Number: 1}, {Number: 2, Name: "year"}}}

// What is wrong is said at its place, and what would work.
func TestProblems(t *testing.T) {
	for _, test := range []struct {
		flavor, template string
		span             syntax.Span
		severity         syntax.Severity
		want             string // contained in message and hint
	}{
		{"go", "a$1x", syntax.Span{Start: 1, End: 4}, syntax.SeverityWarning, "write ${1}x"},
		{"go", "a$", syntax.Span{Start: 1, End: 2}, syntax.SeverityWarning, "write $$"},
		{"dotnet", "é$9", syntax.Span{Start: 2, End: 4}, syntax.SeverityWarning, "the groups are 0, 1, 2 year"},
		{"js", "$<yaer>", syntax.Span{Start: 0, End: 7}, syntax.SeverityWarning, `no group "yaer": it stands for nothing`},
		{"js", "$0", syntax.Span{Start: 0, End: 2}, syntax.SeverityWarning, "the whole match is $&"},
		{"python", `\g<yaer>`, syntax.Span{Start: 0, End: 8}, syntax.SeverityError, `no group "yaer"`},
		{"python", `a\q`, syntax.Span{Start: 1, End: 3}, syntax.SeverityError, `no escape \q`},
		{"python", `a\`, syntax.Span{Start: 1, End: 2}, syntax.SeverityError, `is written \\`},
		{"pcre2", `${3`, syntax.Span{Start: 0, End: 3}, syntax.SeverityError, `the } is missing`},
		{"pcre2", `${1:+a`, syntax.Span{Start: 0, End: 6}, syntax.SeverityError, `the } is missing`},
		{"pcre2", `\U$1`, syntax.Span{Start: 0, End: 2}, syntax.SeverityWarning, `goes on in that of the next match`},
		{"perl", `@{[ unlink "x" ]}`, syntax.Span{Start: 0, End: 2}, syntax.SeverityError, `not evaluated`},
		{"perl", `$1[0]`, syntax.Span{Start: 0, End: 3}, syntax.SeverityError, `written \[`},
		{"perl", `$ENV{HOME}`, syntax.Span{Start: 0, End: 4}, syntax.SeverityError, `variable of the program`},
		{"java", `$x`, syntax.Span{Start: 0, End: 1}, syntax.SeverityError, `written \$`},
		{"java", `${yaer}`, syntax.Span{Start: 0, End: 7}, syntax.SeverityError, `no group "yaer"`},
		{"ruby", `\1`, syntax.Span{Start: 0, End: 2}, syntax.SeverityWarning, `\k<name>`},
		{"ruby", `\k<yaer>`, syntax.Span{Start: 0, End: 8}, syntax.SeverityError, `the groups are 0, 1, 2 year`},
		{"php", `${year}`, syntax.Span{Start: 0, End: 2}, syntax.SeverityWarning, `by number only`},
	} {
		template := replace.Parse(replace.ForFlavor(test.flavor), twoGroups, test.template)
		checkTokens(t, template)
		if len(template.Problems) == 0 {
			t.Errorf("%s: nothing is wrong with %s", test.flavor, test.template)
			continue
		}
		p := template.Problems[0]
		if p.Span != test.span || p.Severity != test.severity || !strings.Contains(p.Error(), test.want) {
			t.Errorf("%s: %s: got %v %v %q, want %q", test.flavor, test.template, p.Span, p.Severity, p.Error(), test.want)
		}
	}
}

// Whatever a replacement is, reading it ends, tokens cover it, and problems have
// places in it; and what is read can be expanded.
func FuzzParse(f *testing.F) {
	for _, s := range replace.Syntaxes() {
		for _, e := range s.Elements {
			f.Add(e.Form + "x")
		}
	}
	f.Add(`\U\u\Q$1${1:+a:${2:-b}}`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range replace.Syntaxes() {
			for _, utf := range []bool{true, false} {
				template := replace.Parse(s, replace.Pattern{UTF: utf, Groups: twoGroups.Groups}, text)
				checkTokens(t, template)
				template.Expander().Append(nil, []byte("aébc"), []int{1, 4, 1, 3, -1, -1})
			}
		}
	})
}
