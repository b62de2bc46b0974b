package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const matchUsage = `usage: regexdbg match [-f FLAVOR] [-e ENGINE] [-F FLAGS] [--json] [--timeout 5s]
                      [--runtimes LIST] PATTERN [FILE|-]

Prints all matches of PATTERN in FILE, or in standard input, as they are found.

  -f, --flavor FLAVOR  the dialect, go by default; see regexdbg engines
  -e, --engine ENGINE  one of the flavor's engines; its first one by default
  -F, --flags FLAGS    letters with the flavor's own meaning, such as -F im
  --json               JSON, one object a line
  --timeout TIME       stop after so long, such as 500ms or 1m; 0 never stops
  --runtimes LIST      which local runtimes to use, with commas between them: all
                       (the default), none, languages such as python, programs
                       such as python3.13, paths of programs

A match is a line of fields with tabs between them: its offsets, its text in Go's
quotes, and for each group the number or name and the same two; or - for a
group that took no part; and then (*MARK)= and the name of the match's mark in
quotes, if it has one. Offsets are bytes from 0, the end not included.

  0-7	"2024-06"	year=0-4	"2024"	month=5-7	"06"

With --json a match is {"span": [0, 7], "groups": [[0, 4], [5, 7]]}, with null for a
group that took no part and "mark": "name" for a mark, and the last line is about the search: its outcome
("match", "no-match", "timeout", "limit", "error", "cancelled"), count, the bytes
searched, the engine with its version, the names of the groups from group 0
on, "" for none, and what it took in milliseconds: wall_ms, from the search's start
to its end, with what it takes to write the matches; and cpu_ms, the CPU time of its
thread and of the engine's own process, absent where that is not known, which is
after an interrupt and on other systems than Linux.

Put -- before a pattern that starts with -. The exit status is 0 for a match, 1
for none, 2 for bad usage or a bad pattern, 3 for a timeout or limit, and 130
after an interrupt; what was found until then is printed.
`

const defaultTimeout = 5 * time.Second

func match(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("match", flag.ContinueOnError)
	var flavorName, engineName, letters string
	stringFlag(flags, &flavorName, "f", "flavor", "go")
	stringFlag(flags, &engineName, "e", "engine", "")
	stringFlag(flags, &letters, "F", "flags", "")
	asJSON := flags.Bool("json", false, "")
	timeout := flags.Duration("timeout", defaultTimeout, "")
	runtimes := runtimesFlag(flags, "all")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	switch {
	case !ok:
		return exit
	case len(arguments) == 0:
		return usageError(stderr, "match", "match needs a PATTERN")
	case len(arguments) > 2:
		return usageError(stderr, "match", "match takes a PATTERN and one FILE, and got %d arguments (quote a pattern with spaces)", len(arguments))
	case *timeout < 0:
		return usageError(stderr, "match", "the timeout cannot be negative")
	}
	pattern := []byte(arguments[0])
	registry, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()
	eng, err := registry.Lookup(flavorName, engineName)
	if err != nil {
		return status(err, stderr)
	}
	program, err := eng.Compile(pattern, letters)
	if err != nil {
		if bad, ok := errors.AsType[*syntax.Error](err); ok {
			fmt.Fprint(stderr, syntax.Caret(bad, pattern))
			return exitUsage
		}
		return status(err, stderr)
	}
	text, err := readText(arguments[0], arguments[1:], stdin)
	if err != nil {
		return status(err, stderr)
	}
	p := &printer{output: newOutput(stdout), text: text.Bytes(), groups: program.Groups(), json: *asJSON}
	result, used, found := p.search(program, text, *timeout)
	if !found {
		result = engine.Result{Outcome: engine.Cancelled, Count: p.count, Searched: p.searched, ChildCPU: -1, Err: errInterrupted}
	}
	if *asJSON {
		p.summary(eng.Info(), result, used)
	}
	if err := p.close(); err != nil {
		return status(err, stderr)
	}
	return report(result, text.Len(), *timeout, stderr)
}

var errInterrupted = errors.New("interrupted")

// report says on stderr why a search ended early, and returns the exit status.
func report(result engine.Result, size int, timeout time.Duration, stderr io.Writer) int {
	const so = "regexdbg: %s after %d matches, with %d of %d bytes searched\n"
	switch result.Outcome {
	case engine.Match, engine.Stopped:
		return exitMatch
	case engine.NoMatch:
		return exitNoMatch
	case engine.Timeout:
		fmt.Fprintf(stderr, so, fmt.Sprintf("stopped at the timeout of %v", timeout), result.Count, result.Searched, size)
		fmt.Fprintln(stderr, "Give it more time with --timeout, or any time with --timeout 0.")
		return exitLimit
	case engine.Limit:
		fmt.Fprintf(stderr, so, "stopped at a limit", result.Count, result.Searched, size)
		if result.Err != nil {
			fmt.Fprintf(stderr, "regexdbg: %v\n", result.Err)
		}
		return exitLimit
	case engine.Cancelled:
		fmt.Fprintf(stderr, so, "interrupted", result.Count, result.Searched, size)
		return exitInterrupted
	}
	fmt.Fprintf(stderr, "regexdbg: %v\n", result.Err)
	return exitUsage
}

