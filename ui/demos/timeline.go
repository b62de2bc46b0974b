package demos

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Limits of a timeline: a server may run for hours.
const (
	maxSpans = 2000 // of a lane; then the older half is forgotten
	maxLanes = 24   // then the lane that ended first is forgotten
	window   = 30 * time.Second
)

// timeline records what ran when, in lanes: the loop, its tasks, and threads.
// Its methods may be called from any goroutine.
type timeline struct {
	mu    sync.Mutex
	clock func() time.Duration
	loop  lane
	lanes []*lane // in the order of their first appearance
	tasks map[*eventloop.Task]*lane
	seen  int // lanes that there ever were
	end   time.Duration
	ended bool
	dirty bool // something has happened since the last snapshot
}

// lane is one line of the picture.
type lane struct {
	name   string
	colour int
	thread bool
	lives  []span // from the first step to the end of a task
	spans  []span // at work
	steps  int
	busy   time.Duration
}

// span is a time on the loop's clock. An end below the begin is still to come.
type span struct{ begin, end time.Duration }

const open = -1

func (l *lane) alive() bool { return len(l.lives) > 0 && l.lives[len(l.lives)-1].end == open }

// start sets the clock.
func (tl *timeline) start(clock func() time.Duration) {
	tl.mu.Lock()
	defer tl.mu.Unlock()
	tl.clock = clock
}

// now is the time on the clock, 0 before there is one.
func (tl *timeline) now() time.Duration {
	tl.mu.Lock()
	defer tl.mu.Unlock()
	return tl.time()
}

func (tl *timeline) time() time.Duration {
	switch {
	case tl.ended:
		return tl.end
	case tl.clock == nil:
		return 0
	}
	return tl.clock()
}

// stop stops the clock.
func (tl *timeline) stop() {
	tl.mu.Lock()
	defer tl.mu.Unlock()
	tl.end, tl.ended, tl.dirty = tl.time(), true, true
}

// step is an observer of a loop. Tasks that nobody has given a name count for the
// loop only: they are helpers of the libraries that a demo uses.
func (tl *timeline) step(e eventloop.StepEvent) {
	tl.mu.Lock()
	defer tl.mu.Unlock()
	tl.dirty = true
	tl.loop.work(e.Begin, e.End)
	if e.Task == nil || strings.HasPrefix(e.Task.Name(), "Task-") {
		return
	}
	l := tl.taskLane(e.Task, e.Begin)
	if !l.alive() {
		l.lives = append(l.lives, span{e.Begin, open})
	}
	l.work(e.Begin, e.End)
	if e.Task.Done() {
		l.lives[len(l.lives)-1].end = e.End
		delete(tl.tasks, e.Task)
	}
}

// taskLane returns the lane of a task: one that an earlier task of its name has
// left, or a new one. A task that has changed its name leaves the lane it had.
func (tl *timeline) taskLane(t *eventloop.Task, at time.Duration) *lane {
	l, known := tl.tasks[t]
	if known && l.name == t.Name() {
		return l
	}
	if known {
		l.lives[len(l.lives)-1].end = at
	}
	l = tl.free(t.Name(), false)
	if tl.tasks == nil {
		tl.tasks = make(map[*eventloop.Task]*lane)
	}
	tl.tasks[t] = l
	return l
}

// trace records that a thread runs until end is called.
func (tl *timeline) trace(thread string) (end func()) {
	tl.mu.Lock()
	defer tl.mu.Unlock()
	return tl.traceLane(tl.free(thread, true))
}

// traceWorker is trace for the first worker that is free.
func (tl *timeline) traceWorker() (end func()) {
	tl.mu.Lock()
	defer tl.mu.Unlock()
	for i := 1; ; i++ {
		name := fmt.Sprintf("worker %d", i)
		if !slices.ContainsFunc(tl.lanes, func(l *lane) bool { return l.thread && l.name == name && l.alive() }) {
			return tl.traceLane(tl.free(name, true))
		}
	}
}

func (tl *timeline) traceLane(l *lane) (end func()) {
	begin := tl.time()
	l.lives = append(l.lives, span{begin, open})
	tl.dirty = true
	return func() {
		tl.mu.Lock()
		defer tl.mu.Unlock()
		l.lives[len(l.lives)-1].end = tl.time()
		l.work(begin, tl.time())
		tl.dirty = true
	}
}

// free returns a lane of that name in which nobody lives.
func (tl *timeline) free(name string, thread bool) *lane {
	for _, l := range tl.lanes {
		if l.name == name && l.thread == thread && !l.alive() {
			return l
		}
	}
	if len(tl.lanes) >= maxLanes {
		oldest := slices.IndexFunc(tl.lanes, func(l *lane) bool { return !l.alive() })
		tl.lanes = slices.Delete(tl.lanes, max(oldest, 0), max(oldest, 0)+1)
	}
	l := &lane{name: name, colour: tl.seen % colours, thread: thread}
	tl.seen++
	tl.lanes = append(tl.lanes, l)
	return l
}

func (l *lane) work(begin, end time.Duration) {
	l.spans = forget(append(l.spans, span{begin, end}))
	l.lives = forget(l.lives)
	l.steps++
	l.busy += end - begin
}

func forget(spans []span) []span {
	if len(spans) < maxSpans {
		return spans
	}
	return append(spans[:0], spans[maxSpans/2:]...)
}

// snapshot returns what is to be drawn: the window that ends now, from the first
// step in it, and the lanes with something in it, the loop's first. changed is false when there is
// nothing new since the last one.
func (tl *timeline) snapshot() (from, to time.Duration, lanes []lane, changed bool) {
	tl.mu.Lock()
	defer tl.mu.Unlock()
	changed, tl.dirty = tl.dirty, false
	to = tl.time()
	from = max(0, to-window)
	if work := cut(tl.loop.spans, from, to); len(work) > 0 {
		from = work[0].begin
	}
	loop := tl.loop
	loop.name, loop.colour, loop.lives = "the loop", noColour, []span{{0, open}}
	for _, l := range append([]*lane{&loop}, tl.lanes...) {
		c := *l
		c.lives, c.spans = cut(l.lives, from, to), cut(l.spans, from, to)
		if l.thread && l.alive() {
			c.spans = append(c.spans, c.lives[len(c.lives)-1])
		}
		if len(c.lives) > 0 {
			lanes = append(lanes, c)
		}
	}
	return from, to, lanes, changed
}

// cut returns the spans that lie in the window, or their parts that do.
func cut(spans []span, from, to time.Duration) []span {
	var parts []span
	for _, s := range spans {
		if s.end == open {
			s.end = to
		}
		if s.end >= from {
			parts = append(parts, span{max(s.begin, from), min(max(s.end, s.begin), to)})
		}
	}
	return parts
}
