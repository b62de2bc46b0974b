package browser

import (
	"strings"
	"testing"
)

// saveAs types what an entry is called, and saves it.
func (p *tab) saveAs(name, tags, description string) {
	p.t.Helper()
	for _, field := range [][2]string{{"Name", name}, {"Tags", tags}, {"Description", description}} {
		p.focus("textbox", field[0])
		p.press("Ctrl+a")
		p.keys(field[1])
	}
	p.focus("textbox", "Name")
	p.press("Enter")
	p.wait("document.querySelector('.library-here').textContent.startsWith(%s)", name+" – saved")
}

// entries waits until the list of the library has just these names.
func (p *tab) entries(names ...string) {
	p.t.Helper()
	p.wait("[...document.querySelectorAll('.library-open')].map((b) => b.textContent).join('|') == %s", strings.Join(names, "|"))
}

// A user saves a pattern, changes it, saves that, looks at what has changed, and brings back the old one; nothing
// of it is lost to kill -9 of the server or to a reload of the page.
func TestLibrary(t *testing.T) {
	s := serve(t)
	first := state{flavor: "dotnet", flags: "i", pattern: `a(b|c)`, text: "ab\nac\n"}
	p := openState(t, s, first)
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	p.wait("document.querySelector('.library').textContent.includes('Nothing is saved yet')")
	p.press("Enter")
	p.wait("document.querySelector('.library-form [role=alert]')?.textContent == 'An entry needs a name.'")
	p.saveAs("Two letters", "short, pair", "Finds ab and ac.")
	p.entries("Two letters")

	p.replace("Regular expression", `a(b|d)+`)
	p.wait("document.querySelector('.library-here').textContent.includes('changed since it was saved')")
	p.reload()
	p.settle()
	p.click("tab", "Library")
	p.wait("document.querySelector('.library-here').textContent.startsWith('Two letters – changed')")
	p.press("Ctrl+s")
	p.wait("document.querySelector('.library-here').textContent.startsWith('Two letters – saved')")
	s.kill()
	s.restart()
	p.wait("document.documentElement.dataset.connection == 'connected'")
	p.settle()

	p.click("button", "2 versions")
	p.wait("document.querySelectorAll('.version').length == 2 && document.querySelector('.version-changes del')")
	p.check("[...document.querySelectorAll('.version-changes del')].map((e) => e.textContent).join() == 'c'")
	p.check("[...document.querySelectorAll('.version-changes ins')].map((e) => e.textContent).join() == 'd,+'")
	p.clickAt("document.querySelectorAll('.version')[1]")
	p.wait("document.querySelector('.version-shown').textContent.startsWith('The first version: a(b|c)')")
	p.focus("button", "Restore") // by keyboard: a notice may be where the mouse would be
	p.press("Enter")
	p.shows(first)
	p.wait("document.querySelectorAll('.version').length == 3")
	p.check("document.querySelector('.version').textContent.includes('on screen')")
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+z")
	p.wait("probe.text('Regular expression') == 'a(b|d)+'")
	p.click("button", "Revert")
	p.wait("probe.text('Regular expression') == 'a(b|c)'")

	// Another entry, found by its words and by a tag.
	p.replace("Regular expression", `\d{4}`)
	p.settle()
	p.click("button", "Save as new…")
	p.saveAs("Year", "date", "")
	p.entries("Year", "Two letters")
	p.focus("searchbox", "Search the library")
	p.keys("ab and")
	p.entries("Two letters")
	p.press("Ctrl+a")
	p.keys("nowhere")
	p.wait("document.querySelector('.library').textContent.includes('No entry is like that')")
	p.click("button", "Show all")
	p.entries("Year", "Two letters")
	p.clickAt("document.querySelector('.library-tags .chip')")
	p.wait("document.querySelectorAll('.library-open').length == 1")
	p.clickAt("document.querySelector('.library-tags [aria-pressed=true]')")
	p.focus("button", "Favourite: Two letters")
	p.press("Enter")
	p.entries("Two letters", "Year")

	// Another page sees it, and what becomes of it.
	q := openTab(t, s.url)
	q.settle()
	q.click("tab", "Library")
	q.entries("Two letters", "Year")
	q.clickAt("document.querySelector('.library-open')")
	q.shows(first)
	p.run("[...document.querySelectorAll('.library-row button')].filter((b) => b.textContent == 'Delete…')[1].focus()")
	p.press("Enter")
	p.wait("document.activeElement.textContent == 'Keep'")
	p.press("Tab", "Enter")
	p.entries("Two letters")
	q.entries("Two letters")
	p.check("document.querySelector('.library-here').textContent.startsWith('What is on screen is not in the library')")
}

