package syntax

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// checkLookbehinds refuses lookbehinds that are wider than the flavor's engines
// can look back. The lookbehinds of JavaScript and .NET have no limits.
func (p *parser) checkLookbehinds() {
	if len(p.looks) == 0 {
		return
	}
	switch {
	case p.is(flavor.InPCRE2):
		p.pcre2Lookbehinds()
	case p.is(flavor.InPerl):
		p.perlLookbehinds()
	case p.is(flavor.InJava):
		p.javaLookbehinds()
	case p.is(flavor.InRuby):
		p.rubyLookbehinds()
	}
}

// lookbehindOpener is the span of a lookbehind's opener, such as (?<=.
func (p *parser) lookbehindOpener(n *Node) Span {
	return Span{n.Span.Start, n.Body().Span.Start}
}

// perlMaxLookbehind is how many characters Perl 5.36 looks back: the width has to
// fit in a byte of its program.
const perlMaxLookbehind = 255

func (p *parser) perlLookbehinds() {
	w := widths{tree: p.tree, openReferences: true}
	for _, n := range p.looks {
		if _, most := w.of(n.Body()); most == Unlimited || most > perlMaxLookbehind || w.callsAround(n) {
			p.failWith(&Error{
				Code: "lookbehind-too-long", Span: p.lookbehindOpener(n), Aux: w.widest(n.Body(), perlMaxLookbehind),
				Message: fmt.Sprintf("a lookbehind can match %d characters at most", perlMaxLookbehind),
				Hint:    `limit the repeats in it, or write it before the match and \K behind it`,
			})
		}
	}
}

// callsAround reports whether a lookbehind calls a group that it is in.
func (w *widths) callsAround(look *Node) bool {
	found := false
	look.Body().Walk(func(n *Node) bool {
		if n.Kind == KindCall {
			for _, group := range w.targets(n) {
				found = found || group.Span.Start < look.Span.Start && look.Span.End < group.Span.End
			}
		}
		return !found && !n.IsLook()
	})
	return found
}

// widest points at the outermost part of a lookbehind that is wider than a limit
// by itself: of those in a chain, the last one that still is.
func (w *widths) widest(n *Node, limit int) *Note {
	var found *Note
	n.Walk(func(n *Node) bool {
		if found != nil && n.Span.End > found.Span.End || n.IsLook() {
			return false
		}
		least, most := w.of(n)
		if most != Unlimited && most <= limit {
			return false
		}
		found = &Note{n.Span, widthText(least, most)}
		return n.Kind != KindRepetition && n.Kind != KindBackreference && n.Kind != KindCall
	})
	return found
}

// widthText says how much something matches.
func widthText(least, most int) string {
	unit := "characters"
	if most == 1 || most == least && least == 1 {
		unit = "character"
	}
	switch {
	case most == Unlimited:
		return fmt.Sprintf("this matches any number of characters from %d", least)
	case least == most:
		return fmt.Sprintf("this matches %d %s", least, unit)
	}
	return fmt.Sprintf("this matches %d to %d %s", least, most, unit)
}
