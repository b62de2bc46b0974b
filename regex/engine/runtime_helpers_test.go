package engine

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// machine returns the engines of this machine, with those local runtimes that it
// has. All tests share them: TestMain closes them.
var machine = sync.OnceValue(func() *Registry { return Local().With(machineRuntimes()) })

var machineRuntimes = sync.OnceValue(func() *Runtimes {
	runtimes, err := NewRuntimes("all")
	if err != nil {
		panic(err)
	}
	return runtimes
})

func TestMain(m *testing.M) {
	code := m.Run()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	if err := machineRuntimes().Close(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "closing the runtimes:", err)
		code = 1
	}
	cancel()
	os.Exit(code)
}

// runtimeOf returns the first engine of a language, or skips the test where this
// machine has none; tests/run, which installs them, does not take that.
func runtimeOf(t testing.TB, name string) *runtimeEngine {
	t.Helper()
	for _, e := range machine().Entries() {
		if e.Info.Name != name {
			continue
		}
		if e.Engine != nil {
			return e.Engine.(*runtimeEngine)
		}
		missing(t, name, e.Missing)
	}
	t.Fatalf("there is no language %s", name)
	return nil
}

// own is the same runtime with processes of its own, which end with the test.
func own(t *testing.T, e *runtimeEngine) *runtimeEngine {
	t.Helper()
	e = newRuntimeEngine(e.language, e.info, e.program)
	t.Cleanup(func() {
		if err := e.close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return e
}

// killed is how many processes of a runtime were killed. The pool counts one when the kernel has taken it away, which
// on a busy machine is long after the search has ended that had it killed; until then it is dying.
func killed(e *runtimeEngine) uint64 {
	stats := e.pool.Stats()
	return stats.Kills + uint64(stats.Dying)
}

// searchUntil searches with a timeout that ends the search, and with twice as long a one while it has not found so
// many matches: on a busy machine the process may not have run at all.
func searchUntil(t *testing.T, p Program, text *Text, timeout time.Duration, matches int) Result {
	t.Helper()
	for {
		result := p.Search(t.Context(), text, Cursor{}, Budget{Timeout: timeout}, keep)
		if result.Outcome != Timeout || result.Count >= matches || timeout > time.Minute {
			return result
		}
		timeout *= 2
	}
}

// missing skips a test that needs a runtime which is not there. No system has
// python's module regex by itself. REGEXDBG_WITHOUT names those that tests/run
// could not get.
func missing(t testing.TB, name, why string) {
	t.Helper()
	if os.Getenv("REGEXDBG_DIFFERENTIAL") != "" && name != "python-regex" && !slices.Contains(strings.Fields(os.Getenv("REGEXDBG_WITHOUT")), name) {
		t.Fatalf("%s is missing: %s", name, why)
	}
	t.Skipf("%s is missing: %s", name, why)
}