// A library goes to another machine as a file.
func TestLibraryExportAndImport(t *testing.T) {
	s, other := serve(t), serve(t)
	p := openState(t, s, state{flavor: "go", pattern: `é`, text: "é\r\n"})
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	p.saveAs("Accent", "", "")
	p.run(`URL.createObjectURL = ((made) => (blob) => (blob.text().then((text) => (window.exported = text)), made(blob)))(URL.createObjectURL.bind(URL))`)
	p.click("button", "Export all…")
	p.wait("window.exported?.includes('Accent')")
	archive := get[string](p, "exported")

	q := openTab(t, other.url)
	q.settle()
	q.click("tab", "Library")
	q.wait("document.querySelector('.library').textContent.includes('Nothing is saved yet')")
	give := func(text string) {
		q.run(insert(`{
			const input = document.querySelector('.library-files input')
			const files = new DataTransfer()
			files.items.add(new File([%s], 'library.jsonl'))
			input.files = files.files
			input.dispatchEvent(new Event('change', { bubbles: true }))
		}`, []any{text}))
	}
	give("rubbish")
	q.wait("document.querySelector('.notices')?.textContent.includes('library.jsonl: This is no library of regexdbg')")
	give(archive)
	q.entries("Accent")
	q.clickAt("document.querySelector('.library-open')")
	q.wait("probe.text('Regular expression') == 'é' && location.hash.endsWith('text=%%C3%%A9%%0D%%0A')")
}

// Before anything is saved the path of the library is there to be read, also where it is longer than the panel is wide.
func TestEmptyLibraryLooks(t *testing.T) {
	looks(t, state{flavor: "go", pattern: "a", text: "a"}, func(t *testing.T, p *tab) {
		p.click("tab", "Library")
		p.wait("document.querySelector('.panel .empty')?.textContent.includes('library.db')")
		p.check("(() => { const e = document.querySelector('.panel .empty'); return e.scrollWidth <= e.clientWidth })()")
	})
}

func TestLibraryLooks(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "pcre2", flags: "i", pattern: `(?<user>[\w.+-]+)@(?<host>[\w-]+(?:\.[\w-]+)+)`, text: "mail bob@example.org\n"})
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	p.saveAs("Mail addresses in a log", "mail, log", "Good enough for our logs. Not for checking what somebody types into a form.")
	p.replace("Regular expression", `(?<user>[\w.+-]+)@(?<host>[\w-]+(?:\.[\w-]{2,})+)\b`)
	p.replace("Test text", "mail bob@example.org\nand ann@example.com\n")
	p.settle()
	p.press("Ctrl+s")
	p.wait("document.querySelector('.library-here').textContent.includes('– saved')")
	p.replace("Regular expression", `\d{4}-\d\d`)
	p.settle()
	p.click("button", "Save as new…")
	p.saveAs("Year and month", "date", "")
	looksAt(t, s.url+state{flavor: "go", pattern: "a", text: "a"}.fragment(), func(t *testing.T, p *tab) {
		p.click("tab", "Library")
		p.entries("Year and month", "Mail addresses in a log")
		p.run("document.querySelector('.panel-pane').scrollIntoView()") // which the narrow page has below
		p.screenshot(t.Name() + "-list")
		p.click("button", "2 versions")
		p.wait("document.querySelector('.version-changes ins')")
		p.run("document.querySelector('.versions').scrollIntoView()")
		p.screenshot(t.Name() + "-versions")
		p.click("button", "Save…")
		p.wait("document.activeElement?.name == 'name'")
		p.screenshot(t.Name() + "-form")
		for _, e := range []string{".version-changes del", ".version-changes ins", ".library-open", ".chip", ".tag"} {
			p.check("probe.contrast(document.querySelector(%s)) >= 4.5", e)
		}
	})
}
