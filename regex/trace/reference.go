package trace

import (
	"slices"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A reference is what a backreference or a condition asks about.
type reference struct {
	// slots are the groups' places in Program.groups, in the order in which they are looked at.
	slots []int32
	// fold is the node by whose flags case is ignored, or nil.
	fold *syntax.Node
	// unset says that it matches the empty text when none of the groups is set.
	unset bool
	// any says that each of the groups that are set may match, and not the first one only.
	any bool
}

// reference compiles a backreference.
func (c *compiler) reference(n *syntax.Node) {
	r := reference{slots: c.targets(n), unset: c.tree.Flavor.Semantics.UnsetMatches}
	if n.Flags.Has('i') {
		r.fold = n
	}
	if c.tree.Flavor.Set == flavor.InRuby {
		slices.Reverse(r.slots)
		r.any = true
		if n.Other != "" {
			c.levelReference(n, r)
			return
		}
	}
	c.refs = append(c.refs, r)
	c.emit(c.directed(opRef, opRefBack), c.token(n), int32(len(c.refs)-1), 0)
}

// foldCache keeps what matches a character where case is ignored.
type foldCache map[foldKey]syntax.CharSet

type foldKey struct {
	flags flavor.Flags
	r     rune
}

// refer matches the text of a group.
func (m *machine) refer(in *inst, back bool) {
	r := &m.refs[in.a]
	set := false
	for _, i := range r.slots {
		slot := m.slots[i]
		if m.registers[slot+1] < 0 {
			continue
		}
		set = true
		if r.any && int(m.registers[slot+1]-m.registers[slot]) > len(m.text)-int(m.pos) {
			break // Onigmo looks at no other one
		}
		if pos, ok := m.same(r, m.registers[slot], m.registers[slot+1], back); ok {
			m.matched(m.pc, pos)
			return
		}
		if !r.any {
			break
		}
	}
	if r.unset && !set {
		m.matched(m.pc, m.pos)
	} else {
		m.failed(m.pc)
	}
}

// referEmpty is the only round of a repeat of a group's text when that is empty.
func (m *machine) referEmpty(in *inst) {
	for _, i := range m.refs[in.a].slots {
		if slot := m.slots[i]; m.registers[slot+1] >= 0 {
			if m.registers[slot] == m.registers[slot+1] {
				m.matched(m.pc, m.pos)
				m.pc = in.b
				return
			}
			break
		}
	}
	m.pc++
}

// same returns where the text ends, or begins, that is the same as from start to end.
func (m *machine) same(r *reference, start, end int32, back bool) (int32, bool) {
	if r.fold != nil && m.tree.Flavor.Set == flavor.InJava {
		return m.sameUnits(r, start, end)
	}
	pos := m.pos
	for start < end {
		var want, got rune
		var next int32
		if back {
			want, end = m.decodeLast(end)
			got, next = m.decodeLast(pos)
		} else {
			want, start = m.decode(start)
			got, next = m.decode(pos)
		}
		if next == pos || want != got && !m.folds.same(m.tree, r.fold, want, got) {
			return 0, false
		}
		pos = next
	}
	return pos, true
}

// sameUnits is same in Java where case is ignored, as CIBackRef.match in its Pattern has it: it compares as many characters as
// the group has UTF-16 units, also behind its end, and goes on behind as many units. Where the text ends before, this is
// an exception there, and fails here.
func (m *machine) sameUnits(r *reference, start, end int32) (int32, bool) {
	length, after := 0, m.pos
	for at := start; at < end; at = m.unitBehind(at) {
		next := m.unitBehind(after)
		if next == after {
			return 0, false
		}
		length, after = length+1, next
	}
	pos := m.pos
	for range length {
		want, behind := m.decode(start)
		got, next := m.decode(pos)
		if next == pos || behind == start || want != got && !m.folds.same(m.tree, r.fold, want, got) {
			return 0, false
		}
		start, pos = behind, next
	}
	return after, true
}

// same reports whether two characters differ in case only, where that is ignored.
func (c *foldCache) same(tree *syntax.Tree, node *syntax.Node, want, got rune) bool {
	if node == nil {
		return false
	}
	if want < unicode.MaxASCII && got < unicode.MaxASCII && (want^got) != 0x20 {
		return false
	}
	if tree.Flavor.Set == flavor.InPython && !node.Flags.Has('a') {
		return unicode.ToLower(want) == unicode.ToLower(got) // and not by what is equal in both directions
	}
	if tree.Flavor.Set == flavor.InDotNet { // regexp2's IsCaseEquivalent, which is not what it does for letters
		for r := unicode.SimpleFold(want); r != want; r = unicode.SimpleFold(r) {
			if r == got {
				return true
			}
		}
		return false
	}
	key := foldKey{node.Flags, want}
	set, ok := (*c)[key]
	if !ok {
		set = tree.RuneSet(node, want)
		if *c == nil {
			*c = foldCache{}
		}
		if len(*c) < maxFolds {
			(*c)[key] = set
		}
	}
	return set.Contains(got)
}

// maxFolds bounds the cache: some 3,000 characters have a case.
const maxFolds = 4096
