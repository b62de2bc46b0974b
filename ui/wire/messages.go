package wire

// Protocol is the version of this protocol. A page that says another number in
// its hello is refused with [FaultProtocol] and has to be reloaded.
const Protocol = 5

// Types of the page's text frames.
const (
	TypeHello    = "hello"
	TypeUpdate   = "update"
	TypeCancel   = "cancel"
	TypeContinue = "continue"
	TypeLoadFile = "load-file"
	TypeShow     = "show"
	TypeRefresh  = "refresh"
)

// Types of the server's text frames.
const (
	TypeWelcome  = "welcome"
	TypeEngines  = "engines"
	TypeStarted  = "started"
	TypeInvalid  = "invalid"
	TypeIdle     = "idle"
	TypeProgress = "progress"
	TypeWaiting  = "waiting"
	TypeDone     = "done"
	TypeResync   = "resync"
	TypeFault    = "fault"

	TypeNoEngine       = "no-engine"
	TypeAnalysis       = "analysis"
	TypeWarnings       = "warnings"
	TypeExplanation    = "explanation"
	TypeLiterals       = "literals"
	TypeConversions    = "conversions"
	TypeAnalysisFailed = "analysis-failed"
	TypeDiagram        = "diagram"
)

// First bytes of binary frames.
const (
	// FramePutText (page to server): the rest of the frame is the whole test
	// text. It starts no search; the update that follows does.
	FramePutText = 0x01
	// FrameText (server to page): the rest of the frame is the file named in
	// the welcome, the answer to load-file.
	FrameText = 0x02
	// FrameMatches (server to page): a run of matches, see [Encoder]; and page to
	// server: matches of a run that was asked for with [NativeRun].
	FrameMatches = 0x10
)

// Hello opens the conversation; nothing else is answered before it.
type Hello struct {
	Type     string `json:"type"`
	Protocol int    `json:"protocol"`
	// Native is the browser's own RegExp, when the page lends it for comparisons and
	// measurements. Its note is not looked at.
	Native *Engine `json:"native,omitempty"`
}

// Query is what to search for.
type Query struct {
	Flavor  string `json:"flavor"`
	Flags   string `json:"flags"`
	Pattern string `json:"pattern"`
}

// Edit replaces the units [From, To) of the text by Insert. The edits of one
// update are all in positions of the text before it, ascending, not overlapping.
type Edit struct {
	From int `json:"from"`
	To   int `json:"to"`
	// Insert is the new text when it is well-formed.
	Insert string `json:"insert,omitempty"`
	// InsertBase64 is the new text's bytes (standard base64) when it holds
	// bytes that are not UTF-8, which JSON cannot carry. It wins over Insert.
	InsertBase64 string `json:"insertBase64,omitempty"`
}

// Update is the page's state at a version: one message a frame at most. It
// supersedes the search of every earlier version.
type Update struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Query   Query  `json:"query"`
	Edits   []Edit `json:"edits,omitempty"`
	// Units is the length of the page's text after the edits. When the server
	// counts otherwise it answers resync.
	Units int `json:"units"`
	// Engine is the name of the flavor's engine that is to run the pattern, absent
	// for the first there is, or EngineBrowser.
	Engine string `json:"engine,omitempty"`
	// BudgetMs is the wall time after which the search pauses, absent for the
	// server's own. What is beyond Limits.MaxBudgetMs is that.
	BudgetMs int `json:"budgetMs,omitempty"`
}

// EngineBrowser in the place of an engine's name says that the page runs the
// pattern itself, on the browser's own RegExp: the server only analyses it.
const EngineBrowser = "browser"

// Cancel stops the search of a version; what it found stays.
type Cancel struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
}

// Continue goes on with a search that ended by timeout, limit or cancel, from
// where it got to and with the larger budget that its done announced.
type Continue struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
}

// Refresh asks to look for the machine's engines again. Engines answers.
type Refresh struct {
	Type string `json:"type"`
}

// LoadFile asks for the file that the server was started with.
type LoadFile struct {
	Type string `json:"type"`
}

