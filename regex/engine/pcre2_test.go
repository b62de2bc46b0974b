//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package engine

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine/pcre2"
)

// What PCRE2 cannot be interrupted in is one step over the text. These take
// ages in different ways: one attempt, many attempts of a run over the text
// each, many short attempts.
var pcre2Slow = []struct{ name, pattern, text string }{
	{"one attempt", `x|(a+)+$`, "x" + strings.Repeat("a", 60) + "!"},
	{"runs over the text", `x|[^#]+#`, "x" + strings.Repeat("a", 1<<20)},
	{"short attempts", `x|(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)(?:a|a)b`, "xb" + strings.Repeat("a", 1<<20) + "b"},
}

func TestPCRE2Timeout(t *testing.T) {
	for _, c := range pcre2Slow {
		p := compile(t, PCRE2(), c.pattern)
		text := NewText([]byte(c.text))
		result := p.Search(context.Background(), text, Cursor{}, Budget{Timeout: 20 * time.Millisecond}, keep)
		if result.Outcome != Timeout || result.Count != 1 || result.Searched != 1 || result.Err != nil {
			t.Errorf("%s: got %+v", c.name, result)
		}
		again := p.Search(context.Background(), text, result.Cursor, Budget{Timeout: 20 * time.Millisecond}, keep)
		if again.Outcome != Timeout || again.Count != 0 || again.Cursor != result.Cursor {
			t.Errorf("%s: going on: got %+v", c.name, again)
		}
	}
}

func TestPCRE2Cancel(t *testing.T) {
	for _, c := range pcre2Slow {
		p := compile(t, PCRE2(), c.pattern)
		cause := errors.New("superseded")
		ctx, cancel := context.WithCancelCause(t.Context())
		// Not before the search for the second match, and maybe in the middle of its beginning.
		result := p.Search(ctx, NewText([]byte(c.text)), Cursor{}, Budget{}, func([]int) bool {
			time.AfterFunc(time.Millisecond, func() { cancel(cause) })
			return true
		})
		if result.Outcome != Cancelled || !errors.Is(result.Err, cause) || result.Count != 1 {
			t.Errorf("%s: got %+v", c.name, result)
		}
	}
}

func TestPCRE2Limits(t *testing.T) {
	for _, c := range []struct{ name, pattern, text, says string }{
		{"steps", `(*LIMIT_MATCH=100000)x|(a+)+$`, "x" + strings.Repeat("a", 40) + "!", "match limit exceeded: the attempt at one start takes more than 100,000 steps"},
		{"memory", `x|(?:a|b)*` + strings.Repeat("()", 500) + "y", "x" + strings.Repeat("ab", 100_000), "heap limit exceeded: the attempt at one start needs more than 268,435,456 bytes"},
		{"the pattern's memory", `(*LIMIT_HEAP=2000)x|(?:a|b)*y`, "x" + strings.Repeat("ab", 10_000), "needs more than 2,048,000 bytes"},
		{"depth", `(*LIMIT_DEPTH=10)x|(?:a|b)*y`, "x" + strings.Repeat("ab", 100), "matching depth limit exceeded"},
	} {
		result := compile(t, PCRE2(), c.pattern).Search(context.Background(), NewText([]byte(c.text)), Cursor{}, Budget{}, keep)
		if result.Outcome != Limit || result.Count != 1 || result.Err == nil || !strings.Contains(result.Err.Error(), c.says) {
			t.Errorf("%s: got %+v", c.name, result)
		}
	}
	// Ours are no higher than what they are without a limit in the pattern.
	code := compile(t, PCRE2(), `(*LIMIT_MATCH=4000000000)(*LIMIT_HEAP=4000000000)a`).(*pcre2Program).code
	if code.MatchLimit() != pcre2.MatchLimit || code.HeapLimit() != pcre2.HeapLimit {
		t.Errorf("the limits are %d steps and %d bytes", code.MatchLimit(), code.HeapLimit())
	}
}

