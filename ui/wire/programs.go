package wire

import (
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/snippet"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// NewPrograms writes a pattern as programs in every language. replacement is the page's, nil where the flavor has none.
func NewPrograms(version int, tree *syntax.Tree, flags string, replacement *replace.Template, positions *Positions) Programs {
	all := Programs{Type: TypePrograms, Version: version, Programs: []Program{}}
	for _, own := range []bool{true, false} {
		for _, l := range snippet.Languages() {
			if (l.Flavor == tree.Flavor.Name) == own {
				all.Programs = append(all.Programs, newProgram(l, tree, flags, replacement, positions))
			}
		}
	}
	return all
}

func newProgram(l *snippet.Language, tree *syntax.Tree, flags string, replacement *replace.Template, positions *Positions) Program {
	p := Program{Language: l.ID, Label: l.Label, Flavor: l.Flavor, Own: l.Flavor == tree.Flavor.Name, File: l.File, Changes: []Change{}, Code: []Code{}}
	if f, err := flavor.Lookup(l.Flavor); err == nil {
		p.Flavor = f.Label
	}
	if len(tree.Errors) > 0 {
		p.Error = "The pattern has an error."
		return p
	}
	written := false
	for _, op := range []snippet.Op{snippet.MatchAll, snippet.Match, snippet.Replace, snippet.Split} {
		if !l.Does(op) {
			continue
		}
		code := Code{Op: string(op)}
		s, err := l.Write(tree, flags, op, replacement)
		switch {
		case err != nil:
			code.Error = err.Error()
		case !utf8.ValidString(s.Code):
			code.Error = "the program has bytes that are not UTF-8, which the page cannot hold"
		default:
			code.Text, written = s.Code, true
			p.Note, p.Changes = s.Note, newChanges(s.Changes, positions)
		}
		p.Code = append(p.Code, code)
	}
	if !written {
		p.Error, p.Code = p.Code[0].Error, []Code{}
	}
	return p
}

func newChanges(changes []convert.Change, positions *Positions) []Change {
	all := make([]Change, 0, len(changes))
	for _, c := range changes {
		all = append(all, Change{Span: positions.Range(c.Span.Start, c.Span.End), Severity: c.Severity.String(), Message: c.Message})
	}
	return all
}
