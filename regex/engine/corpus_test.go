package engine

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A block is a block of tests/corpus, see the README there.
type block struct {
	line    int
	flavors []string
	skip    []string // engines
	flags   string
	pattern string
	names   []string
	err     string // "CODE 2-3"
	texts   []corpusText
}

type corpusText struct {
	text    string
	matches [][]int
}

func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("../../tests/corpus/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	ran := map[string]int{}
	for _, file := range files {
		blocks := readCorpus(t, file)
		for _, e := range machine().Entries() {
			if e.Engine == nil {
				continue
			}
			for _, b := range blocks {
				if b.isFor(e.Info) {
					ran[e.Info.Name]++
					t.Run(fmt.Sprintf("%s/%s:%d", e.Info.Name, filepath.Base(file), b.line), func(t *testing.T) { b.run(t, e.Engine) })
				}
			}
		}
	}
	for _, e := range machine().Entries() {
		if e.Engine == nil {
			t.Run(e.Info.Name, func(t *testing.T) { missing(t, e.Info.Name, e.Missing) })
		} else if ran[e.Info.Name] < 10 {
			t.Errorf("%s ran %d blocks", e.Info.Name, ran[e.Info.Name])
		}
	}
}

func (b block) run(t *testing.T, e Engine) {
	program, err := e.Compile([]byte(b.pattern), b.flags)
	if b.err != "" {
		bad, ok := errors.AsType[*syntax.Error](err)
		if !ok {
			t.Fatalf("%q: got %v, want error %s", b.pattern, err, b.err)
		}
		if got := fmt.Sprintf("%s %d-%d", bad.Code, bad.Span.Start, bad.Span.End); got != b.err {
			t.Fatalf("%q: got error %s, want %s", b.pattern, got, b.err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%q: %v", b.pattern, err)
	}
	var names []string
	for _, group := range program.Groups() {
		names = append(names, group.Name)
	}
	if b.names != nil && !slices.Equal(names, b.names) {
		t.Errorf("%q: the groups are %q, want %q", b.pattern, names, b.names)
	}
	for _, c := range b.texts {
		text := NewText([]byte(c.text))
		for _, perCall := range []int{0, 1, 2, 3} {
			if got := collect(t, program, text, perCall); fmt.Sprint(got) != fmt.Sprint(c.matches) {
				t.Errorf("%q on %q, %d matches a call:\n got %v\nwant %v", b.pattern, c.text, perCall, got, c.matches)
			}
		}
	}
}

func readCorpus(t *testing.T, file string) []block {
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []block
	var flavors []string
	b := block{}
	lines := bufio.NewScanner(bytes.NewReader(append(content, '\n')))
	for number := 1; lines.Scan(); number++ {
		keyword, value, _ := strings.Cut(lines.Text(), " ")
		if keyword == "" {
			if b.line > 0 {
				blocks = append(blocks, b)
			}
			b = block{}
			continue
		}
		if err := b.read(keyword, value, number, &flavors); err != nil {
			t.Fatalf("%s:%d: %v", file, number, err)
		}
	}
	return blocks
}

func (b *block) read(keyword, value string, number int, flavors *[]string) (err error) {
	switch {
	case strings.HasPrefix(keyword, "#"):
	case keyword == "flavor":
		*flavors = strings.Fields(value)
	case keyword == "flags":
		b.flags = value
	case keyword == "skip":
		name, _, _ := strings.Cut(value, " ")
		b.skip = append(b.skip, name)
	case keyword == "pattern":
		b.line, b.flavors = number, *flavors
		b.pattern, err = strconv.Unquote(value)
	case keyword == "names":
		for name := range strings.FieldsSeq(value) {
			if name, err = strconv.Unquote(name); err != nil {
				return err
			}
			b.names = append(b.names, name)
		}
	case keyword == "error":
		b.err = value
	case keyword == "text":
		var c corpusText
		c.text, err = strconv.Unquote(value)
		b.texts = append(b.texts, c)
	case keyword == "match" && len(b.texts) > 0:
		var m []int
		for group := range strings.FieldsSeq(value) {
			start, end := -1, -1
			if group != "-" {
				if _, err := fmt.Sscanf(group, "%d-%d", &start, &end); err != nil {
					return err
				}
			}
			m = append(m, start, end)
		}
		last := &b.texts[len(b.texts)-1]
		last.matches = append(last.matches, m)
	default:
		return fmt.Errorf("unknown or misplaced keyword %q", keyword)
	}
	return err
}
