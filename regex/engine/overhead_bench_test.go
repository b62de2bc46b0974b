//go:build linux || darwin

package engine

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
	"golang.org/x/sys/unix"
)

// threadTime is the CPU time of this thread.
func threadTime(b *testing.B) time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &now); err != nil {
		b.Fatal(err)
	}
	return time.Duration(now.Nano())
}

// overheads compares searches that can be interrupted and have all groups with loops that users of the engine write, in CPU time of
// the thread, which other programs do not change much.
func overheads(b *testing.B, compile func(pattern string) Program, loop func(pattern string, text *Text) func() int) {
	for _, size := range []int{1 << 20, 10 << 20} {
		text := NewText(lines()[:size])
		text.utf16Units() // which is once for each text, not for each search
		for _, bm := range benchmarks[:8] {
			b.Run(fmt.Sprintf("%dMB/%s", size>>20, bm.name), func(b *testing.B) {
				ctx, cancel := context.WithCancel(b.Context())
				defer cancel()
				program, bare, count := compile(bm.pattern), loop(bm.pattern, text), 0
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				inTurns(b, 0, func() time.Duration {
					start := threadTime(b)
					count = bare()
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

// BenchmarkGo compares with FindAllSubmatchIndex.
func BenchmarkGo(b *testing.B) {
	overheads(b, func(pattern string) Program { return compileGo(b, pattern, "") }, func(pattern string, text *Text) func() int {
		re := regexp.MustCompile(pattern)
		return func() int { return len(re.FindAllSubmatchIndex(text.Bytes(), -1)) }
	})
}

// BenchmarkDotNet compares with FindRunesMatches, which is given the text as it wants it.
func BenchmarkDotNet(b *testing.B) {
	overheads(b, func(pattern string) Program { return compile(b, DotNet(), pattern) }, runesLoop(b, regexp2.None))
}

// BenchmarkECMAScript does so in regexp2's ECMAScript mode.
func BenchmarkECMAScript(b *testing.B) {
	overheads(b, func(pattern string) Program {
		p, err := ECMAScript().Compile([]byte(asFlags.Replace(pattern)), "is")
		if err != nil {
			b.Fatal(err)
		}
		return p
	}, func(pattern string, text *Text) func() int {
		return runesLoop(b, regexp2.ECMAScript|regexp2.IgnoreCase|regexp2.Singleline)(asFlags.Replace(pattern), text)
	})
}

// asFlags takes out of a pattern what ECMAScript has as flags only.
var asFlags = strings.NewReplacer("(?i)", "", "(?s)", "")

// runesLoop is a loop over all matches and their groups.
func runesLoop(b *testing.B, options regexp2.RegexOptions) func(pattern string, text *Text) func() int {
	return func(pattern string, text *Text) func() int {
		re := regexp2.MustCompile(pattern, options)
		re.MatchTimeout = time.Minute
		numbers := re.GetGroupNumbers()
		return func() (count int) {
			err := re.FindRunesMatches(text.Runes(), 0, func(view regexp2.MatchView) bool {
				for _, number := range numbers {
					view.GroupRange(number)
				}
				count++
				return true
			})
			if err != nil {
				b.Fatal(err)
			}
			return count
		}
	}
}
