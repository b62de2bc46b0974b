package syntax

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// Twice as long a pattern makes at most twice as much work, and some for what grows
// by steps, such as maps. The work is counted, not timed: a program is built with a
// counter in every block of code of this package and of those that it calls, so that
// a loop that is added tomorrow is counted as well.
func TestLinear(t *testing.T) {
	const size, growth = 1 << 11, 2.2
	type request struct {
		Flavor  string
		Pattern []byte
	}
	var requests bytes.Buffer
	var patterns []request
	encoder := json.NewEncoder(&requests)
	for _, f := range flavor.All() {
		for _, unit := range hostile {
			for _, prefix := range []string{"", "(?x)"} {
				for _, times := range []int{1, 2} {
					r := request{f.Name, []byte(prefix + strings.Repeat(unit, times*size/len(unit)))}
					if err := encoder.Encode(r); err != nil {
						t.Fatal(err)
					}
					patterns = append(patterns, r)
				}
			}
		}
	}
	program := filepath.Join(t.TempDir(), "work")
	build := exec.Command("go", "build", "-o", program, "-covermode=atomic",
		"-coverpkg=./testdata/work,github.com/regexdbg/regexdbg/regex/syntax,github.com/regexdbg/regexdbg/regex/flavor,strings,slices,unicode/utf8", "./testdata/work")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	run := exec.Command(program)
	run.Env = append(run.Environ(), "GOCOVERDIR="+t.TempDir())
	run.Stdin = &requests
	var failure bytes.Buffer
	run.Stderr = &failure
	out, err := run.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, &failure)
	}
	var work []int
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		blocks, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatal(err)
		}
		work = append(work, blocks)
	}
	if len(work) != len(patterns) {
		t.Fatalf("%d patterns, and %d numbers", len(patterns), len(work))
	}
	for i := 0; i < len(work); i += 2 {
		once, twice := work[i], work[i+1]
		if once < 100 || float64(twice) > growth*float64(once) {
			t.Errorf("%s: %.12q ...: %d blocks of code run for %d bytes, and %d for twice as many", patterns[i].Flavor, patterns[i].Pattern, once, size, twice)
		}
	}
}

// What index searches is not in the counters of TestLinear, for the search itself is
// in assembly: each byte is looked at at most once for each of the few texts that are
// searched for.
func TestIndexIsLinear(t *testing.T) {
	const size, texts = 1 << 13, 4
	for _, f := range flavor.All() {
		for _, unit := range hostile {
			pattern := strings.Repeat(unit, size/len(unit))
			if p := read(pattern, f, 0); p.searched > texts*len(pattern) {
				t.Errorf("%s: %q repeated makes index search %d bytes of %d", f.Name, unit, p.searched, len(pattern))
			}
		}
	}
}
