package wire

// Types of the conversation about speed.
const (
	TypeBenchmark     = "benchmark"
	TypeStopBenchmark = "stop-benchmark"
	TypeSpeeds        = "speeds"
)

// Benchmark asks how fast engines are at the pattern and the text of a version,
// the page's present one; of another one it is ignored. It takes the place of a
// benchmark that runs.
type Benchmark struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Engines are their names. One that this machine has not is left out.
	Engines []string `json:"engines"`
}

// StopBenchmark ends it after the search that runs; what is measured stays.
type StopBenchmark struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
}

// Speeds follows a benchmark, first without rounds, then after each round, and
// last with Done.
type Speeds struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Round is the number of rounds measured, Rounds how many there will be at
	// most: fewer when they take long.
	Round  int  `json:"round"`
	Rounds int  `json:"rounds"`
	Done   bool `json:"done"`
	// Failed says why there was no benchmark.
	Failed string  `json:"failed,omitempty"`
	Bytes  int     `json:"bytes"` // of the text
	Speeds []Speed `json:"speeds"`
}

// Speed is how fast one engine is up to now.
type Speed struct {
	Flavor string `json:"flavor"` // its label
	Engine Engine `json:"engine"`
	Flags  string `json:"flags"` // letters of its flavor
	// Outcome is that of its searches; "refused" when it does not take the
	// pattern, and "" before it has searched. Only with "match" and "no-match"
	// there is a speed.
	Outcome string `json:"outcome"`
	// Message says why there is no speed, or which flags the flavor lacks.
	Message string `json:"message,omitempty"`
	Count   int    `json:"count"`
	// The median of the times of one search of the text, and the quartiles below
	// and above it, in milliseconds; 0 before the first round.
	MedianMs float64 `json:"medianMs"`
	LowMs    float64 `json:"lowMs"`
	HighMs   float64 `json:"highMs"`
}

// OutcomeRefused is the outcome of an engine that does not take the pattern.
const OutcomeRefused = "refused"
