package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/speed"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// laneBenchmark is the lane of a page's connection for speeds.
const laneBenchmark = 3

const (
	// benchmarkSearch is what one search may take: an engine that needs longer has
	// no speed that anybody wants to see measured again and again.
	benchmarkSearch = 5 * time.Second
	// benchmarkTotal is when no new round begins: as long as people look at a bar
	// that grows.
	benchmarkTotal = 15 * time.Second
)

// errStopped ends a benchmark that the user has seen enough of.
var errStopped = errors.New("stopped by the user")

// A benchmark is a page's measurement of engines. It belongs to the loop; its job
// has a copy of what it needs.
type benchmark struct {
	session  *session
	version  int
	query    wire.Query
	flavor   *flavor.Flavor
	document *document
	engines  []string
	native   *native // the page's own engine, or nil

	task *eventloop.TaskOf[struct{}]
	job  *eventloop.Future[struct{}] // nil until the task has begun

	stopped bool        // by the user
	last    wire.Speeds // that was sent
}

// measure begins a benchmark of the present version.
func (s *session) measure(m *wire.Benchmark) {
	if m.Version != s.version || s.analysis == nil || s.analysis.query.Pattern == "" {
		return // it is about something that is not here any more, or there is nothing to measure
	}
	s.dropBenchmark()
	b := &benchmark{
		session: s, version: s.version, query: s.analysis.query, flavor: s.analysis.flavor, document: s.document, engines: m.Engines, native: s.native,
	}
	s.benchmark = b
	s.conn.Lane(laneBenchmark).Supersede(s.version)
	b.task = eventloop.Go(s.server.loop, b.run)
	b.task.AddDoneCallback(func() {
		if err := b.task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			s.server.options.Log.Error("ui: a benchmark failed", "err", err)
		}
	})
}

// dropBenchmark ends a benchmark that is about an older version.
func (s *session) dropBenchmark() {
	if s.benchmark != nil {
		s.benchmark.task.Cancel(errSuperseded)
		s.benchmark = nil
	}
}

// stop ends the benchmark for its user.
func (b *benchmark) stop() {
	b.stopped = true
	if b.job != nil {
		b.job.Cancel(errStopped)
	}
}

// run has a worker measure, and sends the end; what comes in between is sent as it
// comes. Being cancelled means that nobody wants to know any more.
func (b *benchmark) run(t *eventloop.Task) (struct{}, error) {
	s := b.session
	b.last = wire.Speeds{Type: wire.TypeSpeeds, Version: b.version, Rounds: speed.Rounds, Speeds: []wire.Speed{}}
	b.job = eventloop.RunInExecutor(s.server.loop, s.client.At(executor.Background), b.work)
	defer b.job.Cancel(errSuperseded)
	if b.stopped {
		b.job.Cancel(errStopped)
	}
	_, err := b.job.Await(t)
	if err != nil && t.Cancelling() > 0 {
		return struct{}{}, err
	}
	if err != nil && !b.job.Cancelled() {
		b.last.Failed = b.failure(err)
	}
	b.last.Done = true
	b.put(b.last)
	return struct{}{}, nil
}

func (b *benchmark) put(speeds wire.Speeds) {
	b.last = speeds
	b.session.conn.Lane(laneBenchmark).PutText(b.version, socket.Marshal(speeds))
}

// failure says to the user why there are no speeds.
func (b *benchmark) failure(err error) string {
	var panicked *executor.PanicError
	switch {
	case errors.Is(err, executor.ErrQueueFull):
		return "Too many searches are waiting. Try again in a moment."
	case errors.Is(err, errDrift):
		return "The text has changed meanwhile. Try again."
	case errors.As(err, &panicked):
		b.session.server.options.Log.Error("ui: a benchmark panicked", "value", panicked.Value, "stack", string(panicked.Stack))
		return fmt.Sprintf("This failed: %.200v. It is a defect; the program's log has its stack.", panicked.Value)
	}
	return err.Error()
}

// take fills in what is measured.
func take(line *wire.Speed, m speed.Speed) {
	line.Outcome, line.Count = string(m.Outcome), m.Count
	line.MedianMs, line.LowMs, line.HighMs = milliseconds(m.Median), milliseconds(m.Low), milliseconds(m.High)
	switch {
	case m.Outcome == engine.Timeout:
		line.Message = fmt.Sprintf("One search takes more than %v.", benchmarkSearch)
	case m.Err != nil && m.Outcome != engine.Cancelled:
		line.Message = m.Err.Error()
	}
}

// work measures. It runs on a worker.
func (b *benchmark) work(ctx context.Context) (struct{}, error) {
	text, err := b.document.resolve()
	if err != nil {
		return struct{}{}, err
	}
	speeds := wire.Speeds{Type: wire.TypeSpeeds, Version: b.version, Rounds: speed.Rounds, Bytes: text.Len(), Speeds: []wire.Speed{}}
	var runners []speed.Runner
	var places []int // of the runners among the speeds
	for _, entry := range b.native.registry(b.session.server.options.Engines, b.version, text).Entries() {
		if entry.Engine == nil || !slices.Contains(b.engines, entry.Info.Name) {
			continue
		}
		if err := context.Cause(ctx); err != nil {
			return struct{}{}, err
		}
		line, program := b.compile(entry.Engine)
		if program != nil {
			runners = append(runners, speed.Runner{Info: entry.Info, Program: program})
			places = append(places, len(speeds.Speeds))
		}
		speeds.Speeds = append(speeds.Speeds, line)
	}
	send := func(round int, measured []speed.Speed) {
		for i, m := range measured {
			take(&speeds.Speeds[places[i]], m)
		}
		speeds.Round = round
		copied := speeds
		copied.Speeds = slices.Clone(speeds.Speeds)
		b.session.server.threadsafe(func() {
			if b.session.benchmark == b && !b.last.Done { // or the user has stopped it meanwhile
				b.put(copied)
			}
		})
	}
	if len(runners) == 0 {
		send(0, nil)
		return struct{}{}, nil
	}
	round := 0
	speed.Measure(ctx, runners, text, speed.Budget{Search: benchmarkSearch, Total: benchmarkTotal}, func(measured []speed.Speed) {
		send(round, measured)
		round++
	})
	return struct{}{}, context.Cause(ctx)
}

// compile compiles the pattern for an engine, with the flags that mean the same in
// its flavor.
func (b *benchmark) compile(e engine.Engine) (line wire.Speed, program engine.Program) {
	info := e.Info()
	line.Engine = wireEngine(info)
	f, err := flavor.Lookup(info.Flavor)
	if err == nil {
		line.Flavor = f.Label
		var lacks []compare.Lack
		line.Flags, lacks, err = compare.ForFlavor(b.query.Flags, b.flavor, f)
		if len(lacks) > 0 {
			words := make([]string, len(lacks))
			for i, lack := range lacks {
				words[i] = lack.String()
			}
			line.Message = f.Label + " has no flag for " + strings.Join(words, ", ") + "."
		}
	}
	if err == nil {
		program, err = e.Compile([]byte(b.query.Pattern), line.Flags)
	}
	var refused *syntax.Error
	switch {
	case errors.As(err, &refused):
		line.Outcome, line.Message = wire.OutcomeRefused, refused.Message
	case err != nil:
		line.Outcome, line.Message = wire.OutcomeError, err.Error()
	}
	return line, program
}
