package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/trace/finder"
	"github.com/regexdbg/regexdbg/regex/trace/nomatch"
	"github.com/regexdbg/regexdbg/regex/verify"
)

const debugUsage = `usage: regexdbg debug [-f FLAVOR] [-e ENGINE] [-F FLAGS] [--json] [--summary]
                      [--from N] [--steps N] [--find SEARCH] [--max-steps N]
                      [--timeout 5s] [--optimize LIST] [--runtimes LIST] PATTERN [FILE|-]

Matches PATTERN on FILE, or on standard input, step by step, and says in a
sentence what happens in each step.

  -f, --flavor FLAVOR  the dialect; see regexdbg engines
  -e, --engine ENGINE  the engine that the result is compared with; the flavor's
                       first one by default
  -F, --flags FLAGS    letters with the flavor's own meaning, such as -F im
  --from N             the first step that is shown, 0 by default
  --steps N            how many are shown, 100 by default; all that there are with -1
  --find SEARCH        only the steps that are like this, such as "group 2 changes",
                       "failed token \\d offset 12" or "backtrack 3 token a+"
  --summary            instead of steps, a line for each attempt (of more than 768
                       the first, the last and those with the most steps), and one
                       for each part of the pattern by what it costs
  --json               JSON, one object a line
  --max-steps N        stop after so many steps, 1000000000 by default; with
                       --timeout 0, (a+)+$ on 30 times a and ! gets to its end
                       with 20000000000, after three minutes of CPU time
  --timeout TIME       stop after so long, such as 500ms or 1m; 0 never stops. The
                       engine that the result is compared with gets as long
  --optimize LIST      with optimisations of PCRE2: start-optimize, auto-possess, or
                       both with a comma between them or as all
  --runtimes LIST      which local runtimes there are; see regexdbg help match

The steps are those of the flavor's rules, carried out by a machine of our own
without any optimisation: an engine skips what cannot match, and its own counts
are smaller. In PCRE2, --optimize has it do what PCRE2 does with this pattern, as
PCRE2 tells: with start-optimize, there are attempts only where a match can begin,
and none when something that has to be in it is missing; with auto-possess, repeats
give nothing back that what follows could not take. What the machine finds is compared with what the engine finds, and
the output says whether that is the same.

In PCRE2, what is tried where is compared too with what PCRE2 says of itself by its
callouts, up to the first match: 100000 tries at most, for a second at most.

A search has terms, which all have to hold: group 2 changes (or its name; also when
backtracking takes it back), token \d (the part that is written so, in "" with spaces;
token @12 is that at offset 12 of the pattern), offset 12 or 12-20 (where the machine
is behind the step), a kind as in --json, such as failed, backtrack 3 token a+ (the
third one of it), and "words" of the sentence in double quotes. Between two searches
or means either.

Two repeats that multiply each other's work, as in (a+)+, are named: one of them is
taken up again more often than the text has places.

When nothing matches, it says how far the best attempt got and what it expected
there, and up to three changes of a single part with which the pattern matches:
tried for a second at most, the smallest first.

A step is its number, a sign, the place in the text (from-to when it moves), the
part of the pattern, and the sentence, with the groups that backtracking changes.
The signs are: > an attempt begins, + a part matches, - it fails, ( a group begins,
* a round of a repeat begins, ) a group is set, { } a call begins and ends,
| choices are dropped, < backtracking, = a match, ! none here. Go's regexp does not
backtrack: the machine follows all possibilities at once, as threads, and there a
line with . is the next character, ~ a thread that ends as a preferred one is at the
same place, | one that is dropped, ^ one that is at the end of the pattern. Offsets
are bytes from 0.

With --json a step is {"step", "kind", "token": [start, end] in the pattern,
"attempt": its offset, "from", "pos", "groups", "says"}, with "span" for a match and
"changed" for a group that was set. The last line is about the run: outcome
("match", "no-match", "timeout", "limit"), steps, backtracks, attempts, furthest
(offset), matches, names, optimize (if given), engine, engine_agrees (true, false, or null when it is not
known), agreement in words, and error at a limit. There may be multiplying, the
operators of two repeats; in PCRE2 callouts_agree, and callouts in words; and with
--summary attempts_by_offset and cost_by_token. When nothing matches there is
why_not: attempt and furthest (offsets), found, expected (a token and words each),
changes (span, replacement, flag, pattern, says, match) and complete, which is false
when not all changes were tried.

Put -- before a pattern that starts with -. The exit status is 0 for a match, 1
for none, 2 for bad usage, a bad pattern or one that the machine does not have yet,
3 for a timeout or limit, and 130 after an interrupt.
`

