package browser

import (
	"testing"
)

// The heat maps over pattern and text: of (a+)b|ac on xaac, whose 38 steps are those of the machine's rules.
func TestDebugHeat(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.ended()
	p.check("!document.querySelector('[data-heat]')")
	p.click("button", "Tries")
	p.wait("document.querySelectorAll('[data-heat]').length > 0")
	readout := func(part string) {
		t.Helper()
		p.wait("document.querySelector('[data-debug=readout]').textContent.includes(%s)", part)
	}
	p.hover("document.querySelector('[data-heat]')")
	readout("At offset 0: ")
	p.check("[...document.querySelectorAll('[data-heat]')].every((e) => /^offset \\d: \\d+ tr(y|ies), \\d+ success(es)?, \\d+ backtracks?$/.test(e.title))")
	sum := "[...document.querySelectorAll('[data-heat]')].reduce((n, e) => n + Number(e.title.match(%s)[1]), 0)"
	// Each try is of a token and at a place: both maps have the same sums as the table of costs.
	table := func(column int) string {
		return insert("[...document.querySelectorAll('[aria-label=\"Cost of tokens\"] tbody tr')].reduce((n, r) => n + Number(r.cells[%s].textContent), 0)", []any{column})
	}
	p.wait(insert(sum, []any{`(\d+) tr`}) + " == " + table(3))
	// The colours of matches do not cover those of the map.
	p.check("document.querySelector('[data-match] [data-heat]') && !document.querySelector('[data-heat] :is([data-match], [data-group])')")
	p.click("button", "Backtracks")
	p.wait("probe.find('button', 'Backtracks').ariaPressed == 'true'")
	p.check(insert(sum, []any{`(\d+) backtrack`}) + " == " + table(6))
	p.click("button", "Successes")
	p.wait("probe.find('button', 'Successes').ariaPressed == 'true'")
	// A token by the pointer, and by keys.
	p.hover("[...document.querySelectorAll('.debug-piece')].find((e) => e.textContent == 'c')")
	readout("c: 2 tries, 1 success, 0 backtracks")
	p.run("document.querySelector('.debug-piece[tabindex=\"0\"]').focus()")
	p.press("Home", "Right")
	readout("a: ")
	p.run("document.activeElement.blur()")
	p.hover("probe.find('tab', 'Debug')")
	// A place by the caret.
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home", "Right")
	readout("At offset 1: ")
	// No level is beside its legend, and the darkest is the highest.
	p.check("probe.find('group', 'Successes at places of the text').querySelectorAll('.debug-swatch').length > 0")
	p.click("button", "Off")
	p.wait("!document.querySelector('[data-heat], .debug-pattern [class*=heat-]')")
}

// Threads do not backtrack.
func TestDebugHeatOfThreads(t *testing.T) {
	p := openDebugger(t, "go", `a+b`, "xäab")
	p.ended()
	p.click("button", "Tries")
	p.wait("document.querySelector('[data-heat]')")
	p.check("!probe.find('button', 'Backtracks')")
	p.check("[...document.querySelectorAll('[aria-label=\"Cost of tokens\"] th')].some((e) => e.textContent == 'Merged')")
	p.check("![...document.querySelectorAll('[data-heat]')].some((e) => e.title.includes('backtrack'))")
}

func TestDebugHeatLooks(t *testing.T) {
	st := state{flavor: "pcre2", pattern: `(\w+)+@(\w+\.)+com$`, text: "mail jane@example.co and bob@a.b.example.com\n\njoe@x\nbob@b.com"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.debug()
		p.ended()
		p.click("button", "Tries")
		p.wait("document.querySelector('[data-heat]')")
		p.check("[...document.querySelectorAll('.heat, .debug-swatch, .debug-piece[class*=heat-]')].filter((e) => e.textContent.trim() != '').every((e) => probe.contrast(e) >= 4.5)")
		p.run("document.querySelector('.debug-heat').scrollIntoView({ block: 'end' })")
	})
}
