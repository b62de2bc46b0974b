package library

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits of an entry. They keep a list of entries readable and a request for it small; contents are bounded by what
// one row of SQLite takes without trouble.
const (
	MaxName        = 200      // runes
	MaxDescription = 10_000   // bytes
	MaxTags        = 20       // of an entry
	MaxTag         = 50       // runes
	MaxPattern     = 1 << 20  // bytes, also of a replacement and of a file of tests
	MaxText        = 64 << 20 // bytes, what a page takes
	MinID, MaxID   = 16, 64   // bytes: as many make two that are alike unlikely, and fill no index
)

// About is what an entry is called, and how it is found again.
type About struct {
	Name        string
	Description string
	Tags        []string // sorted, without duplicates
	Favourite   bool
}

// How a text is many inputs, each of which is searched by itself.
const (
	OneDocument = ""
	InputLines  = "lines"
	InputSet    = "set" // named ones, behind lines "=== name"
)

// Content is what a version holds. Pattern, Replacement, List, Text and Tests may be any bytes.
type Content struct {
	Flavor  string
	Flags   string
	Engine  string // its name, or "" for the flavor's first one
	Pattern string
	// Replacement is nil for none. List is the template of a list, nil when the replacement makes a text.
	Replacement, List *string
	Text              []byte
	Inputs            string // how Text is many inputs: OneDocument, InputLines or InputSet
	// Tests is the file of tests, empty for none; nil where nothing was said of it, in a version that was saved before
	// there were any.
	Tests *string
}

// equal reports whether two contents are the same in every byte.
func (c *Content) equal(d *Content) bool {
	same := func(a, b *string) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }
	return c.Flavor == d.Flavor && c.Flags == d.Flags && c.Engine == d.Engine && c.Pattern == d.Pattern &&
		same(c.Replacement, d.Replacement) && same(c.List, d.List) && string(c.Text) == string(d.Text) &&
		c.Inputs == d.Inputs && same(c.Tests, d.Tests)
}

// Version is one save of an entry.
type Version struct {
	ID    string
	Saved time.Time // in milliseconds
	Content
}

// Entry is an entry with one of its versions.
type Entry struct {
	ID string
	About
	Created, Changed time.Time // in milliseconds; Changed also by what is not a version, such as a new name
	Versions         int       // how many it has
	Latest           string    // the id of the one that was saved last
	Version          Version   // the one that was asked for
}

// InvalidError says what an entry may not be.
type InvalidError struct {
	Field   string // "name", "description", "tags", "pattern", "replacement", "tests", "inputs", "text" or "id"
	Message string // a sentence
}

func (e *InvalidError) Error() string { return e.Message }

func invalid(field, format string, args ...any) error {
	return &InvalidError{Field: field, Message: fmt.Sprintf(format, args...)}
}

// tidy returns about with spaces around names cut off and tags in order, or an *InvalidError.
func (a About) tidy() (About, error) {
	a.Name = strings.TrimSpace(a.Name)
	switch n := utf8.RuneCountInString(a.Name); {
	case a.Name == "":
		return a, invalid("name", "An entry needs a name.")
	case n > MaxName:
		return a, invalid("name", "The name has %d characters, and at most %d are kept.", n, MaxName)
	case !utf8.ValidString(a.Name) || strings.ContainsFunc(a.Name, unicode.IsControl):
		return a, invalid("name", "The name is one line of text.")
	case len(a.Description) > MaxDescription:
		return a, invalid("description", "The description has %d bytes, and at most %d are kept.", len(a.Description), MaxDescription)
	case !utf8.ValidString(a.Description):
		return a, invalid("description", "The description is not UTF-8.")
	}
	tags := make([]string, 0, len(a.Tags))
	for _, tag := range a.Tags {
		tag = strings.TrimSpace(tag)
		switch {
		case tag == "":
			continue
		case utf8.RuneCountInString(tag) > MaxTag:
			return a, invalid("tags", "A tag has at most %d characters: “%s” is longer.", MaxTag, tag)
		case !utf8.ValidString(tag) || strings.ContainsFunc(tag, func(r rune) bool { return r == ',' || unicode.IsControl(r) }):
			return a, invalid("tags", "A tag is one line of text without a comma.")
		}
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	a.Tags = slices.Compact(tags)
	if len(a.Tags) > MaxTags {
		return a, invalid("tags", "The entry has %d tags, and at most %d are kept.", len(a.Tags), MaxTags)
	}
	return a, nil
}

// checkID returns an *InvalidError for what a caller may not call an entry or a version: ids are letters and digits of
// ASCII, "-" and "_", as base64 for URLs has them.
func checkID(id string) error {
	odd := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}
	if len(id) < MinID || len(id) > MaxID || strings.ContainsFunc(id, odd) {
		return invalid("id", "An id has %d to %d letters, digits, “-” or “_”.", MinID, MaxID)
	}
	return nil
}

// check returns an *InvalidError for a content that is too large.
func (c *Content) check() error {
	for _, part := range []struct {
		field string
		text  *string
	}{{"pattern", &c.Pattern}, {"replacement", c.Replacement}, {"replacement", c.List}, {"tests", c.Tests}} {
		if part.text != nil && len(*part.text) > MaxPattern {
			what := part.field
			if what == "tests" {
				what = "file of tests"
			}
			return invalid(part.field, "The %s has %d bytes, and the library keeps at most %d.", what, len(*part.text), MaxPattern)
		}
	}
	switch c.Inputs {
	case OneDocument, InputLines, InputSet:
	default:
		return invalid("inputs", "There is no way %.40q for a text to be many inputs.", c.Inputs)
	}
	if len(c.Text) > MaxText {
		return invalid("text", "The text has %d bytes, and the library keeps at most %d. Save the entry with a shorter text.", len(c.Text), MaxText)
	}
	return nil
}
