package httploop

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Transport is an http.RoundTripper whose connections are the loop's. Used in a task, by an
// http.Client (see [Client]) with its redirects and cookies, it parks that task and no
// goroutine. It opens a connection per request and closes it with the response's body.
type Transport struct {
	Loop *eventloop.Loop
	Dial net.Dialer  // its timeout, resolver, and so on
	TLS  *tls.Config // for https; nil for the defaults. ServerName is set where it is empty.

	// MaxHeaderBytes bounds the head of a response; 0 means 1 MiB.
	MaxHeaderBytes int
}

// Client returns an http.Client for tasks of l. Its methods belong to a task.
func Client(l *eventloop.Loop) *http.Client {
	return &http.Client{Transport: &Transport{Loop: l}}
}

// Get fetches url and its whole body, at most limit bytes of it (limit <= 0: 10 MiB). A
// body that is longer is cut, with the error io.ErrShortBuffer. The task is parked
// meanwhile; cancelling it ends the request.
func Get(t *eventloop.Task, url string, limit int64) (*http.Response, []byte, error) {
	if limit <= 0 {
		limit = 10 << 20
	}
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, nil, err
	}
	resp, err := Client(t.Loop()).Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err == nil && int64(len(body)) > limit {
		body, err = body[:limit], io.ErrShortBuffer
	}
	return resp, body, err
}

// RoundTrip does one request, in the loop's current task. It ends early with that task's
// cancellation, or the request's context. See http.RoundTripper.
func (tr *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := tr.roundTrip(req)
	if err != nil && req.Body != nil {
		req.Body.Close()
	}
	return resp, err
}

func (tr *Transport) roundTrip(req *http.Request) (*http.Response, error) {
	t := tr.Loop.CurrentTask()
	if t == nil {
		return nil, eventloop.ErrNotCurrent
	}
	ctx := req.Context()
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	call := &exchange{ctx: ctx, loop: tr.Loop}
	if err := call.dial(t, tr, req); err != nil {
		return nil, call.because(err)
	}
	resp, err := call.do(tr, req)
	if err != nil {
		err = call.because(err)
		call.close()
		return nil, err
	}
	return resp, nil
}

// exchange is one request and its response on a connection.
type exchange struct {
	ctx  context.Context
	loop *eventloop.Loop
	nc   net.Conn
	stop func() bool // ends the watch of ctx
}

// because is err, or the end of the context that has brought it about.
func (x *exchange) because(err error) error {
	if x.ctx.Err() != nil {
		return context.Cause(x.ctx)
	}
	return err
}

func (x *exchange) dial(t *eventloop.Task, tr *Transport, req *http.Request) error {
	host, port := req.URL.Hostname(), req.URL.Port()
	secure := req.URL.Scheme == "https"
	switch {
	case !secure && req.URL.Scheme != "http":
		return http.ErrSkipAltProtocol
	case port == "" && secure:
		port = "443"
	case port == "":
		port = "80"
	}
	d := tr.Dial
	if at, ok := x.ctx.Deadline(); ok && (d.Deadline.IsZero() || at.Before(d.Deadline)) {
		d.Deadline = at
	}
	raw, err := x.connect(t, &d, net.JoinHostPort(host, port))
	if err != nil {
		return err
	}
	x.nc = raw
	x.stop = x.watch(func() { _ = raw.Close() })
	if !secure {
		return nil
	}
	cfg := tr.TLS.Clone()
	if cfg == nil {
		cfg = &tls.Config{}
	}
	if cfg.ServerName == "" {
		cfg.ServerName = host
	}
	tc, err := eventloop.TLSClient(t, raw, cfg)
	if err != nil {
		x.close()
		return err
	}
	x.nc = tc
	return nil
}

// watch has end called on the loop when the context ends.
func (x *exchange) watch(end func()) (stop func() bool) {
	if x.ctx.Done() == nil {
		return func() bool { return true }
	}
	return context.AfterFunc(x.ctx, func() {
		_ = x.loop.CallSoonThreadsafe(end) // a closed loop has ended everything
	})
}

// connect dials in a task of its own, which the end of the context can cancel.
func (x *exchange) connect(t *eventloop.Task, d *net.Dialer, addr string) (*eventloop.Conn, error) {
	task := eventloop.Go(x.loop, func(t *eventloop.Task) (*eventloop.Conn, error) {
		return eventloop.Dial(t, d, "tcp", addr)
	})
	defer x.watch(func() { task.Cancel(context.Cause(x.ctx)) })()
	c, err := task.Await(t)
	if err != nil && task.Done() {
		if late, _ := task.Result(); late != nil {
			_ = late.Close() // cancelled between its end and our wake-up
		}
	}
	return c, err
}

func (x *exchange) do(tr *Transport, req *http.Request) (*http.Response, error) {
	out := req.Clone(x.ctx)
	out.Close = true
	if err := out.Write(x.nc); err != nil {
		return nil, err
	}
	limit := tr.MaxHeaderBytes
	if limit <= 0 {
		limit = maxHeader
	}
	src := &headReader{src: x.nc, left: limit}
	br := bufio.NewReader(src)
	for {
		resp, err := http.ReadResponse(br, req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode >= 200 || resp.StatusCode == http.StatusSwitchingProtocols {
			src.left = -1
			resp.Body = &responseBody{ReadCloser: resp.Body, x: x}
			return resp, nil
		}
	}
}

func (x *exchange) close() {
	if x.stop != nil {
		x.stop()
	}
	if x.nc != nil {
		_ = x.nc.SetWriteDeadline(time.Now()) // no farewell for which somebody would wait
		_ = x.nc.Close()                      // the context may have done so already
	}
}

// responseBody closes the connection with the body.
type responseBody struct {
	io.ReadCloser
	x *exchange
}

func (b *responseBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = b.x.because(err)
	}
	return n, err
}

// Close ends the exchange; it does not read the rest.
func (b *responseBody) Close() error {
	b.x.close()
	return nil
}
