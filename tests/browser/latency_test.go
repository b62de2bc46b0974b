package browser

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

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

// report tells the percentiles of samples in milliseconds.
func report(b *testing.B, name string, samples []float64) {
	b.Helper()
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

// typeAtPace types one key an iteration, and waits for the last one's result.
func typeAtPace(b *testing.B, p *tab) {
	b.Helper()
	p.run("stopwatch.samples.length = 0")
	b.ReportMetric(0, "ns/op")
	for i := 0; b.Loop(); i++ {
		next := time.Now().Add(pace)
		p.keys(string(typed[i%len(typed)]))
		time.Sleep(time.Until(next))
	}
	p.settle()
	p.wait("stopwatch.samples.at(-1).final")
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
	b.ReportMetric(0, "ns/op")
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
	b.ReportMetric(wall, "longest-ms")
	b.ReportMetric(cpu, "longest-cpu-ms")
	b.ReportMetric(over, "over-16ms")
}
