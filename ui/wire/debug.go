package wire

// Types of the step debugger's messages.
const (
	TypeDebug = "debug" // of the page

	TypeDebugProgram   = "debug-program"
	TypeDebugStep      = "debug-step"
	TypeDebugProgress  = "debug-progress"
	TypeDebugCounts    = "debug-counts"
	TypeDebugFailed    = "debug-failed"
	TypeDebugAgreement = "debug-agreement"
	TypeDebugWhyNot    = "debug-why-not"
	TypeDebugListing   = "debug-listing"
)

// Moves of the step debugger.
const (
	// MoveTo goes to a step, or to the last one if there are fewer.
	MoveTo = "to"
	// MoveEnd goes to the last step, once the run has ended.
	MoveEnd = "end"
	// MoveFind goes to the next step, or the one before, that meets one of some conditions.
	MoveFind = "find"
	// MovePlace goes to the first step that is of a token at an offset, else to the first one of the token.
	MovePlace = "place"
	// MoveList goes nowhere: it asks for steps from one on, in a [DebugListing].
	MoveList = "list"
)

// Debug asks the step debugger for a step. The first one for a state begins a run of it; each takes the place of the one
// before. It is ignored when its version is not that of the latest update.
type Debug struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Request is a number for the answer to name.
	Request int    `json:"request"`
	Move    string `json:"move"`
	// Step is where MoveTo goes to, where MoveFind begins, that step excluded, and the first one of MoveList, which asks for
	// Count steps, at most MaxDebugListing.
	Step     int  `json:"step,omitempty"`
	Count    int  `json:"count,omitempty"`
	Backward bool `json:"backward,omitempty"` // of MoveFind
	// Any are the conditions of MoveFind, or Search says in words what it looks for, see package finder; then Unit is what
	// its offsets are in, "bytes", "utf16" or "runes".
	Any    []DebugCondition `json:"any,omitempty"`
	Search string           `json:"search,omitempty"`
	Unit   string           `json:"unit,omitempty"`
	// Place is that of MovePlace.
	Place *DebugPlace `json:"place,omitempty"`
	// Start is where in the text the run makes its only attempt, in UTF-16 units; it searches the whole text without it.
	// Another one than before begins another run.
	Start *int `json:"start,omitempty"`
	// Optimize are names of optimisations of PCRE2 with commas between them, "start-optimize" and "auto-possess"; without them
	// the rules are plain. Others than before begin another run. In other flavors there are none, and the run fails.
	Optimize string `json:"optimize,omitempty"`
	// MaxSteps raises the limit of the run's steps, up to DebugProgram.MostSteps, if it is above the present one: a run that
	// has stopped there goes on.
	MaxSteps int `json:"maxSteps,omitempty"`
	// Around is how many steps to send before and behind the step, at most MaxDebugAround.
	Around int `json:"around,omitempty"`
}

// MaxDebugAround is how many steps the page may ask for on each side: what an answer needs stays below 256 KB.
const MaxDebugAround = 300

// MaxDebugListing is how many steps there are in one listing at most: they stay below 512 KB.
const MaxDebugListing = 1000

// DebugListing answers MoveList: steps in order, fewer than were asked for when the run has no more.
type DebugListing struct {
	Type    string       `json:"type"`
	Version int          `json:"version"`
	Request int          `json:"request"`
	Events  []DebugEvent `json:"events"`
}

// DebugCondition is what a step has to meet: all that is set.
type DebugCondition struct {
	// Kinds are names of kinds of steps, any when there are none.
	Kinds []string `json:"kinds,omitempty"`
	// Token is an index of DebugProgram.Tokens.
	Token *int `json:"token,omitempty"`
	// Group is the number of a group that changes: it is set, or loses its text by backtracking or a new attempt.
	Group *int `json:"group,omitempty"`
	// Around is a token: the step's is in the innermost group that this one is in, or that it is.
	Around *int `json:"around,omitempty"`
	// Pos is where the machine is behind the step, in UTF-16 units.
	Pos *int `json:"pos,omitempty"`
	// MaxDepth is the largest depth.
	MaxDepth *int `json:"maxDepth,omitempty"`
	// Backtrack is which backtrack of the token it is, from 1.
	Backtrack int `json:"backtrack,omitempty"`
}

// DebugPlace is what stays the same of a step when pattern and text are edited.
type DebugPlace struct {
	// From and To are the token's span in UTF-16 units of the pattern.
	From int `json:"from"`
	To   int `json:"to"`
	// Kind is what happened, and Pos where in the text, in UTF-16 units.
	Kind string `json:"kind"`
	Pos  int    `json:"pos"`
}

