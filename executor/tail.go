package executor

import (
	"bytes"
	"io"
	"sync"
)

// tail keeps the end of what was written to it.
type tail struct {
	mu    sync.Mutex
	limit int
	buf   []byte // at most twice the limit, so that cutting is rare
	cut   bool
}

// Write never fails.
func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(b)
	if n > t.limit {
		b, t.cut = b[n-t.limit:], true
	}
	if len(t.buf)+len(b) > 2*t.limit {
		t.buf = append(t.buf[:0], t.buf[len(t.buf)-min(len(t.buf), t.limit):]...)
		t.cut = true
	}
	t.buf = append(t.buf, b...)
	return n, nil
}

// String returns the last bytes, limit at most, from the beginning of a line where there is one.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	b, cut := t.buf, t.cut
	if len(b) > t.limit {
		b, cut = b[len(b)-t.limit:], true
	}
	if i := bytes.IndexByte(b, '\n'); cut && i >= 0 && i+1 < len(b) {
		b = b[i+1:]
	}
	return string(bytes.ToValidUTF8(bytes.TrimSpace(b), []byte("\uFFFD")))
}

// drain copies r to t until r ends or fails. Unlike io.Copy it holds a small buffer only.
func (t *tail) drain(r io.Reader) {
	buf := make([]byte, 1024)
	for {
		n, err := r.Read(buf)
		t.Write(buf[:n])
		if err != nil {
			return
		}
	}
}
