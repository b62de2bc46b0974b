package browser

import (
	"strings"
	"syscall"
	"testing"
)

func TestTypingSearches(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", text: "one 12 two 345"})
	p.check("probe.status().includes('No pattern')")
	p.focus("textbox", "Regular expression")
	p.keys(`(\d)\d+`)
	p.marks("12", "345")
	p.list("1 12 4–6 1 1 4–5", "2 345 11–14 1 3 11–12")
	p.check(`/^2 matches.*regexp go1\.\d+/.test(probe.status())`)
	p.check(`/\d ms/.test(probe.status())`)
	p.check("probe.groups().join() == '1:1,1:3'")

	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys(" 67")
	p.marks("12", "345", "67")
	p.press("Backspace")
	p.marks("12", "345")

	p.replace("Regular expression", "x")
	p.marks()
	p.list()
	p.check("probe.status().startsWith('No match')")
	p.replace("Regular expression", "")
	p.settle()
	p.check("probe.status().includes('No pattern')")
}

// What the list and the highlights say of groups of every kind.
func TestMatchesAndGroups(t *testing.T) {
	tests := []struct {
		name  string
		state state
		marks []string
		group string // of the highlights, comma-separated
		list  []string
	}{
		{
			name:  "named and unmatched",
			state: state{flavor: "go", pattern: `(?P<word>a+)|(b)`, text: "xaab"},
			marks: []string{"aa", "b"}, group: "1:aa,2:b",
			list: []string{"1 aa 1–3 1 word aa 1–3 2 not matched", "2 b 3–4 1 word not matched 2 b 3–4"},
		},
		{
			name:  "empty group",
			state: state{flavor: "go", pattern: `a(x*)`, text: "a"},
			marks: []string{"a"}, group: "1:",
			list: []string{"1 a 0–1 1 empty 1–1"},
		},
		{
			name:  "empty matches by Go's rule",
			state: state{flavor: "go", pattern: `a*`, text: "baac"},
			marks: []string{"", "aa", ""},
			list:  []string{"1 empty 0–0", "2 aa 1–3", "3 empty 4–4"},
		},
		{
			name:  "empty matches by .NET's rule",
			state: state{flavor: "dotnet", pattern: `a*`, text: "baac"},
			marks: []string{"", "aa", "", ""},
			list:  []string{"1 empty 0–0", "2 aa 1–3", "3 empty 3–3", "4 empty 4–4"},
		},
		{
			name:  "look-behind, which only .NET has",
			state: state{flavor: "dotnet", pattern: `(?<=\$)\d+`, text: "$5 6 $70"},
			marks: []string{"5", "70"},
			list:  []string{"1 5 1–2", "2 70 6–8"},
		},
		{
			name:  "flags of the link",
			state: state{flavor: "go", flags: "i", pattern: `A`, text: "aA"},
			marks: []string{"a", "A"},
			list:  []string{"1 a 0–1", "2 A 1–2"},
		},
		{
			name:  "bytes are what positions count",
			state: state{flavor: "go", pattern: `x(.)`, text: "é😀xéx😀"},
			marks: []string{"xé", "x😀"}, group: "1:é,1:😀",
			list: []string{"1 xé 6–9 1 é 7–9", "2 x😀 9–14 1 😀 10–14"},
		},
		{
			name:  "across lines",
			state: state{flavor: "go", flags: "s", pattern: `a.b`, text: "a\nb\na\nb"},
			marks: []string{"ab", "ab"},
			list:  []string{"1 a↵b 0–3", "2 a↵b 4–7"},
		},
	}
	s := common(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := openState(t, s, test.state)
			p.marks(test.marks...)
			p.list(test.list...)
			p.check("probe.groups().join() == %s", test.group)
			// A mark that is empty has to be visible all the same.
			p.check("[...document.querySelectorAll('[data-match]')].every((m) => m.getBoundingClientRect().width > 0)")
		})
	}
}

func TestPositionsInOtherUnits(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `x`, text: "é😀x"})
	p.list("1 x 6–7")
	p.click("button", "UTF-16")
	p.wait("probe.list()[0] == '1 x 3–4'")
	p.click("button", "runes")
	p.wait("probe.list()[0] == '1 x 2–3'")
	p.check("probe.find('button', 'runes').getAttribute('aria-pressed') == 'true'")
}

func TestFlavorsAndFlags(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `A.b`, text: "a\nb"})
	p.check("probe.status().startsWith('No match')")
	pressed := func(name string, want bool) {
		t.Helper()
		p.wait("probe.find('button', %s).getAttribute('aria-pressed') == String(%s)", name, want)
	}
	pressed("i*", false)
	p.click("button", "i*")
	pressed("i*", true)
	p.focus("button", "s*")
	p.press("Space")
	pressed("s*", true)
	p.list("1 a↵b 0–3")
	p.click("button", "i*")
	pressed("i*", false)
	p.settle()
	p.check("probe.status().startsWith('No match')")

	// The flavor by keyboard; its flags stay where both have them.
	p.replace("Regular expression", `(?<=a)\n`)
	p.settle()
	p.check("probe.alert() != ''")
	p.focus("combobox", "Flavor")
	p.press("Down")
	p.wait("probe.find('combobox', 'Flavor').value == 'dotnet'")
	p.list("1 ↵ 1–2")
	p.check("probe.alert() == ''")
	p.check("/regexp2 v2/.test(probe.status())")
	pressed("s*", true)
}

