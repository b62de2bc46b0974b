package differential

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/executor"
)

var (
	//go:embed children/child.js
	childJS string
	//go:embed children/child.py
	childPython string
	//go:embed children/pcre2.py
	childPCRE2 string
	//go:embed children/child.pl
	childPerl string
	//go:embed children/child.rb
	childRuby string
	//go:embed children/Child.java
	childJava []byte
)

// A childProgram is how an engine runs as a child process.
type childProgram struct {
	command []string
	script  []byte // when not nil: written to a file whose name is the last argument
	text    bool   // see Oracle.Text
}

// python3 is Debian's own: one found on PATH can be a launcher of a version that nobody has asked for.
const python3 = "/usr/bin/python3"

var children = map[string]childProgram{
	"js":     {command: []string{"node", "-e", childJS}, text: true},
	"python": {command: []string{python3, "-I", "-S", "-c", childPython}, text: true},
	"pcre2":  {command: []string{python3, "-I", "-S", "-c", childPCRE2}},
	"perl":   {command: []string{"perl", "-e", childPerl}, text: true}, // as our engine hands it patterns
	"ruby":   {command: []string{"ruby", "--disable-gems", "-e", childRuby}},
	"java": {
		command: []string{"java", "-XX:+UseSerialGC", "-Xmx512m", "--add-opens", "java.base/java.util.regex=ALL-UNNAMED"},
		script:  childJava, text: true,
	},
}

const (
	// batchSize is how many patterns a child gets at a time: enough that the round trip (0.2 ms) does not count.
	batchSize = 512
	// batchTime is what a child may take for a batch, and then for each part of it, until the pattern is found that
	// makes it hang. Ordinary patterns take microseconds each.
	batchTime = 10 * time.Second
	// noProgram is the exit status with which shells, and our child for PCRE2, say that something is not installed.
	noProgram = 127
	// childMemory bounds what a pattern makes of a child.
	childMemory = 512 << 20
)

// childOracle is an engine in a child process, which may die of a pattern.
type childOracle struct {
	flavor  string
	program childProgram
	info    executor.Info
	limit   time.Duration // of a batch
	// searchLimit is that of a batch of searches.
	searchLimit time.Duration
	pool        *executor.ProcessPool
	dir         string // of the script, "" when there is none
}

