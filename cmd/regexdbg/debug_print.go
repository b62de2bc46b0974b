package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/narrator"
)

// kindSigns are the signs of the kinds of steps, in their order.
var kindSigns = map[trace.Kind]byte{
	trace.KindAttempt: '>', trace.KindMatched: '+', trace.KindFailed: '-', trace.KindEnter: '(', trace.KindRound: '*', trace.KindCapture: ')',
	trace.KindCall: '{', trace.KindReturn: '}', trace.KindCut: '|', trace.KindBacktrack: '<', trace.KindMatch: '=', trace.KindNoMatch: '!',
	trace.KindCharacter: '.', trace.KindMerge: '~', trace.KindReach: '^',
}

const (
	// tokenWidth is the width of the column of parts of the pattern.
	tokenWidth = 14
	// maxCosts is how many parts of the pattern --summary lists: who wants more takes --json.
	maxCosts = 30
)

// write writes the run as text.
func (d *debugging) write(ctx context.Context, out *bufio.Writer) error {
	d.writeHead(out)
	if d.summary {
		d.writeSummary(out)
		return nil
	}
	if d.wanted != nil {
		return d.writeFound(ctx, out)
	}
	shown := d.window()
	if shown > 0 {
		fmt.Fprintf(out, "\n%s\n", d.columns())
		if err := d.writeSteps(ctx, out, shown); err != nil {
			return err
		}
	}
	switch total := d.run.Steps(); {
	case d.from >= total:
		fmt.Fprintf(out, "\nThere is no step %d: the last one is %d.\n", d.from, total-1)
	case d.from+int64(shown) < total:
		them := "them"
		if total-d.from-int64(shown) == 1 {
			them = "it"
		}
		fmt.Fprintf(out, "\n%s more: see %s with --from %d, all with --steps -1, or an overview with --summary.\n",
			many(total-d.from-int64(shown), "step"), them, d.from+int64(shown))
	}
	return nil
}

// writeHead writes what is to be said of the whole run.
func (d *debugging) writeHead(out *bufio.Writer) {
	c := d.run.Counters()
	how := "plain rules, without optimisations"
	if with := d.with.String(); with != "" {
		how = "rules, with " + strings.ReplaceAll(with, ",", " and ") + " as PCRE2 says that it does them"
	}
	fmt.Fprintf(out, "Steps by %s's %s: the engine's own counts may differ.\n", d.tree.Flavor.Label, how)
	ended := ""
	if d.spent || d.result(false).Err != nil {
		ended = " so far"
	}
	paths := many(c.Backtracks, "backtrack")
	if d.threads() {
		paths = many(merged(c), "thread") + " merged"
	}
	fmt.Fprintf(out, "%s, %s, %s, %s%s; furthest offset %d of %d\n", many(c.Steps, "step"), paths, many(c.Attempts, "attempt"),
		many(c.Matches, "match"), ended, c.Furthest, d.text.Len())
	fmt.Fprintln(out, sentence(d.report.String()))
	if words := d.calloutWords(); words != "" {
		fmt.Fprintln(out, sentence(words))
	}
	if a, b, ok := trace.Multiplying(d.run.Tokens(), c, d.text.Len()); ok {
		first, second := d.run.Tokens()[a], d.run.Tokens()[b]
		fmt.Fprintf(out, "The repeats %s and %s multiply each other's work.\n", d.repeatAt(first), d.repeatAt(second))
	}
	if d.why != nil {
		fmt.Fprintf(out, "\n%s", d.why)
	}
}

// calloutWords says what came of comparing steps, or "".
func (d *debugging) calloutWords() string {
	switch {
	case d.calloutErr != nil:
		return fmt.Sprintf("the steps are not compared with PCRE2's own callouts: %v", d.calloutErr)
	case d.callouts != nil:
		return d.callouts.String()
	}
	return ""
}

// threads reports whether the machine follows all possibilities at once. Then its steps are of many threads, each with
// groups of its own.
func (d *debugging) threads() bool { return d.tree.Flavor.Set == flavor.InGo }