func TestErrorIsUnderThePattern(t *testing.T) {
	tests := []struct {
		flavor, pattern string
		place           string
	}{
		{"go", `ab(c`, "character 3"},
		{"go", `é(c`, "character 2 (byte 2)"},
		{"go", `a**`, "characters 2–3"},
		{"dotnet", `ab(c`, "character 3"},
		{"dotnet", `[z-a]`, "character"},
	}
	s := common(t)
	for _, test := range tests {
		t.Run(test.flavor+" "+test.pattern, func(t *testing.T) {
			p := openState(t, s, state{flavor: test.flavor, text: "abc"})
			p.focus("textbox", "Regular expression")
			p.keys(test.pattern)
			p.settle()
			p.check("probe.alert().includes(%s)", test.place)
			p.check("probe.find('alert').querySelector('pre').textContent.startsWith(%s)", test.pattern)
			p.check("/\\^/.test(probe.find('alert').querySelector('pre').textContent)")
			p.check("probe.find('alert').getBoundingClientRect().top >= probe.find('textbox', 'Regular expression').getBoundingClientRect().bottom - 1")
			p.check("/not valid/i.test(probe.status())")
			p.check("probe.marks().length == 0 && probe.items().length == 0")
			p.replace("Regular expression", "b")
			p.marks("b")
			p.check("probe.alert() == ''")
		})
	}
}

func TestUndoAndRedo(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: "ab"})
	p.replace("Regular expression", "b")
	p.marks("b")
	p.press("Ctrl+z")
	p.wait("probe.text('Regular expression') == 'a'")
	p.marks("a")
	p.press("Ctrl+Shift+z")
	p.wait("probe.text('Regular expression') == 'b'")
	p.marks("b")

	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys("xb")
	p.marks("b", "b")
	p.press("Ctrl+z")
	p.wait("probe.text('Test text') == 'ab'")
	p.marks("b")
	p.press("Ctrl+y")
	p.wait("probe.text('Test text') == 'abxb'")
	p.marks("b", "b")
}

// What the browser is about to replace is replaced, also where the editor has not
// heard of it: an accent that is chosen for a letter takes that letter's place.
func TestTypedOverWhatTheBrowserSelects(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "abe", text: "abé"})
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+End")
	p.run(`addEventListener("keypress", () => {
		const selection = getSelection()
		selection.setBaseAndExtent(selection.focusNode, selection.focusOffset - 1, selection.focusNode, selection.focusOffset)
	}, { capture: true, once: true })`)
	p.keys("é")
	p.wait("probe.text('Regular expression') == 'abé'")
	p.keys("?")
	p.wait("probe.text('Regular expression') == 'abé?'")
	p.marks("abé")
	p.press("Ctrl+z")
	p.wait("probe.text('Regular expression') == 'abe'")
}

// typing is what the browser does first when a character is typed. Whether the page writes it itself is its value.
const typing = `((data) => {
	const event = new InputEvent("beforeinput", { inputType: "insertText", data, cancelable: true, bubbles: true })
	probe.find("textbox", "Regular expression").dispatchEvent(event)
	return event.defaultPrevented
})`

// A key in the pattern waits a moment for its colours, and whatever else happens finds it drawn.
func TestKeyIsDrawnWithItsColours(t *testing.T) {
	s := common(t)
	for _, tt := range []struct{ name, then, want string }{
		{"nothing else", "", "ab("},
		{"another key", "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }))", "ab("},
		{"the focus is lost", "document.activeElement.blur()", "ab("},
		{"another character", typing + "(')')", "ab()"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := openState(t, s, state{flavor: "go", pattern: "ab", text: "abc"})
			p.focus("textbox", "Regular expression")
			p.press("Ctrl+End")
			p.settle()
			const pattern = "probe.text('Regular expression')"
			p.check(typing + "('(') && " + pattern + " == 'ab'" + strings.Repeat(" && (("+tt.then+"), "+pattern+".startsWith('ab('))", min(1, len(tt.then))))
			p.wait(pattern+" == %s && probe.settled()", tt.want)
			p.wait("document.querySelector('.cm-content').querySelector('.rx-error, .rx-capture')")
			p.focus("textbox", "Regular expression")
			p.press("Ctrl+z")
			p.wait(pattern + " == 'ab' && probe.settled()")
		})
	}
}

// A server that does not answer holds no key back.
func TestTypingWithoutAnswer(t *testing.T) {
	s := serve(t)
	p := openState(t, s, state{flavor: "go", pattern: "ab", text: "abcd"})
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+End")
	p.settle()
	s.signal(syscall.SIGSTOP)
	p.keys("cdef")
	p.press("Backspace", "Delete", "Left", "Backspace")
	p.wait("probe.text('Regular expression') == 'abce'")
	s.signal(syscall.SIGCONT)
	p.press("End", "Backspace")
	p.keys("d")
	p.wait("probe.text('Regular expression') == 'abcd' && probe.settled()")
	p.marks("abcd")
}
