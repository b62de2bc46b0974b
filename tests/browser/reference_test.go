package browser

import (
	"strings"
	"testing"
)

const entries = "[...document.querySelectorAll('.reference article')]"

func (p *tab) reference() {
	p.t.Helper()
	p.click("tab", "Reference")
	p.wait(entries + ".length > 0")
}

func TestReference(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "mine", text: "my text"})
	p.reference()
	p.hears(named{"tab", "Reference"}, named{"searchbox", "Search the reference"}, named{"button", "Try Digit"})
	// Only what the flavor has, unless others are asked for.
	p.check("!" + entries + ".some((e) => e.getAttribute('aria-label') == 'Lookbehind')")
	p.focus("searchbox", "Search the reference")
	p.keys("(?<=")
	p.wait("/Nothing in Go fits/.test(probe.find('tabpanel', 'Reference').textContent)")
	p.clickAt("[...document.querySelectorAll('.reference .empty button')][0]")
	p.wait(entries + ".some((e) => e.getAttribute('aria-label') == 'Lookbehind')")
	p.check("/Go does not have it/.test(" + entries + ".find((e) => e.getAttribute('aria-label') == 'Lookbehind').textContent)")
	p.check("probe.find('button', 'All flavors').getAttribute('aria-pressed') == 'true'")

	// An example of another flavor brings that along, and nothing is lost.
	p.clickAt("probe.find('button', 'Try Lookbehind')")
	p.settle()
	p.check("probe.find('combobox', 'Flavor').value == 'dotnet' && probe.text('Regular expression') == '(?<=a)b'")
	p.marks("b")
	p.click("button", "Bring them back")
	p.settle()
	p.check("probe.find('combobox', 'Flavor').value == 'go' && probe.text('Regular expression') == 'mine' && probe.text('Test text') == 'my text'")
	p.clickAt("probe.find('button', 'Try Lookbehind')")
	p.settle()
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+z")
	p.wait("probe.text('Regular expression') == 'mine' && probe.find('combobox', 'Flavor').value == 'go'")
	p.focus("textbox", "Test text")
	p.press("Ctrl+z")
	p.wait("probe.text('Test text') == 'my text'")

	// What was searched for is still there after a look elsewhere.
	p.click("tab", "Matches")
	p.click("tab", "Reference")
	p.wait("probe.find('searchbox', 'Search the reference').value == '(?<='")
}

// Every example of Go matches: what is tried is what is written there.
func TestReferenceExamplesMatch(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: "a"})
	p.reference()
	count := get[int](p, entries+".length")
	if count < 40 {
		t.Fatalf("%d entries for Go", count)
	}
	for i := range count {
		p.run(insert(entries+"[%s].querySelector('button').click()", []any{i}))
		p.settle()
		p.check("(() => { const e = "+entries+"[%s]; return e.querySelector('.entry-example code').textContent == probe.text('Regular expression') && /^\\d+ match/.test(probe.status()) })()", i)
	}
}

func TestReferenceThatCannotBeLoaded(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: "a"})
	p.run("globalThis.realFetch = fetch; globalThis.fetch = () => Promise.resolve(new Response('', { status: 503 }))")
	p.click("tab", "Reference")
	p.wait("/could not be loaded: the server answered 503/.test(probe.find('tabpanel', 'Reference').textContent)")
	p.run("globalThis.fetch = realFetch")
	p.click("button", "Try again")
	p.wait(entries + ".length > 0")
}

func TestReferenceLooks(t *testing.T) {
	looks(t, state{flavor: "dotnet", pattern: `a(?<n>b)`, text: "ab\n"}, func(t *testing.T, p *tab) {
		p.reference()
		p.screenshot(t.Name() + "-own")
		p.focus("searchbox", "Search the reference")
		p.keys("name")
		p.click("button", "All flavors")
		p.wait("document.querySelector('.matrix')")
		for _, class := range strings.Fields(".entry-syntax .has .lacks .entry-note .entry-example .search") {
			p.check("[...document.querySelectorAll(%s)].every((e) => probe.contrast(e) >= 4.5)", class)
		}
	})
}
