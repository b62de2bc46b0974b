package engine

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// bareRuntimes find all matches in a file and print the milliseconds that this
// took, without reading the file, with nothing of ours.
var bareRuntimes = map[string][]string{
	"python": {"-c", `import re,sys,time
t=open(sys.argv[1],encoding="utf-8",newline="").read();p=re.compile(sys.argv[2]);s=time.perf_counter()
for m in p.finditer(t): m.regs
print((time.perf_counter()-s)*1000)`},
	"node": {"-e", `const t=require("fs").readFileSync(process.argv[1],"utf8"),p=new RegExp(process.argv[2],"g"),s=performance.now()
for(const m of t.matchAll(p)) m.index
console.log(performance.now()-s)`},
	"perl": {"-MTime::HiRes=time", "-e", `open F,"<",$ARGV[0];binmode F;local $/;$t=<F>;$p=qr/$ARGV[1]/;$s=time;
while($t=~/$p/g){@m=($-[0],$+[0])} print((time-$s)*1000)`},
}

// BenchmarkRuntime compares a search on a runtime, whose child has the text, with
// the same runtime bare: overhead/op is the ratio of the two.
func BenchmarkRuntime(b *testing.B) {
	for _, size := range []int{1 << 20, 10 << 20} {
		text := NewText(lines()[:size])
		file := filepath.Join(b.TempDir(), "text")
		if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
			b.Fatal(err)
		}
		for name, script := range bareRuntimes {
			for _, pattern := range []string{`\b\w+ing\b`, `1895`} {
				b.Run(fmt.Sprintf("%s/%dMB/%s", name, size>>20, pattern), func(b *testing.B) {
					e := runtimeOf(b, name)
					p := compile(b, e, pattern)
					search := func() time.Duration {
						start := time.Now()
						if r := p.Search(b.Context(), text, Cursor{}, Budget{}, keep); r.Outcome != Match {
							b.Fatalf("got %+v", r)
						}
						return time.Since(start)
					}
					search()
					var ours, bare time.Duration
					for b.Loop() {
						ours += search()
						out, err := exec.Command(e.program, append(script[:len(script):len(script)], file, pattern)...).Output()
						if err != nil {
							b.Fatal(err)
						}
						ms, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
						if err != nil {
							b.Fatal(err)
						}
						bare += time.Duration(ms * float64(time.Millisecond))
					}
					b.ReportMetric(float64(ours.Microseconds())/float64(b.N)/1000, "ours-ms/op")
					b.ReportMetric(float64(bare.Microseconds())/float64(b.N)/1000, "bare-ms/op")
					b.ReportMetric(float64(ours)/float64(bare), "overhead/op")
				})
			}
		}
	}
}

// BenchmarkRuntimeSmall is the search of a short text: what a key costs.
func BenchmarkRuntimeSmall(b *testing.B) {
	for _, name := range languageNames() {
		b.Run(name, func(b *testing.B) {
			e := runtimeOf(b, name)
			text := NewText([]byte("a short text"))
			for b.Loop() {
				p := compile(b, e, `s(h)?`)
				p.Search(b.Context(), text, Cursor{}, Budget{}, keep)
			}
		})
	}
}
