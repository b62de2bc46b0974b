package browser

import (
	"strings"
	"testing"
)

// inProcess has no runtimes: what is found is the same on any machine.
var inProcess = []string{"--runtimes", "none"}

// openComparison opens a state with its comparison on screen.
func openComparison(t testing.TB, st state, args ...string) *tab {
	t.Helper()
	p := openState(t, serve(t, args...), st)
	p.compare()
	return p
}

func (p *tab) compare() {
	p.t.Helper()
	p.click("tab", "Compare")
	p.wait("document.querySelector('.compare[aria-busy=false]')")
}

// row is the row of an engine.
func row(engine string) string {
	return insert("document.querySelector('.compare-table [data-engine=' + CSS.escape(%s) + ']')", []any{engine})
}

const differing = "x1 😀x٣ x2\n"

func TestComparison(t *testing.T) {
	p := openComparison(t, state{flavor: "go", pattern: `x\d`, text: differing}, inProcess...)
	p.hears(
		named{"tab", "Compare"}, named{"tabpanel", "Compare"}, named{"table", "Engines"}, named{"region", "Differences"}, named{"list", ""},
		named{"region", "Agreement"}, named{"region", "Portability"}, named{"button", "Show byte 7 in the text"},
		named{"button", "Find a text on which these engines disagree"},
	)
	p.check("/different results/.test(document.querySelector('.compare-verdict').textContent)")
	p.check(row("regexp") + ".textContent.includes('2 matches') && " + row("regexp2") + ".textContent.includes('3 matches')")
	p.check(row("regexp") + ".querySelector('.class-badge').textContent == 'A' && " + row("regexp2") + ".querySelector('.class-badge').textContent == 'B'")
	p.check("document.querySelectorAll('.compare-matrix td.differs').length > 0")

	// The part to blame is marked in the pattern, for pointer and focus alike.
	p.wait("document.querySelector('.blame')?.textContent.includes('matches ٣ (U+0663) in .NET, not in Go')")
	p.hover("document.querySelector('.blame')")
	p.wait(markedPart + ` == '\\d'`)
	p.hover("probe.find('textbox', 'Test text')")
	p.wait("!document.querySelector('.rx-part')")
	p.run("document.querySelector('.blame').focus()")
	p.wait(markedPart + ` == '\\d'`)
	p.press("Enter")
	p.wait("document.activeElement == probe.find('textbox', 'Regular expression') && getSelection().toString() == '\\\\d'")

	// To the place in the text.
	p.click("button", "Show byte 7 in the text")
	p.wait("document.activeElement == probe.find('textbox', 'Test text')")

	// What has to change for others, and a button that takes it over.
	p.wait("probe.find('button', 'Use the pattern for .NET')")
	p.click("button", "Use the pattern for .NET")
	p.wait("probe.find('combobox', 'Flavor').value == 'dotnet' && probe.find('textbox', 'Regular expression').textContent == 'x[0-9]'")
	p.wait("/find the same/.test(document.querySelector('.compare-verdict')?.textContent)")
}

func TestComparisonFollowsThePattern(t *testing.T) {
	p := openComparison(t, state{flavor: "go", pattern: `x\d`, text: differing}, inProcess...)
	p.replace("Regular expression", "")
	p.wait("/is compared here/.test(probe.find('tabpanel', 'Compare').textContent)")
	p.keys("(?=x)")
	p.wait(row("regexp") + "?.textContent.includes('refuses the pattern')")
	p.wait("document.querySelector('.compare[aria-busy=false] .blame')?.textContent.includes('(?=')")
	p.hover("document.querySelector('.blame')")
	p.wait(markedPart + " == '(?='")
	p.replace("Regular expression", "x")
	p.wait("/find the same/.test(document.querySelector('.compare-verdict')?.textContent)")
}

// Which engines are compared is remembered, and those that are missing say how to get them.
func TestComparedEnginesAreChosen(t *testing.T) {
	p := openComparison(t, state{flavor: "go", pattern: `x\d`, text: differing}, inProcess...)
	p.clickAt("document.querySelector('.compare-choice summary')")
	p.click("checkbox", "regexp2 *")
	p.wait("!" + row("regexp2") + " && " + row("regexp"))
	p.reload()
	p.settle()
	p.compare()
	p.check("!" + row("regexp2"))
	p.clickAt("document.querySelector('.compare-choice summary')")
	// The same engine with flags of its own.
	p.run("probe.find('combobox', 'Engine with other flags').focus()")
	p.press("Tab")
	p.keys("q")
	p.wait("document.querySelector('.compare-choice .bad')?.textContent == 'Go has no flag q.' && probe.find('button', 'Add').disabled")
	p.press("Backspace")
	p.keys("i")
	p.press("Enter")
	p.wait("[...document.querySelectorAll('.compare-table th[scope=row]')].some((e) => e.textContent.includes('flags i'))")
	p.click("button", "Leave out regexp with i")
	p.wait("![...document.querySelectorAll('.compare-table th[scope=row]')].some((e) => e.textContent.includes('flags i'))")
	p.click("button", "All that are real")
	p.wait(row("regexp2"))
	p.check("[...document.querySelectorAll('.compare-choice input')].every((e) => probe.name(e) != '')")
}

func TestDisagreementIsFound(t *testing.T) {
	p := openComparison(t, state{flavor: "go", pattern: `^x\d$`, text: "nothing"}, inProcess...)
	p.focus("button", "Find a text on which these engines disagree")
	p.press("Enter")
	p.wait("probe.find('button', 'Use this text')")
	p.check("document.querySelector('.found-text .blame')")
	p.click("button", "Use this text")
	p.wait("probe.find('textbox', 'Test text').textContent != 'nothing'")
	p.wait("/different results/.test(document.querySelector('.compare-verdict')?.textContent)")
	p.click("button", "Bring it back")
	p.wait("probe.find('textbox', 'Test text').textContent == 'nothing'")
}

func TestComparisonLooks(t *testing.T) {
	st := state{flavor: "go", flags: "", pattern: `^\s*(\w+)\s*=\s*(?<value>.*)$`, text: "name = Ünal\r\nß=1\nx = 2\n"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.compare()
		p.wait("probe.find('button', 'Use the pattern for .NET')")
		p.wait("document.querySelector('.blame')")
		for _, class := range strings.Fields(".class-badge .compare-verdict .blame .compare-table_td .compare-table_th .excerpt .compare-matrix_td .portable-head_span") {
			p.check("[...document.querySelectorAll(%s)].filter((e) => e.textContent.trim() != '' && !e.closest('.hidden-words')).every((e) => probe.contrast(e) >= 4.5)", strings.ReplaceAll(class, "_", " "))
		}
		p.check("[...document.querySelectorAll('.compare button, .compare select, .compare input')].filter((e) => e.checkVisibility()).every((e) => probe.name(e) != '')")
		p.run("document.querySelector('.compare').scrollIntoView(); document.querySelector('.compare').scrollTop = document.querySelector('.compare-differences').offsetTop - 160")
		p.check("document.querySelector('.compare').scrollWidth <= document.querySelector('.compare').clientWidth")
	})
}
