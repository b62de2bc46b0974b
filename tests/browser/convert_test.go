package browser

import (
	"testing"
)

// catchClipboard keeps what the page copies in a variable, copied.
func (p *tab) catchClipboard() {
	p.t.Helper()
	p.run("globalThis.copied = ''; navigator.clipboard.writeText = (text) => Promise.resolve(void (copied = text))")
}

func TestCopyAsLiteral(t *testing.T) {
	p := openState(t, common(t), state{flavor: "python", flags: "i", pattern: `"\d+'`, text: "a"})
	p.catchClipboard()
	p.focus("button", "Copy as*")
	p.press("Enter")
	p.wait("document.activeElement.getAttribute('role') == 'menuitem'")
	p.hears(named{"menu", "Copy as"})
	p.check("/^Python raw string/.test(document.activeElement.textContent)")
	p.check("/without the flag i/.test(document.activeElement.textContent)")
	p.press("End")
	p.check("document.activeElement == [...document.querySelectorAll('[role=menuitem]')].at(-1)")
	p.press("Home")
	p.keys("j")
	p.check("/^J/.test(document.activeElement.textContent)")
	p.press("Escape")
	p.wait("!probe.find('menu', 'Copy as') && document.activeElement == probe.find('button', 'Copy as*')")
	p.press("Down")
	p.wait("/^Python raw/.test(document.activeElement.textContent)")
	p.press("Enter")
	p.wait("copied != ''")
	p.check("copied == %s", `r""""\d+'"""`)
	p.check("/cannot carry the flag i/.test(document.querySelector('.notices').textContent)")
	p.check("!probe.find('menu', 'Copy as')")

	// It is that of the pattern now.
	p.run("const s = probe.find('combobox', 'Flavor'); s.value = 'js'; s.dispatchEvent(new Event('change', { bubbles: true }))")
	p.replace("Regular expression", "a/b")
	p.settle()
	p.click("button", "Copy as*")
	p.wait("/^JavaScript literal/.test(document.activeElement.textContent)")
	p.check(`document.activeElement.querySelector('code').textContent == '/a\\/b/i'`)
	p.run("probe.find('textbox', 'Test text').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))")
	p.wait("!probe.find('menu', 'Copy as')")
}

func TestConvert(t *testing.T) {
	p := openState(t, common(t), state{flavor: "dotnet", flags: "in", pattern: `(?<n>\d)(?>a|ab)`, text: "1a"})
	p.catchClipboard()
	p.click("button", "Convert to…")
	p.wait("document.querySelector('dialog[open] [role=tab]')")
	p.hears(named{"dialog", "Convert from .NET"}, named{"tablist", "To flavor"}, named{"tab", "Go loses something"})
	p.wait("document.activeElement.getAttribute('role') == 'tab'")
	p.check("/Lost/.test(probe.find('tabpanel', 'Go*').textContent) && /atomic/.test(probe.find('tabpanel', 'Go*').textContent)")
	p.press("End")
	p.wait("/^Ruby/.test(document.activeElement.textContent)")
	p.press("Home")
	p.click("button", "Copy")
	p.wait(`copied.includes('\\p{Nd}')`)
	p.wait("!document.querySelector('dialog[open]')")

	p.click("button", "Convert to…")
	p.click("button", "Use it in Go")
	p.wait("!document.querySelector('dialog[open]')")
	p.settle()
	p.check("probe.find('combobox', 'Flavor').value == 'go'")
	p.check(`probe.text('Regular expression').includes('\\p{Nd}')`)
	p.check("probe.find('button', 'i*').getAttribute('aria-pressed') == 'true'")
	p.check("/regexp go/.test(probe.status())")
	// Undo brings back flavor and flags too.
	p.check("document.activeElement == probe.find('textbox', 'Regular expression')")
	p.press("Ctrl+z")
	p.wait("probe.find('combobox', 'Flavor').value == 'dotnet'")
	p.settle()
	p.check(`probe.text('Regular expression') == '(?<n>\\d)(?>a|ab)'`)
	p.check("probe.find('button', 'n*').getAttribute('aria-pressed') == 'true'")
	p.check("/regexp2/.test(probe.status())")
	p.press("Ctrl+Shift+z")
	p.wait("probe.find('combobox', 'Flavor').value == 'go'")
}

func TestConvertWhatIsNotValid(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(a`, text: "a"})
	p.click("button", "Convert to…")
	p.wait("/Not possible/.test(document.querySelector('dialog[open] [role=tabpanel]')?.textContent)")
	p.press("Escape")
	p.wait("!document.querySelector('dialog[open]')")
	p.check("document.activeElement == probe.find('button', 'Convert to…')")
	p.replace("Regular expression", "")
	p.settle()
	p.check("probe.find('button', 'Convert to…').disabled && probe.find('button', 'Copy as*').disabled")
}

func TestConvertLooks(t *testing.T) {
	st := state{flavor: "pcre2", flags: "ix", pattern: `^(?<user>[\w.+-]++) @ (?<host>(?>[a-z0-9-]+\.)+[[:alpha:]]{2,}+) # an address
(?(user)\b|x) \K $`, text: "Write to jane.doe@example.org\n"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.click("button", "Copy as*")
		p.wait("probe.find('menu', 'Copy as')")
		p.screenshot(t.Name() + "-menu")
		p.check("[...document.querySelectorAll('.menu-label, .menu code, .menu-note')].every((e) => probe.contrast(e) >= 4.5)")
		p.check("(() => { const b = document.querySelector('.menu').getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth })()")
		p.press("Escape")
		p.click("button", "Convert to…")
		p.wait("document.querySelector('.changes')")
		p.check("[...document.querySelectorAll('.verdict, .changes h3, .conversion-pattern')].every((e) => probe.contrast(e) >= 4.5)")
	})
}
