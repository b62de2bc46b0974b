package browser

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/regexdbg/regexdbg/tests/load"
)

// mostMarks bounds what is drawn on one screen, whatever the number of matches:
// the page's own limit (MarkLimit), with room for marks that are cut by lines.
const mostMarks = 1600

// bounded checks that the page holds no more elements than a screen needs.
func bounded(p *tab) {
	p.t.Helper()
	p.check("document.querySelectorAll('[data-match], [data-group]').length <= %s", mostMarks)
	p.check("probe.lines('Test text').length < 300")
	p.check("probe.items().length < 100")
	p.check("document.querySelectorAll('*').length < 6000")
}

func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func TestTenMegabytes(t *testing.T) {
	text := load.Text(10_000_000)
	matches := 0 // counted by words: regexp takes eight seconds for it under the race detector
	for word := range strings.FieldsSeq(text) {
		if strings.HasSuffix(word, "ing") && word != "ing" {
			matches++
		}
	}
	p := openTab(t, serve(t, writeFile(t, "large.txt", []byte(text))).url)
	p.settle()
	p.replace("Regular expression", load.Pattern)
	p.wait("probe.data().first == probe.data().version && probe.marks().length > 0")
	p.settle()
	p.check("probe.status().startsWith(%s)", grouped(matches)+" matches")
	bounded(p)

	// Scrolled, with the mouse's wheel, and to the end.
	p.wheel("Test text", 3000)
	p.wait("probe.lines('Test text').includes(%s)", strings.Split(text, "\n")[120])
	p.wait("probe.marks().length > 0")
	bounded(p)
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.wait("probe.text('Test text').endsWith(%s)", text[len(text)-20:])
	p.wait("probe.marks().length > 0")
	bounded(p)

	p.keys(" singing")
	p.wait("probe.text('Test text').endsWith(' singing')")
	p.settle()
	p.check("probe.status().startsWith(%s)", grouped(matches+1)+" matches")
	p.wait("probe.marks().at(-1) == 'singing'")
	p.press("Ctrl+Home")
	p.keys("bring ")
	p.settle()
	p.check("probe.status().startsWith(%s)", grouped(matches+2)+" matches")
	p.check("probe.marks()[0] == 'bring'")
	p.press("Alt+l", "Home")
	p.wait("probe.list()[0] == '1 bring 0–5 1 br 0–2'")
	p.press("Enter")
	bounded(p)
	p.press("Ctrl+z")
	p.settle()
	p.check("probe.status().startsWith(%s)", grouped(matches+1)+" matches")
}

// Nor is more of a text drawn that comes while its editor is scrolled away, as on a phone.
func TestALongTextOutOfSight(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `\d`, text: "1"})
	p.do(chromedp.EmulateViewport(390, 260))
	p.click("tab", "Reference")
	p.run("scrollTo(0, document.body.scrollHeight)")
	p.wait("probe.find('textbox', 'Test text').getBoundingClientRect().bottom < 0")
	p.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))") // CodeMirror has seen it
	p.run(`{
		window.most = 0
		const count = () => (most = Math.max(most, probe.lines('Test text').length))
		new MutationObserver(count).observe(document.body, { subtree: true, childList: true })
		const data = new DataTransfer()
		data.items.add(new File(['a line with 1 number\n'.repeat(100_000)], 'long.txt'))
		document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
	}`)
	p.wait("probe.settled() && probe.status().startsWith('100,000 matches')")
	p.run("scrollTo(0, 0)")
	p.wait("probe.marks().length > 0")
	p.check("most > 0 && most < 300")
}

func TestHalfAMillionMatches(t *testing.T) {
	const matches = 500_000
	text := bytes.Repeat([]byte(strings.Repeat("a ", 9)+"a\n"), matches/10)
	p := openTab(t, serve(t, writeFile(t, "many.txt", text)).url)
	p.settle()
	p.replace("Regular expression", "a")
	p.settle()
	p.check("probe.status().startsWith('500,000 matches')")
	p.check("probe.items()[0].getAttribute('aria-setsize') == '500000'")
	p.check("probe.items()[0].getAttribute('aria-posinset') == '1'")
	bounded(p)

	p.run("probe.items()[0].focus()")
	p.press("End")
	p.wait("document.activeElement.getAttribute('aria-posinset') == '500000'")
	p.check("document.activeElement.innerText.includes('999998–999999')")
	p.wait("document.querySelector('[data-match=\"499999\"]')")
	bounded(p)
	p.press("Up")
	p.wait("document.activeElement.getAttribute('aria-posinset') == '499999'")
	p.press("PageUp")
	p.wait("Number(document.activeElement.getAttribute('aria-posinset')) < 499998")
	p.press("Home")
	p.wait("document.activeElement.getAttribute('aria-posinset') == '1'")
	p.wait("document.querySelector('[data-match=\"0\"]')")

	// The middle of the list by its scroll bar.
	p.run("{ const s = probe.find('list', 'Matches').parentElement; s.scrollTop = s.scrollHeight / 2 }")
	p.wait("probe.items().some((i) => Math.abs(i.getAttribute('aria-posinset') - 250000) < 2000)")
	bounded(p)
}

// More matches on one screen than can be drawn: the page says so.
func TestDenseMatches(t *testing.T) {
	text := bytes.Repeat([]byte(strings.Repeat("a ", 79)+"a\n"), 1000)
	p := openTab(t, serve(t, writeFile(t, "dense.txt", text)).url)
	p.do(chromedp.EmulateViewport(1600, 1000)) // some 1,500 matches
	p.settle()
	p.replace("Regular expression", "a")
	p.settle()
	p.wait("/Showing [0-9,]+ of [0-9,]+ matches on this screen/.test(document.body.innerText)")
	p.check("probe.status().startsWith('80,000 matches')")
	bounded(p)
	// Matches that touch are drawn as one, and all of them are.
	p.replace("Regular expression", `[a\s]`)
	p.settle()
	p.wait("/neighbours are drawn as one/.test(document.body.innerText)")
	bounded(p)
	// The selected one is always drawn.
	p.replace("Regular expression", "a")
	p.settle()
	p.run("probe.items()[0].focus()")
	p.press("End")
	p.wait("document.querySelector('[data-match=\"79999\"]')")
}

func TestOneVeryLongLine(t *testing.T) {
	text := strings.ReplaceAll(load.Text(1_000_000), "\n", " ")
	p := openTab(t, serve(t, writeFile(t, "line.txt", []byte(text))).url)
	p.settle()
	p.replace("Regular expression", load.Pattern)
	p.settle()
	p.wait("probe.marks().length > 0")
	p.check("document.querySelectorAll('[data-match], [data-group]').length <= %s", mostMarks)
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys(" ringing")
	p.settle()
	p.wait("probe.marks().at(-1) == 'ringing'")
	p.check("document.querySelectorAll('[data-match], [data-group]').length <= %s", mostMarks)
}

// The end of a large text is searched long after its beginning. What is on
// screen there must not vanish meanwhile.
func TestHighlightsStayWhileALargeTextIsSearchedAgain(t *testing.T) {
	p := openTab(t, serve(t, writeFile(t, "large.txt", []byte(load.Text(10_000_000)))).url)
	p.settle()
	p.replace("Regular expression", load.Pattern)
	p.settle()
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.wait("probe.marks().length > 0")
	p.run(`
		globalThis.fewest = Infinity
		const look = () => {
			fewest = Math.min(fewest, probe.marks().length)
			requestAnimationFrame(look)
		}
		look()`)
	p.keys("x")
	p.settle()
	p.check("fewest > 10")
}