// DebugProgram says what a run is of. It comes before all else of the run.
type DebugProgram struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Tokens are two numbers for each token: its span in UTF-16 units of the pattern. The first is the whole pattern.
	Tokens []int   `json:"tokens"`
	Groups []Group `json:"groups"`
	// Mode says by which rules the steps are made, in sentences.
	Mode []string `json:"mode"`
	// Threads says that the machine follows all possibilities at once, and never backtracks.
	Threads bool `json:"threads"`
	// Repeats are those of the pattern: the token of a repeat is its operator, which alone says little.
	Repeats []DebugRepeat `json:"repeats"`
	// Breaks are the comments (?#BREAK) of the pattern.
	Breaks []DebugBreak `json:"breaks,omitempty"`
	// Start is that of the request.
	Start *int `json:"start,omitempty"`
	// MaxSteps is where a run stops, unless a request allows more, and MostSteps the most that one may allow.
	MaxSteps  int `json:"maxSteps"`
	MostSteps int `json:"mostSteps"`
}

// DebugBreak is a comment (?#BREAK): a place to stop at before what follows is tried.
type DebugBreak struct {
	Span Range `json:"span"`
	// Token is what follows, or 0 when nothing does: then it is the match. Kinds are those of the steps with which that is
	// tried first.
	Token int      `json:"token"`
	Kinds []string `json:"kinds"`
}

// Place is a place in the text.
type Place struct {
	At    int `json:"at"` // in UTF-16 units
	Bytes int `json:"bytes"`
}

// DebugEvent is one step.
type DebugEvent struct {
	Step int `json:"step"`
	// Kind is its kind by name, and Sign what that means: trying, matched, failed or backtracked.
	Kind    string `json:"kind"`
	Sign    string `json:"sign"`
	Token   int    `json:"token"`
	Attempt Place  `json:"attempt"`
	From    Place  `json:"from"`
	Pos     Place  `json:"pos"`
	// Group is the number of the group that it changed, or -1.
	Group int `json:"group"`
	Depth int `json:"depth"`
	// Words say it in one plain sentence, with offsets in bytes.
	Words string `json:"words"`
	// Offsets are three numbers for each offset in Words: where it stands there and how long it is, in UTF-16 units of
	// Words, and which place of the text it is, in UTF-16 units of that.
	Offsets []int `json:"offsets"`
}

// DebugGroup is what a group holds behind a step, and held before it; null while it holds nothing.
type DebugGroup struct {
	Now    *Range `json:"now"`
	Before *Range `json:"before"`
}

// DebugChoice is an open choice point.
type DebugChoice struct {
	Token int    `json:"token"`
	Pos   Place  `json:"pos"`
	What  string `json:"what"`
	// Left is how many possibilities are left in it.
	Left int `json:"left"`
}

// DebugThread is one possibility that a machine of threads follows.
type DebugThread struct {
	// Token is what it looks at next, and Pos where.
	Token   int   `json:"token"`
	Pos     Place `json:"pos"`
	Attempt Place `json:"attempt"`
	// AtEnd says that it has matched the whole pattern.
	AtEnd bool `json:"atEnd,omitempty"`
	// Groups are what its groups hold.
	Groups []DebugGroup `json:"groups"`
}

// DebugLoop is a repeat that runs.
type DebugLoop struct {
	Token int `json:"token"`
	Round int `json:"round"`
	Min   int `json:"min"`
	Max   int `json:"max"` // -1 without one
}

// DebugLook is a lookaround that is under way.
type DebugLook struct {
	Token int `json:"token"`
	// Pos is where it was asked.
	Pos Place `json:"pos"`
	// Name is what it is, such as "negative lookbehind".
	Name string `json:"name"`
}

// DebugCall is a call of a group that runs.
type DebugCall struct {
	Token int `json:"token"`
	Group int `json:"group"`
}

// DebugProblem is what is wrong with the words of a search: a message and its place in them, in UTF-16 units.
type DebugProblem struct {
	Span    Range  `json:"span"`
	Message string `json:"message"`
}

// DebugStep answers a request: a step, what the machine holds behind it, and the steps around it.
type DebugStep struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Request int    `json:"request"`
	// Found is false when no step meets the conditions; then all else is as MoveTo its Step answers.
	Found bool `json:"found"`
	// Problem is what is wrong with the words of a search; then nothing was looked for.
	Problem *DebugProblem `json:"problem,omitempty"`
	Event   DebugEvent    `json:"event"`
	// Events are the steps around it and it itself, in order.
	Events []DebugEvent `json:"events"`
	// Groups are in the order of DebugProgram.Groups.
	Groups []DebugGroup `json:"groups"`
	// Choices are the open choice points, that which is taken up next first. HiddenChoices are below them.
	Choices       []DebugChoice `json:"choices"`
	HiddenChoices int           `json:"hiddenChoices"`
	// Threads are those of a machine that follows all possibilities at once, the preferred one first, and HiddenThreads
	// how many there are behind them. They are absent for a machine that backtracks.
	Threads       []DebugThread `json:"threads,omitempty"`
	HiddenThreads int           `json:"hiddenThreads,omitempty"`
	// Loops, Calls and Looks are those that the step is in, the outermost first.
	Loops []DebugLoop `json:"loops"`
	Calls []DebugCall `json:"calls"`
	Looks []DebugLook `json:"looks"`
	Mark  string      `json:"mark"`
	// Backtracks and Attempts count those so far.
	Backtracks int `json:"backtracks"`
	Attempts   int `json:"attempts"`
	// Furthest is the furthest that a token of this attempt has matched up to, FurthestEver that of any attempt so far.
	Furthest     Place `json:"furthest"`
	FurthestEver Place `json:"furthestEver"`
}

