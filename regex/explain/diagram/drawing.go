package diagram

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A drawing makes the shapes of one tree.
type drawing struct {
	tree  *syntax.Tree
	room  int // parts that may still be made
	depth int
	cut   bool
	bad   map[*syntax.Node]string
}

// badErrors is how many errors are shown in the diagram.
const badErrors = 100

// badNodes finds the innermost part for each error of a tree.
func badNodes(tree *syntax.Tree) map[*syntax.Node]string {
	bad := map[*syntax.Node]string{}
	for _, e := range tree.Errors[:min(len(tree.Errors), badErrors)] {
		path := tree.At(e.Span.Start)
		n := path[len(path)-1]
		if _, known := bad[n]; !known {
			bad[n] = e.Message
		}
	}
	return bad
}

func (d *drawing) is(set flavor.Set) bool { return d.tree.Flavor.Set&set != 0 }

// at is the place of a node, with what is said about it.
func (d *drawing) at(n *syntax.Node, title string) place {
	return d.span(n, n.Span, title)
}

func (d *drawing) span(n *syntax.Node, span syntax.Span, title string) place {
	p := place{from: span.Start, to: span.End, class: "rr-" + n.Kind.String(), title: title}
	if message, bad := d.bad[n]; bad {
		p.bad = true
		p.title = "Error: " + visible(message)
	}
	return p
}

// source is the text of a node for a title: "[a-z]: …".
func (d *drawing) source(span syntax.Span) string {
	short, _ := shorten(d.tree.Pattern[span.Start:span.End], 80)
	return short
}

// rest stands for nodes that are not drawn.
func (d *drawing) rest(first *syntax.Node, span syntax.Span, why string) shape {
	d.cut = true
	at := d.span(first, span, why)
	at.class = "rr-cut"
	return newBox(at, bare, []run{note("… " + d.words(span))})
}

func (d *drawing) words(span syntax.Span) string {
	return fmt.Sprintf("%d more characters", utf8.RuneCountInString(d.tree.Pattern[span.Start:span.End]))
}

// sequence makes one shape of nodes that follow each other.
func (d *drawing) sequence(nodes []*syntax.Node, avail int) shape {
	return d.sequenceOf(nodes, avail, avail-bends)
}

// sequenceOf is sequence, with the width that lines may have once there are
// several. One shape has all of it.
func (d *drawing) sequenceOf(nodes []*syntax.Node, avail, wrapped int) shape {
	if d.isOne(nodes) {
		wrapped = avail
	}
	shapes := d.appendShapes(nil, nodes, wrapped)
	switch len(shapes) {
	case 0:
		return empty{}
	case 1:
		return shapes[0]
	}
	return newSequence(shapes, avail, wrapped)
}

// isOne reports whether nodes make one shape at most.
func (d *drawing) isOne(nodes []*syntax.Node) bool {
	one := false
	for i := 0; i < len(nodes); {
		n := nodes[i]
		switch {
		case n.Kind == syntax.KindSpace || n.Kind == syntax.KindQuoteMark:
			i++
			continue
		case one:
			return false
		case n.Kind == syntax.KindConcat:
			if len(nodes) > 1 || !d.isOne(n.Sub) {
				return false
			}
			i++
		case isText(n):
			i += textRun(nodes[i:])
		default:
			i += d.equal(nodes[i:])
		}
		one = true
	}
	return true
}

func (d *drawing) appendShapes(shapes []shape, nodes []*syntax.Node, avail int) []shape {
	for i := 0; i < len(nodes); {
		n := nodes[i]
		if d.room <= 0 {
			return append(shapes, d.rest(n, syntax.Span{Start: n.Span.Start, End: nodes[len(nodes)-1].Span.End}, "The diagram is too large to be drawn whole"))
		}
		size := 1
		switch {
		case n.Kind == syntax.KindSpace || n.Kind == syntax.KindQuoteMark:
			// They mean nothing, and nobody would miss them.
		case n.Kind == syntax.KindConcat && d.depth < MaxNesting:
			d.depth++
			shapes = d.appendShapes(shapes, n.Sub, avail)
			d.depth--
		case isText(n):
			size = textRun(nodes[i:])
			shapes = append(shapes, d.text(nodes[i:i+size], avail))
		default:
			size = d.equal(nodes[i:])
			shapes = append(shapes, d.times(nodes[i:i+size], avail))
		}
		i += size
	}
	return shapes
}

