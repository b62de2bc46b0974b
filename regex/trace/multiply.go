package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// Multiplying returns the tokens of two repeats that multiply each other's work, in the order of the pattern, if there
// are such.
//
// In one attempt, a repeat by itself is taken up again at most once for each place of the text. One that is taken up
// more often than that is multiplied, by a repeat around it, in it or before it: of these, the one that is taken up most
// often. The length is that of the text in bytes.
func Multiplying(tokens []Token, c *Counters, length int) (first, second int, ok bool) {
	most := -1
	for i := range tokens {
		if repeats(tokens[i]) && (most < 0 || c.Tokens[i].Backtracks > c.Tokens[most].Backtracks) {
			most = i
		}
	}
	if most < 0 || c.Tokens[most].Backtracks <= c.Attempts*int64(length+1) {
		return 0, 0, false
	}
	other := -1
	for i := range tokens {
		if i == most || !repeats(tokens[i]) || c.Tokens[i].Backtracks == 0 {
			continue
		}
		a, b := tokens[i].Node.Span, tokens[most].Node.Span
		if a.Start > b.End || other >= 0 && c.Tokens[i].Backtracks <= c.Tokens[other].Backtracks {
			continue
		}
		other = i
	}
	if other < 0 {
		return 0, 0, false
	}
	if tokens[other].Span.Start < tokens[most].Span.Start {
		return other, most, true
	}
	return most, other, true
}

func repeats(t Token) bool { return t.Node.Kind == syntax.KindRepetition }
