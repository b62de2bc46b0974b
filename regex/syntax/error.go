// Package syntax holds what is known of a pattern's text: for now the
// diagnostic type and how it is printed.
package syntax

// A Span is a half-open range [Start, End) of byte offsets in a pattern. An
// empty span is a position between two characters.
type Span struct{ Start, End int }

// A Code is the kind of an [Error], for programs. Codes are stable: they are
// part of the batch contract.
type Code string

// An Error is one thing wrong with a pattern, made for people: what, where, and
// what to do about it. All offsets are bytes in the pattern as the user wrote
// it, without anything that an engine wrapper puts around it.
type Error struct {
	Code    Code   // the kind, such as "missing-paren"
	Message string // one sentence without a final period, without the pattern
	Span    Span   // where; the whole pattern when the place is not known
	Aux     *Note  // another place that explains this one, or nil
	Hint    string // what would work instead, or ""
	Fix     *Fix   // what can be written instead, or nil
	// Severity is that of a warning, and SeverityError for what engines refuse.
	Severity Severity
}

// A Fix is a text to write instead of a part of the pattern.
type Fix struct {
	Span Span
	Text string
}

// Severity says how much something matters.
type Severity uint8

// The severities.
const (
	SeverityError   Severity = iota // engines refuse the pattern
	SeverityWarning                 // it hardly means what its author meant
	SeverityHint                    // it could be written more clearly
)

var severityNames = [...]string{"error", "warning", "hint"}

// String returns the severity's stable name.
func (s Severity) String() string { return severityNames[s] }

// A Note points at a second place of the pattern.
type Note struct {
	Span    Span
	Message string // such as "this group opened here"
}

// Error returns the message and the hint, without the pattern. Use [Caret] for
// the picture.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + " (" + e.Hint + ")"
}
