package browser

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// manifest is what Chromium reads of a page's manifest.
type manifest struct {
	URL    string                   `json:"url"`
	Errors []*page.AppManifestError `json:"errors"`
}

var getManifest = cdp.Command[struct{}, manifest]{Method: "Page.getAppManifest"}

// finding is one that axe-core makes.
type finding struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"`
}

// audit has axe-core (the version of assets/package-lock.json) look at the page, and fails the test for each serious
// finding.
func (p *tab) audit(what string) {
	p.t.Helper()
	if !get[bool](p, "'axe' in window") {
		source, err := os.ReadFile("../../assets/node_modules/axe-core/axe.min.js")
		if err != nil {
			p.t.Fatalf("%v (npm ci --prefix assets brings it)", err)
		}
		p.run(string(source) + "; undefined")
	}
	found := get[[]finding](p, `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, help, nodes }) =>
		({ id, impact: impact ?? '', help, nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + ' ' + node.failureSummary) })))`)
	for _, f := range found {
		if f.Impact == "serious" || f.Impact == "critical" {
			p.t.Errorf("%s: %s, %s (%s):\n%s", what, f.Impact, f.Help, f.ID, strings.Join(f.Nodes, "\n"))
		}
	}
}

// Nothing on the page keeps people out who read it with a screen reader, by keyboard or with other eyes.
func TestAccessibility(t *testing.T) {
	s := common(t)
	for _, scheme := range []string{"light", "dark"} {
		t.Run(scheme, func(t *testing.T) {
			p := openTab(t, "about:blank")
			call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			p.do(chromedp.EmulateViewport(1280, 900))
			p.navigate(s.url + state{flavor: "pcre2", flags: "i", pattern: `(?<year>\d{4})-(\d\d)|[A-z]+?x*`, text: "2026-11 abc\nnone\n"}.fragment())
			p.settle()
			for _, name := range get[[]string](p, "[...document.querySelectorAll('.tab')].map((t) => t.textContent)") {
				p.click("tab", name)
				p.wait("document.querySelector('[role=tabpanel]').childElementCount > 0")
				p.settle()
				p.audit(name)
			}
			for _, name := range []string{"Settings", "Commands", "Examples", "Keyboard shortcuts"} {
				p.click("button", name)
				p.wait("document.querySelector('dialog[open]')")
				p.audit(name)
				p.press("Escape")
				p.wait("!document.querySelector('dialog[open]')")
			}
			p.replace("Regular expression", "(a")
			p.settle()
			p.audit("an error")
		})
	}
}