// DebugProgress says how far a run is, at most eight times a second, and at its end.
type DebugProgress struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Outcome is "running", "match", "no-match", "step-limit", "memory-limit" or "match-limit".
	Outcome    string `json:"outcome"`
	Steps      int    `json:"steps"`
	Backtracks int    `json:"backtracks"`
	Attempts   int    `json:"attempts"`
	Matches    int    `json:"matches"`
	Furthest   Place  `json:"furthest"`
	// MaxSteps is where the run stops by now.
	MaxSteps int `json:"maxSteps"`
	// WallMs is how long the machine has run.
	WallMs float64 `json:"wallMs"`
}

// DebugCounts are exact counts of what has run: once a second while a run goes on, and at its end.
type DebugCounts struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Steps   int    `json:"steps"`
	// Tokens are five numbers for each token that was in a step, in the order of DebugProgram.Tokens: its index, and how
	// often it was entered, matched, failed, and was backtracked to or, in a machine of threads, ended there merged. Of more than MaxDebugTokens there are those with the
	// most steps.
	Tokens []int `json:"tokens"`
	// Heat is three numbers for each stretch of the text, of which there are at most MaxDebugHeat: how often tokens were
	// tried in it, how often they matched, and how many choices were taken up there. HeatAt is where each begins, in UTF-16
	// units; the last one ends behind the end of the text. HeatBytes is how many bytes each has.
	Heat      []int `json:"heat"`
	HeatAt    []int `json:"heatAt"`
	HeatBytes int   `json:"heatBytes"`
	// Attempts are in the order of the text. Of very many there are the first, the last and those with the most steps.
	Attempts []DebugAttempt `json:"attempts"`
	// Ribbon is six numbers for each stretch of StretchSteps steps: how many of them were trying, matched, failed and
	// backtracked, how many found a match, and where in the text the last one was, in UTF-16 units.
	Ribbon       []int `json:"ribbon"`
	StretchSteps int   `json:"stretchSteps"`
	// Multiplying are two repeats that multiply each other's work, in the order of the pattern, or absent.
	Multiplying []DebugRepeat `json:"multiplying,omitempty"`
}

// DebugRepeat is a repeat: its token, which is its operator, and the span of all of it in the pattern.
type DebugRepeat struct {
	Token int   `json:"token"`
	Span  Range `json:"span"`
}

// MaxDebugTokens and MaxDebugHeat bound a message of counts to some 100 KB.
const (
	MaxDebugTokens = 2000
	MaxDebugHeat   = 1024
)

// DebugAttempt is what came of an attempt.
type DebugAttempt struct {
	At       Place `json:"at"`
	First    int   `json:"first"` // its first step
	Steps    int   `json:"steps"`
	Furthest Place `json:"furthest"`
	Matched  bool  `json:"matched"`
	// Failed is the token that failed at Furthest, the last one there, or -1.
	Failed int `json:"failed"`
}

// DebugAgreement follows the end of a run: what came of comparing its matches with
// those of the flavor's real engine in the same text.
type DebugAgreement struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Verdict is "agrees", "differs" or "unknown", and Words say it as a sentence.
	Verdict string `json:"verdict"`
	Words   string `json:"words"`
	// Steps say in a sentence what came of comparing steps with what the engine tells of its own, and StepsDiffer that they
	// are others. Steps is "" where an engine tells none, or could not.
	Steps       string `json:"steps,omitempty"`
	StepsDiffer bool   `json:"stepsDiffer,omitempty"`
}

// DebugWhyNot follows the end of a run that found nothing: how far its best attempt got, what was expected there, and
// changes with which the pattern matches. Spans are of the pattern, but for Match.
type DebugWhyNot struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Attempt is where the attempt began that got furthest, First its first step, and Furthest how far it got.
	Attempt  Place `json:"attempt"`
	First    int   `json:"first"`
	Furthest Place `json:"furthest"`
	// Found is what stands there, in words.
	Found    string          `json:"found"`
	Expected []DebugExpected `json:"expected"`
	// Changes are at most three, the smallest first.
	Changes []DebugChange `json:"changes"`
	// Complete says that all changes were tried that there are.
	Complete bool `json:"complete"`
}

// DebugExpected is a part of the pattern that failed where the attempt got to.
type DebugExpected struct {
	Span  Range  `json:"span"`
	Words string `json:"words"` // with code in backquotes
}

// DebugChange is a change of one part with which the pattern matches.
type DebugChange struct {
	Span  Range  `json:"span"`
	Words string `json:"words"` // with code in backquotes
	// Pattern is the whole pattern afterwards, and Flag a letter that is added to the flags, or "".
	Pattern string `json:"pattern"`
	Flag    string `json:"flag"`
	// Match is what it matches then, in the text.
	Match Range `json:"match"`
}

// DebugFailed says why there is no run, or why it ended.
type DebugFailed struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Message string `json:"message"`
	// Span is the construct that the machine does not have.
	Span *Range `json:"span,omitempty"`
}
