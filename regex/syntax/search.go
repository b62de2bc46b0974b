package syntax

import "strings"

// index returns where sep is next, at p.pos or behind it, and len(p.s) when it is
// nowhere. What a search has found, or not, serves the next searches for the same
// text: however often a pattern makes one look ahead, each byte is looked at once
// for each sep.
func (p *parser) index(sep string) int {
	if f, ok := p.finds[sep]; ok && f.from <= p.pos && p.pos <= f.at {
		return f.at
	}
	at := len(p.s)
	if i := strings.Index(p.s[p.pos:], sep); i >= 0 {
		at = p.pos + i
	}
	p.searched += at - p.pos
	if p.finds == nil {
		p.finds = map[string]find{}
	}
	p.finds[sep] = find{p.pos, at}
	return at
}

// A find says that there is no sep in [from, at), and that it is at at.
type find struct{ from, at int }
