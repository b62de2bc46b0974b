package main

import (
	"bufio"
	"io"
	"os"
	"os/signal"
	"sync"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// flushPeriod is how long what a search has found may wait to be written.
const flushPeriod = 50 * time.Millisecond

// An output is written to by the goroutine of a search, which holds mu, while another
// may flush it, or close it.
type output struct {
	mu     sync.Mutex
	out    *bufio.Writer
	err    error // of writing
	closed bool
}

func newOutput(w io.Writer) output { return output{out: bufio.NewWriterSize(w, 64<<10)} }

func (o *output) write(b []byte) {
	if _, err := o.out.Write(b); err != nil {
		o.err = err
	}
}

func (o *output) flush() {
	if err := o.out.Flush(); err != nil {
		o.err = err
	}
}

// milliseconds is a time as JSON has it, of which a microsecond is the smallest part.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// close writes what is left.
func (o *output) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	o.flush()
	return o.err
}

// untilInterrupt searches and flushes what is written until the search ends, or an
// interrupt does. Then it returns false, and leaves the search behind, whose output is
// closed: engines differ in how soon they can stop, and the program is about to end.
func untilInterrupt(o *output, search func() engine.Result) (engine.Result, bool) {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	defer signal.Stop(interrupted)
	flush := time.NewTicker(flushPeriod)
	defer flush.Stop()
	ended := make(chan engine.Result, 1)
	go func() { ended <- search() }()
	for {
		select {
		case result := <-ended:
			return result, true
		case <-interrupted:
			o.mu.Lock()
			defer o.mu.Unlock()
			o.closed = true
			return engine.Result{}, false
		case <-flush.C:
			o.mu.Lock()
			o.flush()
			o.mu.Unlock()
		}
	}
}
