package differential

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

// maxQuoted is how many bytes of a pattern a list of exceptions may quote: what is longer is somebody's work, with a licence,
// and is referred to by how it begins and its hash.
const maxQuoted = 60

// A quotedPattern is how a list of exceptions names a pattern: in Go's quotes, or how it begins in Go's quotes, and three dots
// and the hash of all of it in 16 hexadecimal digits behind them.
type quotedPattern struct {
	text string
	hash uint64 // of a reference; 0 for a pattern
}

func parseQuoted(field string) (q quotedPattern, err error) {
	quoted, err := strconv.QuotedPrefix(field)
	if err != nil {
		return q, fmt.Errorf("pattern %s: %w", field, err)
	}
	if q.text, err = strconv.Unquote(quoted); err != nil {
		return q, fmt.Errorf("pattern %s: %w", field, err)
	}
	digits, isReference := strings.CutPrefix(field[len(quoted):], "...")
	switch {
	case field == quoted && len(q.text) > maxQuoted:
		return q, fmt.Errorf("pattern %s is longer than %d bytes: name it %s", field, maxQuoted, quotePattern(q.text))
	case field == quoted:
		return q, nil
	case !isReference || len(digits) != 16:
		return q, errors.New("pattern " + field + " has no hash of 16 digits behind three dots")
	}
	q.hash, err = strconv.ParseUint(digits, 16, 64)
	return q, err
}

// quotePattern is how a list of exceptions names a pattern.
func quotePattern(text string) string {
	if len(text) <= maxQuoted {
		return strconv.QuoteToASCII(text)
	}
	begin := 0
	for i := range text {
		if i > maxQuoted/3 {
			break
		}
		begin = i
	}
	return fmt.Sprintf("%s...%016x", strconv.QuoteToASCII(text[:begin]), hashOf(text))
}

// find returns the pattern that is meant, which has to be one of some when it is a reference.
func (q quotedPattern) find(patterns map[uint64]string) (string, error) {
	if q.hash == 0 {
		return q.text, nil
	}
	text, ok := patterns[q.hash]
	if !ok || !strings.HasPrefix(text, q.text) {
		return "", fmt.Errorf("no pattern begins with %q and has the hash %016x", q.text, q.hash)
	}
	return text, nil
}

// hashed are patterns by their hashes.
func hashed(patterns []Pattern) map[uint64]string {
	all := make(map[uint64]string, len(patterns))
	for _, p := range patterns {
		all[hashOf(p.Text)] = p.Text
	}
	return all
}

// hashOf is the hash of a pattern: FNV-1a of 64 bits.
func hashOf(text string) uint64 {
	hash := fnv.New64a()
	hash.Write([]byte(text))
	return hash.Sum64()
}