func merged(c *trace.Counters) int64 {
	var all int64
	for _, n := range c.Tokens {
		all += n.Merged
	}
	return all
}

// many is a number with commas and a noun in the plural unless it is 1.
func many(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "ch") {
		noun += "e"
	}
	return grouped(n) + " " + noun + "s"
}

// grouped is a number with commas.
func grouped(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func sentence(words string) string {
	return strings.ToUpper(words[:1]) + words[1:] + "."
}

// stepWidth is the width of the column of numbers, and placeWidth that of places.
func (d *debugging) stepWidth() int { return max(4, len(fmt.Sprint(d.from+int64(d.window())))) }

func (d *debugging) placeWidth() int { return max(5, 2*len(fmt.Sprint(d.text.Len()))+1) }

func (d *debugging) columns() string {
	return fmt.Sprintf("%*s    %-*s  %-*s  %s", d.stepWidth(), "step", d.placeWidth(), "at", tokenWidth, "part", "what happens")
}

// writeSteps writes some steps, one a line.
func (d *debugging) writeSteps(ctx context.Context, out *bufio.Writer, n int) error {
	say := d.narrator()
	before, err := d.run.State(ctx, d.from-1)
	if err != nil {
		return err
	}
	groups := slices.Clone(before.Event.Groups)
	return d.run.Window(ctx, d.from, n, func(e *trace.Event) bool {
		d.writeStep(out, say, e, groups)
		groups = append(groups[:0], e.Groups...)
		return context.Cause(ctx) == nil
	})
}

// writeStep writes a step as a line. before are the groups before it.
func (d *debugging) writeStep(out *bufio.Writer, say *narrator.Narrator, e *trace.Event, before []int) {
	at := fmt.Sprint(e.From)
	if e.From != e.Pos {
		at = fmt.Sprintf("%d-%d", e.From, e.Pos)
	}
	_, _ = fmt.Fprintf(out, "%*d %c  %-*s  %s  %s%s\n", d.stepWidth(), e.Step, kindSigns[e.Kind], d.placeWidth(), at, d.part(e), say.Say(e), d.changed(e, before))
}

// writeFound writes the steps that are looked for.
func (d *debugging) writeFound(ctx context.Context, out *bufio.Writer) error {
	fmt.Fprintf(out, "\n%s\n", d.columns())
	say := d.narrator()
	next, shown, err := d.found(ctx, func(e *trace.Event) error {
		d.writeStep(out, say, e, e.Before)
		return nil
	})
	switch {
	case err != nil:
		return err
	case next >= 0:
		fmt.Fprintf(out, "\nMore steps are like this: see them with --from %d, or all with --steps -1.\n", next)
	case shown == 0:
		fmt.Fprintf(out, "\nNo step from %d on is like this.\n", d.from)
	}
	return nil
}

// found hands on the steps that are looked for, and returns the number of the next one behind them, or -1, and how many
// there were.
func (d *debugging) found(ctx context.Context, visit func(*trace.Event) error) (next int64, shown int, err error) {
	for from := d.from - 1; ; {
		e, ok, err := d.run.Find(ctx, from, false, *d.wanted)
		switch {
		case err != nil || !ok:
			return -1, shown, err
		case shown == d.steps:
			return e.Step, shown, nil
		}
		if err := visit(&e); err != nil {
			return -1, shown, err
		}
		from, shown = e.Step, shown+1
	}
}

// part is a step's part of the pattern, as wide as its column.
func (d *debugging) part(e *trace.Event) string {
	source := ""
	if e.Token != 0 {
		source = explain.Escape(d.tree.Pattern[e.Span.Start:e.Span.End])
	}
	width := utf8.RuneCountInString(source)
	if width > tokenWidth {
		return string([]rune(source)[:tokenWidth-3]) + "..."
	}
	return source + strings.Repeat(" ", tokenWidth-width)
}

// changed says which groups a step changed whose sentence does not say so.
func (d *debugging) changed(e *trace.Event, before []int) string {
	if d.threads() || e.Kind == trace.KindAttempt || e.Kind == trace.KindMatch || e.Kind == trace.KindNoMatch {
		return ""
	}
	var b strings.Builder
	for i, g := range d.run.Groups() {
		start, end := e.Groups[2*i], e.Groups[2*i+1]
		switch {
		case g.Number == 0 || g.Number == e.Group || 2*i+1 >= len(before) || start == before[2*i] && end == before[2*i+1]:
		case start < 0:
			fmt.Fprintf(&b, " Group %d has no text again.", g.Number)
		default:
			fmt.Fprintf(&b, " Group %d is %d–%d again.", g.Number, start, end)
		}
	}
	return b.String()
}

// writeSummary writes the attempts and what the parts of the pattern cost.
func (d *debugging) writeSummary(out *bufio.Writer) {
	c := d.run.Counters()
	fmt.Fprintf(out, "\n%10s  %12s  %10s  %s\n", "attempt at", "steps", "furthest", "what came of it")
	next := int64(0)
	for _, a := range c.Summaries {
		if a.First > next && !d.threads() {
			fmt.Fprintf(out, "       ...  %12s\n", grouped(a.First-next))
		}
		next = a.First + a.Steps
		fmt.Fprintf(out, "%10d  %12s  %10d  %s\n", a.Offset, grouped(a.Steps), a.Furthest, d.attemptOutcome(a))
	}
	if next < c.Steps && !d.threads() {
		fmt.Fprintf(out, "       ...  %12s\n", grouped(c.Steps-next))
	}
	if left := c.Attempts - int64(len(c.Summaries)); left > 0 {
		fmt.Fprintf(out, "%s not shown.\n", many(left, "attempt"))
	}
	fourth := "backtracks"
	if d.threads() {
		fourth = "merged"
	}
	fmt.Fprintf(out, "\n%12s  %5s  %12s  %12s  %12s  %12s  %s\n", "steps", "share", "matched", "failed", fourth, "begun", "part")
	costs := d.costs(c)
	for _, cost := range costs[:min(len(costs), maxCosts)] {
		fmt.Fprintf(out, "%12s  %4.0f%%  %12s  %12s  %12s  %12s  %s\n", grouped(cost.steps), 100*float64(cost.steps)/float64(c.Steps),
			grouped(cost.Matched), grouped(cost.Failed), grouped(cost.Backtracks+cost.Merged), grouped(cost.Entered), d.partAt(cost.span))
	}
	if left := len(costs) - maxCosts; left > 0 {
		fmt.Fprintf(out, "%s with fewer steps: --json has all.\n", many(int64(left), "part"))
	}
}

func (d *debugging) attemptOutcome(a trace.Attempt) string {
	switch {
	case a.Matched:
		return "match"
	case a.Failed < 0:
		return "no match"
	}
	return "no match: " + d.partAt(d.run.Tokens()[a.Failed].Span) + " failed at its furthest"
}

// partAt is a part of the pattern with its place.
func (d *debugging) partAt(span syntax.Span) string {
	return fmt.Sprintf("%s at %d", explain.Escape(d.tree.Pattern[span.Start:span.End]), span.Start)
}

// repeatAt is a repeat with the place of its operator.
func (d *debugging) repeatAt(t trace.Token) string {
	return fmt.Sprintf("`%s` (%s)", explain.Escape(d.tree.Source(t.Node)), d.partAt(t.Span))
}

// A cost is what a part of the pattern costs.
type cost struct {
	span  syntax.Span
	steps int64
	trace.TokenCount
}

// costs are those of the parts that have steps, those with the most first. What is of the pattern as a whole is not
// among them.
func (d *debugging) costs(c *trace.Counters) []cost {
	var all []cost
	for i, token := range d.run.Tokens() {
		n := c.Tokens[i]
		if steps := n.Entered + n.Matched + n.Failed + n.Backtracks + n.Merged; i > 0 && steps > 0 {
			all = append(all, cost{token.Span, steps, n})
		}
	}
	slices.SortStableFunc(all, func(a, b cost) int { return cmp.Compare(b.steps, a.steps) })
	return all
}
