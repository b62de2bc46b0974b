package wire

// Types of the conversation about tests of patterns.
const (
	TypeTests       = "tests"
	TypeImportTests = "import-tests"

	TypeTestFile      = "test-file"
	TypeTestResults   = "test-results"
	TypeTestCoverage  = "test-coverage"
	TypeImportedTests = "imported-tests"
)

// MaxTestsBytes is the longest file of tests in bytes that the page keeps. It is
// sent whole at each key, and comes back read, which takes some ten milliseconds.
const MaxTestsBytes = 262144

// Tests is the page's file of tests, in TOML. It is read at once, and run while the
// page shows the panel "tests"; the next one takes its place.
type Tests struct {
	Type string `json:"type"`
	// Serial grows with each one; it is in what is said of it.
	Serial int    `json:"serial"`
	Text   string `json:"text"`
}

// ImportTests asks for a file of another program's in our format.
type ImportTests struct {
	Type string `json:"type"`
	// Name is that of the file, and Text what it says, the JSON of regex101.
	Name string `json:"name"`
	Text string `json:"text"`
}

// ImportedTests answers.
type ImportedTests struct {
	Type string `json:"type"`
	Name string `json:"name"`
	// Text is the file in our format, "" when there is none.
	Text string `json:"text"`
	// Left names what could not be said in it.
	Left []string `json:"left"`
	// Error says why there is none, with line and column where there is a place.
	Error string `json:"error,omitempty"`
}

// TestFile is what a file of tests says, or what is wrong with it. It comes once for
// each Tests.
type TestFile struct {
	Type     string        `json:"type"`
	Serial   int           `json:"serial"`
	Problems []TestProblem `json:"problems"`
	// Patterns are empty when there are problems.
	Patterns []TestPattern `json:"patterns"`
}

// TestProblem is one thing that is wrong with the file.
type TestProblem struct {
	At      int    `json:"at"`   // in UTF-16 units
	Line    int    `json:"line"` // from 1
	Column  int    `json:"column"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// TestPattern is one pattern of the file with its inputs. What is not said is absent.
type TestPattern struct {
	// From and To are where it is written, without its inputs, in UTF-16 units. They are
	// equal when it cannot be written anew without something else.
	From        int     `json:"from"`
	To          int     `json:"to"`
	Name        string  `json:"name,omitempty"`
	Flavor      string  `json:"flavor"`
	Engine      string  `json:"engine,omitempty"`
	Flags       string  `json:"flags,omitempty"`
	Pattern     string  `json:"pattern"`
	Replacement *string `json:"replacement,omitempty"`
	Steps       int     `json:"steps,omitempty"`
	MSPerMB     float64 `json:"msPerMB,omitempty"`
	// Linear is one more test, whose result has the index behind those of the inputs.
	Linear bool `json:"linear,omitempty"`

	Inputs []TestInput `json:"inputs"`
}

// TestInput is a text and what has to come of it. What is not said is absent.
type TestInput struct {
	From int    `json:"from"` // as in TestPattern
	To   int    `json:"to"`
	Name string `json:"name,omitempty"`
	Text string `json:"text"` // without its repetitions
	// TextBase64 has the bytes of a text that is not UTF-8.
	TextBase64 string      `json:"textBase64,omitempty"`
	Times      int         `json:"times,omitempty"`
	Match      *bool       `json:"match,omitempty"`
	First      *TestMatch  `json:"first,omitempty"`
	All        bool        `json:"all,omitempty"` // Matches are all that there may be
	Matches    []TestMatch `json:"matches"`
	Replaced   *string     `json:"replaced,omitempty"`
	Steps      int         `json:"steps,omitempty"`
	MSPerMB    float64     `json:"msPerMB,omitempty"`
}

// TestMatch is what a match has to be.
type TestMatch struct {
	Span   []int       `json:"span,omitempty"` // start and end in bytes
	Text   *string     `json:"text,omitempty"`
	Groups []TestGroup `json:"groups"`
}

// TestGroup is what a group has to be.
type TestGroup struct {
	Key  string  `json:"key"` // its number or name
	Span []int   `json:"span,omitempty"`
	Text *string `json:"text,omitempty"`
	None bool    `json:"none,omitempty"`
}

// TestResults are the results that have come since the last ones, in the order of
// the file. After the last one Done is set.
type TestResults struct {
	Type    string       `json:"type"`
	Serial  int          `json:"serial"`
	Results []TestResult `json:"results"`
	Done    bool         `json:"done"`
	// Failed says why there are no more.
	Failed string `json:"failed,omitempty"`
}

// TestResult is what came of one input.
type TestResult struct {
	Pattern int    `json:"pattern"` // its index
	Input   int    `json:"input"`   // its index in the pattern
	Status  string `json:"status"`  // "passed", "failed", "error" or "stopped"
	Engine  Engine `json:"engine"`
	// Text is the text of a test that is generated, if it is not good.
	Text string `json:"text,omitempty"`
	// Details are what differs or what is wrong, in lines with marks.
	Details string  `json:"details,omitempty"`
	Ms      float64 `json:"ms"`
	Steps   int     `json:"steps,omitempty"`
	MSPerMB float64 `json:"msPerMB,omitempty"`
}

// TestCoverage is what the inputs of one pattern exercise of it. It follows the
// results of the whole file, one for each pattern, before the last TestResults.
type TestCoverage struct {
	Type      string            `json:"type"`
	Serial    int               `json:"serial"`
	Pattern   int               `json:"pattern"` // its index
	Parts     int               `json:"parts"`   // that can be exercised
	Exercised int               `json:"exercised"`
	Matches   int               `json:"matches"` // of all inputs that could be followed
	Gaps      []TestCoverageGap `json:"gaps"`
	Left      []string          `json:"left"` // inputs that could not be followed, with the reason
	// Error says why nothing is known.
	Error string `json:"error,omitempty"`
}

// TestCoverageGap is a part of the pattern that no input exercises.
type TestCoverageGap struct {
	From    int    `json:"from"` // of the pattern, in UTF-16 units
	To      int    `json:"to"`
	Message string `json:"message"`
	// Example is a text that exercises it, absent when none was found.
	Example *string `json:"example,omitempty"`
}
