package browser

import "testing"

const here = "document.querySelector('.library-here').textContent"

// open opens an entry of the list.
func (p *tab) openEntry(name string) {
	p.t.Helper()
	p.click("tab", "Library")
	p.wait("[...document.querySelectorAll('.library-open')].some((b) => b.textContent == %s)", name)
	p.run(insert("[...document.querySelectorAll('.library-open')].find((b) => b.textContent == %s).click()", []any{name}))
	p.wait(here+".startsWith(%s)", name+" – saved")
}

// An entry is the tests and the division of the text, too: they are opened, compared, restored, and go to
// another machine with it.
func TestLibraryKeepsTestsAndInputs(t *testing.T) {
	s, other := serve(t), serve(t)
	set := state{flavor: "python", pattern: `\d+`, text: "=== good\n12\n=== bad\nx\n"}
	p := openState(t, s, set)
	p.click("tab", "Inputs")
	p.click("button", "Set")
	p.wait(inputOutcomes + " == 'match,no-match'")
	p.click("button", "Must match: good")
	p.click("button", "Must not match: bad")
	p.wait("probe.find('button', 'Must not match: bad').getAttribute('aria-pressed') == 'true'")
	marked := "probe.find('button', 'Must match: good')?.getAttribute('aria-pressed') == 'true' && probe.find('button', 'Must not match: bad').getAttribute('aria-pressed') == 'true'"
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	p.saveAs("Numbers", "", "")

	// The division alone is a change, and so is a mark.
	p.click("tab", "Inputs")
	p.click("button", "Lines")
	p.click("tab", "Library")
	p.wait(here + ".includes('changed since it was saved')")
	p.click("tab", "Inputs")
	p.click("button", "Set")
	p.click("tab", "Library")
	p.wait(here + ".startsWith('Numbers – saved')")
	p.click("tab", "Inputs")
	p.wait(marked)
	p.click("button", "Must not match: bad")
	p.click("button", "Lines")
	p.press("Ctrl+s")
	p.click("tab", "Library")
	p.wait(here + ".startsWith('Numbers – saved')")
	p.click("button", "2 versions")
	p.wait("document.querySelectorAll('.version').length == 2 && document.querySelector('.version-changes')?.textContent.includes('a set of inputs an input a line')")
	p.check("[...document.querySelectorAll('.version-changes dt')].map((e) => e.textContent).join() == 'The text is,Tests'")
	p.check(`document.querySelector('.version-changes .pieces del').textContent.includes("match = false")`)
	p.clickAt("document.querySelectorAll('.version')[1]")
	p.wait("document.querySelector('.version-shown').textContent.startsWith('The first version')")
	p.focus("button", "Restore")
	p.press("Enter")
	p.wait("document.querySelectorAll('.version').length == 3")
	p.click("tab", "Inputs")
	p.wait(inputOutcomes + " == 'match,no-match' && " + marked)

	// Another page has none of it, and gets all.
	p.click("tab", "Library")
	p.run(`URL.createObjectURL = ((made) => (blob) => (blob.text().then((text) => (window.exported = text)), made(blob)))(URL.createObjectURL.bind(URL))`)
	p.focus("button", "Export all…")
	p.press("Enter")
	p.wait("window.exported?.includes('Numbers')")
	archive := get[string](p, "exported")
	q := openState(t, other, state{flavor: "go", pattern: "mine", text: "one\ntwo"})
	q.click("tab", "Tests")
	q.click("button", "Must not match")
	q.wait(statuses + " == 'passed'")
	q.click("tab", "Library")
	q.wait("document.querySelector('.library-files input')")
	q.run(insert(`{
		const files = new DataTransfer()
		files.items.add(new File([%s], 'library.jsonl'))
		const input = document.querySelector('.library-files input')
		input.files = files.files
		input.dispatchEvent(new Event('change', { bubbles: true }))
	}`, []any{archive}))
	q.openEntry("Numbers")
	q.shows(set)
	q.click("tab", "Inputs")
	q.wait(inputOutcomes + " == 'match,no-match' && " + marked)
	// Nor are the tests lost whose place was taken.
	q.click("button", "Bring back the tests")
	q.click("tab", "Tests")
	q.click("button", "TOML")
	q.wait(`probe.text('Tests in TOML').includes("pattern = 'mine'")`)
}