// isText reports whether a node is characters that one reads as a text.
func isText(n *syntax.Node) bool { return n.Kind == syntax.KindLiteral && n.Op <= syntax.OpIdentity }

// textRun is how many of the nodes are one text.
func textRun(nodes []*syntax.Node) int {
	run := 0
	for i, n := range nodes {
		switch {
		case n.Kind == syntax.KindQuoteMark:
			continue
		case !isText(n):
			return run
		}
		run = i + 1
	}
	return run
}

const (
	textColumns = 48 // of a box of text: longer lines are hard to follow
	textLines   = 8  // the rest is in the title
)

// text draws characters that match themselves.
func (d *drawing) text(nodes []*syntax.Node, avail int) shape {
	d.room--
	var text []rune
	for _, n := range nodes {
		if n.Kind == syntax.KindLiteral {
			text = append(text, runesOf(n)...)
		}
	}
	span := syntax.Span{Start: nodes[0].Span.Start, End: nodes[len(nodes)-1].Span.End}
	lines, rest := wrap(text, min(max((avail-2*padding)/column, 8), textColumns), textLines)
	title := "the text "
	if len(text) == 1 {
		title = "the character "
	}
	title += visible(string(text))
	if rest > 0 {
		lines[len(lines)-1] = append(lines[len(lines)-1], note(fmt.Sprintf(" … %d more", rest)))
	}
	at := d.span(nodes[0], span, title)
	d.blame(&at, nodes[1:])
	return newBox(at, rounded, lines...)
}

// blame marks a part as bad when one of the nodes is that have no part of their
// own.
func (d *drawing) blame(at *place, nodes []*syntax.Node) {
	for _, n := range nodes {
		if message, bad := d.bad[n]; bad && !at.bad {
			at.bad, at.title = true, "Error: "+visible(message)
		}
	}
}

// runesOf is the characters of a literal; a byte that is not UTF-8 is one, of its
// own number.
func runesOf(n *syntax.Node) []rune {
	if n.Op != syntax.OpVerbatim {
		return []rune{n.Rune}
	}
	var all []rune
	for i := 0; i < len(n.Text); {
		r, size := utf8.DecodeRuneInString(n.Text[i:])
		if r == utf8.RuneError && size == 1 {
			r = rune(n.Text[i])
		}
		all = append(all, r)
		i += size
	}
	return all
}

// leastEqual is how many equal parts in a row are drawn as one.
const leastEqual = 3

// equal is how many of the nodes are the same small part written again, such as
// \d\d\d\d; 1 when that are too few for a shape of their own.
func (d *drawing) equal(nodes []*syntax.Node) int {
	first := nodes[0]
	if len(first.Sub) > 0 || d.bad[first] != "" {
		return 1
	}
	n := 1
	for n < len(nodes) && nodes[n].Kind == first.Kind && nodes[n].Flags == first.Flags && d.bad[nodes[n]] == "" &&
		d.tree.Source(nodes[n]) == d.tree.Source(first) {
		n++
	}
	if n < leastEqual {
		return 1
	}
	return n
}

// times draws one node, or equal ones as one.
func (d *drawing) times(nodes []*syntax.Node, avail int) shape {
	one := d.node(nodes[0], avail)
	if len(nodes) == 1 {
		return one
	}
	d.room--
	span := syntax.Span{Start: nodes[0].Span.Start, End: nodes[len(nodes)-1].Span.End}
	at := d.span(nodes[0], span, fmt.Sprintf("written %d times in a row", len(nodes)))
	at.class = "rr-times"
	return newLoop(loop{place: at, body: one, label: fmt.Sprintf("%d in a row", len(nodes))})
}

