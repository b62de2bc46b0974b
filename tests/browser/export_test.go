package browser

import "testing"

// Matches are exported by keys; the table for an issue is on the clipboard.
func TestExport(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: `(?P<x>\w)(\d)?`, text: "a1 b"})
	p.settle()
	p.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve() }")
	p.run("URL.createObjectURL = (blob) => { window.saved = blob; return '#' }")
	p.click("button", "Export…")
	p.wait("document.activeElement?.textContent == 'Save as JSON'")
	p.screenshot(t.Name())
	p.press("Down", "Down", "Down", "Enter")
	p.wait("window.copied?.includes('2 matches')")
	p.check("window.copied.includes('| 2 | 3–4 | `b` | `b` | – |')")
	p.wait("probe.find('button', 'Export…') == document.activeElement")
	p.press("Enter")
	p.wait("document.activeElement?.textContent == 'Save as JSON'")
	p.press("Enter")
	p.wait("window.saved")
	p.run("window.saved.text().then((text) => { window.json = JSON.parse(text) })")
	p.wait("window.json?.length == 2 && window.json[0].groups[0].name == 'x' && window.json[1].groups[1].text === null")
}
