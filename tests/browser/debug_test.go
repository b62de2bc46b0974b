package browser

import (
	"fmt"
	"strings"
	"testing"
)

// debug opens the Debug tab, and waits for a step.
func (p *tab) debug() {
	p.t.Helper()
	p.click("tab", "Debug")
	p.wait("probe.find('slider', 'Step')")
}

// at waits until the debugger is at a step.
func (p *tab) at(step int) {
	p.t.Helper()
	p.wait("probe.find('slider', 'Step').value == %s && !document.querySelector('.debug.stale')", fmt.Sprint(step))
}

// sentence waits for a sentence.
func (p *tab) sentence(part string) {
	p.t.Helper()
	p.wait("document.querySelector('[data-debug=sentence]').textContent.includes(%s)", part)
}

func openDebugger(t *testing.T, flavor, pattern, text string) *tab {
	p := openState(t, common(t), state{flavor: flavor, pattern: pattern, text: text})
	p.debug()
	return p
}

func TestDebugSteps(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.at(0)
	p.sentence("offset 0")
	for step := 1; step <= 6; step++ {
		p.click("button", "Step forward")
		p.at(step)
	}
	p.click("button", "Step back")
	p.at(5)
	p.click("button", "Next match")
	p.wait("document.querySelector('[data-debug-token]').dataset.debugToken == 'matched'")
	p.screenshot("debug-first")
	p.click("button", "Rewind")
	p.at(0)
	p.click("button", "Next failure")
	p.wait("document.querySelector('[data-debug-token]').dataset.debugToken == 'failed'")
	p.click("button", "Run to end")
	p.wait("probe.find('slider', 'Step').value == probe.find('slider', 'Step').max")
	// The real engine is asked when the run has ended.
	p.wait("document.querySelector('[data-debug=agreement].agrees')?.textContent.includes('Agrees with python')")
}

// Thirty letters and a bad end: hundreds of millions of steps, both ends of which
// are looked at while typing goes on.
func TestDebugCatastrophe(t *testing.T) {
	p := openDebugger(t, "pcre2", `(a+)+$`, strings.Repeat("a", 30)+"!")
	p.at(0)
	p.wait("Number(probe.find('slider', 'Step').max) > 1e6")
	p.click("button", "Step forward")
	p.at(1)
	p.run("document.querySelector('.goto-input').focus()")
	p.keys("1000000")
	p.press("Enter")
	p.at(1_000_000)
	p.click("button", "Step back")
	p.at(999_999)
	// Typing goes on: the next pattern is searched, and its run begins.
	p.replace("Regular expression", "a+")
	p.settle()
	p.check("document.body.textContent.includes('1 match')")
}

func TestDebugLooks(t *testing.T) {
	st := state{flavor: "pcre2", flags: "m", pattern: `(?<user>\w+)@(?:(\w+)\.)+(com|org)$`, text: "mail jane@example.co and joe@a.b.example.org\n" + strings.Repeat("x", 30) + "\n"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.debug()
		p.click("button", "Next match")
		p.wait("document.querySelector('[data-debug-token]').dataset.debugToken == 'matched'")
		for range 12 {
			p.click("button", "Step back")
		}
	})
}
