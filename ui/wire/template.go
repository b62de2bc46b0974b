package wire

import (
	"encoding/base64"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/replace"
)

// NewTemplate is a replacement that was read, as a message. It takes time linear in
// its text.
func NewTemplate(version int, t *replace.Template) Template {
	positions := NewPositions(t.Text)
	m := Template{
		Type: TypeTemplate, Version: version, Text: t.Text, Function: t.Syntax.Function, UTF: t.UTF(),
		Tokens: make([]int, 0, 3*len(t.Tokens)), Problems: newDiagnostics(positions, t.Problems[:min(len(t.Problems), MaxErrors)]),
		Parts: []TemplatePart{}, Lines: []TemplateLine{}, Elements: []TemplateElement{}, Notes: append([]string{}, t.Syntax.Notes...),
	}
	for _, token := range t.Tokens {
		m.Tokens = append(m.Tokens, int(token.Kind), positions.Unit(token.Span.End)-positions.Unit(token.Span.Start), token.Number)
	}
	for _, e := range t.Syntax.Elements {
		m.Elements = append(m.Elements, TemplateElement{Form: e.Form, Words: e.Words})
	}
	if t.Err() != nil {
		return m
	}
	m.Parts = append(m.Parts, templateParts(t, t.Parts)...)
	lines := t.Explain()
	for _, line := range lines[:min(len(lines), MaxLines)] {
		m.Lines = append(m.Lines, TemplateLine{Span: positions.Range(line.Span.Start, line.Span.End), Depth: line.Depth, Words: line.Words})
	}
	return m
}

// MaxLines is how many parts of a replacement are explained: nobody reads more.
const MaxLines = 200

func templateParts(t *replace.Template, parts []replace.Part) []TemplatePart {
	all := make([]TemplatePart, 0, len(parts))
	for _, part := range parts {
		p := TemplatePart{Kind: part.Kind.String(), Groups: t.Numbers(part.Groups), Parts: templateParts(t, part.Parts), Else: templateParts(t, part.Else)}
		if part.Kind == replace.KindIf && part.Parts == nil {
			p.Kind = "default"
		}
		if part.Kind == replace.KindCase || part.Kind == replace.KindState {
			p.Case = part.Case.String()
		}
		if utf8.ValidString(part.Text) {
			p.Text = part.Text
		} else {
			p.TextBase64 = base64.StdEncoding.EncodeToString([]byte(part.Text))
		}
		all = append(all, p)
	}
	return all
}
