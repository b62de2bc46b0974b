package differential

import "testing"

func TestCorpora(t *testing.T) {
	patterns, err := Load(t.Context())
	if err != nil {
		t.Error(err)
	}
	counts := map[string]int{}
	for _, p := range patterns {
		counts[p.Corpus]++
	}
	for _, s := range sources {
		t.Logf("%-14s %6d", s.corpus, counts[s.corpus])
	}
}
