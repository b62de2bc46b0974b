package replace_test

import (
	"bytes"
	"fmt"
	"regexp"
	"sync"
	"testing"

	"github.com/dlclark/regexp2/v2"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/replace"
)

// log is 10 MiB of lines with names, numbers and an address each.
var log = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < 10<<20; i++ {
		fmt.Fprintf(&b, "%d user%d@example.com GET /page/%d took %dms for Sherlock Holmes\n", i, i%977, i%31, i%499)
	}
	return b.Bytes()[:10<<20]
})

// BenchmarkReplace compares a streamed replacement with the engine's own function on
// the same text: the ratio of the two MB/s is what streaming, and expanding here,
// costs. The streamed result is not kept.
func BenchmarkReplace(b *testing.B) {
	text := engine.NewText(log())
	for _, bm := range []struct{ name, pattern, template string }{
		{"rare", `(\w+)@example`, "$1 at"},
		{"dense", `(\w+) (\w+)`, "$2 $1"},
		{"literal", `Sherlock`, "Mycroft"},
	} {
		re := regexp.MustCompile(bm.pattern)
		b.Run("go/"+bm.name+"/bare", func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				re.ReplaceAll(text.Bytes(), []byte(bm.template))
			}
		})
		streamed(b, "go", bm.name, bm.pattern, bm.template, text)
		re2 := regexp2.MustCompile(bm.pattern, regexp2.None)
		b.Run("dotnet/"+bm.name+"/bare", func(b *testing.B) {
			s := string(text.Bytes())
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				if _, err := re2.Replace(s, bm.template, -1, -1); err != nil {
					b.Fatal(err)
				}
			}
		})
		streamed(b, "dotnet", bm.name, bm.pattern, bm.template, text)
	}
}

func streamed(b *testing.B, flavor, name, pattern, template string, text *engine.Text) {
	program, parsed := prepare(b, flavor, pattern, template)
	b.Run(flavor+"/"+name+"/streamed", func(b *testing.B) {
		b.SetBytes(int64(text.Len()))
		for b.Loop() {
			written := 0
			result := replace.Run(b.Context(), program, parsed, text, replace.Mode{}, engine.Budget{}, func(piece []byte) bool {
				written += len(piece)
				return true
			})
			if result.Outcome != engine.Match || written < text.Len()/2 {
				b.Fatalf("%s, %d bytes", result.Outcome, written)
			}
		}
	})
}

// BenchmarkExpand is the expansion alone, of a match of a line.
func BenchmarkExpand(b *testing.B) {
	for _, bm := range []struct{ flavor, template string }{{"go", "$2 $1"}, {"perl", `\u\L$1\E-$2`}, {"pcre2", `\u$1\E ${2:+$2:none}`}} {
		parsed := replace.Parse(replace.ForFlavor(bm.flavor), replace.Pattern{UTF: true, Groups: []engine.Group{{}, {Number: 1}, {Number: 2}}}, bm.template)
		b.Run(bm.flavor, func(b *testing.B) {
			expander, text, match, out := parsed.Expander(), []byte("Sherlock Holmes"), []int{0, 15, 0, 8, 9, 15}, []byte{}
			for b.Loop() {
				out = expander.Append(out[:0], text, match)
			}
		})
	}
}
