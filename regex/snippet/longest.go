package snippet

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"unicode"
)

// maxWork bounds what longest does: some 50 ms.
const maxWork = 2_000_000

// longest reports whether the match that comes first by priority is always the longest of those that begin at the same
// place of a line. It is false where that is not shown within bounds.
//
// It builds the deterministic automaton of both rules at once: of the states in order of priority, where a match drops
// all behind it, and of all states. Where the second matches, the first has to match as well. What \b and \B say is taken
// to be either at each place, the same for both.
func longest(prog *syntax.Prog) bool {
	l := longestMatch{prog: prog, seen: map[string]bool{}}
	l.alphabet()
	l.bounds = slices.ContainsFunc(prog.Inst, func(in syntax.Inst) bool {
		return in.Op == syntax.InstEmptyWidth && syntax.EmptyOp(in.Arg)&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0
	})
	start := []uint32{uint32(prog.Start)}
	l.add(pair{start, start, true})
	l.add(pair{start, start, false})
	for len(l.todo) > 0 {
		next := l.todo[len(l.todo)-1]
		l.todo = l.todo[:len(l.todo)-1]
		if !l.look(next) || l.work > maxWork {
			return false
		}
	}
	return true
}

type longestMatch struct {
	prog   *syntax.Prog
	runes  []rune // one of each kind that the pattern tells apart
	bounds bool   // it has \b or \B
	seen   map[string]bool
	todo   []pair
	work   int
}

// A pair is where both rules are: instructions in order of priority, and all of them in order. begin says that this is the
// start of a line.
type pair struct {
	first, all []uint32
	begin      bool
}

// alphabet finds the characters that the pattern tells apart.
func (l *longestMatch) alphabet() {
	starts := []rune{0}
	for i := range l.prog.Inst {
		ranges := runes(&l.prog.Inst[i])
		for j := 0; j < len(ranges); j += 2 {
			starts = append(starts, ranges[j], ranges[j+1]+1)
		}
	}
	slices.Sort(starts)
	for _, r := range slices.Compact(starts) {
		if r <= unicode.MaxRune && r != '\n' {
			l.runes = append(l.runes, r)
		}
	}
}

func (l *longestMatch) add(p pair) {
	key := []byte{0}
	if p.begin {
		key[0] = 1
	}
	for _, pc := range p.first {
		key = binary.AppendUvarint(key, uint64(pc)+1)
	}
	key = append(key, 0)
	for _, pc := range p.all {
		key = binary.AppendUvarint(key, uint64(pc)+1)
	}
	if !l.seen[string(key)] {
		l.seen[string(key)] = true
		l.todo = append(l.todo, p)
	}
}

// look compares both rules at a place, and adds what comes behind each character.
func (l *longestMatch) look(p pair) bool {
	for _, end := range []bool{true, false} {
		for _, bound := range []bool{false, true} {
			if bound && !l.bounds {
				continue
			}
			holds := syntax.EmptyNoWordBoundary
			if bound {
				holds = syntax.EmptyWordBoundary
			}
			if p.begin {
				holds |= syntax.EmptyBeginLine | syntax.EmptyBeginText
			}
			if end {
				holds |= syntax.EmptyEndLine | syntax.EmptyEndText
			}
			first, matched := l.closure(p.first, holds, true)
			all, any := l.closure(p.all, holds, false)
			if any && !matched {
				return false
			}
			if !end {
				l.step(first, all)
			}
		}
	}
	return true
}

func (l *longestMatch) step(first, all []uint32) {
	for _, r := range l.runes {
		next := pair{first: l.behind(first, r), all: l.behind(all, r)}
		slices.Sort(next.all)
		if len(next.all) > 0 && l.work <= maxWork {
			l.add(next)
		}
	}
}

// behind are the instructions behind a character.
func (l *longestMatch) behind(states []uint32, r rune) []uint32 {
	var next []uint32
	for _, pc := range states {
		l.work++
		if in := &l.prog.Inst[pc]; in.MatchRune(r) && !slices.Contains(next, in.Out) {
			next = append(next, in.Out)
		}
	}
	return next
}

// closure returns the instructions that take a character, in the order of priority, and whether there is a match; cut
// drops what comes behind it.
func (l *longestMatch) closure(from []uint32, holds syntax.EmptyOp, cut bool) (states []uint32, matched bool) {
	seen := make([]bool, len(l.prog.Inst))
	var walk func(pc uint32)
	walk = func(pc uint32) {
		l.work++
		if seen[pc] || matched && cut {
			return
		}
		seen[pc] = true
		switch in := &l.prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			walk(in.Out)
			walk(in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			walk(in.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&^holds == 0 {
				walk(in.Out)
			}
		case syntax.InstMatch:
			matched = true
		case syntax.InstFail:
		default:
			states = append(states, pc)
		}
	}
	for _, pc := range from {
		walk(pc)
	}
	return states, matched
}