// node draws any node.
func (d *drawing) node(n *syntax.Node, avail int) shape {
	if d.depth >= MaxNesting {
		return d.rest(n, n.Span, "This is nested too deeply to be drawn")
	}
	d.depth++
	defer func() { d.depth-- }()
	d.room--
	switch n.Kind {
	case syntax.KindEmpty, syntax.KindSpace, syntax.KindQuoteMark:
		return empty{}
	case syntax.KindConcat:
		return d.sequence(n.Sub, avail)
	case syntax.KindAlternation:
		return d.alternation(n, avail)
	case syntax.KindLiteral:
		if isText(n) {
			return d.text([]*syntax.Node{n}, avail)
		}
		return d.character(n)
	case syntax.KindDot, syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix:
		return d.set(n)
	case syntax.KindClass, syntax.KindClassOp, syntax.KindClassSet:
		return d.class(n, avail)
	case syntax.KindRange, syntax.KindClassString:
		return newFlow(d.at(n, ""), square, d.items([]*syntax.Node{n}, avail), avail)
	case syntax.KindAssertion, syntax.KindKeep:
		words, title := d.assertion(n)
		return newBox(d.at(n, title), pointed, []run{note(words)})
	case syntax.KindGroup:
		label, title := d.group(n)
		if label == "" {
			avail = inside(avail, 8)
		} else {
			avail = inside(avail, 2*framePad)
		}
		return newFrame(d.groupPlace(n, title), label, d.sequence(n.Sub, avail))
	case syntax.KindConditional:
		return d.conditional(n, avail)
	case syntax.KindRepetition:
		return d.repetition(n, avail)
	case syntax.KindBackreference, syntax.KindCall, syntax.KindCondition:
		words, title := d.reference(n)
		return newBox(d.at(n, title), rounded, []run{note(words)})
	case syntax.KindFlags, syntax.KindVerb, syntax.KindCallout, syntax.KindCode, syntax.KindComment:
		words, title := d.remark(n)
		return newBox(d.at(n, title), bare, []run{note(words)})
	case syntax.KindError:
		return d.broken(n, avail)
	}
	panic("diagram: no shape for " + n.Kind.String())
}

// character draws a character that is written as an escape.
func (d *drawing) character(n *syntax.Node) shape {
	if n.Op == syntax.OpNamed {
		name, _ := shorten(n.Text, textColumns)
		return newBox(d.at(n, "the character named "+visible(n.Text)), rounded, []run{note(name)})
	}
	line := []run{cell(n.Rune)}
	title := fmt.Sprintf("%s: the character U+%04X", d.source(n.Span), n.Rune)
	if n.Rune <= utf8.MaxRune && signOf(n.Rune) == "" {
		line = append(line, note(" "+d.source(n.Span)))
	}
	return newBox(d.at(n, title), rounded, line)
}

// set draws a set of characters that has a name.
func (d *drawing) set(n *syntax.Node) shape {
	source, _ := shorten(d.tree.Source(n), textColumns)
	line := []run{{text: source, cols: columns(source)}}
	words := d.setWords(n)
	if words != "" {
		line = append(line, note(" "+words))
	}
	return newBox(d.at(n, join(source, words)), square, line)
}

// alternation draws branches below each other. Many short texts in a row are set
// as one list.
func (d *drawing) alternation(n *syntax.Node, avail int) shape {
	avail = inside(avail, 2*side)
	var branches []branch
	for i := 0; i < len(n.Sub); {
		if d.room <= 0 {
			span := syntax.Span{Start: n.Sub[i].Span.Start, End: n.Span.End}
			branches = append(branches, branch{shape: d.rest(n.Sub[i], span, "The diagram is too large to be drawn whole")})
			break
		}
		if size := d.wordList(n.Sub[i:]); size >= leastWords {
			branches = append(branches, branch{shape: d.list(n.Sub[i:i+size], avail)})
			i += size
			continue
		}
		branches = append(branches, branch{shape: d.sequence(n.Sub[i:i+1], avail)})
		i++
	}
	if len(branches) == 1 {
		return branches[0].shape
	}
	return newStack(d.at(n, "one of these, tried from top to bottom"), branches)
}

const (
	leastWords = 6  // texts in a row that are set as a list
	wordLength = 24 // bytes of a text in a list
	maxItems   = 60 // items of a class or a list that are drawn; the rest is in the title
)

// wordList is how many of the branches are short texts.
func (d *drawing) wordList(branches []*syntax.Node) int {
	for i, b := range branches {
		if b.Span.End-b.Span.Start > wordLength || b.Span.End == b.Span.Start || !d.isWord(b) {
			return i
		}
	}
	return len(branches)
}

