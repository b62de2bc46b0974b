package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const compareUsage = `usage: regexdbg compare [-f F1,F2,... | -e ENGINE,...] [-F FLAGS] [--search]
                        [--portability] [--json] [--timeout 5s] [--seed N]
                        [--runtimes LIST] PATTERN [FILE|-]

Runs PATTERN on FILE, or on standard input, on several engines. Says which of
them find the same matches and groups, and for those that do not where they
part, and which part of the pattern makes the difference.

  -f, --flavors LIST   all engines of these flavors, with commas between them
  -e, --engines LIST   these engines, as regexdbg engines names them. With -f and -e
                       those of both lists are taken; by default every engine is,
                       but for stand-ins of engines that are there
  -F, --flags FLAGS    i m s x n U u a D with the meaning that they have in PCRE2,
                       as letters of each flavor; a lists none that it has not
  --search             look for a text on which these engines differ, and compare
                       them on that: texts made from the pattern, and changed
                       pieces of FILE, if there is one; standard input is not
                       read unless FILE is -
  --seed N             make other texts to search with; 1 by default
  --portability        say also what the pattern has to be in the other flavors, so
                       that it means what it does in that of the first engine that
                       takes it
  --json               one JSON object
  --timeout TIME       stop each engine after so long, such as 500ms or 1m; 0 never
                       stops. With --search the whole search, 20s by default
  --runtimes LIST      which local runtimes there are; see regexdbg help match

A flavor or an engine can have flags of its own, in its flavor's letters, behind a
colon: -f js,js:u compares JavaScript without and with u.

Who waits at a terminal sees on standard error which engines have ended, and how
many texts are tried.

Engines that find the same have the same letter. The first difference of each
other letter from A is shown: the match, the two results, and the part of the
pattern to blame. That is proved by running it: with this part written so that
it means the same, both engines find the same. Otherwise it says "may be".

With --json the object has pattern, engines (flavor, name, version, flags, lacks,
outcome, count, searched, ms, class, error), classes (lists of indexes of
engines), differences (a and b, indexes of engines; match, from 0; offset;
a_match and b_match, with span and groups, or null; blames with span, reason and
proved), search (tried, of, found, text, smallest) and portability (flavor, engine, refused, as_it_is,
pattern, flags, exact, changes, converted).

Put -- before a pattern that starts with -. The exit status is 0 when all agree, 1
when they differ or some refuse the pattern (with --search, when a text is found
on which they differ), 2 for bad usage or a pattern that
all refuse, 3 when a timeout or a limit left it open, and 130 after an interrupt.
`

