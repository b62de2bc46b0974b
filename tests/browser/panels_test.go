package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// There are more panels than a row has room for: a list has them all, by keys and
// by clicks, and the tab that is open is never under the row's faded ends.
func TestAllPanels(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `\d+`, text: "a 1"})
	p.focus("button", "All panels")
	p.press("Enter")
	p.wait("document.activeElement.role == 'menuitemradio' && document.activeElement.ariaChecked == 'true'")
	p.hears(named{"menu", "All panels"})
	p.check("document.activeElement.textContent == 'Matches'")
	p.check("document.querySelectorAll('[role=menuitemradio]').length == document.querySelectorAll('.tabs [role=tab]').length")
	p.keys("c")
	p.check("document.activeElement.textContent == 'Compare'")
	p.keys("c")
	p.check("document.activeElement.textContent == 'Code'")
	p.press("Enter")
	p.wait("probe.find('tabpanel', 'Code') && document.activeElement == probe.find('tab', 'Code')")
	p.check("!probe.find('menu', 'All panels')")
	p.wait(`(() => {
		const { left, right } = probe.find('tab', 'Code').getBoundingClientRect()
		const row = document.querySelector('.tabs').getBoundingClientRect()
		return left >= row.left + 36 && right <= row.right - 36
	})()`)

	p.focus("button", "All panels")
	p.press("Down")
	p.wait("document.activeElement.role == 'menuitemradio'")
	p.press("Escape")
	p.wait("!probe.find('menu', 'All panels') && document.activeElement == probe.find('button', 'All panels')")

	// Where all have room there is no list.
	p.do(chromedp.EmulateViewport(2800, 900))
	p.wait("!probe.find('button', 'All panels')")
	p.do(chromedp.EmulateViewport(1280, 800))
	p.wait("probe.find('button', 'All panels')")
}

// On a phone the panel is below the screen: a tab brings it there.
func TestTabShowsPanel(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `\d+`, text: "a 1"})
	p.do(chromedp.EmulateViewport(390, 700))
	p.wait("document.querySelector('.panel').getBoundingClientRect().top > innerHeight / 2")
	p.click("tab", "Explain")
	p.wait("probe.find('tabpanel', 'Explain')")
	p.check("(({ top, bottom }) => top >= 0 && (bottom <= innerHeight || top < 60))(document.querySelector('.panel').getBoundingClientRect())")
}

// A search that ended before the end of the text has not found that there is no match.
func TestNotSearched(t *testing.T) {
	p := openState(t, common(t), state{flavor: "pcre2", pattern: `(a+)+$`, text: strings.Repeat("a", 30) + "b"})
	p.wait("probe.status().includes('Limit reached')")
	p.wait("/Limit reached. Whether there is a match is not known/.test(probe.find('tabpanel', 'Matches').textContent)")
	p.check("!probe.find('button', 'Why no match?')")
	p.click("button", "See its steps")
	p.wait("probe.find('tabpanel', 'Debug')")
}
