package ui_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// tested reads what comes of a file of tests, to its end.
func tested(t *testing.T, p *page, serial int) (*wire.TestFile, []wire.TestResult) {
	t.Helper()
	file := until(t, p, wire.TypeTestFile, func(m *wire.TestFile) bool { return m.Serial == serial })
	var results []wire.TestResult
	until(t, p, wire.TypeTestResults, func(m *wire.TestResults) bool {
		if m.Serial != serial {
			t.Fatalf("results of %d, want those of %d", m.Serial, serial)
		}
		results = append(results, m.Results...)
		return m.Done
	})
	return file, results
}

// A file of tests is read, and run when the panel is shown; results are in its order, and say what differs.
func TestTests(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	const document = "# é😀\n[[pattern]]\npattern = '(a)|b+'\nsteps = 100\n[[pattern.input]]\ntext = 'é😀abb'\nmatches = [{text='a', groups={1=[6,7]}}, {span=[7,8]}]\n" +
		"[[pattern.input]]\ntext='c'\nmatch=false\n[[pattern]]\nflavor='dotnet'\nname='bad'\npattern='('\n[[pattern.input]]\ntext=''\nmatch=true\n"
	p.send(wire.Tests{Type: wire.TypeTests, Serial: 1, Text: document})
	file := until(t, p, wire.TypeTestFile, func(*wire.TestFile) bool { return true })
	if len(file.Problems) > 0 || len(file.Patterns) != 2 || len(file.Patterns[0].Inputs) != 2 {
		t.Fatalf("%+v", file)
	}
	first := file.Patterns[0]
	if first.From != 6 || first.Name != "" || first.Steps != 100 || !first.Inputs[0].All || first.Inputs[0].Matches[0].Groups[0].Span[0] != 6 || *first.Inputs[1].Match {
		t.Errorf("%+v", first)
	}
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"tests"}})
	var results []wire.TestResult
	until(t, p, wire.TypeTestResults, func(m *wire.TestResults) bool {
		results = append(results, m.Results...)
		return m.Done
	})
	if len(results) != 3 {
		t.Fatalf("%+v", results)
	}
	if r := results[0]; r.Status != "failed" || !strings.Contains(r.Details, `match 2 is 7-9 "bb", expected is 7-8 "b"`) || r.Engine.Name != "regexp" || r.Steps == 0 {
		t.Errorf("%+v", r)
	}
	if r := results[1]; r.Status != "passed" || r.Pattern != 0 || r.Input != 1 || r.Details != "" {
		t.Errorf("%+v", r)
	}
	if r := results[2]; r.Status != "error" || r.Pattern != 1 || !strings.Contains(r.Details, "missing closing )") {
		t.Errorf("%+v", r)
	}

	// What is wrong with a file is said with its place.
	p.send(wire.Tests{Type: wire.TypeTests, Serial: 2, Text: "# é😀\nx = 1\n"})
	file = until(t, p, wire.TypeTestFile, func(m *wire.TestFile) bool { return m.Serial == 2 })
	if len(file.Problems) != 1 || file.Problems[0].At != 6 || file.Problems[0].Line != 2 || !strings.Contains(file.Problems[0].Message, `no key "x"`) {
		t.Errorf("%+v", file)
	}
}

// A newer file ends the run of an older one, however long that would take, and nothing more comes of it.
func TestTestsAreSuperseded(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"tests"}})
	const slow = "[[pattern]]\nflavor='dotnet'\npattern='(a+)+$'\n[[pattern.input]]\ntext='b'\nmatch=false\n[[pattern.input]]\ntext='aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'\nmatch=false\n"
	p.send(wire.Tests{Type: wire.TypeTests, Serial: 1, Text: slow})
	until(t, p, wire.TypeTestResults, func(m *wire.TestResults) bool { return m.Serial == 1 && len(m.Results) == 1 })
	p.send(wire.Tests{Type: wire.TypeTests, Serial: 2, Text: "[[pattern]]\npattern='a'\n[[pattern.input]]\ntext='a'\nmatch=true\n"})
	if _, results := tested(t, p, 2); len(results) != 1 || results[0].Status != "passed" {
		t.Errorf("%+v", results)
	}
}

func TestImportTests(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	imported := func(text string) (m wire.ImportedTests) {
		p.send(wire.ImportTests{Type: wire.TypeImportTests, Name: "x.json", Text: text})
		for {
			kind, data := p.read()
			if kind == wire.TypeImportedTests {
				if err := json.Unmarshal(data, &m); err != nil {
					t.Fatal(err)
				}
				return m
			}
		}
	}
	m := imported(`{"regex":"a+","flags":"g","flavor":"golang","testString":"x","unitTests":[{"description":"d","testString":"aa","criteria":"DOES_MATCH"}]}`)
	if m.Error != "" || m.Name != "x.json" || !strings.Contains(m.Text, "pattern = 'a+'") || len(m.Left) != 1 {
		t.Errorf("%+v", m)
	}
	if m := imported("{\n,"); m.Text != "" || !strings.HasPrefix(m.Error, "2:1: ") {
		t.Errorf("%+v", m)
	}
}
