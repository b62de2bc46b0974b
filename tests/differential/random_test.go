package differential

import (
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// randomSame is the share of random patterns for which the machine has to find the same as the engine. What is left is
// about groups in repeats of what matches nothing, where Perl goes by what its optimizer made of the repeat.
var randomSame = map[string]float64{
	"dotnet": 1, "pcre2": 1, "js": 1, "python": 1, "perl": 0.99, "java": 0.99, "ruby": 0.995,
}

// The machine finds what the real engines find with random patterns in random texts. What differs is made smaller before
// it is shown.
func TestRandom(t *testing.T) {
	const count = 300
	for _, name := range Stepping {
		o := open(t, name)
		f, err := flavor.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		sources, err := Sources(t.Context(), o, Random(f, 1, count))
		if err != nil {
			t.Fatal(err)
		}
		var rate Rate
		for _, source := range sources {
			s, err := Step(t.Context(), source)
			if err != nil {
				t.Fatalf("%s %+q %q: %v", name, source.Pattern, source.Flags, err)
			}
			rate.Add(s)
			if len(s.Differs) == 0 {
				continue
			}
			if randomSame[name] == 1 {
				if s, err = Shrink(t.Context(), o, s); err != nil {
					t.Fatal(err)
				}
			}
			t.Logf("%s: %+q %q finds in %s", name, s.Pattern, s.Flags, s.Differs[0])
		}
		t.Logf("%s: %s", name, &rate)
		if rate.Share() < randomSame[name] || rate.Same < count/4 {
			t.Errorf("%s: the machine finds the same for %.2f %%", name, 100*rate.Share())
		}
	}
}
