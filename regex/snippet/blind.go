package snippet

import "slices"

// maxMeetings is how many pairs of entries are looked at: some 100 ms. A pattern with more is refused.
const maxMeetings = 2_000_000

// words are the characters that \b takes for those of words.
var words = []rune{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}

// blind reports whether a search for all matches may go wrong that is blind to what is before the place where it goes on.
//
// The regex crate 1.7 finds where a match ends in the text, and then where it begins by going back in the rest of it, from
// the end of the match before on. At that place it takes ^, \A and \b for what they are at the beginning of a text. So it
// loses a match, and all that follow: \b[^a] finds one in X&, which has two. Or it lets one begin too early: for
// a|\bbc|c it finds bc in abc, where Go finds c. With lines there is no line feed in a match, and \A is ^.
//
// It errs on the side of yes.
func (a *automaton) blind(lines bool) bool {
	word, loose := a.wordEnds()
	var early []entry // with a condition that it may take for true
	for _, e := range a.from {
		inWord, beside := a.takes(e.state, words), e.match || a.takes(e.state, complement(words))
		switch {
		case e.line || e.text:
			early = append(early, e)
		case e.bound && beside && word:
			return true // here it is true, and is taken for false
		case e.bound && inWord && loose:
			early = append(early, e)
		}
	}
	return len(early) > 0 && (a.overtakes(early, lines) || a.loops)
}

// takes reports whether a state takes one of some characters.
func (a *automaton) takes(state uint32, ranges []rune) bool {
	return overlap(runes(&a.prog.Inst[state]), ranges)
}

// wordEnds reports whether the character before the place where a search goes on may be one of a word, and whether it may
// also be when the next one is.
func (a *automaton) wordEnds() (word, loose bool) {
	if slices.ContainsFunc(a.from, func(e entry) bool { return e.match }) {
		return true, true // behind an empty match it goes on one character later
	}
	for pc := range a.prog.Inst {
		if !a.takes(uint32(pc), words) {
			continue
		}
		for _, e := range a.after(uint32(pc)) {
			word = word || e.match
			loose = loose || e.match && !e.bound
		}
	}
	return word, loose
}

// overtakes reports whether a way that begins at one of some entries may end where a way ends that begins later.
func (a *automaton) overtakes(early []entry, lines bool) bool {
	// The second way is none before it has begun, which state 0 stands for: it is never one that takes a character.
	type race struct{ first, second uint32 }
	var races []race
	seen := map[race]bool{}
	met := 0
	meet := func(first, second entry) (both bool) {
		if met++; met > maxMeetings {
			return true
		}
		if first.match || second.match {
			return first.match && second.match
		}
		r := race{first.state, second.state}
		if !seen[r] && (r.second == 0 || a.takes(r.first, runes(&a.prog.Inst[r.second]))) {
			seen[r] = true
			races = append(races, r)
		}
		return len(seen) > maxForks
	}
	for _, e := range early {
		if meet(e, entry{}) {
			return true
		}
	}
	begun := map[before][]entry{}
	for i := 0; i < len(races); i++ {
		r := races[i]
		second := a.after(r.second)
		if r.second == 0 {
			b := a.leaves(r.first, lines)
			if begun[b] == nil {
				begun[b] = append(a.begun(b), entry{})
			}
			second = begun[b]
		}
		for _, first := range a.after(r.first) {
			for _, e := range second {
				if meet(first, e) {
					return true
				}
			}
		}
	}
	return false
}

// before is what the character before a place may be.
type before struct{ word, beside, lineFeed bool }

// leaves returns what is before the place behind a state's character.
func (a *automaton) leaves(state uint32, lines bool) before {
	return before{a.takes(state, words), a.takes(state, complement(words)), !lines && a.takes(state, []rune{'\n', '\n'})}
}

// begun returns the entries at which a way may begin there.
func (a *automaton) begun(b before) []entry {
	var all []entry
	for _, e := range a.from {
		switch {
		case e.text, e.line && !b.lineFeed:
		case e.bound && !e.match && !(b.word && a.takes(e.state, complement(words))) && !(b.beside && a.takes(e.state, words)):
		default:
			all = append(all, e)
		}
	}
	return all
}

// crowded reports whether ^ is asked for behind $ or \b at the same place, which is not always found by the regex crate
// 1.7: (?m)\b^. misses lines behind the first one.
func (a *automaton) crowded() bool {
	after := func(e entry) bool { return e.after }
	for pc := range a.prog.Inst {
		if runes(&a.prog.Inst[pc]) != nil && slices.ContainsFunc(a.after(uint32(pc)), after) {
			return true
		}
	}
	return slices.ContainsFunc(a.from, after)
}
