package browser

import (
	"strings"
	"testing"
)

// A user types a replacement, sees the result as text, as changes and as a list, and
// what is wrong at its place; and a link brings it back.
func TestReplace(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "python", pattern: `(?P<user>\w+)@(\w+)`, text: "mail ann@home, bob@work.\n"})
	p.click("tab", "Replace")
	p.wait("probe.find('textbox', 'Result')?.textContent == 'mail , .'")
	p.run("probe.find('textbox', 'Replacement').focus()")
	p.keys(`\2: \g<user>`)
	p.wait("probe.find('textbox', 'Result').textContent == 'mail home: ann, work: bob.'")
	p.check("probe.find('status', 'Replacement').textContent == '2 matches replaced'")
	p.check("document.querySelectorAll('.replacement-box .rx-capture').length == 2")
	p.check("probe.find('list', 'Parts of the replacement') || document.querySelector('.replace-details').textContent.includes('group 1, \"user\"')")

	p.click("button", "Changes")
	p.wait("document.querySelectorAll('.result-box del').length == 2 && document.querySelectorAll('.result-box ins').length == 2")
	p.check("document.querySelector('.result-box del').textContent == 'ann@home' && document.querySelector('.result-box ins').textContent == 'home: ann'")

	p.click("button", "List")
	p.wait("[...document.querySelectorAll('.result-box .cm-line')].map((l) => l.textContent).join('|') == 'home: ann|work: bob'")

	p.wait("location.hash.includes('replace=') && location.hash.includes('list=')")
	link := get[string](p, "location.href")
	other := openTab(t, link)
	other.wait("probe.find('textbox', 'Result')?.textContent.includes('home: ann')")
	other.check(`probe.find('textbox', 'Replacement').textContent == '\\2: \\g<user>'`)

	// A reload loses nothing of it.
	p.reload()
	p.settle()
	p.click("tab", "Replace")
	p.wait("probe.find('textbox', 'Result')?.textContent.includes('work: bob')")
	p.check("probe.find('button', 'List').getAttribute('aria-pressed') == 'true'")

	p.click("button", "Text")
	p.focus("textbox", "Replacement")
	p.press("End")
	p.keys(` \g<u`)
	p.wait("[...document.querySelectorAll('.completions li')].map((l) => l.textContent).join() == 'user'")
	p.press("Down", "Enter")
	p.wait("probe.find('textbox', 'Result').textContent == 'mail home: ann ann, work: bob bob.'")
	p.keys(`\9`)
	p.wait("document.querySelector('.replace-problems').textContent.includes('the pattern has no group 9')")
	p.wait("document.querySelector('.replacement-box .error-squiggle')?.textContent == '\\\\9'")
	p.check("document.querySelector('.result-box').classList.contains('stale')")
	p.check("document.querySelectorAll('.replace-actions button:disabled').length == 3")
}

