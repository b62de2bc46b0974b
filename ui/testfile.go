package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/regextest"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// laneTests is the lane of a page's connection for its tests.
const laneTests = 6

// testDelay is how long a file of tests has to stand before it is run, for the same reason as compareDelay.
const testDelay = 200 * time.Millisecond

// A testRun reads and runs one version of the page's file of tests. It belongs to the loop; its jobs have the file, and
// gather results behind a mutex.
type testRun struct {
	session *session
	serial  int
	text    string
	task    *eventloop.TaskOf[struct{}]
	wake    *eventloop.Event // set when other panels are shown

	mu      sync.Mutex
	results []wire.TestResult // that are not sent yet
}

// setTests takes the page's file of tests, whose newest text supersedes what is done for an older one.
func (s *session) setTests(m *wire.Tests) {
	if len(m.Text) > wire.MaxTestsBytes {
		s.fault(wire.FaultTooBig, websocket.CloseMessageTooBig, fmt.Sprintf("The tests have %d bytes, and the page takes at most %d.", len(m.Text), wire.MaxTestsBytes))
		return
	}
	s.dropTests()
	s.conn.Lane(laneTests).Supersede(m.Serial)
	r := &testRun{session: s, serial: m.Serial, text: m.Text, wake: eventloop.NewEvent(s.server.loop)}
	s.tests = r
	r.task = eventloop.Go(s.server.loop, r.run)
	s.watch(r.task, "tests")
}

// watch has the failure of a task logged.
func (s *session) watch(task *eventloop.TaskOf[struct{}], what string) {
	task.AddDoneCallback(func() {
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			s.server.options.Log.Error("ui: "+what+" failed", "err", err)
		}
	})
}

// dropTests ends what is done for a file that is not the page's any more.
func (s *session) dropTests() {
	if s.tests != nil {
		s.tests.task.Cancel(errSuperseded)
		s.tests = nil
	}
}

// dropImport ends what reads another program's file.
func (s *session) dropImport() {
	if s.importing != nil {
		s.importing.Cancel(errSuperseded)
		s.importing = nil
	}
}

// visible reports whether the page shows the panel.
func (r *testRun) visible() bool {
	i := panelIndex("tests")
	return i < len(r.session.shown) && r.session.shown[i]
}

// run is the task: the file is read, and once the page shows the panel its patterns are run one after another, each in
// a job of its own, so that other pages' jobs have their turn in between.
func (r *testRun) run(t *eventloop.Task) (struct{}, error) {
	s := r.session
	type reading struct {
		file    *regextest.File
		message []byte
	}
	read, err := eventloop.RunInExecutor(s.server.loop, s.client.At(executor.Interactive), func(context.Context) (reading, error) {
		f, err := regextest.Parse("", []byte(r.text))
		return reading{f, socket.Marshal(wire.NewTestFile(r.serial, r.text, f, err))}, nil
	}).Await(t)
	if err != nil {
		return struct{}{}, r.end(t, err)
	}
	s.conn.Lane(laneTests).PutText(r.serial, read.message)
	if read.file == nil {
		return struct{}{}, nil
	}
	for !r.visible() {
		r.wake.Clear()
		if err := r.wake.Wait(t); err != nil {
			return struct{}{}, err
		}
	}
	if err := eventloop.Sleep(t, testDelay); err != nil {
		return struct{}{}, err
	}
	for i, p := range read.file.Patterns {
		if err := s.awaitRoom(t); err != nil {
			return struct{}{}, err
		}
		_, err := eventloop.RunInExecutor(s.server.loop, s.client.At(executor.Background), func(ctx context.Context) (struct{}, error) {
			return struct{}{}, r.work(ctx, read.file, p, i)
		}).Await(t)
		if err != nil {
			return struct{}{}, r.end(t, err)
		}
	}
	return struct{}{}, r.end(t, r.cover(t, read.file))
}

