package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Settings act at once, and are there again after a reload and in another tab.
func TestSettings(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "a", text: "a line that is long " + "and long and long and long and long and long and long and long and long and long and long\n"})
	p.click("button", "Settings")
	p.wait("document.activeElement.closest('dialog.settings')")
	choose := func(name, value string) {
		t.Helper()
		p.run(insert("{ const s = probe.find('combobox', %s); s.value = %s; s.dispatchEvent(new Event('change', { bubbles: true })) }", []any{name, value}))
	}
	before := get[float64](p, "document.querySelector('.text-box .cm-line').getBoundingClientRect().height")
	choose("Text size", "20")
	p.wait("getComputedStyle(document.querySelector('.text-box .cm-scroller')).fontSize == '20px'")
	choose("Theme", "dark")
	choose("Colours", "safe")
	choose("Positions in", "utf16")
	choose("A search pauses after", "1000")
	p.run("probe.find('checkbox', 'Wrap long lines of the text').click()")
	p.wait("!document.querySelector('.text-box .cm-content').classList.contains('cm-lineWrapping')")
	if after := get[float64](p, "document.querySelector('.text-box .cm-line').getBoundingClientRect().height"); after >= before {
		t.Errorf("an unwrapped line is %v px high, and was %v", after, before)
	}
	p.press("Escape")
	p.wait("!document.querySelector('dialog[open]')")
	p.reload()
	p.settle()
	q := p.sibling(s.url + state{flavor: "python", pattern: `(a+)+$`, text: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}.fragment())
	for _, tab := range []*tab{p, q} {
		tab.wait("document.documentElement.dataset.theme == 'dark' && document.documentElement.dataset.palette == 'safe'")
		tab.check("getComputedStyle(document.querySelector('.text-box .cm-scroller')).fontSize == '20px'")
		tab.check("!document.querySelector('.text-box .cm-content').classList.contains('cm-lineWrapping')")
	}
	q.wait("probe.status().includes('Timed out')")
	q.check("document.querySelector('.status').textContent.match(/1\\.\\d+ s|1 s/)")

	p.click("button", "Settings")
	p.click("button", "All as on the first day")
	p.wait("document.documentElement.dataset.palette == 'standard' && getComputedStyle(document.querySelector('.text-box .cm-scroller')).fontSize == '14px'")
}

// What can be done is found by its name, and by keys alone.
func TestCommands(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "a+", text: "aa b"})
	p.focus("textbox", "Regular expression")
	p.press("Ctrl+k")
	p.wait("document.activeElement.getAttribute('aria-label') == 'Command'")
	p.keys("diagr")
	p.wait("document.querySelector('#commands-list [aria-selected=true]').textContent == 'Open Diagram'")
	p.press("Enter")
	p.wait("probe.find('tab', 'Diagram').getAttribute('aria-selected') == 'true' && !document.querySelector('dialog[open]')")
	p.press("Ctrl+k")
	p.wait("document.activeElement.getAttribute('aria-label') == 'Command'")
	p.keys("flavor")
	p.press("Down")
	p.press("Enter")
	p.wait("probe.find('combobox', 'Flavor').value == 'dotnet'")
	p.press("Ctrl+k")
	p.wait("document.activeElement.getAttribute('aria-label') == 'Command'")
	p.keys("zzzz")
	p.wait("document.querySelector('.commands-box').textContent.includes('No command is called that')")
	p.press("Enter", "Escape")
	p.wait("!document.querySelector('dialog[open]')")
}

// A dialog that is opened again right after it was closed, before the event of that has come, stays open.
func TestDialogOpensAgainAtOnce(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a+", text: "aa b"})
	for _, button := range []string{"Convert to…", "Settings"} {
		p.click("button", button)
		p.wait("document.querySelector('dialog[open]')")
		p.run(insert(`(async () => {
			const drawn = async () => { for (let i = 0; i < 20; i++) await null }
			const dialog = document.querySelector("dialog[open]")
			window.closes = 0
			dialog.addEventListener("close", () => window.closes++)
			probe.find("button", "Close").click()
			await drawn()
			if (dialog.open) throw new Error("it is open still")
			probe.find("button", %s).click()
			await drawn()
		})()`, []any{button}))
		p.wait("window.closes == 1")
		p.check("document.querySelector('dialog[open]')")
		p.press("Escape")
		p.wait("!document.querySelector('dialog[open]')")
	}
}