// The result is put in the place of the text, and undo has what was there, whatever was typed since.
func TestReplaceInTheText(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(\w)(\d)`, text: "a1 b2\n"})
	p.click("tab", "Replace")
	p.focus("textbox", "Replacement")
	p.keys("$2$1")
	p.wait("probe.find('textbox', 'Result')?.textContent.startsWith('1a 2b')")
	p.run(`URL.createObjectURL = ((made) => (blob) => (blob.text().then((text) => (window.saved = text)), made(blob)))(URL.createObjectURL.bind(URL))`)
	p.click("button", "Download")
	p.wait("window.saved == '1a 2b\\n'")
	p.click("button", "Replace in the text")
	p.wait("probe.text('Test text') == '1a 2b\\n' && document.querySelector('.notices').textContent.includes('2 matches are replaced in the text.')")
	p.wait("probe.settled() && probe.find('status', 'Replacement').textContent == 'Nothing to replace'")
	p.check("probe.find('button', 'Replace in the text').disabled")
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys("!")
	p.click("button", "Bring back the text")
	p.wait("probe.text('Test text') == 'a1 b2\\n'")
	p.steps("Test text", "Ctrl+z", "1a 2b\n!", "1a 2b\n", "a1 b2\n")
	p.click("button", "List")
	p.check("!probe.find('button', 'Replace in the text')")
	// Matches that were not all found are not replaced.
	p.click("button", "Text")
	p.replace("Regular expression", "(")
	p.settle()
	p.check("!probe.find('button', 'Replace in the text') || probe.find('button', 'Replace in the text').disabled")
}

// The browser's own RegExp finds the matches, and the result is its own.
func TestReplaceNatively(t *testing.T) {
	p := openState(t, common(t), state{flavor: "js", pattern: `(?<y>\d+)-(\d+)`, text: "1999-12 and 2000-01"})
	p.click("tab", "Replace")
	p.wait("probe.find('textbox', 'Replacement')")
	p.run("probe.find('textbox', 'Replacement').focus()")
	p.keys("$2/$<y>$$")
	p.wait("probe.find('textbox', 'Result').textContent == '12/1999$ and 01/2000$'")
	p.check("probe.find('textbox', 'Result').textContent == '1999-12 and 2000-01'.replace(/(?<y>\\d+)-(\\d+)/g, '$2/$<y>$$')")
	// Half of a character is not copied as if it were a byte: 💀 is U+D83D U+DC80.
	p.catchClipboard()
	p.replace("Test text", "💀")
	p.replace("Regular expression", ".")
	p.replace("Replacement", "<$$&>")
	p.wait("probe.find('textbox', 'Result').textContent == '<$&><$&>' && probe.find('status', 'Replacement').textContent == '2 matches replaced'")
	p.click("button", "Copy")
	p.wait("copied == '<$&><$&>'")
	p.replace("Replacement", "<$&>")
	p.wait("probe.find('textbox', 'Result').textContent != '<$&><$&>'")
	p.click("button", "Copy")
	p.wait("copied == '<\\ufffd><\\ufffd>'")
}

// A text of ten megabytes is replaced piece by piece, and only what is on screen is in
// the document; what is copied is all of it.
func TestReplaceLarge(t *testing.T) {
	line := "a line with some words and 12 numbers 345\n"
	lines := 10 << 20 / len(line)
	p := openTab(t, serve(t, writeFile(t, "large.txt", []byte(strings.Repeat(line, lines)))).url)
	p.settle()
	p.catchClipboard()
	p.replace("Regular expression", `(\d)(\d)`)
	p.settle()
	p.run(`{
		window.most = 0
		const count = () => (most = Math.max(most, document.querySelectorAll('.result-box .cm-line').length))
		new MutationObserver(count).observe(document.body, { subtree: true, childList: true })
	}`)
	p.click("tab", "Replace")
	p.wait("probe.find('textbox', 'Replacement')")
	p.run("probe.find('textbox', 'Replacement').focus()")
	p.keys("<$2$1>")
	p.wait("document.querySelector('.result-box .cm-line')?.textContent == 'a line with some words and <21> numbers <43>5'")
	p.wait("/^[\\d,]+ matches replaced/.test(probe.find('status', 'Replacement').textContent) && !probe.find('status', 'Replacement').textContent.includes('…')")
	p.check("most > 0 && most < 500")
	p.click("button", "Copy")
	p.wait("copied.length > 0")
	p.check("copied.startsWith('a line with some words and <21> numbers <43>5\\n')")
}

func TestReplaceLooks(t *testing.T) {
	s := common(t)
	looksAt(t, s.url+state{flavor: "pcre2", pattern: `(?<word>\w+?)ing\b|(?<=a)b`, text: strings.Repeat("going home, thinking of it\n", 200)}.fragment()+"&replace="+quote(`\U${word:-none}\E (was $0) $9`), func(t *testing.T, p *tab) {
		p.wait("document.querySelector('.replace-problems').textContent.includes('no group 9')")
		p.run("document.querySelector('.panel-pane').scrollIntoView()") // which the narrow page has below
		p.screenshot(t.Name() + "-error")
		p.run("probe.find('textbox', 'Replacement').focus()")
		p.press("End", "Backspace", "Backspace")
		p.wait("probe.find('textbox', 'Result')?.textContent.includes('GO (was going)')")
		p.screenshot(t.Name() + "-text")
		p.click("button", "Changes")
		p.wait("document.querySelector('.result-box del')")
		p.screenshot(t.Name() + "-changes")
		for _, e := range []string{"document.querySelector('.result-box del')", "document.querySelector('.result-box ins')", "probe.find('status', 'Replacement')", "document.querySelector('.replace-details summary')"} {
			p.check("probe.contrast(" + e + ") >= 4.5")
		}
		p.run("for (const d of document.querySelectorAll('.replace-details details')) d.open = true")
		p.screenshot(t.Name() + "-details")
	})
}
