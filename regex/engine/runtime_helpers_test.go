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
