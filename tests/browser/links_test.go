package browser

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/tests/load"
)

// packed is a fragment as "#z=" writes it.
func packed(t *testing.T, st state) string {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(strings.TrimPrefix(st.fragment(), "#"))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return "#z=" + base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// shows checks that the page shows exactly a state.
func (p *tab) shows(st state) {
	p.t.Helper()
	p.wait("probe.settled() && probe.text('Regular expression') == %s", st.pattern)
	p.wait("probe.text('Test text') == %s", st.text)
	p.check("probe.find('combobox', 'Flavor').value == %s", st.flavor)
	p.check("[...document.querySelectorAll('[aria-label=Flags] [aria-pressed=true]')].map((b) => probe.name(b)[0]).join('') == %s", st.flags)
}

func TestLinksOpenExactlyTheirState(t *testing.T) {
	st := state{flavor: "dotnet", flags: "im", pattern: `^(?<a b="x&y">é%20+)#=`, text: "100% é+&text=1#\n\n 😀"}
	plain := state{flavor: "go", flags: "", pattern: "+a&", text: "a"}
	s := common(t)
	for name, fragment := range map[string]string{"plain": st.fragment(), "packed": packed(t, st)} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t, s.url+fragment)
			p.shows(st)
			p.run("location.hash = " + quoted(plain.fragment()))
			p.shows(plain)
			p.run("location.hash = " + quoted(packed(t, st)))
			p.shows(st)
			// Undo goes back to what was there before the link.
			p.focus("textbox", "Test text")
			p.press("Ctrl+z")
			p.wait("probe.text('Test text') == 'a'")
		})
	}
}

// A link that comes in the moment in which the page writes its own address is opened.
func TestLinkIsNotOverwritten(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: "abc"})
	want := state{flavor: "go", pattern: "c", text: "c"}
	p.run(insert(`{
		const { setTimeout } = window
		window.setTimeout = (f, ms, ...rest) => setTimeout(() => {
			if (ms == 300) location.hash = %s // the page's pause before it writes
			f(...rest)
		}, ms)
	}`, []any{want.fragment()}))
	p.replace("Regular expression", "b")
	p.shows(want)
	// What is no state is opened as none, and the next one takes its place.
	p = openState(t, common(t), state{flavor: "go", pattern: "a", text: "abc"})
	p.run("location.hash = ''")
	p.replace("Regular expression", "b")
	p.wait("location.hash == %s", state{flavor: "go", pattern: "b", text: "abc"}.fragment())
}

func TestAddressFollowsTheState(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", flags: "i", pattern: "a", text: "abc"})
	p.replace("Regular expression", "b")
	p.focus("textbox", "Test text")
	p.press("Ctrl+End")
	p.keys(" &%")
	p.settle()
	want := state{flavor: "go", flags: "i", pattern: "b", text: "abc &%"}
	p.wait("location.hash == %s", want.fragment())
	p.sibling(get[string](p, "location.href")).shows(want)

	// A long state is packed.
	long := state{flavor: "go", flags: "i", pattern: "b", text: load.Text(5000)}
	p.run("location.hash = " + quoted(long.fragment()))
	p.wait("location.hash.startsWith('#z=')")
	other := openTab(t, get[string](p, "location.href"))
	other.settle()
	other.check("probe.status().startsWith(%s)", grouped(strings.Count(strings.ToLower(long.text), "b"))+" matches")
}

