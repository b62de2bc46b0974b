package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/explain/diagram"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const explainUsage = `usage: regexdbg explain [-f FLAVOR] [-F FLAGS] [--json | --svg] PATTERN

Says in words what PATTERN means, part by part.

  -f, --flavor FLAVOR  the dialect: go (the default), dotnet, pcre2, js, python,
                       perl, java or ruby
  -F, --flags FLAGS    letters with the flavor's own meaning, such as -F im
  --json               one JSON object
  --svg                a railroad diagram as an SVG file, instead of words

Each part is a line with its text on the left and its meaning on the right; what
is in a group is indented. No engine is needed, and none is asked.

With --json the result is {"flavor", "flags", "pattern", "summary", "items",
"errors"}. summary is a list of sentences about the whole pattern. items are its
parts in order, each with kind, title, details (sentences), span (offsets
in bytes, the end not included), group (the number of a group, if it is one or
refers to one), flags (the letters of those that change what it means), error and
children (parts in it); those that are empty are left out. errors are what is
wrong with the pattern: code, message, span and hint.

Put -- before a pattern that starts with -. The exit status is 0, or 2 for bad
usage or a bad pattern; of a bad pattern, what could be read is explained.
`

func explainPattern(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("explain", flag.ContinueOnError)
	var flavorName, letters string
	stringFlag(flags, &flavorName, "f", "flavor", "go")
	stringFlag(flags, &letters, "F", "flags", "")
	asJSON := flags.Bool("json", false, "")
	asSVG := flags.Bool("svg", false, "")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	switch {
	case !ok:
		return exit
	case *asJSON && *asSVG:
		return usageError(stderr, "explain", "--json and --svg exclude each other")
	case len(arguments) == 0:
		return usageError(stderr, "explain", "explain needs a PATTERN")
	case len(arguments) > 1:
		return usageError(stderr, "explain", "explain takes one PATTERN, and got %d arguments (quote a pattern with spaces)", len(arguments))
	case len(arguments[0]) > syntax.MaxPattern:
		return usageError(stderr, "explain", "the pattern is too long: %d bytes, and %d are the most", len(arguments[0]), syntax.MaxPattern)
	}
	dialect, err := flavor.Lookup(flavorName)
	if err != nil {
		return status(err, stderr)
	}
	letters, err = dialect.CheckFlags(letters)
	if err != nil {
		return status(err, stderr)
	}
	pattern := arguments[0]
	tree := syntax.Parse(pattern, dialect, flavor.FlagsOf(letters))
	switch {
	case *asSVG:
		err = writeDiagram(stdout, stderr, tree)
	case *asJSON:
		err = writeExplanationJSON(stdout, tree, letters, explain.Explain(tree))
	default:
		err = writeExplanation(stdout, pattern, explain.Explain(tree))
	}
	for _, e := range tree.Errors {
		fmt.Fprint(stderr, syntax.Caret(e, []byte(pattern)))
	}
	if code := status(err, stderr); code != exitMatch || len(tree.Errors) > 0 {
		return exitUsage
	}
	return exitMatch
}

func writeDiagram(stdout, stderr io.Writer, tree *syntax.Tree) error {
	picture := diagram.Draw(tree, diagram.Options{})
	if picture.Cut {
		fmt.Fprintln(stderr, "regexdbg: the pattern is too large to be drawn whole: parts of the diagram say how much is left out")
	}
	_, err := io.WriteString(stdout, picture.Standalone()+"\n")
	return err
}

// explainedError is an error of a pattern as --json prints it.
type explainedError struct {
	Code    syntax.Code `json:"code"`
	Message string      `json:"message"`
	Span    [2]int      `json:"span"`
	Hint    string      `json:"hint,omitempty"`
}

func explainedErrors(tree *syntax.Tree) []explainedError {
	failures := make([]explainedError, len(tree.Errors))
	for i, e := range tree.Errors {
		failures[i] = explainedError{e.Code, e.Message, [2]int{e.Span.Start, e.Span.End}, e.Hint}
	}
	return failures
}

func writeExplanationJSON(stdout io.Writer, tree *syntax.Tree, letters string, explanation *explain.Explanation) error {
	out := json.NewEncoder(stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(struct {
		Flavor  string `json:"flavor"`
		Flags   string `json:"flags"`
		Pattern string `json:"pattern"`
		*explain.Explanation
		Errors []explainedError `json:"errors"`
	}{tree.Flavor.Name, letters, tree.Pattern, explanation, explainedErrors(tree)})
}

const (
	// explainWidth is the width of the terminal that the text is made for.
	explainWidth = 80
	// sourceColumn is where the words start, when the sources are short enough.
	sourceColumn = 24
)

func writeExplanation(stdout io.Writer, pattern string, explanation *explain.Explanation) error {
	w := &explanationWriter{pattern: pattern}
	w.wrap(0, strings.Join(explanation.Summary, " "))
	if len(explanation.Items) > 0 {
		w.b.WriteByte('\n')
	}
	w.column = min(sourceColumn, w.widest(explanation.Items, 0)+2)
	w.items(explanation.Items, 0)
	_, err := io.WriteString(stdout, w.b.String())
	return err
}

// An explanationWriter writes items in two columns.
type explanationWriter struct {
	b       strings.Builder
	pattern string
	column  int // where the words start
}

// widest is the width of the sources, as far as they fit into their column.
func (w *explanationWriter) widest(items []*explain.Item, indent int) int {
	most := 0
	for _, item := range items {
		if width := indent + utf8.RuneCountInString(w.source(item, sourceColumn-2-indent)); width <= sourceColumn-2 {
			most = max(most, width)
		}
		most = max(most, w.widest(item.Children, min(indent+2, maxIndent)))
	}
	return most
}

// maxIndent keeps room for the words of what is nested deep.
const maxIndent = 16

func (w *explanationWriter) items(items []*explain.Item, depth int) {
	for _, item := range items {
		indent := min(2*depth, maxIndent)
		source := w.source(item, w.column-2-indent)
		w.b.WriteString(strings.Repeat(" ", indent))
		w.b.WriteString(source)
		if used := indent + utf8.RuneCountInString(source); used > w.column-2 {
			w.b.WriteByte('\n')
		} else {
			w.b.WriteString(strings.Repeat(" ", w.column-used))
		}
		first := w.b.Len()
		w.wrap(w.column, item.Title)
		if text := w.b.String(); text[first-1] != '\n' { // the title stands beside its source
			rest := strings.TrimPrefix(text[first:], strings.Repeat(" ", w.column))
			w.b.Reset()
			w.b.WriteString(text[:first] + rest)
		}
		for _, detail := range item.Details {
			w.wrap(w.column+2, detail)
		}
		if item.Error != "" {
			w.wrap(w.column+2, "Error: "+item.Error+".")
		}
		w.items(item.Children, depth+1)
	}
}

// wrap writes words in lines that are indented.
func (w *explanationWriter) wrap(indent int, words string) {
	used := 0
	for _, word := range strings.Fields(words) {
		for utf8.RuneCountInString(word) > explainWidth-indent { // nothing that one reads as a word
			head := string([]rune(word)[:explainWidth-indent])
			w.wrap(indent, head)
			word = word[len(head):]
		}
		size := utf8.RuneCountInString(word)
		switch {
		case used == 0:
			w.b.WriteString(strings.Repeat(" ", indent))
			used = indent
		case used+1+size > explainWidth:
			w.b.WriteByte('\n')
			w.b.WriteString(strings.Repeat(" ", indent))
			used = indent
		default:
			w.b.WriteByte(' ')
			used++
		}
		w.b.WriteString(word)
		used += size
	}
	if used > 0 {
		w.b.WriteByte('\n')
	}
}

// maxSource is the longest source that is shown whole.
const maxSource = 60

// source is the text of an item. One with parts that is too long is only what is
// around them.
func (w *explanationWriter) source(item *explain.Item, room int) string {
	text := visible(w.pattern[item.Span[0]:item.Span[1]])
	if len(item.Children) > 0 && utf8.RuneCountInString(text) > room {
		var b strings.Builder
		at := item.Span[0]
		for _, child := range item.Children {
			between := visible(w.pattern[at:child.Span[0]])
			if b.WriteString(between); between != "" || b.Len() == 0 {
				b.WriteString("...")
			}
			at = child.Span[1]
		}
		b.WriteString(visible(w.pattern[at:item.Span[1]]))
		text = b.String()
	}
	shown := []rune(text)
	if len(shown) > maxSource {
		shown = append(shown[:maxSource-3], []rune("...")...)
	}
	return string(shown)
}

// visible is a text on one line, with what has no shape as escapes.
func visible(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case !unicode.IsPrint(r) && !unicode.Is(unicode.M, r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}