// Show says which panels the page shows, by their ids: until the next show the
// server sends what these need besides matches and analysis, for the present
// query at once.
type Show struct {
	Type   string   `json:"type"`
	Panels []string `json:"panels"`
	// Width is the width of the panels in CSS pixels, for which a diagram is
	// wrapped; absent before it is known.
	Width int `json:"width,omitempty"`
}

// Group is a capture group of the pattern; number 0 is the whole match.
type Group struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
}

// Started says that the pattern is valid and the search has begun.
type Started struct {
	Type    string  `json:"type"`
	Version int     `json:"version"`
	Engine  Engine  `json:"engine"`
	Groups  []Group `json:"groups"`
	// Bytes is the length of the text.
	Bytes int `json:"bytes"`
	// Continued is true when this goes on with an earlier search of the same
	// version, whose matches stay.
	Continued bool `json:"continued"`
}

// Range is a half-open span of the pattern, or of the text, in both units.
type Range struct {
	From      int `json:"from"` // UTF-16 units
	To        int `json:"to"`
	FromBytes int `json:"fromBytes"`
	ToBytes   int `json:"toBytes"`
}

// Severities of a [Diagnostic].
const (
	SeverityError   = "error"   // engines refuse the pattern
	SeverityWarning = "warning" // it hardly means what its author meant
	SeverityHint    = "hint"    // it could be written more clearly
)

// Fix is a text to write instead of a part of the pattern.
type Fix struct {
	Span Range  `json:"span"`
	Text string `json:"text"`
}

// Diagnostic is what is wrong with a pattern, or suspicious about it.
type Diagnostic struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Span     Range  `json:"span"`
	// Related is a second place that explains the first, with its own words.
	Related     *Range `json:"related,omitempty"`
	RelatedNote string `json:"relatedNote,omitempty"`
	Hint        string `json:"hint,omitempty"`
	Fix         *Fix   `json:"fix,omitempty"`
}

// Invalid says that the engine, or the flavor's table of flags, refuses the
// pattern. It ends the version.
type Invalid struct {
	Type    string     `json:"type"`
	Version int        `json:"version"`
	Engine  Engine     `json:"engine"`
	Error   Diagnostic `json:"error"`
}

// NoEngine says that this machine has no engine for the flavor, so that there is
// no search; the pattern is analysed all the same. It ends the version.
type NoEngine struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Message string `json:"message"` // as in Flavor.Missing, or that there is none of this name
}

// Idle says that there is nothing to search for: the pattern is empty. It ends
// the version.
type Idle struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
}

// Progress is sent about four times a second by a search that takes longer than
// a quarter of a second.
type Progress struct {
	Type     string `json:"type"`
	Version  int    `json:"version"`
	Searched int    `json:"searched"` // bytes
	Bytes    int    `json:"bytes"`
	Count    int    `json:"count"`
	// WallMs and CPUMs are the search's own times so far; CPUMs is absent where
	// the system does not tell a thread's time, and while a process of the engine's
	// own searches, which tells at its end.
	WallMs float64  `json:"wallMs"`
	CPUMs  *float64 `json:"cpuMs,omitempty"`
}

// Waiting says that no worker is free yet for this version.
type Waiting struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Stuck is the number of superseded searches that cannot be interrupted
	// and still run.
	Stuck int `json:"stuck"`
}

// Outcomes of a search. They are those of the batch contract.
const (
	OutcomeMatch     = "match"
	OutcomeNoMatch   = "no-match"
	OutcomeError     = "error"
	OutcomeTimeout   = "timeout"
	OutcomeLimit     = "limit"
	OutcomeCancelled = "cancelled"
)

// Done ends a version's search.
type Done struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Outcome string `json:"outcome"`
	// Count is the number of matches sent for this version.
	Count int `json:"count"`
	// Searched is the number of bytes up to which the text is known to hold no
	// other match.
	Searched int `json:"searched"`
	Bytes    int `json:"bytes"`
	// WallMs is the time on the worker, QueueMs the time before it.
	WallMs  float64  `json:"wallMs"`
	CPUMs   *float64 `json:"cpuMs,omitempty"`
	QueueMs float64  `json:"queueMs"`
	// Message explains error, timeout and limit.
	Message string `json:"message,omitempty"`
	// CanContinue is true when continue is possible; the budget will then be
	// NextBudgetMs and NextMatches.
	CanContinue  bool `json:"canContinue"`
	NextBudgetMs int  `json:"nextBudgetMs,omitempty"`
	NextMatches  int  `json:"nextMatches,omitempty"`
}

