package compare

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// A LostError says that a match was not found again by an engine that had found
// it: it was stopped before, or it is not the same each time.
type LostError struct {
	Engine  engine.Info
	Index   int
	Outcome engine.Outcome // of the second search
	Err     error
}

func (e *LostError) Error() string {
	words := fmt.Sprintf("%s %s did not find match %d again (%s)", e.Engine.Name, e.Engine.Version, e.Index+1, e.Outcome)
	if e.Err != nil {
		words += ": " + e.Err.Error()
	}
	return words
}

// Unwrap returns what the engine said.
func (e *LostError) Unwrap() error { return e.Err }