func openChild(ctx context.Context, flavor string, program childProgram) (_ *childOracle, err error) {
	o := &childOracle{flavor: flavor, program: program, limit: batchTime, searchLimit: searchTime}
	command := program.command
	if program.script != nil {
		if o.dir, err = os.MkdirTemp("", "regexdbg-oracle-"); err != nil {
			return nil, err
		}
		file := filepath.Join(o.dir, "Child.java")
		if err := os.WriteFile(file, program.script, 0o600); err != nil {
			return nil, errors.Join(err, os.RemoveAll(o.dir))
		}
		command = append(command[:len(command):len(command)], file)
	}
	o.pool = executor.NewProcessPool(executor.ProcessOptions{
		Command: command, Workers: 1, Memory: childMemory, StartTimeout: time.Minute,
	})
	if o.info, err = o.pool.Info(ctx); err != nil {
		if crash, ok := errors.AsType[*executor.CrashError](err); ok && crash.Code == noProgram ||
			errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%s: %w: %w", flavor, ErrUnavailable, err)
		}
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

func (o *childOracle) Flavor() string { return o.flavor }
func (o *childOracle) Engine() string { return o.info.Name + " " + o.info.Version }
func (o *childOracle) Text() bool     { return o.program.text }

func (o *childOracle) Fingerprint() string {
	return o.Engine() + "\n" + strings.Join(o.program.command, "\n") + "\n" + string(o.program.script)
}

func (o *childOracle) Close() error {
	err := o.pool.Shutdown(context.Background(), executor.CancelAll)
	if o.dir != "" {
		err = errors.Join(err, os.RemoveAll(o.dir))
	}
	return err
}

func (o *childOracle) Ask(ctx context.Context, queries []Query) ([]Answer, error) {
	return inParts(queries, batchSize, func(part []Query) ([]Answer, error) {
		some, err := halve(ctx, part, o.limit, o.askOnce, func(why string) Answer { return Answer{Unknown: why, Offset: -1} })
		if err != nil {
			err = fmt.Errorf("the oracle of %s: %w", o.flavor, err)
		}
		return some, err
	})
}

// inParts asks about size questions at a time.
func inParts[Q, A any](questions []Q, size int, ask func([]Q) ([]A, error)) ([]A, error) {
	answers := make([]A, 0, len(questions))
	for part := range slices.Chunk(questions, size) {
		some, err := ask(part)
		if err != nil {
			return nil, err
		}
		answers = append(answers, some...)
	}
	return answers, nil
}

var errSlow = errors.New("hangs")

// halve asks about some patterns at once. When the child does not survive that, or needs longer than limit, it asks about
// each half.
func halve[Q, A any](
	ctx context.Context, questions []Q, limit time.Duration,
	ask func(context.Context, []Q) ([]A, error), unknown func(why string) A,
) ([]A, error) {
	limited, cancel := context.WithTimeoutCause(ctx, limit, errSlow)
	defer cancel()
	answers, err := ask(limited, questions)
	crash, crashed := errors.AsType[*executor.CrashError](err)
	_, unstarted := errors.AsType[*executor.StartError](err)
	switch {
	case err == nil:
		return answers, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case unstarted || !crashed && err != errSlow:
		return nil, fmt.Errorf("at %+q: %w", fmt.Sprint(questions[0]), err)
	case len(questions) == 1:
		why := errSlow.Error()
		if crashed {
			why = "crashes: " + crash.State
		}
		return []A{unknown(why)}, nil
	}
	left, err := halve(ctx, questions[:len(questions)/2], limit, ask, unknown)
	if err != nil {
		return nil, err
	}
	right, err := halve(ctx, questions[len(questions)/2:], limit, ask, unknown)
	return append(left, right...), err
}

func (o *childOracle) askOnce(ctx context.Context, queries []Query) ([]Answer, error) {
	var body bytes.Buffer
	for _, q := range queries {
		fmt.Fprintf(&body, "%s\t%s\n", q.Flags, base64.StdEncoding.EncodeToString([]byte(q.Pattern)))
	}
	return exchange(ctx, o.pool, body.Bytes(), len(queries), readAnswer)
}

// exchange sends a child its questions, and reads a line of answer to each.
func exchange[A any](
	ctx context.Context, pool *executor.ProcessPool, body []byte, count int, read func(line string) (A, error),
) ([]A, error) {
	var answers []A
	_, err := pool.Do(ctx, executor.Request{Body: body}, func(r executor.Response) error {
		for line := range strings.Lines(string(r.Body)) {
			a, err := read(strings.TrimSuffix(line, "\n"))
			if err != nil {
				return fmt.Errorf("answer %q: %w", line, err)
			}
			answers = append(answers, a)
		}
		return nil
	})
	if err == nil && len(answers) != count {
		err = fmt.Errorf("%d answers to %d questions", len(answers), count)
	}
	return answers, err
}

// readAnswer reads a line of a child's answer. It has five fields with tabs between them: "+" accepted, "-" refused or
// "!" neither, as memory or stack were exhausted; the error's offset in bytes or -1; its text in base64; the number of
// groups; NUMBER:NAME of each named group, with commas, the name in base64.
func readAnswer(line string) (a Answer, err error) {
	fields := strings.Split(line, "\t")
	if len(fields) != 5 {
		return a, fmt.Errorf("%d fields", len(fields))
	}
	text, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil {
		return a, err
	}
	switch fields[0] {
	case "+":
		a.OK = true
	case "-":
		a.Error = string(text)
	case "!":
		a.Unknown = string(text)
	default:
		return a, errors.New("unknown verdict")
	}
	if a.Offset, err = strconv.Atoi(fields[1]); err != nil {
		return a, err
	}
	if a.Groups, err = strconv.Atoi(fields[3]); err != nil {
		return a, err
	}
	if fields[4] == "" {
		return a, nil
	}
	for entry := range strings.SplitSeq(fields[4], ",") {
		number, name, _ := strings.Cut(entry, ":")
		n, err := strconv.Atoi(number)
		if err != nil {
			return a, err
		}
		text, err := base64.StdEncoding.DecodeString(name)
		if err != nil {
			return a, err
		}
		a.Names = append(a.Names, Name{n, string(text)})
	}
	sortNames(a.Names)
	return a, nil
}
