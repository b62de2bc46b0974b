//go:build !race && ((linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64)))

package pcre2

import (
	"runtime"
	"unsafe"
)

// pin returns the address of a subject, which stays there until it is unpinned.
// It is not copied: PCRE2 only reads it.
func pin(_ *thread, subject []byte) (address uintptr, unpin func()) {
	if len(subject) == 0 {
		subject = []byte{0}
	}
	p := new(runtime.Pinner)
	p.Pin(&subject[0])
	return uintptr(unsafe.Pointer(&subject[0])), p.Unpin
}