func (d *drawing) isWord(n *syntax.Node) bool {
	if d.bad[n] != "" {
		return false
	}
	if n.Kind == syntax.KindConcat {
		return !slices.ContainsFunc(n.Sub, func(sub *syntax.Node) bool { return !isText(sub) || d.bad[sub] != "" })
	}
	return isText(n)
}

// list draws short texts as one list.
func (d *drawing) list(branches []*syntax.Node, avail int) shape {
	d.room--
	shown := branches[:min(len(branches), maxItems)]
	items := []shape{remark(fmt.Sprintf("first of %d", len(branches)))}
	for _, b := range shown {
		d.room--
		var line []run
		for _, n := range parts(b) {
			for _, r := range runesOf(n) {
				line = add(line, cell(r))
			}
		}
		items = append(items, &chip{place: d.at(b, ""), text: line})
	}
	span := syntax.Span{Start: branches[0].Span.Start, End: branches[len(branches)-1].Span.End}
	items = d.more(items, branches[len(shown):])
	at := d.span(branches[0], span, fmt.Sprintf("the first of these %d texts that matches", len(branches)))
	at.class = "rr-list"
	return newFlow(at, rounded, items, avail)
}

func parts(n *syntax.Node) []*syntax.Node {
	if n.Kind == syntax.KindConcat {
		return n.Sub
	}
	return []*syntax.Node{n}
}

// more adds the item that stands for those that are left out, if there are any.
func (d *drawing) more(items []shape, out []*syntax.Node) []shape {
	if len(out) == 0 {
		return items
	}
	span := syntax.Span{Start: out[0].Span.Start, End: out[len(out)-1].Span.End}
	rest, _ := shorten(d.tree.Pattern[span.Start:span.End], 2000)
	at := d.span(out[0], span, rest)
	at.class = "rr-cut"
	return append(items, &chip{place: at, text: []run{note(fmt.Sprintf("… %d more", len(out)))}})
}

// repetition draws what may be passed by or run through again.
func (d *drawing) repetition(n *syntax.Node, avail int) shape {
	label, title := times(n)
	l := loop{
		place: d.at(n, title), label: label,
		skip: n.Min == 0, again: n.Max == syntax.Unlimited || n.Max > 1,
	}
	if n.Greed == syntax.Lazy {
		l.class = "rr-lazy"
	}
	// Comments may stand between the two.
	l.body = d.sequence(n.Sub, inside(avail, 2*loopSide))
	return newLoop(l)
}

// conditional draws a condition and its branches.
func (d *drawing) conditional(n *syntax.Node, avail int) shape {
	avail = inside(avail, 2*framePad)
	branchAvail := inside(avail, 2*side+6*smallWidth)
	condition, rest := n.Sub[0], n.Sub[1:]
	labels := []string{"yes", "no"}
	var branches []branch
	for i, b := range rest {
		branches = append(branches, branch{shape: d.sequence([]*syntax.Node{b}, branchAvail), label: labels[min(i, 1)]})
	}
	if len(branches) == 1 {
		branches = append(branches, branch{shape: empty{}, label: "no"})
	}
	var body shape = empty{}
	if len(branches) > 0 {
		at := d.at(n, "")
		at.from, at.to = rest[0].Span.Start, rest[len(rest)-1].Span.End
		body = newStack(at, branches)
	}
	body = newSequence([]shape{d.node(condition, avail), body}, avail, avail-bends)
	return newFrame(d.at(n, "yes is tried when the condition holds, or else no"), "if", body)
}

// broken draws text that cannot be read, with what could be read of it.
func (d *drawing) broken(n *syntax.Node, avail int) shape {
	source, _ := shorten(d.tree.Source(n), textColumns)
	at := d.at(n, "This cannot be read")
	if message, known := d.bad[n]; known {
		at.title = "Error: " + visible(message)
	}
	at.bad = true
	if len(n.Sub) > 0 {
		return newFrame(at, "error", d.sequence(n.Sub, inside(avail, 2*framePad)))
	}
	return newBox(at, square, []run{{text: source, cols: columns(source)}})
}
