package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// write prints the table, the classes and the differences.
func (c *comparison) write(out io.Writer) error {
	var b bytes.Buffer
	if c.sought != nil {
		b.WriteString(c.sought.words())
		if !c.sought.Found {
			c.writePortability(&b)
			_, err := out.Write(b.Bytes())
			return err
		}
		b.WriteByte('\n')
	}
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\tFLAVOR\tFLAGS\tENGINE\tVERSION\tOUTCOME\tMATCHES\tTIME")
	for i, r := range c.reports {
		info, outcome, count, took := r.Side.Engine.Info(), string(r.Outcome), strconv.Itoa(r.Count), roundTime(r.Wall).String()
		if !r.Ran() {
			count, took = "-", "-"
		}
		if r.Refused != nil {
			outcome = "refused"
		}
		fmt.Fprintln(table, strings.Join([]string{c.classOf(i), info.Flavor, r.Side.Flags, info.Name, info.Version, outcome, count, took}, "\t"))
	}
	_ = table.Flush() // into memory
	b.WriteString("\n" + c.verdict() + "\n")
	for _, d := range c.differences {
		c.writeDifference(&b, d)
	}
	c.writeRefused(&b)
	for _, r := range c.reports {
		for _, lack := range r.Side.Lacks {
			fmt.Fprintf(&b, "\n%s has no flag %s: it ran without.\n", r.Side.Flavor.Label, lack)
		}
		if r.Err != nil && r.Outcome != engine.Cancelled {
			fmt.Fprintf(&b, "\n%s: %v\n", r.Side, r.Err)
		}
	}
	c.writePortability(&b)
	_, err := out.Write(b.Bytes())
	return err
}

// verdict is the comparison in a sentence.
func (c *comparison) verdict() string {
	ran, open := 0, 0
	for _, r := range c.reports {
		if r.Ran() {
			ran++
			if !r.Complete() {
				open++
			}
		}
	}
	words := ""
	switch {
	case ran == 0:
		words = "No engine ran the pattern."
	case ran == 1:
		words = "One engine ran the pattern."
	case len(c.classes) == 1:
		words = fmt.Sprintf("All %d engines that ran find the same.", ran)
	default:
		words = fmt.Sprintf("%d engines ran, with %d different results.", ran, len(c.classes))
	}
	if open > 0 {
		words += fmt.Sprintf(" %d were stopped, and are compared as far as they got.", open)
	}
	return words
}

func (c *comparison) writeDifference(b *bytes.Buffer, d sideDifference) {
	fmt.Fprintf(b, "\n%s differs from %s", c.classOf(d.b), c.classOf(d.a))
	if d.err != nil {
		fmt.Fprintf(b, ": %v\n", d.err)
		return
	}
	fmt.Fprintf(b, " at match %d, byte %d:\n", d.Index+1, d.Offset)
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	c.writeMatch(table, d.a, d.A)
	c.writeMatch(table, d.b, d.B)
	_ = table.Flush()
	for _, blame := range d.Blames {
		doubt := ""
		if !blame.Proved {
			doubt = "it may be that "
		}
		// The caret's own first line is for errors.
		caret := syntax.Caret(&syntax.Error{Span: blame.Span, Message: doubt + blame.Reason}, []byte(c.pattern))
		b.WriteString("  because: " + strings.ReplaceAll(strings.TrimPrefix(caret, "error: "), "\n", "\n  "))
		b.Truncate(b.Len() - len("  "))
	}
	if len(d.Blames) == 0 {
		b.WriteString("  The table of flavors knows no reason.\n")
	}
}

// writeMatch writes one side of a difference.
func (c *comparison) writeMatch(out io.Writer, side int, m compare.Match) {
	r := c.reports[side]
	fmt.Fprintf(out, "  %s  %s\t", c.classOf(side), r.Side)
	if m == nil {
		fmt.Fprintln(out, "no such match")
		return
	}
	p := &printer{text: c.text.Bytes(), groups: r.Groups}
	fmt.Fprintln(out, strings.ReplaceAll(string(p.appendMatch(nil, m)), "\t", " "))
}

// writeRefused writes each error once, with the engines that refuse for it.
func (c *comparison) writeRefused(b *bytes.Buffer) {
	said := map[string]bool{}
	for i, r := range c.reports {
		if r.Refused == nil || said[r.Refused.Error()] {
			continue
		}
		said[r.Refused.Error()] = true
		var who []string
		for _, other := range c.reports[i:] {
			if other.Refused != nil && other.Refused.Error() == r.Refused.Error() {
				who = append(who, other.Side.String())
			}
		}
		verb := "refuses"
		if len(who) > 1 {
			verb = "refuse"
		}
		fmt.Fprintf(b, "\n%s %s the pattern:\n%s", strings.Join(who, ", "), verb, syntax.Caret(r.Refused, []byte(c.pattern)))
	}
}

// comparedEngine is a side as compare --json prints it.
type comparedEngine struct {
	engine.Info
	Flags    string         `json:"flags"`
	Lacks    []string       `json:"lacks,omitempty"`
	Outcome  engine.Outcome `json:"outcome"`
	Refused  bool           `json:"refused"`
	Count    int            `json:"count"`
	Searched int            `json:"searched"`
	Ms       float64        `json:"ms"`
	Class    *int           `json:"class"` // null for what did not run
	Error    *batchError    `json:"error,omitempty"`
}

type comparedDifference struct {
	A      int             `json:"a"`
	B      int             `json:"b"`
	Match  int             `json:"match"`
	Offset int             `json:"offset"`
	AMatch json.RawMessage `json:"a_match"`
	BMatch json.RawMessage `json:"b_match"`
	Blames []comparedBlame `json:"blames"`
	Error  string          `json:"error,omitempty"`
}

type comparedBlame struct {
	Span   [2]int `json:"span"`
	Reason string `json:"reason"`
	Proved bool   `json:"proved"`
}

func (c *comparison) writeJSON(out io.Writer) error {
	engines := make([]comparedEngine, len(c.reports))
	for i, r := range c.reports {
		e := comparedEngine{
			Info: r.Side.Engine.Info(), Flags: r.Side.Flags, Outcome: r.Outcome, Refused: r.Refused != nil, Count: r.Count, Searched: r.Searched,
			Ms: milliseconds(r.Wall), Error: searchError(engine.Result{Outcome: r.Outcome, Err: r.Err}),
		}
		if r.Refused != nil {
			e.Error = asBatchError(r.Refused)
		}
		for _, lack := range r.Side.Lacks {
			e.Lacks = append(e.Lacks, lack.String())
		}
		engines[i] = e
	}
	for class, members := range c.classes {
		for _, i := range members {
			engines[i].Class = &class
		}
	}
	differences := make([]comparedDifference, len(c.differences))
	for i, d := range c.differences {
		differences[i] = d.json()
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(struct {
		Pattern     string               `json:"pattern"`
		Engines     []comparedEngine     `json:"engines"`
		Classes     [][]int              `json:"classes"`
		Differences []comparedDifference `json:"differences"`
		Search      *sought              `json:"search,omitempty"`
		Portability []portedPattern      `json:"portability,omitempty"`
	}{c.pattern, engines, append([][]int{}, c.classes...), differences, c.sought, c.portedJSON()})
}

func (d sideDifference) json() comparedDifference {
	if d.err != nil {
		return comparedDifference{A: d.a, B: d.b, AMatch: json.RawMessage("null"), BMatch: json.RawMessage("null"), Blames: []comparedBlame{}, Error: d.err.Error()}
	}
	j := comparedDifference{A: d.a, B: d.b, Match: d.Index, Offset: d.Offset, AMatch: matchJSON(d.A), BMatch: matchJSON(d.B), Blames: []comparedBlame{}}
	for _, blame := range d.Blames {
		j.Blames = append(j.Blames, comparedBlame{[2]int{blame.Span.Start, blame.Span.End}, blame.Reason, blame.Proved})
	}
	return j
}

func matchJSON(m compare.Match) json.RawMessage {
	if m == nil {
		return json.RawMessage("null")
	}
	return appendMatchJSON(nil, m, "")
}
