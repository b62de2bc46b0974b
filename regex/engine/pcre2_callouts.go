//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package engine

import (
	"context"
	"errors"
	"fmt"

	"github.com/regexdbg/regexdbg/regex/engine/pcre2"
)

// Callouts has PCRE2 search a text for its first match, with some of its optimisations, and calls visit each time that
// it comes to an item of the pattern, until that returns false. anchored says that PCRE2 tries one start only. The error
// is that of [Engine.Compile], of a limit of PCRE2's, or the cause of ctx.
func Callouts(ctx context.Context, pattern []byte, flags string, with Optimizations, text *Text, visit func(Callout) bool) (anchored bool, err error) {
	defer recoverPCRE2(&err)
	code, err := compileCallouts(pattern, flags, with)
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

// Optimized returns what PCRE2 knows of where matches of a pattern can be, and where the items are whose repeats give
// nothing back, because they are written so or made so, offsets in ascending order. The error is that of
// [Engine.Compile].
func Optimized(pattern []byte, flags string) (starts Starts, possessive []int, err error) {
	defer recoverPCRE2(&err)
	code, err := compileCallouts(pattern, flags, Optimizations{StartOptimize: true, AutoPossess: true})
	if err != nil {
		return Starts{}, nil, err
	}
	if code.Unoptimized() {
		return Starts{Anchored: code.Anchored()}, code.Possessive(), nil
	}
	s := code.Starts()
	starts = Starts{OneFirst: s.OneFirst, LineStart: s.LineStart, Anchored: code.Anchored(), MinLength: s.MinLength, LastLimit: pcre2.LastLimit}
	if s.HasFirst {
		starts.First = &s.First
	}
	if s.HasLast {
		starts.Last = &s.Last
	}
	return starts, code.Possessive(), nil
}

// compileCallouts compiles a pattern with a callout at each item, and with some optimisations.
func compileCallouts(pattern []byte, flags string, with Optimizations) (*pcre2.Code, error) {
	if err := checkLength(pattern); err != nil {
		return nil, err
	}
	flags, err := checkFlags("pcre2", flags)
	if err != nil {
		return nil, err
	}
	options := pcre2.AutoCallout | pcre2.NoDotStarAnchor
	if !with.AutoPossess {
		options |= pcre2.NoAutoPossess
	}
	if !with.StartOptimize {
		options |= pcre2.NoStartOptimize
	}
	for _, letter := range flags {
		options |= pcre2Options[letter]
	}
	code, err := pcre2.Compile(pattern, options)
	if bad, ok := errors.AsType[*pcre2.Error](err); ok {
		return nil, diagnosePCRE2(string(pattern), flags, bad)
	}
	return code, err
}

// recoverPCRE2 makes an error of a panic of PCRE2.
func recoverPCRE2(err *error) {
	if e := recover(); e != nil {
		*err = fmt.Errorf("PCRE2 failed: %s", clip(fmt.Sprint(e)))
	}
}
