package wire

// What server and page say to each other about runs on the browser's own RegExp
// for comparisons and measurements. As messages.go, this file is for messages only.

// Types of the frames of such runs.
const (
	TypeNativeRun   = "native-run"
	TypeNativeTaken = "native-taken"
	TypeNativeStop  = "native-stop"
	TypeNativeDone  = "native-done"
)

// What a NativeRun is for.
const (
	NativeCompile = "compile" // the groups, and nothing is searched
	NativeSearch  = "search"  // all matches, in frames of matches
	NativeMeasure = "measure" // the time of the plain loop, and the number of matches
)

// NativeRun asks the page to run a pattern on the browser's own RegExp. One run is
// under way at a time; another one takes its place.
type NativeRun struct {
	Type string `json:"type"`
	// Run is the number of this run, which frames of matches have in the place of a
	// version.
	Run     int    `json:"run"`
	Op      string `json:"op"`
	Flags   string `json:"flags"`
	Pattern string `json:"pattern"`
	// Version is that of the update whose text is searched, unless there is a Text.
	Version int     `json:"version"`
	Text    *string `json:"text,omitempty"`
	// Matches and BudgetMs are after how many matches and how long to stop.
	Matches  int `json:"matches"`
	BudgetMs int `json:"budgetMs"`
	// Repeat is how often to search in a measurement.
	Repeat int `json:"repeat"`
}

// NativeTaken says that a frame of matches of a run has been read: at most
// NativeFrames are on their way.
type NativeTaken struct {
	Type string `json:"type"`
	Run  int    `json:"run"`
}

// NativeFrames is how many frames of matches of a run may be on their way to the
// server: 4 of 64 KiB, and one that the worker had begun.
const NativeFrames = 5

// NativeStop says that nobody wants the rest of a run.
type NativeStop struct {
	Type string `json:"type"`
	Run  int    `json:"run"`
}

// NativeDone is the page's last word of a run.
type NativeDone struct {
	Type string `json:"type"`
	Run  int    `json:"run"`
	// Outcome is one of those of a Done, or OutcomeRefused, with Message.
	Outcome  string  `json:"outcome"`
	Message  string  `json:"message,omitempty"`
	Groups   []Group `json:"groups"` // of a pattern that is not refused
	Count    int     `json:"count"`
	Searched int     `json:"searched"`
	WallMs   float64 `json:"wallMs"`
	// ClockMs is the step of the clock that a measurement was taken with: browsers
	// make theirs coarse.
	ClockMs float64 `json:"clockMs"`
}
