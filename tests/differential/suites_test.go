package differential

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

var update = flag.Bool("update", false, "write the table of suites in docs/engines.md")

const (
	enginesPage = "../../docs/engines.md"
	suitesStart = "<!-- The table is written by: go test ./tests/differential -run TestSuites -update -->\n"
	suitesHead  = "| engine | version | suite | passed | differ | not applicable |\n|---|---|---|---|---|---|\n"
	suitesEnd   = "<!-- The end of the table. -->\n"
)

// Every engine finds what the suites say that fit it, but for what exceptions/suites.txt lists, and the table in
// docs/engines.md says how much that is: of the engines that this machine has in the same version, this is checked.
func TestSuites(t *testing.T) {
	exceptions, err := SuiteExceptions()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(enginesPage)
	if err != nil {
		t.Fatal(err)
	}
	before, table, after, ok := cutTable(string(page))
	if !ok {
		t.Fatalf("%s has no table between %s and %s", enginesPage, suitesStart, suitesEnd)
	}
	runtimes, err := engine.NewRuntimes("all")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := runtimes.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}()
	found := map[string]string{} // engine -> its rows
	var order []string
	for _, entry := range engine.Local().With(runtimes).Entries() {
		if name := entry.Info.Name; entry.Engine != nil {
			found[name] = runSuites(t, entry.Engine, exceptions, *update || strings.Contains(table, "| "+engineCells(entry.Info)+" |"))
			order = append(order, name)
		}
	}
	if *update {
		for name, rows := range rowsOf(table) {
			if found[name] == "" {
				found[name] = rows // of an engine that is elsewhere
				order = append(order, name)
			}
		}
		var b strings.Builder
		for _, name := range order {
			b.WriteString(found[name])
		}
		if err := os.WriteFile(enginesPage, []byte(before+b.String()+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	wrong, unchecked, checked := compareRows(found, rowsOf(table))
	for _, words := range unchecked {
		t.Log("not checked: " + words)
	}
	for _, words := range wrong {
		t.Error(words + "\nrun this test with -update where all engines are, and read the difference")
	}
	if checked == 0 {
		t.Skip("the page is about other engines than this machine has")
	}
}

// runSuites runs the suites that fit an engine, and returns their rows. When it is strict, each difference has to be
// among the exceptions, and each exception a difference.
func runSuites(t *testing.T, e engine.Engine, exceptions []SuiteException, strict bool) string {
	var rows strings.Builder
	for _, s := range Suites {
		info := e.Info()
		if _, fits := s.Flags[info.Flavor]; !fits {
			continue
		}
		tried, err := s.Run(t.Context(), e)
		need(t, err)
		fmt.Fprintf(&rows, "| %s | %s | %d | %d | %d |\n", engineCells(info), s.Name, tried.Passed, len(tried.Differs), tried.NotApplicable)
		listed := map[string]int{}
		for _, exception := range exceptions {
			if exception.Covers(info.Name, s.Name) {
				listed[exception.Trial] = exception.Line
			}
		}
		for _, d := range tried.Differs {
			if listed[d.Name] == 0 && strict {
				t.Errorf("%s %s: %s: %s", info.Name, info.Version, s.Name, d)
			}
			delete(listed, d.Name)
		}
		for name, line := range listed {
			if strict {
				t.Errorf("exceptions/suites.txt:%d: %s finds what %s says in %s", line, info.Name, s.Name, name)
			}
		}
	}
	return rows.String()
}

func engineCells(info engine.Info) string { return info.Name + " | " + info.Version }

// cutTable cuts a page around the rows of the table.
func cutTable(page string) (before, table, after string, ok bool) {
	before, rest, ok := strings.Cut(page, suitesStart+suitesHead)
	table, after, too := strings.Cut(rest, suitesEnd)
	return before + suitesStart + suitesHead, table, suitesEnd + after, ok && too
}

// rowsOf are the rows of each engine.
func rowsOf(table string) map[string]string {
	rows := map[string]string{}
	for line := range strings.Lines(table) {
		name, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " |")
		rows[name] += line
	}
	return rows
}

// compareRows compares the rows of the engines that both have in the same version.
func compareRows(got, want map[string]string) (wrong, unchecked []string, checked int) {
	version := func(rows string) string { return strings.Split(rows+"||", "|")[2] }
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch {
		case version(got[name]) != version(want[name]):
			unchecked = append(unchecked, fmt.Sprintf("the page has %s%s, and this machine%q", name, version(want[name]), version(got[name])))
		case got[name] != want[name]:
			wrong = append(wrong, fmt.Sprintf("the suites say\n%sthe page has\n%s", got[name], want[name]))
			fallthrough
		default:
			checked++
		}
	}
	return wrong, unchecked, checked
}

