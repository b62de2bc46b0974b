package narrator

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

var update = flag.Bool("update", false, "write testdata/sentences.txt anew; look at what changed")

// offsets are those that a sentence surely has; the start of the text is 0 in each unit.
var offsets = regexp.MustCompile(`offset [1-9][0-9]*`)

// narrate returns the sentences of a run, one a line.
func narrate(t testing.TB, name, flags, pattern, text string) string {
	t.Helper()
	f, err := flavor.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(pattern, f, flavor.FlagsOf(flags))
	r, err := trace.New(tree, []byte(text), trace.Limits{Steps: 2000})
	if err != nil {
		t.Fatalf("%s %q: %v", name, pattern, err)
	}
	if _, err := r.Advance(context.Background(), -1); err != nil {
		t.Fatal(err)
	}
	n := New(tree, r.Tokens(), r.Groups(), []byte(text))
	var b strings.Builder
	err = r.Window(context.Background(), 0, int(r.Steps()), func(e *trace.Event) bool {
		s, mentions := n.SayPlaced(e)
		for _, m := range mentions {
			if got := s[m.Start:m.End]; got != strconv.Itoa(m.Offset) || m.Offset > len(text) {
				t.Errorf("%s: %q is not the offset %d", s, got, m.Offset)
			}
		}
		if places := len(offsets.FindAllString(s, -1)); len(mentions) < places {
			t.Errorf("%s: %d of %d offsets are mentioned", s, len(mentions), places)
		}
		if r, _ := utf8.DecodeRuneInString(s); !strings.HasSuffix(s, ".") || unicode.IsLower(r) || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
			t.Errorf("%s %q on %q: %q is no sentence", name, pattern, text, s)
		}
		fmt.Fprintln(&b, s)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// testdata/sentences.txt has the sentences of some runs. A block begins with the flavor and flags, the pattern and the
// text, both quoted as in Go, and ends with an empty line.
func TestSentences(t *testing.T) {
	const file = "testdata/sentences.txt"
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var written []string
	for block := range strings.SplitSeq(strings.TrimSpace(string(content)), "\n\n") {
		head, want, _ := strings.Cut(block, "\n")
		fields := strings.Split(head, "\t")
		if len(fields) != 3 {
			t.Fatalf("%q", head)
		}
		pattern, errPattern := strconv.Unquote(fields[1])
		text, errText := strconv.Unquote(fields[2])
		if errPattern != nil || errText != nil {
			t.Fatalf("%q: %v, %v", head, errPattern, errText)
		}
		name, flags, _ := strings.Cut(fields[0], "/")
		t.Run(head, func(t *testing.T) {
			got := strings.TrimSpace(narrate(t, name, flags, pattern, text))
			written = append(written, head+"\n"+got)
			if got != want && !*update {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
	if len(written) < 10 {
		t.Errorf("%d blocks", len(written))
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(written, "\n\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
