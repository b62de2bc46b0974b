package executor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// inlineRequest is how many bytes of a request are written before its answer is looked for. It is less than the pipe
// of an idle child takes without being read. Longer ones are written by a goroutine beside the reading, because a
// child may answer before it has read everything.
const inlineRequest = 16 << 10

// A Request is what a child is asked.
type Request struct {
	Data any    // for the header: what encoding/json makes of it; nil: no data
	Body []byte // sent as it is, byte for byte; must not change until Do has returned
}

// A Response is one frame of an answer. Its slices are the receiver's to keep.
type Response struct {
	Data  json.RawMessage // nil when the child sent none
	Body  []byte
	Final bool // the last one of the answer
}

// Do sends a request to a child, when there is one for it, and calls each, on the calling goroutine, for each frame
// of the answer, the final one included. A nil each discards them. The child can be ahead of each by no more than
// its pipe (64 KB) and one frame: then it waits. Usage tells what the request has cost, as far as it got.
//
// When ctx ends while the request waits, it is dropped. When ctx ends afterwards the child is killed at once, and
// whatever it has started (see Limits). Do returns context.Cause(ctx) then, and does not wait for the kernel to take
// the process away; its place is free when that has happened. The child is killed as well when each returns an error,
// which Do returns, or panics: tell a child in the request how much is wanted.
//
// The other errors: ErrQueueFull and ErrShutdown, with which nothing was sent; *StartError, also without anything
// sent; an error of encoding/json; *RemoteError, the child's own; *CrashError and *ProtocolError, after which a new
// child takes the place of this one. The pool repeats nothing: the child may have died of the request, and each may
// have been called.
//
// Under a context that Submit has handed to its function, the child of that job is used, and Usage.Queue is 0.
func (p *ProcessPool) Do(ctx context.Context, req Request, each func(Response) error) (Usage, error) {
	h := header{Bytes: int64(len(req.Body))}
	if req.Data != nil {
		data, err := json.Marshal(req.Data)
		if err != nil {
			return Usage{}, err
		}
		h.Data = data
	}
	if l, ok := ctx.Value(leaseKey{}).(*lease); ok && l.pool == p {
		return l.do(ctx, h, req.Body, each)
	}
	l, err := p.admit(ctx)
	if err != nil {
		return Usage{}, err
	}
	defer p.finish(l)
	if err := l.wait(); err != nil {
		return Usage{Queue: time.Since(l.submitted)}, err
	}
	u, err := l.do(l.ctx, h, req.Body, each)
	u.Queue = l.queue
	return u, err
}

// serve has the child answer one request. The child is killed unless all went well, with a result or with a
// *RemoteError.
func (c *child) serve(ctx context.Context, h header, body []byte, each func(Response) error) (u Usage, err error) {
	c.lastID++
	h.ID = c.lastID
	line, err := appendHeader(nil, h)
	if err != nil {
		return u, err
	}
	started := time.Now()
	cpu0, known := c.cpu()
	c.renewCPU()

	well := false
	var out *sending
	unwatch := context.AfterFunc(ctx, c.kill)
	defer func() {
		if !unwatch() || !well {
			c.kill()
		}
		out.wait() // it uses the body, which is the caller's again after this
		u.Wall = time.Since(started)
		if cpu, ok := c.cpu(); ok && known {
			u.CPU, u.CPUKnown = max(0, cpu-cpu0), true
		}
	}()

	out = c.send(line, body)
	switch err := c.receive(h.ID, each).(type) {
	case nil:
		if err := c.checkSent(out); err != nil {
			return u, c.died(ctx, err)
		}
		well = c.frames.r.Buffered() == 0 // it talks on: the answer is good, but the child is not
		return u, nil
	case *RemoteError:
		if err := c.checkSent(out); err != nil {
			return u, c.died(ctx, err)
		}
		well = c.frames.r.Buffered() == 0
		return u, err
	case *stopError:
		return u, err.error
	default:
		return u, c.died(ctx, err)
	}
}

// stopError is the error of each, which may be of any type itself.
type stopError struct{ error }

// receive reads the answer and returns nil, a *RemoteError, a *stopError, or what is wrong with the child.
func (c *child) receive(id uint64, each func(Response) error) error {
	for {
		fr, err := c.frames.read()
		switch {
		case err != nil:
			return err
		case fr.ID != id:
			return &frameError{err: fmt.Errorf("answer to request %d during request %d", fr.ID, id)}
		case fr.Error != nil:
			return &RemoteError{Message: *fr.Error, Data: fr.Data}
		}
		if each != nil {
			if err := each(Response{Data: fr.Data, Body: fr.body, Final: fr.Done}); err != nil {
				return &stopError{err}
			}
		}
		if fr.Done {
			return nil
		}
	}
}

// died kills the child, unless it is dead, and returns why it is, or that ctx has ended.
func (c *child) died(ctx context.Context, err error) error {
	c.kill()
	if ctx.Err() == nil {
		select {
		case <-c.exited:
			return c.explain(err)
		case <-ctx.Done():
		}
	}
	return context.Cause(ctx)
}

// sending is a request on its way beside the reading of its answer. A nil one has arrived.
type sending struct {
	done chan struct{}
	err  error
}

func (s *sending) wait() {
	if s != nil {
		<-s.done
	}
}

// send writes a request. When that fails the child is killed, so that nobody waits for its answer.
func (c *child) send(line, body []byte) *sending {
	if len(line)+len(body) <= inlineRequest {
		if _, err := c.stdin.Write(append(line, body...)); err != nil {
			c.kill()
		}
		return nil
	}
	s := &sending{done: make(chan struct{})}
	go func() {
		defer close(s.done)
		// To write nothing fails as well when a deadline has passed, and that of checkSent has when the child is quick.
		if _, s.err = c.stdin.Write(line); s.err == nil && len(body) > 0 {
			_, s.err = c.stdin.Write(body)
		}
		if s.err != nil {
			c.kill()
		}
	}()
	return s
}

// checkSent is called when the answer is complete, and returns an error when the child has not read the question.
func (c *child) checkSent(s *sending) error {
	if s == nil {
		return nil
	}
	// If it was read, then the pipe has taken all of it, and a deadline that has passed stops nothing any more.
	// Otherwise it stops what could block for ever.
	c.setWriteDeadline(time.Unix(1, 0))
	<-s.done
	c.setWriteDeadline(time.Time{})
	if s.err != nil {
		return &frameError{err: errors.New("answered before the request was read")}
	}
	return nil
}

// setWriteDeadline has no effect on a child that was killed: that has its deadline.
func (c *child) setWriteDeadline(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.killed {
		_ = c.stdin.SetWriteDeadline(t)
	}
}
