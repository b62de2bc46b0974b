package regextest

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"strings"
)

const (
	// plainLimit is the longest fragment that is not compressed, and fragmentLimit the longest one, both in bytes. They
	// are the page's own (docs/protocol.md, Links).
	plainLimit    = 2000
	fragmentLimit = 100_000
	// tryLimit is the longest text in bytes that compressing is tried with: few longer ones would fit.
	tryLimit = 256 << 10
)

// Page is the address of the page when nothing else is said.
const Page = "http://127.0.0.1:7331/"

// Link returns the address that opens the pattern and the text of a test in the page at base, with the replacement where
// the test is about what becomes of the text, or "" when they are too long for a link.
func (r *Result) Link(base string) string {
	p, text := r.Pattern, r.Input.Text
	if len(text) > tryLimit {
		return ""
	}
	var b strings.Builder
	b.WriteString("flavor=" + p.Flavor + "&flags=" + p.Flags + "&pattern=")
	quoteTo(&b, []byte(p.Pattern))
	if p.Engine != "" {
		b.WriteString("&engine=")
		quoteTo(&b, []byte(p.Engine))
	}
	if p.Replacement != nil && r.Input.Replaced != nil {
		b.WriteString("&replace=")
		quoteTo(&b, []byte(*p.Replacement))
	}
	b.WriteString("&text=")
	quoteTo(&b, text)
	fragment := b.String()
	if len(fragment) > plainLimit {
		fragment = "z=" + base64.RawURLEncoding.EncodeToString(deflated(fragment))
	}
	if len(fragment) > fragmentLimit {
		return ""
	}
	return base + "#" + fragment
}

func deflated(s string) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		panic(err) // the level is a good one
	}
	// Writes to memory do not fail.
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.Bytes()
}

// quoteTo percent-encodes each byte but letters, digits and what URLs leave alone everywhere, so that a shell's and a
// terminal's own characters are encoded too.
func quoteTo(b *strings.Builder, s []byte) {
	const hex = "0123456789ABCDEF"
	for _, c := range s {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
}
