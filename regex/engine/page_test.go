package engine

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the tables of docs/engines.md")

const (
	enginesPage = "../../docs/engines.md"
	tablesStart = "<!-- The tables from here on are written by: go test ./regex/engine -run TestEnginesPage -update -->\n"
)

// An agreement is how two engines, or one and itself, got on.
type agreement struct{ same, compared int }

// flagsAlike are the flags that mean about the same in all flavors that have them.
const flagsAlike = "ix"

// The page's tables say what the engines of the machine that wrote them found in the patterns and texts of tests/corpus.
// On a machine with the same versions they have to be what its engines find.
func TestEnginesPage(t *testing.T) {
	got := agreementTables(t) + differencesTable(t)
	page, err := os.ReadFile(enginesPage)
	if err != nil {
		t.Fatal(err)
	}
	prose, tables, ok := bytes.Cut(page, []byte(tablesStart))
	if !ok {
		t.Fatalf("%s has not got the line %s", enginesPage, tablesStart)
	}
	if *update {
		if err := os.WriteFile(enginesPage, []byte(string(prose)+tablesStart+got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	wrong, unchecked, checked := comparePages(readTables(t, got), readTables(t, string(tables)))
	for _, words := range unchecked {
		t.Log("not checked: " + words)
	}
	for _, words := range wrong {
		t.Error(words + "; run this test with -update where all engines are, and read the difference")
	}
	if checked == 0 {
		t.Skip("the page is about other engines than this machine has")
	}
}

// pageTables are the tables of the page, to be compared engine by engine.
type pageTables struct {
	heads       []string             // of the tables of agreement
	engines     map[string][]string  // the cells of the first table, by engine
	pairs       map[[2]string]string // the cells of the second one
	differences string               // the third one
}

// version is that of an engine, "" for one that is not in the tables.
func (p pageTables) version(name string) string {
	if row := p.engines[name]; row != nil {
		return row[2]
	}
	return ""
}

func readTables(t *testing.T, text string) pageTables {
	t.Helper()
	p := pageTables{engines: map[string][]string{}, pairs: map[[2]string]string{}}
	tables := strings.SplitN(strings.TrimSuffix(text, "\n"), "\n\n", 3)
	if len(tables) < 2 {
		t.Fatalf("there are %d tables:\n%s", len(tables), text)
	}
	var names []string
	for i, row := range strings.Split(tables[0], "\n") {
		if cells := cellsOf(row); i == 0 {
			p.heads = append(p.heads, row)
		} else if i > 1 {
			names = append(names, cells[1])
			p.engines[cells[1]] = cells
		}
	}
	for i, row := range strings.Split(tables[1], "\n") {
		cells := cellsOf(row)
		if i < 2 {
			continue
		}
		for j, name := range names {
			p.pairs[[2]string{strings.Trim(cells[0], "*"), name}] = cells[j+1]
		}
	}
	if len(tables) > 2 {
		p.differences = tables[2]
	}
	return p
}

func cellsOf(row string) []string {
	cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// comparePages compares what the tables say of those engines that this machine has in the same versions. It returns
// what is wrong, what could not be compared, and of how many engines it was.
func comparePages(got, want pageTables) (wrong, unchecked []string, checked int) {
	if !slices.Equal(got.heads, want.heads) {
		wrong = append(wrong, fmt.Sprintf("the corpus has other patterns: %q, the page has %q", got.heads, want.heads))
	}
	for name := range want.engines {
		if got.version(name) != want.version(name) {
			unchecked = append(unchecked, fmt.Sprintf("the page has %s %s, and this machine %q", name, want.version(name), got.version(name)))
			continue
		}
		checked++
		if !slices.Equal(got.engines[name], want.engines[name]) {
			wrong = append(wrong, fmt.Sprintf("%s: %q, the page has %q", name, got.engines[name], want.engines[name]))
		}
		for other := range want.engines {
			if pair := [2]string{name, other}; got.version(other) == want.version(other) && got.pairs[pair] != want.pairs[pair] {
				wrong = append(wrong, fmt.Sprintf("%s: %s, the page has %s", pair, got.pairs[pair], want.pairs[pair]))
			}
		}
	}
	for name := range got.engines {
		if want.engines[name] == nil {
			unchecked = append(unchecked, fmt.Sprintf("the page does not have %s %s", name, got.version(name)))
		}
	}
	if dotnet := got.version("dotnet"); dotnet != "" && dotnet == want.version("dotnet") && got.differences != want.differences {
		wrong = append(wrong, "the differences between .NET and regexp2 are others:\n"+got.differences)
	}
	return wrong, unchecked, checked
}

// What the tables say of one engine is checked without the others, and a cell that is wrong is found.
func TestComparePages(t *testing.T) {
	const page = "| flavor | engine | version | blocks of its own flavor | takes of 9 patterns |\n|---|---|---|---|---|\n" +
		"| go | regexp | go1 | 4 | 5 |\n| js | node | v2 | 6 | 7 |\n| js | gone | v3 | 6 | 7 |\n\n" +
		"| | regexp | node | gone |\n|---|---|---|---|\n| **regexp** | | 1/2 | 3/4 |\n| **node** | 1/2 | | 3/4 |\n| **gone** | 3/4 | 3/4 | |\n"
	want := readTables(t, page)
	if len(want.engines) != 3 || want.version("node") != "v2" || want.pairs[[2]string{"regexp", "node"}] != "1/2" || want.pairs[[2]string{"gone", "node"}] != "3/4" {
		t.Fatalf("got %+v", want)
	}
	for _, c := range []struct {
		from, to string
		fails    bool
	}{
		{"", "", false},
		{"| js | gone | v3 | 6 | 7 |", "| js | gone | v4 | 8 | 8 |", false},
		{"| go | regexp | go1 | 4 | 5 |", "| go | regexp | go1 | 4 | 6 |", true},
		{"| **node** | 1/2 |", "| **node** | 2/2 |", true},
		{"takes of 9", "takes of 10", true},
	} {
		wrong, unchecked, checked := comparePages(readTables(t, strings.Replace(page, c.from, c.to, 1)), want)
		if len(wrong) > 0 != c.fails || len(unchecked)+checked != 3 {
			t.Errorf("%s: wrong %q, not checked %q, checked %d", c.to, wrong, unchecked, checked)
		}
	}
}

// agreementTables asks every engine for every pattern of the corpus whose flags mean the same everywhere.
func agreementTables(t *testing.T) string {
	var entries []Entry
	for _, e := range machine().Entries() {
		if e.Engine != nil {
			entries = append(entries, e)
		}
	}
	files, err := filepath.Glob("../../tests/corpus/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	own := make([]agreement, len(entries)) // blocks of the engine's own flavor
	takes := make([]int, len(entries))
	pairs := make([][]agreement, len(entries))
	for i := range pairs {
		pairs[i] = make([]agreement, len(entries))
	}
	patterns := map[string]bool{}
	for _, file := range files {
		for _, b := range readCorpus(t, file) {
			for i, e := range entries {
				if b.isFor(e.Info) {
					own[i].compared++
				}
			}
			key := b.flags + "/" + b.pattern + fmt.Sprint(b.texts)
			if strings.Trim(b.flags, flagsAlike) != "" || len(b.texts) == 0 || patterns[key] {
				continue
			}
			patterns[key] = true
			found := make([][]string, len(entries))
			for i, e := range entries {
				if program, err := e.Engine.Compile([]byte(b.pattern), b.flags); err == nil {
					takes[i]++
					for _, c := range b.texts {
						found[i] = append(found[i], spansOf(t, program, c.text))
					}
				}
			}
			for i := range entries {
				for j := range entries {
					if found[i] == nil || found[j] == nil {
						continue
					}
					pairs[i][j].compared++
					if strings.Join(found[i], ";") == strings.Join(found[j], ";") {
						pairs[i][j].same++
					}
				}
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| flavor | engine | version | blocks of its own flavor | takes of %d patterns |\n|---|---|---|---|---|\n", len(patterns))
	for i, e := range entries {
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %d |\n", e.Info.Flavor, e.Info.Name, e.Info.Version, own[i].compared, takes[i])
	}
	b.WriteString("\n| |")
	for _, e := range entries {
		fmt.Fprintf(&b, " %s |", e.Info.Name)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(entries)) + "\n")
	for i, e := range entries {
		fmt.Fprintf(&b, "| **%s** |", e.Info.Name)
		for j := range entries {
			if i == j {
				b.WriteString(" |")
			} else {
				fmt.Fprintf(&b, " %d/%d |", pairs[i][j].same, pairs[i][j].compared)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// isFor reports whether the block's results are those of an engine.
func (b block) isFor(info Info) bool {
	return slices.Contains(b.flavors, info.Flavor) && !slices.Contains(b.skip, info.Name)
}

// spansOf is all that an engine finds, or how it fails.
func spansOf(t *testing.T, program Program, text string) string {
	var b strings.Builder
	result := program.Search(t.Context(), NewText([]byte(text)), Cursor{}, Budget{}, func(groups []int) bool {
		fmt.Fprint(&b, groups)
		return true
	})
	if result.Outcome != Match && result.Outcome != NoMatch {
		return string(result.Outcome)
	}
	return b.String()
}

// differencesTable is the patterns of the corpus that .NET itself and regexp2 do not find alike, with the first text of
// each that tells; "" where one of the two is not there.
func differencesTable(t *testing.T) string {
	engines := map[string]Engine{}
	for _, e := range machine().Entries() {
		if e.Info.Flavor == "dotnet" && e.Engine != nil {
			engines[e.Info.Name] = e.Engine
		}
	}
	design, real := engines["regexp2"], engines["dotnet"]
	if design == nil || real == nil {
		return ""
	}
	files, err := filepath.Glob("../../tests/corpus/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, file := range files {
		for _, b := range readCorpus(t, file) {
			if strings.Trim(b.flags, "imnsx") != "" {
				continue
			}
			for _, c := range append(b.texts, corpusText{}) {
				if !utf8.ValidString(c.text) {
					continue // .NET has no such text
				}
				ours, theirs := foundBy(t, design, b, c.text), foundBy(t, real, b, c.text)
				if ours == theirs {
					continue
				}
				row := fmt.Sprintf("| %s | %s | %s | %s | %s |\n", cell(b.pattern), b.flags, cell(c.text), ours, theirs)
				if !slices.Contains(rows, row) {
					rows = append(rows, row)
				}
				break
			}
		}
	}
	return "\n| pattern | flags | text | regexp2 | dotnet |\n|---|---|---|---|---|\n" + strings.Join(rows, "")
}

// foundBy is what an engine finds in a text, in a few words.
func foundBy(t *testing.T, e Engine, b block, text string) string {
	program, err := e.Compile([]byte(b.pattern), b.flags)
	if err != nil {
		return "refuses it"
	}
	return cmp.Or(spansOf(t, program, text), "nothing")
}

// cell is a text as a word of a table.
func cell(s string) string {
	return "`" + strings.NewReplacer("|", `\|`, "`", `\x60`).Replace(strconv.QuoteToASCII(s)) + "`"
}
