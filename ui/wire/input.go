package wire

// Types of the conversation about texts that are many inputs.
const (
	TypeInputs    = "inputs"
	TypeInputRows = "input-rows"
)

// How a text is many inputs.
const (
	// InputsLines makes each line an input.
	InputsLines = "lines"
	// InputsSet makes what follows a line "=== name" an input of that name.
	InputsSet = "set"
)

// MaxInputs is how many inputs of a text are searched: more rows nobody looks
// through, and a local runtime takes some tenths of a millisecond for each.
const MaxInputs = 2000

// Inputs says how the page's text is many inputs, until the next one; "" is for a
// text that is one document.
type Inputs struct {
	Type string `json:"type"`
	Mode string `json:"mode"`
}

// InputRows are the inputs of a version's text that have been searched since the
// last of these messages, in the order of the text. After the last one Done is set.
type InputRows struct {
	Type    string     `json:"type"`
	Version int        `json:"version"`
	Mode    string     `json:"mode"`
	Engine  Engine     `json:"engine"`
	Groups  []Group    `json:"groups"`
	First   int        `json:"first"` // the index of the first one here; 0 begins anew
	Rows    []InputRow `json:"rows"`
	Total   int        `json:"total"` // how many the text has; MaxInputs are searched at most
	Done    bool       `json:"done"`
	// Failed says why there are no more.
	Failed string `json:"failed,omitempty"`
}

// InputRow is what came of searching one input by itself.
type InputRow struct {
	From int    `json:"from"` // of the text, in UTF-16 units
	To   int    `json:"to"`
	Line int    `json:"line"` // where it begins, from 1
	Name string `json:"name,omitempty"`
	// Outcome is that of the search, and Count how many matches it found.
	Outcome string `json:"outcome"`
	Count   int    `json:"count"`
	// Spans are the first match and its groups, two UTF-16 positions of the whole text
	// for each, or -1; empty without a match.
	Spans   []int  `json:"spans"`
	Message string `json:"message,omitempty"`
}
