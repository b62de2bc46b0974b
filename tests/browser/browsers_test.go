package browser

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// The page in browsers other than Chromium, whose engines of JavaScript are others
// too.
func TestFirefox(t *testing.T) {
	if _, err := exec.LookPath("firefox-esr"); err != nil {
		t.Skip("no firefox-esr on PATH; tests/run installs it")
	}
	inOtherBrowser(t, &remote{t: t, name: t.Name(), driver: startFirefox(t)}, `SpiderMonkey in Firefox \d+\.\d+`, "Timed out|Limit reached.*too much recursion")
}

// Each cancel ends a worker and each Continue starts one, which in Firefox may not be done
// by a worker. (WebKit is not asked: what it ends goes on using a processor.)
func TestFirefoxCancelsAgainAndAgain(t *testing.T) {
	if _, err := exec.LookPath("firefox-esr"); err != nil {
		t.Skip("no firefox-esr on PATH; tests/run installs it")
	}
	r := &remote{t: t, name: t.Name(), driver: startFirefox(t)}
	s := serve(t, inProcess...)
	r.must(r.open(s.url + state{flavor: "js", pattern: `b|a*a*a*a*a*a*!!!`, text: "b " + strings.Repeat("a", 500) + "!"}.fragment()))
	for range 40 {
		r.click("button", "Cancel")
		r.wait("probe.settled() && probe.status().startsWith('Cancelled') && probe.status().includes('1 match')")
		r.click("button", "Continue*")
	}
	r.replace("Regular expression", `a!`)
	r.marks("a!")
	r.finish()
}

func TestWebKit(t *testing.T) {
	for _, program := range []string{"WebKitWebDriver", "Xvfb"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s on PATH; tests/run installs it", program)
		}
	}
	inOtherBrowser(t, &remote{t: t, name: t.Name(), driver: startWebKit(t)}, `JavaScriptCore in WebKit \d+\.\d+`, "Timed out")
}

// inOtherBrowser does what somebody does who comes to the page with it: types, sees
// matches of the browser's own RegExp, native by its name, whose catastrophe ends as
// ends says, compares and measures.
func inOtherBrowser(t *testing.T, r *remote, native, ends string) {
	t.Cleanup(func() {
		if t.Failed() {
			r.picture("failed")
		}
	})
	s := serve(t, inProcess...)
	r.must(r.resize(1280, 800))
	r.must(r.open(s.url + state{flavor: "go", pattern: `b`, text: "aäb b\n"}.fragment()))
	r.marks("b", "b")

	r.choose("Flavor", "js")
	r.replace("Regular expression", `(?<it>[äb])`)
	r.marks("ä", "b", "b")
	r.wait("probe.list().join('; ').includes('1 ä 1–3 1 it ä 1–3')")
	r.check(fmt.Sprintf("/%s/.test(probe.status())", native))
	r.picture("light")

	// Its own words for a pattern that it refuses, at the parser's place.
	r.replace("Regular expression", `a(b`)
	r.wait("probe.status().startsWith('Not valid') && probe.find('alert').textContent.length > 5")
	r.wait("document.querySelector('.error-squiggle')?.textContent.startsWith('(')")
	// Both engines have bounds of their own; JavaScriptCore's does not reach this one,
	// and SpiderMonkey may be there before its time is over.
	r.must(r.open(s.url + state{flavor: "js", pattern: `b`, text: "b " + strings.Repeat("a", 500) + "!"}.fragment()))
	r.replace("Regular expression", `b|a*a*a*a*a*a*!!`)
	r.wait(fmt.Sprintf("probe.settled() && /^(%s)/.test(probe.status()) && probe.status().includes('1 match')", ends))
	r.replace("Regular expression", `b|a*a*a*a*a*a*!!!`)
	r.click("button", "Cancel")
	r.wait("probe.settled() && probe.status().startsWith('Cancelled') && probe.status().includes('1 match')")
	r.replace("Regular expression", `a!`)
	r.marks("a!")

	r.click("tab", "Compare")
	own := fmt.Sprintf("[...document.querySelectorAll('.compare-table tr')].find((e) => /%s/.test(e.textContent))", native)
	r.wait("document.querySelector('.compare[aria-busy=false]') && " + own + "?.textContent.includes('1 match')")
	r.picture("compare")
	r.click("tab", "Benchmark")
	r.click("button", "Measure")
	r.wait("probe.find('button', 'Stop')")
	r.wait("probe.find('button', 'Measure') && document.querySelectorAll('.speeds .bar').length >= 4")
	r.check(fmt.Sprintf("[...document.querySelectorAll('.speeds tr')].some((e) => /%s.*±/.test(e.textContent))", native))
	r.picture("benchmark")

	// Inputs, tests and the debugger ask it too.
	r.replace("Regular expression", `^[ab]!?$`)
	r.replace("Test text", "a!\nc\nb\n")
	r.click("tab", "Inputs")
	r.click("button", "Lines")
	r.wait(inputOutcomes + fmt.Sprintf(" == 'match,no-match,match' && /2 of 3 inputs match on %s/.test(probe.find('status', 'Inputs').textContent)", native))
	r.click("button", "Must not match: line 2")
	r.click("tab", "Tests")
	r.wait(statuses + " == 'passed'")
	r.click("tab", "Debug")
	r.wait(fmt.Sprintf("/Agrees with %s/.test(document.querySelector('[data-debug=agreement].agrees')?.textContent)", native))

	// Every tab can be looked at, in the dark and on a telephone.
	r.replace("Regular expression", `(?<word>\w+)!|[a-c]+?`)
	r.replace("Test text", strings.Repeat("abc! ", 20))
	r.must(r.resize(390, 800))
	for _, name := range []string{"Matches", "Explain", "Debug", "Diagram", "Replace", "Compare"} {
		r.click("tab", name)
		r.wait(fmt.Sprintf("probe.find('tabpanel', %s)?.textContent.length > 10", quoted(name)))
		r.check("document.documentElement.scrollWidth <= innerWidth")
		r.get(fmt.Sprintf("probe.find('tabpanel', %s).scrollIntoView()", quoted(name)))
		r.picture("narrow-" + name)
	}
	r.finish()
}
