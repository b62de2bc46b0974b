package browser

import "testing"

// A flavor that nothing here can run is offered, marked, and searched by nobody;
// that is no error, and not the absence of matches.
func TestFlavorWithoutEngine(t *testing.T) {
	p := openState(t, serve(t, "--runtimes", "none"), state{flavor: "ruby", pattern: `(?<n>a)`, text: "a"})
	p.check("probe.status().startsWith('No engine')")
	p.check("/no engine for Ruby/.test(probe.status())")
	p.check("probe.find('alert').textContent == ''")
	p.check("document.querySelectorAll('.error-squiggle').length == 0")
	p.check("/no engine for Ruby/.test(probe.find('tabpanel', 'Matches').textContent)")
	p.check("!/No match/.test(document.body.textContent)")
	p.check("[...probe.find('combobox', 'Flavor').options].some((o) => /^Ruby.*no engine/.test(o.textContent))")
	p.check("[...probe.find('combobox', 'Flavor').options].some((o) => o.textContent == 'Go')")
	p.marks()

	// What is wrong with a pattern is the parser's word then.
	p.replace("Regular expression", "a(b")
	p.settle()
	p.wait("/\\(/.test(probe.find('alert').textContent) && document.querySelector('.error-squiggle')")
	p.check("probe.status().startsWith('No engine')")
	p.press("Backspace", "Backspace")
	p.wait("probe.find('alert').textContent == '' && !document.querySelector('.error-squiggle')")

	p.run("const s = probe.find('combobox', 'Flavor'); s.value = 'go'; s.dispatchEvent(new Event('change', { bubbles: true }))")
	p.settle()
	p.marks("a")
	p.check("/^1 match/.test(probe.status())")
}
