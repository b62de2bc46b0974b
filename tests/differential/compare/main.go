// Command compare prints how our parser agrees with the real engines, on all corpora and on generated patterns: the
// rates, and the differences in clusters. It writes all differences to FLAVOR.tsv, for grep, where -tsv says.
//
//	go run ./tests/differential/compare [-tsv DIR] [-seed N] [FLAVOR...]
//
// The exit status says nothing about the agreement: that is what the test is for.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/regexdbg/regexdbg/tests/differential"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	dir := flag.String("tsv", "", "where FLAVOR.tsv is written")
	seed := flag.Uint64("seed", 1, "of the patterns that are generated")
	flag.Parse()
	flavors := flag.Args()
	if len(flavors) == 0 {
		flavors = differential.Flavors
	}
	patterns, err := differential.Load(ctx)
	if err != nil {
		return err
	}
	patterns = append(patterns, differential.Generate(*seed, patterns)...)
	for _, flavor := range flavors {
		report, err := differential.Check(ctx, flavor, patterns, differential.OurParser)
		if err != nil {
			return fmt.Errorf("%s: %w", flavor, err)
		}
		if err := report.Summarize(os.Stdout); err != nil {
			return err
		}
		if *dir == "" {
			continue
		}
		var table bytes.Buffer
		if err := report.WriteTSV(&table); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(*dir, flavor+".tsv"), table.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
