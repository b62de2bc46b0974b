package wire

// What the server has to offer. As messages.go, this file is for messages only.

// Flag is one flag of a flavor.
type Flag struct {
	Letter      string `json:"letter"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// Engine names a program that runs patterns.
type Engine struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Note says what a user should know, such as "the .NET design, not
	// Microsoft's binary".
	Note string `json:"note,omitempty"`
}

// Choice is an engine that a flavor can be run on.
type Choice struct {
	Engine Engine `json:"engine"`
	// Missing says how to get it, for one that this machine does not have.
	Missing string `json:"missing,omitempty"`
}

// Flavor is a dialect that the page may choose, with its first real engine if
// this machine has one.
type Flavor struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Aliases []string `json:"aliases"`
	Flags   []Flag   `json:"flags"`
	Engine  *Engine  `json:"engine,omitempty"`
	// Engines are all that are known by now, the missing ones last.
	Engines []Choice `json:"engines"`
	// Missing says that there is no engine, and how to get one when that is
	// known: a sentence.
	Missing string `json:"missing,omitempty"`
}

// File is the file that the server was started with.
type File struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

// Limits are the server's bounds, told at once so that the page can say them
// before anything is lost.
type Limits struct {
	// TextBytes is the longest test text, in bytes of UTF-8.
	TextBytes int `json:"textBytes"`
	// PatternBytes is the longest pattern, in bytes of UTF-8.
	PatternBytes int `json:"patternBytes"`
	// Matches is the number of matches after which a search pauses with the
	// outcome "limit".
	Matches int `json:"matches"`
	// Spans bounds matches times groups, the match itself counted as one.
	Spans int `json:"spans"`
	// BudgetMs is the wall time of a search, in milliseconds, after which it
	// pauses with the outcome "timeout". Each continue has four times that of the
	// leg before, up to MaxBudgetMs.
	BudgetMs    int `json:"budgetMs"`
	MaxBudgetMs int `json:"maxBudgetMs"`
}

// Panel is a tab of the page that this server can serve.
type Panel struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	// NeedsEngine tells that the panel is empty in a flavor without an engine.
	NeedsEngine bool `json:"needsEngine"`
	// Menu tells that the page shows it beside the pattern, and not as a tab.
	Menu bool `json:"menu"`
}

// Welcome answers hello.
type Welcome struct {
	Type     string `json:"type"`
	Protocol int    `json:"protocol"`
	// Server is the program's own version.
	Server string `json:"server"`
	// Instance is another string each time a server starts.
	Instance string   `json:"instance"`
	Flavors  []Flavor `json:"flavors"`
	// Looking tells that engines are still being looked for: Engines follows.
	Looking bool    `json:"looking"`
	Panels  []Panel `json:"panels"`
	// TokenKinds are the names of the numbers in an analysis' tokens, such as
	// "class-open".
	TokenKinds []string `json:"tokenKinds"`
	Limits     Limits   `json:"limits"`
	File       *File    `json:"file,omitempty"`
}

// Engines follows a welcome when more is known of the machine's engines: it takes
// the place of Welcome.Flavors and Welcome.Looking.
type Engines struct {
	Type    string   `json:"type"`
	Flavors []Flavor `json:"flavors"`
	Looking bool     `json:"looking"`
}
