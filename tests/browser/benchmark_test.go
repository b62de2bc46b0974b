package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A user measures the engines that he has chosen, sees who is faster, and that a
// result is of an older pattern.
func TestBenchmark(t *testing.T) {
	p := openState(t, serve(t), state{flavor: "go", pattern: `(\w+)ing\b`, text: strings.Repeat("going home, thinking\n", 5000)})
	p.click("tab", "Benchmark")
	p.wait("probe.find('button', 'Measure') && !probe.find('button', 'Measure').disabled") // all engines are found
	p.run("document.querySelector('.benchmark-engines button').click()")
	p.wait("probe.find('group', 'Engines to measure')")
	p.run(`for (const box of probe.find('group', 'Engines to measure').querySelectorAll('input')) {
		const wanted = /^(regexp|regexp2|node) /.test(box.parentElement.textContent)
		if (box.checked != wanted) box.click()
	}`)
	p.click("button", "Measure")
	p.wait("probe.find('button', 'Stop')")
	p.wait("probe.find('button', 'Measure') && document.querySelectorAll('.speeds .bar').length >= 2")
	p.check("/^\\d+ rounds, 105 KB of text$/.test(probe.find('status', 'Benchmark').textContent)")
	p.check("/^regexp go1/m.test([...document.querySelectorAll('.speeds th[scope=row]')].map((e) => e.textContent).join('\\n'))")
	// The fastest is first, and its bar is the longest.
	p.check("(() => { const w = [...document.querySelectorAll('.speeds .median')].map((e) => e.offsetWidth); return w.every((v, i) => i == 0 || w[i - 1] >= v) })()")
	p.run("probe.find('textbox', 'Regular expression').focus()")
	p.keys("x")
	p.wait("probe.find('status', 'Benchmark').textContent.startsWith('Measured with another pattern')")
}

func TestBenchmarkLooks(t *testing.T) {
	s := serve(t)
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(map[int64]string{1280: "wide", 390: "narrow"}[width]+"-"+scheme, func(t *testing.T) {
				p := openTab(t, "about:blank")
				call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				p.do(chromedp.EmulateViewport(width, 844))
				p.navigate(s.url + state{flavor: "pcre2", pattern: `(?<word>\w+?)ing\b|(?<=a)b`, text: strings.Repeat("going home, thinking of it\n", 200)}.fragment())
				p.settle()
				p.click("tab", "Benchmark")
				p.wait("probe.find('button', 'Measure') && !probe.find('button', 'Measure').disabled")
				p.screenshot(t.Name() + "-before")
				p.click("button", "Measure")
				p.wait("probe.find('button', 'Stop')")
				p.wait("probe.find('button', 'Measure') && document.querySelectorAll('.speeds .bar').length >= 2")
				p.screenshot(t.Name())
				p.check("document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth")
				p.check("(() => { const b = document.querySelector('.benchmark-results'); return b.scrollWidth <= b.clientWidth })()")
				for _, e := range []string{"document.querySelector('.speeds th[scope=row] .muted')", "document.querySelector('.speeds thead th')", "probe.find('status', 'Benchmark')"} {
					p.check("probe.contrast(" + e + ") >= 4.5")
				}
			})
		}
	}
}
