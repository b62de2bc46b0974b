//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/debug"
	"unsafe"

	"go.elara.ws/pcre/lib"
)

// A Code is a compiled pattern. It is safe for concurrent use. Its memory is
// freed when it is garbage.
type Code struct {
	code    uintptr // pcre2_code
	options Options
	groups  int
	names   []Name
	newline uint32
	limit   uint32 // of steps: ours or the pattern's
	heap    uint32 // limit in KiB: ours or the pattern's

	// weight is as long as the memory at code, which the garbage collector does
	// not see: it comes in time for both together.
	weight []byte
}

// A Name is one entry of a pattern's table of names. A name can have several
// numbers.
type Name struct {
	Number int
	Name   string
}

// An Error is what PCRE2 says of a pattern or of a match.
type Error struct {
	Number  int    // positive for patterns, negative for matches
	Message string // PCRE2's own
	Offset  int    // in bytes in the pattern or, of invalid UTF-8, in the subject
}

func (e *Error) Error() string { return e.Message }

// Compile compiles a pattern of bytes. The error is an [*Error] where PCRE2
// refuses it. When PCRE2 itself fails, Compile panics.
func Compile(pattern []byte, options Options) (*Code, error) {
	t := takeThread()
	if !interruptible() {
		options |= lib.DPCRE2_AUTO_CALLOUT
	}
	text := t.alloc(max(1, len(pattern)))
	copy(unsafe.Slice(at[byte](text), len(pattern)), pattern)

	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	code := lib.Xpcre2_compile_8(t.tls, text, lib.Tsize_t(len(pattern)), uint32(options), t.scratch, t.scratch+8, 0)
	defer t.put()
	defer t.release(text)
	if code == 0 {
		e := &Error{Number: int(*at[int32](t.scratch)), Offset: int(*at[lib.Tsize_t](t.scratch + 8))}
		e.Message = t.message(e.Number) // which is where the others were
		return nil, e
	}
	c := &Code{code: code}
	runtime.AddCleanup(c, freeCode, code)
	c.inform(t)
	return c, nil
}

func freeCode(code uintptr) {
	t := takeThread()
	defer t.put()
	lib.Xpcre2_code_free_8(t.tls, code)
}

func (c *Code) inform(t *thread) {
	c.options = Options(info[uint32](c, t, lib.DPCRE2_INFO_ALLOPTIONS))
	c.groups = int(info[uint32](c, t, lib.DPCRE2_INFO_CAPTURECOUNT))
	c.newline = info[uint32](c, t, lib.DPCRE2_INFO_NEWLINE)
	c.weight = make([]byte, info[lib.Tsize_t](c, t, lib.DPCRE2_INFO_SIZE))
	c.limit = c.lowered(t, MatchLimit, lib.DPCRE2_INFO_MATCHLIMIT)
	c.heap = c.lowered(t, HeapLimit>>10, lib.DPCRE2_INFO_HEAPLIMIT)
	count := int(info[uint32](c, t, lib.DPCRE2_INFO_NAMECOUNT))
	size := int(info[uint32](c, t, lib.DPCRE2_INFO_NAMEENTRYSIZE))
	table := unsafe.Slice(at[byte](info[uintptr](c, t, lib.DPCRE2_INFO_NAMETABLE)), count*size)
	for ; len(table) > 0; table = table[size:] {
		name, _, _ := bytes.Cut(table[2:size], []byte{0})
		c.names = append(c.names, Name{Number: int(table[0])<<8 | int(table[1]), Name: string(name)})
	}
}

// info asks for a value that every pattern has.
func info[T any](c *Code, t *thread, what uint32) T {
	if rc := lib.Xpcre2_pattern_info_8(t.tls, c.code, what, t.scratch); rc != 0 {
		panic(fmt.Sprintf("pcre2: no information %d: error %d", what, rc))
	}
	return *at[T](t.scratch)
}

// lowered returns a limit of ours, or the pattern's own where that is lower.
func (c *Code) lowered(t *thread, limit, what uint32) uint32 {
	if lib.Xpcre2_pattern_info_8(t.tls, c.code, what, t.scratch) == 0 {
		limit = min(limit, *at[uint32](t.scratch))
	}
	return limit
}

// MatchLimit returns how many steps an attempt at one start may take:
// [MatchLimit], or what the pattern says.
func (c *Code) MatchLimit() int { return int(c.limit) }

// HeapLimit returns how many bytes an attempt at one start may need: [HeapLimit],
// or what the pattern says.
func (c *Code) HeapLimit() int { return int(c.heap) << 10 }

// Groups returns how many capture groups the pattern has, without the whole match.
func (c *Code) Groups() int { return c.groups }

// Names returns the named groups in the order of their names.
func (c *Code) Names() []Name { return c.names }

// UTF reports whether pattern and subject are UTF-8, which the pattern may say
// itself.
func (c *Code) UTF() bool { return c.options&UTF != 0 }

// Unoptimized reports whether matches are looked for at each place, which the pattern may say itself.
func (c *Code) Unoptimized() bool { return c.options&NoStartOptimize != 0 }

// Anchored reports whether matches begin where searches do, which the options say, or PCRE2 has found out.
func (c *Code) Anchored() bool { return c.options&Anchored != 0 }

// PairIsNewline reports whether \r\n ends a line in this pattern.
func (c *Code) PairIsNewline() bool {
	switch c.newline {
	case lib.DPCRE2_NEWLINE_CRLF, lib.DPCRE2_NEWLINE_ANY, lib.DPCRE2_NEWLINE_ANYCRLF:
		return true
	}
	return false
}
