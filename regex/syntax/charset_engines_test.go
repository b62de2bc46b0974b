package syntax

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// charsetRuntimes are the programs that run a flavor, and what of testdata they
// are given.
var charsetRuntimes = []struct{ flavor, program, script, unassigned string }{
	{"js", "node", "js.js", `u \p{Cn}`},
	{"python", "python3", "python.py", ""},
	{"perl", "perl", "perl.pl", `- \p{Cn}`},
	{"ruby", "ruby", "ruby.rb", `- \p{Cn}`},
	{"java", "java", "Java.java", `- \p{Cn}`},
	{"pcre2", "php", "pcre2.php", `u \p{Cn}`},
}

// charsetTried are the code points that are tried: those of which Unicode has
// something to say about case, and some of the others.
const charsetTried = "0-17ff 1b00-2dff 3000-30ff a640-abff d7f0-e0ff fb00-fdff fe00-ffff 10000-1013f 10400-1044f 11080-110ff 1d7c0-1d7ff 1e900-1e95f 1f000-1faff e0000-e01ff 10fff0-10ffff"

// charsetChanged are characters whose properties are others in the engines' versions
// of Unicode than in that of package unicode, with what has changed.
var charsetChanged = charSet([]CharRange{
	{0x19B, 0x19B}, {0x264, 0x264}, {0x1C8A, 0x1C8A}, // upper case since 16
	{0x1734, 0x1734},                 // spacing since 14
	{0x295, 0x295},                   // no letter of lower case since 16
	{0x363, 0x36F}, {0x1DD3, 0x1DE6}, // alphabetic since 16
	{0xC04, 0xC04}, {0xF82, 0xF83}, {0x11080, 0x11081}, // alphabetic since 15
	{0x10FC, 0x10FC}, {0xA7F2, 0xA7F4}, {0xAB69, 0xAB69}, // lower case since 14 or 15
	{0xA7D3, 0xA7D3}, {0xA7D5, 0xA7D5}, // upper case since 16
	{0x200C, 0x200D}, {0x30FB, 0x30FB}, {0xFF65, 0xFF65}, // continue an identifier since 15.1 or 16
})

// The sets are those that the engines have, as far as they know the same Unicode.
func TestCharSet_Engines(t *testing.T) {
	if testing.Short() {
		t.Skip("asks the runtimes of six languages, for a minute")
	}
	for _, runtime := range charsetRuntimes {
		t.Run(runtime.flavor, func(t *testing.T) {
			t.Parallel()
			program, err := exec.LookPath(runtime.program)
			if err != nil {
				t.Skipf("there is no %s on this machine", runtime.program)
			}
			f, err := flavor.Lookup(runtime.flavor)
			if err != nil {
				t.Fatal(err)
			}
			lines := charsetQuestions(t, runtime.flavor)
			unassigned := tableSet(unicode.Categories["Cn"])
			if runtime.unassigned != "" {
				lines = append(lines, runtime.unassigned)
			}
			cmd := exec.Command(program, filepath.Join("testdata", "charset", runtime.script))
			cmd.Stdin = strings.NewReader(charsetTried + "\n" + strings.Join(lines, "\n") + "\n")
			out, err := cmd.Output()
			if err != nil {
				t.Skipf("%s does not run: %v", runtime.program, err)
			}
			answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
			if len(answers) != len(lines) {
				t.Fatalf("%d answers to %d questions", len(answers), len(lines))
			}
			if runtime.unassigned != "" {
				unassigned = unassigned.Union(charsetAnswer(answers[len(answers)-1]))
				lines, answers = lines[:len(lines)-1], answers[:len(answers)-1]
			}
			asked := charsetAnswer(charsetTried).Minus(unassigned).Minus(charsetChanged).Minus(CharSet{{0xD800, 0xDFFF}})
			for i, line := range lines {
				charsetAgrees(t, f, line, answers[i], asked)
			}
		})
	}
}

// charsetQuestions are the questions of a file.
func charsetQuestions(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "charset", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		flags, patterns, _ := strings.Cut(line, ": ")
		for _, f := range strings.Fields(flags) {
			for _, p := range strings.Fields(patterns) {
				lines = append(lines, f+" "+p)
			}
		}
	}
	return lines
}

func charsetAnswer(line string) CharSet {
	var ranges []CharRange
	for _, field := range strings.Fields(line) {
		var r CharRange
		if _, err := fmt.Sscanf(field, "%x-%x", &r.First, &r.Last); err == nil {
			ranges = append(ranges, r)
		}
	}
	return charSet(ranges)
}

func charsetAgrees(t *testing.T, f *flavor.Flavor, line, answer string, asked CharSet) {
	t.Helper()
	flags, pattern, _ := strings.Cut(line, " ")
	tree := Parse(pattern, f, flavor.FlagsOf(strings.Trim(flags, "-")))
	if strings.HasPrefix(answer, "!") || len(tree.Errors) > 0 {
		t.Errorf("%s: %v here, %s there", line, tree.Errors, answer)
		return
	}
	set, ok := tree.CharSet(charsetNode(tree.Root))
	if !ok {
		t.Errorf("%s: the set is not known", line)
		return
	}
	got, want := set.Intersect(asked), charsetAnswer(answer).Intersect(asked)
	if more, less := got.Minus(want), want.Minus(got); len(more)+len(less) > 0 {
		t.Errorf("%s: has %x and lacks %x", line, more[:min(5, len(more))], less[:min(5, len(less))])
	}
}

// charsetNode is the set of a pattern that has one, behind options and in groups.
func charsetNode(n *Node) *Node {
	for n.Kind == KindGroup || n.Kind == KindConcat {
		n = n.Sub[len(n.Sub)-1]
	}
	return n
}
