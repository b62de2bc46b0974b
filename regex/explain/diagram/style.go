package diagram

import "strings"

// A Scheme is a set of colors.
type Scheme uint8

// The schemes.
const (
	Light Scheme = iota
	Dark
)

// rules are the style sheet of a diagram: what a selector has, with its colors in
// both schemes after a colon, "property:light|dark". Text has a contrast of at
// least 4.5 : 1 to what is behind it.
var rules = []struct {
	selector string
	fixed    string
	colors   []color
}{
	{".rr-ground", "", []color{{"fill", "#ffffff", "#1b1f26"}}},
	{".rr-track", "fill:none;stroke-width:2;stroke-linecap:round", []color{{"stroke", "#57606f", "#9aa5b5"}}},
	{".rr-back", "stroke-dasharray:5 4", nil},
	{".rr-lazy", "stroke-dasharray:1 5", nil},
	{".rr-arrow", "", []color{{"fill", "#57606f", "#9aa5b5"}}},
	{".rr-end", "stroke-width:2", []color{{"fill", "#57606f", "#9aa5b5"}, {"stroke", "#57606f", "#9aa5b5"}}},
	{".rr-last", "", []color{{"fill", "#ffffff", "#1b1f26"}}},
	{".rr-box,.rr-chip,.rr-frame", "stroke-width:1.5", nil},
	{".rr-box", "", []color{{"fill", "#eceff3", "#262b34"}, {"stroke", "#868f9d", "#6d7787"}}},
	{".rr-literal>.rr-box,.rr-list>.rr-box", "", []color{{"fill", "#e6f0ff", "#1d2c44"}, {"stroke", "#3f73d0", "#6ea0f2"}}},
	{".rr-assertion>.rr-box,.rr-keep>.rr-box", "", []color{{"fill", "#f1eafb", "#2d2540"}, {"stroke", "#6a3cb8", "#c3a3ff"}}},
	{".rr-backreference>.rr-box,.rr-call>.rr-box", "stroke-dasharray:5 3", []color{{"fill", "#eaf6ee", "#1b3326"}, {"stroke", "#0b6b3a", "#62d394"}}},
	{".rr-chip", "", []color{{"fill", "#ffffff", "#1b1f26"}, {"stroke", "#d3d8e0", "#363d49"}}},
	{".rr-bare,.rr-hidden", "fill:none;stroke:none", nil},
	{".rr-frame", "fill:none", []color{{"stroke", "#868f9d", "#6d7787"}}},
	{".rr-capture>.rr-frame", "stroke-width:2", []color{{"stroke", "#1f4fbf", "#8ab0ff"}}},
	{".rr-look>.rr-frame", "stroke-dasharray:6 4", nil},
	{".rr-not>.rr-frame", "", []color{{"stroke", "#8a5300", "#f0b955"}}},
	{".rr-bad>.rr-frame,.rr-bad>.rr-box,.rr-bad>.rr-chip", "", []color{{"stroke", "#b3261e", "#ff8f86"}}},
	{".rr-bad>.rr-box,.rr-bad>.rr-chip", "", []color{{"fill", "#fdeeed", "#351d1d"}}},
	{".rr-text,.rr-sign,.rr-word,.rr-label", "font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre", nil},
	// A column is 8 pixels, and 7 in a label; in almost every monospaced font a
	// character takes 0.6 em: 7.8 and 6.6 pixels.
	{".rr-text", "font-size:13px;letter-spacing:.2px", []color{{"fill", "#1a1f28", "#e3e7ee"}}},
	{".rr-sign", "font-size:12px;letter-spacing:.8px;font-weight:600", []color{{"fill", "#a23b00", "#ffa36b"}}},
	{".rr-word", "font-size:13px;letter-spacing:.2px", []color{{"fill", "#57606f", "#9aa5b5"}}},
	{".rr-label", "font-size:11px;letter-spacing:.4px", []color{{"fill", "#57606f", "#9aa5b5"}}},
}

// color is a property of a rule with its values.
type color struct{ property, light, dark string }

// Style returns the style sheet of a diagram in one scheme.
func Style(s Scheme) string {
	var b strings.Builder
	for _, r := range rules {
		if s == Dark && len(r.colors) == 0 {
			continue // the same as in Light, which comes before
		}
		b.WriteString(r.selector + "{" + r.fixed)
		for i, c := range r.colors {
			if i > 0 || r.fixed != "" {
				b.WriteByte(';')
			}
			value := c.light
			if s == Dark {
				value = c.dark
			}
			b.WriteString(c.property + ":" + value)
		}
		b.WriteByte('}')
	}
	return b.String()
}
