package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const replaceUsage = `usage: regexdbg replace [-f FLAVOR] [-e ENGINE] [-F FLAGS] [--list SEPARATOR]
                        [--timeout 5s] [--runtimes LIST] PATTERN REPLACEMENT [FILE|-]

Prints FILE, or standard input, with REPLACEMENT in the place of all matches of
PATTERN, as they are found.

  -f, --flavor FLAVOR  the dialect, go by default; see regexdbg engines
  -e, --engine ENGINE  one of the flavor's engines; its first one by default
  -F, --flags FLAGS    letters with the flavor's own meaning, such as -F im
  --list SEPARATOR     print only what stands for each match, with SEPARATOR between
                       them, in which \n is a line feed, \t a tab, \0 a NUL byte, and
                       \\ a backslash
  --timeout TIME       stop after so long, such as 500ms or 1m; 0 never stops
  --runtimes LIST      which local runtimes to use, see regexdbg help match

REPLACEMENT has the syntax of the engine's own function:

`

const replaceUsageEnd = `
It is not run as code: of Perl's, only what is about the match is taken. A group that
the pattern has not is an error, or a warning where the function takes it.

Put -- before a pattern that starts with -. The exit status is 0 for a match, 1
for none (FILE is printed as it is), 2 for bad usage, a bad pattern or a bad
replacement, 3 for a timeout or limit, and 130 after an interrupt; what is printed
then ends behind the last match that was replaced.
`

// replaceHelp is the usage with what each syntax has.
func replaceHelp() string {
	var b strings.Builder
	b.WriteString(replaceUsage)
	for _, s := range replace.Syntaxes() {
		line := fmt.Sprintf("  %-12s", s.Name)
		for _, e := range s.Elements {
			if len(line)+1+len(e.Form) > 80 {
				b.WriteString(line + "\n")
				line = strings.Repeat(" ", 14)
			}
			line += " " + e.Form
		}
		b.WriteString(line + "\n")
	}
	b.WriteString(replaceUsageEnd)
	return b.String()
}

func replaceCommand(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("replace", flag.ContinueOnError)
	var flavorName, engineName, letters string
	stringFlag(flags, &flavorName, "f", "flavor", "go")
	stringFlag(flags, &engineName, "e", "engine", "")
	stringFlag(flags, &letters, "F", "flags", "")
	var mode replace.Mode
	flags.Func("list", "", func(separator string) error {
		mode = replace.Mode{List: true, Separator: separators.Replace(separator)}
		return nil
	})
	timeout := flags.Duration("timeout", defaultTimeout, "")
	runtimes := runtimesFlag(flags, "all")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	switch {
	case !ok:
		return exit
	case len(arguments) < 2:
		return usageError(stderr, "replace", "replace needs a PATTERN and a REPLACEMENT")
	case len(arguments) > 3:
		return usageError(stderr, "replace", "replace takes a PATTERN, a REPLACEMENT and one FILE, and got %d arguments (quote what has spaces)", len(arguments))
	case *timeout < 0:
		return usageError(stderr, "replace", "the timeout cannot be negative")
	}
	registry, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()
	eng, err := registry.Lookup(flavorName, engineName)
	if err != nil {
		return status(err, stderr)
	}
	program, err := eng.Compile([]byte(arguments[0]), letters)
	if err != nil {
		if bad, ok := errors.AsType[*syntax.Error](err); ok {
			fmt.Fprint(stderr, syntax.Caret(bad, []byte(arguments[0])))
			return exitUsage
		}
		return status(err, stderr)
	}
	template, err := templateFor(eng, program, arguments[0], letters, arguments[1])
	if err != nil {
		return status(err, stderr)
	}
	for _, problem := range template.Problems {
		fmt.Fprint(stderr, syntax.Caret(problem, []byte(arguments[1])))
	}
	if template.Err() != nil {
		return exitUsage
	}
	text, err := readText(arguments[0], arguments[2:], stdin)
	if err != nil {
		return status(err, stderr)
	}
	o := newOutput(stdout)
	result, found := untilInterrupt(&o, func() engine.Result {
		return replace.Run(context.Background(), program, template, text, mode, engine.Budget{Timeout: *timeout}, func(b []byte) bool {
			o.mu.Lock()
			defer o.mu.Unlock()
			if !o.closed {
				o.write(b)
			}
			return !o.closed && o.err == nil
		})
	})
	if !found {
		result = engine.Result{Outcome: engine.Cancelled}
	}
	if err := o.close(); err != nil {
		return status(err, stderr)
	}
	if !found {
		fmt.Fprintln(stderr, "regexdbg: interrupted")
		return exitInterrupted
	}
	return report(result, text.Len(), *timeout, stderr)
}

// separators are the escapes of --list.
var separators = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\0`, "\x00")

// templateFor reads a replacement as the engine's own function would.
func templateFor(eng engine.Engine, program engine.Program, pattern, flags, text string) (*replace.Template, error) {
	info := eng.Info()
	f, err := flavor.Lookup(info.Flavor)
	if err != nil {
		return nil, err
	}
	s := replace.For(info)
	if s == nil {
		return nil, fmt.Errorf("how %s replaces is not known here", f.Label)
	}
	return replace.Parse(s, replace.PatternOf(f, pattern, flags, program.Groups()), text), nil
}
