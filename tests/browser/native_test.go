package browser

import (
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/tests/load"
)

// native is the engine of these tests, as far as the browser says.
const native = `/V8 in Chromium \d+/`

// JavaScript runs on the browser's own RegExp, which does what only it does.
func TestBrowsersOwnRegExp(t *testing.T) {
	s := serve(t, "--runtimes", "none")
	p := openState(t, s, state{flavor: "js", pattern: `(?<a>é)?(b)`, text: "éb😀b"})
	p.check(native + ".test(probe.status()) && probe.status().startsWith('2 matches')")
	p.check("probe.find('combobox', 'Engine').value == 'browser' && " + native + ".test(probe.find('combobox', 'Engine').selectedOptions[0].textContent)")
	p.list("1 éb 0–3 1 a é 0–2 2 b 2–3", "2 b 7–8 1 a not matched 2 b 7–8")
	p.marks("éb", "b")
	p.check("probe.groups().join() == '1:é,2:b,2:b'")
	p.check("!location.hash.includes('engine=')")

	for _, test := range []struct {
		flags, pattern, text string
		want                 []string
	}{
		{"v", `[\p{L}--[a-z]]`, "aB\nÄ", []string{"1 B 1–2", "2 Ä 3–5"}},
		{"v", `^\p{RGI_Emoji}$`, "👨‍👩‍👧", []string{"1 👨ZWJ👩ZWJ👧 0–18"}},
		{"y", `a`, "aab", []string{"1 a 0–1", "2 a 1–2"}},
		{"y", `b`, "aab", nil},
		{"d", `b(?=(c))`, "bc", []string{"1 b 0–1 1 c 1–2"}},
		{"dgy", `(?<=(a))b|a`, "ab", []string{"1 a 0–1 1 not matched", "2 b 1–2 1 a 0–1"}},
		{"ims", `^A.b$`, "x\na\nb", []string{"1 a↵b 2–5"}},
		{"", ``, "a", nil},
		{"", `(?:)`, "é😀", []string{"1 empty 0–0", "2 empty 2–2", "3 empty 4–4", "4 empty 6–6"}},
		{"u", `(?:)`, "é😀", []string{"1 empty 0–0", "2 empty 2–2", "3 empty 6–6"}},
	} {
		q := openState(t, s, state{flavor: "js", flags: test.flags, pattern: test.pattern, text: test.text})
		q.list(test.want...)
		if t.Failed() {
			t.Fatalf("flags %q, pattern %q", test.flags, test.pattern)
		}
	}
}

// A pattern that it refuses is refused in its words, at the parser's place.
func TestBrowsersOwnErrors(t *testing.T) {
	p := openState(t, common(t), state{flavor: "js", pattern: `ab(c`, text: "abc"})
	p.check("probe.status().startsWith('Not valid') && " + native + ".test(probe.status())")
	p.wait("/Unterminated group/.test(probe.find('alert').textContent)")
	p.wait("document.querySelector('.error-squiggle')?.textContent.startsWith('(')")
	p.replace("Regular expression", "(c)")
	p.marks("c")
	p.check("probe.find('alert').textContent == ''")
	p = openState(t, common(t), state{flavor: "js", flags: "uv", pattern: `a`, text: "a"})
	p.check("probe.status().startsWith('Not valid') && /flags/.test(probe.find('alert').textContent)")
}

// A catastrophic pattern ends with its time, and neither it nor what follows freezes
// anything.
func TestBrowsersOwnCatastrophe(t *testing.T) {
	bad := state{flavor: "js", pattern: `b|^(a+)+$`, text: strings.Repeat("a", 40) + "b\nbb\n"}
	p := openTab(t, common(t).url+bad.fragment())
	p.wait("probe.find('progressbar')")
	p.replace("Test text", "b b b "+load.CatastrophicText)
	p.replace("Regular expression", `b|`+load.Catastrophic)
	// Each of the first matches comes by itself, long before the end.
	p.wait("probe.marks().join() == 'b,b,b' && probe.list().length == 3 && probe.find('button', 'Cancel')")
	p.settle()
	p.check("probe.status().startsWith('Timed out') && probe.status().includes('3 matches')")
	p.check("/searched 5 bytes of 45 bytes/.test(probe.status())")

	p.click("button", "Continue (up to 20.0 s*")
	p.click("button", "Cancel")
	p.wait("probe.settled() && probe.status().startsWith('Cancelled')")
	p.check("probe.marks().join() == 'b,b,b'")
	p.click("button", "Continue (up to 80.0 s*")
	p.wait("probe.find('button', 'Cancel')")
	p.replace("Regular expression", "a!")
	p.marks("a!")
}

// A text of megabytes is searched as it is edited, and what needs more than one leg
// finds all.
func TestBrowserSearchesALargeText(t *testing.T) {
	const matches = 1_000_003
	text := []byte(strings.Repeat("a", matches))
	for i := 79; i < len(text); i += 80 {
		text[i] = '\n'
	}
	p := openTab(t, serve(t, writeFile(t, "many.txt", text)).url)
	p.settle()
	p.choose("Flavor", "js")
	p.replace("Regular expression", `[^x]`)
	p.settle()
	p.check("probe.status().startsWith('Limit reached') && probe.status().includes('1,000,000 matches')")
	p.click("button", "Continue*")
	p.wait("probe.status().startsWith('1,000,003 matches')")
	p.focus("textbox", "Test text")
	p.press("Ctrl+Home")
	p.keys("éx😀")
	p.replace("Regular expression", `[éx😀]`)
	p.list("1 é 0–2", "2 x 2–3", "3 U+D83D 3–5", "4 U+DE00 5–7")
	p.check(native + ".test(probe.status())")
}

// Bytes that are not UTF-8 are no text for it.
func TestBrowserRefusesOtherBytes(t *testing.T) {
	p := openTab(t, serve(t, writeFile(t, "bytes.bin", []byte("é\xffa"))).url)
	p.settle()
	p.choose("Flavor", "js")
	p.replace("Regular expression", `a`)
	p.settle()
	p.check("probe.status().startsWith('Error') && /byte 2 of this text is not UTF-8: 0xff/.test(probe.find('alert').textContent)")
	p.choose("Flavor", "go")
	p.marks("a")
}

// A match has the name of its mark, in engines that have marks.
func TestMarkOfAMatch(t *testing.T) {
	p := openState(t, serve(t, "--runtimes", "none"), state{flavor: "pcre2", pattern: `(*:first)a|b`, text: "ab"})
	p.list("1 a mark first 0–1", "2 b 1–2")
	p.screenshot(t.Name())
}