// cover says what the inputs of each pattern exercise of it.
func (r *testRun) cover(t *eventloop.Task, f *regextest.File) error {
	s := r.session
	for i, p := range f.Patterns {
		if err := s.awaitRoom(t); err != nil {
			return err
		}
		message, err := eventloop.RunInExecutor(s.server.loop, s.client.At(executor.Background), func(ctx context.Context) ([]byte, error) {
			limited, cancel := context.WithTimeoutCause(ctx, s.server.options.Limits.Budget, errCoverage)
			defer cancel()
			covered, err := regextest.Cover(limited, p)
			if err == errCoverage {
				covered, err = &regextest.Covered{Pattern: p, Err: err}, nil
			}
			if err != nil {
				return nil, err
			}
			return socket.Marshal(wire.NewTestCoverage(r.serial, i, covered)), nil
		}).Await(t)
		if err != nil {
			return err
		}
		s.conn.Lane(laneTests).PutText(r.serial, message)
	}
	return nil
}

// errCoverage is why the coverage of a pattern is not known.
var errCoverage = errors.New("following its texts takes too long")

// work runs the tests of a pattern. It runs on a worker.
func (r *testRun) work(ctx context.Context, f *regextest.File, p *regextest.Pattern, index int) error {
	server := r.session.server
	input := 0
	options := regextest.Options{Timeout: server.options.Limits.Budget}
	// The page's own engine is the first of its flavor here, as it is in the page. It has none of these texts.
	engines := r.session.native.registry(server.options.Engines, 0, nil)
	return regextest.RunPattern(ctx, f, p, engines, options, func(result *regextest.Result) bool {
		m := wire.NewTestResult(result, index, input)
		input++
		r.mu.Lock()
		first := len(r.results) == 0
		r.results = append(r.results, m)
		r.mu.Unlock()
		if first {
			server.threadsafe(func() {
				if r.session.tests == r {
					r.flush(false, "")
				}
			})
		}
		return true
	})
}

// flush sends the results that have come.
func (r *testRun) flush(done bool, failed string) {
	r.mu.Lock()
	results := r.results
	r.results = nil
	r.mu.Unlock()
	if len(results) == 0 && !done {
		return // they went with those before
	}
	if results == nil {
		results = []wire.TestResult{}
	}
	r.session.conn.Lane(laneTests).PutText(r.serial, socket.Marshal(wire.TestResults{
		Type: wire.TypeTestResults, Serial: r.serial, Results: results, Done: done, Failed: failed,
	}))
}

// end sends what is left, and why there is no more of it. It returns err when the task is cancelled, when nobody wants
// to know.
func (r *testRun) end(t *eventloop.Task, err error) error {
	if err == nil {
		r.flush(true, "")
		return nil
	}
	if t.Cancelling() > 0 {
		return err
	}
	r.flush(true, r.session.testFailure(err))
	return nil
}

// testFailure says to the user why a job about tests failed.
func (s *session) testFailure(err error) string {
	var panicked *executor.PanicError
	switch {
	case errors.Is(err, executor.ErrQueueFull):
		return "Too many searches are waiting. Run the tests again in a moment."
	case errors.As(err, &panicked):
		s.server.options.Log.Error("ui: a test panicked", "value", panicked.Value, "stack", string(panicked.Stack))
		return fmt.Sprintf("This failed: %.200v. It is a defect; the program's log has its stack.", panicked.Value)
	}
	return err.Error()
}

// importTests answers with another program's file in our format. The newest request supersedes one before.
func (s *session) importTests(m *wire.ImportTests) {
	s.dropImport()
	s.importing = eventloop.Go(s.server.loop, func(t *eventloop.Task) (struct{}, error) {
		answer := wire.ImportedTests{Type: wire.TypeImportedTests, Name: m.Name, Left: []string{}}
		type imported struct {
			text string
			left []string
		}
		got, err := eventloop.RunInExecutor(s.server.loop, s.client.At(executor.Interactive), func(context.Context) (imported, error) {
			f, left, err := regextest.ImportRegex101([]byte(m.Text))
			if err != nil {
				return imported{left: left}, err
			}
			var b bytes.Buffer
			err = f.Write(&b)
			return imported{b.String(), left}, err
		}).Await(t)
		if err != nil && t.Cancelling() > 0 {
			return struct{}{}, err
		}
		if err != nil {
			answer.Error = s.testFailure(err)
		}
		answer.Text = got.text
		answer.Left = append(answer.Left, got.left...)
		s.conn.Put(0, answer)
		return struct{}{}, nil
	})
	s.watch(s.importing, "importing tests")
}
