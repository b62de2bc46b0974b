//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package replace_test

import (
	"strings"
	"testing"
	"unsafe"

	"go.elara.ws/pcre/lib"
	"modernc.org/libc"
)

// askPCRE2 asks pcre2_substitute of the very library that finds the matches.
func askPCRE2(t *testing.T, questions []question) []answer {
	t.Helper()
	tls := libc.NewTLS()
	defer tls.Close()
	memory := func(s string) uintptr {
		p := libc.Xmalloc(tls, libc.Tsize_t(len(s)+1))
		copy(unsafe.Slice(at[byte](p), len(s)), s)
		return p
	}
	const room = 1 << 16
	buffer := libc.Xmalloc(tls, room)
	numbers := libc.Xmalloc(tls, 16)
	defer libc.Xfree(tls, buffer)
	defer libc.Xfree(tls, numbers)
	answers := make([]answer, len(questions))
	for i, q := range questions {
		options := uint32(0)
		if strings.Contains(q.flags, "u") {
			options = lib.DPCRE2_UTF | lib.DPCRE2_UCP
		}
		pattern, template, text := memory(q.pattern), memory(q.template), memory(q.text)
		code := lib.Xpcre2_compile_8(tls, pattern, lib.Tsize_t(len(q.pattern)), options, numbers, numbers+8, 0)
		if code == 0 {
			t.Fatalf("%q is refused", q.pattern)
		}
		length := at[lib.Tsize_t](numbers)
		*length = room
		rc := lib.Xpcre2_substitute_8(tls, code, text, lib.Tsize_t(len(q.text)), 0,
			lib.DPCRE2_SUBSTITUTE_GLOBAL|lib.DPCRE2_SUBSTITUTE_EXTENDED|lib.DPCRE2_SUBSTITUTE_UNSET_EMPTY,
			0, 0, template, lib.Tsize_t(len(q.template)), buffer, numbers)
		if rc < 0 {
			answers[i].failed = true
		} else {
			answers[i].result = string(unsafe.Slice(at[byte](buffer), *length))
		}
		lib.Xpcre2_code_free_8(tls, code)
		for _, p := range []uintptr{pattern, template, text} {
			libc.Xfree(tls, p)
		}
	}
	return answers
}

// at is a pointer to what lies at an address of the library's own memory.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }
