package ui_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// speeds reads until the end of a benchmark, and returns it and the number of
// messages before.
func (p *page) speeds(version int) (last wire.Speeds, before int) {
	p.t.Helper()
	for ; ; before++ {
		kind, data := p.next()
		if kind == wire.TypeProgress { // of a search beside it
			before--
			continue
		}
		if kind != wire.TypeSpeeds {
			p.t.Fatalf("got %s %.300s, want speeds", kind, data)
		}
		last = wire.Speeds{}
		if err := json.Unmarshal(data, &last); err != nil {
			p.t.Fatal(err)
		}
		if last.Version != version {
			p.t.Fatalf("speeds of version %d, want %d", last.Version, version)
		}
		if last.Done {
			return last, before
		}
	}
}

// Each engine that is asked for has a speed, or says why it has none: with flags
// that mean in its flavor what they mean in the page's.
func TestBenchmark(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	text := strings.Repeat("ab\n", 100)
	p.putText(text)
	p.update(1, "dotnet", "x", "(?<x>a) b", text)
	p.collect(1)
	p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: 1, Engines: []string{"regexp", "regexp2", "no such engine"}})
	got, before := p.speeds(1)
	if before < 2 || got.Failed != "" || got.Bytes != len(text) || got.Round != got.Rounds || len(got.Speeds) != 2 {
		t.Fatalf("after %d messages: %+v", before, got)
	}
	plain, dotnet := got.Speeds[0], got.Speeds[1]
	if plain.Engine.Name != "regexp" || plain.Flags != "" || plain.Message != "Go has no flag for x (extended)." || plain.Outcome != wire.OutcomeNoMatch {
		t.Errorf("got %+v", plain)
	}
	if dotnet.Engine.Name != "regexp2" || dotnet.Flags != "x" || dotnet.Count != 100 || dotnet.LowMs <= 0 || dotnet.LowMs > dotnet.MedianMs || dotnet.MedianMs > dotnet.HighMs {
		t.Errorf("got %+v", dotnet)
	}

	p.update(2, "dotnet", "", "(?<=a)b", text)
	p.collect(2)
	p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: 1, Engines: []string{"regexp"}}) // too late
	p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: 2, Engines: []string{"regexp"}})
	got, _ = p.speeds(2)
	if len(got.Speeds) != 1 || got.Speeds[0].Outcome != wire.OutcomeRefused || got.Speeds[0].Message == "" {
		t.Errorf("got %+v", got)
	}
}

// A benchmark ends when its user has seen enough, and without a word when the
// pattern changes.
func TestBenchmarkEnds(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.putText(catastrophicText)
	p.update(1, "dotnet", "", "a", catastrophicText)
	p.collect(1)
	p.update(2, "dotnet", "", catastrophic, catastrophicText)
	var f found
	p.expectStarted(2, &f)
	p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: 2, Engines: []string{"regexp2"}})
	p.send(wire.StopBenchmark{Type: wire.TypeStopBenchmark, Version: 2})
	if got, _ := p.speeds(2); got.Failed != "" {
		t.Errorf("got %+v", got)
	}
	p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: 2, Engines: []string{"regexp2"}})
	p.update(3, "dotnet", "", "a", catastrophicText)
	p.collect(3) // and nothing else, or it fails
}
