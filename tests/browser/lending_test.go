package browser

import (
	"strings"
	"testing"
)

// The browser's own RegExp is compared with the server's engines, on the page's text,
// and what is to blame is proved by running it in the page.
func TestBrowsersEngineIsCompared(t *testing.T) {
	p := openComparison(t, state{flavor: "js", pattern: `x\d`, text: differing}, inProcess...)
	own := row("V8 in Chromium")
	p.check(own + ".querySelector('.class-badge').textContent == 'A' && " + own + ".textContent.includes('2 matches')")
	p.check(row("regexp2") + ".querySelector('.class-badge').textContent == 'B'")
	p.check("!document.querySelector('[data-engine=regexp2-ecmascript]')") // its stand-in
	p.wait("document.querySelector('.blame')?.textContent.includes('U+0663')")
	p.check("![...document.querySelectorAll('.blame')].some((e) => e.textContent.includes('may be'))")
	p.screenshot(t.Name())

	// Another text, and a pattern that it alone takes.
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home")
	p.keys("éx7 ")
	p.wait(own + "?.textContent.includes('3 matches')")
	p.replace("Regular expression", `(?<=x)(\d)\1|[^]`)
	p.wait("document.querySelector('.compare[aria-busy=false]') && " + own + ".textContent.includes('15 matches') && " + row("regexp") + ".textContent.includes('refuses the pattern')")
	p.replace("Regular expression", `x(`)
	p.wait(own + "?.textContent.includes('refuses the pattern')")

	// A catastrophe there ends with its time, and what follows works.
	p.replace("Test text", strings.Repeat("a", 40)+"!")
	p.replace("Regular expression", `^(a|a)*$`)
	p.wait(own + "?.textContent.includes('stopped in time')")
	p.replace("Regular expression", `a!`)
	p.wait(own + "?.textContent.includes('1 match')")
}

// A text on which it differs from others is sought, and it can be left out.
func TestBrowsersEngineIsSought(t *testing.T) {
	p := openComparison(t, state{flavor: "js", pattern: `\w`, text: "a"}, inProcess...)
	p.wait("/find the same/.test(document.querySelector('.compare-verdict').textContent)")
	p.click("button", "Find a text on which these engines disagree")
	p.wait("document.querySelector('.found-text')")
	p.run("document.querySelector('.compare-choice').open = true")
	p.run("[...probe.find('group', 'Engines to compare').querySelectorAll('label')].find((e) => e.textContent.startsWith('V8')).click()")
	p.wait("document.querySelector('.compare[aria-busy=false]') && !" + row("V8 in Chromium"))
}

// It searches inputs, runs tests, and is what the debugger agrees with, until another engine is chosen.
func TestBrowsersEngineIsUsedInEveryTab(t *testing.T) {
	program(t, "node")
	p := openState(t, serve(t, "--runtimes", "node"), state{flavor: "js", pattern: `^(?<y>\d{4})-\d\d$|[^]{9}`, text: "1999-12\n1999-1\né\n2024-06"})
	p.click("tab", "Inputs")
	p.click("button", "Lines")
	p.wait(inputOutcomes + " == 'match,no-match,no-match,match' && probe.find('status', 'Inputs').textContent.startsWith('2 of 4 inputs match on V8 in Chromium')")
	p.click("button", "Must match: line 1")
	p.wait("probe.find('button', 'Must match: line 1').getAttribute('aria-pressed') == 'true'")
	p.screenshot(t.Name() + "-inputs")
	p.click("tab", "Tests")
	p.wait(statuses + " == 'passed' && document.querySelector('.tests').textContent.includes('V8 in Chromium')")
	p.screenshot(t.Name() + "-tests")
	p.debug()
	p.click("button", "Run to end")
	p.wait("document.querySelector('[data-debug=agreement].agrees')?.textContent.includes('Agrees with V8 in Chromium')")
	p.screenshot(t.Name() + "-debug")

	// Typing goes on to be searched meanwhile, and the text that is edited is the one that is compared.
	p.replace("Test text", "1999-12")
	p.settle()
	p.wait("document.querySelector('[data-debug=agreement].agrees')?.textContent.includes('Agrees with V8 in Chromium')")
	p.choose("Engine", "node")
	p.wait("document.querySelector('[data-debug=agreement].agrees')?.textContent.includes('Agrees with node')")
	p.click("tab", "Inputs")
	p.wait("probe.find('status', 'Inputs').textContent.startsWith('1 of 1 input matches on node')")
	p.choose("Engine", "browser")
	p.wait("probe.find('status', 'Inputs').textContent.startsWith('1 of 1 input matches on V8')")
}

// It is measured in turns with the others, and where it is shown it is said that
// browsers tell no CPU time.
func TestBrowsersEngineIsMeasured(t *testing.T) {
	p := openState(t, serve(t, inProcess...), state{flavor: "js", pattern: `(\w+)ing\b`, text: strings.Repeat("going home, thinking\n", 5000)})
	p.check("/10,000 matches.* ms \\(no CPU time: browsers do not tell\\)/.test(probe.status())")
	p.click("tab", "Benchmark")
	p.click("button", "Measure")
	p.wait("probe.find('button', 'Stop')")
	p.wait("probe.find('button', 'Measure') && document.querySelectorAll('.speeds .bar').length >= 3")
	p.check("[...document.querySelectorAll('.speeds tr')].some((e) => /^V8 in Chromium.*±.*/.test(e.textContent))")
	p.screenshot(t.Name())
}
