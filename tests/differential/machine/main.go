// Command machine prints what the machine of regex/trace finds otherwise than real engines, and the constructs that it
// does not have.
//
//	go run ./tests/differential/machine [-seed N] [-each N] [-corpus NAME] [-random N] [FLAVOR...]
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/tests/differential"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "machine:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	seed := flag.Uint64("seed", 1, "of the patterns that are generated")
	each := flag.Int("each", 500, "take so many patterns of each corpus")
	corpus := flag.String("corpus", "", "only this corpus")
	random := flag.Int("random", 0, "instead, so many random patterns, and what differs made smaller")
	flag.Parse()
	flavors := flag.Args()
	if len(flavors) == 0 {
		flavors = differential.Stepping
	}
	if *random > 0 {
		for _, name := range flavors {
			f, err := flavor.Lookup(name)
			if err != nil {
				return err
			}
			if err := compare(ctx, name, differential.Random(f, *seed, *random), true); err != nil {
				return err
			}
		}
		return nil
	}
	patterns, err := differential.Load(ctx)
	if err != nil {
		return err
	}
	patterns = differential.Sample(append(patterns, differential.Generate(*seed, patterns)...), *each)
	if *corpus != "" {
		patterns = slices.DeleteFunc(patterns, func(p differential.Pattern) bool { return p.Corpus != *corpus })
	}
	for _, name := range flavors {
		if err := compare(ctx, name, patterns, false); err != nil {
			return err
		}
	}
	return nil
}

// compare prints the differences of a flavor, and then the rates of each corpus.
func compare(ctx context.Context, name string, patterns []differential.Pattern, shrink bool) error {
	o, err := differential.Open(ctx, name)
	if err != nil {
		return err
	}
	defer func() { _ = o.Close() }()
	sources, err := differential.Sources(ctx, o, patterns)
	if err != nil {
		return err
	}
	rates := map[string]*differential.Rate{}
	missing := map[string]int{}
	for _, source := range sources {
		s, err := differential.Step(ctx, source)
		if err != nil {
			return fmt.Errorf("%+q: %w", source.Pattern, err)
		}
		rate := rates[s.Corpus]
		if rate == nil {
			rate = &differential.Rate{}
			rates[s.Corpus] = rate
		}
		rate.Add(s)
		if s.Unsupported != "" {
			missing[s.Unsupported]++
		}
		if len(s.Differs) > 0 && shrink {
			if s, err = differential.Shrink(ctx, o, s); err != nil {
				return err
			}
		}
		if len(s.Differs) > 0 {
			fmt.Printf("%s %s %+q %q finds in %s\n", name, s.Corpus, s.Pattern, s.Flags, s.Differs[0])
		}
	}
	for _, corpus := range slices.Sorted(maps.Keys(rates)) {
		fmt.Fprintf(os.Stderr, "%s %s: %s\n", name, corpus, rates[corpus])
	}
	for _, what := range slices.SortedFunc(maps.Keys(missing), func(a, b string) int { return cmp.Compare(missing[b], missing[a]) }) {
		fmt.Fprintf(os.Stderr, "%s: %d patterns have %s\n", name, missing[what], what)
	}
	return nil
}
