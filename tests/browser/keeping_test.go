package browser

import (
	"bytes"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/tests/load"
)

func TestReloadKeepsEverything(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "dotnet", flags: "i", pattern: "a", text: "abc"})
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys("\nA")
	p.settle()
	p.click("tab", "Explain")
	p.wait("probe.find('tabpanel', 'Explain')")
	p.focus("textbox", "Test text")
	// At once: what was typed last has not been saved yet.
	p.reload()
	p.shows(state{flavor: "dotnet", flags: "i", pattern: "a", text: "abc\nA"})
	p.marks("a", "A")
	p.focus("textbox", "Test text") // the caret is where it was
	p.keys("A")
	p.wait("probe.text('Test text') == 'abc\\nAA'")
	p.check("probe.find('tabpanel', 'Explain')") // and the panel that was open
}

func TestReloadKeepsALargeText(t *testing.T) {
	t.Parallel() // it is idle most of the time: the page waits ten seconds before it keeps a big text
	text := load.Text(3_000_000)
	s := serve(t, writeFile(t, "large.txt", []byte(text)))
	p := openTab(t, s.url)
	p.settle()
	p.kept() // the text as it was opened: what is typed to it need not be
	p.replace("Regular expression", "unheard-of")
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys("unheard-of")
	p.marks("unheard-of")
	p.reload()
	p.settle()
	p.wait("probe.list()[0] == '1 unheard-of 3000000–3000010'")
	p.wait("probe.text('Test text').endsWith('unheard-of')")
}

// While a text that is too long for the page's last words is not in the storage, the browser asks before it leaves.
func TestALongTextIsNotLeftUnasked(t *testing.T) {
	t.Parallel() // it is idle most of the time: the page waits ten seconds before it keeps a big text
	p := openState(t, common(t), state{flavor: "go", pattern: "needle", text: "short"})
	p.kept()
	paste := func(letter string) {
		p.focus("textbox", "Test text")
		p.press("Ctrl+a")
		p.run(insert(`{
			const data = new DataTransfer()
			data.setData('text/plain', (%s.repeat(99) + '\n').repeat(30_000) + 'needle')
			document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
		}`, []any{letter}))
	}
	// It is full.
	p.run(`{
		const { transaction } = IDBDatabase.prototype
		window.room = false
		IDBDatabase.prototype.transaction = function (stores, mode, options) {
			if (mode == 'readwrite' && !room) throw new DOMException('full', 'QuotaExceededError')
			return transaction.call(this, stores, mode, options)
		}
	}`)
	paste("x")
	p.wait("document.querySelector('.kept').textContent == 'not kept'")
	p.reloadAsked()
	p.check("document.querySelector('.kept').textContent == 'not kept'")
	// A short one is in the last words.
	p.press("Ctrl+z")
	p.wait("probe.text('Test text') == 'short' && document.querySelector('.kept').textContent == 'not kept'")
	p.reload()
	p.shows(state{flavor: "go", pattern: "needle", text: "short"})

	paste("y")
	p.kept()
	p.press("Ctrl+Home")
	p.keys("needle ") // which are changes of what is kept
	p.reload()
	p.settle()
	p.list("1 needle 0–6", "2 needle 3000007–3000013")
	p.kept()
	p.reload() // it came back, and is not written again
	p.settle()
	p.list("1 needle 0–6", "2 needle 3000007–3000013")
}

// Of many tabs the oldest are forgotten, but none that is open.
func TestAnOpenTabIsNotForgotten(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "a", text: "1"})
	p.focus("textbox", "Test text")
	p.run(`{
		const data = new DataTransfer()
		data.setData('text/plain', 'b'.repeat(500_000) + 'needle')
		document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
	}`)
	p.kept()
	p.run(`new Promise((done) => {
		indexedDB.open('regexdbg').onsuccess = ({ target }) => {
			const tx = target.result.transaction('states', 'readwrite')
			for (let i = 0; i < 20; i++) tx.objectStore('states').put({ id: 'other' + i, savedAt: Date.now() + 1e6 + i, pattern: '' })
			tx.oncomplete = () => done(target.result.close())
		}
	})`)
	q := p.sibling(s.url)
	q.settle()
	q.kept()
	p.replace("Regular expression", "needle")
	p.kept()
	p.reload()
	p.settle()
	p.list("1 needle 500000–500006")
}

