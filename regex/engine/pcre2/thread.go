//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import (
	"sync"
	"unsafe"

	"go.elara.ws/pcre/lib"
	"modernc.org/libc"
)

// A thread is what the generated code needs of a C thread: its stack, and some
// memory for results. It is used by one goroutine at a time.
type thread struct {
	tls     *libc.TLS
	context uintptr // pcre2_match_context with our limits
	scratch uintptr // scratchSize bytes
}

const (
	scratchSize = 256
	// maxThreads is how many threads wait to be used again. Each has some 100 KB
	// once it has matched.
	maxThreads = 32
)

var threads struct {
	mu   sync.Mutex
	free []*thread
}

func takeThread() *thread {
	threads.mu.Lock()
	var t *thread
	if last := len(threads.free) - 1; last >= 0 {
		t, threads.free = threads.free[last], threads.free[:last]
	}
	threads.mu.Unlock()
	if t == nil {
		t = newThread()
	}
	return t
}

// put gives a thread back. One in whose code there was a panic is not to be
// given back: it is left behind with its memory.
func (t *thread) put() {
	threads.mu.Lock()
	if len(threads.free) < maxThreads {
		threads.free = append(threads.free, t)
		t = nil
	}
	threads.mu.Unlock()
	if t != nil {
		t.close()
	}
}

func newThread() *thread {
	t := &thread{tls: libc.NewTLS()}
	// Where the stack is in pages, an empty page is freed at once. With this,
	// which is never given back, no page is empty, and what a call leaves behind
	// stays readable: see frame.
	t.tls.Alloc(16)
	t.scratch = t.alloc(scratchSize)
	t.context = lib.Xpcre2_match_context_create_8(t.tls, 0)
	if t.context == 0 {
		panic("pcre2: out of memory")
	}
	lib.Xpcre2_set_match_limit_8(t.tls, t.context, MatchLimit)
	lib.Xpcre2_set_depth_limit_8(t.tls, t.context, DepthLimit)
	lib.Xpcre2_set_heap_limit_8(t.tls, t.context, HeapLimit>>10)
	return t
}

func (t *thread) close() {
	lib.Xpcre2_match_context_free_8(t.tls, t.context)
	t.release(t.scratch)
	t.tls.Close()
}

// alloc returns memory of C. It is for what the generated code gets a pointer
// to: Go's own is not, since the race detector's checks of pointers do not stand
// what that code does with them.
func (t *thread) alloc(size int) uintptr {
	p := libc.Xmalloc(t.tls, lib.Tsize_t(size))
	if p == 0 {
		panic("pcre2: out of memory")
	}
	return p
}

func (t *thread) release(p uintptr) { libc.Xfree(t.tls, p) }

// message returns PCRE2's text for one of its error numbers.
func (t *thread) message(number int) string {
	n := lib.Xpcre2_get_error_message_8(t.tls, int32(number), t.scratch, scratchSize)
	if n < 0 {
		return "unknown error"
	}
	return string(unsafe.Slice((*byte)(pointer(t.scratch)), n))
}

// pointer is of an address outside of Go's memory.
func pointer(address uintptr) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Pointer(&address))
}

// at returns what lies at an address outside of Go's memory.
func at[T any](address uintptr) *T { return (*T)(pointer(address)) }
