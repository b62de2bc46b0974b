//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package engine

import (
	"context"
	"testing"
	"time"
	"unsafe"

	"go.elara.ws/pcre/lib"
	"modernc.org/libc"
)

// BenchmarkPCRE2 compares a streamed search that can be interrupted with a loop
// around the generated code: the ratio of the two MB/s is what our part costs.
func BenchmarkPCRE2(b *testing.B) {
	text := NewText(lines())
	for _, bm := range benchmarks[:8] {
		b.Run(bm.name+"/bare", func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				b.ReportMetric(float64(bareMatches(b, bm.pattern, text.Bytes())), "matches")
			}
		})
		program := compile(b, PCRE2(), bm.pattern)
		b.Run(bm.name+"/streamed", func(b *testing.B) {
			ctx, cancel := context.WithCancel(b.Context())
			defer cancel()
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				result := program.Search(ctx, text, Cursor{}, Budget{Timeout: time.Minute}, func([]int) bool { return true })
				b.ReportMetric(float64(result.Count), "matches")
			}
		})
	}
}

// bareMatches counts matches that are not empty, with the generated code and no more.
func bareMatches(b *testing.B, pattern string, text []byte) (count int) {
	tls := libc.NewTLS()
	defer tls.Close()
	source, result := []byte(pattern), make([]uint64, 2)
	address := func(p unsafe.Pointer) uintptr { return uintptr(p) }
	code := lib.Xpcre2_compile_8(tls, address(unsafe.Pointer(&source[0])), lib.Tsize_t(len(source)), 0,
		address(unsafe.Pointer(&result[0])), address(unsafe.Pointer(&result[1])), 0)
	if code == 0 {
		b.Fatal("the pattern is refused")
	}
	defer lib.Xpcre2_code_free_8(tls, code)
	data := lib.Xpcre2_match_data_create_from_pattern_8(tls, code, 0)
	defer lib.Xpcre2_match_data_free_8(tls, data)
	vector := lib.Xpcre2_get_ovector_pointer_8(tls, data)
	for at := lib.Tsize_t(0); ; count++ {
		rc := lib.Xpcre2_match_8(tls, code, address(unsafe.Pointer(&text[0])), lib.Tsize_t(len(text)), at, 0, data, 0)
		if rc < 0 {
			return count
		}
		at = (*(**[2]lib.Tsize_t)(unsafe.Pointer(&vector)))[1]
	}
}
