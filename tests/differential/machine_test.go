package differential

import (
	"slices"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const (
	// stepped is how many patterns of each corpus the machine runs here; the command machine takes any number.
	stepped = 60
	// leastStepped is the least share of what the machine runs that it has to find the same for as the engine.
	leastStepped = 0.995
	// mostMissing is the largest share that it may not run of those that are generated, with a construct that it names.
	mostMissing = 0.03
)

// The machine finds what the real engines find. What is known to differ is in exceptions/machine.txt.
func TestMachine(t *testing.T) {
	patterns, err := Load(t.Context())
	need(t, err)
	exceptions, err := MachineExceptions(patterns)
	if err != nil {
		t.Fatal(err)
	}
	patterns = Sample(append(patterns, Generate(1, patterns)...), stepped)
	for _, name := range Stepping {
		o := open(t, name)
		sources, err := Sources(t.Context(), o, patterns)
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
			i := slices.IndexFunc(exceptions, func(e MachineException) bool { return e.Covers(name, source) })
			switch {
			case i >= 0:
				if len(s.Differs) == 0 && s.Compared > 0 {
					t.Errorf("exceptions/machine.txt:%d: %q does not differ any more", exceptions[i].Line, source.Pattern)
				}
			case s.Unsupported != "" && !IsGenerated(s.Corpus):
				t.Errorf("%s %s: %+q %q is not run: %s", name, s.Corpus, s.Pattern, s.Flags, s.Unsupported)
			case len(s.Differs) > 0 && IsGenerated(s.Corpus) && BeginsWithCommit(source):
				t.Logf("%s %s: %+q %q finds in %s", name, s.Corpus, s.Pattern, s.Flags, s.Differs[0])
			case len(s.Differs) > 0:
				t.Errorf("%s %s: %+q %q finds in %s", name, s.Corpus, s.Pattern, s.Flags, s.Differs[0])
			}
		}
		t.Logf("%s: %s", name, &rate)
		ran := rate.Same + rate.Other
		if share := float64(rate.Same) / float64(max(1, ran)); share < leastStepped || ran < 300 {
			t.Errorf("%s: the machine finds the same for %.2f %% of %d patterns", name, 100*share, ran)
		}
		if share := float64(rate.Missing) / float64(max(1, ran+rate.Missing)); share > mostMissing {
			t.Errorf("%s: the machine does not run %.2f %%", name, 100*share)
		}
	}
}

func TestMachineExceptions(t *testing.T) {
	got, err := parseMachineExceptions("# comment\n\nperl\t-\t\"a\\xff\"\t-\twhy\tso\njs\tui\t\"b\"\t(?:%s)\tbecause\n", nil)
	want := []MachineException{{"perl", Query{"", "a\xff"}, "", "why\tso", 3}, {"js", Query{"ui", "b"}, "(?:%s)", "because", 4}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{
		"go\t-\t\"a\"\t-\twhy", "js\t\"a\"\t-\twhy", "js\t-\ta\t-\twhy", "js\t-\t\"a\"\t-\t ", "js\t-\t\"a\"\twhy", "js\t-\t\"a\"\t(?:)\twhy",
	} {
		if got, err := parseMachineExceptions(bad, nil); err == nil {
			t.Errorf("%q: %v", bad, got)
		}
	}
	s := &Source{Search: Search{Query: Query{"ui", "b"}}}
	if !want[1].Covers("js", s) || want[1].Covers("perl", s) || want[0].Covers("perl", s) {
		t.Error("an exception covers the wrong source")
	}
}

// Where an exception says how to write its pattern so that the engine does not do what is its reason, the engine finds then what
// the machine finds for the pattern itself, in texts in which it finds something else as it is.
func TestMachineProofs(t *testing.T) {
	patterns, err := Load(t.Context())
	need(t, err)
	exceptions, err := MachineExceptions(patterns)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Stepping {
		o := open(t, name)
		for _, e := range exceptions {
			if e.Flavor != name || e.Proof == "" {
				continue
			}
			sources, err := Sources(t.Context(), o, []Pattern{{corpusExceptions, e.Pattern}})
			if err != nil || len(sources) != 1 || !e.Covers(name, sources[0]) {
				t.Fatalf("exceptions/machine.txt:%d: %d sources with the flags %q, %v", e.Line, len(sources), e.Flags, err)
			}
			itself, err := Step(t.Context(), sources[0])
			if err != nil {
				t.Fatal(err)
			}
			proved, err := Prove(t.Context(), o, sources[0], e.Proof)
			switch {
			case err != nil:
				t.Fatal(err)
			case len(itself.Differs) == 0 && itself.Compared > 0:
				t.Errorf("exceptions/machine.txt:%d: %q does not differ", e.Line, e.Pattern)
			case proved.Compared == 0:
				t.Errorf("exceptions/machine.txt:%d: %s is not run: %s%s", e.Line, e.Proof, proved.Found.Refused, proved.Found.Unknown)
			case len(proved.Differs) > 0:
				t.Errorf("exceptions/machine.txt:%d: %s finds in %s", e.Line, e.Proof, proved.Differs[0])
			}
		}
	}
}

func TestProof(t *testing.T) {
	python, err := flavor.Lookup("python")
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse("(?:a++b)*+c{2}+|d+", python, flavor.FlagsOf(""))
	for proof, want := range map[Proof]string{proofAtomic: "(?>(?:(?>a+)b)*)(?>c{2})|d+", proofClasses: `(?:[a\x{10FFFD}]++[b\x{10FFFD}])*+[c\x{10FFFD}]{2}+|[d\x{10FFFD}]+`, "(?:%s|(?!))": "(?:(?:a++b)*+c{2}+|d+|(?!))"} {
		if got := proof.apply(tree); got != want {
			t.Errorf("%s: %s", proof, got)
		}
	}
}
