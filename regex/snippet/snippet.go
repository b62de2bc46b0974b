// Package snippet writes a pattern as a program in the languages of its flavor
// and of others: one that reads a text from standard input, and prints what the
// pattern finds in it. Where the language's flavor is another one, the pattern is
// converted, with what may be lost.
package snippet

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// An Op is what the program does with the text.
type Op string

// The ops.
const (
	Match    Op = "match"     // prints the first match and its groups, a line each
	MatchAll Op = "match-all" // prints all of them
	Replace  Op = "replace"   // prints the text with all matches replaced
	Split    Op = "split"     // prints what is between the matches, a line each
)

// Ops returns all ops.
func Ops() []Op { return []Op{Match, MatchAll, Replace, Split} }

// A Language is one that programs are written in.
type Language struct {
	ID, Label string
	Flavor    string // whose patterns it takes
	File      string // the name that a program's file usually has

	template string
	ops      []Op // nil for all
	literal  func(pattern, flags string) (string, error)
	// options are the flags that the literal does not carry, in the language's words.
	options func(flags string) string
	// notation is how it writes replacements, nil where it does not replace.
	notation *notation
	typed    bool
	// extended says that its patterns are POSIX's.
	extended bool
	// strict says that what is lost in a conversion is refused, and filled are the ops that it does otherwise for a
	// pattern that matches the empty text.
	strict bool
	filled []Op
	// note is what a user of every program of this language has to know.
	note string
}

// Languages returns all languages, those of one flavor together.
func Languages() []*Language { return languages }

// LookupLanguage returns the language with an ID. The error names those there are.
func LookupLanguage(id string) (*Language, error) {
	var all []string
	for _, l := range languages {
		if l.ID == id {
			return l, nil
		}
		all = append(all, l.ID)
	}
	return nil, fmt.Errorf("unknown language %q (there are: %s)", id, strings.Join(all, ", "))
}

// Does reports whether the language's programs can do an op.
func (l *Language) Does(op Op) bool { return l.ops == nil || slices.Contains(l.ops, op) }

// A Snippet is a program.
type Snippet struct {
	Code string
	// Pattern and Flags are what is in it: the converted ones.
	Pattern, Flags string
	// Changes are those of the conversion, none where the flavor is the pattern's own.
	Changes []convert.Change
	// Note is what a user has to know besides, or "".
	Note string
}

// errFilled says that a tool passes over empty matches, or sees others.
var errFilled = errors.New("the pattern can match the empty text, which is not the same here")

//go:embed templates/*.tmpl
var files embed.FS

var templates = template.Must(template.ParseFS(files, "templates/*.tmpl"))

// values are what a template gets.
type values struct {
	Op                            string
	Literal, Options, Replacement string
	Length                        int    // of the pattern, in bytes
	Typed, Unicode                bool   // TypeScript; the text is UTF-8
	Locale                        string // for tools that depend on it
}

