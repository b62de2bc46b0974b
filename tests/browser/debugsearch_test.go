package browser

import "testing"

// Typed words find steps, to the right and back, by button and by key; and what is wrong with them is said at its place.
func TestDebugSearchWords(t *testing.T) {
	p := openDebugger(t, "python", `(a+)b|ac`, "xaac")
	p.ended()
	p.press("/")
	p.wait("document.activeElement == probe.find('searchbox', 'Search the steps')")
	p.keys("group 1 changes")
	for _, step := range []int{12, 14, 15, 17} {
		p.press("Enter")
		p.at(step)
	}
	p.press("Shift+Enter")
	p.at(15)
	p.run("document.activeElement.blur()")
	p.press("n")
	p.at(17)
	p.press("Shift+n")
	p.at(15)
	p.click("button", "Next step that is like this")
	p.at(17)
	p.click("button", "Previous step that is like this")
	p.at(15)
	search := func(words string) {
		t.Helper()
		p.focus("searchbox", "Search the steps")
		p.press("Ctrl+a")
		p.keys(words)
		p.press("Enter")
	}
	search("\"end of the text\" failed or match")
	p.at(31)
	p.press("Enter")
	p.at(34)
	search("call")
	p.wait("document.querySelector('.debug-note').textContent.includes('no such step')")
	p.at(34)
	search("failed token zz")
	p.wait("document.querySelector('.debug-search-problem mark')?.textContent == 'zz'")
	p.check("probe.find('searchbox', 'Search the steps').getAttribute('aria-invalid') == 'true'")
	p.check("document.querySelector('.debug-search-problem').textContent.includes('no part of the pattern')")
	p.at(34)
	p.keys(" ")
	p.wait("!document.querySelector('.debug-search-problem')")
	// Offsets are in the unit that is chosen.
	p.replace("Test text", "\U0001F600aac")
	p.ended()
	for _, c := range []struct {
		unit, offset string
	}{{"bytes", "offset 7 match"}, {"UTF-16", "offset 5 match"}, {"runes", "offset 4 match"}} {
		p.click("button", c.unit)
		p.run("document.activeElement.blur()")
		p.press("Home")
		p.at(0)
		search(c.offset)
		p.wait("document.querySelector('[data-debug=sentence]').textContent.startsWith('Match')")
	}
}

// A search through a run that goes on for long can be stopped, where it began.
func TestDebugSearchStops(t *testing.T) {
	p := openDebugger(t, "pcre2", `(a+)+$`, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")
	p.at(0)
	p.press("/")
	p.keys("\"no sentence has this\"")
	p.press("Enter")
	p.wait("document.querySelector('.debug').textContent.includes('Searching the steps')")
	p.press("Escape")
	p.wait("!document.querySelector('.debug').textContent.includes('Searching the steps')")
	p.at(0)
	p.run("document.activeElement.blur()")
	p.click("button", "Step forward")
	p.at(1)
}

func TestDebugSearchLooks(t *testing.T) {
	st := state{flavor: "pcre2", pattern: `(?<user>\w+)@(\w+)$`, text: "jane@example.co"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.debug()
		p.focus("searchbox", "Search the steps")
		p.keys("failed token x or match")
		p.press("Enter")
		p.wait("document.querySelector('.debug-search-problem')")
		p.run("document.querySelector('.debug-search-help').open = true")
		p.run("document.querySelector('.debug-search').scrollIntoView()")
		p.check("probe.contrast(document.querySelector('.debug-search-problem')) >= 4.5")
	})
}

func TestDebugEventsLooks(t *testing.T) {
	st := state{flavor: "go", pattern: `(\w+)@(\w+)$`, text: "jane@example.co"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.debug()
		p.ended()
		p.run("document.querySelector('.debug').querySelectorAll('details').forEach((d) => (d.open = true))")
		p.focus("textbox", "Last step to take")
		p.keys("900000")
		p.wait("document.querySelector('.debug').textContent.includes('At most 100,000 steps')")
		p.run("document.querySelector('.debug-events').parentElement.scrollIntoView()")
	})
}
