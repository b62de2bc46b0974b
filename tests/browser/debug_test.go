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
	p := openState(t, serve(t), state{flavor: flavor, pattern: pattern, text: text})
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
