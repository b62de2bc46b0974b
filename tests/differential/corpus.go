package differential

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// A Pattern is one of a corpus. Corpora are for every flavor: what one engine is proud of is what another must refuse.
type Pattern struct {
	Corpus string
	Text   string // any bytes
}

// A source is a suite that we did not write.
type source struct {
	corpus string
	load   func(ctx context.Context) ([]string, error)
	floor  int // a loader that finds fewer different patterns is broken
}

// The versions are pinned, so that a disagreement that is listed by name stays one.
const (
	gitleaksModule = "github.com/zricethezav/gitleaks/v8@v8.30.1"
	crsModule      = "github.com/corazawaf/coraza-coreruleset/v4@v4.25.0"
	uapPackage     = "uap-core@0.18.0"
	tmPackage      = "tm-grammars@1.32.22"
)

// sources are in the order in which a pattern that several have is counted.
var sources = []source{
	{"ours", loadOurs, 50},
	{"go-search", loadGoSearch, 500},
	{"go-fowler", loadGoFowler, 180},
	{"go-exhaustive", loadGoExhaustive, 2000},
	{"regexp2", loadRegexp2, 450},
	{"regexp2-rust", loadRust, 350},
	{"pcre2", loadPCRE2, 4000},
	{"python", loadPython, 500},
	{"perl", loadPerl, 800},
	{"perl-messages", loadPerlMessages, 300},
	{"ruby", loadRuby, 300},
	{"gitleaks", loadGitleaks, 200},
	{"crs", loadCRS, 200},
	{"uap-core", loadUAP, 1000},
	{"textmate", loadTextMate, 8000},
}

// Load returns the patterns of all corpora, each once. What is not here yet is fetched. With an error, which names the
// corpora that it is about, it returns the others.
func Load(ctx context.Context) ([]Pattern, error) {
	found := make([][]string, len(sources))
	errs := make([]error, len(sources))
	var group sync.WaitGroup
	for i, s := range sources {
		group.Go(func() { found[i], errs[i] = s.load(ctx) })
	}
	group.Wait()
	var all []Pattern
	seen := map[string]bool{}
	for i, s := range sources {
		count := 0
		for _, text := range found[i] {
			if !seen[text] {
				seen[text] = true
				all = append(all, Pattern{s.corpus, text})
				count++
			}
		}
		if errs[i] == nil && count < s.floor {
			errs[i] = fmt.Errorf("%d patterns, which is less than %d: is its loader still right?", count, s.floor)
		}
		if errs[i] != nil {
			errs[i] = fmt.Errorf("corpus %s: %w", s.corpus, errs[i])
		}
	}
	return all, errors.Join(errs...)
}

// Queries are the questions for a flavor: each pattern with each of the flavor's sets of flags.
func Queries(flavor string, patterns []Pattern) []Query {
	sets := FlagSets[flavor]
	queries := make([]Query, 0, len(patterns)*len(sets))
	for _, p := range patterns {
		for _, flags := range sets {
			queries = append(queries, Query{flags, p.Text})
		}
	}
	return slices.Clip(queries)
}
