package regextest

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Write writes the file in its format, so that [Parse] or [Load] reads the same from it. Texts from files of their own
// stay there.
func (f *File) Write(w io.Writer) error {
	var b bytes.Buffer
	for i, p := range f.Patterns {
		if i > 0 {
			b.WriteByte('\n')
		}
		p.write(&b)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (p *Pattern) write(b *bytes.Buffer) {
	b.WriteString("[[pattern]]\n")
	if p.Name != p.Pattern {
		key(b, "name", p.Name)
	}
	key(b, "flavor", p.Flavor)
	if p.Engine != "" {
		key(b, "engine", p.Engine)
	}
	if p.Flags != "" {
		key(b, "flags", p.Flags)
	}
	key(b, "pattern", p.Pattern)
	if p.Replacement != nil {
		key(b, "replacement", *p.Replacement)
	}
	p.Budget.write(b)
	if p.Linear {
		b.WriteString("linear = true\n")
	}
	for i, in := range p.Inputs {
		in.write(b, i)
	}
}

func (in *Input) write(b *bytes.Buffer, number int) {
	b.WriteString("\n[[pattern.input]]\n")
	if in.Name != DefaultName(number) {
		key(b, "name", in.Name)
	}
	text := in.Text[:len(in.Text)/in.Times]
	switch {
	case in.Path != "":
		key(b, "file", in.Path)
	case utf8.Valid(text):
		key(b, "text", string(text))
	default:
		key(b, "text_base64", base64.StdEncoding.EncodeToString(text))
	}
	if in.Times > 1 {
		fmt.Fprintf(b, "times = %d\n", in.Times)
	}
	if in.Match != nil {
		fmt.Fprintf(b, "match = %t\n", *in.Match)
	}
	if in.First != nil {
		fmt.Fprintf(b, "first = %s\n", in.First)
	}
	if in.Matches != nil && len(in.Matches) == 0 {
		b.WriteString("matches = []\n")
	} else if in.Matches != nil {
		b.WriteString("matches = [\n")
		for i := range in.Matches {
			fmt.Fprintf(b, "  %s,\n", &in.Matches[i])
		}
		b.WriteString("]\n")
	}
	if in.Replaced != nil {
		key(b, "replaced", *in.Replaced)
	}
	in.Budget.write(b)
}

func (budget Budget) write(b *bytes.Buffer) {
	if budget.Steps > 0 {
		fmt.Fprintf(b, "steps = %d\n", budget.Steps)
	}
	if budget.MSPerMB > 0 {
		s := strconv.FormatFloat(budget.MSPerMB, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		fmt.Fprintf(b, "ms_per_mb = %s\n", s)
	}
}

// String returns the inline table that says it.
func (e *Expected) String() string {
	var parts []string
	if e.Span != nil {
		parts = append(parts, "span = "+spanText(e.Span))
	}
	if e.Text != nil {
		parts = append(parts, "text = "+tomlLine(*e.Text))
	}
	if e.Groups != nil {
		groups := make([]string, len(e.Groups))
		for i, g := range e.Groups {
			groups[i] = tomlKey(g.Key) + " = " + g.value()
		}
		parts = append(parts, "groups = { "+strings.Join(groups, ", ")+" }")
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

func (g *ExpectedGroup) value() string {
	switch {
	case g.None:
		return "[]"
	case g.Span != nil:
		return spanText(g.Span)
	}
	return tomlLine(*g.Text)
}

func spanText(span *[2]int) string { return fmt.Sprintf("[%d, %d]", span[0], span[1]) }

func key(b *bytes.Buffer, name, value string) {
	fmt.Fprintf(b, "%s = %s\n", name, tomlText(value))
}

// tomlText writes a string as a person would: between single quotes, where a \ is a \; between three of them on several
// lines; and with escapes where it has to be.
func tomlText(s string) string {
	if strings.Contains(s, "'") || strings.Contains(s, "\n") {
		if plain(s, "\n\t") && !strings.Contains(s, "'''") && !strings.HasSuffix(s, "'") {
			if strings.Contains(s, "\n") {
				return "'''\n" + s + "'''" // the line end behind the quotes is not part of it
			}
			return "'''" + s + "'''"
		}
	}
	return tomlLine(s)
}

// tomlLine writes a string in one line.
func tomlLine(s string) string {
	if plain(s, "\t") && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7F:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// plain reports whether a string has no control characters but these.
func plain(s, but string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return (r < ' ' || r == 0x7F) && !strings.ContainsRune(but, r) })
}

// tomlKey writes a key, bare if it may be.
func tomlKey(s string) string {
	bare := s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	})
	if bare {
		return s
	}
	return tomlLine(s)
}
