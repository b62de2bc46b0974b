package wire

// What is said about replacements. As messages.go, this file is for messages only.

// Types of the frames of replacements.
const (
	TypeReplacement = "replacement"
	TypeTemplate    = "template"
)

// Replacement is the page's replacement text from now on. Template answers while the
// panel "replace" is shown, for each query and each engine's syntax anew. It is empty
// before the first of these messages.
type Replacement struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// Template is the replacement as it was read. The page expands it itself, with the
// matches that it has. Positions are UTF-16 units of Text.
type Template struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Text is the replacement that this is about.
	Text string `json:"text"`
	// Function is the function that takes such replacements, such as "re.sub".
	Function string `json:"function"`
	// UTF is false where texts are bytes and only the case of ASCII letters changes.
	UTF bool `json:"utf"`
	// Tokens are a kind (see Welcome.TokenKinds), a length and the number of a group
	// or 0 for each token.
	Tokens   []int             `json:"tokens"`
	Problems []Diagnostic      `json:"problems"`
	Parts    []TemplatePart    `json:"parts"` // none where a problem is an error
	Lines    []TemplateLine    `json:"lines"`
	Elements []TemplateElement `json:"elements"` // what the syntax has
	Notes    []string          `json:"notes"`
}

// TemplatePart is one thing that a replacement is made of: its kinds are those of
// regex/replace, and "default", which is the group, or Else where it took no part.
type TemplatePart struct {
	Kind string `json:"kind"`
	// Text is what "text" stands for; TextBase64 its bytes where they are not UTF-8.
	Text       string `json:"text,omitempty"`
	TextBase64 string `json:"textBase64,omitempty"`
	// Groups are numbers, the first of which that took part counts.
	Groups []int `json:"groups,omitempty"`
	// Case is that of "case" and "state".
	Case  string         `json:"case,omitempty"`
	Parts []TemplatePart `json:"parts,omitempty"`
	Else  []TemplatePart `json:"else,omitempty"`
}

// TemplateLine says in words what a part stands for.
type TemplateLine struct {
	Span  Range  `json:"span"`
	Depth int    `json:"depth"` // in other parts
	Words string `json:"words"`
}

// TemplateElement is one thing that a syntax has.
type TemplateElement struct {
	Form  string `json:"form"`
	Words string `json:"words"`
}
