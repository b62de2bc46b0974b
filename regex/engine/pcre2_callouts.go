//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/regexdbg/regexdbg/regex/engine/pcre2"
)

// Callouts has PCRE2 search a text for its first match, with none of its optimisations, and calls visit each time that
// it comes to an item of the pattern, until that returns false. anchored says that PCRE2 tries one start only. The error
// is that of [Engine.Compile], of a limit of PCRE2's, or the cause of ctx.
func Callouts(ctx context.Context, pattern []byte, flags string, text *Text, visit func(Callout) bool) (anchored bool, err error) {
	if err := checkLength(pattern); err != nil {
		return false, err
	}
	if flags, err = checkFlags("pcre2", flags); err != nil {
		return false, err
	}
	options := pcre2.AutoCallout | pcre2.NoAutoPossess | pcre2.NoDotStarAnchor | pcre2.NoStartOptimize
	for _, letter := range flags {
		options |= pcre2Options[letter]
	}
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("PCRE2 failed: %s", clip(fmt.Sprint(e)))
		}
	}()
	code, err := pcre2.Compile(pattern, options)
	if bad, ok := errors.AsType[*pcre2.Error](err); ok {
		return false, diagnosePCRE2(string(pattern), flags, bad)
	}
	if err != nil {
		return false, err
	}
	matcher := code.NewMatcher(text.Bytes())
	defer matcher.Close()
	defer context.AfterFunc(ctx, matcher.Interrupt)()
	stopped := false
	matcher.OnCallout(func(c pcre2.Callout) bool {
		stopped = !visit(Callout(c))
		return !stopped
	})
	_, err = matcher.Match(0, 0)
	switch {
	case stopped:
		err = nil
	case ctx.Err() != nil:
		err = context.Cause(ctx)
	}
	return code.Anchored(), err
}
