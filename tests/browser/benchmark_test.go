package browser

import (
	"strings"
	"testing"
)

// A user measures the engines that he has chosen, sees who is faster, and that a
// result is of an older pattern.
func TestBenchmark(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(\w+)ing\b`, text: strings.Repeat("going home, thinking\n", 5000)})
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
	// The fastest is first, and its bar is the longest; those for matches are as long, since all find the same.
	p.check("document.querySelectorAll('.speeds .megabytes').length == document.querySelectorAll('.speeds .matches').length")
	p.check("(() => { const all = (s) => [...document.querySelectorAll(s)].map((e) => e.offsetWidth); return String(all('.speeds .megabytes .median')) == String(all('.speeds .matches .median')) })()")
	p.check("(() => { const w = [...document.querySelectorAll('.speeds .megabytes .median')].map((e) => e.offsetWidth); return w.every((v, i) => i == 0 || w[i - 1] >= v) })()")
	p.run("probe.find('textbox', 'Regular expression').focus()")
	p.keys("x")
	p.wait("probe.find('status', 'Benchmark').textContent.startsWith('Measured with another pattern')")
}

// Without a match there are no bars of matches a second, but a sentence.
func TestBenchmarkWithoutAMatch(t *testing.T) {
	st := state{flavor: "go", pattern: `zebra`, text: strings.Repeat("going home, thinking\n", 500)}
	looks(t, st, func(t *testing.T, p *tab) {
		p.click("tab", "Benchmark")
		p.wait("probe.find('button', 'Measure') && !probe.find('button', 'Measure').disabled")
		p.run("document.querySelector('.benchmark-engines button').click()")
		p.run(`for (const box of probe.find('group', 'Engines to measure').querySelectorAll('input')) {
			if (box.checked != /^regexp2? /.test(box.parentElement.textContent)) box.click()
		}`)
		p.run("document.querySelector('.benchmark-engines button').click()")
		p.click("button", "Measure")
		p.wait("probe.find('button', 'Stop')")
		p.wait("probe.find('button', 'Measure') && document.querySelectorAll('.speeds .megabytes').length == 2")
		p.check("document.querySelectorAll('.speeds .matches').length == 0 && document.querySelector('.benchmark-results').textContent.startsWith('The pattern does not match in the text')")
	})
}

func TestBenchmarkLooks(t *testing.T) {
	st := state{flavor: "pcre2", pattern: `(?<word>\w+?)ing\b|(?<=a)b`, text: strings.Repeat("going home, thinking of it\n", 200)}
	looks(t, st, func(t *testing.T, p *tab) {
		p.click("tab", "Benchmark")
		p.wait("probe.find('button', 'Measure') && !probe.find('button', 'Measure').disabled")
		p.screenshot(t.Name() + "-before")
		p.click("button", "Measure")
		p.wait("probe.find('button', 'Stop')")
		p.wait("probe.find('button', 'Measure') && document.querySelectorAll('.speeds .bar').length >= 2")
		p.check("(() => { const b = document.querySelector('.benchmark-results'); return b.scrollWidth <= b.clientWidth })()")
		for _, e := range []string{"document.querySelector('.speeds th[scope=row] .muted')", "document.querySelector('.speeds thead th')", "probe.find('status', 'Benchmark')"} {
			p.check("probe.contrast(" + e + ") >= 4.5")
		}
	})
}
