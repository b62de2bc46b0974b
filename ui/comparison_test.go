package ui_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// until reads until a frame of this type for which done holds.
func until[T any](t *testing.T, p *page, kind string, done func(*T) bool) *T {
	t.Helper()
	for {
		got, data := p.read()
		if got != kind {
			continue
		}
		m := new(T)
		if err := json.Unmarshal(data, m); err != nil {
			t.Fatal(err)
		}
		if done(m) {
			return m
		}
	}
}

func compared(t *testing.T, p *page, version int) *wire.Comparison {
	t.Helper()
	return until(t, p, wire.TypeComparison, func(m *wire.Comparison) bool {
		if m.Version > version {
			t.Fatalf("a comparison of version %d", m.Version)
		}
		return m.Done && m.Version == version
	})
}

func openComparison(t *testing.T, engines ...string) *page {
	t.Helper()
	p, _ := open(t, serve(t, ui.Options{}))
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"compare"}})
	if engines != nil {
		p.send(wire.Compare{Type: wire.TypeCompare, Engines: engines})
	}
	return p
}

func names(engines []wire.ComparedEngine) (all []string) {
	for _, e := range engines {
		all = append(all, e.Engine.Name+" "+e.Outcome)
	}
	return all
}

func TestComparison(t *testing.T) {
	p := openComparison(t, "regexp2", "regexp", "regexp2-ecmascript")
	const text = "x1 😀x٣ x2"
	p.putText(text)
	p.update(1, "go", "", `x\d`, text)
	first := until(t, p, wire.TypeComparison, func(*wire.Comparison) bool { return true })
	if len(first.Engines) != 3 || first.Engines[0].Outcome != "" || first.Done {
		t.Errorf("the first message is %+v", first)
	}
	m := compared(t, p, 1)
	if got := names(m.Engines); !slices.Equal(got, []string{"regexp2 match", "regexp match", "regexp2-ecmascript match"}) || m.Base != 1 {
		t.Errorf("%v, base %d", got, m.Base)
	}
	if len(m.Classes) != 2 || !slices.Equal(m.Classes[0].Members, []int{1, 2}) || len(m.Differences) != 1 {
		t.Fatalf("%+v", m)
	}
	d := m.Differences[0]
	if d.A != 1 || d.B != 0 || d.Match != 1 || d.Offset != 7 || d.At != 5 || d.Excerpt != text || d.CutStart || d.CutEnd {
		t.Errorf("%+v", d)
	}
	if d.AMatch.From != 11 || d.BMatch.From != 7 || d.BMatch.ExcerptFrom != 5 || d.BMatch.ExcerptTo != 7 {
		t.Errorf("%+v, %+v", d.AMatch, d.BMatch)
	}
	if len(d.Blames) != 1 || !d.Blames[0].Proved || d.Blames[0].Span.From != 1 || d.Blames[0].Span.To != 3 || !strings.Contains(d.Blames[0].Reason, "U+0663") {
		t.Errorf("%+v", d.Blames)
	}
	ported := until(t, p, wire.TypePortability, func(m *wire.Portability) bool { return m.Version == 1 })
	if len(ported.Flavors) != 7 || ported.Flavors[0].Flavor != "dotnet" || ported.Flavors[0].AsItIs != wire.AgreementDiffers ||
		ported.Flavors[0].Conversion.Pattern != "x[0-9]" || !ported.Flavors[0].Exact || ported.Flavors[0].Converted != wire.AgreementSame ||
		ported.Flavors[0].Engine == nil || ported.Flavors[0].Engine.Name != "regexp2" || ported.Flavors[6].Engine != nil {
		t.Errorf("%+v", ported.Flavors[0])
	}

	// Another pattern, and then other engines.
	p.update(2, "go", "", `(?=x)`, text)
	m = compared(t, p, 2)
	if got := names(m.Engines); !slices.Equal(got, []string{"regexp2 match", "regexp refused", "regexp2-ecmascript match"}) || m.Engines[1].Error == nil || m.Engines[1].Error.Span.To != 3 {
		t.Errorf("%v", got)
	}
	p.update(3, "go", "s", `X.`, text)
	p.send(wire.Compare{Type: wire.TypeCompare, Engines: []string{"regexp", "regexp:i", "regexp2:m", "no such engine:i"}})
	m = until(t, p, wire.TypeComparison, func(m *wire.Comparison) bool { return m.Done && len(m.Engines) == 3 && m.Engines[1].Flags != "" })
	if m.Engines[0].Flags != "s" || m.Engines[1].Flags != "is" || m.Engines[2].Flags != "ms" || len(m.Classes) != 2 || !strings.Contains(m.Differences[0].Blames[0].Reason, "Go with is only") {
		t.Errorf("%+v", m)
	}
	p.send(wire.Compare{Type: wire.TypeCompare, Engines: []string{"regexp", "no such engine"}})
	m = until(t, p, wire.TypeComparison, func(m *wire.Comparison) bool { return m.Message != "" })
	if !strings.Contains(m.Message, "two engines") || len(m.Engines) != 0 {
		t.Errorf("%+v", m)
	}
	p.send(wire.Compare{Type: wire.TypeCompare, Engines: slices.Repeat([]string{"regexp"}, 1000)})
	m = until(t, p, wire.TypeComparison, func(m *wire.Comparison) bool { return m.Done && m.Message == "" })
	if len(m.Engines) != 40 {
		t.Errorf("%d engines are compared", len(m.Engines))
	}
	p.send(wire.Compare{Type: wire.TypeCompare, All: true})
	m = until(t, p, wire.TypeComparison, func(m *wire.Comparison) bool { return m.Done && m.Message == "" })
	if len(m.Engines) < 3 {
		t.Errorf("all engines are %v", names(m.Engines))
	}
}

