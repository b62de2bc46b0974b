//go:build !((linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64)))

package engine

import (
	"context"
	"errors"
)

// pcre2Entry is PCRE2's place in the registry.
func pcre2Entry() Entry {
	return Entry{
		Info:    Info{Flavor: "pcre2", Name: "PCRE2"},
		Missing: "the PCRE2 in this program runs on Linux and macOS only; run regexdbg in WSL or in a container",
	}
}

// Callouts says that PCRE2 does not run here.
func Callouts(context.Context, []byte, string, Optimizations, *Text, func(Callout) bool) (anchored bool, err error) {
	return false, errors.New(pcre2Entry().Missing)
}

// Optimized says so too.
func Optimized([]byte, string) (starts Starts, possessive []int, err error) {
	return Starts{}, nil, errors.New(pcre2Entry().Missing)
}
