package executor

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// protocolVersion is what a child has to name in its hello.
const protocolVersion = 1

// firstBody is how much of an announced body is allocated before any of it has arrived. More is allocated as it
// comes, never more than as much again as is there, so that an announcement alone costs nothing.
const firstBody = 1 << 20

var (
	errLineTooLong = errors.New("line too long")
	errBodyTooLong = errors.New("body too long")
	errNoObject    = errors.New("not a JSON object")
)

// header is the line of a frame, in either direction. See the package comment for what the fields mean.
type header struct {
	Protocol int             `json:"protocol,omitempty"`
	Name     string          `json:"name,omitempty"`
	Version  string          `json:"version,omitempty"`
	ID       uint64          `json:"id,omitempty"`
	Done     bool            `json:"done,omitempty"`
	Error    *string         `json:"error,omitempty"`
	Bytes    int64           `json:"bytes,omitempty"`
	Data     json.RawMessage `json:"data,omitempty"`
}

// frame is one message: a header and the raw bytes that follow its line.
type frame struct {
	header
	body []byte
}

// appendHeader appends the line of a frame to b. The JSON encoder leaves no newline inside it.
func appendHeader(b []byte, h header) ([]byte, error) {
	line, err := json.Marshal(h)
	if err != nil {
		return b, err
	}
	return append(append(b, line...), '\n'), nil
}

// frameReader reads frames. It takes no more from its source than the frame it is asked for and what fits its
// buffer, so a child that writes faster than its frames are read has to wait.
type frameReader struct {
	r       *bufio.Reader
	maxLine int
	maxBody int
	line    []byte // a line that was longer than the buffer; kept for the next one
}

func newFrameReader(r io.Reader, maxLine, maxBody int) frameReader {
	return frameReader{r: bufio.NewReaderSize(r, 64<<10), maxLine: maxLine, maxBody: maxBody}
}

// read returns the next frame, which shares no memory with the reader. The error is io.EOF when the source ends
// between frames, the source's own error or io.ErrUnexpectedEOF when it ends within one, and a *frameError when
// what came is no frame; nothing can be read after any of them.
func (f *frameReader) read() (frame, error) {
	line, err := f.readLine()
	if err != nil {
		return frame{}, err
	}
	var fr frame
	// Unmarshal accepts null, and arrays where nothing is to be filled.
	if trimmed := bytes.TrimLeft(line, " \t\r"); len(trimmed) == 0 || trimmed[0] != '{' {
		return frame{}, newFrameError(errNoObject, line)
	}
	if err := json.Unmarshal(line, &fr.header); err != nil {
		return frame{}, newFrameError(err, line)
	}
	switch {
	case fr.Bytes < 0:
		return frame{}, newFrameError(errors.New("negative length of the body"), line)
	case fr.Bytes > int64(f.maxBody):
		return frame{}, newFrameError(fmt.Errorf("%w: %d bytes, the limit is %d", errBodyTooLong, fr.Bytes, f.maxBody), line)
	}
	fr.body, err = f.readBody(int(fr.Bytes))
	return fr, err
}

// readLine returns the next line with its newline, valid until the next call.
func (f *frameReader) readLine() ([]byte, error) {
	line, err := f.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		f.line = f.line[:0]
		for err == bufio.ErrBufferFull && len(f.line)+len(line) <= f.maxLine {
			f.line = append(f.line, line...)
			line, err = f.r.ReadSlice('\n')
		}
		f.line = append(f.line, line...)
		line = f.line
	}
	if err == nil || err == bufio.ErrBufferFull {
		if len(line) > f.maxLine {
			return nil, newFrameError(fmt.Errorf("%w: the limit is %d bytes", errLineTooLong, f.maxLine), line)
		}
		return line, nil
	}
	if len(line) > 0 && err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return nil, err
}

func (f *frameReader) readBody(n int) ([]byte, error) {
	if n == 0 {
		return nil, nil
	}
	body := make([]byte, min(n, firstBody))
	have := 0
	for {
		got, err := io.ReadFull(f.r, body[have:])
		have += got
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil || have == n {
			return body[:have], err
		}
		grown := make([]byte, min(n, 2*have))
		copy(grown, body)
		body = grown
	}
}

// frameError says that what came is no frame.
type frameError struct {
	err  error
	line string // its beginning
}

// lineExcerpt is how many bytes of a bad line an error shows.
const lineExcerpt = 200

func newFrameError(err error, line []byte) *frameError {
	return &frameError{err: err, line: string(line[:min(len(line), lineExcerpt)])}
}

func (e *frameError) Error() string { return e.err.Error() }

func (e *frameError) Unwrap() error { return e.err }