// A state that is too long for a link says so before, and is shared as a file, which holds all of it.
func TestAStateIsSharedAsAFile(t *testing.T) {
	s := common(t)
	p := openTab(t, s.url+state{flavor: "pcre2", flags: "i", pattern: `\d+`, text: "1"}.fragment()+"&replace="+quote("<$0>")+"&inputs=lines")
	p.settle()
	p.check("probe.find('button', 'Copy link').textContent == 'Copy link'")
	p.focus("textbox", "Test text")
	p.press("Ctrl+a")
	p.run(`{
		let seed = 1
		const random = () => (seed = (seed * 48271) % 2147483647)
		const data = new DataTransfer()
		data.setData('text/plain', Array.from({ length: 20_000 }, () => random().toString(36)).join('\n') + '\r\x00')
		document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
	}`)
	p.settle()
	p.wait("probe.find('button', 'Copy link').textContent == 'Copy link…' && probe.find('button', 'Copy link').title.includes('too long')")
	p.run(`URL.createObjectURL = ((made) => (blob) => (blob.text().then((text) => (window.saved = text)), made(blob)))(URL.createObjectURL.bind(URL))`)
	p.click("button", "Copy link")
	p.wait("probe.find('button', 'Copy link without the text')")
	p.click("button", "Save as a file")
	p.wait("window.saved?.endsWith('}\\n')")
	file := get[string](p, "saved")
	status := get[string](p, "probe.status().split(' ')[0]")

	q := openState(t, s, state{flavor: "go", pattern: "mine", text: "mine"})
	drop := func(text string) {
		q.run(insert(`{
			const data = new DataTransfer()
			data.items.add(new File([%s], 'regex.regexdbg.json'))
			document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
		}`, []any{text}))
	}
	drop(file)
	q.wait("probe.settled() && probe.status().startsWith(%s) && probe.find('combobox', 'Flavor').value == 'pcre2'", status)
	q.check("probe.text('Regular expression') == %s && probe.find('textbox', 'Replacement').textContent == '<$0>'", `\d+`)
	q.click("tab", "Inputs")
	q.wait("probe.find('button', 'Lines').getAttribute('aria-pressed') == 'true'")
	q.steps("Test text", "Ctrl+z", "mine")
	q.steps("Regular expression", "Ctrl+z", "mine")
	drop(file[:len(file)/2])
	q.wait("document.querySelector('.notices').textContent.includes('regex.regexdbg.json could not be read: it is not JSON in UTF-8, or ends in the middle.')")
	q.check("probe.text('Test text') == 'mine'")
}

// Whatever of a link cannot be read is said, on a page that opens with it as on one that is there, where it changes nothing.
func TestDamagedLinkIsRefused(t *testing.T) {
	const notices = "document.querySelector('.notices').textContent"
	s := common(t)
	whole := packed(t, state{flavor: "go", pattern: "a", text: strings.Repeat("abc", 1000)})
	for fragment, why := range map[string]string{
		"#nonsense":          "neither pattern= nor",
		"#s=AAAA":            "neither pattern= nor",
		"#z=%%%":             "not base64url",
		whole[:len(whole)-2]: "ends in the middle",
	} {
		p := openTab(t, s.url+fragment)
		p.settle()
		p.wait(notices+".includes('This link was not opened') && "+notices+".includes(%s)", why)
		p.check("probe.text('Regular expression') != ''") // the sample
		p.click("button", "Dismiss")
		p.check(notices + " == ''")
		p.replace("Regular expression", "mine")
		p.wait("location.hash.includes('pattern=mine')")
		p.run("location.hash = " + quoted(fragment))
		p.wait(notices+".includes(%s)", why)
		p.check("probe.text('Regular expression') == 'mine'")
		p.replace("Regular expression", "mine2")
		p.wait("location.hash.includes('pattern=mine2')")
	}
}

// A link of which a part is not understood is opened, and the part is named.
func TestPartsOfALinkThatAreNotUnderstood(t *testing.T) {
	const notices = "document.querySelector('.notices').textContent"
	st := state{flavor: "go", pattern: "a", text: "banana"}
	p := openTab(t, common(t).url+st.fragment()+"&colour=red&panel=tests&inputs=words")
	p.shows(st)
	p.wait(notices + ".includes('does not understand these parts of the link: “colour=red”, “inputs=words”. All else')")
	p.check("probe.find('tab', 'Tests').getAttribute('aria-selected') == 'true'")
	p.run("location.hash = " + quoted(st.fragment()))
	p.click("button", "Dismiss")
	p.shows(st)
	p.check(notices + " == ''")
}

func TestAliasesAndUnknownNamesInALink(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "csharp", pattern: `(?<=a)b`, text: "ab"})
	p.marks("b")
	p.check("probe.find('combobox', 'Flavor').value == 'dotnet'")
	p = openState(t, s, state{flavor: ".NET", pattern: `(?<=a)b`, text: "ab"}) // as on the command line
	p.marks("b")
	p.check("probe.find('combobox', 'Flavor').value == 'dotnet'")
	p = openState(t, s, state{flavor: "cobol", flags: "iq", pattern: "A", text: "a"})
	p.check("document.querySelector('.notices').textContent.includes('cobol')")
	p.marks("a")
}
