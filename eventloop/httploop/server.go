package httploop

import (
	"bufio"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
)

// Defaults of a Server, those of careful net/http servers.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 1 << 20

	// drainLimit is how much of a body that the handler has not read is read to keep the
	// connection, as in net/http.
	drainLimit = 256 << 10

	// lingerTime is how long a connection that is closed early waits for its peer to read
	// the last response, which a reset would take away from it.
	lingerTime = 500 * time.Millisecond
)

// ErrServerClosed is the cause with which Close cancels the tasks of connections.
var ErrServerClosed = http.ErrServerClosed

// Handler answers one request, in the task of its connection. It is http.Handler's
// ServeHTTP with the task; it must await, and never block. The request's context is that
// of the task. A panic closes the connection and goes to the loop's exception handler;
// http.ErrAbortHandler does not.
type Handler func(t *eventloop.Task, w http.ResponseWriter, r *http.Request)

// HandlerOf makes a Handler of one of net/http's, which must not block.
func HandlerOf(h http.Handler) Handler {
	return func(_ *eventloop.Task, w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }
}

// Server is an HTTP/1.1 server on a loop. Its fields are set before Start or Serve; its
// methods belong to the loop's goroutine.
type Server struct {
	Handler Handler
	TLS     *tls.Config // nil for plain HTTP

	// HeaderTimeout is for the head of a request, from its first byte, and for a TLS
	// handshake; 0 means 10 s. BodyTimeout is for its body, WriteTimeout for the response,
	// both from the end of the head; 0 means none. IdleTimeout is for the wait for a request;
	// 0 means 2 minutes. Below 0 all mean none.
	HeaderTimeout, BodyTimeout, WriteTimeout, IdleTimeout time.Duration

	// MaxHeaderBytes bounds the head of a request; 0 means 1 MiB.
	MaxHeaderBytes int

	server  *eventloop.Server
	conns   map[*conn]struct{}
	closing bool
}

// Start listens, see [eventloop.StartServer].
func (s *Server) Start(t *eventloop.Task, network, addr string) (err error) {
	s.conns = make(map[*conn]struct{})
	s.server, err = eventloop.StartServer(t, network, addr, s.serve)
	return err
}

// Serve accepts from ln, see [eventloop.Serve].
func (s *Server) Serve(l *eventloop.Loop, ln net.Listener) (err error) {
	s.conns = make(map[*conn]struct{})
	s.server, err = eventloop.Serve(l, ln, s.serve)
	return err
}

// Addr returns the address on which the server listens.
func (s *Server) Addr() net.Addr { return s.server.Addr() }

// Shutdown stops listening, closes idle connections, and parks the task until the others
// have answered the request at which they are. Hijacked connections are not waited for.
// In an [eventloop.WithTimeout] it ends early; Close is then what remains.
func (s *Server) Shutdown(t *eventloop.Task) error {
	s.closing = true
	err := s.server.Close()
	for c := range s.conns {
		if c.idle {
			c.stopIdle()
		}
	}
	return errors.Join(err, s.server.Wait(t))
}

// Close stops listening and cancels the tasks of all connections with ErrServerClosed.
// Handlers see that at their next await.
func (s *Server) Close() error {
	s.closing = true
	err := s.server.Close()
	s.server.CancelConns(ErrServerClosed)
	return err
}

// limit picks one of the timeouts as a deadline.
func limit(d, otherwise time.Duration) time.Time {
	if d == 0 {
		d = otherwise
	}
	if d <= 0 {
		return time.Time{}
	}
	return time.Now().Add(d)
}

// conn is one connection of a server.
type conn struct {
	srv      *Server
	raw      *eventloop.Conn
	nc       net.Conn // raw, or TLS over it
	tls      *tls.ConnectionState
	src      *headReader
	br       *bufio.Reader
	bw       *bufio.Writer
	remote   string
	head     []byte // room for a head, and for a body that is held back; kept between requests
	held     []byte
	idle     bool
	hijacked bool
}

// headReader counts what the head of a message takes, and keeps the error at which it ended.
type headReader struct {
	src  io.Reader
	left int // below 0: not counted
	err  error
}

var errHeadTooLong = errors.New("httploop: the head of the request is too long")

func (h *headReader) Read(p []byte) (int, error) {
	if h.left < 0 {
		return h.src.Read(p)
	}
	if h.left == 0 {
		h.err = errHeadTooLong
		return 0, h.err
	}
	var n int
	n, h.err = h.src.Read(p[:min(len(p), h.left)])
	h.left -= n
	return n, h.err
}

