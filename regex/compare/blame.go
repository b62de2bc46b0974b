package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A dispute is what is known of two sides that differ, and of where they do.
type dispute struct {
	a, b       *party
	pattern    string
	text       *engine.Text
	limits     Limits
	difference *Difference
	before     Match // of a, and the same of b; nil for the first
	deadline   time.Time

	chars  syntax.CharSet // of the text, see alphabet
	near   syntax.CharSet // of the text around the difference
	within syntax.CharSet // of the matches that differ
	known  bool           // all three are made
}

// A suspect is a part of the pattern that means something else on the two sides.
type suspect struct {
	span   syntax.Span
	reason string
	// evident says that the difference itself shows that it is this.
	evident bool
	// near says that it is about what is in the text where the difference is.
	near bool
	// within says that it is about a character that one of the matches has taken.
	within bool
	// edits are ways to make both sides mean the same.
	edits []edit
}

// An edit is one side with a pattern, or flags, that mean what the other side's do
// in one place.
type edit struct {
	on, as *party
	span   syntax.Span
	text   string
	flags  *string // instead of an edit of the pattern
}

// maxProofs bounds how many patterns are run to find what is to blame for one
// difference. Longer patterns have more parts than anybody reads about.
const maxProofs = 64

// blame finds what makes a difference. A suspect is proved when one side, with that
// part written as the other means it, finds what the other does, up to the
// match at which they differed and that included.
func blame(ctx context.Context, d *dispute) []Blame {
	if len(d.a.tree.Errors)+len(d.b.tree.Errors) > 0 {
		return nil // the engines take what our parser does not: nothing is known
	}
	suspects := d.suspects(ctx)
	proofs := 0
	agrees := func(edits []edit) bool {
		proofs++
		return proofs <= maxProofs && d.agrees(ctx, edits)
	}
	if proved := prove(suspects, agrees); proved != nil {
		return proved
	}
	asked := d.asked(ctx, suspects)
	if proved := prove(asked, agrees); proved != nil {
		return proved
	}
	suspects = append(suspects, asked...)
	if len(suspects) > 0 {
		return []Blame{{suspects[0].span, suspects[0].reason, false}}
	}
	return d.localized(ctx)
}

// prove returns the first suspect, the likeliest ones first, with which the sides agree, or
// those that only do so together; nil when there are none. It sorts the suspects.
func prove(suspects []suspect, agrees func([]edit) bool) []Blame {
	slices.SortStableFunc(suspects, func(x, y suspect) int { return cmp.Compare(x.rank(), y.rank()) })
	for _, s := range suspects {
		if s.evident {
			return []Blame{{s.span, s.reason, true}}
		}
		for _, e := range s.edits {
			if agrees([]edit{e}) {
				return []Blame{{s.span, s.reason, true}}
			}
		}
	}
	return jointly(suspects, agrees)
}

func (s suspect) rank() int {
	switch {
	case s.evident:
		return 0
	case s.within:
		return 1
	case s.near:
		return 2
	}
	return 3
}

// jointly finds suspects that only together make a difference: all that can be
// written otherwise on one side, and then without those that are not needed.
func jointly(suspects []suspect, agrees func([]edit) bool) []Blame {
	for side := range 2 {
		var edits []edit
		var of []suspect
		for _, s := range suspects {
			for _, e := range s.edits {
				if e.flags == nil && (e.on.isFirst == (side == 0)) && !overlaps(edits, e) {
					edits, of = append(edits, e), append(of, s)
					break
				}
			}
		}
		if len(edits) < 2 || !agrees(edits) {
			continue
		}
		for i := len(edits) - 1; i >= 0 && len(edits) > 1; i-- {
			if fewer := slices.Delete(slices.Clone(edits), i, i+1); agrees(fewer) {
				edits, of = fewer, slices.Delete(of, i, i+1)
			}
		}
		var blames []Blame
		for _, s := range of {
			blames = append(blames, Blame{s.span, s.reason, true})
		}
		return blames
	}
	return nil
}

func overlaps(edits []edit, e edit) bool {
	return slices.ContainsFunc(edits, func(other edit) bool { return e.span.Start < other.span.End && other.span.Start < e.span.End })
}

