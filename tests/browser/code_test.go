package browser

import "testing"

// Programs are in the flavor's own language first, follow the pattern, and say
// what another language loses.
func TestCode(t *testing.T) {
	p := openState(t, common(t), state{flavor: "python", pattern: `(?P<y>\d+)(?=x)`, flags: "i", text: "12x"})
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
	// The replacement is that of the tab Replace, in the language's own syntax.
	p.click("button", "replace")
	p.wait("probe.find('tabpanel', 'Code').textContent.includes('where it is empty')")
	p.click("tab", "Replace")
	p.replace("Replacement", `x\g<0>$`)
	p.click("tab", "Code")
	p.wait("document.querySelector('.program-code')?.textContent.includes('text.replaceAll(pattern, \"x$&$$\")')")
	p.choose("Language", "sed")
	p.wait("document.querySelector('.program-code').textContent == `LC_ALL=C.UTF-8 sed -E 's/[Aa]+/x&$/g' FILE\n`")
	p.choose("Language", "grep")
	p.click("button", "all matches")
	p.choose("Language", "egrep")
	p.replace("Regular expression", "a|ab")
	p.wait("probe.find('tabpanel', 'Code').textContent.includes('Not written for grep -E: these tools take the longest match')")
	p.replace("Regular expression", "a+")
	p.choose("Language", "javascript")
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

func TestCodeReplaceLooks(t *testing.T) {
	st := state{flavor: "go", pattern: `(\d{4})-(\d\d)`, text: "2024-06"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.click("tab", "Code")
		p.wait("document.querySelector('.program-code')")
		p.choose("Language", "sed")
		p.click("button", "replace")
		p.wait("document.querySelector('.program-code').textContent.includes('sed -E')")
		p.run("document.querySelector('.panel').scrollIntoView()")
	})
}
