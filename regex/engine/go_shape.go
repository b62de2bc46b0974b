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
}

func shapeOf(source string) (goShape, error) {
	tree, err := resyntax.Parse(source, resyntax.Perl)
	if err != nil {
		return goShape{}, err
	}
	prog, err := resyntax.Compile(tree.Simplify())
	if err != nil {
		return goShape{}, err
	}
	s := goShape{size: len(prog.Inst)}
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

func consumes(inst *resyntax.Inst, r rune) bool {
	switch inst.Op {
	case resyntax.InstRuneAny:
		return true
	case resyntax.InstRuneAnyNotNL:
		return r != '\n'
	}
	return inst.MatchRune(r)
}
