package browser

import "testing"

// steps presses Ctrl+Z, or Ctrl+Y, in an editor, and waits for what it has to show then.
func (p *tab) steps(name, chord string, want ...string) {
	p.t.Helper()
	for _, text := range want {
		p.focus("textbox", name)
		p.press(chord)
		p.wait("probe.text(%s) == %s", name, text)
	}
}

// kept waits until the page says that what it shows is on the disk.
func (p *tab) kept() { p.t.Helper(); p.wait("document.querySelector('.kept').textContent == 'kept'") }

// Each editor's undo goes on where it was, and not before what the tab began with.
func TestReloadKeepsUndo(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "a", text: "abc"})
	p.replace("Regular expression", "b")
	p.replace("Regular expression", "c")
	p.replace("Test text", "1")
	p.click("tab", "Replace")
	p.replace("Replacement", "x")
	p.replace("Replacement", "y")
	p.click("tab", "Tests")
	p.click("button", "Must match")
	p.click("button", "TOML")
	p.wait("probe.text('Tests in TOML').includes('match = true')")
	toml := get[string](p, "probe.text('Tests in TOML')")
	p.settle()
	p.steps("Regular expression", "Ctrl+z", "b")
	p.kept()
	for range 2 { // what came back is kept again
		p.reload()
		p.settle()
		p.kept()
	}
	p.click("tab", "Tests")
	p.click("button", "TOML")
	p.steps("Tests in TOML", "Ctrl+z", toml) // the pattern's undo was a step here too
	p.press("Ctrl+z")
	p.wait("!location.hash.includes('tests=')")
	p.steps("Tests in TOML", "Ctrl+y", toml)
	p.steps("Regular expression", "Ctrl+y", "c")
	p.steps("Regular expression", "Ctrl+z", "b", "a")
	p.steps("Test text", "Ctrl+z", "abc")
	p.click("tab", "Replace")
	p.steps("Replacement", "Ctrl+z", "x")

	// A tab of its own has its own, and a link that is opened is one more step.
	q := p.sibling(s.url + state{flavor: "go", pattern: "q", text: "other"}.fragment())
	q.settle()
	q.replace("Regular expression", "r")
	q.kept()
	q.reload()
	q.settle()
	q.steps("Regular expression", "Ctrl+z", "q")
	p.run("location.hash = " + quoted(state{flavor: "go", pattern: "z", text: "zzz"}.fragment()))
	p.wait("probe.text('Regular expression') == 'z'")
	p.kept()
	p.reload()
	p.shows(state{flavor: "go", pattern: "z", text: "zzz"})
	p.steps("Test text", "Ctrl+z", "abc")

	// Another link in this tab takes nothing of it.
	p.navigate("about:blank")
	p.navigate(s.url + state{flavor: "go", pattern: "w", text: "www"}.fragment())
	p.shows(state{flavor: "go", pattern: "w", text: "www"})
	p.focus("textbox", "Test text")
	p.press("Ctrl+z")
	p.wait("location.hash.endsWith('text=')")
}

// A tab that was duplicated goes on from the same state, and neither touches the other's.
func TestADuplicatedTabHasItsOwnUndo(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "a", text: "1"})
	p.replace("Regular expression", "b")
	p.kept()
	q := p.sibling(get[string](p, "location.href"))
	q.settle()
	q.run("sessionStorage.setItem('regexdbg.tab', " + quoted(get[string](p, "sessionStorage.getItem('regexdbg.tab')")) + ")")
	q.reload()
	q.shows(state{flavor: "go", pattern: "b", text: "1"})
	q.steps("Regular expression", "Ctrl+z", "a")
	q.replace("Regular expression", "q")
	q.kept()
	p.replace("Regular expression", "c")
	p.kept()
	p.reload()
	q.reload()
	p.shows(state{flavor: "go", pattern: "c", text: "1"})
	q.shows(state{flavor: "go", pattern: "q", text: "1"})
	p.steps("Regular expression", "Ctrl+z", "b", "a")
	q.steps("Regular expression", "Ctrl+z", "a")
	q.check("sessionStorage.getItem('regexdbg.tab') != %s", get[string](p, "sessionStorage.getItem('regexdbg.tab')"))
}

// A change of the flavor comes back with the pattern's step.
func TestReloadKeepsTheFlavorsUndo(t *testing.T) {
	p := openState(t, common(t), state{flavor: "pcre2", pattern: `\d++`, text: "12"})
	p.click("button", "Examples")
	p.wait("document.querySelector('dialog[open] button')")
	before := get[string](p, "location.hash")
	p.run("[...document.querySelectorAll('dialog[open] li button, dialog[open] .example')].find((b) => !b.textContent.includes('PCRE2')).click()")
	p.wait("location.hash != %s", before)
	p.settle()
	p.kept()
	p.reload()
	p.settle()
	p.steps("Regular expression", "Ctrl+z", `\d++`)
	p.wait("probe.find('combobox', 'Flavor').value == 'pcre2'")
}
