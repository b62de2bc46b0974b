package syntax

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// dump writes a tree as one line, such as concat(literal "a" rep{2,3}lazy(dot)),
// without trivia. Flags are written at the nodes that they change.
func dump(n *Node) string {
	name := n.Kind.String()
	if n.Negated {
		name = "not-" + name
	}
	switch n.Kind {
	case KindLiteral:
		if n.Op == OpVerbatim {
			return fmt.Sprintf("%q", n.Text)
		}
		if n.Op == OpNamed {
			return fmt.Sprintf("named(%s)", n.Text)
		}
		return fmt.Sprintf("%s(%X)", n.Form(), n.Rune)
	case KindClassEscape:
		return fmt.Sprintf("%s(%c)", name, n.Rune)
	case KindProperty, KindPosix:
		return fmt.Sprintf("%s(%s)", name, n.Text)
	case KindAssertion:
		return fmt.Sprintf("at(%c%s)", n.Rune, n.Text)
	case KindClassOp:
		name = [...]string{OpIntersection: "intersection", OpDifference: "difference", OpUnion: "union", OpSymmetric: "symmetric"}[n.Op]
	case KindGroup:
		name = groupName(n)
	case KindCondition:
		return fmt.Sprintf("if%s(%s)", [...]string{OpGroup: "", OpRecursion: "-recursion", OpDefine: "-define", OpVersion: "-version"}[n.Op], target(n))
	case KindBackreference, KindCall:
		return fmt.Sprintf("%s(%s)", map[Kind]string{KindBackreference: "ref", KindCall: "call"}[n.Kind], target(n))
	case KindFlags:
		return fmt.Sprintf("flags(%s)", n.Text)
	case KindRepetition:
		most := "inf"
		if n.Max != Unlimited {
			most = fmt.Sprint(n.Max)
		}
		name = fmt.Sprintf("rep{%d,%s}%s", n.Min, most, [...]string{Greedy: "", Lazy: "lazy", Possessive: "possessive"}[n.Greed])
	case KindVerb:
		return fmt.Sprintf("verb(%s:%s)", n.Text, n.Other)
	case KindCallout, KindCode:
		return fmt.Sprintf("%s(%d%s)", name, n.Number, n.Text)
	}
	var subs []string
	for _, sub := range n.Sub {
		if !sub.Kind.IsTrivia() {
			subs = append(subs, dump(sub))
		}
	}
	if len(subs) == 0 {
		return name
	}
	return name + "(" + strings.Join(subs, " ") + ")"
}

func target(n *Node) string {
	if n.Text != "" {
		return fmt.Sprintf("%d %s", n.Number, n.Text)
	}
	return fmt.Sprint(n.Number)
}

func groupName(n *Node) string {
	name := [...]string{
		OpCapture: "capture", OpNonCapture: "group", OpFlagsGroup: "flags-group", OpAtomic: "atomic", OpLookahead: "ahead",
		OpLookbehind: "behind", OpNonAtomicLookahead: "non-atomic-ahead", OpNonAtomicLookbehind: "non-atomic-behind",
		OpBranchReset: "branch-reset", OpBalancing: "balancing", OpScriptRun: "script-run", OpAtomicScriptRun: "atomic-script-run",
		OpAbsent: "absent",
	}[n.Op]
	if n.Negated {
		name = "not-" + name
	}
	if n.Number > 0 {
		name += fmt.Sprint(n.Number)
	}
	for _, text := range []string{n.Text, n.Other} {
		if text != "" {
			name += "<" + text + ">"
		}
	}
	return name
}

// Each line of testdata/trees.txt has a flavor with flags, a pattern and its
// tree, tabs between them; ␊ in a pattern is a line feed. The file's head says
// where the facts come from.
func TestTrees(t *testing.T) {
	data, err := os.ReadFile("testdata/trees.txt")
	if err != nil {
		t.Fatal(err)
	}
	tested := map[string]int{}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			t.Fatalf("line %d: %q", i+1, line)
		}
		name, flags, _ := strings.Cut(fields[0], "/")
		tree := Parse(strings.ReplaceAll(fields[1], `␊`, "\n"), lookup(t, name), flavor.FlagsOf(flags))
		checkTree(t, tree)
		got := dump(tree.Root)
		if len(tree.Errors) > 0 {
			got = "error " + string(tree.Errors[0].Code)
		}
		if got != fields[2] {
			t.Errorf("line %d: %s %s\n got %s\nwant %s", i+1, fields[0], fields[1], got, fields[2])
		}
		tested[name]++
	}
	for _, name := range []string{"go", "dotnet", "js", "python", "pcre2", "perl", "java", "ruby"} {
		if tested[name] < 20 {
			t.Errorf("%d trees of %s are too few", tested[name], name)
		}
	}
}
