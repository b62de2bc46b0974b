package regextest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// A File is what a file of tests says.
type File struct {
	Name     string // as it was opened, for messages
	Patterns []*Pattern
}

// A Pattern is one pattern and what it has to do.
type Pattern struct {
	Name    string
	Flavor  string // the canonical name of the flavor
	Engine  string // one of the flavor's engines, or "" for its first one
	Flags   string
	Pattern string
	// Replacement is in the engine's own syntax, or nil.
	Replacement *string
	Budget      Budget // of each input that has none of its own
	// Linear says that steps have to grow with the text and not faster, on texts that are made to attack the pattern:
	// one more test, behind those of the inputs.
	Linear bool
	Inputs []*Input
	Line   int   // of the file, from 1
	Block  Block // without its inputs
}

// A Block is where a pattern or an input is written in its file, in bytes: from the begin of the line of its header
// to the end of the last of its keys. It is empty for what is written in one value, as in input = [{...}].
type Block struct{ Start, End int }

// A Budget is what a search may take. Zero values set no bound.
type Budget struct {
	// Steps is the most steps that the stepping machine may take, see package trace.
	Steps int64
	// MSPerMB is the most milliseconds that a search for all matches may take for each 1,000,000 bytes of text.
	MSPerMB float64
}

// An Input is a text and what has to come of it. What is nil is not checked.
type Input struct {
	Name string
	Text []byte // with Times applied
	// Path is the file that the text is in, as the tests' file says it; "" for a text that is in the tests' file.
	Path string
	// Times is how often the text of the file is repeated, 1 at least.
	Times int
	// Match says whether there has to be a match.
	Match *bool
	// First is the first match.
	First *Expected
	// Matches are all matches; nil when they are not checked.
	Matches []Expected
	// Replaced is the text with all matches replaced.
	Replaced *string
	Budget   Budget
	Line     int // of the file, from 1
	Block    Block
}

// An Expected is what a match has to be. What is nil or not there is not checked.
type Expected struct {
	Span   *[2]int // bytes, the end not included
	Text   *string
	Groups []ExpectedGroup // in ascending order of their keys
}

// An ExpectedGroup is what a group has to be: at a span, of a text, or in no part of the match.
type ExpectedGroup struct {
	Key  string // its number or name
	Span *[2]int
	Text *string
	None bool
}

// Tests is how many tests a pattern has.
func (p *Pattern) Tests() int {
	if p.Linear {
		return len(p.Inputs) + 1
	}
	return len(p.Inputs)
}

// budget is what holds for an input.
func (p *Pattern) budget(in *Input) Budget {
	b := in.Budget
	if b.Steps == 0 {
		b.Steps = p.Budget.Steps
	}
	if b.MSPerMB == 0 {
		b.MSPerMB = p.Budget.MSPerMB
	}
	return b
}

// MaxFile is the longest file of tests in bytes: more than anybody writes, and read within a second.
const MaxFile = 16 << 20

// MaxText is the longest text of an input in bytes, with its repetitions: what local runtimes take. [Parse] takes as
// much for all texts together.
const MaxText = 64 << 20

// MinMeasured is the shortest text in bytes whose speed is measured: in shorter ones it is the time that a search
// takes to begin which counts.
const MinMeasured = 64 << 10

// Load reads a file of tests, and the texts of its inputs that are in files of their own, whose paths are relative to
// its folder. Errors about what it says are [Problems].
func Load(name string) (*File, error) {
	data, err := readBounded(name, MaxFile)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // some editors write a byte order mark, which TOML 1.0 has no place for
	f, problems := read(name, data, filepath.Dir(name))
	if len(problems) > 0 {
		return nil, problems
	}
	return f, nil
}

// Parse reads a file of tests from memory. Inputs with texts in files of their own are errors, and so are texts that
// have more than MaxText bytes together: who sends a file may have little, and this program would need much. Errors are
// [Problems].
func Parse(name string, data []byte) (*File, error) {
	f, problems := read(name, data, "")
	if len(problems) > 0 {
		return nil, problems
	}
	return f, nil
}

func readBounded(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > most {
		return nil, fmt.Errorf("%s has %d bytes, and %d are the most", name, info.Size(), most)
	}
	return os.ReadFile(name)
}

// A Problem is one thing that is wrong with a file of tests.
type Problem struct {
	File         string // "" where nobody has said its name
	Line, Column int    // from 1; columns are bytes
	Offset       int    // in bytes
	Message      string
	Hint         string // what to do about it, or ""
}

// Error returns the place, the message and the hint in one or two lines.
func (p *Problem) Error() string {
	s := fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message)
	if p.File != "" {
		s = p.File + ":" + s
	}
	if p.Hint != "" {
		s += "\n  " + p.Hint
	}
	return s
}

// Problems are all things that are wrong with a file of tests, in its order.
type Problems []*Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// text makes the text that is searched.
func (in *Input) text() *engine.Text { return engine.NewText(in.Text) }
