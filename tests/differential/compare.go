package differential

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Parsed is what our parser says of a pattern.
type Parsed struct {
	OK      bool
	Code    string // of the first error
	Message string // of the first error
	Offset  int    // where it is, in bytes; -1 when it is OK
	Groups  int    // as in Answer
	Names   []Name // as in Answer
}

func (p Parsed) String() string {
	if !p.OK {
		return fmt.Sprintf("refused at %d: %s: %s", p.Offset, p.Code, p.Message)
	}
	return fmt.Sprintf("groups %d, names %v", p.Groups, p.Names)
}

// A Parse is our parser.
type Parse func(flavor, flags, pattern string) Parsed

// Kind is how a parser can disagree with an engine.
type Kind string

// The kinds of disagreement.
const (
	TooStrict Kind = "too-strict" // the engine accepts the pattern
	TooLax    Kind = "too-lax"    // the engine refuses the pattern
	Groups    Kind = "groups"     // both accept it, but count its groups differently
	Names     Kind = "names"      // both accept it, but name its groups differently
)

// A Difference is a disagreement about one pattern.
type Difference struct {
	Kind   Kind
	Record Record
	Parsed Parsed
}

// Cluster is what differences with one cause have in common, mostly: our error code, or the engine's error text without
// numbers and quoted pieces of the pattern.
func (d Difference) Cluster() string {
	switch d.Kind {
	case TooStrict:
		return d.Parsed.Code
	case TooLax:
		return generalize(d.Record.Error)
	}
	return ""
}

// generalize replaces what is particular to a pattern in an engine's error text.
func generalize(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		end := i + 1
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			for end < len(text) && text[end] >= '0' && text[end] <= '9' {
				end++
			}
			b.WriteByte('#')
		case strings.IndexByte("'\"`<{", c) >= 0:
			closing := c
			if open := strings.IndexByte("<{", c); open >= 0 {
				closing = ">}"[open]
			}
			if length := strings.LastIndexByte(text[end:], closing); length >= 0 {
				end += length + 1
			}
			b.WriteString("...")
		case c == '\\':
			end = min(end+1, len(text))
			b.WriteString("...")
		default:
			b.WriteByte(c)
		}
		i = end
	}
	return b.String()
}

// disagree says how a parser's answer differs from an engine's; false when it does not.
func disagree(a Answer, p Parsed) (Kind, bool) {
	switch {
	case a.OK && !p.OK:
		return TooStrict, true
	case !a.OK && p.OK:
		return TooLax, true
	case !a.OK:
		return "", false
	case a.Groups != p.Groups:
		return Groups, true
	case !sameNames(a.Names, p.Names):
		return Names, true
	}
	return "", false
}

// sameNames compares names and numbers; only their order where the engine does not tell numbers.
func sameNames(engine, ours []Name) bool {
	return slices.EqualFunc(engine, ours, func(a, b Name) bool {
		return a.Name == b.Name && (a.Number == b.Number || a.Number == 0)
	})
}

// A Tally counts the answers to the questions of one corpus.
type Tally struct {
	Corpus                   string
	Same, Different, Unknown int
	// Placed counts the errors that both see and whose place the engine tells; SamePlace those where ours is the same.
	Placed, SamePlace int
}

// Rate is the share of the known answers that are the same; 1 when there are none.
func (t Tally) Rate() float64 {
	if t.Same+t.Different == 0 {
		return 1
	}
	return float64(t.Same) / float64(t.Same+t.Different)
}

// A Report is how a parser compares with an engine.
type Report struct {
	Flavor, Engine string
	Tallies        []Tally // of each corpus, in the order of the records
	Differences    []Difference
	exceptions     []Exception
}