// What PCRE2 takes for an error of the text.
func TestPCRE2Refuses(t *testing.T) {
	for _, c := range []struct {
		pattern, flags, text string
		count                int
		says                 string
	}{
		{"a", "u", "aa\xffa", 0, "illegal byte (0xfe or 0xff), at byte 2"},
		{"(*UTF)a", "", "ab\xe2\x82", 0, "1 byte missing at end, at byte 2"},
		{`a\C|b`, "u", "baé", 2, "bad offset into UTF string"},
		{`(?(DEFINE)(?<x>\K))a(?=b(?&x))|x`, "", "xab", 1, "a match that starts at byte 3 and ends before, at 2"},
		{`x|(?1)(?(DEFINE)(a|(?1)))`, "", "xb", 1, "nested recursion"},
	} {
		p, err := PCRE2().Compile([]byte(c.pattern), c.flags)
		if err != nil {
			t.Fatal(err)
		}
		result := p.Search(context.Background(), NewText([]byte(c.text)), Cursor{}, Budget{}, keep)
		if result.Outcome != Error || result.Count != c.count || !strings.Contains(fmt.Sprint(result.Err), c.says) {
			t.Errorf("%q on %q: got %+v", c.pattern, c.text, result)
		}
	}
}

func TestPCRE2Errors(t *testing.T) {
	checkErrors(t, PCRE2(), []string{"", "i", "u"}, []string{
		`missing-paren a«(»b`,
		`missing-paren a(b)«(?:»c`,
		`unexpected-paren a«)»b`,
		`missing-bracket a«[»b`,
		`trailing-backslash a«\»`,
		`lookbehind-not-fixed «(?<=»a+)b`,
		`unknown-property é«\p{Foo}»`,
		`invalid-escape «\u0041»`,
		`undefined-group (a)«\2»`,
		`duplicate-name (?<n>a)(?<«n»>b)`,
		`unknown-verb «(*FOO)»`,
		`invalid-escape (?=a«\K»)`,
	})
	for pattern, code := range map[string]string{
		strings.Repeat("(", 251) + strings.Repeat(")", 251): "too-deep",
		strings.Repeat("a", MaxPattern+1):                   "pattern-too-long",
		strings.Repeat("(?:a|b)", 20_000):                   "too-large",
	} {
		if bad := errorOf(t, PCRE2(), pattern, ""); string(bad.Code) != code {
			t.Errorf("%.20q: got %s (%s), want %s", pattern, bad.Code, bad.Message, code)
		}
	}
	bad := errorOf(t, PCRE2(), `a**`, "")
	if want := "quantifier does not follow a repeatable item"; bad.Message != want || !strings.Contains(bad.Hint, "(?:x*)*") {
		t.Errorf("got %q (%q)", bad.Message, bad.Hint)
	}
	if _, err := PCRE2().Compile([]byte("a"), "y"); fmt.Sprint(err) != `unknown PCRE2 flag "y" (there are: i, m, s, x, n, u, U, J, A, D)` {
		t.Errorf("unknown flag: %v", err)
	}
}

// 64 goroutines search with one program, and with one of their own, and some of
// them are cancelled.
func TestPCRE2Concurrently(t *testing.T) {
	shared := compile(t, PCRE2(), `(\w+)ing\b|é`)
	text := NewText([]byte(strings.Repeat("singing é ring, ", 20)))
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			for round := range 8 {
				p := shared
				if i%2 == 0 {
					own, err := PCRE2().Compile(fmt.Appendf(nil, `(\w{%d})ing\b|é`, i+1), "u")
					if err != nil {
						t.Error(err)
						return
					}
					p = own
				}
				budget, want := Budget{}, Match
				if round%4 == 3 {
					budget, want = Budget{MaxMatches: 7}, Limit
				}
				result := p.Search(context.Background(), text, Cursor{}, budget, keep)
				if result.Outcome != want || result.Count < 7 || i%2 == 1 && want == Match && result.Count != 60 {
					t.Errorf("goroutine %d: got %+v", i, result)
				}
				ctx, cancel := context.WithCancel(context.Background())
				stop := context.AfterFunc(ctx, func() {})
				result = p.Search(ctx, text, Cursor{}, Budget{}, func([]int) bool { cancel(); return true })
				if stop(); result.Outcome != Cancelled || result.Count != 1 {
					t.Errorf("goroutine %d, cancelled: got %+v", i, result)
				}
			}
		})
	}
	group.Wait()
}

