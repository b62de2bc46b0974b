package convert

import (
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// examples has a pattern with a node of each kind.
var examples = map[syntax.Kind]struct{ flavor, pattern string }{
	syntax.KindEmpty:         {"go", `a|`},
	syntax.KindConcat:        {"go", `a.`},
	syntax.KindAlternation:   {"go", `a|.`},
	syntax.KindLiteral:       {"go", `a\.\x{263a}`},
	syntax.KindDot:           {"go", `.`},
	syntax.KindClassEscape:   {"perl", `\d\W\h\R\X\N`},
	syntax.KindProperty:      {"go", `\p{Greek}\PL`},
	syntax.KindPosix:         {"go", `[[:alpha:]]`},
	syntax.KindClass:         {"go", `[^a-c]`},
	syntax.KindRange:         {"go", `[a-c]`},
	syntax.KindClassOp:       {"java", `[a-z&&[^b]]`},
	syntax.KindClassSet:      {"java", `[ab&&cb]`},
	syntax.KindClassString:   {"js", `[\q{ab|c}]`},
	syntax.KindAssertion:     {"go", `^\b`},
	syntax.KindKeep:          {"perl", `a\Kb`},
	syntax.KindGroup:         {"perl", `(a)(?:b)(?<n>c)(?>d)(?=e)(?<!f)(?|g)`},
	syntax.KindConditional:   {"perl", `(a)?(?(1)b|c)(?(?=d)e)`},
	syntax.KindCondition:     {"perl", `(?<n>a)?(?(<n>)b)`},
	syntax.KindFlags:         {"perl", `a(?i)b`},
	syntax.KindBackreference: {"perl", `(a)\1(?<n>b)\k<n>`},
	syntax.KindCall:          {"perl", `(a(?1)?)(?R)?(?<n>b)(?&n)`},
	syntax.KindRepetition:    {"perl", `a*b+?c?+d{2,3}`},
	syntax.KindVerb:          {"perl", `a(*SKIP)b(*FAIL)`},
	syntax.KindCallout:       {"pcre2", `a(?C1)b`},
	syntax.KindCode:          {"perl", `a(?{1})b`},
	syntax.KindComment:       {"perl", `a(?#b)c`},
	syntax.KindSpace:         {"perl", `(?x) a b`},
	syntax.KindQuoteMark:     {"go", `\Qa.b\E`},
	syntax.KindError:         {"go", `a)`},
}

// Every kind of node is written, and nothing is lost on the way to the flavor
// that the pattern comes from.
func TestEveryKindIsWritten(t *testing.T) {
	for kind := range syntax.Kinds() {
		example, ok := examples[kind]
		if !ok {
			t.Errorf("there is no example of %v", kind)
			continue
		}
		f, _ := flavor.Lookup(example.flavor)
		flags := flavor.Flags(0)
		if kind == syntax.KindClassString {
			flags = flags.With('v')
		}
		tree := syntax.Parse(example.pattern, f, flags)
		found := false
		tree.Root.Walk(func(n *syntax.Node) bool {
			found = found || n.Kind == kind
			return !found
		})
		if !found {
			t.Errorf("%q has no %v", example.pattern, kind)
		}
		if kind == syntax.KindError || kind == syntax.KindCode {
			continue // a pattern with errors is not converted, and code is one here
		}
		r, err := Convert(tree, f)
		if err != nil {
			t.Errorf("%v: %q: %v: %v", kind, example.pattern, err, tree.Errors[0])
			continue
		}
		for _, c := range r.Changes {
			if c.Severity == syntax.SeverityError {
				t.Errorf("%v: %q becomes %q: %s", kind, example.pattern, r.Pattern, c.Message)
			}
		}
	}
}
