package ui_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// localPerl returns engines with perl as a local runtime, which nobody has looked
// for yet. A machine without perl skips the test, unless tests/run has seen to it.
func localPerl(t *testing.T) *engine.Registry {
	t.Helper()
	runtimes, err := engine.NewRuntimes("perl")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := runtimes.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	if _, err := engine.Local().With(runtimes).Lookup("perl", ""); err != nil {
		if os.Getenv("REGEXDBG_DIFFERENTIAL") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	runtimes.Refresh()
	return engine.Local().With(runtimes)
}

// A search in a flavor whose runtime is still looked for waits for it, and the
// page hears of it.
func TestRuntimeIsFound(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{Engines: localPerl(t)}))
	p.putText("aé\n")
	p.update(1, "perl", "", `(\w)$`, "aé\n")
	f := p.collect(1)
	if f.started.Engine.Name != "perl" || f.done.Outcome != wire.OutcomeMatch || f.done.Count != 1 {
		t.Errorf("got %+v", f)
	}
	// Whatever was told by now, a refresh is answered, and again when all is found.
	p.send(wire.Refresh{Type: wire.TypeRefresh})
	for {
		kind, data := p.read()
		if kind != wire.TypeEngines {
			continue
		}
		var engines wire.Engines
		if err := json.Unmarshal(data, &engines); err != nil {
			t.Fatal(err)
		}
		for _, f := range engines.Flavors {
			if f.Name == "perl" && f.Engine != nil && f.Engine.Name == "perl" {
				return
			}
		}
	}
}

// Without runtimes a page is told at once what is missing.
func TestNoRuntimesByDefault(t *testing.T) {
	_, welcome := open(t, serve(t, ui.Options{}))
	for _, f := range welcome.Flavors {
		if f.Name == "perl" && (f.Engine != nil || f.Missing != "This machine has no engine for Perl.") {
			t.Errorf("got %+v", f)
		}
	}
}

// Sixty-four pages search at once, in turn on every engine of the machine, and each with a
// search before that the next one overtakes: every page gets what its own engine finds.
func TestManyPagesOnEveryEngine(t *testing.T) {
	runtimes, err := engine.NewRuntimes("all")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := runtimes.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	engines := engine.Local().With(runtimes)
	var all []engine.Info
	for _, e := range engines.Entries() {
		if e.Engine != nil {
			all = append(all, e.Info)
		}
	}
	for _, f := range flavor.All() {
		if _, err := engines.Lookup(f.Name, ""); err != nil && os.Getenv("REGEXDBG_DIFFERENTIAL") != "" {
			t.Fatal(err)
		}
	}
	server := serve(t, ui.Options{Engines: engines})
	pages := make([]*page, 64)
	texts := make([]string, len(pages))
	for i := range pages {
		pages[i], _ = open(t, server)
		texts[i] = strings.Repeat("é1 ", 1+i)
		pages[i].putText(texts[i])
	}
	for round := range all {
		version := 2 * (1 + round)
		of := func(i int) engine.Info { return all[(i+round)%len(all)] }
		for i, p := range pages {
			before := all[i%len(all)]
			p.updateOn(version-1, before.Flavor, before.Name, `(?:\d+\s)+$`, texts[i])
			p.updateOn(version, of(i).Flavor, of(i).Name, `(\d) `, texts[i])
		}
		for i, p := range pages {
			f := p.collect(version)
			if f.started.Engine.Name != of(i).Name || f.done.Outcome != wire.OutcomeMatch || f.done.Count != 1+i || len(f.matches) != 1+i {
				t.Fatalf("page %d on %s: got %+v on %s with %d matches, want %d", i, of(i).Name, f.done, f.started.Engine.Name, len(f.matches), 1+i)
			}
		}
	}
	if len(all) < 3 {
		t.Errorf("there are only %v", all)
	}
}
