package browser

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// openDiagram opens a state and its diagram.
func openDiagram(t testing.TB, s *server, st state) *tab {
	t.Helper()
	p := openState(t, s, st)
	p.click("tab", "Diagram")
	p.drawn(st.pattern)
	return p
}

// drawn waits until the diagram is that of a pattern: its first and last parts
// are the pattern's.
func (p *tab) drawn(pattern string) {
	p.t.Helper()
	p.wait(`probe.text("Regular expression") == %s && probe.find("tabpanel", "Diagram").querySelector(".diagram[aria-busy=false] svg")`, pattern)
}

// part is the element that says a text in the diagram.
func part(text string) string {
	return insert(`[...document.querySelectorAll(".rr text")].find((t) => t.textContent.trim() == %s).closest("[data-from]")`, []any{text})
}

const dated = `(?<year>\d{4})-(?<month>0[1-9]|1[0-2])`

func TestDiagramIsInStepWithThePattern(t *testing.T) {
	p := openDiagram(t, common(t), state{flavor: "go", pattern: strings.ReplaceAll(dated, "?<", "?P<"), text: "2024-02"})
	p.hears(named{"tabpanel", "Diagram"}, named{"region", "Railroad diagram"}, named{"image", "Railroad diagram"},
		named{"button", "Zoom in"}, named{"button", "Zoom out"}, named{"button", "Original size, 100 %"},
		named{"button", "Download SVG"}, named{"button", "Download PNG"})

	// From the diagram to the pattern.
	pointed := `[...document.querySelectorAll(".rx-part")].map((e) => e.textContent).join("")`
	p.hover(part("digit") + ".querySelector('rect')")
	p.wait(pointed + ` == "\\d"`)
	p.hover("probe.find('tab', 'Diagram')")
	p.wait(pointed + ` == ""`)
	p.clickAt(part("group 2 month") + ".querySelector('.rr-label')")
	p.wait(`getSelection().toString() == "(?P<month>0[1-9]|1[0-2])"`)
	p.check("probe.find('textbox', 'Regular expression').contains(document.activeElement)")

	// From the pattern to the diagram.
	current := `document.querySelector(".rr-current")`
	p.wait(current + ` == ` + part("group 2 month"))
	p.press("Home")
	p.wait(current + ` == ` + part("group 1 year"))
	p.press("End", "Left", "Left")
	p.wait(current + `?.textContent.includes("0–2")`)
	p.press("Tab")
	p.wait(current + " == null")

	// A newer pattern is drawn anew; one that is wrong is drawn too.
	p.replace("Regular expression", "a)b")
	p.drawn("a)b")
	p.wait(part(")") + `.classList.contains("rr-bad")`)
	p.replace("Regular expression", "")
	p.wait(`/Type a regular expression/.test(probe.find("tabpanel", "Diagram").textContent)`)
	p.keys("xyz")
	p.drawn("xyz")
	p.check(part("xyz"))

	// Positions count as the page does.
	p.replace("Regular expression", "😀é[x]")
	p.drawn("😀é[x]")
	p.hover(part("x") + ".querySelector('rect')")
	p.wait(pointed + ` == "x"`)
}

func TestDiagramWithoutAnEngine(t *testing.T) {
	p := openDiagram(t, serve(t, "--runtimes", "none"), state{flavor: "ruby", pattern: `\h+(?~ab)`, text: "a"})
	p.check(part("hex digit"))
	p.click("tab", "Matches")
	p.check(`/What needs none works: .*Diagram/.test(probe.find("tabpanel", "Matches").textContent)`)
}

func TestDiagramZoomsAndScrolls(t *testing.T) {
	p := openDiagram(t, common(t), state{flavor: "go", pattern: strings.Repeat(`(\w+)\s*=\s*("[^"]*"|\d+);`, 20), text: "a"})
	width := "Number(document.querySelector('.rr').getAttribute('width'))"
	whole := get[float64](p, width)
	percent := "probe.find('button', 'Original size*').textContent.trim()"
	p.check(percent + " == '100 %%'")
	p.check("document.querySelector('.diagram-scroller').scrollWidth <= document.querySelector('.diagram-scroller').clientWidth")
	p.click("button", "Zoom in")
	p.wait(percent + " == '125 %%'")
	p.check(width+" > %s", whole)
	p.click("button", "Original size*")
	p.wait(percent + " == '100 %%'")
	p.click("button", "Zoom out")
	p.wait(percent + " == '80 %%'")
	p.check(width+" < %s", whole)

	p.focus("region", "Railroad diagram")
	p.press("0")
	p.wait(percent + " == '100 %%'")
	p.keys("+")
	p.wait(percent + " == '125 %%'")
	p.press("-", "-")
	p.wait(percent + " == '80 %%'")
	p.press("0")
	p.wait(percent + " == '100 %%'")
	scroller := "probe.find('region', 'Railroad diagram')"
	// Pulling moves, and is no click.
	at := get[[2]float64](p, "probe.middle("+scroller+")")
	p.run(scroller + ".scrollTop = 300")
	drag := func(kind input.DispatchMouseEventType, y float64) {
		p.do(chromedp.MouseEvent(kind, at[0], y, chromedp.ButtonLeft))
	}
	drag(input.DispatchMouseEventTypeMousePressed, at[1])
	drag(input.DispatchMouseEventTypeMouseMoved, at[1]-50)
	drag(input.DispatchMouseEventTypeMouseMoved, at[1]-100)
	drag(input.DispatchMouseEventTypeMouseReleased, at[1]-100)
	p.wait(scroller + ".scrollTop == 400")
	p.check("getSelection().toString() == ''")

	p.press("Down")
	p.wait(scroller + ".scrollTop > 400")

	// Ctrl and the wheel, around the pointer.
	call(p, dispatchWheel, wheel{Type: "mouseWheel", X: at[0], Y: at[1], DeltaY: -200, Modifiers: 2})
	p.wait(percent + " == '149 %%'")
	p.check("visualViewport.scale == 1")

	// A narrower panel gets another diagram.
	p.press("0")
	p.focus("separator", "Width of the text")
	p.press("Right", "Right", "Right")
	p.wait(width+" < %s && document.querySelector('.diagram[aria-busy=false]')", whole)
}

