package differential

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strconv"
	"strings"
)

//go:embed exceptions/*.txt
var exceptionFiles embed.FS

// An Exception is a question about which our parser knowingly disagrees with an engine.
type Exception struct {
	Query
	Reason string
	Line   int // in exceptions/FLAVOR.txt
}

// Exceptions reads those of a flavor. A line of the file is the flags, or - for none, the pattern as quotePattern has it, and
// the reason, with a tab after each of the first two; lines that start with # are comments. A pattern that a line refers
// to has to be one of those given.
func Exceptions(flavor string, patterns []Pattern) ([]Exception, error) {
	content, err := exceptionFiles.ReadFile("exceptions/" + flavor + ".txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseExceptions(string(content), hashed(patterns))
}

// exceptionLines yields the lines that are no comments, with their numbers.
func exceptionLines(content string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		number := 0
		for line := range strings.Lines(content) {
			number++
			line = strings.TrimSuffix(line, "\n")
			if line != "" && !strings.HasPrefix(line, "#") && !yield(number, line) {
				return
			}
		}
	}
}

func parseExceptions(content string, patterns map[uint64]string) ([]Exception, error) {
	var exceptions []Exception
	seen := map[Query]bool{}
	for number, line := range exceptionLines(content) {
		fields := strings.SplitN(line, "\t", 3)
		if len(fields) != 3 || fields[0] == "" || strings.TrimSpace(fields[2]) == "" {
			return nil, fmt.Errorf("line %d is not flags, pattern and reason with tabs between them", number)
		}
		quoted, err := parseQuoted(fields[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		pattern, err := quoted.find(patterns)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		e := Exception{Query{strings.TrimPrefix(fields[0], "-"), pattern}, fields[2], number}
		if seen[e.Query] {
			return nil, fmt.Errorf("line %d is a pattern that was there before: %s", number, fields[1])
		}
		seen[e.Query] = true
		exceptions = append(exceptions, e)
	}
	return exceptions, nil
}

// A ConversionException is a conversion that differs for a reason that is not the conversion's.
type ConversionException struct {
	From, To, Pattern, Reason string
	Line                      int // in exceptions/conversions.txt
}

// Covers reports whether it is about a conversion.
func (e ConversionException) Covers(c *Conversion) bool {
	return e.From == c.From && (e.To == c.To || e.To == "*") && e.Pattern == c.Pattern
}

// ConversionExceptions reads them. A line of the file is the flavors, with * for any other flavor, the pattern in Go's
// quotes, and the reason, with tabs between them.
func ConversionExceptions() ([]ConversionException, error) {
	content, err := exceptionFiles.ReadFile("exceptions/conversions.txt")
	if err != nil {
		return nil, err
	}
	return parseConversionExceptions(string(content))
}

func parseConversionExceptions(content string) ([]ConversionException, error) {
	var exceptions []ConversionException
	for number, line := range exceptionLines(content) {
		fields := strings.SplitN(line, "\t", 4)
		if len(fields) != 4 || !slices.Contains(Flavors, fields[0]) || fields[1] != "*" && !slices.Contains(Flavors, fields[1]) ||
			strings.TrimSpace(fields[3]) == "" {
			return nil, fmt.Errorf("line %d is not two flavors, pattern and reason with tabs between them", number)
		}
		pattern, err := strconv.Unquote(fields[2])
		if err != nil {
			return nil, fmt.Errorf("line %d: pattern %s: %w", number, fields[2], err)
		}
		exceptions = append(exceptions, ConversionException{fields[0], fields[1], pattern, fields[3], number})
	}
	return exceptions, nil
}

// A MachineException is a source for which the machine of regex/trace finds something else than the engine, or that it does
// not run, for a reason that is not the machine's.
type MachineException struct {
	Flavor string
	Query
	Proof  Proof
	Reason string
	Line   int // in exceptions/machine.txt
}

// Covers reports whether it is about a source of a flavor.
func (e MachineException) Covers(flavor string, s *Source) bool {
	return e.Flavor == flavor && e.Query == s.Query
}

// MachineExceptions reads them. A line of the file is the flavor, the flags, or - for none, the pattern as quotePattern has
// it, the proof, or - for none, and the reason, with tabs between them. A pattern that a line refers to has to be one of those given.
func MachineExceptions(patterns []Pattern) ([]MachineException, error) {
	content, err := exceptionFiles.ReadFile("exceptions/machine.txt")
	if err != nil {
		return nil, err
	}
	return parseMachineExceptions(string(content), hashed(patterns))
}

func parseMachineExceptions(content string, patterns map[uint64]string) ([]MachineException, error) {
	var exceptions []MachineException
	for number, line := range exceptionLines(content) {
		flavor, rest, _ := strings.Cut(line, "\t")
		one, err := parseExceptions(rest, patterns)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		proof, reason, ok := strings.Cut(one[0].Reason, "\t")
		if !ok || strings.TrimSpace(reason) == "" || !slices.Contains(Stepping, flavor) || proof != "-" && !Proof(proof).isValid() {
			return nil, fmt.Errorf("line %d is not a flavor, flags, pattern, proof and reason with tabs between them", number)
		}
		exceptions = append(exceptions, MachineException{flavor, one[0].Query, Proof(strings.TrimPrefix(proof, "-")), reason, number})
	}
	return exceptions, nil
}

// A SuiteException is what an engine finds otherwise than a suite says.
type SuiteException struct {
	Engines              []string
	Suite, Trial, Reason string
	Line                 int // in exceptions/suites.txt
}

// Covers reports whether it is about an engine, in any version, and a suite.
func (e SuiteException) Covers(engine, suite string) bool {
	name, _, _ := strings.Cut(engine, "@")
	return e.Suite == suite && slices.Contains(e.Engines, name)
}

// SuiteExceptions reads them. A line of the file is the engines with commas between them, the suite, the trial's name, and
// the reason, with tabs between them.
func SuiteExceptions() ([]SuiteException, error) {
	content, err := exceptionFiles.ReadFile("exceptions/suites.txt")
	if err != nil {
		return nil, err
	}
	return parseSuiteExceptions(string(content))
}

func parseSuiteExceptions(content string) ([]SuiteException, error) {
	var exceptions []SuiteException
	for number, line := range exceptionLines(content) {
		fields := strings.SplitN(line, "\t", 4)
		if len(fields) != 4 || fields[0] == "" || strings.TrimSpace(fields[3]) == "" || !slices.ContainsFunc(Suites, func(s Suite) bool { return s.Name == fields[1] }) {
			return nil, fmt.Errorf("line %d is not engines, a suite, a trial and a reason with tabs between them", number)
		}
		exceptions = append(exceptions, SuiteException{strings.Split(fields[0], ","), fields[1], fields[2], fields[3], number})
	}
	return exceptions, nil
}
