package trace

import (
	"unicode"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Perl's verbs, as regexec.c of 5.36 has them. What it calls states are our choices. A verb that takes effect sets
// no_final: from then on, whatever fails goes back to the latest yes-state, and what is through is taken for failed. These
// are the lookarounds, of which a negative one then holds, the branches of alternations when the pattern has a (*THEN), and
// lazy repeats of what is not of one length. A (*THEN) ends no_final at the first branch. An alternation that Perl makes a
// trie has no branches.

// A finality is what a verb of Perl has set: no_final, and do_cutgroup.
type finality struct{ noFinal, cutGroup bool }

// triggerPerl does what a verb is for.
func (m *machine) triggerPerl(c choice) {
	m.pc = pcBacktrack
	switch v := m.verbs[m.insts[c.owner].a]; {
	case v.kind == verbSkip && v.name != "":
		at := m.marked(v.name)
		if at < 0 {
			return // as if it were not there
		}
		m.skip = at
	case v.kind == verbSkip:
		m.skip = c.pos
	case v.kind == verbThen:
		m.final.cutGroup = true
	}
	m.final.noFinal = true
}

// dropToYes drops the choices above the latest yes-state. It reports false when there is none.
func (m *machine) dropToYes() bool {
	for len(m.choices) > 0 {
		c := &m.choices[len(m.choices)-1]
		if m.isYes(c) {
			if m.insts[c.owner].op == opAlt && m.final.cutGroup {
				m.final = finality{}
			}
			return true
		}
		m.choices = m.choices[:len(m.choices)-1]
	}
	return false
}

// isYes reports whether a choice is a yes-state.
func (m *machine) isYes(c *choice) bool {
	switch owner := &m.insts[c.owner]; {
	case c.kind == choiceLook || c.kind == choiceNot || c.kind == choiceWidth:
		return true
	case owner.op == opAlt:
		return m.hasThen && m.tokens[owner.tok].Node.Kind == syntax.KindAlternation && m.tries[owner.tok] == trieNone
	case owner.op == opLoop:
		l := &m.loops[owner.a]
		return l.lazy && l.restores == restoreAll
	}
	return false
}

// A trie is what Perl makes of an alternation.
type trie uint8

const (
	trieNone  trie = iota // branches
	trieJumps             // a trie that something follows in some alternatives
	trieWords             // a trie of nothing but letters
)

// findTries finds out for each token what Perl makes of it.
func (c *compiler) findTries() {
	c.tries = make([]trie, len(c.Program.tokens))
	for i, token := range c.Program.tokens {
		switch n := token.Node; {
		case n.Kind != syntax.KindAlternation || !isTrie(n):
		case isWords(n):
			c.tries[i] = trieWords
		default:
			c.tries[i] = trieJumps
		}
	}
}

// isWords reports whether each alternative is nothing but letters.
func isWords(n *syntax.Node) bool {
	for _, alternative := range n.Sub {
		if alternative.Kind == syntax.KindLiteral || alternative.Kind == syntax.KindEmpty {
			continue
		}
		for _, sub := range alternative.Sub {
			if sub.Kind != syntax.KindLiteral && !sub.Kind.IsTrivia() {
				return false
			}
		}
	}
	return true
}

// isTrie reports whether Perl makes a trie of an alternation: when each alternative begins with letters that are not
// repeated, or is empty.
func isTrie(n *syntax.Node) bool {
	for _, alternative := range n.Sub {
		var items []*syntax.Node
		for _, sub := range alternative.Sub {
			if !sub.Kind.IsTrivia() {
				items = append(items, sub)
			}
		}
		if alternative.Kind != syntax.KindConcat {
			items = []*syntax.Node{alternative}
		}
		switch {
		case len(items) == 0, items[0].Kind == syntax.KindEmpty:
			continue
		case items[0].Kind != syntax.KindLiteral:
			return false
		}
		// One letter alone with two cases is a set to Perl.
		alone := len(items) == 1 || items[1].Kind != syntax.KindLiteral
		if items[0].Flags.Has('i') && alone && items[0].Len() == 1 && unicode.IsLetter(items[0].Runes()[0]) {
			return false
		}
	}
	return true
}

// succeeds reports whether what is through is so in Perl: not when a verb has set no_final.
func (m *machine) succeeds(height int32) bool {
	if !m.final.noFinal {
		return true
	}
	m.choices = m.choices[:height]
	m.pc = pcBacktrack
	return false
}

// through is the end of a lookaround or an atomic group: what \K set in it stays when something fails later, and marks in
// it are none any more.
func (m *machine) through(undone, mark int32) {
	kept := min(undone, int32(len(m.undo))) // tidy may have made it shorter
	for _, u := range m.undo[kept:] {
		if u.register != regStart {
			m.undo[kept] = u
			kept++
		}
	}
	m.undo = m.undo[:kept]
	if m.registers[regMark] != mark {
		m.set(regMark, mark)
	}
}
