package browser

import (
	"testing"
)

// A comment (?#BREAK) in the pattern is a breakpoint, as are failures in a group, one after another.
func TestDebugBreakInPattern(t *testing.T) {
	p := openDebugger(t, "pcre2", `a(?#BREAK)(b|c)d`, "ab acd")
	p.ended()
	p.check("/^✓ All \\d+ tries up to the first match are those of PCRE2's own callouts\\.$/.test(document.querySelector('[data-debug=callouts]').textContent)")
	p.check("document.querySelector('.debug-piece.breakpoint').textContent == '('")
	p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
	p.check("probe.find('list', 'Breakpoints').textContent == '(?#BREAK) in the pattern, before (b|c)'")
	p.press("F8")
	p.sentence("Group 1 begins at offset 1")
	p.press("F8")
	p.sentence("Group 1 begins at offset 4")
	p.press("Shift+F8")
	p.sentence("Group 1 begins at offset 1")
	p.to(0)
	for _, sentence := range []string{"Group 1 begins at offset 1", "Group 1 begins at offset 4"} {
		p.press("c")
		p.sentence(sentence)
	}
	p.press("g")
	p.sentence("`b` does not match \"c\" at offset 4")
	p.click("button", "Next failure in this group")
	p.wait("document.querySelector('.debug-note').textContent.includes('no such step')")
	p.click("button", "Previous failure in this group")
	p.sentence("`c` does not match \"b\" at offset 1")
	p.press("g")
	p.sentence("`b` does not match \"c\" at offset 4")
}

// Where a lookaround was asked, and what it looks at, is apart from what has been taken.
func TestDebugLookaroundInText(t *testing.T) {
	p := openDebugger(t, "js", `\w+(?<=x\w)!`, "axb!")
	p.ended()
	p.press("f")
	p.wait("document.querySelector('[data-debug=sentence]').textContent.includes('!')")
	p.run("document.querySelector('.debug').scrollTop = 0")
	p.wait("probe.find('slider', 'Step')")
	p.to(0)
	// The first step in the lookbehind that goes to the left.
	for range 12 {
		if get[bool](p, "document.querySelector('[data-debug=looks]') !== null && document.querySelector('.cm-content [data-debug=looked]') !== null") {
			break
		}
		step := get[int](p, "Number(probe.find('slider', 'Step').value)")
		p.click("button", "Step forward")
		p.at(step + 1)
	}
	p.check("document.querySelector('[data-debug=looks]').textContent == 'In the lookbehind (?<=x\\\\w) asked at offset 3'")
	p.check("document.querySelector('.cm-content [data-debug=looked]').textContent == 'b'")
	p.check("[...document.querySelectorAll('.cm-content [data-debug=consumed]')].map((e) => e.textContent).join('') == 'axb'")
	p.check("document.querySelector('.cm-content [data-debug=look]').title == 'The lookbehind (?<=x\\\\w) is asked here'")
	p.screenshot("debug-lookbehind")
}

// Sentences, attempts and breakpoints say offsets in the chosen unit.
func TestDebugUnits(t *testing.T) {
	p := openDebugger(t, "python", `b+`, "😀é bb")
	p.ended()
	p.press("m")
	p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
	for _, c := range []struct{ unit, match, at, end string }{
		{"bytes", "Match 7–9", "furthest 9, matched", "9"},
		{"UTF-16", "Match 4–6", "furthest 6, matched", "6"},
		{"runes", "Match 3–5", "furthest 5, matched", "5"},
	} {
		p.click("button", c.unit)
		p.sentence(c.match)
		p.check("probe.find('list', 'Attempts').textContent.includes(%s)", c.at)
		p.check("probe.find('button', %s)", "At offset "+c.end)
		p.check("probe.find('list', 'Steps around this one').textContent.includes(%s)", c.match)
	}
	p.click("button", "At offset 5")
	p.wait("probe.find('list', 'Breakpoints').textContent.includes('at offset 5')")
	p.click("button", "bytes")
	p.wait("probe.find('list', 'Breakpoints').textContent.includes('at offset 9')")
}
