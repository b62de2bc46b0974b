package regextest

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// read reads a document. folder is where the paths of inputs begin; "" when there are no files.
func read(name string, data []byte, folder string) (*File, Problems) {
	r := &reader{name: name, folder: folder, room: MaxText}
	var document map[string]any
	if err := toml.Unmarshal(data, &document); err != nil {
		return nil, Problems{r.syntax(err, data)}
	}
	r.places, r.blocks = placesOf(data)
	f := &File{Name: name}
	root := table{r: r, keys: document, what: "a file of tests"}
	for _, t := range root.tables("pattern") {
		f.Patterns = append(f.Patterns, r.pattern(t))
	}
	root.done()
	if len(f.Patterns) == 0 && len(r.problems) == 0 {
		r.problem("", "the file has no patterns", "write [[pattern]], and below it pattern = '...'")
	}
	slices.SortStableFunc(r.problems, func(a, b *Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return f, r.problems
}

// A reader reads one document, and gathers what is wrong with it.
type reader struct {
	name     string
	folder   string
	places   places
	blocks   blocks
	room     int // in bytes, for what texts that are not from files have yet to come
	problems Problems
}

// syntax words an error of the TOML reader.
func (r *reader) syntax(err error, data []byte) *Problem {
	p := &Problem{File: r.name, Line: 1, Column: 1, Message: strings.TrimPrefix(err.Error(), "toml: "),
		Hint: "patterns are best written between single quotes, or three of them: there a \\ is a \\"}
	if decode, ok := errors.AsType[*toml.DecodeError](err); ok {
		p.Line, p.Column = decode.Position()
		p.Offset = offsetOf(data, p.Line, p.Column)
	}
	return p
}

// offsetOf returns the offset in bytes of a line and a column of bytes, both from 1.
func offsetOf(data []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		next := bytes.IndexByte(data[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return min(at+column-1, len(data))
}

// problem says what is wrong at a path.
func (r *reader) problem(path, message, hint string) {
	p := &Problem{File: r.name, Line: 1, Column: 1, Message: message, Hint: hint}
	if at, ok := r.places[path]; ok {
		p.Line, p.Column, p.Offset = at.Line, at.Column, at.Offset
	}
	r.problems = append(r.problems, p)
}

func (r *reader) pattern(t *table) *Pattern {
	p := &Pattern{Line: r.places[t.path].Line, Block: r.blocks[t.path], Name: t.text("name"), Flavor: "go"}
	if name := t.optionalText("flavor"); name != nil {
		p.Flavor = *name
	}
	p.Engine, p.Flags = t.text("engine"), t.text("flags")
	f, err := flavor.Lookup(p.Flavor)
	if err == nil {
		p.Flavor = f.Name
		if p.Flags, err = f.CheckFlags(p.Flags); err != nil {
			r.problem(join(t.path, "flags"), err.Error(), "flags are letters with the flavor's own meaning: regexdbg help match, or docs/flavors.md")
		}
	} else {
		r.problem(join(t.path, "flavor"), err.Error(), "")
	}
	if !t.has("pattern") {
		r.problem(t.path, "this has no pattern", "write pattern = '...' below [[pattern]]")
	}
	p.Pattern = t.text("pattern")
	if p.Name == "" {
		p.Name = p.Pattern
	}
	p.Replacement = t.optionalText("replacement")
	p.Budget = t.budget()
	if linear := t.boolean("linear"); linear != nil {
		p.Linear = *linear
	}
	for _, in := range t.tables("input") {
		p.Inputs = append(p.Inputs, r.input(in, p, len(p.Inputs)))
	}
	t.done()
	if p.Tests() == 0 {
		r.problem(t.path, "this pattern has no inputs, so nothing is tested", "write [[pattern.input]] below it, with text = '...' and match = true; or write linear = true")
	}
	return p
}

func (r *reader) input(t *table, p *Pattern, number int) *Input {
	before := len(r.problems)
	in := &Input{Line: r.places[t.path].Line, Block: r.blocks[t.path], Name: t.text("name"), Times: 1}
	if in.Name == "" {
		in.Name = DefaultName(number)
	}
	r.inputText(t, in)
	in.Match = t.boolean("match")
	if first, ok := t.table("first"); ok {
		e := r.expected(first)
		in.First = &e
	}
	if t.has("matches") {
		in.Matches = []Expected{}
		for _, m := range t.tables("matches") {
			in.Matches = append(in.Matches, r.expected(m))
		}
	}
	in.Replaced = t.optionalText("replaced")
	in.Budget = t.budget()
	t.done()
	b := p.budget(in)
	switch {
	case len(r.problems) > before: // what is said here would only follow from that
	case in.Match == nil && in.First == nil && in.Matches == nil && in.Replaced == nil && b == Budget{}:
		r.problem(t.path, "this input expects nothing", "add match = true, match = false, first, matches, replaced, steps or ms_per_mb")
	case in.Match != nil && in.Matches != nil && *in.Match != (len(in.Matches) > 0),
		in.Match != nil && !*in.Match && in.First != nil:
		r.problem(join(t.path, "match"), "match says the contrary of the matches that are expected", "leave match out: the matches say it")
	case in.First != nil && in.Matches != nil:
		r.problem(join(t.path, "first"), "first and matches both say what the first match is", "leave first out")
	case in.Replaced != nil && p.Replacement == nil:
		r.problem(join(t.path, "replaced"), "the pattern has no replacement", "write replacement = '...' below [[pattern]]")
	case b.MSPerMB > 0 && len(in.Text) < MinMeasured:
		r.problem(t.path, fmt.Sprintf("the text has %d bytes, and a speed is measured with %d at least", len(in.Text), MinMeasured),
			"repeat it, with times = ..., or take a file: file = 'log.txt'")
	}
	return in
}

// DefaultName is that of an input without a name, with its index in the pattern.
func DefaultName(number int) string { return fmt.Sprintf("input %d", number+1) }

// inputText reads the text of an input, which is said in one of three ways.
func (r *reader) inputText(t *table, in *Input) {
	var said []string
	for _, key := range []string{"text", "text_base64", "file"} {
		if t.has(key) {
			said = append(said, key)
		}
	}
	in.Text = []byte(t.text("text"))
	encoded := t.text("text_base64")
	in.Path = t.text("file")
	switch {
	case len(said) == 0:
		r.problem(t.path, "this input has no text", "write text = '...', or file = 'path', or text_base64 for bytes that are not UTF-8")
		return
	case len(said) > 1:
		r.problem(join(t.path, said[1]), "this input has two texts: "+strings.Join(said, " and "), "leave one out")
		return
	}
	var err error
	switch said[0] {
	case "text_base64":
		if in.Text, err = base64.StdEncoding.DecodeString(encoded); err != nil {
			r.problem(join(t.path, said[0]), err.Error(), "it is standard base64, with + and / and padding")
		}
	case "file":
		if r.folder == "" {
			r.problem(join(t.path, said[0]), "texts in files of their own cannot be read here", "put it into text")
			break
		}
		path := in.Path
		if !filepath.IsAbs(path) {
			path = filepath.Join(r.folder, filepath.FromSlash(path))
		}
		if in.Text, err = readBounded(path, MaxText); err != nil {
			r.problem(join(t.path, said[0]), err.Error(), "paths are relative to the folder of the tests")
		}
	}
	if times, ok := t.number("times", true); ok {
		if times > float64(MaxText) || times*float64(len(in.Text)) > MaxText {
			r.problem(join(t.path, "times"), fmt.Sprintf("the text would have more than %d bytes", MaxText), "repeat it less often")
			return
		}
		in.Times = int(times)
	}
	if r.folder == "" {
		if r.room -= len(in.Text) * in.Times; r.room < 0 {
			r.problem(t.path, fmt.Sprintf("the texts have more than %d bytes together", MaxText), "repeat them less often")
			r.room = MaxText // which is said once, and not of all that follow
			in.Text = nil
			return
		}
	}
	if in.Times > 1 {
		in.Text = bytes.Repeat(in.Text, in.Times)
	}
}

func (r *reader) expected(t *table) (e Expected) {
	before := len(r.problems)
	e.Span = t.span("span")
	e.Text = t.optionalText("text")
	if groups, ok := t.table("groups"); ok {
		for _, key := range groups.names() {
			e.Groups = append(e.Groups, groups.group(key))
		}
	}
	t.done()
	if e.Span == nil && e.Text == nil && e.Groups == nil && len(r.problems) == before {
		r.problem(t.path, "nothing is said of this match", "write span = [start, end], text = '...' or groups = { 1 = '...' }")
	}
	return e
}
