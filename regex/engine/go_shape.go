package engine

import (
	resyntax "regexp/syntax"
)

// goShape is what the search has to know of a compiled program. It comes from
// the same steps that regexp.Compile takes, which does not show its result.
type goShape struct {
	size     int  // instructions
	anchored bool // a match can only start at the start of the text
	looks    bool // what matches can depend on the rune before it: ^ \A \b \B
	// breaks are the ASCII characters that no match can contain, because no
	// instruction consumes them. Whatever the pattern, no thread of the
	// matcher lives on after one, so the text can be searched piece by piece,
	// cut after such a character, with the same result.
	breaks    [256]bool
	hasBreaks bool
	// longest is how many runes a match has at most, and what it looks at behind
	// itself counted, one more; -1 for no bound, or one beyond maxLongest.
	longest int
}

// maxLongest is the most of goShape.longest that is told: what is searched twice behind each
// piece of a text is at most 256 bytes then, a sixteenth of a usual one.
const maxLongest = 64

func shapeOf(source string) (goShape, error) {
	tree, err := resyntax.Parse(source, resyntax.Perl)
	if err != nil {
		return goShape{}, err
	}
	prog, err := resyntax.Compile(tree.Simplify())
	if err != nil {
		return goShape{}, err
	}
	s := goShape{size: len(prog.Inst), longest: longestOf(tree)}
	if s.longest >= 0 && s.longest < maxLongest {
		s.longest++
	} else {
		s.longest = -1
	}
	s.anchored = prog.StartCond()&resyntax.EmptyBeginText != 0
	const before = resyntax.EmptyBeginLine | resyntax.EmptyBeginText | resyntax.EmptyWordBoundary | resyntax.EmptyNoWordBoundary
	free := make([]byte, 0x80)
	for i := range free {
		free[i] = byte(i)
	}
	for i := range prog.Inst {
		inst := &prog.Inst[i]
		switch inst.Op {
		case resyntax.InstEmptyWidth:
			s.looks = s.looks || resyntax.EmptyOp(inst.Arg)&before != 0
		case resyntax.InstRune, resyntax.InstRune1, resyntax.InstRuneAny, resyntax.InstRuneAnyNotNL:
			kept := free[:0]
			for _, c := range free {
				if !consumes(inst, rune(c)) {
					kept = append(kept, c)
				}
			}
			free = kept
		}
	}
	for _, c := range free {
		s.breaks[c] = true
		s.hasBreaks = true
	}
	return s, nil
}

// longestOf is how many runes a match of a tree has at most, or -1 for more than maxLongest.
func longestOf(re *resyntax.Regexp) int {
	sum, most := 0, 0
	for _, sub := range re.Sub {
		n := longestOf(sub)
		if n < 0 {
			return -1
		}
		sum, most = sum+n, max(most, n)
	}
	switch re.Op {
	case resyntax.OpLiteral:
		sum = len(re.Rune)
	case resyntax.OpCharClass, resyntax.OpAnyChar, resyntax.OpAnyCharNotNL:
		sum = 1
	case resyntax.OpAlternate:
		sum = most
	case resyntax.OpStar, resyntax.OpPlus:
		if sum > 0 {
			return -1
		}
	case resyntax.OpRepeat:
		if re.Max < 0 && sum > 0 {
			return -1
		}
		sum *= max(re.Max, 0)
	}
	if sum > maxLongest {
		return -1
	}
	return sum
}

func consumes(inst *resyntax.Inst, r rune) bool {
	switch inst.Op {
	case resyntax.InstRuneAny:
		return true
	case resyntax.InstRuneAnyNotNL:
		return r != '\n'
	}
	return inst.MatchRune(r)
}
