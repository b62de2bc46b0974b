package wire

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
)

// A ComparedPattern is what messages about a comparison need besides its results.
type ComparedPattern struct {
	Positions *Positions // of the pattern
	Text      *engine.Text
}

// Engine says what is known of a side. Its report is nil until it has run.
func (p ComparedPattern) Engine(side compare.Side, r *compare.Report) ComparedEngine {
	info := side.Engine.Info()
	e := ComparedEngine{
		Flavor: side.Flavor.Name, Label: side.Flavor.Label, Engine: Engine{Name: info.Name, Version: info.Version, Note: info.Note},
		Flags: side.Flags, Lacks: []string{},
	}
	for _, lack := range side.Lacks {
		e.Lacks = append(e.Lacks, lack.String())
	}
	if r == nil {
		return e
	}
	e.Outcome, e.Count, e.Searched, e.WallMs = string(r.Outcome), r.Count, r.Searched, float64(r.Wall.Microseconds())/1000
	if r.Err != nil {
		e.Message = r.Err.Error()
	}
	if r.Refused != nil {
		e.Outcome = OutcomeRefused
		d := NewDiagnostic(p.Positions, r.Refused)
		e.Error = &d
	}
	return e
}

// NewClasses says which engines agree, those of base first.
func NewClasses(classes [][]int, base int) []Class {
	all := []Class{}
	for _, members := range classes {
		class := Class{Members: members}
		if slices.Contains(members, base) {
			all = slices.Insert(all, 0, class)
		} else {
			all = append(all, class)
		}
	}
	return all
}

const (
	// excerptAround is how many bytes of the text are shown before and behind a
	// difference, and excerptMost how many in all: what fits into a line or two.
	excerptAround = 24
	excerptMost   = 160
	// groupMost is how many bytes of a group are shown.
	groupMost = 60
)

// Difference says where two engines part. It takes time linear in the text up to
// there.
func (p ComparedPattern) Difference(a, b int, x, y *compare.Report, d *compare.Difference) EngineDifference {
	text := p.Text.Bytes()
	m := EngineDifference{A: a, B: b, Match: d.Index, Offset: d.Offset, At: Units(text[:d.Offset], false), Blames: p.Blames(d.Blames)}
	start, end := d.Offset, d.Offset
	for _, match := range []compare.Match{d.A, d.B} {
		if match != nil {
			start, end = min(start, match[0]), max(end, match[1])
		}
	}
	start = runeStart(text, max(start-excerptAround, d.Offset-excerptMost/2, 0))
	end = runeStart(text, min(end+excerptAround, start+excerptMost, len(text)))
	m.Excerpt = strings.ToValidUTF8(string(text[start:end]), "\ufffd")
	m.CutStart, m.CutEnd = start > 0, end < len(text)
	excerpt := text[start:end]
	m.AMatch, m.BMatch = foundMatch(text, excerpt, start, d.A), foundMatch(text, excerpt, start, d.B)
	if m.AMatch != nil && m.BMatch != nil {
		m.AMatch.Groups, m.BMatch.Groups = differingGroups(text, x.Groups, y.Groups, d.A, d.B), differingGroups(text, y.Groups, x.Groups, d.B, d.A)
	}
	return m
}

// Blames says which parts of the pattern make a difference.
func (p ComparedPattern) Blames(blames []compare.Blame) []Blame {
	all := []Blame{}
	for _, b := range blames {
		all = append(all, Blame{p.Positions.Range(b.Span.Start, b.Span.End), b.Reason, b.Proved})
	}
	return all
}

// runeStart moves an offset back to the start of a character.
func runeStart(text []byte, at int) int {
	for back := 0; at > 0 && at < len(text) && !utf8.RuneStart(text[at]) && back < utf8.UTFMax; back++ {
		at--
	}
	return at
}

func foundMatch(text, excerpt []byte, start int, m compare.Match) *FoundMatch {
	if m == nil {
		return nil
	}
	unit := func(at int) int {
		at = min(max(at-start, 0), len(excerpt))
		return Units([]byte(strings.ToValidUTF8(string(excerpt[:at]), "\ufffd")), true)
	}
	return &FoundMatch{From: m[0], To: m[1], ExcerptFrom: unit(m[0]), ExcerptTo: unit(m[1]), Groups: []FoundGroup{}}
}

// differingGroups are the groups of a match that the other has not, or elsewhere.
func differingGroups(text []byte, groups, others []engine.Group, m, other compare.Match) []FoundGroup {
	all := []FoundGroup{}
	for i, g := range groups {
		j := slices.IndexFunc(others, func(o engine.Group) bool { return o.Number == g.Number })
		if g.Number == 0 || j >= 0 && m[2*i] == other[2*j] && m[2*i+1] == other[2*j+1] || len(all) == MaxFoundGroups {
			continue
		}
		found := FoundGroup{Number: g.Number, Name: g.Name, From: m[2*i], To: m[2*i+1]}
		if found.From >= 0 {
			found.Text = strings.ToValidUTF8(string(text[found.From:runeStart(text, min(found.To, found.From+groupMost))]), "\ufffd")
		}
		all = append(all, found)
	}
	return all
}

// Portable says what becomes of the pattern in a flavor.
func (p ComparedPattern) Portable(port *compare.Portable) PortableFlavor {
	f := PortableFlavor{
		Flavor: port.Flavor.Name, Label: port.Flavor.Label, AsItIs: port.AsItIs.String(), Converted: port.Proved.String(),
		Conversion: newConversion(port.Flavor, port.Converted, port.Err, p.Positions),
	}
	if port.Engine != nil {
		info := port.Engine.Info()
		f.Engine = &Engine{Name: info.Name, Version: info.Version, Note: info.Note}
	}
	if port.Converted != nil {
		f.Exact = port.Converted.Exact()
	}
	if port.Refused != nil {
		d := NewDiagnostic(p.Positions, port.Refused)
		f.Refused = &d
	}
	return f
}