// Compare has a parser answer what an engine was asked.
func Compare(flavor, engine string, records []Record, parse Parse) *Report {
	report := &Report{Flavor: flavor, Engine: engine}
	places := map[string]int{}
	for _, r := range records {
		place, ok := places[r.Corpus]
		if !ok {
			place = len(report.Tallies)
			places[r.Corpus] = place
			report.Tallies = append(report.Tallies, Tally{Corpus: r.Corpus})
		}
		tally := &report.Tallies[place]
		if r.Unknown != "" {
			tally.Unknown++
			continue
		}
		p := parse(flavor, r.Flags, string(r.Bytes))
		kind, differs := disagree(r.Answer(), p)
		if differs {
			tally.Different++
			report.Differences = append(report.Differences, Difference{kind, r, p})
			continue
		}
		tally.Same++
		if !r.OK && r.Offset >= 0 {
			tally.Placed++
			if r.Offset == p.Offset {
				tally.SamePlace++
			}
		}
	}
	return report
}

// Total adds the tallies up: those of the corpora, or those of generated patterns.
func (r *Report) Total(generated bool) Tally {
	total := Tally{Corpus: "corpora"}
	if generated {
		total.Corpus = "generated"
	}
	for _, t := range r.Tallies {
		if IsGenerated(t.Corpus) == generated {
			total.Same += t.Same
			total.Different += t.Different
			total.Unknown += t.Unknown
			total.Placed += t.Placed
			total.SamePlace += t.SamePlace
		}
	}
	return total
}

// IsGenerated reports whether a corpus is one that is made here, and not a suite.
func IsGenerated(corpus string) bool {
	return corpus == corpusRandom || corpus == corpusShort || corpus == corpusTokens || corpus == corpusMutants
}

// clusterExamples is how many patterns a summary shows of each cluster.
const clusterExamples = 4

// Summarize writes the agreement with each corpus, and then the differences in clusters, the largest first, with the
// shortest patterns of each.
func (r *Report) Summarize(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.Flavor, r.Engine)
	for _, t := range append(slices.Clone(r.Tallies), r.Total(false), r.Total(true)) {
		fmt.Fprintf(&b, "  %-14s %8.4f %%  %6d same %5d different %3d unknown", t.Corpus, 100*t.Rate(), t.Same, t.Different, t.Unknown)
		if t.Placed > 0 {
			fmt.Fprintf(&b, "  errors at the same place: %d of %d", t.SamePlace, t.Placed)
		}
		b.WriteByte('\n')
	}
	type key struct {
		kind    Kind
		cluster string
	}
	clusters := map[key][]Difference{}
	var keys []key
	for _, d := range r.Differences {
		k := key{d.Kind, d.Cluster()}
		if clusters[k] == nil {
			keys = append(keys, k)
		}
		clusters[k] = append(clusters[k], d)
	}
	slices.SortStableFunc(keys, func(a, b key) int { return len(clusters[b]) - len(clusters[a]) })
	for _, k := range keys {
		found := clusters[k]
		fmt.Fprintf(&b, "  %5d %s %s\n", len(found), k.kind, k.cluster)
		slices.SortStableFunc(found, func(a, b Difference) int {
			return cmp.Or(len(a.Record.Bytes)-len(b.Record.Bytes), bytes.Compare(a.Record.Bytes, b.Record.Bytes))
		})
		found = slices.CompactFunc(found, func(a, b Difference) bool { return bytes.Equal(a.Record.Bytes, b.Record.Bytes) })
		for _, d := range found[:min(clusterExamples, len(found))] {
			fmt.Fprintf(&b, "          %-2s %.100q engine: %s; we: %s\n", d.Record.Flags, d.Record.Bytes, d.Record.Answer(), d.Parsed)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteTSV writes a line for each difference, for grep: kind, corpus, flags, pattern in Go's quotes, the engine's
// answer, ours.
func (r *Report) WriteTSV(w io.Writer) error {
	var b strings.Builder
	for _, d := range r.Differences {
		fields := []string{
			string(d.Kind), d.Record.Corpus, d.Record.Flags, strconv.Quote(string(d.Record.Bytes)),
			strconv.Quote(d.Record.Answer().String()), strconv.Quote(d.Parsed.String()),
		}
		b.WriteString(strings.Join(fields, "\t") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
