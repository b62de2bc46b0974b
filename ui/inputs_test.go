package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// inputRows reads the rows of a version's inputs, to their end.
func inputRows(t *testing.T, p *page, version int) (rows []wire.InputRow, last *wire.InputRows) {
	t.Helper()
	last = until(t, p, wire.TypeInputRows, func(m *wire.InputRows) bool {
		if m.Version != version || m.First != len(rows) {
			t.Fatalf("rows from %d on of version %d after %d rows of version %d", m.First, m.Version, len(rows), version)
		}
		rows = append(rows, m.Rows...)
		return m.Done
	})
	return rows, last
}

// Each input is searched by itself: its begin and end are those of a text.
func TestInputs(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	said := func(rows []wire.InputRow) string {
		var b strings.Builder
		for _, r := range rows {
			fmt.Fprintf(&b, "%d:%s %d-%d %s %d %v\n", r.Line, r.Name, r.From, r.To, r.Outcome, r.Count, r.Spans)
		}
		return b.String()
	}
	check := func(version int, text, want string) {
		t.Helper()
		if rows, last := inputRows(t, p, version); said(rows) != want || last.Failed != "" || last.Total != len(rows) {
			t.Errorf("%q: %+v\n%swant\n%s", text, last, said(rows), want)
		}
	}
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"inputs"}})
	p.send(wire.Inputs{Type: wire.TypeInputs, Mode: wire.InputsLines})
	const lines = "😀b1\r\n\nb b\nxb2"
	p.putText(lines)
	p.update(1, "go", "", `^(?P<n>x)?\PM?b(\d)?$`, lines)
	check(1, lines, "1: 0-4 match 1 [0 4 -1 -1 3 4]\n2: 6-6 no-match 0 []\n3: 7-10 no-match 0 []\n4: 11-14 match 1 [11 14 11 12 13 14]\n")
	const set = "head\n=== one\nb1\n\n=== two ==\r\n=== three\r\nb2\r\n"
	p.putText(set)
	p.update(2, "go", "", `b(\d)$`, set)
	inputRows(t, p, 2)
	p.send(wire.Inputs{Type: wire.TypeInputs, Mode: wire.InputsSet})
	check(2, set, "1: 0-4 no-match 0 []\n3:one 13-16 no-match 0 []\n6:two == 29-29 no-match 0 []\n7:three 40-42 match 1 [40 42 41 42]\n")
	p.update(3, "go", "", `b(`, set)
	if _, last := inputRows(t, p, 3); !strings.Contains(last.Failed, "missing closing )") {
		t.Errorf("%+v", last)
	}
	// More than anybody looks through are counted, and not searched.
	long := strings.Repeat("b\n", wire.MaxInputs+7)
	p.send(wire.Inputs{Type: wire.TypeInputs, Mode: wire.InputsLines})
	p.putText(long)
	p.update(4, "go", "", `b`, long)
	until(t, p, wire.TypeInputRows, func(m *wire.InputRows) bool {
		if m.Version == 4 && m.Total != wire.MaxInputs+7 {
			t.Errorf("%d inputs", m.Total)
		}
		return m.Version == 4 && m.Done && m.First+len(m.Rows) == wire.MaxInputs
	})
}