// Of two pages that save the same entry, the second one is told, and nothing is lost, whatever it does.
func TestTwoPagesSaveTheSameEntry(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "go", pattern: "a", text: "abc"})
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	p.saveAs("Letters", "", "")
	q := openTab(t, s.url)
	q.settle()
	q.openEntry("Letters")
	q.replace("Regular expression", "q")
	q.wait(here + ".includes('changed since it was saved')")
	q.click("tab", "Matches")
	p.replace("Regular expression", "p")
	p.press("Ctrl+s")
	p.wait(here + ".startsWith('Letters – saved') && !document.querySelector('.library-conflict')")

	// It is said before the other one saves, and when it does.
	q.wait("document.querySelector('.notices').textContent.includes('Another page has saved Letters.')")
	q.click("tab", "Library")
	q.wait("document.querySelector('.library-newer')?.textContent.includes('another page has saved it')")
	// Who goes back to what was opened has still not seen it.
	q.focus("button", "Revert")
	q.press("Enter")
	q.wait("probe.text('Regular expression') == 'a' && document.querySelector('.library-newer')")
	q.steps("Regular expression", "Ctrl+z", "q")
	q.click("tab", "Matches")
	q.press("Ctrl+s")
	q.wait("document.querySelector('.library-conflict')")
	q.check("document.querySelector('.library-conflict').getAttribute('role') == 'alert'")
	q.focus("button", "What differs") // by keyboard: a notice may be where the mouse would be
	q.press("Enter")
	q.wait("document.querySelector('.library-conflict del')?.textContent == 'p' && document.querySelector('.library-conflict ins').textContent == 'q'")
	q.check("probe.text('Regular expression') == 'q'")
	q.click("button", "Save mine as the latest")
	q.wait(here + ".startsWith('Letters – saved') && !document.querySelector('.library-conflict')")
	q.click("button", "3 versions")
	q.wait("document.querySelectorAll('.version').length == 3")

	// The first one takes the other's, and undo has its own.
	p.wait("document.querySelector('.library-newer')")
	p.replace("Regular expression", "mine")
	p.settle()
	p.press("Ctrl+s")
	p.wait("document.querySelector('.library-conflict')")
	p.click("button", "Open theirs")
	p.wait("probe.text('Regular expression') == 'q' && !document.querySelector('.library-conflict') && !document.querySelector('.library-newer')")
	p.steps("Regular expression", "Ctrl+z", "mine")
	// Or keeps both as entries.
	q.replace("Regular expression", "q2")
	q.settle()
	q.press("Ctrl+s")
	q.wait(here + ".startsWith('Letters – saved')")
	p.wait("document.querySelector('.library-newer')")
	p.press("Ctrl+s")
	p.wait("document.querySelector('.library-conflict')")
	p.click("button", "Save mine as new…")
	p.saveAs("Mine", "", "")
	p.entries("Mine", "Letters")
	p.check("!document.querySelector('.library-conflict')")

	// What an entry is called is not taken from who has only saved it, nor written over unseen.
	rename := func(p *tab, name string) {
		p.run("[...document.querySelectorAll('.library-row')].find((row) => row.textContent.includes('Letters')).querySelectorAll('.library-buttons button')[1].click()")
		p.wait("document.activeElement?.name == 'name'")
		p.press("Ctrl+a")
		p.keys(name)
	}
	rename(q, "Letters of q")
	rename(p, "Letters of p")
	p.press("Enter")
	p.wait("!document.querySelector('.library-form')")
	q.press("Enter")
	q.wait("document.querySelector('.library-form [role=alert]')?.textContent.includes('It is called “Letters of p” now')")
	q.check("document.querySelector('.library-form [name=name]').value == 'Letters of q'")
	q.click("button", "Cancel")
	q.wait(here + ".startsWith('Letters of p – saved')")
	q.replace("Regular expression", "q3")
	q.settle()
	q.press("Ctrl+s")
	q.wait(here + ".startsWith('Letters of p – saved')")

	// An entry that the other page deletes leaves what is on screen.
	p.run("[...document.querySelectorAll('.library-row')].find((row) => row.textContent.includes('Letters')).querySelectorAll('.library-buttons button')[2].click()")
	p.wait("document.activeElement.textContent == 'Keep'")
	p.press("Tab", "Enter")
	q.wait("document.querySelector('.notices').textContent.includes('was deleted in another page')")
	q.check("probe.text('Regular expression') == 'q3'")
}

