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
	// The first table names the versions.
	gotEngines, _, _ := strings.Cut(got, "\n\n")
	wantEngines, _, _ := strings.Cut(string(tables), "\n\n")
	if versions(gotEngines) != versions(wantEngines) {
		t.Skipf("the page is about other engines than this machine has:\n%s", gotEngines)
	}
	if got != string(tables) {
		t.Errorf("the tables are not what the engines find now; run this test with -update and read the difference:\n%s", got)
	}
}

// versions are the first columns of a table: flavor, engine and version.
func versions(table string) string {
	var b strings.Builder
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) > 3 {
			b.WriteString(strings.Join(cells[:4], "|") + "\n")
		}
	}
	return b.String()
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
