package browser

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Pictures of the page, kept as artefacts for people to look at, and what can be
// said of them without eyes.
func TestLooks(t *testing.T) {
	s := common(t)
	good := state{flavor: "go", pattern: `(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?`, text: "2024-02-06 Go 1.22\n2025-02 Go 1.24\nno date here\n2024-08-13 Go 1.23\n"}
	bad := state{flavor: "dotnet", pattern: `(?<year>\d{4}-`, text: good.text}
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			for name, st := range map[string]state{"matches": good, "error": bad} {
				t.Run(map[int64]string{1280: "wide", 390: "narrow"}[width]+"-"+scheme+"-"+name, func(t *testing.T) {
					p := openTab(t, "about:blank")
					call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
						Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
					})
					p.do(chromedp.EmulateViewport(width, 844))
					p.navigate(s.url + st.fragment())
					p.settle()
					p.screenshot(t.Name())
					p.check("document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth")
					// But for the tabs, whose row scrolls.
					p.check("[...document.querySelectorAll('button, select, [role=textbox], [role=alert]')].filter((e) => e.checkVisibility() && !e.closest('[role=tablist]')).every((e) => { const b = e.getBoundingClientRect(); return b.left >= -1 && b.right <= innerWidth + 1 })")
					p.check("probe.luminance(getComputedStyle(document.body).backgroundColor) " + map[string]string{"light": "> 0.5", "dark": "< 0.5"}[scheme])
					for _, e := range []string{"probe.find('status')", "probe.find('textbox', 'Test text').querySelector('.cm-line')", "probe.find('button', 'Copy link') ?? document.body"} {
						p.check("probe.contrast(" + e + ") >= 4.5")
					}
					if name == "matches" {
						p.check("[...document.querySelectorAll('[data-match]')].every((m) => probe.contrast(m) >= 4.5)")
					} else {
						p.check("probe.contrast(probe.find('alert').querySelector('strong')) >= 4.5")
					}
				})
			}
		}
	}
}

// The picture in the README: docs/screenshot.png is a copy of what this leaves among the artefacts.
func TestReadmePicture(t *testing.T) {
	const log = `127.0.0.1 - - [22/Nov/2026:10:14:03 +0000] "GET /index.html HTTP/1.1" 200 5120
203.0.113.7 - ada [22/Nov/2026:10:14:05 +0000] "POST /api/login HTTP/1.1" 302 0
198.51.100.23 - - [22/Nov/2026:10:14:06 +0000] "GET /img/logo.svg HTTP/1.1" 304 -
203.0.113.7 - ada [22/Nov/2026:10:14:09 +0000] "GET /reports?year=2026 HTTP/1.1" 200 81920
malformed line: connection reset by peer
192.0.2.44 - - [22/Nov/2026:10:14:11 +0000] "DELETE /api/session HTTP/1.1" 204 -
198.51.100.23 - bob [22/Nov/2026:10:14:12 +0000] "GET /search?q=caf%C3%A9 HTTP/1.1" 200 733
`
	p := openTab(t, serve(t, writeFile(t, "access.log", []byte(log))).url)
	p.do(chromedp.EmulateViewport(1280, 660))
	p.settle()
	p.replace("Regular expression", `(?P<ip>[\d.]+) - (?:-|(?P<user>\w+)) \[(?P<when>[^\]]+)\] "(?P<verb>[A-Z]+) (?P<path>\S+)`)
	p.kept()
	p.settle()
	p.check("probe.status().startsWith('6 matches')")
	p.screenshot(t.Name())
}

func TestThemeIsChosenAndKept(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: "a"})
	p.click("button", "Theme: system")
	p.click("button", "Theme: light")
	p.wait("probe.find('button', 'Theme: dark')")
	p.check("probe.luminance(getComputedStyle(document.body).backgroundColor) < 0.5")
	p.reload()
	p.settle()
	p.check("probe.find('button', 'Theme: dark')")
	p.check("probe.luminance(getComputedStyle(document.body).backgroundColor) < 0.5")
}
