package explain

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

var update = flag.Bool("update", false, "write what is explained now into testdata; read the difference")

// parse reads a pattern for a test.
func parse(t testing.TB, name, flags, pattern string) *syntax.Tree {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	return syntax.Parse(pattern, f, flavor.FlagsOf(flags))
}

// A file of testdata is blocks: a line "# FLAVOR FLAGS PATTERN", with - for no
// flags, and what is explained.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			for line := range strings.Lines(string(want)) {
				if head, ok := strings.CutPrefix(line, "# "); ok {
					if got.Len() > 0 {
						got.WriteByte('\n')
					}
					got.WriteString(line)
					fields := strings.SplitN(strings.TrimSuffix(head, "\n"), " ", 3)
					pattern := strings.NewReplacer("␊", "\n", "␉", "\t").Replace(fields[2])
					print(&got, parse(t, fields[0], strings.Trim(fields[1], "-"), pattern))
				}
			}
			if bytes.Equal(got.Bytes(), want) {
				return
			}
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s: %s\nRun go test ./regex/explain -update, and read what changes.", file, firstDifference(got.String(), string(want)))
		})
	}
}

func print(b *bytes.Buffer, tree *syntax.Tree) {
	explanation := Explain(tree)
	for _, s := range explanation.Summary {
		fmt.Fprintf(b, "%s\n", s)
	}
	printItems(b, tree.Pattern, explanation.Items, "  ")
}

func printItems(b *bytes.Buffer, pattern string, items []*Item, indent string) {
	for _, item := range items {
		fmt.Fprintf(b, "%s%s: %s", indent, strings.NewReplacer("\n", "␊", "\t", "␉").Replace(pattern[item.Span[0]:item.Span[1]]), item.Title)
		if item.Flags != "" {
			fmt.Fprintf(b, " [%s]", item.Flags)
		}
		b.WriteByte('\n')
		for _, detail := range item.Details {
			fmt.Fprintf(b, "%s  - %s\n", indent, detail)
		}
		if item.Error != "" {
			fmt.Fprintf(b, "%s  ! an error\n", indent) // its words are the parser's
		}
		printItems(b, pattern, item.Children, indent+"    ")
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d is\n%s\nand not\n%s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, and not %d", len(g), len(w))
}
