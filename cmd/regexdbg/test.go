package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

const testUsage = `usage: regexdbg test [--tap | --junit] [--coverage] [--timeout 5s] [--allow-missing]
                     [--page URL] [--runtimes LIST] FILE...
       regexdbg test --import regex101 FILE

Runs the tests of patterns that are in files, by each pattern's own engine. The
files are TOML:

  [[pattern]]
  name = "date"
  flavor = "python"
  pattern = '(?P<year>\d{4})-(?P<month>\d\d)'
  steps = 1000

  [[pattern.input]]
  text = "since 2024-06"
  matches = [{ span = [6, 13], groups = { year = "2024", month = [11, 13] } }]

  [[pattern.input]]
  text = "2024-6"
  match = false

docs/tests.md has all keys. With linear = true below [[pattern]] steps may not grow
faster than the text, on texts that are generated to attack the pattern. A test that
fails says what differs, with ^ below what was found and - below what was expected,
and prints the link that opens it in the page, which regexdbg serves.

  --tap                TAP 14, for harnesses that read that
  --junit              JUnit XML, for CI systems
  --coverage           what of each pattern no input exercises (alternatives, sets, no,
                       one or many rounds of repeats), with texts that would; behind
                       the report, in TAP as comments
  --timeout TIME       what each search may take, 5s by default
  --allow-missing      skip tests whose engine is not on this machine
  --page URL           where the page is, for links; ` + regextest.Page + ` by default
  --runtimes LIST      which local runtimes to use; see regexdbg help match
  --import regex101    read the JSON that regex101 exports, and print it as a file of
                       tests; what cannot be said in one is named on standard error

The exit status is 0 when all tests pass or are skipped, 1 when one fails, 3 when
one stopped at a timeout or a limit, 2 when one could not be run, as with a bad
pattern or a missing engine, or for a bad file or bad usage, and 130 after an
interrupt. Of several the one for the gravest counts: 2, then 3, then 1.
`

// A testReport writes results in one format.
type testReport interface {
	// result writes one, with the link that opens it or "".
	result(r *regextest.Result, link string)
	// end writes what comes last; stopped says that not all tests ran.
	end(stopped error)
}

