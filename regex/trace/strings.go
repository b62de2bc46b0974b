package trace

import "github.com/regexdbg/regexdbg/regex/syntax"

// A stringSet is what a class or a property matches that has strings of several characters, or the empty one: one of its
// strings, longer ones first. It is one test, since a property can have thousands of strings.
type stringSet struct {
	// set is that of the strings of one character.
	set int32
	// same is, of the characters that strings are made of and those that are the same when case is ignored, the one that
	// stands for all of them in nodes.
	same map[rune]rune
	// nodes are a tree of the strings, from the end where matching begins; the root comes first.
	nodes []stringNode
}

// A stringNode is where a string ends or goes on.
type stringNode struct {
	next map[rune]int32
	ends bool
}

// class compiles a node that matches a character of a set, or a string.
func (c *compiler) class(n *syntax.Node) {
	strings := c.tree.ClassStrings(n)
	if len(strings) == 0 {
		c.set(n)
		return
	}
	chars, known := c.tree.CharSet(n)
	if !known {
		c.unsupported(n, "the set "+c.tree.Source(n)+" (its characters are not known)")
		return
	}
	s := stringSet{set: c.setOf(setKey{n, -1}, chars), same: map[rune]rune{}, nodes: make([]stringNode, 1)}
	for _, text := range strings {
		s.add(c, n, []rune(text))
	}
	c.strings = append(c.strings, s)
	c.emit(c.directed(opStrings, opStringsBack), c.token(n), int32(len(c.strings)-1), 0)
}

func (s *stringSet) add(c *compiler, n *syntax.Node, text []rune) {
	at := int32(0)
	for i := range text {
		r := text[i]
		if c.back {
			r = text[len(text)-1-i]
		}
		if _, known := s.same[r]; !known {
			for _, other := range c.tree.RuneSet(n, r) {
				for folded := other.First; folded <= other.Last; folded++ {
					s.same[folded] = r
				}
			}
			s.same[r] = r
		}
		r = s.same[r]
		next, ok := s.nodes[at].next[r]
		if !ok {
			next = int32(len(s.nodes))
			if s.nodes[at].next == nil {
				s.nodes[at].next = map[rune]int32{}
			}
			s.nodes[at].next[r] = next
			s.nodes = append(s.nodes, stringNode{})
		}
		at = next
	}
	s.nodes[at].ends = true
}

// longest finds the longest string at pos that has fewer characters than below: where it ends, and how many it has.
func (m *machine) longest(s *stringSet, pos int32, back bool, below int32) (end, count int32, ok bool) {
	if s.nodes[0].ends && below > 0 {
		end, ok = pos, true
	}
	at := int32(0)
	for n := int32(1); n < below; n++ {
		r, next := m.decode(pos)
		if back {
			r, next = m.decodeLast(pos)
		}
		if next == pos {
			break
		}
		pos = next
		if n == 1 && m.sets[s.set].has(r) {
			end, count, ok = pos, n, true
		}
		same, known := s.same[r]
		if at >= 0 && known {
			if to, on := s.nodes[at].next[same]; on {
				at = to
				if s.nodes[at].ends {
					end, count, ok = pos, n, true
				}
				continue
			}
		}
		break
	}
	return end, count, ok
}

// takeString is the step of a string, the longest one that is there.
func (m *machine) takeString(in *inst, pc int32) {
	s, back := &m.strings[in.a], in.op == opStringsBack
	end, count, ok := m.longest(s, m.pos, back, unlimited)
	if !ok {
		m.failed(pc)
		return
	}
	if _, _, more := m.longest(s, m.pos, back, count); more {
		m.choices = append(m.choices, choice{pc + 1, m.pos, count, int32(len(m.undo)), pc, choiceShorter})
	}
	m.matched(pc, end)
}

// shorterString goes on behind the next shorter string.
func (m *machine) shorterString(c *choice, n int) {
	in := &m.insts[c.owner]
	s, back := &m.strings[in.a], in.op == opStringsBack
	m.pc = c.pc
	end, count, _ := m.longest(s, c.pos, back, c.low)
	if _, _, more := m.longest(s, c.pos, back, count); more {
		c.low = count
	} else {
		m.choices = m.choices[:n]
	}
	m.pos = end
}

// shorterStrings counts the strings that are left to a choice.
func (m *machine) shorterStrings(c *choice) int {
	in := &m.insts[c.owner]
	left := 0
	for below := c.low; ; left++ {
		_, count, ok := m.longest(&m.strings[in.a], c.pos, in.op == opStringsBack, below)
		if !ok {
			return left
		}
		below = count
	}
}
