package eventloop

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

const (
	// streamLimit is asyncio's default for the longest line.
	streamLimit = 64 << 10

	streamChunk = 4 << 10
)

// ErrLimit reports a line, or what stands before a separator, that is longer than the
// reader's limit.
var ErrLimit = errors.New("eventloop: separator not found within the limit")

// IncompleteError reports a stream that ended in the middle. It is io.ErrUnexpectedEOF,
// or the error with which the stream broke.
type IncompleteError struct {
	Partial  []byte
	Expected int // bytes; 0 when it was a separator that was waited for
	Err      error
}

func (e *IncompleteError) Error() string {
	if e.Expected == 0 {
		return fmt.Sprintf("eventloop: stream ended before the separator, after %d bytes: %v", len(e.Partial), e.Err)
	}
	return fmt.Sprintf("eventloop: stream ended after %d of %d bytes: %v", len(e.Partial), e.Expected, e.Err)
}

func (e *IncompleteError) Unwrap() error { return e.Err }

// StreamReader reads lines and blocks from a stream, as asyncio's does, mostly from a [Conn]
// or a [TLSConn], whose rules for tasks are then its own. A read that is cancelled, or late,
// loses nothing: the next one goes on with what has come. The slices it returns are the
// caller's.
type StreamReader struct {
	src   io.Reader
	limit int
	buf   []byte // what has come and was not taken
	start int    // of buf
	err   error  // io.EOF once the stream is at its end
}

// NewStreamReader reads from src. limit bounds lines and the like, in bytes;
// limit <= 0 means 64 KiB.
func NewStreamReader(src io.Reader, limit int) *StreamReader {
	if limit <= 0 {
		limit = streamLimit
	}
	return &StreamReader{src: src, limit: limit}
}

// Buffered returns how many bytes can be read without parking.
func (r *StreamReader) Buffered() int { return len(r.buf) - r.start }

// AtEOF reports whether the stream is at its end and everything was taken.
func (r *StreamReader) AtEOF() bool { return r.err == io.EOF && r.Buffered() == 0 }

func (r *StreamReader) have() []byte { return r.buf[r.start:] }

// take removes the first n bytes and returns a copy of them.
func (r *StreamReader) take(n int) []byte {
	b := bytes.Clone(r.buf[r.start : r.start+n])
	r.skip(n)
	return b
}

func (r *StreamReader) skip(n int) {
	r.start += n
	if r.start < len(r.buf) {
		return
	}
	r.start = 0
	if r.buf = r.buf[:0]; cap(r.buf) > 4*streamChunk {
		r.buf = nil // an idle connection should not keep the longest line it ever had
	}
}

// fill reads once, at least one byte.
func (r *StreamReader) fill(want int) error {
	if r.err != nil {
		return r.err
	}
	if r.start > 0 && r.start >= len(r.buf)-r.start {
		r.buf = r.buf[:copy(r.buf, r.buf[r.start:])]
		r.start = 0
	}
	r.buf = slices.Grow(r.buf, min(max(want, streamChunk), 16*streamChunk))
	n, err := r.src.Read(r.buf[len(r.buf):cap(r.buf)])
	r.buf = r.buf[:len(r.buf)+n]
	if err == io.EOF {
		r.err = io.EOF
	}
	if n > 0 {
		return nil
	}
	if err == nil {
		return io.ErrNoProgress
	}
	return err
}

// Read reads what is there, at least one byte: it makes the reader an io.Reader.
func (r *StreamReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if r.Buffered() == 0 {
		if err := r.fill(len(p)); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.have())
	r.skip(n)
	return n, nil
}

// ReadAll reads up to the end of the stream.
func (r *StreamReader) ReadAll() ([]byte, error) {
	for {
		if err := r.fill(0); err == io.EOF {
			return r.take(r.Buffered()), nil
		} else if err != nil {
			return nil, err
		}
	}
}

// ReadExactly reads n bytes, which may be more than the limit. When the stream ends before,
// the error is an *IncompleteError with what there was.
func (r *StreamReader) ReadExactly(n int) ([]byte, error) {
	if n < 0 {
		return nil, fmt.Errorf("eventloop: ReadExactly(%d)", n)
	}
	for r.Buffered() < n {
		if err := r.fill(n - r.Buffered()); err == io.EOF {
			return nil, &IncompleteError{Partial: r.take(r.Buffered()), Expected: n, Err: io.ErrUnexpectedEOF}
		} else if err != nil {
			return nil, err
		}
	}
	return r.take(n), nil
}

// ReadUntil reads up to and with the separator. When the stream ends before, the error is
// an *IncompleteError with what there was. When the separator would stand beyond the limit
// it is ErrLimit, and nothing is taken.
func (r *StreamReader) ReadUntil(sep []byte) ([]byte, error) {
	n, err := r.find(sep)
	if err == io.EOF {
		return nil, &IncompleteError{Partial: r.take(r.Buffered()), Err: io.ErrUnexpectedEOF}
	} else if err != nil {
		return nil, err
	}
	return r.take(n), nil
}

// find returns the length of what ends with sep.
func (r *StreamReader) find(sep []byte) (int, error) {
	if len(sep) == 0 {
		return 0, errors.New("eventloop: empty separator")
	}
	seen := 0
	for {
		have := r.have()
		if i := bytes.Index(have[seen:], sep); i >= 0 {
			if seen+i > r.limit {
				return 0, ErrLimit
			}
			return seen + i + len(sep), nil
		}
		// The separator may stand half at the end.
		seen = max(0, len(have)-len(sep)+1)
		if seen > r.limit {
			return 0, ErrLimit
		}
		if err := r.fill(0); err != nil {
			return 0, err
		}
	}
}

// ReadLine reads a line with its "\n". The last one may have none; then io.EOF follows.
// A line over the limit is ErrLimit, and what has come of it is dropped, as asyncio does.
func (r *StreamReader) ReadLine() ([]byte, error) {
	n, err := r.find([]byte{'\n'})
	switch {
	case err == nil:
		return r.take(n), nil
	case err == io.EOF && r.Buffered() > 0:
		return r.take(r.Buffered()), nil
	case err == ErrLimit:
		if i := bytes.IndexByte(r.have(), '\n'); i >= 0 {
			r.skip(i + 1)
		} else {
			r.skip(r.Buffered())
		}
	}
	return nil, err
}
