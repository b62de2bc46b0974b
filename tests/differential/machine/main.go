// Command machine prints what the machine of regex/trace finds otherwise than real engines, and the constructs that it
// does not have.
//
//	go run ./tests/differential/machine [-each N] [-generated N] [-corpus NAME] [-all] [-seed N] [-random N] [FLAVOR...]
//
// Without flags it takes all patterns of all corpora, some minutes for each flavor, and prints the differences that are not
// among the exceptions, and on its standard error the rates of each corpus. It fails when there is such a difference on
// a corpus, or a pattern that the machine does not run and that is not among them either, or an exception that is none any
// more or, when all patterns were taken, that no pattern has.
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
	each := flag.Int("each", 0, "take so many patterns of each corpus, 0 for all")
	generated := flag.Int("generated", 500, "take so many patterns of each kind that is generated")
	corpus := flag.String("corpus", "", "only this corpus")
	all := flag.Bool("all", false, "print the differences too that are among the exceptions")
	random := flag.Int("random", 0, "instead, so many random patterns, and what differs made smaller")
	flag.Parse()
	flavors := flag.Args()
	if len(flavors) == 0 {
		flavors = differential.Stepping
	}
	c := comparison{used: map[int]bool{}, all: *all, shrink: *random > 0}
	var patterns []differential.Pattern
	if *random == 0 {
		var err error
		if patterns, err = differential.Load(ctx); err != nil {
			return err
		}
		if c.exceptions, err = differential.MachineExceptions(patterns); err != nil {
			return err
		}
		made := differential.Sample(differential.Generate(*seed, patterns), *generated)
		if *each > 0 {
			patterns = differential.Sample(patterns, *each)
		}
		patterns = append(patterns, made...)
		if *corpus != "" {
			patterns = slices.DeleteFunc(patterns, func(p differential.Pattern) bool { return p.Corpus != *corpus })
		}
	}
	for _, name := range flavors {
		if *random > 0 {
			f, err := flavor.Lookup(name)
			if err != nil {
				return err
			}
			patterns = differential.Random(f, *seed, *random)
		}
		if err := c.compare(ctx, name, patterns); err != nil {
			return err
		}
		if *random == 0 && *each == 0 && *corpus == "" {
			c.reportUnused(name)
		}
	}
	if c.problems > 0 {
		return fmt.Errorf("%d differences or exceptions are not as they should be", c.problems)
	}
	return nil
}

// A comparison is one of some flavors.
type comparison struct {
	exceptions  []differential.MachineException
	used        map[int]bool // the lines of exceptions that a pattern has
	all, shrink bool
	problems    int
}

// compare prints the differences of a flavor, and then the rates of each corpus.
func (c *comparison) compare(ctx context.Context, name string, patterns []differential.Pattern) error {
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
		if err := c.judge(ctx, o, s); err != nil {
			return err
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

// reportUnused prints the exceptions of a flavor that no pattern has.
func (c *comparison) reportUnused(name string) {
	for _, e := range c.exceptions {
		if e.Flavor == name && !c.used[e.Line] {
			c.problems++
			fmt.Printf("exceptions/machine.txt:%d: no pattern is %+q with the flags %q\n", e.Line, e.Pattern, e.Flags)
		}
	}
}

// judge prints a difference unless it is among the exceptions, and an exception that is none.
func (c *comparison) judge(ctx context.Context, o differential.Oracle, s *differential.Stepped) error {
	i := slices.IndexFunc(c.exceptions, func(e differential.MachineException) bool { return e.Covers(o.Flavor(), s.Source) })
	if i >= 0 {
		c.used[c.exceptions[i].Line] = true
	}
	switch {
	case i < 0 && s.Unsupported != "":
		if !differential.IsGenerated(s.Corpus) {
			c.problems++
			fmt.Printf("%s %s %+q %q is not run: %s\n", o.Flavor(), s.Corpus, s.Pattern, s.Flags, s.Unsupported)
		}
		return nil
	case i >= 0 && len(s.Differs) == 0 && s.Compared > 0:
		c.problems++
		fmt.Printf("exceptions/machine.txt:%d: %+q does not differ any more\n", c.exceptions[i].Line, s.Pattern)
		return nil
	case len(s.Differs) == 0, i >= 0 && !c.all:
		return nil
	case i < 0 && !differential.IsGenerated(s.Corpus):
		c.problems++
	}
	if c.shrink {
		var err error
		if s, err = differential.Shrink(ctx, o, s); err != nil {
			return err
		}
	}
	fmt.Printf("%s %s %+q %q finds in %s\n", o.Flavor(), s.Corpus, s.Pattern, s.Flags, s.Differs[0])
	return nil
}
