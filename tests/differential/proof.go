package differential

import (
	"context"
	"strings"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Proof is how a pattern is written so that its engine does not do what is the reason of an exception: the engine then finds
// what the machine finds for the pattern itself. It has the pattern where %s is, or it is one of these words.
type Proof string

const (
	// proofAtomic writes each possessive repeat as an atomic group.
	proofAtomic Proof = "atomic"
	// proofClasses writes each letter and digit that stands for itself as a class with a second character, which no text
	// has: an engine does not look for it then.
	proofClasses Proof = "classes"
)

func (p Proof) isValid() bool {
	return p == proofAtomic || p == proofClasses || strings.Count(string(p), "%s") == 1
}

// apply writes a pattern so.
func (p Proof) apply(tree *syntax.Tree) string {
	switch p {
	case proofAtomic:
		return atomic(tree)
	case proofClasses:
		return classes(tree)
	}
	return strings.Replace(string(p), "%s", tree.Pattern, 1)
}

// atomic is a pattern with its possessive repeats as atomic groups.
func atomic(tree *syntax.Tree) string {
	before, instead := map[int]string{}, map[int]string{}
	tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindRepetition && n.Greed == syntax.Possessive {
			before[n.Span.Start] += "(?>"
			instead[n.Span.End-1] = ")"
		}
		return true
	})
	var b strings.Builder
	for i := range len(tree.Pattern) {
		b.WriteString(before[i])
		if end, ok := instead[i]; ok {
			b.WriteString(end)
			continue
		}
		b.WriteByte(tree.Pattern[i])
	}
	return b.String()
}

// classes is a pattern with its letters and digits as classes.
func classes(tree *syntax.Tree) string {
	literal := make([]bool, len(tree.Pattern))
	tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind == syntax.KindLiteral {
			for i := n.Span.Start; i < n.Span.End; i++ {
				literal[i] = tree.Source(n) == string(n.Runes())
			}
		}
		return n.Kind != syntax.KindClass
	})
	var b strings.Builder
	for i, r := range tree.Pattern {
		if literal[i] && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			b.WriteString("[" + string(r) + `\x{10FFFD}]`)
			continue
		}
		b.WriteString(string(r))
	}
	return b.String()
}

// Prove returns the texts of a source in which an engine still finds something else than the machine when the pattern is
// written as a proof says.
func Prove(ctx context.Context, o Oracle, source *Source, proof Proof) (*Stepped, error) {
	found, err := o.Search(ctx, []Search{{Query{source.Flags, proof.apply(source.tree)}, source.Texts}})
	if err != nil {
		return nil, err
	}
	proved := *source
	proved.Found = found[0]
	if proved.Found.Refused != "" || proved.Found.Unknown != "" {
		return &Stepped{Source: &proved}, nil
	}
	return Step(ctx, &proved)
}
