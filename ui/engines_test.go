package ui_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
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
		if f.Name == "perl" && (f.Engine != nil || f.Missing != "There is no engine for Perl here: the server was started without perl (see --runtimes).") {
			t.Errorf("got %+v", f)
		}
	}
}

// Sixty-four pages search at once, in turn on every engine of the machine, and each with a
// search before that the next one overtakes: every page gets what its own engine finds. At last all of them compare
// one of these engines with their browser's own, which they lend, at once.
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
			continue
		}
		t.Run(e.Info.Name, func(t *testing.T) {
			// tests/run gets all but the module that no system has, and names what it could not get.
			if os.Getenv("REGEXDBG_DIFFERENTIAL") != "" && e.Info.Name != "python-regex" && !slices.Contains(strings.Fields(os.Getenv("REGEXDBG_WITHOUT")), e.Info.Name) {
				t.Fatalf("%s is missing: %s", e.Info.Name, e.Missing)
			}
			t.Skipf("%s is missing: %s", e.Info.Name, e.Missing)
		})
	}
	server := serve(t, ui.Options{Engines: engines})
	pages := make([]*page, 64)
	texts := make([]string, len(pages))
	for i := range pages {
		pages[i] = openNativeAt(t, server)
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
	version := 2 * (1 + len(all))
	for i, p := range pages {
		p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"compare"}})
		p.send(wire.Compare{Type: wire.TypeCompare, Engines: []string{all[i%len(all)].Name, nativeName}})
		p.updateOn(version, "js", wire.EngineBrowser, `(\d) `, texts[i])
	}
	var lenders sync.WaitGroup
	for i, p := range pages {
		lenders.Go(func() {
			var m *wire.Comparison
			for m == nil || m.Version != version {
				m, _ = p.lend(p.behave(texts[i]))
			}
			got := map[string]int{}
			for _, e := range m.Engines {
				got[e.Engine.Name] = e.Count
			}
			if want := map[string]int{all[i%len(all)].Name: 1 + i, nativeName: 1 + i}; !maps.Equal(got, want) || len(m.Classes) != 1 || len(m.Classes[0].Members) != 2 {
				t.Errorf("page %d: got %v in %v, want %v: %s", i, got, m.Classes, want, m.Message)
			}
		})
	}
	lenders.Wait()
	if len(all) < 3 {
		t.Errorf("there are only %v", all)
	}
}
