package browser

import (
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/tests/load"
)

const inputOutcomes = "[...document.querySelectorAll('.test')].map((e) => e.dataset.outcome).join()"

// Each line is searched by itself; a mark on one is a test at once, and the same as in
// the tab Tests.
func TestInputs(t *testing.T) {
	p := openState(t, common(t), state{flavor: "python", pattern: `^(?P<y>\d{4})-\d\d$`, text: "1999-12\n1999-1\n\n2024-06\n"})
	p.click("tab", "Inputs")
	p.wait("document.querySelector('.tests .empty')")
	p.click("button", "Lines")
	p.wait(inputOutcomes + " == 'match,no-match,no-match,match'")
	p.wait("probe.find('status', 'Inputs').textContent.startsWith('2 of 4 inputs match on python')")
	p.check("document.querySelector('.input-groups').textContent == 'match1999-12y1999'")
	p.click("button", "Must match: line 1")
	p.wait("probe.find('button', 'Must match: line 1').getAttribute('aria-pressed') == 'true'")
	p.click("button", "Must not match: line 2")
	p.wait("probe.find('button', 'Must not match: line 2').getAttribute('aria-pressed') == 'true'")
	p.check("!document.querySelector('.test.failed')")

	// A pattern that does otherwise is seen in the rows, and in the tests.
	p.replace("Regular expression", `^(?P<y>\d{4})-\d$`)
	p.wait("document.querySelectorAll('.test.failed').length == 2 && document.querySelector('.input-note.wrong').textContent == 'It has to match.'")
	p.click("tab", "Tests")
	p.wait(statuses + " == 'failed,failed'")
	p.click("tab", "Inputs")

	// The other mark takes the place of one, and the same takes it back.
	p.click("button", "Must not match: line 1")
	p.wait("document.querySelectorAll('.test.failed').length == 1")
	p.click("button", "Must not match: line 2")
	p.wait("!document.querySelector('.test.failed')")
	p.click("tab", "Tests")
	p.wait(statuses + " == 'passed'")

	// Named inputs, which are tests of their names.
	p.click("tab", "Inputs")
	p.click("button", "Set")
	p.replace("Test text", "=== first\n1999-1\n=== second\nx\n1999-1")
	p.wait(inputOutcomes + " == 'match,no-match'")
	p.click("button", "Must not match: second")
	p.wait("probe.find('button', 'Must not match: second').getAttribute('aria-pressed') == 'true'")
	p.click("button", "second")
	p.wait("document.activeElement == probe.find('textbox', 'Test text')")
	p.wait("location.hash.includes('inputs=set') && decodeURIComponent(location.hash).includes(\"name = 'second'\")")
	p.reload()
	p.settle()
	p.click("tab", "Inputs")
	p.wait(inputOutcomes + " == 'match,no-match' && probe.find('button', 'Must not match: second').getAttribute('aria-pressed') == 'true'")
}

// Why there are no rows is said as it is: the pattern is wrong, or the text is empty.
func TestInputsWithoutRows(t *testing.T) {
	p := openState(t, serve(t), state{flavor: "pcre2", pattern: `(a|b`, text: "abc\n"})
	p.click("tab", "Inputs")
	p.click("button", "Lines")
	const status, empty = "probe.find('status', 'Inputs').textContent", "document.querySelector('.tests .empty')?.textContent"
	p.wait(status + ".includes('missing closing parenthesis') && " + empty + " == 'No input was searched. Why, is said above.'")
	p.replace("Regular expression", "(a|b)")
	p.wait(inputOutcomes + " == 'match'")
	p.focus("textbox", "Test text")
	p.press("Ctrl+a", "Delete")
	p.wait(empty + " == 'The text is empty: it has no inputs yet.' && " + status + " == ''")
}

// A text of ten megabytes: what is searched is bounded, and said.
func TestInputsLarge(t *testing.T) {
	line := "a line with some words and 12 numbers 345\n"
	p := openTab(t, serve(t, writeFile(t, "large.txt", []byte(strings.Repeat(line, 10<<20/len(line))))).url)
	p.settle()
	p.replace("Regular expression", `\d+$`)
	p.click("tab", "Inputs")
	p.click("button", "Lines")
	p.wait("probe.find('status', 'Inputs').textContent.startsWith('2,000 of the first 2,000 of 249,660 inputs match')")
	p.check("document.querySelectorAll('.test').length == 200")
	p.run("[...document.querySelectorAll('.test-rows > button')].at(-1).click()")
	p.wait("document.querySelectorAll('.test').length == 400")
}

func TestInputsLooks(t *testing.T) {
	s := common(t)
	looksAt(t, s.url+state{flavor: "python", pattern: `^(?P<year>\d{4})-(?P<month>\d\d)(-\d\d)?$`, text: "2024-06\n2024-6\n1999-12-31\nsomething else that is not a date at all, and goes on for long"}.fragment()+"&inputs=lines", func(t *testing.T, p *tab) {
		p.click("tab", "Inputs")
		p.click("button", "Must match: line 1")
		p.click("button", "Must match: line 2")
		p.wait("document.querySelector('.test.failed')")
		p.run("document.querySelector('.panel-pane').scrollIntoView()")
		p.screenshot(t.Name())
		for _, e := range []string{"document.querySelector('.input-note.wrong')", "document.querySelector('.input-groups dt')", "document.querySelector('.test-status')", "document.querySelector('.test-actions .tool')"} {
			p.check("probe.contrast(" + e + ") >= 4.5")
		}
	})
}

// Who asks for inputs where there are none, or for a set that has no names, is told how the text has to be.
func TestInputsSayWhatIsMissing(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `\d`, text: ""})
	p.click("tab", "Inputs")
	p.click("button", "Lines")
	p.wait("document.querySelector('.tests .empty')?.textContent.startsWith('The text is empty')")
	p.click("button", "Set")
	p.wait("document.querySelector('.tests .empty')?.textContent.startsWith('The text is empty')")
	p.replace("Test text", "1\n")
	p.wait(inputOutcomes + " == 'match' && document.querySelector('.test-rows').textContent.startsWith('A line === name in the text begins an input of that name.')")
	p.screenshot(t.Name())
	p.replace("Test text", "=== one\n1\n")
	p.wait(inputOutcomes + " == 'match' && !document.querySelector('.test-rows').textContent.includes('=== name')")
}

// An input that takes for ever is none of those of which it is known that they do not match.
func TestInputsThatAreNotSearchedToTheEnd(t *testing.T) {
	st := state{flavor: "dotnet", pattern: `^` + load.Catastrophic, text: "b\n" + load.CatastrophicText + "\na\n"}
	looksAt(t, common(t).url+st.fragment()+"&inputs=lines", func(t *testing.T, p *tab) {
		p.click("tab", "Inputs")
		p.wait(inputOutcomes + " == 'no-match,timeout,match'")
		p.wait("/^1 of 3 inputs matches on .*; 1 was not searched to the end$/.test(probe.find('status', 'Inputs').textContent)")
	})
}