// PatternGroup is a capture group and where it is written.
type PatternGroup struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	Span   Range  `json:"span"`
}

// Analysis is what the pattern's text means in its flavor, by this program's own
// parser. It is sent once for each query, the empty pattern included, whatever
// becomes of the search. Version is that of the update that brought the query;
// later versions of the same query get no other.
type Analysis struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Tokens are two numbers for each token, in order and without gaps: its kind,
	// an index of Welcome.TokenKinds, and its length in UTF-16 units.
	Tokens []int `json:"tokens"`
	// Pairs are three numbers for each pair of brackets, in the order of the
	// first: the index of the token that opens it, of that which closes it, and
	// the number of the capture group, or 0.
	Pairs []int `json:"pairs"`
	// Groups are the capture groups that are written in the pattern.
	Groups []PatternGroup `json:"groups"`
	// Errors are what engines of the flavor refuse the pattern for, by position,
	// at most MaxErrors of them.
	Errors []Diagnostic `json:"errors"`
}

// MaxErrors is how many errors an analysis holds: nobody reads more, and a
// pattern of 64 KiB may have as many errors as bytes.
const MaxErrors = 100

// Warnings are what a pattern hardly means, though it is valid. They follow each
// analysis, and come again when an edit of the text changes what is to be said:
// some depend on whether the text has letters beyond ASCII.
type Warnings struct {
	Type     string       `json:"type"`
	Version  int          `json:"version"` // as in Analysis
	Warnings []Diagnostic `json:"warnings"`
}

// Diagram is what the panel "diagram" shows, a railroad diagram.
type Diagram struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// SVG is the picture, without styles. Its parts are g elements with data-from
	// and data-to, UTF-16 positions in the pattern.
	SVG string `json:"svg"`
	// Width and Height are the picture's size in CSS pixels.
	Width  int `json:"width"`
	Height int `json:"height"`
	// Cut tells that parts of a very large pattern are left out.
	Cut bool `json:"cut"`
	// Title and the two style sheets are for a file of its own: DarkStyle, behind
	// Style, makes it dark.
	Title     string `json:"title"`
	Style     string `json:"style"`
	DarkStyle string `json:"darkStyle"`
}

// Explanation is what the panel "explain" shows: the pattern in words. Of a
// pattern with errors it explains what could be read.
type Explanation struct {
	Type    string `json:"type"`
	Version int    `json:"version"` // as in Analysis
	// Summary is what is to be said of the whole pattern, a sentence each.
	Summary []string `json:"summary"`
	// Words are what the items say, each once: parts of a pattern are much alike.
	Words []ExplanationWords `json:"words"`
	// Items are five numbers for each part of the pattern, which comes before the parts in
	// it: how many parts it is in; its place from and to, in UTF-16 units; the number of the
	// capture group that it is or refers to, or 0; and the index of its words. An explanation
	// of 2,000 characters has 20 KB so, and 80 if each part has its own words: more than the
	// 64 that Chromium's socket hands over at once.
	Items []int `json:"items"`
}

// ExplanationWords are what is said of parts of a pattern.
type ExplanationWords struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	// Details are sentences that say more.
	Details []string `json:"details,omitempty"`
	// Flags are the letters of the flags that change what the part means.
	Flags string `json:"flags,omitempty"`
	// Error says what is wrong here, if anything is.
	Error string `json:"error,omitempty"`
}

// Literals is what the menu "literals" shows: the pattern as it is written in
// source code.
type Literals struct {
	Type     string    `json:"type"`
	Version  int       `json:"version"` // as in Analysis
	Literals []Literal `json:"literals"`
}

// Literal is the pattern in one style of source code.
type Literal struct {
	Style string `json:"style"`
	Label string `json:"label"`
	// Own tells that one would write patterns of this flavor so.
	Own  bool   `json:"own"`
	Text string `json:"text"`
	// Missing are the flags that the literal cannot carry.
	Missing string `json:"missing,omitempty"`
	// Error says why there is none.
	Error string `json:"error,omitempty"`
}

