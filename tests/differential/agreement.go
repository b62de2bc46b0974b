package differential

import (
	"context"
	"fmt"
	"slices"
)

// floors are the least share of equal answers. Where there is none it is floor.
var floors = map[string]float64{"go": 1}

const floor = 0.995

// corpusExceptions is the corpus of patterns that are asked about only because they are listed as exceptions.
const corpusExceptions = "exceptions"

// Check has a parser answer all questions about a flavor, and compares with its engine. It asks about the patterns
// given, and about the exceptions.
func Check(ctx context.Context, flavor string, patterns []Pattern, parse Parse) (*Report, error) {
	exceptions, err := Exceptions(flavor, patterns)
	if err != nil {
		return nil, fmt.Errorf("exceptions/%s.txt: %w", flavor, err)
	}
	engine, err := Open(ctx, flavor)
	if err != nil {
		return nil, err
	}
	defer func() { _ = engine.Close() }()
	records, err := Records(ctx, Cached(engine), patterns)
	if err != nil {
		return nil, err
	}
	more, err := unasked(ctx, engine, exceptions, records)
	if err != nil {
		return nil, err
	}
	report := Compare(flavor, engine.Engine(), append(records, more...), parse)
	report.exceptions = exceptions
	return report, nil
}

// unasked asks about the exceptions that are not among the records.
func unasked(ctx context.Context, engine Oracle, exceptions []Exception, records []Record) ([]Record, error) {
	asked := map[Query]bool{}
	for _, r := range records {
		asked[r.Query()] = true
	}
	var queries []Query
	for _, e := range exceptions {
		if !asked[e.Query] {
			queries = append(queries, e.Query)
		}
	}
	answers, err := engine.Ask(ctx, queries)
	if err != nil {
		return nil, err
	}
	var more []Record
	for i, q := range queries {
		more = append(more, newRecord(corpusExceptions, q, answers[i]))
	}
	return more, nil
}

// Problems says what is wrong with the report, a sentence each: too many differences; a difference on a corpus that is
// not listed as an exception; an exception that is none.
func (r *Report) Problems() []string {
	least, ok := floors[r.Flavor]
	if !ok {
		least = floor
	}
	var problems []string
	for _, generated := range []bool{false, true} {
		if total := r.Total(generated); total.Rate() < least {
			problems = append(problems, fmt.Sprintf("%s: only %.4f %% of the answers about %s are those of %s, want %.4f %%",
				r.Flavor, 100*total.Rate(), total.Corpus, r.Engine, 100*least))
		}
	}
	different := map[Query]bool{}
	for _, d := range r.Differences {
		q := d.Record.Query()
		different[q] = true
		listed := slices.ContainsFunc(r.exceptions, func(e Exception) bool { return e.Query == q })
		if !listed && !IsGenerated(d.Record.Corpus) {
			problems = append(problems, fmt.Sprintf("%s, %s: flags %q, pattern %q is %s: %s says %s, we say %s",
				r.Flavor, d.Record.Corpus, q.Flags, q.Pattern, d.Kind, r.Engine, d.Record.Answer(), d.Parsed))
		}
	}
	for _, e := range r.exceptions {
		if !different[e.Query] {
			problems = append(problems, fmt.Sprintf("exceptions/%s.txt:%d: we agree with %s about flags %q, pattern %q",
				r.Flavor, e.Line, r.Engine, e.Flags, e.Pattern))
		}
	}
	return problems
}
