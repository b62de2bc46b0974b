package wire

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

// testFilesFile has files of tests as messages, and what the page has to write of their patterns and inputs: its own
// test does.
var testFilesFile = filepath.Join("..", "..", "assets", "test", "data", "testfiles.json")

// Page and program write the same file.
func TestWritingTests(t *testing.T) {
	type written struct {
		File TestFile `json:"file"`
		TOML string   `json:"toml"`
	}
	var all []written
	add := func(f *regextest.File) {
		t.Helper()
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		again, err := regextest.Parse("f", b.Bytes())
		m := NewTestFile(1, b.String(), again, err)
		if len(m.Problems) > 0 {
			t.Fatalf("%+v in\n%s", m.Problems, b.String())
		}
		all = append(all, written{m, b.String()})
	}
	f, err := regextest.Load(filepath.Join("..", "..", "regex", "regextest", "testdata", "patterns.toml"))
	if err != nil {
		t.Fatal(err)
	}
	add(f)
	yes := true
	for _, s := range []string{"", "'", "''", "'''", "a'", "a'b", "\n", "\r\n", "a\nb", "\na", "\x00", "\\d'\n", "\"\\", "\xff", "\u007f'", "\u0085", "é😀\n'", "\t'", "\b\n"} {
		valid := strings.ToValidUTF8(s, "?")
		key := valid
		if key == "" {
			key = "1"
		}
		add(&regextest.File{Patterns: []*regextest.Pattern{{
			Name: "n" + valid, Flavor: "go", Flags: "i", Engine: "regexp", Pattern: valid, Replacement: &valid,
			Budget: regextest.Budget{Steps: 7}, Linear: true,
			Inputs: []*regextest.Input{
				{Name: "n" + valid, Text: []byte(s), Times: 1, Match: &yes, Replaced: &valid, Budget: regextest.Budget{Steps: 1}},
				{Name: "input 2", Text: bytes.Repeat([]byte(s+"x"), 2), Times: 2, First: &regextest.Expected{Text: &valid}},
				{Name: "input 3", Text: []byte(s), Times: 1, Matches: []regextest.Expected{}},
				{Name: "input 4", Text: []byte(s), Times: 1, Matches: []regextest.Expected{
					{Span: &[2]int{0, 0}, Groups: []regextest.ExpectedGroup{{Key: key, None: true}}},
					{Text: &valid, Groups: []regextest.ExpectedGroup{{Key: key, Text: &valid}}},
					{Groups: []regextest.ExpectedGroup{{Key: "a b", Span: &[2]int{0, 1}}}},
				}},
			},
		}}})
	}
	for _, speed := range []float64{1, 0.5, 1e21, 1.5e22, 1e-7, 1.25e-9, 123456.789, 1e20} {
		add(&regextest.File{Patterns: []*regextest.Pattern{{
			Name: "p", Flavor: "go", Pattern: "p", Inputs: []*regextest.Input{{
				Name: "input 1", Text: bytes.Repeat([]byte("x"), 65536), Times: 65536, Match: &yes, Budget: regextest.Budget{MSPerMB: speed},
			}},
		}}})
	}
	data, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	data = append(data, '\n')
	if *update {
		if err := os.WriteFile(testFilesFile, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(testFilesFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, want) {
		t.Errorf("%s is not what the program writes: go test ./ui/wire -update, and look at the difference", testFilesFile)
	}
}
