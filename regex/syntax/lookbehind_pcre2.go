package syntax

import (
	"errors"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// The limits of PCRE2 10.42, pcre2_compile.c: what a lookbehind may match in
// characters, and how many alternatives are looked at for all lookbehinds of a
// pattern.
const (
	pcre2MaxLookbehind = 65535
	pcre2MaxBranches   = 2000
)

// fixedWidths measures what PCRE2 takes for the alternatives of a lookbehind: each
// has to match a fixed number of characters.
type fixedWidths struct {
	p        *parser
	w        widths // to find groups, and for messages
	groups   map[*Node]fixedGroup
	open     map[*Node]bool // groups that are being measured
	branches int
	depth    int
}

type fixedGroup struct {
	width, branches int
	err             *notFixed
}

// notFixed is why there is no fixed width, and where.
type notFixed struct {
	at  *Node
	why error
}

var (
	errVaries      = errors.New("this does not always match the same number of characters")
	errTooLong     = errors.New("a lookbehind can match 65,535 characters at most")
	errComplicated = errors.New("the lookbehind is too complicated: 2,000 alternatives are looked at, calls of groups included")
	errByteInUTF   = errors.New(`\C is not possible in a lookbehind with u`)
)

func (p *parser) pcre2Lookbehinds() {
	f := fixedWidths{p: p, w: widths{tree: p.tree}, groups: map[*Node]fixedGroup{}, open: map[*Node]bool{}}
	for _, n := range p.looks {
		branches := []*Node{n.Body()}
		if n.Body().Kind == KindAlternation {
			branches = n.Body().Sub
		}
		for _, branch := range branches {
			if _, bad := f.branch(branch); bad != nil {
				p.notFixedLookbehind(n, bad)
				break
			}
		}
		if f.branches > pcre2MaxBranches {
			return
		}
	}
}

func (p *parser) notFixedLookbehind(n *Node, bad *notFixed) {
	e := &Error{
		Code: "lookbehind-not-fixed", Span: p.lookbehindOpener(n),
		Message: "each alternative of a lookbehind has to match a fixed number of characters",
		Hint:    `or write it before the match and \K behind it`,
	}
	if bad.why != errVaries {
		e.Code, e.Message, e.Hint = "lookbehind-too-long", bad.why.Error(), ""
	}
	if bad.at != nil {
		w := widths{tree: p.tree}
		e.Aux = &Note{bad.at.Span, widthText(w.of(bad.at))}
	}
	p.failWith(e)
}

// branch measures one alternative.
func (f *fixedWidths) branch(n *Node) (int, *notFixed) {
	if f.branches++; f.branches > pcre2MaxBranches {
		return 0, &notFixed{nil, errComplicated}
	}
	items := []*Node{n}
	if n.Kind == KindConcat {
		items = n.Sub
	}
	width := 0
	for _, item := range items {
		if item.Kind == KindVerb && (item.Text == "ACCEPT" || item.Text == "FAIL" || item.Text == "F") {
			break // the rest is never matched
		}
		got, bad := f.item(item)
		if bad != nil {
			return 0, bad
		}
		if width += got; width > pcre2MaxLookbehind {
			return 0, &notFixed{nil, errTooLong}
		}
	}
	return width, nil
}

func (f *fixedWidths) item(n *Node) (int, *notFixed) {
	switch n.Kind {
	case KindLiteral:
		if n.Op == OpVerbatim && f.p.bytes() {
			return len(n.Text), nil
		}
		return n.Len(), nil
	case KindDot, KindProperty, KindClass:
		return 1, nil
	case KindClassEscape:
		switch {
		case n.Rune == 'R' || n.Rune == 'X':
			return 0, &notFixed{n, errVaries}
		case n.Rune == 'C' && f.p.utf:
			return 0, &notFixed{nil, errByteInUTF}
		}
		return 1, nil
	case KindRepetition:
		return f.repetition(n)
	case KindGroup:
		switch {
		case n.IsLook():
			return 0, nil
		case n.IsCapture():
			return f.group(n)
		}
		return f.alternatives(n, n.Body())
	case KindConditional:
		if n.Sub[0].Kind == KindCondition && n.Sub[0].Op == OpDefine {
			return 0, nil
		}
		return f.same(n, n.Sub[1:])
	case KindBackreference, KindCall:
		return f.reference(n)
	case KindConcat, KindAlternation:
		return f.alternatives(n, n)
	}
	return 0, nil
}

// repetition measures a repeat, which has to be of a fixed count, or of a
// lookahead, whatever its count.
func (f *fixedWidths) repetition(n *Node) (int, *notFixed) {
	width, bad := f.item(n.Sub[0])
	switch {
	case bad != nil:
		return 0, bad
	case n.Min == n.Max:
		if width > 0 && n.Min > pcre2MaxLookbehind/width {
			return 0, &notFixed{nil, errTooLong}
		}
		return width * n.Min, nil
	case n.Sub[0].IsLook() && !n.Sub[0].IsBehind():
		return 0, nil
	}
	return 0, &notFixed{n, errVaries}
}

// alternatives measures what may be one or more alternatives, all of which have to
// be as wide.
func (f *fixedWidths) alternatives(n, body *Node) (int, *notFixed) {
	if body.Kind == KindAlternation {
		return f.same(n, body.Sub)
	}
	return f.branch(body)
}

func (f *fixedWidths) same(n *Node, branches []*Node) (int, *notFixed) {
	width := 0
	for i, branch := range branches {
		got, bad := f.branch(branch)
		switch {
		case bad != nil:
			return 0, bad
		case i > 0 && got != width:
			return 0, &notFixed{n, errVaries}
		}
		width = got
	}
	return width, nil
}

// group measures a capture group, once.
func (f *fixedWidths) group(n *Node) (int, *notFixed) {
	if known, ok := f.groups[n]; ok {
		if f.p.duplicates {
			f.branches += known.branches // PCRE2 measures it anew
		}
		return known.width, known.err
	}
	before := f.branches
	f.open[n] = true
	width, bad := f.alternatives(n, n.Body())
	delete(f.open, n)
	f.groups[n] = fixedGroup{width, f.branches - before, bad}
	return width, bad
}

// reference measures the group of a backreference or a call.
func (f *fixedWidths) reference(n *Node) (int, *notFixed) {
	targets := f.w.targets(n)
	switch {
	case len(targets) == 0: // there is no such group, or it is the whole pattern
		return 0, &notFixed{n, errVaries}
	case n.Kind == KindBackreference && (f.p.duplicates || len(targets) > 1):
		return 0, &notFixed{n, errVaries}
	}
	group := targets[0]
	inside := n.Span.Start > group.Span.Start && n.Span.End < group.Span.End
	if inside || f.open[group] || f.depth >= pcre2MaxBranches {
		return 0, &notFixed{n, errVaries}
	}
	f.depth++
	width, bad := f.group(group)
	f.depth--
	if bad != nil && bad.why == errVaries {
		bad = &notFixed{n, errVaries}
	}
	return width, bad
}

// noteDuplicates notes that groups may share a number, which makes PCRE2 measure
// backreferences no more.
func (p *parser) noteDuplicates() { p.duplicates = p.duplicates || p.is(flavor.InPCRE2) }
