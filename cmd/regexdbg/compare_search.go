package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
)

// sought is what came of compare --search.
type sought struct {
	Tried int    `json:"tried"`
	Of    int    `json:"of"` // how many would have been tried, had there been time
	Found bool   `json:"found"`
	Text  string `json:"text"`
	// Smallest says that they agree on all shorter texts, of characters that stand for all that the pattern tells apart.
	Smallest bool  `json:"smallest"`
	err      error // why there was no search
}

// search looks for a text on which the sides differ, which becomes the text.
// timeout is negative when there is none given.
func (c *comparison) search(ctx context.Context, sides []compare.Side, seed uint64, timeout time.Duration) {
	c.sought = &sought{Of: compare.DefaultCandidates}
	s := &compare.Search{Sides: sides, Pattern: c.pattern, Text: c.text.Bytes(), Seed: seed, Time: max(timeout, 0)}
	s.Progress = func(tried, of int) { c.line.often(fmt.Sprintf("%d of %d texts tried", tried, of)) }
	var found *compare.Disagreement
	found, c.sought.Tried, c.sought.err = s.Run(ctx)
	if found != nil {
		c.text = engine.NewText(found.Text)
		c.sought.Found, c.sought.Text, c.sought.Smallest = true, string(found.Text), found.Smallest
	}
}

// cut reports whether the time was over before all texts were tried.
func (s *sought) cut() bool { return !s.Found && s.err == nil && s.Tried < s.Of }

func (s *sought) words() string {
	switch {
	case s.Found:
		words := fmt.Sprintf("They differ on %s, which is made from text %d that was tried.\n", strconv.Quote(s.Text), s.Tried)
		if s.Smallest {
			words += "No shorter text makes them differ, of the characters that the pattern tells apart.\n"
		}
		return words
	case s.err != nil:
		return ""
	case s.cut():
		return fmt.Sprintf("They found the same in the first %d of %d texts: the time was over then.\n", s.Tried, s.Of)
	}
	return fmt.Sprintf("They found the same in all %d texts that were tried.\n", s.Tried)
}

// base is the first side that takes the pattern, or the first one where none does.
func (c *comparison) base() *compare.Report {
	if i := slices.IndexFunc(c.reports, func(r *compare.Report) bool { return r.Refused == nil }); i >= 0 {
		return c.reports[i]
	}
	return c.reports[0]
}

// port says what becomes of the pattern in every other flavor than the base's.
func (c *comparison) port(ctx context.Context) {
	base := c.base()
	for _, f := range flavor.All() {
		if f == base.Side.Flavor {
			continue
		}
		var there *compare.Report
		for _, r := range c.reports {
			if r.Side.Flavor == f {
				there = r
				break
			}
		}
		c.line.tell("In other flavors: " + f.Label)
		c.portability = append(c.portability, compare.Port(ctx, base, there, f, c.pattern, c.text, c.limits))
	}
}

func (c *comparison) writePortability(b *bytes.Buffer) {
	if c.portability == nil {
		return
	}
	fmt.Fprintf(b, "\nIn other flavors, to mean what it does in %s:\n", c.base().Side.Flavor.Label)
	for _, p := range c.portability {
		on := ""
		if p.Engine != nil {
			on = fmt.Sprintf(" (%s %s)", p.Engine.Info().Name, p.Engine.Info().Version)
		}
		fmt.Fprintf(b, "\n%s\n  as it is   %s\n", p.Flavor.Label, asItIs(p)+on)
		if p.Err != nil {
			fmt.Fprintf(b, "  converted  %v\n", p.Err)
			continue
		}
		written := visible(p.Converted.Pattern)
		if utf8.RuneCountInString(written) > maxWritten {
			written = string([]rune(written)[:maxWritten-3]) + "..."
		}
		if p.Converted.Flags != "" {
			written += "   with the flags " + p.Converted.Flags
		}
		fmt.Fprintf(b, "  converted  %s\n             %s\n", written, converted(p))
		for _, change := range p.Converted.Changes {
			fmt.Fprintf(b, "             %s: %s\n", change.Severity, change.Message)
		}
	}
}

// maxWritten is the longest converted pattern that is printed whole.
const maxWritten = 400

func asItIs(p *compare.Portable) string {
	if p.Refused != nil {
		return "refused: " + p.Refused.Message
	}
	return map[compare.Agreement]string{
		compare.Same:      "finds the same in this text",
		compare.SameSoFar: "finds the same in this text, as far as it was searched",
		compare.Differs:   "finds something else in this text",
		compare.Unknown:   "is taken; it was not run",
	}[p.AsItIs]
}

func converted(p *compare.Portable) string {
	ran := map[compare.Agreement]string{
		compare.Same:      "; it finds the same in this text",
		compare.SameSoFar: "; it finds the same in this text, as far as it was searched",
		compare.Differs:   "; it finds something else in this text",
		compare.Unknown:   "; it was not run",
	}[p.Proved]
	if p.Converted.Exact() {
		return "means the same, as far as is known" + ran
	}
	return "does not mean the same" + ran
}

// portedPattern is a row of the portability as compare --json prints it.
type portedPattern struct {
	Flavor    string         `json:"flavor"`
	Refused   *batchError    `json:"refused,omitempty"`
	AsItIs    string         `json:"as_it_is"`
	Engine    *engine.Info   `json:"engine,omitempty"` // what it was run with there
	Pattern   string         `json:"pattern"`
	Flags     string         `json:"flags"`
	Exact     bool           `json:"exact"`
	Changes   []portedChange `json:"changes"`
	Converted string         `json:"converted"`
	Error     string         `json:"error,omitempty"`
}

type portedChange struct {
	Span     [2]int `json:"span"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

func (c *comparison) portedJSON() (rows []portedPattern) {
	for _, p := range c.portability {
		row := portedPattern{Flavor: p.Flavor.Name, AsItIs: p.AsItIs.String(), Converted: p.Proved.String(), Changes: []portedChange{}}
		if p.Engine != nil {
			row.Engine = new(p.Engine.Info())
		}
		if p.Refused != nil {
			row.Refused = asBatchError(p.Refused)
		}
		if p.Err != nil {
			row.Error = p.Err.Error()
		} else {
			row.Pattern, row.Flags, row.Exact = p.Converted.Pattern, p.Converted.Flags, p.Converted.Exact()
			for _, change := range p.Converted.Changes {
				row.Changes = append(row.Changes, portedChange{[2]int{change.Span.Start, change.Span.End}, change.Severity.String(), change.Message})
			}
		}
		rows = append(rows, row)
	}
	return rows
}
