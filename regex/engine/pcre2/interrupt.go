//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"go.elara.ws/pcre/lib"
)

// How a match is interrupted
//
// PCRE2 has one way to be interrupted: a callout, which the pattern has to be
// compiled with. Callouts before every item make common searches up to 1.8 times
// as slow. But before every attempt and every step that can be taken back, PCRE2
// compares the number of steps with its match limit, and that limit lies in
// memory, in the block at the start of pcre2_match's frame, whose address we
// know: to interrupt a match is to make the limit 0 there. Between two such looks
// there is at most one run over the text.
//
// That the limit is where we think is tried once. Where it is not, patterns are
// compiled with callouts. And it is only changed where it has the value that it
// must have.

// frameSize is at least the size of pcre2_match's frame, which is 20,880 bytes at
// most in the code that was generated.
const frameSize = 24 << 10

// frame returns the address of the frame that pcre2_match gets when it is called next.
func (t *thread) frame() uintptr {
	p := t.tls.Alloc(frameSize)
	t.tls.Free(frameSize)
	return p
}

// limitOf returns where the match limit is in a frame of pcre2_match.
func limitOf(frame uintptr) *uint32 {
	return at[uint32](frame + unsafe.Offsetof(lib.Tmatch_block_8{}.Fmatch_limit))
}

// interruptible reports whether matches can be interrupted without callouts.
var interruptible = sync.OnceValue(func() bool {
	const probe = 1234567 // a limit that nothing else has
	t := takeThread()
	defer t.put()
	frame := t.frame()
	*limitOf(frame) = 0
	lib.Xpcre2_set_match_limit_8(t.tls, t.context, probe)
	defer lib.Xpcre2_set_match_limit_8(t.tls, t.context, MatchLimit)
	*at[byte](t.scratch) = 'a'
	code := lib.Xpcre2_compile_8(t.tls, t.scratch, 1, 0, t.scratch+8, t.scratch+16, 0)
	defer lib.Xpcre2_code_free_8(t.tls, code)
	data := lib.Xpcre2_match_data_create_8(t.tls, 1, 0)
	defer lib.Xpcre2_match_data_free_8(t.tls, data)
	rc := lib.Xpcre2_match_8(t.tls, code, t.scratch, 1, 0, 0, data, t.context)
	return rc == 1 && *limitOf(frame) == probe
})

// interruptPeriod is how long after each other a match is interrupted that goes on:
// one that was about to begin sets its limit once more.
const interruptPeriod = time.Millisecond

// An interruption is what ends a matcher's match from outside.
type interruption struct {
	mu          sync.Mutex // held to change the limit
	limit       *uint32    // nil once there may be another's frame
	value       uint32     // of the limit
	interrupted atomic.Bool
}

// arm makes the matcher's thread ready to be interrupted.
func (m *Matcher) arm() {
	if interruptible() {
		m.limit, m.value = limitOf(m.thread.frame()), m.code.limit
		return
	}
	m.setCallout()
}

// disarm ends all calls of Interrupt.
func (m *Matcher) disarm() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.interrupted.Store(true)
	if (m.limit == nil || m.visit != nil) && !m.running {
		lib.Xpcre2_set_callout_8(m.thread.tls, m.thread.context, 0, 0)
	}
	m.limit = nil
}

// Interrupt ends the match under way, and all to come, with [ErrInterrupted]. It
// may be called by any goroutine, and returns when the Matcher is closed, or at
// once when interrupting takes no more than to say so.
func (m *Matcher) Interrupt() {
	m.interrupted.Store(true)
	for m.lowerLimit() {
		time.Sleep(interruptPeriod)
	}
}

// lowerLimit reports whether there is a limit that the next match may set again.
func (m *Matcher) lowerLimit() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.limit == nil {
		return false
	}
	atomic.CompareAndSwapUint32(m.limit, m.value, 0)
	return true
}

// stopped reports whether a match ended with rc because it was interrupted.
func (m *Matcher) stopped(rc int32) bool {
	return m.interrupted.Load() && (rc == lib.DPCRE2_ERROR_MATCHLIMIT || rc == lib.DPCRE2_ERROR_CALLOUT)
}
