package ui

import (
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// This file says in the protocol's words how a search stands.

func (x *search) startedMessage(continued bool) wire.Started {
	groups := make([]wire.Group, 0, len(x.program.Groups()))
	for _, g := range x.program.Groups() {
		groups = append(groups, wire.Group{Number: g.Number, Name: g.Name})
	}
	return wire.Started{
		Type: wire.TypeStarted, Version: x.version, Engine: wireEngine(x.engine.Info()),
		Groups: groups, Bytes: x.text.Len(), Continued: continued,
	}
}

// report is sent by a search that has become slow.
func (x *search) report(l *leg, state legState, spent cost) {
	switch state {
	case legQueued:
		x.put(wire.Waiting{Type: wire.TypeWaiting, Version: x.version, Stuck: x.session.server.pool.Stats().Stuck})
	case legSearching:
		usage := l.usage()
		spent.wall += usage.Wall
		spent.cpu += usage.CPU
		spent.cpuOK = usage.CPUKnown && x.ownCPU()
		x.put(wire.Progress{
			Type: wire.TypeProgress, Version: x.version,
			Searched: x.searched, Bytes: x.text.Len(), Count: x.sent,
			WallMs: milliseconds(spent.wall), CPUMs: spent.cpuMs(),
		})
	}
}

// finish tells how the search ended.
func (x *search) finish(l *leg, spent cost) {
	done := x.doneMessage(spent)
	if l.job.Cancelled() {
		x.finishCancelled(spent)
		return
	}
	if err := errors.Join(l.job.Exception(), l.err); err != nil {
		x.fail(err, done)
		return
	}
	x.cursor = l.result.Cursor
	done.Searched = l.result.Searched
	resumable := false
	switch l.result.Outcome {
	case engine.Match, engine.NoMatch:
		done.Outcome = wire.OutcomeNoMatch
		if x.sent > 0 {
			done.Outcome = wire.OutcomeMatch
		}
	case engine.Timeout:
		done.Outcome, resumable = wire.OutcomeTimeout, true
		done.Message = fmt.Sprintf("The search was stopped after its %v.", x.budget)
	case engine.Limit:
		done.Outcome, resumable = wire.OutcomeLimit, l.result.Err == nil
		if resumable {
			done.Message = fmt.Sprintf("The search paused after %d matches.", x.sent)
		}
	case engine.Cancelled:
		done.Outcome, resumable = wire.OutcomeCancelled, true
	default:
		done.Outcome = wire.OutcomeError
	}
	if l.result.Err != nil && done.Message == "" && done.Outcome != wire.OutcomeCancelled {
		done.Message = l.result.Err.Error()
	}
	x.finishAs(done, resumable)
}

func (x *search) doneMessage(spent cost) wire.Done {
	return wire.Done{
		Type: wire.TypeDone, Version: x.version,
		WallMs: milliseconds(spent.wall), CPUMs: spent.cpuMs(), QueueMs: milliseconds(spent.queue),
	}
}

// finishCancelled is finish for a search that its user cancelled. Its worker may
// be running still.
func (x *search) finishCancelled(spent cost) {
	done := x.doneMessage(spent)
	done.Outcome = wire.OutcomeCancelled
	done.Searched = x.searched
	x.finishAs(done, true)
}

func (x *search) finishAs(done wire.Done, resumable bool) {
	done.Count = x.sent
	if !x.started {
		// Cancelled before the pattern was compiled: the page has not heard of
		// an engine yet, and there is nothing to go on from but the start.
		done.Bytes = 0
	} else {
		done.Bytes = x.text.Len()
	}
	x.resumable = resumable
	if resumable {
		done.CanContinue = true
		done.NextBudgetMs = int(x.nextBudget().Milliseconds())
		done.NextMatches = x.session.server.options.Limits.Matches
	}
	x.put(done)
}

// fail tells what kept the search from running.
func (x *search) fail(err error, done wire.Done) {
	var invalid *syntax.Error
	var unknown *flavor.UnknownError
	var panicked *executor.PanicError
	done.Outcome = wire.OutcomeError
	switch {
	case errors.Is(err, errDrift):
		x.put(wire.Resync{Type: wire.TypeResync, Version: x.version})
		return
	case errors.Is(err, errNoEngine):
		x.session.withoutEngine(x.flavor, x.query, x.name)
		return
	case errors.As(err, &invalid):
		x.putInvalid(wire.NewDiagnostic(wire.NewPositions(x.query.Pattern), invalid))
		return
	case errors.As(err, &unknown):
		x.putInvalid(wire.Diagnostic{Code: "unknown-flag", Message: err.Error()})
		return
	case errors.Is(err, errTooLong):
		x.session.fault(wire.FaultTooBig, websocket.CloseMessageTooBig, err.Error())
		return
	case errors.Is(err, executor.ErrQueueFull):
		done.Message = "Too many searches are waiting. Try again in a moment."
	case errors.As(err, &panicked):
		x.session.server.options.Log.Error("ui: the engine panicked", "flavor", x.flavor.Name,
			"value", panicked.Value, "stack", string(panicked.Stack))
		done.Message = fmt.Sprintf("The engine failed: %.200v. This is a defect; the program's log has its stack.", panicked.Value)
	default:
		done.Message = err.Error()
	}
	x.finishAs(done, false)
}

func (x *search) putInvalid(d wire.Diagnostic) {
	x.put(wire.Invalid{Type: wire.TypeInvalid, Version: x.version, Engine: wireEngine(x.engine.Info()), Error: d})
}

func wireEngine(info engine.Info) wire.Engine {
	return wire.Engine{Name: info.Name, Version: info.Version, Note: info.Note}
}

func (c cost) cpuMs() *float64 {
	if !c.cpuOK {
		return nil
	}
	ms := milliseconds(c.cpu)
	return &ms
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
