package browser

import (
	"context"
	_ "embed"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/cdproto/runtime"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/tests/load"
)

//go:embed stopwatch.js
var stopwatch string

// sizes are those of the texts that are measured.
var sizes = []struct {
	name  string
	bytes int
}{
	{"1KB", 1_000}, {"100KB", 100_000}, {"1MB", 1_000_000}, {"10MB", 10_000_000},
}

// pace is the time between two keys of somebody who types fast.
const pace = 150 * time.Millisecond

// typed is what is typed at the beginning of the text: words that match and
// words that do not.
const typed = "sing on and bring it, king "

// openText serves a file and opens the page on it, with a pattern.
func openText(b *testing.B, text, pattern string) (*server, *tab) {
	b.Helper()
	s := serve(b, writeFile(b, "text.txt", []byte(text)))
	p := openTab(b, s.url)
	p.settle()
	p.replace("Regular expression", pattern)
	p.settle()
	p.run(stopwatch)
	return s, p
}

// report tells the percentiles of samples in milliseconds. It comes after the
// loop, which forgets what was reported before.
func report(b *testing.B, name string, samples []float64) {
	b.Helper()
	b.ReportMetric(0, "ns/op") // a key's pace means nothing
	if len(samples) == 0 {
		b.Fatalf("no samples of %s", name)
	}
	b.ReportMetric(percentile(samples, 50), name+"-p50-ms")
	b.ReportMetric(percentile(samples, 95), name+"-p95-ms")
}

func percentile(samples []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[min(len(sorted)-1, int(math.Ceil(p/100*float64(len(sorted))))-1)]
}

// From a key in the text to the frame that shows the first highlights of the new
// text, at a typist's pace: each key supersedes what still runs.
//
// "first" ends with the frame in which the highlights were drawn, "shown" one
// frame later, when that frame is surely on the screen.
func BenchmarkTyping(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			_, p := openText(b, load.Text(size.bytes), load.Pattern)
			p.focus("textbox", "Test text")
			p.press("Ctrl+Home")
			p.settle()
			typeAtPace(b, p)
			for _, stage := range []string{"edited", "sent", "heard", "first"} {
				b.ReportMetric(percentile(get[[]float64](p, insert("stopwatch.times(%s)", []any{stage})), 50), stage)
			}
			report(b, "first", get[[]float64](p, "stopwatch.times('frame')"))
			report(b, "shown", get[[]float64](p, "stopwatch.times('shown')"))
		})
	}
}

// The same with the browser's own RegExp, which has the text in workers.
func BenchmarkTypingNative(b *testing.B) {
	for _, size := range sizes[2:] {
		b.Run(size.name, func(b *testing.B) {
			_, p := openText(b, load.Text(size.bytes), load.Pattern)
			p.choose("Flavor", "js")
			p.settle()
			p.focus("textbox", "Test text")
			p.press("Ctrl+Home")
			p.settle()
			typeAtPace(b, p)
			report(b, "first", get[[]float64](p, "stopwatch.times('frame')"))
			report(b, "shown", get[[]float64](p, "stopwatch.times('shown')"))
		})
	}
}

// typeAtPace types one key an iteration, and waits for the last one's result.
func typeAtPace(b *testing.B, p *tab) {
	b.Helper()
	p.run("stopwatch.samples.length = 0")
	for i := 0; b.Loop(); i++ {
		next := time.Now().Add(pace)
		p.keys(string(typed[i%len(typed)]))
		time.Sleep(time.Until(next))
	}
	p.settle()
	p.wait("stopwatch.samples.at(-1).final")
}

// patternOf is a pattern of a length, of things that people write.
func patternOf(length int) string {
	parts := []string{
		`(?P<y%d>\d{4})-(?:0[1-9]|1[0-2])`, `[a-zA-Z_][\w.+-]*?`, `(foo|bar|ba[zr])`, `\bword\s*=\s*"[^"\\]*"`, `(?:x{2,5}|y+?)\.`,
	}
	var b strings.Builder
	for i := 0; ; i++ {
		next := strings.ReplaceAll(parts[i%len(parts)], "%d", strconv.Itoa(i))
		if b.Len()+len(next) > length {
			return b.String() + strings.Repeat("x", length-b.Len())
		}
		b.WriteString(next)
	}
}