func TestTabsKeepTheirOwnState(t *testing.T) {
	s := common(t)
	one, two := state{flavor: "go", pattern: "1", text: "one 1"}, state{flavor: "dotnet", pattern: "2", text: "two 2"}
	p := openState(t, s, one)
	q := p.sibling(s.url + two.fragment())
	q.shows(two)
	p.replace("Regular expression", "o")
	q.replace("Test text", "two 22")
	p.settle()
	q.settle()
	p.reload()
	q.reload()
	one.pattern, two.text = "o", "two 22"
	p.shows(one)
	q.shows(two)
	// A new tab begins on its own, with the sample.
	r := p.sibling(s.url)
	r.settle()
	r.check("probe.marks().length > 0 && !probe.text('Test text').includes('one 1')")
	p.shows(one)
}

// A state that a page has saved is opened as one also when the server is started with it, and what only looks like one is a text.
func TestServerFileOfAState(t *testing.T) {
	const state = `{"format":"regexdbg state","version":1,"flavor":"pcre2","flags":"i","pattern":"N(O)te","replace":"<$1>","text":"note, NOTE\n"}`
	p := openTab(t, serve(t, writeFile(t, "notes.regexdbg.json", []byte(state))).url)
	p.wait("probe.settled() && probe.status().startsWith('2 matches')")
	p.check("probe.text('Regular expression') == 'N(O)te' && probe.find('combobox', 'Flavor').value == 'pcre2' && probe.find('textbox', 'Replacement').textContent == '<$1>'")
	p.wait("document.querySelector('.notices').textContent == 'Opened: notes.regexdbg.json.'")
	p.marks("note", "NOTE")
	p.replace("Regular expression", "mine")
	p.replace("Test text", "mine")
	p.marks("mine")
	p.click("button", "notes.regexdbg.json")
	p.wait("probe.text('Test text').startsWith('note')")
	p.settle()
	p.marks("note", "NOTE")
	p.steps("Test text", "Ctrl+z", "mine")
	p.steps("Regular expression", "Ctrl+z", "mine")

	for content, why := range map[string]string{
		strings.Replace(state, `"version":1`, `"version":99`, 1): "99 of the format",
		state[:50]:                             "ends in the middle",
		`{"note":1,"format":"regexdbg state"}`: "",
	} {
		p := openTab(t, serve(t, writeFile(t, "notes.json", []byte(content))).url)
		p.settle()
		p.check("probe.text('Test text') == %s", content)
		if why == "" {
			p.check("document.querySelector('.notices').textContent == ''")
		} else {
			p.wait("document.querySelector('.notices').textContent.startsWith('notes.json begins as a saved state, and is shown as a text, since it is none') && document.querySelector('.notices').textContent.includes(%s)", why)
		}
	}
}

// The file of the command line is what a new page opens with, and can be loaded
// again; what was typed is not lost to it.
func TestServerFile(t *testing.T) {
	s := serve(t, writeFile(t, "notes.txt", bytes.Repeat([]byte("note\n"), 3)))
	p := openTab(t, s.url)
	p.settle()
	p.check("probe.text('Test text') == 'note\\nnote\\nnote\\n'")
	p.replace("Regular expression", "note")
	p.replace("Test text", "mine")
	p.settle()
	p.reload()
	p.settle()
	p.check("probe.text('Test text') == 'mine'")
	p.click("button", "notes.txt")
	p.wait("probe.text('Test text').startsWith('note')")
	p.marks("note", "note", "note")
	p.focus("textbox", "Test text")
	p.press("Ctrl+z")
	p.wait("probe.text('Test text') == 'mine'")
	p.marks()
}
