package regextest_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/regextest"
)

// A pattern whose steps grow faster than its texts fails, with the power and a text that shows it.
func TestLinear(t *testing.T) {
	for _, c := range []struct {
		flavor, flags, pattern string
		least, most            float64 // the power; 0 where it is linear, -1 where it is exponential
	}{
		{"dotnet", "", `^(a+)+$`, -1, 0},
		{"dotnet", "", `^(\w+\s?)*$`, -1, 0},
		{"dotnet", "", `^(a|aa)+$`, -1, 0},
		{"dotnet", "", `^(\w|\d)+x`, -1, 0},
		{"dotnet", "s", `^prefix:(.*)*x`, -1, 0},
		{"dotnet", "", `^.*.*=`, 1.8, 2.2},
		{"dotnet", "", `^\d*\d*\d*x`, 2.7, 3.2},
		{"dotnet", "", `^[ab]*a[ab]*c$`, 1.8, 2.2},
		{"dotnet", "", `a+b`, 1.8, 2.2}, // from each place of the text
		{"dotnet", "", `(?:,\s*|\s+)x`, 1.8, 2.2},
		{"dotnet", "", `^a+b`, 0, 0},
		{"dotnet", "", `^(?>a+)+$`, 0, 0},
		{"dotnet", "", `^(\d{4})-(\d\d)$`, 0, 0},
		{"dotnet", "", `^(?:[^,]*,)*x`, 0, 0},
		{"go", "", `^(a+)+$`, 0, 0}, // as its machine has threads
		{"go", "", `(\w+\s?)*=`, 0, 0},
		{"pcre2", "", `^(a+)+$`, -1, 0},
		{"js", "u", `^(é+)+$`, -1, 0},
		{"python", "", `^(?P<x>a+)*\Z`, -1, 0},
	} {
		document := fmt.Sprintf("[[pattern]]\nflavor = %q\nflags = %q\npattern = %q\nlinear = true\n", c.flavor, c.flags, c.pattern)
		f, err := regextest.Parse("f", []byte(document))
		if err != nil {
			t.Fatal(err)
		}
		var got []*regextest.Result
		if err := regextest.Run(t.Context(), f, engine.Local(), regextest.Options{AllowMissing: true, Timeout: time.Hour}, func(r *regextest.Result) bool {
			got = append(got, r)
			return true
		}); err != nil || len(got) != 1 {
			t.Fatalf("%s: %v, %v", c.pattern, got, err)
		}
		r := got[0]
		if r.Status == regextest.Skipped {
			t.Logf("%s: %v", c.flavor, r.Err)
			continue
		}
		if c.least < 0 {
			if r.Status != regextest.Failed || !strings.Contains(r.Describe(), "grow exponentially") {
				t.Errorf("%s, %s: %s %s", c.flavor, c.pattern, r.Status, r.Describe())
			}
			continue
		}
		if c.most == 0 {
			if r.Status != regextest.Passed {
				t.Errorf("%s, %s: %s %s", c.flavor, c.pattern, r.Status, r.Describe())
			}
			continue
		}
		said := regexp.MustCompile(`to the power of ([\d.]+)`).FindStringSubmatch(r.Describe())
		if r.Status != regextest.Failed || said == nil {
			t.Errorf("%s, %s: %s %s", c.flavor, c.pattern, r.Status, r.Describe())
			continue
		}
		if power, err := strconv.ParseFloat(said[1], 64); err != nil || power < c.least || power > c.most {
			t.Errorf("%s, %s: %s", c.flavor, c.pattern, r.Describe())
		}
		if len(r.Input.Text) == 0 || len(r.Input.Text) > 1024 || r.Link(regextest.Page) == "" {
			t.Errorf("%s: the text %q", c.pattern, r.Input.Text)
		}
	}
}
