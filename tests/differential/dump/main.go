// Command dump writes what the real engines say of all corpora and of generated patterns, a line of JSON for each pattern and set of flags, so
// that work on the parser need not wait for eight runtimes:
//
//	go run ./tests/differential/dump [-dir DIR] [-seed N] [FLAVOR...]
package main

import (
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
		fmt.Fprintln(os.Stderr, "dump:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	cache, err := differential.CacheDir()
	if err != nil {
		return err
	}
	dir := flag.String("dir", cache, "where FLAVOR.ndjson is written")
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
	if err := os.MkdirAll(*dir, 0o755); err != nil {
		return err
	}
	for _, flavor := range flavors {
		if err := dump(ctx, filepath.Join(*dir, flavor+".ndjson"), flavor, patterns); err != nil {
			return fmt.Errorf("%s: %w", flavor, err)
		}
	}
	return nil
}

// dump asks one engine about everything, and replaces the file when that went well.
func dump(ctx context.Context, file, flavor string, patterns []differential.Pattern) error {
	o, err := differential.Open(ctx, flavor)
	if err != nil {
		return err
	}
	defer func() { _ = o.Close() }()
	records, err := differential.Records(ctx, differential.Cached(o), patterns)
	if err != nil {
		return err
	}
	unfinished := file + ".part"
	out, err := os.Create(unfinished)
	if err != nil {
		return err
	}
	err = differential.WriteRecords(out, records)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	accepted, unknown := 0, 0
	for _, r := range records {
		if r.OK {
			accepted++
		}
		if r.Unknown != "" {
			unknown++
		}
	}
	fmt.Printf("%-7s %-22s %7d questions, %7d accepted, %5d unknown: %s\n", flavor, o.Engine(), len(records), accepted, unknown, file)
	return os.Rename(unfinished, file)
}
