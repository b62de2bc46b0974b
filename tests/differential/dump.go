package differential

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"unicode/utf8"
)

// A Record is a line of a dump: a question with the answer of a real engine. Pattern is what people read, and only
// there when the pattern is valid UTF-8.
type Record struct {
	Corpus  string `json:"corpus"`
	Flags   string `json:"flags"`
	Bytes   []byte `json:"pattern_b64"`
	Pattern string `json:"pattern,omitempty"`
	OK      bool   `json:"ok"`
	Unknown string `json:"unknown,omitempty"`
	Error   string `json:"error,omitempty"`
	Offset  int    `json:"error_offset"`
	Groups  int    `json:"groups"`
	Names   []Name `json:"names,omitempty"`
}

// Answer is what the engine said.
func (r Record) Answer() Answer {
	return Answer{OK: r.OK, Unknown: r.Unknown, Error: r.Error, Offset: r.Offset, Groups: r.Groups, Names: r.Names}
}

// Query is what the engine was asked.
func (r Record) Query() Query { return Query{r.Flags, string(r.Bytes)} }

func newRecord(corpus string, q Query, a Answer) Record {
	r := Record{
		Corpus: corpus, Flags: q.Flags, Bytes: []byte(q.Pattern),
		OK: a.OK, Unknown: a.Unknown, Error: a.Error, Offset: a.Offset, Groups: a.Groups, Names: a.Names,
	}
	if utf8.ValidString(q.Pattern) {
		r.Pattern = q.Pattern
	}
	return r
}

// Records asks an oracle about patterns, with each set of flags of its flavor. It leaves out those that the engine
// cannot be asked about: see Oracle.Text.
func Records(ctx context.Context, o Oracle, patterns []Pattern) ([]Record, error) {
	var corpora []string
	var queries []Query
	for _, flags := range FlagSets[o.Flavor()] {
		for _, p := range patterns {
			if !o.Text() || utf8.ValidString(p.Text) {
				corpora, queries = append(corpora, p.Corpus), append(queries, Query{flags, p.Text})
			}
		}
	}
	answers, err := o.Ask(ctx, queries)
	if err != nil {
		return nil, err
	}
	records := make([]Record, len(queries))
	for i, q := range queries {
		records[i] = newRecord(corpora[i], q, answers[i])
	}
	return records, nil
}

// WriteRecords writes a line of JSON for each record.
func WriteRecords(w io.Writer, records []Record) error {
	buffered := bufio.NewWriter(w)
	encoder := json.NewEncoder(buffered)
	encoder.SetEscapeHTML(false)
	for _, r := range records {
		if err := encoder.Encode(r); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// ReadRecords reads what WriteRecords has written.
func ReadRecords(r io.Reader) ([]Record, error) {
	var records []Record
	for decoder := json.NewDecoder(bufio.NewReader(r)); ; {
		var record Record
		if err := decoder.Decode(&record); err == io.EOF {
			return records, nil
		} else if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}
