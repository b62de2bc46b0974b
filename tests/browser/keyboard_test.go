package browser

import (
	"slices"
	"strings"
	"testing"
)

// focused says where the keyboard focus is, as role and name.
const focused = `(() => {
	const e = document.activeElement
	const roles = { BUTTON: "button", SELECT: "combobox", INPUT: "input", BODY: "body" }
	const role = e.getAttribute("role") ?? roles[e.tagName] ?? e.tagName
	return role + (role == "listitem" ? "" : " " + probe.name(e).slice(0, 30).replace(/\s+/g, " "))
})()`

func TestTabVisitsEverythingAndLeavesTheEditors(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: "a\nb\na"})
	p.run("document.activeElement.blur()")
	want := []string{
		"button Show invisibles", "button Copy link", "button Theme: system", "button Keyboard shortcuts",
		"combobox Flavor", "textbox Regular expression",
		"button Go to previous match", "button Go to next match", "textbox Test text", "tab Matches", "listitem",
	}
	var got []string
	for range 60 {
		p.press("Tab")
		at := get[string](p, focused)
		if slices.Contains(got, at) {
			break // once around
		}
		got = append(got, at)
		if strings.HasPrefix(at, "body") {
			continue
		}
		p.check("probe.text('Regular expression') == 'a' && probe.text('Test text') == 'a\\nb\\na'")
		p.run("probe.focusSeen()")
	}
	next := 0
	for _, at := range got {
		if next < len(want) && at == want[next] {
			next++
		}
	}
	if next < len(want) {
		t.Errorf("Tab visits %q: %q is missing, or out of order", got, want[next])
	}
	// And back.
	p.focus("textbox", "Test text")
	p.press("Shift+Tab")
	p.check("document.activeElement != probe.find('textbox', 'Test text') && probe.text('Test text') == 'a\\nb\\na'")
}

func TestWholeSessionByKeyboard(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", text: "one two\nthree two\nend two"})
	p.focus("combobox", "Flavor")
	p.press("Tab")
	for get[string](p, focused) != "textbox Regular expression" {
		p.press("Tab")
	}
	p.keys("tw(o)")
	p.marks("two", "two", "two")

	selected := func(match int) {
		t.Helper()
		p.wait("probe.items().find((i) => i.getAttribute('aria-current') == 'true')?.getAttribute('aria-posinset') == %s", match)
	}
	p.press("F3")
	selected(1)
	p.press("F3")
	selected(2)
	p.press("Alt+Down")
	selected(3)
	p.press("Shift+F3")
	selected(2)
	p.press("Alt+Up")
	selected(1)

	// In the list: another match is selected in the text as well.
	p.press("Alt+l")
	p.wait("document.activeElement.getAttribute('role') == 'listitem'")
	p.press("Down")
	selected(2)
	p.check("document.activeElement.getAttribute('aria-posinset') == '2'")
	p.press("End")
	selected(3)
	p.press("Home", "Down")
	selected(2)
	p.press("Enter")
	p.wait("document.activeElement == probe.find('textbox', 'Test text')")
	p.keys("2") // over the selected match
	p.wait("probe.text('Test text') == 'one two\\nthree 2\\nend two'")
	p.marks("two", "two")

	// The caret selects the match that it is in.
	p.press("Ctrl+End", "Left")
	selected(2)
	p.press("Ctrl+Enter")
	p.check("document.activeElement == probe.find('textbox', 'Regular expression')")
	p.press("Ctrl+Enter")
	p.check("document.activeElement == probe.find('textbox', 'Test text')")

	// The help, and out of it.
	p.focus("button", "Keyboard shortcuts")
	p.press("Enter")
	p.wait("document.querySelector('dialog[open]')?.innerText.includes('F3')")
	p.press("Escape")
	p.wait("!document.querySelector('dialog[open]')")
	p.check("document.activeElement == probe.find('button', 'Keyboard shortcuts')")
}

func TestShiftEnterInThePattern(t *testing.T) {
	p := openState(t, common(t), state{flavor: "dotnet", flags: "x", pattern: "a", text: "ab"})
	p.focus("textbox", "Regular expression")
	p.press("End", "Shift+Enter")
	p.keys("b # the second")
	p.wait("probe.lines('Regular expression').length == 2")
	p.marks("ab")
}

func TestMouseSelectsInBothDirections(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "tw(o)", text: "one two\nthree two\nend two"})
	selected := func(match int) {
		t.Helper()
		p.wait("probe.items().find((i) => i.getAttribute('aria-current') == 'true')?.getAttribute('aria-posinset') == %s", match)
	}
	p.hover(`document.querySelector('[data-match="1"]')`)
	selected(2)
	p.hover(`document.querySelector('[data-match="2"] [data-group="1"], [data-match="2"]')`)
	selected(3)
	p.clickAt(`probe.items()[0]`)
	selected(1)
	p.press("Enter")
	p.keys("2")
	p.wait("probe.lines('Test text')[0] == 'one 2'")
}
