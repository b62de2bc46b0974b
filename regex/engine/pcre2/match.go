//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import (
	"errors"
	"runtime"
	"runtime/debug"
	"unsafe"

	"go.elara.ws/pcre/lib"
)

// ErrInterrupted is the error of a match that [Matcher.Interrupt] has ended.
var ErrInterrupted = errors.New("interrupted")

// A Matcher matches one subject with one [Code], by one goroutine at a time. It
// has to be closed.
type Matcher struct {
	code    *Code
	thread  *thread
	data    uintptr // pcre2_match_data
	vector  []lib.Tsize_t
	subject uintptr
	length  int
	unpin   func()
	running bool // in PCRE2's code, or in a panic of it
	faults  bool // what debug.SetPanicOnFault had before
	mark    uintptr
	marked  string // the name at mark
	visit   func(Callout) bool
	interruption
}

// NewMatcher returns a Matcher for a subject, which must not change.
func (c *Code) NewMatcher(subject []byte) *Matcher {
	t := takeThread()
	m := &Matcher{code: c, thread: t, length: len(subject)}
	if m.data = lib.Xpcre2_match_data_create_from_pattern_8(t.tls, c.code, 0); m.data == 0 {
		panic("pcre2: out of memory")
	}
	m.vector = unsafe.Slice(at[lib.Tsize_t](lib.Xpcre2_get_ovector_pointer_8(t.tls, m.data)), 2*(c.groups+1))
	m.subject, m.unpin = pin(t, subject)
	m.arm()
	return m
}

// Close frees what the Matcher has. After a panic of [Matcher.Match] it leaves
// the memory of PCRE2 behind, whose state is not known.
func (m *Matcher) Close() {
	m.disarm()
	if m.running {
		debug.SetPanicOnFault(m.faults)
		return
	}
	m.unpin()
	lib.Xpcre2_match_data_free_8(m.thread.tls, m.data)
	m.thread.put()
}

// Match looks for the first match from start on, in bytes. The error is an
// [*Error], or [ErrInterrupted]. It panics when PCRE2 fails in a way that C
// would have crashed of.
func (m *Matcher) Match(start int, options Options) (bool, error) {
	if m.interrupted.Load() {
		return false, ErrInterrupted
	}
	m.running = true
	m.faults = debug.SetPanicOnFault(true)
	rc := lib.Xpcre2_match_8(m.thread.tls, m.code.code, m.subject, lib.Tsize_t(m.length), lib.Tsize_t(start), uint32(options),
		m.data, m.thread.context)
	debug.SetPanicOnFault(m.faults)
	m.running = false
	runtime.KeepAlive(m.code)
	switch {
	case rc > 0:
		return true, nil
	case rc == lib.DPCRE2_ERROR_NOMATCH:
		return false, nil
	case m.stopped(rc):
		return false, ErrInterrupted
	}
	e := &Error{Number: int(rc), Message: m.thread.message(int(rc))}
	if rc <= lib.DPCRE2_ERROR_UTF8_ERR1 && rc >= lib.DPCRE2_ERROR_UTF8_ERR21 {
		e.Offset = m.StartChar()
	}
	return false, e
}

// Offsets puts the offsets in bytes of the last match's start and end, and those
// of each group, into dst, which has room for them. They are -1 for a group that
// took no part. The start can be behind the end.
func (m *Matcher) Offsets(dst []int) {
	for i, offset := range m.vector {
		dst[i] = int(offset) // PCRE2_UNSET is all bits
	}
}

// Mark returns the name of the last (*MARK), or of the verb with a name, on the path
// of the last match; "" for none.
func (m *Matcher) Mark() string {
	name := lib.Xpcre2_get_mark_8(m.thread.tls, m.data)
	if name == 0 {
		return ""
	}
	if name != m.mark {
		// It is in the code, behind its length.
		m.mark, m.marked = name, string(unsafe.Slice(at[byte](name), *at[byte](name - 1)))
	}
	return m.marked
}

// StartChar returns where the last match began to match, which \K does not change.
func (m *Matcher) StartChar() int {
	return int(lib.Xpcre2_get_startchar_8(m.thread.tls, m.data))
}