// agrees runs a side with edits, and reports whether it finds what the other side
// has found, up to the difference.
func (d *dispute) agrees(ctx context.Context, edits []edit) bool {
	on, as := edits[0].on, edits[0].as
	side := on.Side
	pattern := d.pattern
	edits = slices.Clone(edits) // the caller's have the order of their suspects
	slices.SortFunc(edits, func(x, y edit) int { return y.span.Start - x.span.Start })
	for _, e := range edits {
		if e.flags != nil {
			side.Flags = *e.flags
			continue
		}
		pattern = pattern[:e.span.Start] + e.text + pattern[e.span.End:]
	}
	r, ok := d.rerun(ctx, side, pattern)
	if !ok {
		return false
	}
	found, want := r.hashes[:min(len(r.hashes), d.difference.Index+1)], as.hashes[:min(len(as.hashes), d.difference.Index+1)]
	return (len(want) == 0 || len(r.Groups) == len(as.Groups)) && slices.Equal(found, want)
}

// left is how long a search may take that is to find what is to blame, 0 or less for no
// more of them.
func (d *dispute) left() time.Duration {
	left := time.Until(d.deadline)
	if d.limits.Timeout > 0 {
		left = min(left, d.limits.Timeout)
	}
	return left
}

// rerun runs a side again, up to the difference. It reports false when that did not
// get so far.
func (d *dispute) rerun(ctx context.Context, side Side, pattern string) (*Report, bool) {
	limits := Limits{Timeout: d.left(), Matches: d.difference.Index + 1}
	if limits.Timeout <= 0 || ctx.Err() != nil || limits.Matches > MaxMatches {
		return nil, false
	}
	r := Run(ctx, side, pattern, d.text, limits)
	return r, r.Ran() && (r.Complete() || r.Outcome == engine.Limit && r.Count == limits.Matches)
}

// localized finds the smallest part of the pattern that already finds something
// else alone. The table knows no reason then.
func (d *dispute) localized(ctx context.Context) []Blame {
	parts := pairs(d.a.tree, d.b.tree)
	slices.SortStableFunc(parts, func(x, y pair) int {
		return cmp.Compare(x.span.End-x.span.Start, y.span.End-y.span.Start)
	})
	seen := map[string]bool{}
	for _, p := range parts {
		source := d.pattern[p.span.Start:p.span.End]
		if seen[source] || len(seen) == maxProofs/2 || source == d.pattern || source == "" {
			continue
		}
		seen[source] = true
		a, okA := d.rerun(ctx, d.a.Side, source)
		b, okB := d.rerun(ctx, d.b.Side, source)
		if okA && okB && !slices.Equal(a.hashes, b.hashes) {
			return []Blame{{p.span, fmt.Sprintf("%s alone already finds something else in %s than in %s; %s", quoted(source), d.a.name, d.b.name, d.unicode(p)), false}}
		}
	}
	return d.versions()
}

// unicode says of a set that the engines may know other characters.
func (d *dispute) unicode(p pair) string {
	x, y := d.unicodes()
	if p.same() && x != y {
		n := p.a[0]
		for n.Kind == syntax.KindRepetition {
			n = n.Sub[0]
		}
		if _, ok := d.a.tree.CharSet(n); ok {
			return fmt.Sprintf("one knows Unicode %s, the other %s", x, y)
		}
	}
	return "the table of flavors knows no reason"
}

// unicodes are the versions of Unicode's data on both sides, as the engines tell
// them, or else as the table of flavors has them of the engine that was asked, which
// says nothing of two versions of one. Equal ones tell nothing.
func (d *dispute) unicodes() (a, b string) {
	a, b = d.a.Side.Engine.Info().Unicode, d.b.Side.Engine.Info().Unicode
	switch {
	case a != "" && b != "":
		return a, b
	case d.a.Side.Flavor == d.b.Side.Flavor:
		return "", ""
	}
	return cmp.Or(a, d.a.Side.Flavor.Semantics.Unicode), cmp.Or(b, d.b.Side.Flavor.Semantics.Unicode)
}

// versions finds a part whose meaning goes by Unicode's data, where two sides that
// are otherwise the same have other versions of it.
func (d *dispute) versions() []Blame {
	x, y := d.unicodes()
	if x == y || d.a.Side.Flavor != d.b.Side.Flavor {
		return nil
	}
	for _, p := range pairs(d.a.tree, d.b.tree) {
		if !p.same() {
			continue
		}
		switch p.a[0].Kind {
		case syntax.KindClassEscape, syntax.KindProperty, syntax.KindPosix:
			return []Blame{{p.span, fmt.Sprintf("%s goes by Unicode's data, of version %s in %s, %s in %s", quoted(d.source(p)), x, d.a.name, y, d.b.name), false}}
		}
	}
	return nil
}
