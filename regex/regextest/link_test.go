package regextest_test

import (
	"compress/flate"
	"encoding/base64"
	"io"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

// A link holds what docs/protocol.md says, plain or deflated, whatever the bytes are.
func TestLink(t *testing.T) {
	replacement := `<\1 & é>`
	p := &regextest.Pattern{Flavor: "python", Flags: "i", Engine: "python@3", Pattern: "a+&é #%\n", Replacement: &replacement}
	for _, text := range []string{"", "a b+c&d=e", "\xff\x00\r\n", strings.Repeat("long é ", 2000)} {
		r := &regextest.Result{Pattern: p, Input: &regextest.Input{Text: []byte(text)}}
		replaced := ""
		if strings.HasPrefix(text, "a") { // the test is about that
			replaced, r.Input.Replaced = replacement, &text
		}
		link := r.Link("http://h/x/")
		fragment, ok := strings.CutPrefix(link, "http://h/x/#")
		if packed, deflated := strings.CutPrefix(fragment, "z="); deflated {
			raw, err := base64.RawURLEncoding.DecodeString(packed)
			if err != nil {
				t.Fatal(err)
			}
			plain, err := io.ReadAll(flate.NewReader(strings.NewReader(string(raw))))
			if err != nil {
				t.Fatal(err)
			}
			fragment = string(plain)
		} else if len(text) > 2000 {
			t.Errorf("a text of %d bytes is not deflated", len(text))
		}
		got, err := url.ParseQuery(fragment)
		if !ok || err != nil {
			t.Fatalf("%s: %v", link, err)
		}
		for key, want := range map[string]string{"flavor": "python", "flags": "i", "engine": "python@3", "pattern": p.Pattern, "text": text, "replace": replaced} {
			if got.Get(key) != want {
				t.Errorf("%s is %q, want %q", key, got.Get(key), want)
			}
		}
	}
}

func TestLinkTooLong(t *testing.T) {
	p := &regextest.Pattern{Flavor: "go", Pattern: "a"}
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 200_000) // which does not compress
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	for _, text := range [][]byte{noise, []byte(strings.Repeat("a", 1<<20))} {
		if link := (&regextest.Result{Pattern: p, Input: &regextest.Input{Text: text}}).Link(regextest.Page); link != "" {
			t.Errorf("a link of %d bytes for a text of %d", len(link), len(text))
		}
	}
}
