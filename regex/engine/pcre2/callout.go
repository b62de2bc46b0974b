//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import (
	"unsafe"

	"go.elara.ws/pcre/lib"
	"modernc.org/libc"
)

// autoCallout is the number of the callouts that are not written in a pattern.
const autoCallout = 255

// A Callout is where a match has come to an item of a pattern that was compiled with [AutoCallout]: offsets in bytes.
type Callout struct {
	Pattern int // where the item is written
	Text    int // where it is about to be tried
	Start   int // where the attempt began
}

// OnCallout has matches call visit at each callout, on the goroutine of [Matcher.Match]. When it returns false, the
// match ends with [ErrInterrupted]. It is called before the first match.
func (m *Matcher) OnCallout(visit func(Callout) bool) {
	m.visit = visit
	m.setCallout()
}

// setCallout has PCRE2 call onCallout.
func (m *Matcher) setCallout() {
	callout := struct {
		call func(*libc.TLS, uintptr, uintptr) int32
	}{onCallout}
	lib.Xpcre2_set_callout_8(m.thread.tls, m.thread.context, *(*uintptr)(unsafe.Pointer(&callout)), uintptr(unsafe.Pointer(m)))
}

// onCallout is what PCRE2 calls where patterns have callouts.
func onCallout(_ *libc.TLS, block, data uintptr) int32 {
	m := *(**Matcher)(unsafe.Pointer(&data))
	if m.interrupted.Load() {
		return lib.DPCRE2_ERROR_CALLOUT
	}
	if b := at[lib.Tpcre2_callout_block_8](block); m.visit != nil && b.Fcallout_number == autoCallout {
		if !m.visit(Callout{Pattern: int(b.Fpattern_position), Text: int(b.Fcurrent_position), Start: int(b.Fstart_match)}) {
			m.interrupted.Store(true)
			return lib.DPCRE2_ERROR_CALLOUT
		}
	}
	return 0
}
