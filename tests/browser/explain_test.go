package browser

import (
	"strings"
	"testing"
)

// openExplanation opens a state with its explanation on screen.
func openExplanation(t testing.TB, st state) *tab {
	t.Helper()
	p := openState(t, common(t), st)
	p.explain()
	return p
}

func (p *tab) explain() {
	p.t.Helper()
	p.click("tab", "Explain")
	p.wait("probe.find('tree', 'Explanation')?.querySelector('[role=treeitem]')")
}

// item is the first row of the explanation that says so.
func item(words string) string {
	return insert("[...document.querySelectorAll('[role=treeitem]')].find((i) => i.textContent.includes(%s))", []any{words})
}

const markedPart = "[...document.querySelectorAll('.rx-part')].map((e) => e.textContent).join('')"

func TestExplanation(t *testing.T) {
	p := openExplanation(t, state{flavor: "go", pattern: `(?P<year>\d{4})-(a|b)+`, text: "2024-a"})
	p.hears(named{"tab", "Explain"}, named{"tabpanel", "Explain"}, named{"tree", "Explanation"})
	p.check("/2 capture groups/.test(document.querySelector('.summary').textContent)")
	p.wait(item("group 1, named year"))
}

func TestExplanationIsWalkedByKeys(t *testing.T) {
	p := openExplanation(t, state{flavor: "go", pattern: `(?P<year>\d{4})-(a|b)`, text: "2024-a"})
	at := func(words string) {
		t.Helper()
		p.wait("document.activeElement.getAttribute('role') == 'treeitem' && document.activeElement.textContent.includes(%s)", words)
	}
	p.focus("tab", "Explain")
	p.press("Tab")
	for get[string](p, "document.activeElement.getAttribute('role') ?? ''") != "treeitem" {
		p.press("Tab")
	}
	at("named year")
	p.run("probe.focusSeen()")
	p.check("document.activeElement.getAttribute('aria-expanded') == 'true' && document.activeElement.getAttribute('aria-level') == '1'")
	p.wait(markedPart + ` == '(?P<year>\\d{4})'`)
	p.press("Right")
	at("digits")
	p.wait(markedPart + ` == '\\d{4}'`)
	p.check("document.activeElement.getAttribute('aria-level') == '2'")
	p.press("Left")
	at("named year")
	p.press("Left")
	p.wait("document.activeElement.getAttribute('aria-expanded') == 'false'")
	p.press("Down")
	at(`the character "-"`)
	p.press("Up", "Right")
	p.wait("document.activeElement.getAttribute('aria-expanded') == 'true'")
	p.press("End")
	at(`the character "b"`)
	p.press("Home")
	at("named year")
	p.keys("the char")
	at(`the character "-"`)
	// One row can be reached by Tab at a time.
	p.check("document.querySelectorAll('[role=treeitem][tabindex=\"0\"]').length == 1")
	p.press("Enter")
	p.wait("document.activeElement == probe.find('textbox', 'Regular expression') && getSelection().toString() == '-'")
	p.wait("!document.querySelector('.rx-part')")
}

func TestExplanationFollowsThePattern(t *testing.T) {
	p := openExplanation(t, state{flavor: "go", pattern: `(ab)\d[x-z]`, text: "ab1z"})
	pointed := func(words string) {
		t.Helper()
		p.wait("[...document.querySelectorAll('[role=treeitem][aria-current=true]')].map((i) => i.textContent).join().includes(%s)", words)
	}
	p.focus("textbox", "Regular expression")
	p.press("Home", "Right", "Right")
	pointed(`"ab"`)
	p.press("End", "Left", "Left")
	pointed("from x to z")
	p.hover("document.querySelector('.rx-set')")
	pointed("a digit")
	p.hover("probe.find('textbox', 'Test text')")
	pointed("from x to z") // the caret again

	// And the other way.
	p.hover(item(`"ab"`) + ".querySelector('.item-title')")
	p.wait(markedPart + " == 'ab'")
	p.hover("probe.find('textbox', 'Test text')")
	p.wait("!document.querySelector('.rx-part')")

	// What is folded shows that it is in there.
	p.clickAt(item("group 1") + ".querySelector('.twisty')")
	p.wait("!" + item(`"ab"`))
	p.focus("textbox", "Regular expression")
	p.press("Home", "Right", "Right")
	pointed("group 1")
	p.keys("c")
	p.wait("probe.find('tree', 'Explanation').textContent.includes('(acb)')")
	p.check("!" + item(`"acb"`)) // it stays folded
}

func TestExplanationOfWhatIsNotValid(t *testing.T) {
	p := openExplanation(t, state{flavor: "go", pattern: `a+(b`, text: "ab"})
	p.wait(item("one or more"))
	p.wait("document.querySelector('.item-error')")
	p.replace("Regular expression", "")
	p.wait("/it is explained here/.test(probe.find('tabpanel', 'Explain').textContent)")
	p.keys("x")
	p.wait(item(`the character "x"`))
	// Flags in force.
	p.click("button", "i*")
	p.wait(item("ignoring case") + ".querySelector('.item-flags')?.textContent.trim() == 'i'")
}

// Of a long explanation only what is on screen exists, and the rest can be reached.
func TestLongExplanation(t *testing.T) {
	pattern := strings.Repeat(`(a|[b-d]{2,3}?)\d+x`, 100) + "the end"
	p := openExplanation(t, state{flavor: "go", pattern: pattern, text: "a"})
	p.check("document.querySelectorAll('[role=treeitem]').length < 80")
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+End")
	p.wait(item("the end"))
	p.wait("[...document.querySelectorAll('[role=treeitem][aria-current=true]')].length == 1")
	// Within a frame.
	p.wait("(() => { const a = document.querySelector('[aria-current=true][role=treeitem]').getBoundingClientRect(), b = probe.find('tabpanel', 'Explain').getBoundingClientRect(); return a.top >= b.top && a.bottom <= b.bottom + 1 })()")
	// Rows do not lie on each other.
	p.wait(`(() => {
		const rows = [...document.querySelectorAll('[role=treeitem]')].map((e) => e.getBoundingClientRect()).sort((a, b) => a.top - b.top)
		return rows.every((r, i) => i == 0 || r.top >= rows[i - 1].bottom - 1)
	})()`)
	p.press("Ctrl+Home")
	p.wait("document.querySelector('.explanation').scrollTop == 0")
}

func TestExplanationLooks(t *testing.T) {
	st := state{flavor: "dotnet", flags: "i", pattern: `^(?<user>[\w.+-]+)@(?<host>(?:[a-z0-9-]+\.)+[a-z]{2,}?)(?=\s|$)|(\+\d{3,})`, text: "Write to jane.doe@example.org\n"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.explain()
		p.focus("textbox", "Regular expression")
		p.press("Home", "Right", "Right", "Right", "Right")
		p.wait("document.querySelector('[role=treeitem][aria-current=true]')")
		for _, class := range strings.Fields(".part-source .item-title .item-detail") {
			p.check("[...document.querySelectorAll(%s)].every((e) => probe.contrast(e) >= 4.5)", class)
		}
	})
}
