//go:build linux && (386 || amd64 || arm || arm64 || riscv64)

package differential

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/verify"
)

// calloutTries is how many tries of a text are compared.
const calloutTries = 100_000

// leastSame is the part of the texts in which all tries have to be the same.
const leastSame = 0.99

// calloutsDiffer are the patterns in which they are not, by the reason. The matches are the same nevertheless, unless the
// reason says otherwise.
var calloutsDiffer = map[string][]string{
	"when a (*SKIP) finds no mark of its name, PCRE2 begins the attempt anew, without it; the machine knows at once": {
		"testinput1:4673", "testinput1:4714", "testinput1:4717", "testinput1:5167", "testinput1:5257", "testinput1:5260", "testinput1:5263",
		"testinput1:5266", "testinput1:5361", "testinput1:5373", "testinput1:5431", "testinput1:5563", "testinput1:6238",
	},
	"the mark is in a lookahead or an atomic group, where PCRE2's (*SKIP) does not find it, and the machine's does: other matches": {
		"testinput1:6195", "testinput1:6198", "testinput1:6206", "testinput1:6209",
	},
	"in PCRE2 a verb that takes effect in a lookaround ends more than that: some other matches": {
		"testinput1:5039", "testinput1:5398", "testinput1:5421", "testinput1:5492", "testinput1:5496", "testinput1:5523", "testinput1:6367", "testinput1:6370",
	},
	"PCRE2 does not come back into a call that (*ACCEPT) has ended":                          {"testinput1:4595"},
	"PCRE2 takes a lookbehind to be as wide as what is before its (*FAIL)":                   {"testinput1:5044"},
	"a reference to an empty text is matched once by PCRE2, and not left out after that":     {"testinput1:1307", "testinput1:1321"},
	"a lookaround with + is one and then an optional one to PCRE2":                           {"testinput1:4162", "testinput1:4167"},
	"a group of bounded repeats is copies of it to PCRE2, and a later one may match nothing": {"testinput1:102"},
	"behind a callout that is written in the pattern, PCRE2 has none of its own":             {"pcre2.txt:330"},
}

// differs returns why the tries of a case are not the same, or "".
func (c pcre2Case) differs() string {
	for reason, places := range calloutsDiffer {
		if slices.Contains(places, c.place) {
			return reason
		}
	}
	return ""
}

// A calloutTally is what came of comparing the steps of texts.
type calloutTally struct {
	same, other, left int
	tries             int
}

// compare compares the steps of a pattern in some texts. Where the machine does not have something, or PCRE2 gives up,
// nothing is compared.
func (y *calloutTally) compare(t *testing.T, c pcre2Case) {
	f, err := flavor.Lookup("pcre2")
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(c.start+c.pattern, f, flavor.FlagsOf(c.flags))
	known := c.differs()
	same := true
	for _, text := range c.texts {
		r, err := verify.Callouts(t.Context(), tree, c.flags, engine.NewText([]byte(text)), calloutTries)
		_, unsupported := errors.AsType[*trace.UnsupportedError](err)
		switch {
		case unsupported:
			y.left++
			continue
		case err != nil:
			y.left++
			t.Logf("%s: %q on %q: %v", c.place, c.pattern, text, err)
			continue
		case r.Same:
			y.same++
			y.tries += r.Compared
			continue
		}
		y.other++
		same = false
		if known == "" {
			t.Errorf("%s: %q on %q: %s", c.place, c.pattern, text, r)
		}
	}
	if known != "" && same {
		t.Errorf("%s: %q: the tries are the same, although: %s", c.place, c.pattern, known)
	}
}

// The machine tries what PCRE2 tries, in the same order, as far as PCRE2 tells it by its callouts.
func TestCallouts(t *testing.T) {
	dir, err := debianSource(t.Context(), "pcre2", "*/testdata/testinput*")
	need(t, err)
	var all calloutTally
	count := func(name string, cases []pcre2Case) {
		var y calloutTally
		for _, c := range cases {
			y.compare(t, c)
		}
		t.Logf("%s: %d texts with the same tries (%d), %d with others, %d not compared", name, y.same, y.tries, y.other, y.left)
		all.same, all.other, all.left, all.tries = all.same+y.same, all.other+y.other, all.left+y.left, all.tries+y.tries
	}
	count("corpus", calloutCorpus(t))
	for _, file := range []string{"testinput1", "testinput4"} {
		content, err := os.ReadFile(filepath.Join(dir, "testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		cases, _ := pcre2Cases(file, string(content))
		count(file, cases)
	}
	share := float64(all.same) / float64(all.same+all.other)
	t.Logf("all: %.2f %% of %d texts", 100*share, all.same+all.other)
	if share < leastSame || all.same < 3500 {
		t.Errorf("%.2f %% of %d texts have the same tries", 100*share, all.same+all.other)
	}
}

// calloutCorpus are the cases of tests/corpus for PCRE2 that are no errors.
func calloutCorpus(t *testing.T) []pcre2Case {
	files, err := filepath.Glob("../corpus/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var cases []pcre2Case
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var flavors []string
		flags := ""
		for number, line := range strings.Split(string(content), "\n") {
			keyword, value, _ := strings.Cut(line, " ")
			switch keyword {
			case "":
				flags = ""
			case "flavor":
				flavors = strings.Fields(value)
			case "flags":
				flags = value
			case "pattern", "text":
				text, err := strconv.Unquote(value)
				if err != nil {
					t.Fatalf("%s:%d: %v", file, number+1, err)
				}
				switch {
				case !slices.Contains(flavors, "pcre2"):
				case keyword == "pattern":
					cases = append(cases, pcre2Case{place: fmt.Sprintf("%s:%d", filepath.Base(file), number+1), pattern: text, flags: flags})
				default:
					cases[len(cases)-1].texts = append(cases[len(cases)-1].texts, text)
				}
			}
		}
	}
	return cases
}
