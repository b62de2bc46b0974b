package wire

// TypePrograms is the type of [Programs].
const TypePrograms = "programs"

// Programs are the pattern as programs in every language, those of its flavor
// first.
type Programs struct {
	Type     string    `json:"type"`
	Version  int       `json:"version"`
	Programs []Program `json:"programs"`
}

// Program is the pattern as programs in one language.
type Program struct {
	Language string `json:"language"` // its ID
	Label    string `json:"label"`
	// Flavor is the label of the flavor that the language has, and Own says that
	// it is the pattern's. Otherwise the pattern is converted, and Changes are
	// those of the conversion.
	Flavor  string   `json:"flavor"`
	Own     bool     `json:"own"`
	Changes []Change `json:"changes"`
	// File is the name that its file usually has, "" for a line of a shell.
	File string `json:"file"`
	// Note is what a user has to know besides.
	Note string `json:"note,omitempty"`
	Code []Code `json:"code"`
	// Error says why there are none.
	Error string `json:"error,omitempty"`
}

// Code is a program that does one thing: "match", "match-all", "replace" or "split".
type Code struct {
	Op   string `json:"op"`
	Text string `json:"text"`
	// Error says why there is none that does it.
	Error string `json:"error,omitempty"`
}
