package wire

import "github.com/regexdbg/regexdbg/regex/syntax"

// NewAnalysis says what a tree holds. It takes time linear in the pattern.
func NewAnalysis(version int, tree *syntax.Tree, positions *Positions) Analysis {
	a := Analysis{
		Type: TypeAnalysis, Version: version,
		Tokens: make([]int, 0, 2*len(tree.Tokens)), Pairs: []int{}, Groups: []PatternGroup{}, Errors: []Diagnostic{},
	}
	for i, t := range tree.Tokens {
		a.Tokens = append(a.Tokens, int(t.Kind), positions.Unit(t.Span.End)-positions.Unit(t.Span.Start))
		if int(t.Pair) > i {
			a.Pairs = append(a.Pairs, i, int(t.Pair), int(t.Number))
		}
	}
	for number, g := range tree.Groups {
		if g.Node == nil {
			continue // the whole match, or a number that no group has
		}
		a.Groups = append(a.Groups, PatternGroup{
			Number: number, Name: g.Name, Span: positions.Range(g.Node.Span.Start, g.Node.Span.End),
		})
	}
	for _, e := range tree.Errors[:min(len(tree.Errors), MaxErrors)] {
		a.Errors = append(a.Errors, NewDiagnostic(positions, e))
	}
	return a
}

// TokenKinds are the names of the numbers in [Analysis].Tokens.
func TokenKinds() []string {
	names := make([]string, syntax.TokenKinds())
	for i := range names {
		names[i] = syntax.TokenKind(i).String()
	}
	return names
}

// NewDiagnostic says what is wrong with the pattern of these positions.
func NewDiagnostic(positions *Positions, e *syntax.Error) Diagnostic {
	d := Diagnostic{
		Code: string(e.Code), Message: e.Message, Hint: e.Hint,
		Span: positions.Range(e.Span.Start, e.Span.End),
	}
	if e.Aux != nil {
		related := positions.Range(e.Aux.Span.Start, e.Aux.Span.End)
		d.Related, d.RelatedNote = &related, e.Aux.Message
	}
	return d
}