// A state that is compared no more says nothing, and its search is over.
func TestComparisonIsSuperseded(t *testing.T) {
	p := openComparison(t, "regexp", "regexp2")
	text := strings.Repeat("a", 40) + "!"
	p.putText(text)
	p.update(1, "go", "", `(a+)+$`, text)
	until(t, p, wire.TypeComparison, func(m *wire.Comparison) bool { return len(m.Engines) == 2 && m.Engines[0].Outcome != "" })
	p.update(2, "go", "", `a+`, text)
	if m := compared(t, p, 2); !slices.Equal(m.Classes[0].Members, []int{0, 1}) || len(m.Differences) != 0 {
		t.Errorf("%+v", m)
	}
	// One that nobody sees is not made.
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"matches"}})
	p.update(3, "go", "", `b`, text)
	p.update(4, "go", "", `c`, text)
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"compare"}})
	m := until(t, p, wire.TypeComparison, func(m *wire.Comparison) bool { return m.Version > 2 })
	if m.Version != 4 {
		t.Errorf("version %d is compared", m.Version)
	}
}

func TestSeek(t *testing.T) {
	p := openComparison(t, "regexp", "regexp2")
	p.update(1, "go", "", `^x\d$`, "")
	p.send(wire.Seek{Type: wire.TypeSeek, Version: 1, Seed: 1})
	m := until(t, p, wire.TypeSought, func(m *wire.Sought) bool { return m.Done })
	if m.Found == nil || len(m.Found.Engines) != 2 || len(m.Found.Classes) != 2 || len(m.Found.Differences) != 1 || len(m.Found.Differences[0].Blames) == 0 {
		t.Fatalf("%+v", m)
	}
	if n := len([]rune(m.Found.Text)); n > 3 || m.Tried == 0 || m.Found.Differences[0].Excerpt != m.Found.Text {
		t.Errorf("%+v", m.Found)
	}
	p.update(2, "go", "", `(?=a)`, "")
	p.send(wire.Seek{Type: wire.TypeSeek, Version: 1, Seed: 1}) // of a state that is gone
	p.send(wire.Seek{Type: wire.TypeSeek, Version: 2, Seed: 1})
	if m := until(t, p, wire.TypeSought, func(m *wire.Sought) bool { return m.Done }); m.Version != 2 || !strings.Contains(m.Message, "Fewer than two") {
		t.Errorf("%+v", m)
	}
	// Stopped, as soon as it says that it has begun.
	p.update(3, "go", "", `ab`, "")
	p.send(wire.Seek{Type: wire.TypeSeek, Version: 3, Seed: 1})
	until(t, p, wire.TypeSought, func(m *wire.Sought) bool { return m.Version == 3 })
	p.send(wire.Seek{Type: wire.TypeSeek, Version: 3, Stop: true})
	if m := until(t, p, wire.TypeSought, func(m *wire.Sought) bool { return m.Done }); m.Found != nil || m.Message == "" && m.Tried < m.Of {
		t.Errorf("%+v", m)
	}
}
