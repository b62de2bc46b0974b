package ui

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// A worker that is this many frames (64 KiB each) ahead of the page waits, for
// at most patience; then it gives its thread back, and the search goes on from
// its cursor once the page has read. A slow page so costs memory for half a
// megabyte and no thread.
const (
	streamFrames = 8
	patience     = time.Second
)

// stream is where a search's worker leaves matches and its session's task picks
// them up. Its methods may be called from both.
type stream struct {
	first    func()       // called once, on the worker, after the first match
	progress atomic.Int64 // bytes searched, as the engine tells it

	mu      sync.Mutex
	encoder *wire.Encoder
	frames  [][]byte
	room    chan struct{} // capacity 1: frames were taken
}

func newStream(first func()) *stream {
	return &stream{first: first, room: make(chan struct{}, 1)}
}

// begin prepares for the matches of a text. It is called before the first add.
func (s *stream) begin(version int, text *engine.Text) {
	encoder := wire.NewEncoder(version, 0, text.Bytes(), text.IsASCII(), text.Valid())
	s.mu.Lock()
	defer s.mu.Unlock()
	s.encoder = encoder
}

// delay is what a page that does not keep up cost one call of Search.
type delay struct {
	waited  time.Duration // part of the search's wall time
	stalled bool          // the search was stopped for it
}

// adder returns the yield function of one call of Search, which puts each match's
// mark into mark. It stops the search when the page does not keep up.
func (s *stream) adder(ctx context.Context, d *delay, mark *string) func(groups []int) bool {
	announced := false
	return func(groups []int) bool {
		s.mu.Lock()
		s.encoder.Add(groups, *mark)
		if s.encoder.Full() {
			s.frames = append(s.frames, s.encoder.Frame(int(s.progress.Load())))
		}
		crowded := len(s.frames) >= streamFrames
		s.mu.Unlock()
		if !announced {
			announced = true
			s.first()
		}
		if crowded {
			begun := time.Now()
			d.stalled = !s.awaitRoom(ctx)
			d.waited += time.Since(begun)
		}
		return !d.stalled
	}
}

// awaitRoom reports whether the frames were taken in time.
func (s *stream) awaitRoom(ctx context.Context) bool {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		s.mu.Lock()
		crowded := len(s.frames) >= streamFrames
		s.mu.Unlock()
		if !crowded {
			return true
		}
		select {
		case <-s.room:
		case <-ctx.Done():
			return true // the engine looks at ctx next
		case <-timer.C:
			return false
		}
	}
}

// take returns the frames of everything that was added since the last call, and
// the number of matches taken in all calls.
//
// All matches before searched are among them: the engine publishes its progress
// after a match is added.
func (s *stream) take() (frames [][]byte, count, searched int) {
	s.mu.Lock()
	searched = int(s.progress.Load())
	frames, s.frames = s.frames, nil
	if s.encoder != nil {
		count = s.encoder.Next()
		if last := s.encoder.Frame(searched); last != nil {
			frames = append(frames, last)
		}
	}
	s.mu.Unlock()
	select {
	case s.room <- struct{}{}:
	default:
	}
	return frames, count, searched
}
