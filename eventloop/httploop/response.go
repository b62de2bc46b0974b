package httploop

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
	"time"
)

// bodyBuffer is how much of a body is held back to learn its length: a short one goes out
// with a Content-Length, in one packet with its head.
const bodyBuffer = 2 << 10

// response is the http.ResponseWriter of one request.
type response struct {
	conn    *conn
	req     *http.Request
	header  http.Header
	code    int // 0 until WriteHeader
	sent    bool
	close   bool
	expects bool           // the peer waits for a 100 before it sends the body
	body    requestBody    // the request's
	held    []byte         // of the response's body, before the head is sent
	length  int64          // Content-Length, -1 for none
	counted bool           // length is not the handler's, but what it has written
	written int64          // of the body
	chunks  io.WriteCloser // set when the body is chunked
}

func (w *response) Header() http.Header { return w.header }

// WriteHeader sets the status; the head goes out with the body. Statuses below 200 but 101
// are sent at once, and others may follow.
func (w *response) WriteHeader(code int) {
	if code < 100 || code > 999 {
		panic("httploop: invalid status " + strconv.Itoa(code))
	}
	if w.conn.hijacked || w.code != 0 {
		return
	}
	if code < 200 && code != http.StatusSwitchingProtocols {
		w.informational(code)
		return
	}
	w.code = code
	if v := w.header.Get("Content-Length"); v != "" {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 0 {
			w.header.Del("Content-Length")
		} else {
			w.length = n
		}
	}
}

func (w *response) informational(code int) {
	if code == http.StatusContinue {
		w.expects = false
	}
	bw := w.conn.bw
	_, _ = bw.Write(append(appendStatus([]byte("HTTP/1.1 "), code), "\r\n"...))
	_ = w.header.Write(bw)
	_, _ = bw.WriteString("\r\n")
	_ = bw.Flush()
}

func (w *response) hasBody() bool {
	return w.req.Method != http.MethodHead && w.code >= 200 && w.code != http.StatusNoContent && w.code != http.StatusNotModified
}

// Write sends part of the body, and parks the task while the peer does not take it.
func (w *response) Write(p []byte) (int, error) { return write(w, p) }

// WriteString is Write for strings.
func (w *response) WriteString(s string) (int, error) { return write(w, s) }

func write[T []byte | string](w *response, p T) (int, error) {
	if w.conn.hijacked {
		return 0, http.ErrHijacked
	}
	if w.code == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if len(p) == 0 {
		return 0, nil
	}
	w.written += int64(len(p))
	if !w.hasBody() {
		if w.req.Method == http.MethodHead {
			return len(p), nil
		}
		return 0, http.ErrBodyNotAllowed
	}
	if w.length >= 0 && w.written > w.length {
		w.written -= int64(len(p))
		return 0, http.ErrContentLength
	}
	if !w.sent {
		if len(w.held)+len(p) <= bodyBuffer {
			if w.held == nil {
				w.held = w.conn.held[:0]
			}
			w.held = append(w.held, p...)
			w.conn.held = w.held
			return len(p), nil
		}
		if err := w.sendHead([]byte(p)); err != nil {
			return 0, err
		}
	}
	return w.out().Write([]byte(p))
}

// out is where the body goes once the head is sent.
func (w *response) out() io.Writer {
	if w.chunks != nil {
		return w.chunks
	}
	return w.conn.bw
}

// sendHead sends the head and what was held back; next is what follows, if known.
func (w *response) sendHead(next []byte) error {
	w.sent = true
	h, bw := w.header, w.conn.bw
	chunked := false
	h.Del("Transfer-Encoding")
	if w.hasBody() && w.length < 0 {
		if chunked = w.req.ProtoAtLeast(1, 1); !chunked {
			w.close = true
		}
	}
	if w.counted || chunked {
		h.Del("Content-Length") // set too late to count
	}
	if w.req.Close || w.conn.srv.closing || tokenIn(h["Connection"], "close") {
		w.close = true
	}
	// What the server adds is written as it is: entries of the map would be allocated.
	head := append(w.conn.head[:0], "HTTP/1.1 "...)
	head = appendStatus(head, w.code)
	switch {
	case w.close:
		h.Del("Connection")
		head = append(head, "\r\nConnection: close"...)
	case !w.req.ProtoAtLeast(1, 1):
		h.Del("Connection")
		head = append(head, "\r\nConnection: keep-alive"...)
	}
	if w.counted {
		head = strconv.AppendInt(append(head, "\r\nContent-Length: "...), w.length, 10)
	}
	if w.hasBody() && h.Get("Content-Encoding") == "" && len(w.held)+len(next) > 0 {
		if _, set := h["Content-Type"]; !set {
			sniff := w.held
			if len(sniff) < 512 {
				sniff = append(sniff[:len(sniff):len(sniff)], next[:min(len(next), 512-len(sniff))]...)
			}
			head = append(append(head, "\r\nContent-Type: "...), http.DetectContentType(sniff)...)
		}
	}
	if _, set := h["Date"]; !set {
		head = time.Now().UTC().AppendFormat(append(head, "\r\nDate: "...), http.TimeFormat)
	}
	if chunked {
		head = append(head, "\r\nTransfer-Encoding: chunked"...)
	}
	head = append(head, "\r\n"...)
	w.conn.head = head
	_, _ = bw.Write(head) // bufio keeps the error for Flush
	_ = h.Write(bw)
	_, _ = bw.WriteString("\r\n")
	if chunked {
		w.chunks = httputil.NewChunkedWriter(bw)
	}
	held := w.held
	w.held = nil
	if len(held) > 0 {
		if _, err := w.out().Write(held); err != nil {
			return err
		}
	}
	return nil
}

