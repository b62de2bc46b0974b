package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const (
	// maxPlaces is how many places of a text an assertion is written with: the first ones that differ make the first
	// difference.
	maxPlaces = 64
	// maxCounted is how far from the start or the end of the text such a place can be, in characters: Perl repeats
	// nothing more often. In a lookbehind maxBehind is the most: no engine here refuses that many.
	maxCounted = 32766
	maxBehind  = 255
)

// askedPlace asks both sides at which places of the text an assertion matches, where they say other places, and writes it
// so that it matches where it does on the other side. That needs to know nothing of what the assertion means: of words with
// marks, line ends, or what another version of an engine has changed. The reason is that of a suspect which the table
// of flavors knows, if there is one.
func (d *dispute) askedPlace(ctx context.Context, p pair, known []suspect) (suspect, bool) {
	placesA, okA := d.places(ctx, d.a, p.a[0], d.source(p))
	placesB, okB := d.places(ctx, d.b, p.b[0], d.source(p))
	if !okA || !okB {
		return suspect{}, false
	}
	onlyA, onlyB := without(placesA, placesB), without(placesB, placesA)
	if len(onlyA)+len(onlyB) == 0 {
		return suspect{}, false
	}
	s := suspect{span: p.span}
	if i := slices.IndexFunc(known, func(k suspect) bool { return k.span == p.span }); i >= 0 {
		s.reason, s.near = known[i].reason, known[i].near
	} else {
		in, out, at := d.a, d.b, onlyA
		if len(onlyA) == 0 || len(onlyB) > 0 && distance(onlyB, d.difference.Offset) < distance(onlyA, d.difference.Offset) {
			in, out, at = d.b, d.a, onlyB
		}
		place := nearest(at, d.difference.Offset)
		s.reason = fmt.Sprintf("%s matches at byte %d in %s, not in %s", quoted(d.source(p)), place, in.name, out.name)
		s.near = distance(at, d.difference.Offset) <= around
	}
	for _, way := range []struct {
		on, as         *party
		here           *syntax.Node
		extra, missing []int
	}{{d.a, d.b, p.a[0], onlyA, onlyB}, {d.b, d.a, p.b[0], onlyB, onlyA}} {
		if text, ok := d.placed(way.on, way.here, d.source(p), way.extra, way.missing); ok {
			s.edits = append(s.edits, edit{on: way.on, as: way.as, span: p.span, text: text})
		}
	}
	return s, true
}

// places are the offsets in the text at which an assertion matches alone. It reports false when a side does not answer
// for all of the text.
func (d *dispute) places(ctx context.Context, on *party, n *syntax.Node, source string) (places []int, ok bool) {
	side, ok := on.sideOf(n)
	limits := Limits{Timeout: d.left()}
	if !ok || limits.Timeout <= 0 || ctx.Err() != nil {
		return nil, false
	}
	r := Run(ctx, side, source, d.text, limits)
	if !r.Ran() || !r.Complete() || len(r.Groups) != 1 || len(r.first) != 2*r.Count {
		return nil, false
	}
	for i := 0; i < len(r.first); i += 2 {
		if r.first[i] != r.first[i+1] {
			return nil, false
		}
		places = append(places, r.first[i])
	}
	return places, true
}

// placed writes an assertion that does not match at some places of the text, and does at some others.
func (d *dispute) placed(on *party, n *syntax.Node, source string, extra, missing []int) (text string, ok bool) {
	if !on.Side.Flavor.Has(flavor.Lookbehind) {
		return "", false
	}
	at := func(offsets []int) string {
		var ways []string
		for _, offset := range offsets[:min(len(offsets), maxPlaces)] {
			way, counted := d.at(on, n, offset)
			ok = ok && counted
			ways = append(ways, way)
		}
		return strings.Join(ways, "|")
	}
	ok = true
	text = source
	if len(extra) > 0 {
		text = "(?!" + at(extra) + ")" + text
	}
	if len(missing) > 0 {
		text += "|" + at(missing)
	}
	return "(?:" + text + ")", ok
}

// at writes an assertion for one place of the text, by what is before it or behind it, whichever is shorter.
func (d *dispute) at(on *party, n *syntax.Node, offset int) (text string, ok bool) {
	all := d.text.Bytes()
	count := func(part []byte) int {
		if len(part) > maxCounted*utf8.UTFMax {
			return maxCounted + 1 // or more: not worth a look at megabytes
		}
		count, counted := units(part, on.character(n.Flags))
		ok = ok && counted
		return count
	}
	ok = true
	before, behind := count(all[:offset]), count(all[offset:])
	switch {
	case !ok:
		return "", false
	case before == 0:
		return `(?<![\s\S])`, true
	case before <= min(behind, maxBehind):
		return fmt.Sprintf(`(?<=(?<![\s\S])[\s\S]{%d})`, before), true
	case behind > maxCounted:
		return "", false
	}
	return fmt.Sprintf(`(?=[\s\S]{%d}(?![\s\S]))`, behind), true
}

// units counts the characters of a text, of which each is one to a flavor; false for what is not UTF-8, unless it counts
// bytes.
func units(text []byte, unit flavor.Unit) (count int, ok bool) {
	if unit == flavor.Byte {
		return len(text), true
	}
	count = utf8.RuneCount(text)
	if unit == flavor.UTF16 {
		for _, r := range string(text) {
			if r > 0xFFFF {
				count++
			}
		}
	}
	return count, utf8.Valid(text)
}

// sideOf is the side with the flags that are in force at a node, as (?i) before it makes them.
func (p *party) sideOf(n *syntax.Node) (side Side, ok bool) {
	side = p.Side
	if n.Flags == p.tree.Flags {
		return side, true
	}
	letters, err := side.Flavor.CheckFlags(n.Flags.String())
	side.Flags = letters
	return side, err == nil
}

// without are the numbers of one ascending list that are not in another.
func without(a, b []int) (rest []int) {
	for _, n := range a {
		if _, there := slices.BinarySearch(b, n); !there {
			rest = append(rest, n)
		}
	}
	return rest
}

// nearest is the one of several places that is nearest to an offset.
func nearest(places []int, offset int) int {
	return slices.MinFunc(places, func(x, y int) int { return abs(x-offset) - abs(y-offset) })
}

func distance(places []int, offset int) int { return abs(nearest(places, offset) - offset) }

func abs(n int) int { return max(n, -n) }