// resident is the memory in bytes that this process has.
func resident(tb testing.TB) int {
	tb.Helper()
	content, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		tb.Skipf("the system does not tell how much memory there is: %v", err)
	}
	var size, pages int
	if _, err := fmt.Sscan(string(content), &size, &pages); err != nil {
		tb.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// pcre2Round compiles, searches and lets go, and has an error.
func pcre2Round(tb testing.TB, pattern string, text *Text) {
	p, err := PCRE2().Compile([]byte(pattern), "u")
	if err != nil {
		tb.Fatal(err)
	}
	if result := p.Search(context.Background(), text, Cursor{}, Budget{}, keep); result.Outcome != Match {
		tb.Fatalf("got %+v", result)
	}
	if _, err := PCRE2().Compile([]byte(pattern+"("), ""); err == nil {
		tb.Fatal("a bad pattern is taken")
	}
}

// growth is by how many bytes the process grows over rounds.
func growth(tb testing.TB, rounds int, round func()) int {
	for range 1 + rounds/10 {
		round()
	}
	release()
	before := resident(tb)
	for range rounds {
		round()
	}
	release()
	return resident(tb) - before
}

// release has what nobody needs any more let go: compiled code is freed by a cleanup, which runs some time behind the
// collection that finds it, on a busy machine much later. One that is found later tells that those before have run.
func release() {
	for range 2 {
		ran := make(chan struct{})
		runtime.AddCleanup(&struct{ ran chan struct{} }{ran}, func(ran chan struct{}) { close(ran) }, ran)
		runtime.GC()
		<-ran
	}
}

// The memory is constant over rounds of compiling, searching and letting go.
func TestPCRE2Memory(t *testing.T) {
	const rounds, most = 600, 16 << 20
	// Whatever a round takes of C's memory has 40 KB or more: the copy of the
	// pattern, the code, the steps to come back to, the data of a match, and with
	// the race detector a copy of the text.
	pattern := "(?#" + strings.Repeat("-", 40_000) + `)\A(?:[a-c][d-f][g-i]){300}|\A(?:b|c)*c`
	text := NewText([]byte(strings.Repeat("bc", 500) + "é" + strings.Repeat("\n", 40_000)))
	groups := compile(t, PCRE2(), `\Ab|`+strings.Repeat("()", 2600))
	// Go's own heap may grow by as much meanwhile, on a machine that is busy with other things, but not again and
	// again; what is not freed would show each time.
	grown := math.MaxInt
	for range 3 {
		grown = min(grown, growth(t, rounds, func() {
			pcre2Round(t, pattern, text)
			groups.Search(context.Background(), text, Cursor{}, Budget{MaxMatches: 1}, keep)
		}))
		if grown <= most {
			break
		}
	}
	// Were it not freed, this would be 24 MB. The race detector and Go's heap keep some of their own: ten were seen
	// three times in a row beside other tests.
	if grown > most {
		t.Errorf("%d rounds made the process grow by %d KiB", rounds, grown>>10)
	}
}

// BenchmarkPCRE2Memory tells by how much the process grows over its rounds, and fails when that is much: with
// -benchtime=1000000x, as tests/run has it, over a million, where a leak of 20 bytes a round is 20 MB.
func BenchmarkPCRE2Memory(b *testing.B) {
	text := NewText([]byte("aé"))
	grown := growth(b, b.N, func() { pcre2Round(b, "(?<n>a|b){0,9}", text) })
	b.ReportMetric(float64(grown)/(1<<20), "MiB-grown")
	if grown > 16<<20 {
		b.Errorf("%d rounds made the process grow by %d KiB", b.N, grown>>10)
	}
}
