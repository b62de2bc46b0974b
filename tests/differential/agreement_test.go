package differential

import (
	"testing"
	"unicode/utf8"
)

// maxProblems is how many are worth reading here; the command compare writes all.
const maxProblems = 20

// Our parser agrees with the real engines, see the README.
func TestAgreement(t *testing.T) {
	patterns, err := Load(t.Context())
	need(t, err)
	patterns = append(patterns, Generate(1, patterns)...)
	for _, flavor := range Flavors {
		t.Run(flavor, func(t *testing.T) {
			t.Parallel()
			report, err := Check(t.Context(), flavor, patterns, OurParser)
			need(t, err)
			for _, generated := range []bool{false, true} {
				total := report.Total(generated)
				t.Logf("%s, %s: %.4f %% of %d", report.Engine, total.Corpus, 100*total.Rate(), total.Same+total.Different)
			}
			for i, problem := range report.Problems() {
				if i == maxProblems {
					t.Error("and more")
					break
				}
				t.Error(problem)
			}
		})
	}
}

// Whatever a pattern is, we accept it when regexp does, and find the same groups.
func FuzzAgreementGo(f *testing.F) {
	for _, k := range known {
		f.Add(k.pattern)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		engine, ours := askGo(Query{Pattern: pattern}), OurParser("go", "", pattern)
		if kind, differs := disagree(engine, ours); differs {
			t.Errorf("%q is %s: regexp says %s, we say %s", pattern, kind, engine, ours)
		}
	})
}

// The same for .NET's design and regexp2, but for patterns that are not text: regexp2 makes something of them, and the
// tool refuses them, because .NET has no such strings.
func FuzzAgreementDotNet(f *testing.F) {
	for _, k := range known {
		f.Add(k.pattern)
	}
	f.Fuzz(func(t *testing.T, pattern string) {
		if !utf8.ValidString(pattern) {
			return
		}
		engine, ours := askDotNet(Query{Pattern: pattern}), OurParser("dotnet", "", pattern)
		if kind, differs := disagree(engine, ours); differs && engine.Unknown == "" {
			t.Errorf("%q is %s: regexp2 says %s, we say %s", pattern, kind, engine, ours)
		}
	})
}
