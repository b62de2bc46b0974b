package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// Multiplying returns the tokens of two repeats that multiply each other's work, in the order of the pattern, if there
// are such.
//
// In one attempt, a repeat by itself is taken up again at most once for each place of the text. One that is taken up
// more often than that is multiplied, by a repeat around it, in it or before it: of these, the one that is taken up most
// often. An optional part is named only where no repeat of more than one round explains it: in ^(\w+\s?)*$, \s? is taken
// up as often as the others, and multiplies nothing. The length is that of the text in bytes.
func Multiplying(tokens []Token, c *Counters, length int) (first, second int, ok bool) {
	often := func(i int) int64 { return c.Tokens[i].Backtracks }
	// One of several rounds with a quarter of what the busiest has is as busy: they differ by a few at the ends.
	most := busiest(tokens, c, func(i int) bool { return true }, func(i, top int) bool { return often(i) >= often(top)/4 })
	if most < 0 || often(most) <= c.Attempts*int64(length+1) {
		return 0, 0, false
	}
	// Behind one that is taken up n times, one is so n² times: one that is taken up less often does not explain it.
	other := busiest(tokens, c, func(i int) bool {
		return i != most && often(i) > 0 && often(i) >= often(most)/often(i) && tokens[i].Node.Span.Start <= tokens[most].Node.Span.End
	}, func(_, _ int) bool { return true })
	if other < 0 {
		return 0, 0, false
	}
	if tokens[other].Span.Start < tokens[most].Span.Start {
		return other, most, true
	}
	return most, other, true
}

// busiest is the repeat that is taken up again most often of those that count: one of several rounds where that will do,
// beside the busiest of all, and -1 where there is none.
func busiest(tokens []Token, c *Counters, counts func(i int) bool, willDo func(i, top int) bool) int {
	top, several := -1, -1
	for i := range tokens {
		if tokens[i].Node.Kind != syntax.KindRepetition || !counts(i) {
			continue
		}
		if top < 0 || c.Tokens[i].Backtracks > c.Tokens[top].Backtracks {
			top = i
		}
		if tokens[i].Node.Max != 1 && (several < 0 || c.Tokens[i].Backtracks > c.Tokens[several].Backtracks) {
			several = i
		}
	}
	if several >= 0 && willDo(several, top) {
		return several
	}
	return top
}