// From a key in a pattern of 2,000 characters to its new colours and explanation:
// until they are in the document, and until the frame that shows them is over.
// "main-ms/key" is the processor time of the page's main thread, frames and the
// search's results included; other programs on the machine do not change it.
func BenchmarkPatternKey(b *testing.B) {
	for _, length := range []int{100, 2000} {
		b.Run(strconv.Itoa(length), func(b *testing.B) {
			_, p := openText(b, load.Text(1000), "x")
			p.run(insert("location.hash = %s", []any{state{flavor: "go", pattern: patternOf(length), text: load.Text(1000)}.fragment()}))
			p.wait("probe.text('Regular expression').length >= %s", length)
			p.settle()
			p.explain()
			// While the server looks for engines it starts a process for each.
			p.wait("!probe.find('button', 'Look for engines again').disabled")
			p.focus("textbox", "Regular expression")
			p.press("Ctrl+End")
			p.run("stopwatch.samples.length = 0")
			call(p, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
			before := p.processor()
			for i := 0; b.Loop(); i++ {
				next := time.Now().Add(pace)
				p.keys(string("abc(d)+[e-f]|"[i%13]))
				time.Sleep(time.Until(next))
			}
			spent := p.processor()
			p.wait("stopwatch.samples.at(-1).explainedShown")
			for name, ms := range spent {
				b.ReportMetric((ms-before[name])/float64(b.N), name+"-ms/key")
			}
			for _, stage := range []string{"edited", "sent", "heard"} {
				b.ReportMetric(percentile(get[[]float64](p, insert("stopwatch.times(%s)", []any{stage})), 50), stage)
			}
			report(b, "colored", get[[]float64](p, "stopwatch.times('colored')"))
			report(b, "explained", get[[]float64](p, "stopwatch.times('explained')"))
			report(b, "explained-shown", get[[]float64](p, "stopwatch.times('explainedShown')"))
		})
	}
}

// The longest time for which the page's main thread was busy with one task while
// somebody typed: no key, scroll or frame gets through meanwhile. Wall time holds
// what other programs took of the processor; the thread's own time does not.
func BenchmarkLongestTask(b *testing.B) {
	for _, size := range sizes {
		text := load.Text(size.bytes)
		b.Run(size.name, func(b *testing.B) {
			_, p := openText(b, text, load.Pattern)
			longestTask(b, p)
		})
		b.Run(size.name+"/catastrophic", func(b *testing.B) {
			_, p := openText(b, load.CatastrophicText+"\n"+text, "x")
			p.focus("combobox", "Flavor")
			p.press("Down")
			p.wait("probe.find('combobox', 'Flavor').value == 'dotnet'")
			p.replace("Regular expression", load.Catastrophic)
			longestTask(b, p)
		})
	}
}

func longestTask(b *testing.B, p *tab) {
	b.Helper()
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home")
	stop := p.trace("typing-" + strings.ReplaceAll(b.Name(), "/", "-"))
	for i := 0; b.Loop(); i++ {
		next := time.Now().Add(pace)
		p.keys(string(typed[i%len(typed)]))
		time.Sleep(time.Until(next))
	}
	var wall, cpu, over float64
	for _, e := range stop() {
		if e.Name != "ThreadControllerImpl::RunTask" {
			continue
		}
		wall, cpu = max(wall, e.Wall/1000), max(cpu, e.CPU/1000)
		if e.Wall > 16_000 {
			over++
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(wall, "longest-ms")
	b.ReportMetric(cpu, "longest-cpu-ms")
	b.ReportMetric(over, "over-16ms")
}

// From a key in the text to the frame with the final result, each key after the
// result of the one before; and what the bare engine takes for the same text, in
// the same run. The target is 1.25 times the engine and 50 ms.
func BenchmarkAllMatches(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			text := load.Text(size.bytes)
			_, p := openText(b, text, load.Pattern)
			p.focus("textbox", "Test text")
			p.press("Ctrl+Home")
			p.settle()
			p.run("stopwatch.samples.length = 0")
			var alone []float64
			for i := 0; b.Loop(); i++ {
				alone = append(alone, bareEngine(b, text))
				p.keys(string(typed[i%len(typed)]))
				p.settle()
				p.wait("stopwatch.samples.at(-1).final")
			}
			final := get[[]float64](p, "stopwatch.times('final')")
			report(b, "final", final)
			b.ReportMetric(percentile(alone, 50), "engine-p50-ms")
			b.ReportMetric(percentile(final, 50)-1.25*percentile(alone, 50), "beyond-1.25-engine-ms")
		})
	}
}