func testPatterns(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("test", flag.ContinueOnError)
	tap := flags.Bool("tap", false, "")
	junit := flags.Bool("junit", false, "")
	var o regextest.Options
	flags.DurationVar(&o.Timeout, "timeout", regextest.DefaultTimeout, "")
	flags.BoolVar(&o.AllowMissing, "allow-missing", false, "")
	cover := flags.Bool("coverage", false, "")
	page := flags.String("page", regextest.Page, "")
	format := flags.String("import", "", "")
	runtimes := runtimesFlag(flags, "all")
	files, exit, ok := parseFlags(flags, args, stdout, stderr)
	switch {
	case !ok:
		return exit
	case len(files) == 0:
		return usageError(stderr, "test", "test needs a FILE")
	case *tap && *junit:
		return usageError(stderr, "test", "--tap and --junit are two formats: choose one")
	case *cover && *junit:
		return usageError(stderr, "test", "JUnit XML has no place for --coverage: leave one out")
	case o.Timeout <= 0:
		return usageError(stderr, "test", "the timeout has to be above 0")
	case *format != "":
		return importTests(*format, files, stdout, stderr)
	}
	var loaded []*regextest.File
	bad := false
	for _, name := range files {
		f, err := regextest.Load(name)
		if err != nil {
			status(err, stderr)
			bad = true
			continue
		}
		loaded = append(loaded, f)
	}
	if bad {
		return exitUsage
	}
	registry, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()

	out := bufio.NewWriter(stdout)
	var report testReport
	switch {
	case *tap:
		report = newTAPReport(out, loaded)
	case *junit:
		report = &junitReport{out: out}
	default:
		report = &plainReport{out: out}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	counts := map[regextest.Status]int{}
	for _, f := range loaded {
		err = regextest.Run(ctx, f, registry, o, func(r *regextest.Result) bool {
			counts[r.Status]++
			link := ""
			if r.Status != regextest.Passed && r.Status != regextest.Skipped {
				link = r.Link(*page)
			}
			report.result(r, link)
			return out.Flush() == nil
		})
		if err != nil {
			break
		}
	}
	report.end(err)
	if *cover && err == nil {
		mark := ""
		if *tap {
			mark = "# "
		}
		err = reportCoverage(ctx, out, loaded, mark)
	}
	if flushed := out.Flush(); flushed != nil {
		return status(flushed, stderr)
	}
	switch {
	case err != nil:
		fmt.Fprintln(stderr, "regexdbg: interrupted")
		return exitInterrupted
	case counts[regextest.Errored] > 0:
		return exitUsage
	case counts[regextest.Stopped] > 0:
		return exitLimit
	case counts[regextest.Failed] > 0:
		return exitNoMatch
	}
	return exitMatch
}

// importTests prints a file of another program's in our format.
func importTests(format string, files []string, stdout, stderr io.Writer) int {
	if format != "regex101" {
		return usageError(stderr, "test", "there is no format %q to import (there is: regex101)", format)
	}
	if len(files) > 1 {
		return usageError(stderr, "test", "--import takes one FILE, and got %d", len(files))
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		return status(err, stderr)
	}
	f, left, err := regextest.ImportRegex101(data)
	for _, note := range left {
		fmt.Fprintf(stderr, "regexdbg: %s: left out: %s\n", files[0], note)
	}
	if err != nil {
		return status(fmt.Errorf("%s: %w", files[0], err), stderr)
	}
	return status(f.Write(stdout), stderr)
}

// A plainReport is for people: a line for each pattern that passes, and all about what does not.
type plainReport struct {
	out    *bufio.Writer
	now    *regextest.Pattern
	passed int // of now, not yet said
	counts [5]int
}

var plainOrder = [...]regextest.Status{regextest.Passed, regextest.Failed, regextest.Errored, regextest.Stopped, regextest.Skipped}

func (p *plainReport) result(r *regextest.Result, link string) {
	if p.now != r.Pattern {
		p.flush()
		p.now = r.Pattern
	}
	for i, s := range plainOrder {
		if s == r.Status {
			p.counts[i]++
		}
	}
	if r.Status == regextest.Passed {
		p.passed++
		return
	}
	fmt.Fprintf(p.out, "%-7s  %s:%d: %s\n%s", r.Status, r.File.Name, r.Input.Line, r.Name(), indented(r.Describe(), "  "))
	if link != "" {
		fmt.Fprintf(p.out, "  open %s\n", link)
	}
}

// flush says how many inputs of a pattern have passed.
func (p *plainReport) flush() {
	if p.passed > 0 {
		fmt.Fprintf(p.out, "%-7s  %s (%d)\n", regextest.Passed, p.now.Name, p.passed)
	}
	p.passed = 0
}

func (p *plainReport) end(error) {
	p.flush()
	var parts []string
	for i, s := range plainOrder {
		if i == 0 || p.counts[i] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.counts[i], s))
		}
	}
	fmt.Fprintln(p.out, strings.Join(parts, ", "))
}

// indented puts a margin before each line.
func indented(text, margin string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString(margin + line)
	}
	return b.String()
}

// A tapReport is TAP version 14 (testanything.org), with what differs as comments.
type tapReport struct {
	out *bufio.Writer
	n   int
}

func newTAPReport(out *bufio.Writer, files []*regextest.File) *tapReport {
	total := 0
	for _, f := range files {
		for _, p := range f.Patterns {
			total += p.Tests()
		}
	}
	fmt.Fprintf(out, "TAP version 14\n1..%d\n", total)
	return &tapReport{out: out}
}

// tapName escapes what means something in a description, and shows what would end the line.
var tapName = strings.NewReplacer(`\`, `\\`, "#", `\#`, "\n", `\\n`, "\r", `\\r`)

func (t *tapReport) result(r *regextest.Result, link string) {
	t.n++
	ok := "not ok"
	if r.Status == regextest.Passed || r.Status == regextest.Skipped {
		ok = "ok"
	}
	fmt.Fprintf(t.out, "%s %d - %s", ok, t.n, tapName.Replace(r.Name()))
	if r.Status == regextest.Skipped {
		fmt.Fprintf(t.out, " # SKIP %s\n", strings.ReplaceAll(r.Err.Error(), "\n", " "))
		return
	}
	fmt.Fprintln(t.out)
	if r.Status == regextest.Passed {
		return
	}
	fmt.Fprintf(t.out, "# %s:%d: %s\n%s", r.File.Name, r.Input.Line, r.Status, indented(r.Describe(), "# "))
	if link != "" {
		fmt.Fprintf(t.out, "# open %s\n", link)
	}
}

func (t *tapReport) end(stopped error) {
	if stopped != nil {
		fmt.Fprintln(t.out, "Bail out! interrupted")
	}
}
