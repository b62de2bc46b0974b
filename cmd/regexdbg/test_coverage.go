package main

import (
	"bufio"
	"context"
	"fmt"
	"strconv"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

// reportCoverage writes what the tests of each pattern exercise of it, each line with a mark before it.
func reportCoverage(ctx context.Context, out *bufio.Writer, files []*regextest.File, mark string) error {
	for _, f := range files {
		for _, p := range f.Patterns {
			c, err := regextest.Cover(ctx, p)
			if err != nil {
				return err
			}
			where := fmt.Sprintf("%s%s:%d: %s: ", mark, f.Name, p.Line, tapName.Replace(p.Name))
			if c.Err != nil {
				fmt.Fprintf(out, "%scoverage is not known: %v\n", where, c.Err)
				continue
			}
			switch {
			case c.Matches > 0:
				fmt.Fprintf(out, "%s%d of %d parts are exercised\n", where, c.Exercised, c.Parts)
			case len(p.Inputs) == 0:
				fmt.Fprintf(out, "%sthere is no input, so that none of %d parts is exercised\n", where, c.Parts)
			case len(p.Inputs) == len(c.Left):
				fmt.Fprintf(out, "%sno input could be followed\n", where)
			default:
				fmt.Fprintf(out, "%sno input matches, so that none of %d parts is exercised\n", where, c.Parts)
			}
			for _, left := range c.Left {
				fmt.Fprintf(out, "%s  without %s\n", mark, left)
			}
			for _, g := range c.Gaps {
				fmt.Fprintf(out, "%s  %s", mark, tapName.Replace(g.Say(p.Pattern)))
				if g.Example != nil {
					fmt.Fprintf(out, "; try %s", strconv.Quote(*g.Example))
				}
				fmt.Fprintln(out)
			}
		}
	}
	return nil
}
