package syntax

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// TestErrors reads testdata/errors.txt: blocks that an empty line ends, of a
// flavor with flags and a pattern, and what is printed of its first error, with
// its code in front and with its fix, if it has one, behind it. What a fix makes of the
// pattern has to have fewer errors, or later ones.
func TestErrors(t *testing.T) {
	data, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	tested := map[string]int{}
	for _, block := range strings.Split(string(data), "\n\n") {
		head, want, _ := strings.Cut(block, "\n")
		if strings.HasPrefix(head, "#") {
			continue
		}
		name, pattern, _ := strings.Cut(head, " ")
		name, flags, _ := strings.Cut(name, "/")
		f := lookup(t, name)
		tree := Parse(pattern, f, flavor.FlagsOf(flags))
		checkTree(t, tree)
		if got := firstError(tree); got != strings.TrimRight(want, "\n") {
			t.Errorf("%s\ngot\n%s\nwant\n%s", head, got, want)
		}
		tested[name]++
		if len(tree.Errors) == 0 || tree.Errors[0].Fix == nil {
			continue
		}
		fixed := Parse(tree.Errors[0].Fix.apply(pattern), f, flavor.FlagsOf(flags))
		if len(fixed.Errors) >= len(tree.Errors) && fixed.Errors[0].Span.Start <= tree.Errors[0].Span.Start {
			t.Errorf("%s: the fix makes %s of it: %v", head, fixed.Pattern, fixed.Errors[0])
		}
	}
	for _, name := range []string{"go", "dotnet", "js", "python", "pcre2", "perl", "java", "ruby"} {
		if tested[name] < 20 {
			t.Errorf("%d errors of %s are too few", tested[name], name)
		}
	}
}

// Bytes that are no characters are errors wherever the engines refuse them, with what can be written instead.
func TestInvalidUTF8(t *testing.T) {
	for name, written := range map[string]string{
		"go": `\x{ff}`, "dotnet": `\uFFFD`, "js": `\u00ff`, "python": `\u00ff`, "perl": `\x{ff}`, "java": `\x{ff}`, "ruby": `\u{ff}`, "pcre2/u": `\x{ff}`,
	} {
		name, flags, _ := strings.Cut(name, "/")
		f := lookup(t, name)
		tree := Parse("a\xff+", f, flavor.FlagsOf(flags))
		if len(tree.Errors) != 1 || tree.Errors[0].Code != "invalid-utf8" || tree.Errors[0].Span != (Span{1, 2}) || !strings.Contains(tree.Errors[0].Hint, written[:2]) {
			t.Errorf("%s: %v", name, tree.Errors)
		}
		if tree := Parse(written, f, flavor.FlagsOf(flags)); len(tree.Errors) > 0 {
			t.Errorf("%s: the hint %s is no pattern: %v", name, written, tree.Errors[0])
		}
	}
	if tree := Parse("a\xff+", lookup(t, "pcre2"), 0); len(tree.Errors) > 0 {
		t.Errorf("PCRE2 takes bytes without u: %v", tree.Errors[0])
	}
}

// A pattern that is too deep is that and nothing else: what its rest closes was not read, and is not said to be missing.
func TestTooDeepIsOneError(t *testing.T) {
	for _, f := range flavor.All() {
		deep, flags := f.Grammar.MaxDepth+50, flavor.Flags(0)
		if f.HasFlag('v') { // JavaScript's, with which classes can be in classes
			flags = flags.With('v')
		}
		patterns := []string{strings.Repeat("(", deep) + "a" + strings.Repeat(")", deep), strings.Repeat("(?:a|", deep) + "[b]" + strings.Repeat(")", deep)}
		if f.Has(flavor.ClassNested) {
			patterns = append(patterns, strings.Repeat("[a", deep)+strings.Repeat("]", deep))
		}
		for _, pattern := range patterns {
			if tree := Parse(pattern, f, flags); len(tree.Errors) != 1 || tree.Errors[0].Code != "too-deep" {
				t.Errorf("%s, %.8s: %d errors, of which the first is %v", f.Name, pattern, len(tree.Errors), tree.Errors[:min(1, len(tree.Errors))])
			}
		}
	}
}

// apply returns the pattern with the fix.
func (f *Fix) apply(pattern string) string {
	return pattern[:f.Span.Start] + f.Text + pattern[f.Span.End:]
}

// firstError is a tree's first error as in testdata/errors.txt.
func firstError(tree *Tree) string {
	if len(tree.Errors) == 0 {
		return "good"
	}
	e := tree.Errors[0]
	text := fmt.Sprintf("%s %s", e.Code, strings.TrimPrefix(Caret(e, []byte(tree.Pattern)), "error: "))
	if e.Fix != nil {
		text += "  = fix: " + e.Fix.apply(tree.Pattern) + "\n"
	}
	return strings.TrimSuffix(text, "\n")
}