// Conversions is what the menu "conversions" shows: the pattern in every other
// flavor.
type Conversions struct {
	Type    string `json:"type"`
	Version int    `json:"version"` // as in Analysis
	// Conversions are in the order of Welcome.Flavors, without the pattern's own.
	Conversions []Conversion `json:"conversions"`
}

// Conversion is the pattern in another flavor.
type Conversion struct {
	Flavor  string   `json:"flavor"`
	Flags   string   `json:"flags"`
	Pattern string   `json:"pattern"`
	Changes []Change `json:"changes"`
	// Error says why there is none.
	Error string `json:"error,omitempty"`
}

// Change is one thing that a conversion does: with the severity "error" the other
// flavor cannot say it, with "warning" it may match something else, and with
// "hint" it is only written otherwise.
type Change struct {
	// Span is the part of the pattern that is converted.
	Span     Range  `json:"span"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

// AnalysisFailed is sent in the place of an analysis or of what a panel needs,
// when it could not be made.
type AnalysisFailed struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Panel is the panel that has nothing to show, "warnings" for these, or ""
	// for the analysis itself, without which there is nothing for any.
	Panel   string `json:"panel"`
	Message string `json:"message"`
}

// Reference is the file reference.json: what there is to look up. It is the same
// as long as the server runs.
type Reference struct {
	// Categories are the headings of the features, in order.
	Categories []string  `json:"categories"`
	Features   []Feature `json:"features"`
	Rules      []Rule    `json:"rules"`
}

// Names is the file names-FLAVOR.json: what can stand in a class by its name.
type Names struct {
	// Posix are the names of POSIX classes, such as "alpha" in [[:alpha:]].
	Posix      []string   `json:"posix"`
	Properties []Property `json:"properties"`
}

// Property is a set of characters, as \p{Name}.
type Property struct {
	Name string `json:"name"`
	// Kind is "category", "script", "binary" or the like.
	Kind string `json:"kind"`
	// Also is its longer or shorter name, if it has one.
	Also string `json:"also,omitempty"`
}

// Feature is a piece of syntax that some flavors have.
type Feature struct {
	ID       string `json:"id"`
	Category string `json:"category"`
	Title    string `json:"title"`
	Syntax   string `json:"syntax"`
	Meaning  string `json:"meaning"`
	// Examples are one that serves all flavors without one of their own, and
	// then those.
	Examples []Example `json:"examples"`
	// Flavors are the names of the flavors that have it.
	Flavors []string `json:"flavors"`
	// Notes are what is particular in a flavor.
	Notes []Note `json:"notes"`
}

// Example is a pattern that does something with a text. Flavor is "" for that of
// the flavors without one of their own.
type Example struct {
	Flavor  string `json:"flavor"`
	Pattern string `json:"pattern"`
	Flags   string `json:"flags"`
	Text    string `json:"text"`
}

// Note is what is particular in a flavor, by its name.
type Note struct {
	Flavor string `json:"flavor"`
	Text   string `json:"text"`
}

// Rule is a kind of warning: the code of its diagnostics, what it warns of, why,
// and an example in a flavor with what to write instead.
type Rule struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Title    string `json:"title"`
	Why      string `json:"why"`
	Flavor   string `json:"flavor"`
	Bad      string `json:"bad"`
	Good     string `json:"good"`
}

// Resync says that the server's text is not the page's: the page sends it whole.
type Resync struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
}

// Codes of [Fault].
const (
	FaultProtocol = "protocol" // hello missing, or with another version
	FaultMessage  = "message"  // not a message of this protocol
	FaultTooBig   = "too-big"  // a text or pattern beyond the limits
	FaultFlood    = "flood"    // more messages than can be taken
	FaultShutdown = "shutdown" // the server is stopping
	FaultInternal = "internal" // a defect of the server
	FaultNoFile   = "no-file"  // load-file without a file
	FaultTooMany  = "too-many" // no room for another connection
)

// Fault says what went wrong with the conversation. When Fatal, the server
// closes the connection after it.
type Fault struct {
	Type    string `json:"type"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Fatal   bool   `json:"fatal"`
}
