package executor

import (
	"context"
	"sync"
	"time"
)

// A failed start is followed by a pause, in which no child is started: this long after the first failure in a row,
// twice as long after each further one, up to the maximum.
const (
	firstPause = 100 * time.Millisecond
	maxPause   = 30 * time.Second
)

// A ProcessPool has child processes answer requests, one at a time each, and a bounded number at a time altogether.
// Its methods can be called from any goroutine. Before the first request it has neither processes nor goroutines.
// See the package comment for the protocol of the children, and Shutdown for the end.
type ProcessPool struct {
	opts ProcessOptions   // resolved
	now  func() time.Time // time.Now, but for tests

	mu       sync.Mutex
	waiting  list[*lease]
	running  list[*lease]
	children [childPlaces]list[*child]
	info     Info // of the child that said hello last
	greeted  bool // a child has said hello
	totals   ProcessStats
	shutdown bool
	trimmer  *time.Timer

	// Failed starts. A child counts as started well when it has completed a request.
	failures  int         // in a row
	failEpoch uint64      // how often failures was raised: children started before that do not raise it again
	notBefore time.Time   // no start until then
	startErr  *StartError // the last

	pending   int           // leases for which not everything is done
	drained   chan struct{} // closed when shutdown is set, pending is 0 and no child is left
	isDrained bool
}

// NewProcessPool returns a pool. It starts nothing: whether the command exists is found out by the first request, or
// by Info. It panics when there is no command.
func NewProcessPool(o ProcessOptions) *ProcessPool {
	if len(o.Command) == 0 || o.Command[0] == "" {
		panic("executor: NewProcessPool without a command")
	}
	return &ProcessPool{opts: o.withDefaults(), now: time.Now, drained: make(chan struct{})}
}

// Info returns what the child said that started last, and starts one if there was none. Its errors are those of Do.
func (p *ProcessPool) Info(ctx context.Context) (Info, error) {
	p.mu.Lock()
	info, known := p.info, p.greeted
	p.mu.Unlock()
	if known {
		return info, nil
	}
	l, err := p.admit(ctx)
	if err != nil {
		return Info{}, err
	}
	defer p.finish(l)
	if err := l.wait(); err != nil {
		return Info{}, err
	}
	return l.child.info, nil
}

// admit queues a lease. finish, or release and reported, have to be called for it.
func (p *ProcessPool) admit(ctx context.Context) (*lease, error) {
	l := &lease{pool: p, submitted: time.Now(), ready: make(chan struct{}), busy: make(chan struct{}, 1)}
	l.node.owner = l

	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shutdown {
		return nil, ErrShutdown
	}
	if p.waiting.n+p.running.n >= p.opts.Workers+p.opts.QueueLimit {
		p.totals.Rejected++
		return nil, ErrQueueFull
	}
	l.ctx, l.cancel = context.WithCancelCause(ctx)
	p.totals.Submitted++
	p.pending++
	p.waiting.pushBack(&l.node)
	l.state = leaseWaiting
	p.dispatch()
	return l, nil
}

// withdraw takes a lease whose context has ended out of the queue, if it is still there.
func (p *ProcessPool) withdraw(l *lease) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.state == leaseWaiting {
		p.refuse(l, nil)
		p.dispatch()
	}
}

// refuse takes a lease out of the queue and tells it why. The mutex is held.
func (p *ProcessPool) refuse(l *lease, err error) {
	p.waiting.remove(&l.node)
	l.state = leaseOver
	l.err = err
	p.totals.Dropped++
	close(l.ready)
}

// release gives the lease's child back, if it has one.
func (p *ProcessPool) release(l *lease) {
	l.cancel(nil)
	c := l.child
	if c == nil {
		return
	}
	l.busy <- struct{}{} // from now on a request of this lease, by a goroutine left over, is an overlap
	killed := c.wasKilled()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running.remove(&l.node)
	l.state = leaseOver
	p.totals.Done++
	switch {
	case c.place == childGone:
		c.closePipes()
	case killed:
		c.closePipes()
		p.move(c, childDying)
	default:
		c.idleSince = p.now()
		p.move(c, childIdle)
	}
	p.dispatch()
}

// reported notes that nothing is left to do for a lease.
func (p *ProcessPool) reported() {
	p.mu.Lock()
	p.pending--
	p.checkDrained()
	p.mu.Unlock()
}

func (p *ProcessPool) finish(l *lease) {
	p.release(l)
	p.reported()
}

// noteServed notes that a child has completed a request.
func (p *ProcessPool) noteServed(c *child) {
	p.mu.Lock()
	c.served++
	p.failures = 0
	p.totals.Requests++
	p.mu.Unlock()
}

// move puts a child that is in a list into another. The mutex is held, as in all that follows but launch, onExit and
// trim.
func (p *ProcessPool) move(c *child, to childPlace) {
	p.children[c.place].remove(&c.node)
	c.place = to
	if to < childPlaces {
		p.children[to].pushBack(&c.node)
	}
}

// live returns how many children there are.
func (p *ProcessPool) live() int {
	n := 0
	for i := range p.children {
		n += p.children[i].n
	}
	return n
}