const (
	// debugSteps is how many steps are shown unless --steps says otherwise: what one looks through.
	debugSteps = 100
	// debugMaxSteps is how many are run unless --max-steps says otherwise: some half a minute.
	debugMaxSteps = 1_000_000_000
	// calloutTries is how many tries are compared with PCRE2's callouts, and calloutTime for how long: a tenth of a second
	// is the usual.
	calloutTries = 100_000
	calloutTime  = time.Second
)

// A debugging is what regexdbg debug does.
type debugging struct {
	*tracing
	from    int64
	steps   int // -1 for all
	summary bool
	wanted  *trace.Condition // that only are shown, nil for all
	timeout time.Duration
	report  *verify.Report
	why     *nomatch.Report // nil unless nothing matches
	// callouts are what comes of comparing steps, or calloutErr says why they could not be; both are nil in flavors whose
	// engines tell no steps.
	callouts   *verify.StepReport
	calloutErr error
}

func debugPattern(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("debug", flag.ContinueOnError)
	var flavorName, engineName, letters string
	stringFlag(flags, &flavorName, "f", "flavor", "go")
	stringFlag(flags, &engineName, "e", "engine", "")
	stringFlag(flags, &letters, "F", "flags", "")
	asJSON := flags.Bool("json", false, "")
	var d debugging
	flags.Int64Var(&d.from, "from", 0, "")
	flags.IntVar(&d.steps, "steps", debugSteps, "")
	flags.BoolVar(&d.summary, "summary", false, "")
	find := flags.String("find", "", "")
	optimize := flags.String("optimize", "", "")
	maxSteps := flags.Int64("max-steps", debugMaxSteps, "")
	flags.DurationVar(&d.timeout, "timeout", defaultTimeout, "")
	runtimes := runtimesFlag(flags, "all")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	switch {
	case !ok:
		return exit
	case len(arguments) == 0:
		return usageError(stderr, "debug", "debug needs a PATTERN")
	case len(arguments) > 2:
		return usageError(stderr, "debug", "debug takes a PATTERN and one FILE, and got %d arguments (quote a pattern with spaces)", len(arguments))
	case d.summary && (given["from"] || given["steps"] || given["find"]):
		return usageError(stderr, "debug", "--summary shows no steps, so that --from, --steps and --find mean nothing")
	case d.from < 0:
		return usageError(stderr, "debug", "--from cannot be negative")
	case d.steps < -1:
		return usageError(stderr, "debug", "--steps is a number of steps, or -1 for all")
	case *maxSteps <= 0:
		return usageError(stderr, "debug", "--max-steps has to be greater than 0")
	case d.timeout < 0:
		return usageError(stderr, "debug", "the timeout cannot be negative")
	}
	with, err := engine.ParseOptimizations(*optimize)
	if err != nil {
		return usageError(stderr, "debug", "--optimize: %v", err)
	}
	pattern := []byte(arguments[0])
	tree, letters, err := parsePattern(pattern, flavorName, letters)
	if err != nil {
		return status(err, stderr)
	}
	registry, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()
	if with != (engine.Optimizations{}) && !verify.HasCallouts(tree.Flavor) {
		return usageError(stderr, "debug", "--optimize is for the flavor pcre2: no other engine tells its optimisations")
	}
	// The pattern is looked at before the text is read: who mistypes it need not wait for the text.
	if _, err = newTracing(tree, letters, with, engine.NewText(nil), trace.Limits{}); err != nil {
		return patternStatus(err, pattern, stderr)
	}
	eng, err := registry.Lookup(flavorName, engineName)
	if err != nil && engineName != "" {
		return status(err, stderr)
	}
	text, err := readText(arguments[0], arguments[1:], stdin)
	if err != nil {
		return status(err, stderr)
	}
	if d.tracing, err = newTracing(tree, letters, with, text, trace.Limits{Steps: *maxSteps}); err != nil {
		return patternStatus(err, pattern, stderr)
	}
	if given["find"] {
		if err := d.look(*find); err != nil {
			return patternStatus(err, []byte(*find), stderr)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := d.print(ctx, eng, *asJSON, stdout); err != nil {
		if ctx.Err() != nil {
			fmt.Fprintln(stderr, "regexdbg: interrupted")
			return exitInterrupted
		}
		return status(err, stderr)
	}
	return d.exit(stderr)
}

// look reads a search.
func (d *debugging) look(search string) error {
	c, err := finder.Parse(search, finder.Subject{
		Pattern: d.tree.Pattern, Trace: d.run, Say: d.narrator().Say,
		Offset: func(n int) (int, bool) { return n, n <= d.text.Len() },
	})
	if err != nil {
		return &syntax.Error{Code: "bad-search", Message: "--find: " + err.Message, Span: err.Span}
	}
	d.wanted = &c
	return nil
}

// patternStatus is that of a pattern that is no good, which it says.
func patternStatus(err error, pattern []byte, stderr io.Writer) int {
	if bad, ok := err.(*syntax.Error); ok {
		fmt.Fprint(stderr, syntax.Caret(bad, pattern))
		return exitUsage
	}
	return status(err, stderr)
}

// print runs the machine and the engine, and writes what was asked for.
func (d *debugging) print(ctx context.Context, eng engine.Engine, asJSON bool, stdout io.Writer) error {
	if err := d.advance(ctx, d.timeout); err != nil {
		return err
	}
	d.report = d.verify(ctx, eng, d.timeout)
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if verify.HasCallouts(d.tree.Flavor) {
		limited, cancel := context.WithTimeoutCause(ctx, calloutTime, errSpent)
		d.callouts, d.calloutErr = verify.Callouts(limited, d.tree, d.letters, d.with, d.text, calloutTries)
		cancel()
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
	var err error
	if d.why, err = d.whyNot(ctx); err != nil {
		return err
	}
	out := bufio.NewWriterSize(stdout, 64<<10)
	if asJSON {
		err = d.writeJSON(ctx, out)
	} else {
		err = d.write(ctx, out)
	}
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	return err
}

// window is the number of steps from the first one that is shown.
func (d *debugging) window() int {
	left := d.run.Steps() - d.from
	switch {
	case d.summary || left <= 0:
		return 0
	case d.steps >= 0:
		return int(min(left, int64(d.steps)))
	}
	return int(min(left, math.MaxInt))
}

// exit says on stderr why the run ended early, and returns the exit status.
func (d *debugging) exit(stderr io.Writer) int {
	switch result := d.result(false); result.Outcome {
	case engine.Match:
		return exitMatch
	case engine.NoMatch:
		return exitNoMatch
	case engine.Error:
		fmt.Fprintf(stderr, "regexdbg: %v\n", result.Err)
		return exitUsage
	case engine.Timeout:
		fmt.Fprintf(stderr, "regexdbg: stopped at the timeout of %v after %d steps\n", d.timeout, d.run.Steps())
		fmt.Fprintln(stderr, "Give it more time with --timeout, or any time with --timeout 0.")
	default:
		fmt.Fprintf(stderr, "regexdbg: %v\n", result.Err)
		if d.outcome == trace.OutOfSteps {
			fmt.Fprintln(stderr, "Give it more steps with --max-steps.")
		}
	}
	return exitLimit
}
