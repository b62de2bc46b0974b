package executor

import "strconv"

// Priority says who waits for a job.
type Priority uint8

const (
	// Interactive jobs have a person waiting: they start before any background job.
	Interactive Priority = iota
	// Background jobs may be late: a report, a batch, a benchmark.
	Background

	priorities = 2
)

// backgroundEvery bounds how long background work can be passed over: once this many interactive jobs in a row have
// started while a background job waited, the next start is a background job. Under a permanent overload of
// interactive work background work so gets one start in nine.
const backgroundEvery = 8

// String returns the name of the constant in lower case.
func (p Priority) String() string {
	switch p {
	case Interactive:
		return "interactive"
	case Background:
		return "background"
	}
	return "Priority(" + strconv.Itoa(int(p)) + ")"
}
