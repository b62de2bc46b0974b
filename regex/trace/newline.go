package trace

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// newlineSequence compiles \R: CR LF, or one character that ends a line. Only Java gives the LF back.
func (c *compiler) newlineSequence(n *syntax.Node) {
	ends := syntax.CharSet{{First: '\n', Last: '\r'}, {First: 0x85, Last: 0x85}, {First: 0x2028, Last: 0x2029}}
	if c.bsrANYCRLF() {
		ends = syntax.CharSet{{First: '\n', Last: '\n'}, {First: '\r', Last: '\r'}}
	}
	if c.unit == flavor.Byte {
		ends = ends.Intersect(syntax.CharSet{{First: 0, Last: 0xFF}})
	}
	token := c.token(n)
	set := c.setOf(setKey{n, -1}, ends)
	sequence := func() {
		c.alternatives(n, 2, func(i int) {
			if i == 1 {
				c.emit(c.directed(opSet, opSetBack), token, set, 0)
				return
			}
			first, second := int32('\r'), int32('\n')
			if c.back {
				first, second = second, first
			}
			c.emit(c.directed(opByte, opByteBack), token, first, 0)
			c.emit(c.directed(opByte, opByteBack), token, second, 0)
		})
	}
	if c.tree.Flavor.Set == flavor.InJava {
		sequence()
		return
	}
	c.atomic(token, sequence)
}

// bsrANYCRLF reports whether an option at the pattern's start says that \R is CR, LF or CR LF only.
func (c *compiler) bsrANYCRLF() bool {
	only := false
	for _, n := range c.tree.Root.Sub {
		if n.Kind != syntax.KindVerb {
			break
		}
		switch n.Text {
		case "BSR_ANYCRLF":
			only = true
		case "BSR_UNICODE":
			only = false
		}
	}
	return only
}

// inLine is the step of a character at from, behind which the machine is at to, that matches unless it is a CR before a LF.
func (m *machine) inLine(pc int32, r rune, from, to int32) {
	pair := r == '\r' && int(from)+1 < len(m.text) && m.text[from+1] == '\n'
	if to == m.pos || pair {
		m.failed(pc)
		return
	}
	m.matched(pc, to)
}
