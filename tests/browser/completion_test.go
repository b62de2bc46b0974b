package browser

import "testing"

const completions = "[...document.querySelectorAll('.completions [role=option]')].map((o) => o.querySelector('.cm-completionLabel').textContent)"

const infoIsApart = `(() => {
	const box = (e) => e.getBoundingClientRect(), info = box(document.querySelector('.cm-completionInfo'))
	const apart = (a) => info.left >= a.right - 1 || info.right <= a.left + 1 || info.top >= a.bottom - 1 || info.bottom <= a.top + 1
	return info.height > 10 && info.left >= 0 && info.right <= innerWidth && info.top >= 0 && info.bottom <= innerHeight &&
		apart(box(document.querySelector('.completions > ul'))) && apart(box(probe.find('textbox', 'Regular expression').querySelector('.cm-line')))
})()`

func TestCompletion(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "", text: "ab"})
	p.focus("textbox", "Regular expression")
	p.keys(`\`)
	p.wait(completions + `.includes('\\d')`)
	p.check("!" + completions + `.includes('\\K')`) // Go has none
	p.hears(named{"listbox", "Completions"})
	// What means something else still does.
	p.keys("d+")
	p.wait("!document.querySelector('.completions')")
	p.keys(`\`)
	p.wait("document.querySelector('.completions')")
	p.press("Enter")
	p.check(`probe.lines('Regular expression').join('|') == '\\d+\\'`)
	p.press("Escape")
	p.wait("!document.querySelector('.completions')")

	// Chosen with an arrow, explained, and taken with Enter.
	p.press("Ctrl+Space")
	p.wait("document.querySelector('.completions')")
	p.keys("p")
	p.wait(completions + `.join(' ') == '\\p{L}'`)
	p.press("Down")
	p.wait("document.querySelector('.completions [aria-selected=true]')")
	p.check("document.getElementById(probe.find('textbox', 'Regular expression').getAttribute('aria-activedescendant')) == document.querySelector('.completions [aria-selected=true]')")
	p.wait("document.querySelector('.cm-completionInfo')?.textContent.length > 10")
	p.press("Enter")
	p.wait(`probe.text('Regular expression') == '\\d+\\p{}'`)
	// The list of names opens at once.
	p.wait(completions + ".includes('Greek')")
	p.keys("gre")
	p.wait(completions + "[0] == 'Greek'")
	p.press("Down", "Enter")
	p.wait(`probe.text('Regular expression') == '\\d+\\p{Greek}'`)
	p.keys("x")
	p.wait(`probe.text('Regular expression') == '\\d+\\p{Greek}x'`)
	p.settle()
	p.check("probe.alert() == ''")
}

func TestCompletionOfGroupsAndClasses(t *testing.T) {
	p := openState(t, common(t), state{flavor: "dotnet", pattern: "", text: "ab"})
	p.focus("textbox", "Regular expression")
	p.keys("(?")
	p.wait(completions + ".includes('(?<=...)')")
	p.keys("<")
	p.wait(completions + ".includes('(?<name>...)') && !" + completions + ".includes('(?=...)')")
	p.run("[...document.querySelectorAll('.completions [role=option]')].find((o) => o.textContent.startsWith('(?<name>')).dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))")
	p.wait("probe.text('Regular expression') == '(?<>)'")
	p.keys("year")
	p.press("Right")
	p.keys("a")
	p.press("End")
	p.settle()
	p.keys(`\k<`)
	p.wait(completions + ".join() == 'year'")
	p.press("Down", "Enter")
	p.wait(`probe.text('Regular expression') == '(?<year>a)\\k<year>'`)

	// In a class there are no groups; Tab leaves as long as nothing is chosen.
	p.run("const s = probe.find('combobox', 'Flavor'); s.value = 'go'; s.dispatchEvent(new Event('change', { bubbles: true }))")
	p.replace("Regular expression", "[[:al")
	p.wait(completions + ".join() == 'alnum,alpha'")
	p.press("Tab")
	p.wait("document.activeElement != probe.find('textbox', 'Regular expression') && !document.querySelector('.completions')")
	p.check("probe.text('Regular expression') == '[[:al'")
}

func TestCompletionLooks(t *testing.T) {
	looks(t, state{flavor: "pcre2", pattern: `a`, text: "ab\n"}, func(t *testing.T, p *tab) {
		p.focus("textbox", "Regular expression")
		p.press("End")
		p.keys("(?")
		p.wait("document.querySelector('.completions')")
		p.press("Down", "Down")
		p.wait("document.querySelector('.cm-completionInfo')")
		p.check("[...document.querySelectorAll('.completions li span, .cm-completionInfo p')].every((e) => probe.contrast(e) >= 4.5)")
		p.check("(() => { const b = document.querySelector('.completions').getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth })()")
		// The explanation is on the screen, and not on the list or the line that is typed.
		p.wait(infoIsApart)
	})
}
