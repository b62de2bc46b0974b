package browser

import "testing"

// Programs are in the flavor's own language first, follow the pattern, and say
// what another language loses.
func TestCode(t *testing.T) {
	p := openState(t, serve(t), state{flavor: "python", pattern: `(?P<y>\d+)(?=x)`, flags: "i", text: "12x"})
	p.click("tab", "Code")
	p.wait("document.querySelector('.program-code')?.textContent.includes('re.compile(r\"(?P<y>\\\\d+)(?=x)\", re.IGNORECASE)')")
	p.check("document.querySelector('.program-code').textContent.includes('finditer')")
	p.click("button", "split")
	p.wait("document.querySelector('.program-code').textContent.includes('pattern.split(text)')")
	p.choose("Language", "go")
	p.wait("probe.find('tabpanel', 'Code').textContent.includes('lookahead')")
	p.choose("Language", "javascript")
	p.wait("document.querySelector('.program-code').textContent.includes('/(?<y>')")
	p.replace("Regular expression", "a+")
	p.wait("document.querySelector('.program-code').textContent.includes('/a+/')")
	p.check("probe.find('tabpanel', 'Code').textContent.includes('it means the same')")
	// The language is remembered.
	p.reload()
	p.settle()
	p.click("tab", "Code")
	p.wait("document.querySelector('.program-code')?.textContent.includes('/a+/')")
}

func TestCodeLooks(t *testing.T) {
	st := state{flavor: "pcre2", flags: "i", pattern: `(?<user>[\w.+-]++)@(?<host>\w+\.\w+)\b`, text: "me@example.com"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.click("tab", "Code")
		p.wait("document.querySelector('.program-code')")
		p.choose("Language", "python")
		p.wait("document.querySelector('.program-code').textContent.includes('import re')")
		p.run("document.querySelector('.panel').scrollIntoView()")
		p.check("probe.contrast(document.querySelector('.program-code')) >= 4.5")
	})
}
