// Command conversions prints what real engines find otherwise with patterns that were converted: of those that call
// themselves exact, or with -kept of the others.
//
//	go run ./tests/differential/conversions [-from FLAVOR] [-to FLAVOR] [-kept exact|warned|lost] [-seed N] [-each N]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"

	"github.com/regexdbg/regexdbg/tests/differential"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "conversions:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	from := flag.String("from", "", "only from this flavor")
	to := flag.String("to", "", "only to this flavor")
	kept := flag.String("kept", "exact", "what conversions say of themselves")
	seed := flag.Uint64("seed", 1, "of the patterns that are generated")
	each := flag.Int("each", 500, "take so many patterns of each corpus")
	flag.Parse()
	patterns, err := differential.Load(ctx)
	if err != nil {
		return err
	}
	patterns = differential.Sample(append(patterns, differential.Generate(*seed, patterns)...), *each)
	exceptions, err := differential.ConversionExceptions()
	if err != nil {
		return err
	}
	oracles := map[string]differential.Oracle{}
	for _, name := range differential.Flavors {
		o, err := differential.Open(ctx, name)
		if err != nil {
			return err
		}
		defer func() { _ = o.Close() }()
		oracles[name] = o
	}
	for _, source := range differential.Flavors {
		if *from != "" && source != *from {
			continue
		}
		sources, err := differential.Sources(ctx, oracles[source], patterns)
		if err != nil {
			return err
		}
		for _, target := range differential.Flavors {
			if target == source || *to != "" && target != *to {
				continue
			}
			conversions, err := differential.Conversions(ctx, oracles[target], sources)
			if err != nil {
				return err
			}
			counts := map[string]int{}
			for _, c := range conversions {
				k := c.Kept()
				counts[k]++
				if len(c.Differs) == 0 && c.Refused == "" {
					continue
				}
				if slices.ContainsFunc(exceptions, func(e differential.ConversionException) bool { return e.Covers(c) }) {
					counts["excepted"]++
					continue
				}
				counts[k+" differ"]++
				if k == *kept {
					fmt.Println(c)
				}
			}
			fmt.Fprintln(os.Stderr, source, target, counts)
		}
	}
	return nil
}
