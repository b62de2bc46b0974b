package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// colored is the pattern's marks of a class, in order.
func colored(class string) string {
	return insert("[...probe.find('textbox', 'Regular expression').querySelectorAll(%s)].map((e) => e.textContent).join(' ')", []any{"." + class})
}

func TestPatternColors(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(?P<n>\d+)|([a-z]{2,})\b(?:x)`, text: "12 abx"})
	p.wait(colored("rx-capture") + " == '(?P<n> ) ( )'")
	p.check(colored("rx-operator") + " == '+ | {2,}'")
	p.check(colored("rx-set") + ` == '\\d'`)
	p.check(colored("rx-anchor") + ` == '\\b'`)
	p.check(colored("rx-group") + " == '(?: )'")
	p.check(colored("rx-in-class") + " == '[ a - z ]'")

	// Groups look the same in the pattern and in the text, and not by colour alone.
	p.marks("12")
	for _, style := range []string{"color", "textDecorationStyle"} {
		p.check("getComputedStyle(document.querySelector('[data-capture=\"1\"]'))[%s] == getComputedStyle(document.querySelector('[data-group=\"1\"]'))[%s]", style, style)
	}
	p.check("probe.find('textbox', 'Regular expression').querySelectorAll('[data-capture]').length == 2")

	// The same text is something else in another flavor or with another flag.
	p.run("const s = probe.find('combobox', 'Flavor'); s.value = 'dotnet'; s.dispatchEvent(new Event('change', { bubbles: true }))")
	p.replace("Regular expression", "a b # c")
	p.settle()
	p.check(colored("rx-comment") + " == ''")
	p.click("button", "x*")
	p.wait(colored("rx-comment") + ".trim() == '# c'")
}

// While one types, what has its colour keeps it.
func TestColorsDoNotFlicker(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(\d+)`, text: "1"})
	p.wait(colored("rx-set") + ` == '\\d'`)
	p.run(`globalThis.bare = 0
		new MutationObserver(() => { if (!document.querySelector('.rx-set')) bare++ }).observe(probe.find('textbox', 'Regular expression'), { subtree: true, childList: true, characterData: true, attributes: true })`)
	p.focus("textbox", "Regular expression")
	p.press("Home")
	p.keys("ab(c")
	p.press("End")
	p.keys("[d]")
	p.settle()
	p.wait(colored("rx-in-class") + " == '[ d ]'")
	p.check("bare == 0")
}

// Of a long pattern only what is on screen has elements for its colours, wherever it
// is scrolled to; and no more of it.
func TestColorsOfLongPattern(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: strings.Repeat("(?:a)+", 500), text: "aaa"})
	// Whether the colours begin and end where the screen does, give or take two lines.
	p.run(`globalThis.fits = () => {
		const content = probe.find('textbox', 'Regular expression')
		const marks = [...content.querySelectorAll('.rx-operator')].map((e) => e.getBoundingClientRect())
		const box = content.parentElement.getBoundingClientRect()
		const [first, last, all] = [marks[0], marks.at(-1), content.getBoundingClientRect()]
		const near = (a, b) => Math.abs(a - b) <= 3 * first.height
		return near(first.top, Math.max(box.top, all.top)) && near(last.bottom, Math.min(box.bottom, all.bottom))
	}`)

	p.wait("fits()")
	for _, at := range []string{"s.scrollHeight", "s.scrollHeight / 2", "0"} {
		p.run("{ const s = document.querySelector('.pattern-box .cm-scroller'); s.scrollTop = " + at + " }")
		p.wait("fits()")
	}
	// The caret brings the end on screen, where typing goes on.
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+End")
	p.keys("b{2}")
	p.wait("[...document.querySelectorAll('.pattern-box .rx-operator')].at(-1).textContent == '{2}'")
	p.wait("fits()")
	// What becomes short is coloured from its beginning.
	p.press("Shift+Ctrl+Home")
	p.keys("a+")
	p.wait(colored("rx-operator") + " == '+'")
	p.press("Ctrl+z")
	p.wait("probe.text('Regular expression').length > 3000 && fits()")
	p.do(chromedp.EmulateViewport(500, 900))
	p.wait("innerWidth == 500 && fits()")
}