// A printer writes matches from the goroutine of the search, while another may
// flush what it has written, or close it.
type printer struct {
	output
	text   []byte
	groups []engine.Group
	json   bool

	line     []byte
	mark     string // of the match that the search hands over
	count    int    // of matches printed
	searched int    // where the last one started
}

// search prints all matches until the search ends, or an interrupt does. It has a thread of its own, whose usage it
// returns, besides what the result says of a process.
func (p *printer) search(program engine.Program, text *engine.Text, timeout time.Duration) (engine.Result, executor.Usage, bool) {
	view := executor.New(executor.Options{Workers: 1}).NewClient("match").At(executor.Interactive)
	budget := engine.Budget{Timeout: timeout, Mark: &p.mark}
	begun := make(chan *executor.Future[engine.Result], 1)
	result, found := untilInterrupt(&p.output, func() engine.Result {
		searching := executor.Go(context.Background(), view, func(context.Context) (engine.Result, error) {
			// Nothing cancels it: what an engine does to notice that costs time.
			return program.Search(context.Background(), text, engine.Cursor{}, budget, p.match), nil
		})
		begun <- searching
		result, err := searching.Wait(context.Background())
		if err != nil {
			return engine.Result{Outcome: engine.Error, Count: p.count, Searched: p.searched, ChildCPU: -1, Err: err}
		}
		return result
	})
	return result, (<-begun).Usage(), found
}

// match prints one match. It is what the search yields to.
func (p *printer) match(groups []int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || p.err != nil {
		return false
	}
	p.line = p.line[:0]
	if p.json {
		p.line = appendMatchJSON(p.line, groups, p.mark)
	} else {
		p.line = p.appendMatch(p.line, groups)
	}
	p.write(append(p.line, '\n'))
	p.count, p.searched = p.count+1, groups[0]
	if p.count == 1 {
		p.flush()
	}
	return p.err == nil
}

func (p *printer) appendMatch(line []byte, groups []int) []byte {
	for i, group := range p.groups {
		if i > 0 {
			line = append(line, '\t')
			if group.Name != "" {
				line = append(line, group.Name...)
			} else {
				line = strconv.AppendInt(line, int64(group.Number), 10)
			}
			line = append(line, '=')
		}
		start, end := groups[2*i], groups[2*i+1]
		if start < 0 {
			line = append(line, '-')
			continue
		}
		line = strconv.AppendInt(line, int64(start), 10)
		line = append(line, '-')
		line = strconv.AppendInt(line, int64(end), 10)
		line = append(line, '\t')
		line = strconv.AppendQuote(line, string(p.text[start:end]))
	}
	if p.mark != "" {
		line = append(line, "\t(*MARK)="...)
		line = strconv.AppendQuote(line, p.mark)
	}
	return line
}

// appendMatchJSON appends a match as an object of the batch contract, with its mark
// unless that is "".
func appendMatchJSON(b []byte, groups []int, mark string) []byte {
	b = append(b, `{"span":`...)
	b = appendSpan(b, groups[0], groups[1])
	b = append(b, `,"groups":[`...)
	for i := 2; i < len(groups); i += 2 {
		if i > 2 {
			b = append(b, ',')
		}
		b = appendSpan(b, groups[i], groups[i+1])
	}
	b = append(b, ']')
	if mark != "" {
		b = append(b, `,"mark":`...)
		name, err := json.Marshal(mark)
		if err != nil {
			panic(err) // a string
		}
		b = append(b, name...)
	}
	return append(b, '}')
}

func appendSpan(b []byte, start, end int) []byte {
	if start < 0 {
		return append(b, "null"...)
	}
	b = append(b, '[')
	b = strconv.AppendInt(b, int64(start), 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(end), 10)
	return append(b, ']')
}

// summary writes the last line of match --json.
func (p *printer) summary(info engine.Info, result engine.Result, used executor.Usage) {
	var cpu *float64
	if used.CPUKnown && result.ChildCPU >= 0 {
		ms := milliseconds(used.CPU + result.ChildCPU)
		cpu = &ms
	}
	line, err := json.Marshal(struct {
		Outcome  engine.Outcome `json:"outcome"`
		Count    int            `json:"count"`
		Searched int            `json:"searched"`
		Engine   engineName     `json:"engine"`
		Names    []string       `json:"names"`
		WallMs   float64        `json:"wall_ms"`
		CPUMs    *float64       `json:"cpu_ms,omitempty"`
		Error    *batchError    `json:"error,omitempty"`
	}{
		result.Outcome, result.Count, result.Searched, engineName{info.Name, info.Version}, names(p.groups),
		milliseconds(used.Wall), cpu, searchError(result),
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		p.err = err
		return
	}
	p.write(append(line, '\n'))
}