// dispatch gives children to who waits and starts children, as far as it may.
func (p *ProcessPool) dispatch() {
	for p.waiting.n > 0 && p.children[childIdle].n > 0 {
		l := p.waiting.head.owner
		c := p.children[childIdle].tail.owner // the one used last: the others get old enough to end
		p.waiting.remove(&l.node)
		p.running.pushBack(&l.node)
		l.state = leaseRunning
		l.child = c
		p.move(c, childBusy)
		close(l.ready)
	}
	for p.wanted() > 0 && p.mayStart() {
		p.startChild()
	}
	for p.waiting.n > 0 && p.live() == 0 { // may not start: the pause after a failure
		p.refuse(p.waiting.head.owner, p.startErr)
	}
	if p.shutdown && p.waiting.n == 0 {
		p.killAll(childStarting)
		p.killAll(childIdle)
	}
	p.planTrim()
	p.checkDrained()
}

// sound says that children are known to start: one has, and nothing has gone wrong since a request was completed.
func (p *ProcessPool) sound() bool { return p.greeted && p.failures == 0 }

// wanted returns how many children should be started. Spare ones are started only as long as all is well.
func (p *ProcessPool) wanted() int {
	n := p.waiting.n - p.children[childStarting].n
	if p.sound() && !p.shutdown {
		n += p.opts.Warm - p.children[childIdle].n
	}
	return n
}

// mayStart bounds starts. Unless all is well one child starts at a time, and none in the pause after a failure.
func (p *ProcessPool) mayStart() bool {
	return p.live() < p.opts.Workers &&
		(p.sound() || p.children[childStarting].n == 0 && !p.now().Before(p.notBefore))
}

func (p *ProcessPool) startChild() {
	c := newChild(&p.opts)
	c.failEpoch = p.failEpoch
	p.children[childStarting].pushBack(&c.node)
	p.totals.Starts++
	go p.launch(c)
}

// launch starts a child and waits for its hello, on a goroutine of its own.
func (p *ProcessPool) launch(c *child) {
	err := c.start(func() { p.onExit(c) })
	started := err == nil
	if started {
		err = c.hello()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.dispatch()
	if err == nil {
		select {
		case <-c.exited: // onExit has left it to us, or will
			err = c.explain(nil)
		default:
			p.info, p.greeted = c.info, true
			c.idleSince = p.now()
			p.move(c, childIdle)
			return
		}
	}
	if started {
		c.closePipes()
	}
	p.move(c, childGone)
	p.noteFailure(c, err)
}

// onExit is called on a goroutine of its own when a child was reaped.
func (p *ProcessPool) onExit(c *child) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c.endedByKill() {
		p.totals.Kills++
	} else {
		p.totals.Crashes++
	}
	switch c.place {
	case childStarting, childGone:
		return // launch does what is to be done, or did
	case childBusy:
		// The goroutine that has it still uses the pipes and will close them.
	case childIdle:
		c.closePipes()
		if c.served == 0 {
			p.noteFailure(c, c.explain(nil))
		}
	case childDying:
		c.closePipes()
	}
	p.move(c, childGone)
	p.dispatch()
}

// noteFailure notes that a child died, or could not be started, before it was of use. Of several that started
// together it counts the first.
func (p *ProcessPool) noteFailure(c *child, err error) {
	if p.shutdown && c.wasKilled() {
		return // by Shutdown
	}
	p.totals.Failures++
	if c.failEpoch == p.failEpoch {
		p.failEpoch++
		p.failures++
		p.notBefore = p.now().Add(pause(p.failures))
	}
	p.startErr = &StartError{Err: err, Failures: p.failures, Retry: p.notBefore}
}

// pause returns how long after that many failures in a row no child is started.
func pause(failures int) time.Duration {
	return min(maxPause, firstPause<<min(failures-1, 16))
}

// killAll kills the children of one place.
func (p *ProcessPool) killAll(place childPlace) {
	for n := p.children[place].head; n != nil; {
		c := n.owner
		n = n.next
		c.kill()
		if place == childIdle {
			p.move(c, childDying)
		}
	}
}

// surplus returns the idle child that has to go next, or nil.
func (p *ProcessPool) surplus() *child {
	if p.children[childIdle].n <= p.opts.Warm {
		return nil
	}
	return p.children[childIdle].head.owner
}

// planTrim has trim called when there will be something to do for it.
func (p *ProcessPool) planTrim() {
	if c := p.surplus(); c != nil && p.trimmer == nil {
		p.trimmer = time.AfterFunc(c.idleSince.Add(p.opts.IdleTimeout).Sub(p.now()), p.trim)
	}
}

// trim ends idle children beyond Warm that were idle for long enough.
func (p *ProcessPool) trim() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.trimmer != nil {
		p.trimmer.Stop()
		p.trimmer = nil
	}
	for c := p.surplus(); c != nil && p.now().Sub(c.idleSince) >= p.opts.IdleTimeout; c = p.surplus() {
		c.kill()
		p.move(c, childDying)
	}
	p.planTrim()
}

// checkDrained wakes Shutdown when nothing is left.
func (p *ProcessPool) checkDrained() {
	if p.shutdown && p.pending == 0 && p.live() == 0 && !p.isDrained {
		if p.trimmer != nil {
			p.trimmer.Stop()
		}
		p.isDrained = true
		close(p.drained)
	}
}
