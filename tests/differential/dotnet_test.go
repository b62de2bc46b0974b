package differential

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
)

// lazy is a lazy repeat. Those of what can match nothing are wrong in .NET Core 3.1: matches begin too late, the search
// never ends, or there is an IndexOutOfRangeException.
var lazy = regexp.MustCompile(`[*+?}]\?`)

// regexp2 finds what .NET itself finds, with random patterns without characters beyond U+FFFF, which are two in .NET: all
// the same where no repeat is lazy, and nearly all the same otherwise.
func TestDotNetItself(t *testing.T) {
	const count, lazySame = 600, 0.97
	runtimes, err := engine.NewRuntimes("dotnet")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := runtimes.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	entry := runtimes.Entries("dotnet")[0]
	if entry.Engine == nil {
		if os.Getenv("REGEXDBG_DIFFERENTIAL") != "" && !slices.Contains(strings.Fields(os.Getenv("REGEXDBG_WITHOUT")), "dotnet") {
			t.Fatal(entry.Missing)
		}
		t.Skip(entry.Missing)
	}
	f, err := flavor.Lookup("dotnet")
	if err != nil {
		t.Fatal(err)
	}
	text := engine.NewText([]byte("ab\naab éb\nbab aé\n"))
	plain, lazies, differ := 0, 0, 0
	for _, p := range Random(f, 1, count) {
		if strings.Contains(p.Text, "😀") {
			continue
		}
		ours, spent := findWith(t, engine.DotNet(), p.Text, text)
		theirs, stuck := findWith(t, entry.Engine, p.Text, text)
		isLazy := lazy.MatchString(p.Text)
		switch {
		case spent || stuck && !isLazy:
			continue // not known
		case isLazy:
			lazies++
		default:
			plain++
		}
		if ours == theirs {
			continue
		}
		if differ++; !isLazy {
			t.Errorf("%s\n  regexp2 %s\n  .NET    %s", p.Text, ours, theirs)
		}
	}
	t.Logf("%s: %d patterns without lazy repeats, and %d with them, of which %d differ", entry.Info.Version, plain, lazies, differ)
	if plain < count/10 || lazies < count/10 || float64(differ) > (1-lazySame)*float64(lazies) {
		t.Errorf("too few patterns, or too many that differ")
	}
}

// findWith is what an engine finds, and whether it had not the time for it.
func findWith(t *testing.T, e engine.Engine, pattern string, text *engine.Text) (found string, spent bool) {
	p, err := e.Compile([]byte(pattern), "")
	if err != nil {
		return "refused", false
	}
	var b strings.Builder
	r := p.Search(t.Context(), text, engine.Cursor{}, engine.Budget{Timeout: time.Second}, func(groups []int) bool {
		fmt.Fprint(&b, groups)
		return true
	})
	return string(r.Outcome) + " " + b.String(), r.Outcome == engine.Timeout
}