// FlushError sends what there is, and parks the task meanwhile.
func (w *response) FlushError() error {
	if w.conn.hijacked {
		return http.ErrHijacked
	}
	if w.code == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.sent {
		if err := w.sendHead(nil); err != nil {
			return err
		}
	}
	return w.conn.bw.Flush()
}

// Flush is FlushError for http.Flusher.
func (w *response) Flush() { _ = w.FlushError() }

// SetReadDeadline and SetWriteDeadline serve http.ResponseController.
func (w *response) SetReadDeadline(t time.Time) error  { return w.conn.nc.SetReadDeadline(t) }
func (w *response) SetWriteDeadline(t time.Time) error { return w.conn.nc.SetWriteDeadline(t) }

// Hijack hands the connection over, without deadlines. The server closes it no more.
func (w *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c := w.conn
	if c.hijacked {
		return nil, nil, http.ErrHijacked
	}
	if w.sent {
		return nil, nil, errors.New("httploop: Hijack after the response has begun")
	}
	c.hijacked = true
	c.raw.Detach()
	_ = c.nc.SetDeadline(time.Time{})
	return c.nc, bufio.NewReadWriter(c.br, c.bw), nil
}

// finish completes the response and sees to what is left of the request.
func (w *response) finish() error {
	if w.code == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if !w.sent {
		if w.length < 0 && w.hasBody() {
			w.length, w.counted = w.written, true
		}
		if !w.drain() {
			w.close = true
		}
		if err := w.sendHead(nil); err != nil {
			return err
		}
	}
	if w.chunks != nil {
		_ = w.chunks.Close()
		_, _ = w.conn.bw.WriteString("\r\n") // no trailers
	}
	if err := w.conn.bw.Flush(); err != nil {
		return err
	}
	if w.hasBody() && w.length >= 0 && w.written < w.length {
		return http.ErrContentLength // the peer must not wait for the rest
	}
	if !w.close && !w.drain() {
		w.close = true
	}
	return nil
}

// drain reads what the handler has left of the request, within reason: what is not read
// would stand before the next request.
func (w *response) drain() bool {
	body := &w.body
	if body.ended {
		return true
	}
	if w.expects || body.err != nil {
		return false // the peer may or may not send it
	}
	_, err := io.CopyN(io.Discard, body.ReadCloser, drainLimit+1)
	body.ended = err == io.EOF
	return body.ended
}

// requestBody tells a peer that waits for it to send the body, once somebody reads it.
type requestBody struct {
	io.ReadCloser
	w     *response
	ended bool
	err   error
}

func (b *requestBody) Read(p []byte) (int, error) {
	if b.w.expects && !b.w.sent {
		b.w.expects = false
		bw := b.w.conn.bw
		_, _ = bw.WriteString("HTTP/1.1 100 Continue\r\n\r\n")
		if err := bw.Flush(); err != nil {
			return 0, err
		}
	}
	n, err := b.ReadCloser.Read(p)
	switch {
	case err == io.EOF:
		b.ended = true
	case err != nil:
		b.err = err
	}
	return n, err
}

// Close leaves the rest to drain.
func (b *requestBody) Close() error { return nil }

// appendStatus appends a status with its text.
func appendStatus(b []byte, code int) []byte {
	b = append(strconv.AppendInt(b, int64(code), 10), ' ')
	if text := http.StatusText(code); text != "" {
		return append(b, text...)
	}
	return strconv.AppendInt(append(b, "status code "...), int64(code), 10)
}

// tokenIn reports whether a header of comma-separated words has one, in any case.
func tokenIn(values []string, token string) bool {
	for _, v := range values {
		for word := range strings.SplitSeq(v, ",") {
			if strings.EqualFold(strings.TrimSpace(word), token) {
				return true
			}
		}
	}
	return false
}