// Write writes a program. The pattern must have no errors. replacement counts with Replace only, which needs it: it is in
// the syntax of any engine of the pattern's flavor. The error is that the pattern or the replacement cannot be written in
// this language.
func (l *Language) Write(tree *syntax.Tree, flags string, op Op, replacement *replace.Template) (*Snippet, error) {
	if !l.Does(op) {
		return nil, fmt.Errorf("%s is not written for %s", op, l.Label)
	}
	s := &Snippet{Pattern: tree.Pattern, Flags: flags, Note: l.note}
	own := tree.Flavor.Name == l.Flavor
	if !own {
		if err := s.convert(tree, l); err != nil {
			return nil, err
		}
	}
	written, err := parseAs(s.Pattern, s.Flags, l.Flavor)
	if err != nil {
		return nil, err
	}
	v := values{Locale: "C", Op: string(op), Length: len(s.Pattern), Typed: l.typed, Unicode: strings.Contains(s.Flags, "u")}
	if slices.Contains(l.filled, op) {
		if least, _ := written.Width(written.Root); least == 0 {
			return nil, errFilled
		}
	}
	if v.Unicode {
		v.Locale = "C.UTF-8"
	}
	var e *extended
	if l.extended {
		if e, err = extend(s.Pattern, s.Flags); err != nil {
			return nil, err
		}
		v.Locale = e.locale
		v.Literal, err = style("shell")(e.pattern, "")
	} else {
		v.Literal, err = l.literal(s.Pattern, s.Flags)
	}
	if err != nil {
		return nil, err
	}
	if l.options != nil {
		v.Options = l.options(s.Flags)
	}
	if op == Replace {
		if v.Replacement, err = l.replacement(tree, written, replacement, e); err != nil {
			return nil, err
		}
	}
	if l.ID == "sed" {
		if v.Literal, err = substitute(e.pattern, op, v.Replacement); err != nil {
			return nil, err
		}
	}
	var b strings.Builder
	if err := templates.ExecuteTemplate(&b, l.template+".tmpl", v); err != nil {
		return nil, err
	}
	s.Code = b.String()
	return s, nil
}

// convert takes the pattern of another flavor.
func (s *Snippet) convert(tree *syntax.Tree, l *Language) error {
	to, err := flavor.Lookup(l.Flavor)
	if err != nil {
		return err
	}
	result, err := convert.Convert(tree, to)
	if err != nil {
		return err
	}
	s.Pattern, s.Flags, s.Changes = result.Pattern, result.Flags, result.Changes
	for _, c := range result.Changes {
		if l.strict && c.Severity == syntax.SeverityError {
			why, _, _ := strings.Cut(c.Message, ": ") // what follows is what stands instead
			return fmt.Errorf("it is written by way of %s's syntax, which cannot say all of it: %s", to.Label, why)
		}
	}
	return nil
}

// replacement writes one as a literal, for the pattern that is written.
func (l *Language) replacement(tree, written *syntax.Tree, t *replace.Template, e *extended) (string, error) {
	if t == nil {
		return "", errors.New("there is no replacement")
	}
	refer := renumbered(tree, written)
	if e != nil {
		before := refer
		refer = func(number int) (reference, error) {
			r, err := before(number)
			switch {
			case err != nil || r.number == 0:
				return r, err
			case !e.single:
				return r, errors.New("the pattern can match a text in more than one way, of which this tool may take another, so that its groups may differ")
			}
			return reference{number: e.groups[r.number]}, nil
		}
	}
	return l.notation.write(t, tree.Flavor.Name == l.Flavor, groupNumbers(tree), refer)
}

// style is the literal of a style of package convert.
func style(id string) func(pattern, flags string) (string, error) {
	s, err := convert.LookupStyle(id)
	if err != nil {
		panic(err) // a row of languages names no style
	}
	return func(pattern, flags string) (string, error) {
		literal, err := s.Quote(pattern, flags)
		return literal.Text, err
	}
}

// plain is a style's literal of a text that is no pattern.
func plain(id string) func(string) (string, error) {
	quote := style(id)
	return func(text string) (string, error) { return quote(text, "") }
}

// joined makes options of flags that each have a name.
func joined(separator string, names map[rune]string) func(string) string {
	return func(flags string) string {
		var all []string
		for _, letter := range flags {
			if name := names[letter]; name != "" {
				all = append(all, name)
			}
		}
		return strings.Join(all, separator)
	}
}

// quoteC writes a string of bytes: three octal digits cannot run into what follows, as hexadecimal ones can.
func quoteC(pattern, _ string) (string, error) {
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(pattern) {
		switch c := pattern[i]; {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(c))
		case c == '?':
			b.WriteString(`\?`) // no trigraphs
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String(), nil
}

// quotePHP writes a string in single quotes.
func quotePHP(text string) (string, error) {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'", nil
}

func quoteGo(text string) (string, error) { return strconv.Quote(text), nil }
