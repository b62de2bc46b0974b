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

// Records asks an oracle about patterns, with each set of flags of its flavor. It leaves out those that the engine
// cannot be asked about: see Oracle.Text.
func Records(ctx context.Context, o Oracle, patterns []Pattern) ([]Record, error) {
	var records []Record
	var queries []Query
	for _, flags := range FlagSets[o.Flavor()] {
		for _, p := range patterns {
			valid := utf8.ValidString(p.Text)
			if !valid && o.Text() {
				continue
			}
			r := Record{Corpus: p.Corpus, Flags: flags, Bytes: []byte(p.Text)}
			if valid {
				r.Pattern = p.Text
			}
			records, queries = append(records, r), append(queries, Query{flags, p.Text})
		}
	}
	answers, err := o.Ask(ctx, queries)
	if err != nil {
		return nil, err
	}
	for i, a := range answers {
		r := &records[i]
		r.OK, r.Unknown, r.Error, r.Offset, r.Groups, r.Names = a.OK, a.Unknown, a.Error, a.Offset, a.Groups, a.Names
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