func TestDiagramIsSaved(t *testing.T) {
	p := openDiagram(t, common(t), state{flavor: "go", pattern: `<(\w+)>`, text: "a"})
	p.run(`globalThis.saved = []
		const make = URL.createObjectURL
		URL.createObjectURL = (blob) => { saved.push(blob); return make.call(URL, blob) }
		addEventListener("click", (event) => { if (event.target.download) saved.at(-1).file = event.target.download }, true)`)
	p.click("button", "Download SVG")
	p.wait("saved.length == 1")
	svg := get[string](p, "saved[0].text()")
	for _, want := range []string{"<style>", "prefers-color-scheme: dark", "&lt;", "<title>Railroad diagram of &lt;(\\w+)&gt; (Go)</title>", "rr-ground"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the file lacks %q:\n%s", want, svg)
		}
	}
	p.check("saved[0].type == 'image/svg+xml'")
	if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
		t.Errorf("the file is no XML: %v", err)
	}
	p.click("button", "Download PNG")
	p.wait("saved.length == 2")
	p.check(`createImageBitmap(saved[1]).then(({ width, height }) => {
		const svg = document.querySelector(".rr")
		return width == 2 * Number(svg.getAttribute("width")) && height == 2 * Number(svg.getAttribute("height"))
	})`)
	// It is a picture: more than one colour.
	p.check(`createImageBitmap(saved[1]).then((bitmap) => {
		const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")
		context.drawImage(bitmap, 0, 0)
		const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
		return new Set(new Uint32Array(data.buffer)).size > 20
	})`)
}

// Markup in a pattern is text in the diagram.
func TestDiagramOfHostilePatterns(t *testing.T) {
	p := openDiagram(t, common(t), state{flavor: "pcre2", pattern: `</title></svg><img src=x onerror=alert(1)>(?<a"b>[<>&])`, text: "a"})
	p.check("document.querySelectorAll('.diagram img, .diagram script, .diagram a').length == 0")
	p.check("document.querySelectorAll('.rr').length == 1 && document.querySelector('.rr').textContent.includes('onerror')")
}

func TestDiagramLooks(t *testing.T) {
	s := common(t)
	st := state{flavor: "dotnet", flags: "i", text: "2024-02",
		pattern: `^(?<year>\d{4})-(?:(?<month>0[1-9]|1[0-2]))\s+(?=foo|bar)(?<!x)(?>a+?b*)\1(red|green|blue|white|black|gray)+(?(year)y|n)[^\w.\-\x00-\x1f]+$`}
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(map[int64]string{1280: "wide", 390: "narrow"}[width]+"-"+scheme, func(t *testing.T) {
				p := openTab(t, "about:blank")
				call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				p.do(chromedp.EmulateViewport(width, 844))
				p.navigate(s.url + st.fragment())
				p.settle()
				p.click("tab", "Diagram")
				p.drawn(st.pattern)
				p.run("probe.find('tabpanel', 'Diagram').scrollIntoView({ block: 'end' })")
				p.hover(part("group 2 year") + ".querySelector('.rr-label')")
				p.screenshot(t.Name())
				p.check("document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth")
				p.check("document.querySelector('.diagram-scroller').scrollWidth <= document.querySelector('.diagram-scroller').clientWidth")
				// Text on what is behind it: the box, chip or frame of its part, or the panel.
				p.check(`[...document.querySelectorAll(".rr text")].every((text) => {
					const color = (c) => probe.luminance(c)
					let ground = "rgba(0, 0, 0, 0)"
					for (let e = text; e && e.closest(".rr") && /, 0\)$/.test(ground); e = e.parentElement) {
						const box = [...e.children, ...(e.parentElement?.children ?? [])].find((c) => c.matches(".rr-box, .rr-chip"))
						if (box) ground = getComputedStyle(box).fill
					}
					if (/, 0\)$/.test(ground)) ground = getComputedStyle(document.querySelector(".panel")).backgroundColor
					const [one, two] = [color(getComputedStyle(text).fill), color(ground)]
					return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05) >= 4.5
				})`)
			})
		}
	}
}
