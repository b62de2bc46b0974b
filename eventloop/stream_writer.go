package eventloop

import (
	"io"
	"net"
)

// Marks of asyncio: above the high one Drain waits until the buffer is at the low one.
const (
	highWater = 64 << 10
	lowWater  = highWater / 4
)

// StreamWriter takes data without parking and sends them in the background, as asyncio's
// does; Drain is where a task waits for a slow peer. It writes to a connection of the loop,
// of which it is then the only writer. Its methods belong to the loop's goroutine.
type StreamWriter struct {
	loop    *Loop
	conn    net.Conn
	buf     []byte
	sending int           // bytes that the flusher holds
	flusher *TaskOf[bool] // runs while there is something to send
	high    int
	low     int
	err     error // of a write that failed; nothing is taken any more
	eof     bool
	closing bool
	drained waitList
	ended   Event
}

// NewStreamWriter writes to conn, a [Conn] or a [TLSConn] of l.
func NewStreamWriter(l *Loop, conn net.Conn) *StreamWriter {
	w := &StreamWriter{loop: l, conn: conn, high: highWater, low: lowWater}
	w.ended.loop = l
	return w
}

// SetLimits sets the marks, in bytes. low is lowered to high.
func (w *StreamWriter) SetLimits(high, low int) {
	w.high = max(high, 0)
	w.low = max(min(low, w.high), 0)
	w.wakeDrained()
}

// Buffered returns how many bytes wait to be sent.
func (w *StreamWriter) Buffered() int { return len(w.buf) + w.sending }

// Write takes p and never parks. It returns an error when the connection has failed, or
// after WriteEOF or Close; data taken before may be lost then.
func (w *StreamWriter) Write(p []byte) (int, error) {
	if err := w.loop.usable(); err != nil {
		return 0, err
	}
	if w.err != nil {
		return 0, w.err
	}
	if w.eof || w.closing {
		return 0, io.ErrClosedPipe
	}
	n := 0
	if c, ok := w.conn.(*Conn); ok && w.Buffered() == 0 {
		if n, w.err = c.tryWrite(p); w.err != nil {
			return n, w.err
		}
	}
	if n < len(p) {
		w.buf = append(w.buf, p[n:]...)
		w.flush()
	}
	return len(p), nil
}

// flush sees to it that somebody sends.
func (w *StreamWriter) flush() {
	if w.flusher == nil {
		w.flusher = Go(w.loop, w.send)
		w.flusher.AddDoneCallback(w.sent)
	}
}

// send is the flusher: it ends when nothing is left.
func (w *StreamWriter) send(*Task) (bool, error) {
	var spare []byte
	for len(w.buf) > 0 {
		batch := w.buf
		w.buf, w.sending = spare[:0], len(batch)
		_, err := w.conn.Write(batch)
		w.sending = 0
		if err != nil {
			return false, err
		}
		if spare = batch; cap(spare) > 2*highWater {
			spare = nil
		}
		w.wakeDrained()
	}
	w.buf = nil
	return true, nil
}

func (w *StreamWriter) sent() {
	err := w.flusher.Exception()
	w.flusher = nil
	if err != nil {
		w.err = err
		w.buf, w.sending = nil, 0
	} else if len(w.buf) > 0 {
		w.flush() // came between the task's end and this
		return
	}
	w.wakeDrained()
	w.finish()
}

// finish does what had to wait for the buffer.
func (w *StreamWriter) finish() {
	if w.flusher != nil {
		return
	}
	switch {
	case w.closing:
		if !w.ended.set {
			if err := w.conn.Close(); w.err == nil {
				w.err = err
			}
			w.ended.Set()
		}
	case w.eof && w.err == nil:
		w.err = w.closeWrite()
	}
}

func (w *StreamWriter) closeWrite() error {
	if c, ok := w.conn.(interface{ CloseWrite() error }); ok {
		return c.CloseWrite()
	}
	return nil
}

func (w *StreamWriter) wakeDrained() {
	if w.err != nil || w.Buffered() <= w.low {
		w.drained.wakeAll()
	}
}

// Drain returns at once while no more than the high mark waits to be sent; else it parks
// the task until that is down to the low mark. It returns the error of the connection.
func (w *StreamWriter) Drain(t *Task) error {
	if t == nil || t.loop != w.loop {
		return ErrNotCurrent
	}
	for w.err == nil && w.Buffered() > w.high {
		if _, err := w.drained.wait(t); err != nil {
			return err
		}
	}
	return w.err
}

// WriteEOF tells the peer that nothing more comes, once everything is sent. Reading goes on.
func (w *StreamWriter) WriteEOF() error {
	if err := w.loop.usable(); err != nil {
		return err
	}
	if !w.eof && !w.closing {
		w.eof = true
		w.finish()
	}
	return w.err
}

// Close closes the connection once everything is sent, and does not wait for that.
func (w *StreamWriter) Close() {
	w.loop.mustBeOn("StreamWriter.Close")
	if !w.closing {
		w.closing = true
		w.finish()
	}
}

// Abort closes the connection at once; what was not sent is lost.
func (w *StreamWriter) Abort() {
	w.loop.mustBeOn("StreamWriter.Abort")
	w.closing = true
	w.buf = nil
	if w.flusher != nil {
		w.flusher.Cancel(net.ErrClosed) // then it closes
		return
	}
	w.finish()
}

// Closing reports whether Close or Abort was called.
func (w *StreamWriter) Closing() bool { return w.closing }

// WaitClosed parks the task until Close has done its work, and returns the error of the
// connection, if it had one.
func (w *StreamWriter) WaitClosed(t *Task) error {
	if err := w.ended.Wait(t); err != nil {
		return err
	}
	return w.err
}