// Each example shows what it says it teaches, in its panel, and can be undone.
func TestExamples(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "mine", text: "mine"})
	titles := func() []string {
		p.click("button", "Examples")
		p.wait("document.querySelectorAll('.example').length > 0")
		return get[[]string](p, "[...document.querySelectorAll('.example b')].map((b) => b.textContent)")
	}
	for i, title := range titles() {
		if i > 0 {
			titles()
		}
		p.run(insert("[...document.querySelectorAll('.example')].find((e) => e.textContent.startsWith(%s)).click()", []any{title}))
		p.wait("probe.settled() && !document.querySelector('dialog[open]')")
		p.check("['match', 'no-match', 'timeout'].includes(document.querySelector('.status-bar').className.replace('status-bar outcome-', ''))")
		if title == "A catastrophe" {
			p.wait("probe.status().includes('Timed out')")
		} else {
			p.check("document.querySelectorAll('.problems .error').length == 0")
		}
	}
	p.click("button", "Bring them back")
	p.settle()
}

// The page that is saved opens without server, script or network.
func TestSavedPage(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "pcre2", flags: "i", pattern: `(?<word>[a-z]+)-(\d)?`, text: "ab-1 <i>c-</i>\n"})
	p.run(`URL.createObjectURL = ((made) => (blob) => (blob.text().then((text) => (window.saved = text)), made(blob)))(URL.createObjectURL.bind(URL))`)
	p.click("button", "Export…")
	p.click("menuitem", "Save all of this as a page (HTML)")
	p.wait("window.saved?.includes('</html>')")
	html := get[string](p, "saved")
	file := writeFile(t, "regex.html", []byte(html))
	for _, scheme := range []string{"light", "dark"} {
		q := openTab(t, "about:blank")
		call(q, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		q.do(chromedp.EmulateViewport(900, 1000))
		q.navigate("file://" + file)
		q.wait("document.querySelectorAll('mark').length == 2")
		q.check("document.querySelector('.pattern').textContent == '(?<word>[a-z]+)-(\\\\d)?'")
		q.check("[...document.querySelectorAll('mark')].map((m) => m.textContent).join() == 'ab-1,c-'")
		q.check("document.querySelectorAll('tbody tr').length == 2 && document.querySelector('thead').textContent.includes('1 word')")
		q.check("document.querySelectorAll('li').length >= 4 && document.body.textContent.includes('PCRE2')")
		q.check("probe.contrast(document.querySelector('mark')) >= 4.5 && probe.contrast(document.querySelector('.g2')) >= 4.5")
		q.screenshot(t.Name() + "-" + scheme)
	}
}

// The page can be installed as an app of its own.
func TestManifest(t *testing.T) {
	s := common(t)
	p := openTab(t, s.url)
	p.settle()
	p.wait("fetch(document.querySelector('link[rel=manifest]').href).then((r) => r.headers.get('content-type') == 'application/manifest+json' && r.json()).then((m) => m.display == 'standalone' && m.icons.length > 0)")
	found := call(p, getManifest, struct{}{})
	if found.URL == "" || len(found.Errors) > 0 {
		t.Errorf("Chromium says of the manifest: %+v", found)
	}
}

func TestComfortLooks(t *testing.T) {
	s := common(t)
	looksAt(t, s.url+state{flavor: "pcre2", pattern: `(a)(b)(c)(d)(e)(f)(g)(h)`, text: "abcdefgh abcdefgh\n"}.fragment(), func(t *testing.T, p *tab) {
		for _, name := range []string{"Settings", "Commands", "Examples", "Keyboard shortcuts"} {
			p.click("button", name)
			p.wait("document.querySelector('dialog[open]')")
			p.check("document.querySelector('dialog[open]').getBoundingClientRect().right <= innerWidth")
			p.screenshot(t.Name() + "-" + name)
			p.press("Escape")
			p.wait("!document.querySelector('dialog[open]')")
		}
		p.run("document.documentElement.dataset.palette = 'safe'")
		p.screenshot(t.Name() + "-safe")
		for group := 1; group <= 8; group++ {
			p.check("probe.contrast(document.querySelector(%s)) >= 4.5", fmt.Sprintf(".text-box [data-group='%d']", group))
		}
	})
}

// What lies under a notice can be scrolled from under it: the last row of a panel, and the last line of the text.
func TestNoticesCoverNothingForGood(t *testing.T) {
	st := state{flavor: "go", pattern: `a`, text: strings.Repeat("banana\n", 200)}
	looks(t, st, func(t *testing.T, p *tab) {
		p.run("location.hash = " + quoted(st.fragment()+"&colour=red"))
		p.wait("document.querySelector('.notice')")
		const top = "document.querySelector('.notices').getBoundingClientRect().top"
		p.wait("document.documentElement.style.getPropertyValue('--notices') != '0px'")
		p.run("document.querySelector('.text-box .cm-scroller').scrollTop = 1e6; scrollTo(0, 1e6)")
		p.wait("document.querySelector('.text-box .cm-line:last-child').getBoundingClientRect().bottom <= " + top)
		p.wait("innerWidth > 820 || document.querySelector('.panel').getBoundingClientRect().bottom <= " + top)
		p.screenshot(t.Name() + "-notice")
		p.click("button", "Dismiss")
		p.wait("document.documentElement.style.getPropertyValue('--notices') == '0px'")
	})
}
