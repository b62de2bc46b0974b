package browser

import (
	"strings"
	"testing"
)

// ended waits until the run of the present state has ended and all is said of it, so that nothing moves any more.
func (p *tab) ended() {
	p.t.Helper()
	p.settle()
	p.wait("!document.querySelector('.debug.stale') && document.querySelector('[data-debug=agreement]')")
}

// From the empty list of matches to why it is empty, and by a click to a pattern that matches; undo brings back the old.
func TestDebugWhyNot(t *testing.T) {
	p := openState(t, common(t), state{flavor: "pcre2", pattern: `^([\w.]+)@([\w]+)\.(com|org)$`, text: "jane.doe@my-site.org"})
	p.click("button", "Why no match?")
	p.wait("probe.find('tab', 'Debug').ariaSelected == 'true'")
	p.wait("document.activeElement.textContent == 'Why no match?'")
	p.check("/at offset 0 got furthest: to offset 11, where there is \"-\"/.test(document.querySelector('.debug-why').textContent)")
	p.check("/Expected there: .*\\[\\\\w\\]/.test(document.querySelector('.debug-why').textContent)")
	p.check("probe.find('list', 'Changes with which it matches').children.length <= 3")
	p.ended()
	p.screenshot("debug-why-not")
	// What failed is marked in the pattern.
	p.hover("[...document.querySelectorAll('.debug-why .part-link')].find((e) => e.textContent.startsWith('[\\\\w]'))")
	p.wait("probe.find('textbox', 'Regular expression').querySelector('.rx-part')?.textContent.includes('[\\\\w]')")
	p.run("probe.find('textbox', 'Regular expression').blur()")
	p.clickAt("[...document.querySelectorAll('.debug-why button')].find((e) => e.textContent == 'Apply' && e.ariaLabel.includes('-'))")
	p.wait("probe.text('Regular expression') == '^([\\\\w.]+)@([\\\\w\\\\-]+)\\\\.(com|org)$'")
	p.wait("!document.querySelector('.debug-why') && document.querySelector('[data-debug=agreement].agrees')")
	p.wait("probe.find('status').textContent.includes('1 match')")
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+z")
	p.wait("document.querySelector('.debug-why')")
	// A flag is one too.
	p.replace("Regular expression", "JANE")
	p.ended()
	p.check("probe.find('list', 'Changes with which it matches').textContent.includes('(flag i)')")
	p.clickAt("[...document.querySelectorAll('.debug-why button')].find((e) => e.ariaLabel?.includes('(flag i)'))")
	p.wait("!document.querySelector('.debug-why') && probe.find('status').textContent.includes('1 match')")
	p.check("probe.find('button', 'i: ignore case').ariaPressed == 'true'")
	p.ended()
	p.click("button", "Undo")
	p.wait("document.querySelector('.debug-why')")
	// A match of one attempt elsewhere is none here.
	p.replace("Regular expression", "doe")
	p.wait("!document.querySelector('.debug-why')")
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home")
	p.click("button", "Start here")
	p.wait("/at offset 0 got furthest/.test(document.querySelector('.debug-why')?.textContent)")
}

// Two repeats that multiply each other are named, and each is a way to its place.
func TestDebugMultiplying(t *testing.T) {
	p := openDebugger(t, "pcre2", `x(a+)+$`, "x"+strings.Repeat("a", 14)+"!")
	p.wait("document.querySelector('[data-debug=multiplying]')?.textContent.includes('a+ and (a+)+ multiply')")
	p.ended()
	p.check("document.querySelector('.debug-why')")
	for _, part := range []string{"a+", "(a+)+"} {
		p.clickAt(insert("[...document.querySelectorAll('[data-debug=multiplying] button')].find((e) => e.textContent == %s)", []any{part}))
		p.wait("getSelection().toString() == %s", part)
	}
	p.screenshot("debug-multiplying")
}
