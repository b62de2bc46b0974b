package wire

import "github.com/regexdbg/regexdbg/regex/syntax"

// NewAnalysis says what a tree holds. It takes time linear in the pattern.
func NewAnalysis(version int, tree *syntax.Tree, positions *Positions) Analysis {
	tokens := tree.Tokens()
	a := Analysis{
		Type: TypeAnalysis, Version: version,
		Tokens: make([]int, 0, 2*len(tokens)), Pairs: []int{}, Groups: []PatternGroup{},
	}
	for i, t := range tokens {
		a.Tokens = append(a.Tokens, int(t.Kind), positions.Unit(t.Span().End)-positions.Unit(t.Span().Start))
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
	a.Errors = newDiagnostics(positions, tree.Errors[:min(len(tree.Errors), MaxErrors)])
	return a
}

// NewWarnings says what is suspicious in the pattern of these positions.
func NewWarnings(version int, positions *Positions, warnings []*syntax.Error) Warnings {
	return Warnings{Type: TypeWarnings, Version: version, Warnings: newDiagnostics(positions, warnings)}
}

func newDiagnostics(positions *Positions, errors []*syntax.Error) []Diagnostic {
	all := make([]Diagnostic, 0, len(errors))
	for _, e := range errors {
		all = append(all, NewDiagnostic(positions, e))
	}
	return all
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
		Code: string(e.Code), Severity: e.Severity.String(), Message: e.Message, Hint: e.Hint,
		Span: positions.Range(e.Span.Start, e.Span.End),
	}
	if e.Aux != nil {
		related := positions.Range(e.Aux.Span.Start, e.Aux.Span.End)
		d.Related, d.RelatedNote = &related, e.Aux.Message
	}
	if e.Fix != nil {
		d.Fix = &Fix{Span: positions.Range(e.Fix.Span.Start, e.Fix.Span.End), Text: e.Fix.Text}
	}
	return d
}
