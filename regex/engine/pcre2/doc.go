// Package pcre2 is a small wrapper of PCRE2, in the form of Go code that was
// generated from its C sources (go.elara.ws/pcre/lib).
//
// It adds what a program needs that runs patterns of others on texts of others:
// it is safe for concurrent use, frees everything, bounds what one match may
// take, can be interrupted, and turns a fault of PCRE2 into a panic that can be
// recovered from. It adds nothing else: what a pattern means, and where a search
// goes on, is for the caller.
//
// The generated code exists for Linux (386, amd64, arm, arm64, riscv64) and
// macOS. For other systems this package has nothing but this text.
package pcre2