// bareEngine is what the engine takes with nothing around it, in milliseconds.
func bareEngine(b *testing.B, text string) float64 {
	b.Helper()
	eng, err := engine.Local().Lookup("go", "")
	if err != nil {
		b.Fatal(err)
	}
	program, err := eng.Compile([]byte(load.Pattern), "")
	if err != nil {
		b.Fatal(err)
	}
	data := engine.NewText([]byte(text))
	start := time.Now()
	program.Search(context.Background(), data, engine.Cursor{}, engine.Budget{}, func([]int) bool { return true })
	return float64(time.Since(start)) / float64(time.Millisecond)
}

// What server and page hold with 10 MB and half a million matches on screen, and
// after thirty keys in them.
func BenchmarkMemory(b *testing.B) {
	s := &server{t: b, args: []string{writeFile(b, "text.txt", []byte(load.Text(10_000_000)))}, log: new(output)}
	s.env = []string{"GODEBUG=gctrace=1"}
	s.start("127.0.0.1:0")
	b.Cleanup(s.kill)
	p := openTab(b, s.url)
	p.settle()
	pageStart, serverStart := p.heap(), s.memory(b, "VmRSS")
	p.replace("Regular expression", load.Pattern)
	p.settle()
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home")
	pageFull, serverFull := p.heap(), s.memory(b, "VmRSS")
	for i := 0; b.Loop(); i++ {
		p.keys(string(typed[i%len(typed)]))
		p.settle()
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(serverStart, "server-text-rss-MB")
	b.ReportMetric(serverFull, "server-matches-rss-MB")
	b.ReportMetric(s.memory(b, "VmRSS"), "server-typed-rss-MB")
	b.ReportMetric(s.memory(b, "VmHWM"), "server-peak-rss-MB")
	b.ReportMetric(s.heap(b), "server-heap-MB")
	b.ReportMetric(pageStart, "page-text-heap-MB")
	b.ReportMetric(pageFull, "page-matches-heap-MB")
	b.ReportMetric(p.heap(), "page-typed-heap-MB")
}

// memory reads a line of the process's status, in MB.
func (s *server) memory(b *testing.B, line string) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	found := regexp.MustCompile(line + `:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		b.Fatalf("no %s in %s", line, status)
	}
	kilobytes, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes * 1024 / 1e6
}

// heap is the server's live heap after its last garbage collection, in MB.
func (s *server) heap(b *testing.B) float64 {
	b.Helper()
	all := regexp.MustCompile(`->(\d+) MB, \d+ MB goal`).FindAllStringSubmatch(s.log.String(), -1)
	if all == nil {
		b.Fatal("the server has not collected garbage")
	}
	megabytes, err := strconv.ParseFloat(all[len(all)-1][1], 64)
	if err != nil {
		b.Fatal(err)
	}
	return megabytes
}

// processor is what the page's main thread has used of the processor so far, in ms:
// all of it, and what scripts, styles and layout took.
func (p *tab) processor() map[string]float64 {
	p.t.Helper()
	names := map[string]string{
		"ThreadTime": "main", "ScriptDuration": "script", "RecalcStyleDuration": "style", "LayoutDuration": "layout",
	}
	spent := map[string]float64{}
	for _, metric := range call(p, performance.GetMetrics, cdp.Empty{}).Metrics {
		if name := names[metric.Name]; name != "" {
			spent[name] = metric.Value * 1000
		}
	}
	if len(spent) < len(names) {
		p.t.Fatalf("Chromium measured %v only", spent)
	}
	return spent
}

// heap is what the page's scripts hold, arrays outside of the heap included, in MB.
func (p *tab) heap() float64 {
	p.t.Helper()
	call(p, heapprofiler.CollectGarbage, cdp.Empty{})
	usage := call(p, runtime.GetHeapUsage, cdp.Empty{})
	return (usage.UsedSize + usage.BackingStorageSize) / 1e6
}