// A table on a machine without an engine, or with another version of it, says as much as it can.
func TestSuiteTable(t *testing.T) {
	const rows = "| regexp | go1 | a | 1 | 2 | 3 |\n| regexp | go1 | b | 1 | 2 | 3 |\n| node | v2 | a | 4 | 5 | 6 |\n"
	before, table, after, ok := cutTable("x\n" + suitesStart + suitesHead + rows + suitesEnd + "y\n")
	if !ok || table != rows || before != "x\n"+suitesStart+suitesHead || after != suitesEnd+"y\n" {
		t.Fatalf("%q %q %q %v", before, table, after, ok)
	}
	for _, c := range []struct {
		from, to                  string
		wrong, unchecked, checked int
	}{
		{"", "", 0, 0, 2},
		{"| node | v2 |", "| node | v3 |", 0, 1, 1},
		{"| node | v2 | a | 4 | 5 | 6 |\n", "", 0, 1, 1},
		{"| b | 1 |", "| b | 0 |", 1, 0, 2},
		{"| regexp | go1 | b | 1 | 2 | 3 |\n", "", 1, 0, 2},
	} {
		wrong, unchecked, checked := compareRows(rowsOf(strings.Replace(rows, c.from, c.to, 1)), rowsOf(rows))
		if len(wrong) != c.wrong || len(unchecked) != c.unchecked || checked != c.checked {
			t.Errorf("%q: wrong %q, not checked %q, checked %d", c.to, wrong, unchecked, checked)
		}
	}
}

func TestSuiteExceptions(t *testing.T) {
	got, err := parseSuiteExceptions("# comment\n\npython,perl\tre_tests\tx:1\twhy\tso\n")
	if err != nil || len(got) != 1 || got[0].Trial != "x:1" || got[0].Reason != "why\tso" || got[0].Line != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	if e := got[0]; !e.Covers("python@3.11", "re_tests") || !e.Covers("perl", "re_tests") || e.Covers("python-regex", "re_tests") || e.Covers("perl", "re_tests.py") {
		t.Error("an exception covers the wrong engine")
	}
	for _, bad := range []string{"perl\tre_tests\tx", "perl\tother\tx\twhy", "\tre_tests\tx\twhy", "perl\tre_tests\tx\t "} {
		if got, err := parseSuiteExceptions(bad); err == nil {
			t.Errorf("%q: %v", bad, got)
		}
	}
}

// What the loaders read is known.
func TestSuiteLoaders(t *testing.T) {
	f := Finding{Text: "éab", Spans: [][]int{{2, 4, 2, 3, -1, -1}}, Names: map[string][]int{"n": {1}}}
	for _, c := range []struct {
		says func(Finding) string
		want string
	}{
		{saysSpans, "2-4 2-3 -"},
		{saysMono, "Pass. Group[0]=(1,2) Group[1]=(1,1) Group[2]="},
		{func(f Finding) string { return saysAll(f, true) }, "[2-4 2-3 -]"},
		{pcre2Case{}.says, " 0: ab\n 1: a\n"},
		{expression(t, perlWords, `$&-$1-${2}-$-[1]-$+[0]-$+{n}`), "ab-a--1-3-a"},
		{expression(t, pythonWords, `found+"-"+g1 + g2+g3+n`), "ab-aNoneErrora"},
	} {
		if got := c.says(f); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	row := testReRow{Kind: "group", Groups: []any{float64(0), "n", float64(2)}}
	if got := row.says(f); got != `["ab","a",null]` {
		t.Errorf("got %s", got)
	}
	row = testReRow{Kind: "span", Groups: []any{float64(0)}}
	if got := row.says(f); got != `[1,3]` {
		t.Errorf("got %s", got)
	}
	row = testReRow{Kind: "findall"}
	if got := row.says(f); got != `[["a",""]]` {
		t.Errorf("got %s", got)
	}
	place := 3
	bad := &syntax.Error{Message: "why", Span: syntax.Span{Start: 3, End: 5}}
	if got := refusal(bad, &place); got != "refused: why at 3" {
		t.Error(got)
	}
	place = 6
	if got := refusal(bad, &place); got != "refused: why in 3-5" {
		t.Error(got)
	}
	for _, other := range []string{`$b`, `$^N`, `pos`, `\$1`} {
		if _, ok := perlWords(other); ok {
			t.Errorf("%s is an expression", other)
		}
	}
	got, ok := perlString(`a\x{e9}\n\101\\\$\e`)
	if want := "aé\nA\\$\x1b"; got != want || !ok {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, ok := perlString(`$x`); ok {
		t.Errorf("got %q", got)
	}
	b := pcre2testBlocks("/a(b)?/g,info\n    ab\n    c\n")[0]
	a, rest, ok := pcre2testAnswer("x\n/a(b)?/g,info\nCapture group count = 1\n    ab\n 0: ab\n 1: b\n    c\nNo match\n\nrest", b)
	if !ok || rest != "rest" || a.pattern != "Capture group count = 1\n" || !slices.Equal(a.texts, []string{" 0: ab\n 1: b\n", "No match\n"}) {
		t.Errorf("%+q, rest %q, %v", a, rest, ok)
	}
}

// expression says what one of Perl or Python does.
func expression(t *testing.T, read func(string) ([]func(Finding) string, bool), text string) func(Finding) string {
	t.Helper()
	words, ok := read(text)
	if !ok {
		t.Fatalf("%s is not read", text)
	}
	return saysWords(words)
}