func TestMatchingBracket(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(a[b])(c`, text: "ab"})
	p.focus("textbox", "Regular expression")
	p.press("Home")
	brackets := func(want string) {
		t.Helper()
		p.wait("[...document.querySelectorAll('.rx-bracket')].map((e) => e.textContent).join(' ') == %s", want)
	}
	brackets("( )")
	p.press("Right", "Right")
	brackets("[ ]")
	p.press("End")
	brackets("")
	p.press("Left", "Left")
	brackets("( )")
	p.run("document.activeElement.blur()")
	p.wait("getComputedStyle(document.querySelector('.rx-bracket')).outlineStyle == 'none'")
}

func TestWarningsAreListed(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `[A-z]+|x\w`, text: "abc"})
	p.wait("probe.find('button', '1 warning')")
	p.wait("[...document.querySelectorAll('.warning-squiggle')].map((e) => e.textContent).join('') == 'A-z'")
	p.check("probe.find('alert').textContent == '' && !probe.find('list', 'Warnings')")
	p.focus("button", "1 warning")
	p.press("Enter")
	p.wait("probe.find('list', 'Warnings')?.children.length == 1")
	p.check("probe.find('button', '1 warning').getAttribute('aria-expanded') == 'true'")
	p.hears(named{"list", "Warnings"})

	// Why, in the words of the rule.
	p.click("button", "suspicious-range")
	p.wait("/six other characters/.test(probe.find('list', 'Warnings').textContent)")
	p.check("probe.find('button', 'suspicious-range').getAttribute('aria-expanded') == 'true'")

	// The text decides some of them.
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys("é")
	p.wait("probe.find('button', '1 warning, 1 hint')")
	p.wait(`[...document.querySelectorAll('.hint-squiggle')].map((e) => e.textContent).join('') == '\\w'`)
	p.press("Backspace")
	p.wait("probe.find('button', '1 warning')")

	// From the list into the pattern.
	p.clickAt("probe.find('list', 'Warnings').querySelector('.place')")
	p.wait("getSelection().toString() == 'A-z'")
	p.check("document.activeElement == probe.find('textbox', 'Regular expression')")
	p.reload()
	p.settle()
	p.wait("probe.find('list', 'Warnings')?.children.length == 1")
	p.replace("Regular expression", "[a-z]")
	p.settle()
	p.wait("!probe.find('list', 'Warnings')")
}

func TestProblemUnderThePointer(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `a|ab`, text: "ab"})
	p.wait("document.querySelector('.warning-squiggle')?.textContent == 'ab'")
	p.hover("document.querySelector('.warning-squiggle')")
	p.wait("document.querySelector('.problem-tip')")
	// The other place is shown while the pointer is there.
	p.wait("document.querySelector('.rx-part')?.textContent == 'a'")
	p.hover("probe.find('textbox', 'Test text')")
	p.wait("!document.querySelector('.problem-tip') && !document.querySelector('.rx-part')")

	p.replace("Regular expression", "x[A-z]")
	p.wait("[...document.querySelectorAll('.warning-squiggle')].map((e) => e.textContent).join('') == 'A-z'")
	p.hover("document.querySelector('.warning-squiggle')")
	// Before its first frame it is beyond the window's edge.
	p.wait("document.querySelector('.problem-tip button')?.getBoundingClientRect().top > 0")
	p.clickAt("document.querySelector('.problem-tip button')")
	p.wait("probe.text('Regular expression') == 'x[A-Za-z]'")
	p.check("document.activeElement == probe.find('textbox', 'Regular expression')")
}

func TestFixIsWritten(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `*a`, text: "*a"})
	p.check("/Insert \\\\/.test(probe.find('alert').textContent)")
	p.click("button", `Insert \`)
	p.settle()
	p.wait(`probe.text('Regular expression') == '\\*a'`)
	p.marks("*a")
	p.check("document.activeElement == probe.find('textbox', 'Regular expression')")
	p.press("Ctrl+z")
	p.wait("probe.text('Regular expression') == '*a'")
}

// looks calls a test for two widths in both colour schemes, with a page that is
// opened on a state.
func looks(t *testing.T, st state, test func(t *testing.T, p *tab)) {
	looksAt(t, common(t).url+st.fragment(), test)
}

// looksAt is looks of an address.
func looksAt(t *testing.T, address string, test func(t *testing.T, p *tab)) {
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(map[int64]string{1280: "wide", 390: "narrow"}[width]+"-"+scheme, func(t *testing.T) {
				p := openTab(t, "about:blank")
				call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				p.do(chromedp.EmulateViewport(width, 844))
				p.navigate(address)
				p.settle()
				test(t, p)
				p.screenshot(t.Name())
				p.check("document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth")
			})
		}
	}
}

func TestPatternLooks(t *testing.T) {
	st := state{flavor: "dotnet", flags: "x", pattern: `^(?<user>[\w.+-]+) @ (?<host>(?:[A-z0-9-]+\.)+[a-z]{2,}?) # an address
|(?<phone>\+?\d[\d\ ()/-]{6,})(?=\s|$)|(a|ab)\1`, text: "Write to jane.doe@example.org or +49 30 1234567, aa\n"}
	looks(t, st, func(t *testing.T, p *tab) {
		p.wait("probe.find('button', '*warning*') || document.querySelector('.warning-squiggle')")
		p.clickAt("document.querySelector('.problems-button')")
		p.wait("probe.find('list', 'Warnings')")
		for _, class := range strings.Fields(".rx-set .rx-class .rx-in-class .rx-group .rx-operator .rx-anchor .rx-reference .rx-comment .rx-capture .severity .problem-message") {
			p.check("[...document.querySelectorAll(%s)].length > 0 && [...document.querySelectorAll(%s)].every((e) => probe.contrast(e) >= 4.5)", class, class)
		}
	})
}
