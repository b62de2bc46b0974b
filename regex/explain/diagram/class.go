package diagram

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// class draws a class in brackets, or an operand of one, as a box with its items.
func (d *drawing) class(n *syntax.Node, avail int) shape {
	nodes := n.Sub
	if n.Kind == syntax.KindClassOp {
		nodes = []*syntax.Node{n}
	}
	return newFlow(d.at(n, d.classTitle(n)), square, d.classItems(n, nodes, avail), avail)
}

func (d *drawing) classTitle(n *syntax.Node) string {
	what := ": one character of these"
	if n.Negated {
		what = ": one character that is none of these"
	}
	return d.source(n.Span) + what
}

func (d *drawing) classItems(n *syntax.Node, nodes []*syntax.Node, avail int) []shape {
	var lead []shape
	switch {
	case n.Negated:
		lead = []shape{remark("none of")}
	case len(nodes) == 0:
		lead = []shape{remark("nothing")}
	case len(nodes) > 1:
		lead = []shape{remark("one of")}
	}
	return append(lead, d.items(nodes, avail)...)
}

// items are the shapes of the items of a class.
func (d *drawing) items(nodes []*syntax.Node, avail int) []shape {
	if d.depth >= MaxNesting {
		return []shape{d.rest(nodes[0], syntax.Span{Start: nodes[0].Span.Start, End: nodes[len(nodes)-1].Span.End}, "This is nested too deeply to be drawn")}
	}
	d.depth++
	defer func() { d.depth-- }()
	var shapes []shape
	for i, n := range nodes {
		if len(shapes) >= maxItems || d.room <= 0 {
			return d.more(shapes, nodes[i:])
		}
		shapes = d.appendItem(shapes, n, avail)
	}
	return shapes
}

func (d *drawing) appendItem(shapes []shape, n *syntax.Node, avail int) []shape {
	d.room--
	switch n.Kind {
	case syntax.KindSpace, syntax.KindQuoteMark, syntax.KindEmpty:
		return shapes
	case syntax.KindClass, syntax.KindClassSet:
		return append(shapes, d.class(n, inside(avail, 2*flowPad)))
	case syntax.KindClassOp:
		for i, operand := range n.Sub {
			if i > 0 {
				shapes = append(shapes, remark(operatorWords[n.Op]))
			}
			shapes = append(shapes, d.items([]*syntax.Node{operand}, avail)...)
		}
		return shapes
	case syntax.KindClassString:
		for _, branch := range n.Sub {
			var line []run
			for _, sub := range branch.Sub {
				line = append(line, d.itemText(sub)...)
			}
			if len(line) == 0 {
				line = []run{note("empty")}
			}
			shapes = append(shapes, &chip{place: d.span(n, branch.Span, "this text"), text: line})
		}
		return shapes
	case syntax.KindRange:
		line := append(d.itemText(n.Sub[0]), note("–"))
		line = append(line, d.itemText(n.Sub[1])...)
		at := d.at(n, d.rangeTitle(n))
		d.blame(&at, n.Sub)
		return append(shapes, &chip{place: at, text: line})
	case syntax.KindLiteral:
		// A quoted text is one node, and many characters.
		lines, rest := wrap(runesOf(n), max((avail-4*chipPad)/column, 8), 4)
		for _, line := range lines {
			shapes = append(shapes, &chip{place: d.at(n, ""), text: line})
		}
		if rest > 0 {
			shapes = append(shapes, &chip{place: d.at(n, ""), text: []run{note(fmt.Sprintf("… %d more", rest))}})
		}
		return shapes
	}
	return append(shapes, &chip{place: d.at(n, d.setWords(n)), text: d.itemText(n)})
}

var operatorWords = [...]string{
	syntax.OpIntersection: "and also in", syntax.OpDifference: "but not in",
	syntax.OpUnion: "or in", syntax.OpSymmetric: "or else in",
}

// itemText is an item of a class as it is written, or the character that it is.
func (d *drawing) itemText(n *syntax.Node) []run {
	if n.Kind == syntax.KindLiteral && n.Op != syntax.OpNamed {
		var line []run
		for _, r := range runesOf(n) {
			line = add(line, cell(r))
		}
		return line
	}
	source, _ := shorten(d.tree.Source(n), textColumns)
	return []run{{text: source, cols: columns(source)}}
}

func (d *drawing) rangeTitle(n *syntax.Node) string {
	low, high := runesOf(n.Sub[0]), runesOf(n.Sub[1])
	if len(low) != 1 || len(high) != 1 || high[0] < low[0] {
		return ""
	}
	if count := high[0] - low[0] + 1; count > 1 {
		return fmt.Sprintf("%d characters", count)
	}
	return "1 character"
}
