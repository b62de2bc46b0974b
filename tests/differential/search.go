package differential

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Search is a pattern with texts in which it is searched. Texts are valid UTF-8, and short.
type Search struct {
	Query
	Texts []string
}

// Found is what an engine finds.
type Found struct {
	// Unknown says why nothing is known, as that of an Answer.
	Unknown string
	// Refused is the engine's own text when it does not take the pattern.
	Refused string
	// Texts are the results for each text; none when one of the above says something.
	Texts []Matches
}

// Matches are the first matches in a text, MaxMatches at most and none behind an empty one: from there on engines go on
// in different ways.
type Matches struct {
	// Unknown says that the engine gave up.
	Unknown bool
	// Spans has, for each match, the start and the end of the whole and of every group, in bytes, or -1.
	Spans [][]int
}

// MaxMatches is how many matches of a text are wanted.
const MaxMatches = 4

const (
	// searchSize is how many patterns a child gets to search with at a time.
	searchSize = 128
	// searchTime is what it may take for them: ordinary ones take microseconds in each of some texts.
	searchTime = 2 * time.Second
)

func (o *childOracle) Search(ctx context.Context, searches []Search) ([]Found, error) {
	return inParts(searches, searchSize, func(part []Search) ([]Found, error) {
		some, err := halve(ctx, part, o.searchLimit, o.searchOnce, func(why string) Found { return Found{Unknown: why} })
		if err != nil {
			err = fmt.Errorf("the oracle of %s: %w", o.flavor, err)
		}
		return some, err
	})
}

func (o *childOracle) searchOnce(ctx context.Context, searches []Search) ([]Found, error) {
	var body bytes.Buffer
	for _, s := range searches {
		fmt.Fprintf(&body, "%s\t%s\t", s.Flags, base64.StdEncoding.EncodeToString([]byte(s.Pattern)))
		for i, text := range s.Texts {
			if i > 0 {
				body.WriteByte(',')
			}
			body.WriteString(base64.StdEncoding.EncodeToString([]byte(text)))
		}
		body.WriteByte('\n')
	}
	return exchange(ctx, o.pool, body.Bytes(), len(searches), readFound)
}

// readFound reads a line of a child's answer to a search. It has two fields with a tab between them: "-" and "!" as for
// readAnswer, with a text in base64, or "+" and the matches of each text. Between the texts there are semicolons, between
// the matches blanks, and between the offsets commas; "!" is a text that the engine gave up.
func readFound(line string) (f Found, err error) {
	verdict, rest, ok := strings.Cut(line, "\t")
	switch {
	case !ok:
		return f, errors.New("one field")
	case verdict != "+":
		text, err := base64.StdEncoding.DecodeString(rest)
		if verdict == "!" {
			return Found{Unknown: string(text)}, err
		}
		return Found{Refused: string(text)}, err
	}
	for text := range strings.SplitSeq(rest, ";") {
		m := Matches{Unknown: text == "!"}
		if text != "" && !m.Unknown {
			for match := range strings.SplitSeq(text, " ") {
				var span []int
				for number := range strings.SplitSeq(match, ",") {
					n, err := strconv.Atoi(number)
					if err != nil {
						return f, err
					}
					span = append(span, n)
				}
				m.Spans = append(m.Spans, span)
			}
		}
		f.Texts = append(f.Texts, m)
	}
	return f, nil
}