// A save whose connection is lost is made once, and is this page's own, whether it was lost with the request or with the
// answer, and also when the page is reloaded before it knows.
func TestASaveIsNotMadeTwice(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "go", pattern: "1", text: "abc"})
	cut := p.cuts(`"op":"(save|restore)"`, "library-answer")
	saved := func(name string) {
		p.t.Helper()
		p.wait(here+".startsWith(%s)", name+" – saved")
		p.check("!document.querySelector('.library-newer') && !document.querySelector('.library-conflict')")
		p.check("!document.querySelector('.notices').textContent.includes('nother page')")
	}
	versions := func(n string) { p.t.Helper(); p.wait("probe.find('button', %s)", n+" versions") }
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	cut("answer")
	p.saveAs("One", "", "")
	p.entries("One")
	cut("request")
	p.click("button", "Save as new…")
	p.saveAs("Two", "", "")
	p.entries("Two", "One")

	for i, when := range []string{"request", "answer"} {
		p.replace("Regular expression", when)
		p.wait(here + ".includes('changed since it was saved')")
		cut(when)
		p.press("Ctrl+s")
		saved("Two")
		versions([]string{"2", "3"}[i])
	}
	// What is typed meanwhile is not what was saved.
	p.replace("Regular expression", "x")
	cut("answer")
	p.press("Ctrl+s")
	p.wait("probe.data().connection == 'disconnected'")
	p.replace("Regular expression", "y")
	versions("4")
	p.settle()
	p.check(here + ".includes('changed since it was saved')")
	p.press("Ctrl+s")
	saved("Two")
	versions("5")
	p.replace("Regular expression", "z")
	cut("request")
	p.press("Ctrl+s")
	p.wait("probe.data().connection == 'disconnected'")
	p.replace("Regular expression", "zz")
	p.wait("document.querySelector('.notices').textContent.includes('Nothing was saved: the connection was lost before. Save again.')")
	p.settle()
	p.check(here + ".includes('changed since it was saved')")
	p.press("Ctrl+s")
	saved("Two")
	versions("6")

	// Restoring makes a version, too.
	p.click("button", "6 versions")
	p.wait("document.querySelectorAll('.version').length == 6")
	p.clickAt("document.querySelectorAll('.version')[5]")
	p.wait("document.querySelector('.version-shown').textContent.startsWith('The first version')")
	cut("answer")
	p.focus("button", "Restore")
	p.press("Enter")
	p.wait("probe.data().connection == 'disconnected'")
	p.wait("document.querySelectorAll('.version').length == 7")
	p.wait(here + ".includes('changed since it was saved')")
	p.check("!document.querySelector('.library-newer') && !document.querySelector('.notices').textContent.includes('nother page')")
	p.replace("Regular expression", "reloaded")
	p.kept()
	cut("answer")
	p.press("Ctrl+s")
	p.wait("probe.data().connection == 'disconnected'")
	p.reload()
	p.settle()
	saved("Two")
	versions("8")
	p.replace("Regular expression", "again")
	p.press("Ctrl+s")
	saved("Two")
	versions("9")
}

func TestLibraryConflictLooks(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "pcre2", flags: "i", pattern: `(?<user>[\w.+-]+)@(?<host>[\w-]+)`, text: "mail bob@example.org\n"})
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	p.saveAs("Mail addresses in a log", "", "")
	looksAt(t, s.url, func(t *testing.T, q *tab) {
		q.openEntry("Mail addresses in a log")
		q.replace("Regular expression", `(?<user>[\w.+-]+)@(?<host>[\w.-]+)`)
		q.replace("Test text", "mail ann@example.org\n")
		p.replace("Test text", "mail bob@example.com in "+t.Name())
		p.settle()
		p.press("Ctrl+s")
		p.wait(here + ".includes('– saved')")
		q.wait("document.querySelector('.library-newer')")
		q.check("probe.contrast(document.querySelector('.library-newer')) >= 4.5")
		q.press("Ctrl+s")
		q.wait("document.querySelector('.library-conflict')")
		q.focus("button", "What differs") // by keyboard: a notice may be where the mouse would be
		q.press("Enter")
		q.wait("document.querySelector('.library-conflict ins')")
		q.run("document.querySelector('.panel-pane').scrollIntoView()")
		q.screenshot(t.Name() + "-conflict")
		for _, e := range []string{".library-conflict p", ".library-conflict del", ".library-conflict ins"} {
			q.check("probe.contrast(document.querySelector(%s)) >= 4.5", e)
		}
		q.check("document.documentElement.scrollWidth <= innerWidth")
		q.focus("button", "Open theirs")
		q.press("Enter")
		q.wait("!document.querySelector('.library-conflict')")
	})
}
