package executor

import "context"

// A Client is one party that shares the pool, such as one session. Each client has a FIFO queue of its own per
// priority, and the pool takes from the clients in turn: a client with a thousand jobs waiting delays another's
// first job by one job, not by a thousand. Its methods can be called from any goroutine.
//
// A client holds no resource; one that is not closed costs nothing.
type Client struct {
	pool *Pool
	name string

	// Guarded by the pool's mutex.
	lanes  [priorities]lane
	closed bool
}

// lane is the queue of one client at one priority. It is in the pool's turn list while jobs wait in it.
type lane struct {
	jobs list[*Job]
	node node[*lane]
}

func newClient(p *Pool, name string) *Client {
	c := &Client{pool: p, name: name}
	for i := range c.lanes {
		c.lanes[i].node.owner = &c.lanes[i]
	}
	return c
}

// Name returns the name given to NewClient.
func (c *Client) Name() string { return c.name }

// At returns a view of the client that submits at priority p. It panics when p is not a declared priority.
func (c *Client) At(p Priority) View {
	if p >= priorities {
		panic("executor: no such priority: " + p.String())
	}
	return View{client: c, priority: p}
}

// Submit queues run at Interactive. See View.Submit.
func (c *Client) Submit(ctx context.Context, run func(ctx context.Context), finished func(error)) error {
	return c.At(Interactive).Submit(ctx, run, finished)
}

// SubmitTask queues t at Interactive. See View.SubmitTask.
func (c *Client) SubmitTask(ctx context.Context, t Task) (Canceller, error) {
	return c.At(Interactive).SubmitTask(ctx, t)
}

// Close makes further calls of Submit fail with ErrClientClosed and drops what is queued, whose finished is called
// with that error, in order, on another goroutine. Running jobs are left alone: cancel their contexts. A second
// call has no effect.
func (c *Client) Close() {
	p := c.pool
	p.mu.Lock()
	c.closed = true
	var dropped []*Job
	for i := range c.lanes {
		dropped = append(dropped, p.emptyLane(&c.lanes[i])...)
	}
	p.mu.Unlock()
	p.drop(dropped, ErrClientClosed)
}

// waiting returns how many jobs wait. The pool's mutex is held.
func (c *Client) waiting() int {
	return c.lanes[Interactive].jobs.n + c.lanes[Background].jobs.n
}

// A View is a client at one priority. It is a small value, made to be passed to what needs only to submit.
type View struct {
	client   *Client
	priority Priority
}

// Submit queues run and returns at once, with nil or with ErrQueueFull, ErrClientClosed or ErrShutdown.
//
// run gets a context derived from ctx, which also ends when the job has returned or the pool wants it to; it should
// poll that context, but the pool copes when it does not. run is called on a goroutine that is locked to its thread
// for as long as run takes: it must not undo that lock. When ctx ends before run has started, run never starts.
//
// Every Submit that returned nil is followed by exactly one call of finished, on an arbitrary goroutine but never
// from within Submit: finished(nil) when run has returned, whether or not it was cancelled; finished with
// context.Cause(ctx) when it never started; with ErrClientClosed or ErrShutdown when the pool dropped it; with a
// *PanicError or ErrGoexit when run ended that way. The pool's state is up to date when it is called. finished
// should be brief, because Shutdown waits for it, and must not panic: nothing could be told of it, so such a panic
// ends the process.
//
// Submit panics when run or finished is nil.
func (v View) Submit(ctx context.Context, run func(ctx context.Context), finished func(error)) error {
	_, err := v.SubmitJob(ctx, run, finished)
	return err
}

// SubmitJob is Submit and also returns the job, whose usage can be read from the start. The job is nil when the
// error is not.
func (v View) SubmitJob(ctx context.Context, run func(ctx context.Context), finished func(error)) (*Job, error) {
	if run == nil || finished == nil {
		panic("executor: Submit with a nil function")
	}
	j := v.newJob(ctx, functions{run, finished})
	if err := v.client.pool.submit(j); err != nil {
		return nil, err
	}
	return j, nil
}

// SubmitTask is SubmitJob with the two functions as one value, which spares their allocations. What it returns is the
// *Job, as an interface so that a package need not import this one to ask for this method; see Job.Cancel. It panics
// when t is nil.
func (v View) SubmitTask(ctx context.Context, t Task) (Canceller, error) {
	if t == nil {
		panic("executor: SubmitTask with nil")
	}
	j := v.newJob(ctx, t)
	if err := v.client.pool.submit(j); err != nil {
		return nil, err
	}
	return j, nil
}

func (v View) newJob(ctx context.Context, t Task) *Job {
	j := &Job{client: v.client, priority: v.priority, task: t}
	j.ctx.parent, j.ctx.job = ctx, j
	j.node.owner = j
	j.meter.submitted = v.client.pool.clock.now()
	return j
}
