//go:build race && ((linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64)))

package pcre2

import "unsafe"

// pin copies a subject into C's memory. The checks of pointers that come with the
// race detector allow no arithmetic with addresses in Go's memory, and the
// generated code does nothing else. They do not look at C's memory.
func pin(t *thread, subject []byte) (address uintptr, unpin func()) {
	address = t.alloc(max(1, len(subject)))
	copy(unsafe.Slice(at[byte](address), len(subject)), subject)
	return address, func() { t.release(address) }
}
