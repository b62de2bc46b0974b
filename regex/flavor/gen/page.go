package main

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A writer collects the page.
type writer struct{ bytes.Buffer }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func page() []byte {
	w := &writer{}
	w.line(`# Flavors

What each flavor has, and what the same text means in which. Made by
`+"`go generate ./regex/flavor`"+` from the tables that the parser, the explanations and
the conversion use; do not edit.

%s

## Engines

The tables say what these engines do. They were asked; a manual says more or
less at times.

| flavor | engine | Unicode |
|---|---|---|`, contents())
	for _, f := range flavor.All() {
		w.line("| %s | %s | %s |", f.Label, f.Semantics.Engine, f.Semantics.Unicode)
	}
	w.line(`
Where regexp2 takes more than .NET does, the table follows regexp2 and a note
says so.

A mark in the tables is a tick where the flavor has it. A star says that there
is a note for this flavor below the table.`)
	for _, category := range flavor.Categories() {
		w.category(category)
	}
	w.meanings()
	w.flags()
	return w.Bytes()
}

func contents() string {
	var links []string
	for _, category := range flavor.Categories() {
		links = append(links, link(string(category)))
	}
	return strings.Join(append(links, link(meanings), link(flags)), " · ")
}

func link(heading string) string {
	return fmt.Sprintf("[%s](#%s)", heading, strings.ReplaceAll(strings.ToLower(heading), " ", "-"))
}

// category writes a table of features by flavors, and then each feature with its notes.
func (w *writer) category(category flavor.Category) {
	w.line("\n## %s\n", category)
	head, rule := "| |", "|---|"
	for _, f := range flavor.All() {
		head += " " + f.Label + " |"
		rule += ":-:|"
	}
	w.line("%s\n%s", head, rule)
	var rows []*flavor.Row
	for row := range flavor.Features() {
		if row.Category == category {
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		cells := fmt.Sprintf("| [%s](#%s) %s |", escape(row.Title), row.ID, cellCode(row.Syntax))
		for _, f := range flavor.All() {
			cells += " " + mark(row, f) + " |"
		}
		w.line("%s", cells)
	}
	for _, row := range rows {
		w.feature(row)
	}
}

func mark(row *flavor.Row, f *flavor.Flavor) string {
	mark := ""
	if f.Has(row.Feature) {
		mark = "✓"
	}
	if row.Notes[f.Name] != "" {
		mark += `\*`
	}
	return mark
}

func (w *writer) feature(row *flavor.Row) {
	w.line("\n### <a id=%q></a>%s\n\n%s — %s", row.ID, escape(row.Title), code(row.Syntax), escape(row.Meaning))
	w.line("\nExample: %s.", examples(row))
	started := false
	for _, f := range flavor.All() {
		if note := row.Notes[f.Name]; note != "" {
			if !started {
				w.line("")
				started = true
			}
			w.line("- **%s**: %s", escape(f.Label), escape(note))
		}
	}
}

// examples are the different examples of a row, each with its flavors where there are several.
func examples(row *flavor.Row) string {
	var all []string
	of := map[string][]string{}
	for _, f := range flavor.All() {
		if f.Has(row.Feature) {
			words := exampleWords(row.Example(f))
			if of[words] == nil {
				all = append(all, words)
			}
			of[words] = append(of[words], f.Label)
		}
	}
	if len(all) > 1 {
		for i, words := range all {
			all[i] += " (" + strings.Join(of[words], ", ") + ")"
		}
	}
	return strings.Join(all, "; ")
}

func exampleWords(example flavor.Example) string {
	words := code(example.Pattern)
	if example.Flags != "" {
		words += " with the flag " + code(example.Flags)
	}
	return words + " matches in " + code(visible(example.Text))
}

// visible shows characters that would not be seen as Go's escapes.
func visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) && !unicode.Is(unicode.M, r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(fmt.Sprintf("%+q", r), "'"))
		}
	}
	return b.String()
}

// code makes a code span. No text of the table ends it with a backquote of its own: those are written as two.
func code(text string) string {
	if strings.Contains(text, "`") {
		return "`` " + text + " ``"
	}
	return "`" + text + "`"
}

// cellCode makes a code span in a table, where a bar would end the cell even in code.
func cellCode(text string) string { return strings.ReplaceAll(code(text), "|", `\|`) }

// escape makes text that Markdown shows as it is. A dollar is written as a
// reference: GitHub takes two of them for a formula, backslash or not.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '$':
			b.WriteString("&#36;")
			continue
		case strings.ContainsRune("\\`*_{}[]<>()#+-!|~&", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
