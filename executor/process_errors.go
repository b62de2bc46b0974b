package executor

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrOverlap is returned by ProcessPool.Do when a function given to ProcessPool.Submit has two requests at a time, or
// one after it has returned.
var ErrOverlap = errors.New("executor: the child is busy with another request of the same job")

var errTalkedOn = errors.New("executor: child process was ended because it wrote more than one answer")

// RemoteError is an error that a child answered a request with. The child is well and goes on.
type RemoteError struct {
	Message string
	Data    json.RawMessage // what the child adds for programs; may be nil
}

// Error returns the child's message as it is.
func (e *RemoteError) Error() string { return e.Message }

// CrashError says that a child died, or closed its standard output or input and was killed, while it was wanted.
type CrashError struct {
	State    string // such as "exit status 3" or "signal: segmentation fault"
	Code     int    // the exit status; -1 when it ended by a signal
	CPULimit bool   // it ended because of ProcessOptions.CPU
	MaxRSS   int64  // the most memory that it had resident, in bytes; 0 where that is unknown
	Stderr   string // the end of what it wrote to standard error, 4 KB at most; its words, so take care where it goes
}

// Error says how the child ended and shows the end of its standard error.
func (e *CrashError) Error() string {
	what := e.State
	if e.CPULimit {
		what += " (CPU limit of the request)"
	}
	return withStderr("executor: child process died: "+what, e.Stderr)
}

// ProtocolError says that a child wrote something that is not the protocol, and was killed for it.
type ProtocolError struct {
	Err    error
	Line   string // the beginning of the line; empty when it was not one line that was wrong
	Stderr string // as in CrashError
}

// Error says what is wrong, with the beginning of the line in question.
func (e *ProtocolError) Error() string {
	s := "executor: child process broke the protocol: " + e.Err.Error()
	if e.Line != "" {
		s += fmt.Sprintf(": %q", e.Line)
	}
	return withStderr(s, e.Stderr)
}

// Unwrap returns what is wrong.
func (e *ProtocolError) Unwrap() error { return e.Err }

// StartError says that there is no child because the last one could not be started or died before it was of use.
type StartError struct {
	Err      error     // such as a *CrashError, a *ProtocolError or an *exec.Error
	Failures int       // how many starts in a row have failed
	Retry    time.Time // until then requests fail at once, with this error
}

// Error says why the child did not start.
func (e *StartError) Error() string { return "executor: child process did not start: " + e.Err.Error() }

// Unwrap returns why the child did not start.
func (e *StartError) Unwrap() error { return e.Err }

func withStderr(s, stderr string) string {
	switch {
	case stderr == "":
		return s
	case strings.Contains(stderr, "\n"):
		return s + "\n" + stderr
	}
	return s + ": " + stderr
}
