// Package wire holds the messages that the page and the server exchange, and
// is the only place where the server's values become JSON or binary and back.
//
// docs/protocol.md describes the conversation; the types here are its
// vocabulary, and assets/src/wire.ts is generated from them (go generate), so
// that the two sides cannot drift apart.
//
// # Units
//
// Inside the server every offset is a byte offset in UTF-8, half-open. The page
// counts UTF-16 code units, because that is how JavaScript indexes strings. The
// conversion happens here and nowhere else: [Units] walks from bytes to units,
// [Offset] from units to bytes.
//
// A byte that is not part of valid UTF-8 is one unit: the page shows byte 0xNN
// as the lone surrogate U+DCNN (the idea of Python's surrogateescape, PEP 383),
// so that no byte of a text is lost on its way through a JavaScript string.
package wire

//go:generate go run ./gen messages.go welcome.go benchmark.go native.go comparing.go debug.go library.go program.go replacement.go testfile.go input.go ../../assets/src/wire.ts
