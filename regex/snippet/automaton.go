package snippet

import (
	"regexp/syntax"
	"slices"
	"unicode"
)

// An automaton is a pattern of Go's as states that each take one character. It is asked whether a tool that takes the
// longest of the leftmost matches, as POSIX has it, finds what Go finds, which takes the first by priority, see longest.go.
//
// It is built on the program of regexp/syntax. What is asked of it errs on the side of no.
type automaton struct {
	prog *syntax.Prog
	from []entry
	next map[uint32][]entry // by state, what follows its character
	// loops says that something repeats without taking a character, or that there are more ways than were followed.
	loops bool
}

// An entry is a state that is reached without taking a character, or the match.
type entry struct {
	state uint32
	match bool
	end   bool // the end of the line was asked for on the way
	bound bool // \b was
	line  bool // the beginning of a line was
	text  bool // the beginning of the text was
	after bool // either was, behind one of the others
}

const (
	// maxForks is how many pairs of states are looked at: some 10 ms. A pattern with more is refused.
	maxForks = 50_000
	// maxEntries is how many ways between two characters are followed.
	maxEntries = 2048
)

func newAutomaton(tree *syntax.Regexp) (*automaton, error) {
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	a := &automaton{prog: prog, next: map[uint32][]entry{}}
	a.from = a.closure(uint32(prog.Start))
	return a, nil
}

// asks reports whether the pattern has one of these conditions.
func (a *automaton) asks(op syntax.EmptyOp) bool {
	return slices.ContainsFunc(a.prog.Inst, func(in syntax.Inst) bool { return in.Op == syntax.InstEmptyWidth && syntax.EmptyOp(in.Arg)&op != 0 })
}

// ascii reports whether all characters that the pattern takes are ASCII.
func (a *automaton) ascii() bool {
	return !slices.ContainsFunc(a.prog.Inst, func(in syntax.Inst) bool {
		ranges := runes(&in)
		return len(ranges) > 0 && ranges[len(ranges)-1] > unicode.MaxASCII
	})
}

// closure returns what is reached from an instruction without a character, in the order of priority, by all ways.
func (a *automaton) closure(pc uint32) []entry {
	var all []entry
	on := map[uint32]bool{}
	var walk func(pc uint32, met entry)
	walk = func(pc uint32, met entry) {
		if on[pc] || len(all) == maxEntries {
			a.loops = true
			return
		}
		on[pc] = true
		defer delete(on, pc)
		in := &a.prog.Inst[pc]
		switch in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			walk(in.Out, met)
			walk(in.Arg, met)
		case syntax.InstCapture, syntax.InstNop:
			walk(in.Out, met)
		case syntax.InstEmptyWidth:
			asked := syntax.EmptyOp(in.Arg)
			met.after = met.after || asked&(syntax.EmptyBeginLine|syntax.EmptyBeginText) != 0 && (met.end || met.bound)
			met.end = met.end || asked&(syntax.EmptyEndText|syntax.EmptyEndLine) != 0
			met.bound = met.bound || asked&syntax.EmptyWordBoundary != 0
			met.line = met.line || asked&syntax.EmptyBeginLine != 0
			met.text = met.text || asked&syntax.EmptyBeginText != 0
			walk(in.Out, met)
		case syntax.InstMatch:
			met.state, met.match = pc, true
			all = append(all, met)
		case syntax.InstFail:
		default:
			if !met.end {
				met.state = pc
				all = append(all, met)
			}
		}
	}
	walk(pc, entry{})
	return all
}

// after returns what follows the character of a state.
func (a *automaton) after(state uint32) []entry {
	known, ok := a.next[state]
	if !ok {
		known = a.closure(a.prog.Inst[state].Out)
		a.next[state] = known
	}
	return known
}

// single reports whether there is but one way to each match, so that its groups cannot differ either. Conditions without
// width are taken to hold, except that nothing follows the end of a line. It is false where that is not shown.
//
// It looks at all pairs of ways that take the same text, and finds two that come together again: the test for unambiguous
// automata of Book, Even, Greibach and Ott.
func (a *automaton) single() bool {
	type fork struct{ first, second uint32 }
	var forks []fork
	seen := map[fork]bool{}
	pair := func(first, second entry) bool {
		switch f := (fork{first.state, second.state}); {
		case f.first == f.second:
			return false
		case first.match || second.match:
		case !seen[f] && overlap(runes(&a.prog.Inst[f.first]), runes(&a.prog.Inst[f.second])):
			seen[f] = true
			forks = append(forks, f)
		}
		return len(seen) <= maxForks
	}
	known := map[uint32]bool{}
	var states []uint32
	enter := func(entries []entry) bool {
		for i, first := range entries {
			if !first.match && !known[first.state] {
				known[first.state] = true
				states = append(states, first.state)
			}
			for _, second := range entries[i+1:] {
				if !pair(first, second) {
					return false
				}
			}
		}
		return true
	}
	if !enter(a.from) {
		return false
	}
	for i := 0; i < len(states); i++ {
		if !enter(a.after(states[i])) {
			return false
		}
	}
	for i := 0; i < len(forks); i++ {
		for _, first := range a.after(forks[i].first) {
			for _, second := range a.after(forks[i].second) {
				if !pair(first, second) {
					return false
				}
			}
		}
	}
	return !a.loops
}

// runes returns the ranges of characters that an instruction takes, in pairs and sorted.
func runes(in *syntax.Inst) []rune {
	switch in.Op {
	case syntax.InstRune1:
		return []rune{in.Rune[0], in.Rune[0]}
	case syntax.InstRune:
		if len(in.Rune) > 1 {
			return in.Rune
		}
		if syntax.Flags(in.Arg)&syntax.FoldCase == 0 {
			return []rune{in.Rune[0], in.Rune[0]}
		}
		return folded(in.Rune[0])
	case syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return []rune{0, unicode.MaxRune}
	}
	return nil
}

// folded returns a character and those that are the same without regard to case, as ranges.
func folded(r rune) []rune {
	all := []rune{r}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		all = append(all, f)
	}
	slices.Sort(all)
	var ranges []rune
	for _, r := range all {
		ranges = append(ranges, r, r)
	}
	return ranges
}

func overlap(a, b []rune) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i+1] < b[j]:
			i += 2
		case b[j+1] < a[i]:
			j += 2
		default:
			return true
		}
	}
	return false
}

// complement returns the ranges of all other characters.
func complement(ranges []rune) []rune {
	var others []rune
	next := rune(0)
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i] > next {
			others = append(others, next, ranges[i]-1)
		}
		next = ranges[i+1] + 1
	}
	if next <= unicode.MaxRune {
		others = append(others, next, unicode.MaxRune)
	}
	return others
}

// without returns the ranges without a character.
func without(ranges []rune, r rune) []rune {
	var rest []rune
	for i := 0; i < len(ranges); i += 2 {
		from, to := ranges[i], ranges[i+1]
		if r < from || r > to {
			rest = append(rest, from, to)
			continue
		}
		if from < r {
			rest = append(rest, from, r-1)
		}
		if r < to {
			rest = append(rest, r+1, to)
		}
	}
	return rest
}
