package syntax

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// longPatterns are good in all flavors, and none is longer than [MaxPattern].
var longPatterns = []struct{ name, pattern string }{
	{"words", wordList(MaxPattern - 20)},
	{"dates", strings.Repeat(`(?:\d{4}-(?:0[1-9]|1[0-2])-\d\d[T ]+[^\s"]*?)|`, 20000)},
	{"literal", strings.Repeat("all of this is text, ", 49900)},
	{"classes", strings.Repeat(`[\w.+\-]+@[a-z0-9\-]{2,9}\.`, 30000)},
}

// wordList is an alternation of words of some bytes in all.
func wordList(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "word%d|", i*7919)
	}
	return b.String() + "end"
}

// heapFloor are as many bytes as regexdbg keeps beside the heap of a server. Without them the heap of a benchmark is so
// small that it is collected several times in a parse.
const heapFloor = 32 << 20

// BenchmarkParse is the speed on long patterns: the aim is 50 MB/s.
func BenchmarkParse(b *testing.B) {
	floor := make([]byte, heapFloor)
	defer runtime.KeepAlive(floor)
	for _, f := range flavor.All() {
		for _, long := range longPatterns {
			b.Run(f.Name+"/"+long.name, func(b *testing.B) {
				b.SetBytes(int64(len(long.pattern)))
				b.ReportAllocs()
				for b.Loop() {
					Parse(long.pattern, f, 0)
				}
			})
		}
	}
}

// BenchmarkParseShort is the speed at the length of patterns that people write: each key
// in an editor makes one be parsed.
func BenchmarkParseShort(b *testing.B) {
	floor := make([]byte, heapFloor)
	defer runtime.KeepAlive(floor)
	for _, f := range flavor.All() {
		for _, long := range longPatterns {
			short := long.pattern[:strings.LastIndexAny(long.pattern[:2000], "|.,")+1]
			b.Run(f.Name+"/"+long.name, func(b *testing.B) {
				b.SetBytes(int64(len(short)))
				b.ReportAllocs()
				for b.Loop() {
					Parse(short, f, 0)
				}
			})
		}
	}
}

// hostile are texts that, repeated, make a parser look far ahead, go deep, or start
// over, for every one of them.
var hostile = []string{
	"(", "(?:", "[", "[[", "[a-[", "{", "a{1}", "a{1}{1}", "*", "a*?+", "(?<", "(?<a", "(?P<", "(?'", "(?#", "(?(", "(?(1)", "(?(a)", "\\Q", "\\E",
	"\\Q\\E", "[\\Q", "\\k<", "\\k{", "\\g{", "\\p{", "\\x{", "\\u{", "\\o{", "\\N{", "\\1", "\\10", "(*", "(*a:", "(?C'", "(?{", "(?i)", "(?i", "(?i:",
	"[:", "[[:", "[[:a", "[a-", "[\\", "\\", ")", "|", "|*", "#", "(?x)# ", "(a)\\1", "(?<a>)", "(?<a>)\\k<a>", "(?|(a)", "a|", "a||", "\\cA", "&&", "[a&&", "[a--",
	"\\q{", "[\\q{a|", "\xff", "é", "(?=", "(?<=", "(?<=a", "(?~", "(?1)", "(?R)", "(?&a)", "a ", "\\y", "\\",
}

// BenchmarkHostile is the time per byte of hostile patterns at two lengths: it
// should not grow with the length, for which TestLinear counts the work.
func BenchmarkHostile(b *testing.B) {
	for _, f := range flavor.All() {
		for _, unit := range hostile {
			for _, size := range []int{1 << 14, 1 << 17} {
				pattern := strings.Repeat(unit, size/len(unit))
				b.Run(fmt.Sprintf("%s/%q/%d", f.Name, unit, size), func(b *testing.B) {
					b.SetBytes(int64(len(pattern)))
					for b.Loop() {
						Parse(pattern, f, 0)
					}
				})
			}
		}
	}
}

// depth is how many levels a tree has, without recursion.
func depth(root *Node) int {
	most := 0
	level := []*Node{root}
	for len(level) > 0 {
		most++
		var next []*Node
		for _, n := range level {
			next = append(next, n.Sub...)
		}
		level = next
	}
	return most
}

// Whoever walks a tree goes as deep as it is: no pattern makes it deeper than a
// few levels for each group, class and repeat that may be in another one.
func TestHostile(t *testing.T) {
	const size, levels = 1 << 13, 5
	for _, f := range flavor.All() {
		for _, unit := range hostile {
			for _, prefix := range []string{"", "(?x)"} {
				tree := Parse(prefix+strings.Repeat(unit, size/len(unit)), f, 0)
				if got := depth(tree.Root); got > levels*f.Grammar.MaxDepth {
					t.Errorf("%s: %q repeated makes %d levels", f.Name, prefix+unit, got)
				}
				if len(tree.Errors) > maxErrors {
					t.Errorf("%s: %q repeated makes %d errors", f.Name, prefix+unit, len(tree.Errors))
				}
			}
		}
	}
}
