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

// corpusOurs is the one that we wrote, tests/corpus. It is in no version but ours.
const corpusOurs = "ours"

// sources are in the order in which a pattern that several have is counted.
var sources = []source{
	{corpusOurs, loadOurs, 50},
	{"go-search", loadGoSearch, 500},
	{"go-fowler", loadGoFowler, 200},
	{"go-exhaustive", loadGoExhaustive, 2500},
	{"regexp2", loadRegexp2, 500},
	{"regexp2-rust", loadRust, 400},
	{"pcre2", loadPCRE2, 4400},
	{"python", loadPython, 800},
	{"perl", loadPerl, 1150},
	{"perl-messages", loadPerlMessages, 340},
	{"ruby", loadRuby, 340},
	{"gitleaks", loadGitleaks, 290},
	{"crs", loadCRS, 280},
	{"uap-core", loadUAP, 1150},
	{"textmate", loadTextMate, 15000},
}

// patterns returns the different patterns of a source.
func (s source) patterns(ctx context.Context) ([]string, error) {
	found, err := s.load(ctx)
	if err != nil {
		return nil, fmt.Errorf("corpus %s: %w", s.corpus, err)
	}
	seen := map[string]bool{}
	different := slices.DeleteFunc(found, func(text string) bool {
		again := seen[text]
		seen[text] = true
		return again
	})
	if len(different) < s.floor {
		return nil, fmt.Errorf("corpus %s: %d patterns, which is less than %d: is its loader still right?", s.corpus, len(different), s.floor)
	}
	return different, nil
}

// Load returns the patterns of all corpora, each once. What is not here yet is fetched. The error is
// [ErrUnavailable] where that is not possible.
func Load(ctx context.Context) ([]Pattern, error) {
	found := make([][]string, len(sources))
	errs := make([]error, len(sources))
	var group sync.WaitGroup
	for i, s := range sources {
		group.Go(func() { found[i], errs[i] = s.patterns(ctx) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var all []Pattern
	seen := map[string]bool{}
	for i, s := range sources {
		for _, text := range found[i] {
			if !seen[text] {
				seen[text] = true
				all = append(all, Pattern{s.corpus, text})
			}
		}
	}
	return all, nil
}