func (s *Server) serve(t *eventloop.Task, raw *eventloop.Conn) {
	c := &conn{srv: s, raw: raw, nc: raw, remote: raw.RemoteAddr().String()}
	s.conns[c] = struct{}{}
	defer func() {
		delete(s.conns, c)
		// All other panics are reported by the loop's server.
		if v := recover(); v != nil && v != http.ErrAbortHandler {
			panic(v)
		}
	}()
	if s.TLS != nil {
		_ = raw.SetDeadline(limit(s.HeaderTimeout, headerTimeout))
		tc, err := eventloop.TLSServer(t, raw, s.TLS)
		if err != nil {
			return // a peer that speaks no TLS, or trusts us not
		}
		_ = raw.SetDeadline(time.Time{})
		state := tc.ConnectionState()
		c.nc, c.tls = tc, &state
	}
	c.src = &headReader{src: c.nc}
	c.br, c.bw = bufio.NewReader(c.src), bufio.NewWriter(c.nc)
	for c.next(t) {
	}
	if !c.hijacked {
		_ = c.nc.Close() // the peer may have done so already
	}
}

func (c *conn) stopIdle() { _ = c.nc.SetReadDeadline(time.Unix(1, 0)) }

// next serves one request and reports whether another one may follow.
func (c *conn) next(t *eventloop.Task) bool {
	s := c.srv
	if s.closing && c.br.Buffered() == 0 {
		return false
	}
	_ = c.nc.SetReadDeadline(limit(s.IdleTimeout, idleTimeout))
	c.src.left = -1
	c.idle = true
	_, err := c.br.Peek(1)
	c.idle = false
	if err != nil {
		return false
	}
	_ = c.nc.SetReadDeadline(limit(s.HeaderTimeout, headerTimeout))
	c.src.left = max(s.maxHeader()-c.br.Buffered(), 1)
	req, err := http.ReadRequest(c.br)
	c.src.left = -1
	if err != nil {
		if c.src.err != nil {
			err = c.src.err // the parser may have complained of half a line instead
		}
		c.refuse(err)
		return false
	}
	if code := acceptable(req); code != 0 {
		c.fail(code)
		return false
	}
	_ = c.nc.SetReadDeadline(limit(s.BodyTimeout, 0))
	_ = c.nc.SetWriteDeadline(limit(s.WriteTimeout, 0))
	req.RemoteAddr = c.remote
	req.TLS = c.tls
	req = req.WithContext(t.Context())
	w := &response{conn: c, req: req, header: make(http.Header), length: -1}
	if req.ContentLength != 0 && req.ProtoAtLeast(1, 1) && tokenIn(req.Header["Expect"], "100-continue") {
		w.expects = true
	}
	w.body = requestBody{ReadCloser: req.Body, w: w, ended: req.Body == http.NoBody}
	req.Body = &w.body
	s.Handler(t, w, req)
	if c.hijacked {
		return false
	}
	if err := w.finish(); err != nil {
		return false
	}
	if w.close && !w.body.ended {
		c.linger()
	}
	return !w.close
}

func (s *Server) maxHeader() int {
	if s.MaxHeaderBytes <= 0 {
		return maxHeader
	}
	return s.MaxHeaderBytes
}

// linger reads on for a moment, so that the peer can read the response before a reset.
func (c *conn) linger() {
	if w, ok := c.nc.(interface{ CloseWrite() error }); ok && w.CloseWrite() == nil {
		_ = c.nc.SetReadDeadline(time.Now().Add(lingerTime))
		_, _ = io.CopyN(io.Discard, c.nc, drainLimit)
	}
}

// refuse answers what could not be read, if somebody is there to be told.
func (c *conn) refuse(err error) {
	var op *net.OpError
	switch {
	case errors.Is(err, errHeadTooLong):
		c.fail(http.StatusRequestHeaderFieldsTooLarge)
	case errors.Is(err, eventloop.ErrCancelled), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
	case errors.As(err, &op):
		if op.Timeout() {
			c.fail(http.StatusRequestTimeout)
		}
	default:
		c.fail(http.StatusBadRequest)
	}
}

// fail answers with a bare status and ends the connection.
func (c *conn) fail(code int) {
	_ = c.nc.SetWriteDeadline(time.Now().Add(lingerTime))
	text := http.StatusText(code)
	_, _ = c.bw.Write(append(appendStatus([]byte("HTTP/1.1 "), code), "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"...))
	_, _ = c.bw.WriteString(text + "\n")
	if c.bw.Flush() == nil {
		c.linger()
	}
}

// acceptable returns the status with which a request is refused, 0 for none.
func acceptable(r *http.Request) int {
	switch {
	case !r.ProtoAtLeast(1, 0) || r.ProtoMajor > 1:
		return http.StatusHTTPVersionNotSupported
	case r.ProtoAtLeast(1, 1) && r.Host == "" && r.Method != http.MethodConnect:
		return http.StatusBadRequest
	}
	if e := r.Header["Expect"]; len(e) > 0 && !tokenIn(e, "100-continue") {
		return http.StatusExpectationFailed
	}
	return 0
}