func comparePattern(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	var flavors, engines, letters string
	stringFlag(flags, &flavors, "f", "flavors", "")
	stringFlag(flags, &engines, "e", "engines", "")
	stringFlag(flags, &letters, "F", "flags", "")
	asJSON := flags.Bool("json", false, "")
	search := flags.Bool("search", false, "")
	seed := flags.Uint64("seed", 1, "")
	portability := flags.Bool("portability", false, "")
	timeout := flags.Duration("timeout", -1, "")
	runtimes := runtimesFlag(flags, "all")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch {
	case !ok:
		return exit
	case given["seed"] && !*search:
		return usageError(stderr, "compare", "--seed is for --search")
	case len(arguments) == 0:
		return usageError(stderr, "compare", "compare needs a PATTERN")
	case len(arguments) > 2:
		return usageError(stderr, "compare", "compare takes a PATTERN and one FILE, and got %d arguments (quote a pattern with spaces)", len(arguments))
	case given["timeout"] && *timeout < 0:
		return usageError(stderr, "compare", "the timeout cannot be negative")
	case len(arguments[0]) > engine.MaxPattern:
		return usageError(stderr, "compare", "the pattern is too long: %d bytes, and %d are the most", len(arguments[0]), engine.MaxPattern)
	}
	registry, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()
	sides, missing, err := compare.Choice{Flavors: list(flavors), Engines: list(engines), Flags: letters}.Sides(registry)
	if err != nil {
		return status(err, stderr)
	}
	for _, e := range missing {
		fmt.Fprintf(stderr, "regexdbg: %s is not on this machine: %s\n", e.Info.Name, e.Missing)
	}
	if len(sides) < 2 {
		return usageError(stderr, "compare", "it takes two engines to compare, and there are %d", len(sides))
	}
	text := engine.NewText(nil)
	if !*search || len(arguments) > 1 {
		if text, err = readText(arguments[0], arguments[1:], stdin); err != nil {
			return status(err, stderr)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := &comparison{pattern: arguments[0], text: text, limits: compare.Limits{Timeout: *timeout}, line: newStatusLine(stderr)}
	if !given["timeout"] {
		c.limits.Timeout = defaultTimeout
	}
	if *search {
		c.search(ctx, sides, *seed, *timeout)
	}
	if !*search || c.sought.Found || *portability { // which begins with what the first engine finds
		c.run(ctx, sides)
	}
	if *portability && ctx.Err() == nil {
		c.port(ctx)
	}
	c.line.clear()
	if ctx.Err() != nil {
		fmt.Fprintln(stderr, "regexdbg: interrupted")
		return exitInterrupted
	}
	if *asJSON {
		err = c.writeJSON(stdout)
	} else {
		err = c.write(stdout)
	}
	if code := status(err, stderr); code != exitMatch {
		return code
	}
	return c.exit(stderr)
}

// list splits a list with commas; "" has nothing in it.
func list(words string) []string {
	if words == "" {
		return nil
	}
	return strings.Split(words, ",")
}

// A comparison is what compare prints.
type comparison struct {
	pattern     string
	text        *engine.Text
	limits      compare.Limits
	line        *statusLine
	reports     []*compare.Report
	classes     [][]int
	differences []sideDifference
	sought      *sought // nil without --search
	portability []*compare.Portable
}

// sideDifference is the difference of two sides, or why it is not known.
type sideDifference struct {
	a, b int
	*compare.Difference
	err error
}

// run runs all sides, as many at a time as there are processors, and then finds
// the differences of each class from the first.
func (c *comparison) run(ctx context.Context, sides []compare.Side) {
	c.reports = make([]*compare.Report, len(sides))
	places := make(chan struct{}, runtime.NumCPU())
	var running sync.WaitGroup
	var ended atomic.Int64
	for i, side := range sides {
		running.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			r := compare.Run(ctx, side, c.pattern, c.text, c.limits)
			c.reports[i] = r
			c.line.tell(fmt.Sprintf("%d of %d engines: %s, %s", ended.Add(1), len(sides), side, outcomeOf(r)))
		})
	}
	running.Wait()
	c.classes = compare.Classes(c.reports)
	for _, class := range c.classes[min(1, len(c.classes)):] {
		c.line.often(fmt.Sprintf("%d of %d results: what makes the difference?", len(c.differences)+2, len(c.classes)))
		d := sideDifference{a: c.classes[0][0], b: class[0]}
		d.Difference, d.err = compare.Differ(ctx, c.reports[d.a], c.reports[d.b], c.pattern, c.text, c.limits)
		c.differences = append(c.differences, d)
	}
}

// outcomeOf is how a side ended, in a word or two.
func outcomeOf(r *compare.Report) string {
	switch {
	case r.Refused != nil:
		return "refused"
	case !r.Ran():
		return string(r.Outcome)
	}
	return fmt.Sprintf("%s after %v", r.Outcome, roundTime(r.Wall))
}

// exit says on stderr what keeps the answer from being yes or no, and returns the
// exit status.
func (c *comparison) exit(stderr io.Writer) int {
	if c.sought != nil && !c.sought.Found {
		if c.sought.err != nil {
			fmt.Fprintf(stderr, "regexdbg: %v\n", c.sought.err)
			return exitUsage
		}
		if c.sought.cut() {
			fmt.Fprintln(stderr, "regexdbg: the search for a text was stopped at its timeout")
			fmt.Fprintln(stderr, "Give it more time with --timeout.")
			return exitLimit
		}
		return exitMatch
	}
	refused, failed, open := 0, 0, 0
	for _, r := range c.reports {
		switch {
		case r.Refused != nil:
			refused++
		case !r.Ran():
			failed++
		case !r.Complete():
			open++
		}
	}
	switch {
	case refused == len(c.reports):
		fmt.Fprintln(stderr, "regexdbg: every engine refuses the pattern")
		fmt.Fprint(stderr, syntax.Caret(c.reports[0].Refused, []byte(c.pattern)))
		return exitUsage
	case len(c.classes) > 1 || refused+failed > 0:
		return exitNoMatch
	case open > 0:
		fmt.Fprintf(stderr, "regexdbg: %d engines were stopped: nothing differs in what they had found by then\n", open)
		return exitLimit
	}
	return exitMatch
}

// classOf is the letter of a side's class, or "-". After Z come numbers.
func (c *comparison) classOf(side int) string {
	for i, class := range c.classes {
		for _, member := range class {
			if member == side {
				return className(i)
			}
		}
	}
	return "-"
}

func className(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return fmt.Sprint(i + 1)
}

// roundTime is a time for people, in three digits or so.
func roundTime(d time.Duration) time.Duration {
	switch {
	case d >= time.Second:
		return d.Round(10 * time.Millisecond)
	case d >= time.Millisecond:
		return d.Round(10 * time.Microsecond)
	}
	return d.Round(time.Microsecond)
}
