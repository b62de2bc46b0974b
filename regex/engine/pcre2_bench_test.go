//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package engine

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"
	"unsafe"

	"go.elara.ws/pcre/lib"
	"modernc.org/libc"
)

// BenchmarkPCRE2 compares a streamed search that can be interrupted and has all groups with a loop around the generated
// code, with bytes and with UTF-8, in CPU time of the thread, which other programs do not change much.
func BenchmarkPCRE2(b *testing.B) {
	for _, size := range []int{1 << 20, 10 << 20} {
		text := NewText(lines()[:size])
		text.Valid() // which is once for each text, not for each search
		for _, flags := range []string{"", "u"} {
			for _, bm := range benchmarks[:8] {
				b.Run(fmt.Sprintf("%dMB%s/%s", size>>20, flags, bm.name), func(b *testing.B) {
					runtime.LockOSThread()
					defer runtime.UnlockOSThread()
					ctx, cancel := context.WithCancel(b.Context())
					defer cancel()
					program, err := PCRE2().Compile([]byte(bm.pattern), flags)
					if err != nil {
						b.Fatal(err)
					}
					bare, count := newBarePCRE2(b, bm.pattern, flags, text.Bytes()), 0
					defer bare.close()
					inTurns(b, 0, func() time.Duration {
						start := threadTime(b)
						count = bare.matches()
						return threadTime(b) - start
					}, func() time.Duration {
						start := threadTime(b)
						result := program.Search(ctx, text, Cursor{}, Budget{Timeout: time.Minute}, keep)
						if result.Outcome != Match || result.Count != count {
							b.Fatalf("got %+v, bare %d matches", result, count)
						}
						return threadTime(b) - start
					})
				})
			}
		}
	}
}

// A barePCRE2 is a pattern and a text in the generated code, and no more.
type barePCRE2 struct {
	tls                *libc.TLS
	pin                runtime.Pinner
	text               []byte
	code, data, vector uintptr
	utf                bool
}

func newBarePCRE2(b *testing.B, pattern, flags string, text []byte) *barePCRE2 {
	p := &barePCRE2{tls: libc.NewTLS(), text: text, utf: flags == "u"}
	p.pin.Pin(&text[0])
	options := uint32(0)
	if p.utf {
		options = lib.DPCRE2_UTF | lib.DPCRE2_UCP
	}
	source, result := []byte(pattern), make([]uint64, 2)
	address := func(p unsafe.Pointer) uintptr { return uintptr(p) }
	p.code = lib.Xpcre2_compile_8(p.tls, address(unsafe.Pointer(&source[0])), lib.Tsize_t(len(source)), options,
		address(unsafe.Pointer(&result[0])), address(unsafe.Pointer(&result[1])), 0)
	if p.code == 0 {
		b.Fatal("the pattern is refused")
	}
	p.data = lib.Xpcre2_match_data_create_from_pattern_8(p.tls, p.code, 0)
	p.vector = lib.Xpcre2_get_ovector_pointer_8(p.tls, p.data)
	return p
}

// matches counts matches that are not empty. The text is known to be valid, as it is to us.
func (p *barePCRE2) matches() (count int) {
	text, options := uintptr(unsafe.Pointer(&p.text[0])), uint32(0)
	if p.utf {
		options = lib.DPCRE2_NO_UTF_CHECK
	}
	for at := lib.Tsize_t(0); ; count++ {
		rc := lib.Xpcre2_match_8(p.tls, p.code, text, lib.Tsize_t(len(p.text)), at, options, p.data, 0)
		if rc < 0 {
			return count
		}
		at = (*(**[2]lib.Tsize_t)(unsafe.Pointer(&p.vector)))[1]
	}
}

func (p *barePCRE2) close() {
	lib.Xpcre2_match_data_free_8(p.tls, p.data)
	lib.Xpcre2_code_free_8(p.tls, p.code)
	p.pin.Unpin()
	p.tls.Close()
}
