//go:build linux && (386 || amd64 || arm || arm64 || riscv64)

package differential

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
	"github.com/regexdbg/regexdbg/regex/verify"
)

// calloutTries is how many tries of a text are compared.
const calloutTries = 100_000

// copiesDiffer are the patterns with an item of whose copies PCRE2 has made only some possessive, which the machine, having
// no copies, has not: with auto-possess, PCRE2 goes back less.
var copiesDiffer = []string{"testinput1:89"}

// A calloutTally is what came of comparing the steps of texts.
type calloutTally struct {
	with              engine.Optimizations
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
	for _, text := range c.texts {
		r, err := verify.Callouts(t.Context(), tree, c.flags, y.with, engine.NewText([]byte(text)), calloutTries)
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
		if y.with.AutoPossess && slices.Contains(copiesDiffer, c.place) {
			continue
		}
		t.Errorf("%s: %q on %q: %s", c.place, c.pattern, text, r)
	}
}

// optimized are the sets of optimisations with which steps are compared.
var optimized = map[string]engine.Optimizations{
	"plain": {}, "start-optimize": {StartOptimize: true}, "auto-possess": {AutoPossess: true}, "both": {StartOptimize: true, AutoPossess: true},
}

// The machine tries what PCRE2 tries, in the same order, as far as PCRE2 tells it by its callouts: without optimisations,
// and with those of PCRE2 that the machine can do too.
func TestCallouts(t *testing.T) {
	dir, err := pcre2Testdata(t.Context())
	need(t, err)
	sets := map[string][]pcre2Case{"corpus": calloutCorpus(t)}
	for _, file := range []string{"testinput1", "testinput4"} {
		content, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		sets[file], _ = pcre2Cases(file, string(content))
	}
	for name, with := range optimized {
		t.Run(name, func(t *testing.T) {
			same := 0
			for set, cases := range sets {
				y := calloutTally{with: with}
				for _, c := range cases {
					y.compare(t, c)
				}
				t.Logf("%s: %s", set, &y)
				same += y.same
			}
			if same < 3500 {
				t.Errorf("only %d texts were compared", same)
			}
		})
	}
}

// So it does with patterns and texts that are made at random.
func TestCalloutsRandom(t *testing.T) {
	const count, enough = 4000, 10_000
	f, err := flavor.Lookup("pcre2")
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 1))
	var cases []pcre2Case
	for i, p := range Random(f, 1, count) {
		if tree := syntax.Parse(p.Text, f, 0); len(tree.Errors) == 0 {
			cases = append(cases, pcre2Case{place: fmt.Sprintf("random %d", i), pattern: p.Text, texts: compare.Texts(tree, textsEach, random)})
		}
	}
	for name, with := range optimized {
		t.Run(name, func(t *testing.T) {
			y := calloutTally{with: with}
			for _, c := range cases {
				y.compare(t, c)
			}
			t.Log(&y)
			if y.same < enough {
				t.Errorf("only %d texts were compared", y.same)
			}
		})
	}
}

func (y *calloutTally) String() string {
	return fmt.Sprintf("%d texts with the same tries (%d), %d with others, %d not compared", y.same, y.tries, y.other, y.left)
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
