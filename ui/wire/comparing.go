package wire

// What is said about several engines side by side. As messages.go, this file is
// for messages only.

// Types of the frames of comparisons.
const (
	TypeCompare     = "compare"
	TypeSeek        = "seek"
	TypeComparison  = "comparison"
	TypePortability = "portability"
	TypeSought      = "sought"
)

// Compare chooses the engines that the panel "compare" compares, until the next
// one.
type Compare struct {
	Type string `json:"type"`
	// All is every engine, but for those that stand in for another one that is
	// there. So it is before the first of these messages.
	All bool `json:"all"`
	// Engines are the names in Flavor.Engines of those to compare, unless All. A
	// name may be followed by a colon and flags that the engine gets besides the
	// query's, in letters of its flavor, such as "node:u".
	Engines []string `json:"engines"`
}

// Seek looks for a text on which the chosen engines differ, for the query and the
// text of a version; Sought answers. With Stop, it ends that.
type Seek struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	// Seed makes the same texts each time.
	Seed int  `json:"seed"`
	Stop bool `json:"stop"`
}

// Comparison is how far the panel "compare" is: each takes the place of the one
// before. It begins a moment after the last update.
type Comparison struct {
	Type    string `json:"type"`
	Version int    `json:"version"`
	Done    bool   `json:"done"`
	// Message says why there is nothing to compare.
	Message string           `json:"message,omitempty"`
	Engines []ComparedEngine `json:"engines"`
	// Base is the engine that the others are compared with, an index of Engines:
	// the first of the query's own flavor, if there is one.
	Base int `json:"base"`
	// Classes are the indexes of engines that find the same, each class in the order
	// of Engines, the base's first.
	Classes []Class `json:"classes"`
	// Differences are of the first engine of each other class.
	Differences []EngineDifference `json:"differences"`
}

// Class is engines that find the same.
type Class struct {
	Members []int `json:"members"`
}

// ComparedEngine is one engine of a comparison.
type ComparedEngine struct {
	Flavor string `json:"flavor"`
	Label  string `json:"label"` // of the flavor
	Engine Engine `json:"engine"`
	// Flags are the query's, as letters of this flavor; Lacks those that it has not.
	Flags string   `json:"flags"`
	Lacks []string `json:"lacks"`
	// Outcome is "" until it is known, and OutcomeRefused for a pattern that the
	// engine does not take.
	Outcome  string  `json:"outcome"`
	Count    int     `json:"count"`
	Searched int     `json:"searched"`
	WallMs   float64 `json:"wallMs"`
	// Error is why it is refused, Message what went wrong otherwise.
	Error   *Diagnostic `json:"error,omitempty"`
	Message string      `json:"message,omitempty"`
}

// EngineDifference is where two engines part, and why.
type EngineDifference struct {
	A int `json:"a"` // indexes of engines
	B int `json:"b"`
	// Message says why nothing more is known.
	Message string `json:"message,omitempty"`
	// Match is the first match that differs, from 0; Offset the byte at which it
	// begins to, and At the same in UTF-16 units.
	Match  int `json:"match"`
	Offset int `json:"offset"`
	At     int `json:"at"`
	// Excerpt is the text around it; Cut tells at which ends there is more.
	Excerpt  string      `json:"excerpt"`
	CutStart bool        `json:"cutStart"`
	CutEnd   bool        `json:"cutEnd"`
	AMatch   *FoundMatch `json:"aMatch,omitempty"` // absent for no such match
	BMatch   *FoundMatch `json:"bMatch,omitempty"`
	Blames   []Blame     `json:"blames"`
}

// FoundMatch is a match that another engine has not, or has otherwise.
type FoundMatch struct {
	// From and To are bytes of the text, ExcerptFrom and ExcerptTo UTF-16 units of
	// the excerpt.
	From        int `json:"from"`
	To          int `json:"to"`
	ExcerptFrom int `json:"excerptFrom"`
	ExcerptTo   int `json:"excerptTo"`
	// Groups are those that differ, at most MaxFoundGroups.
	Groups []FoundGroup `json:"groups"`
}

// MaxFoundGroups is how many groups of a difference are told.
const MaxFoundGroups = 8

// FoundGroup is a group of a match. From is -1 when it took no part.
type FoundGroup struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	From   int    `json:"from"` // bytes
	To     int    `json:"to"`
	Text   string `json:"text"` // of long ones the beginning
}

// Blame is a part of the pattern that makes a difference.
type Blame struct {
	Span   Range  `json:"span"`
	Reason string `json:"reason"`
	// Proved says that this is known. Otherwise it may be so.
	Proved bool `json:"proved"`
}

// Portability is what becomes of the pattern in every other flavor. It follows a
// comparison that is done.
type Portability struct {
	Type    string           `json:"type"`
	Version int              `json:"version"`
	Flavors []PortableFlavor `json:"flavors"`
}

// Agreements of results: how they compare, as far as they were run.
const (
	AgreementSame      = "same"
	AgreementSameSoFar = "same-so-far"
	AgreementDiffers   = "differs"
	AgreementUnknown   = "unknown"
)

// PortableFlavor is what becomes of the pattern in a flavor.
type PortableFlavor struct {
	Flavor string `json:"flavor"`
	Label  string `json:"label"`
	// Refused is why the flavor does not take the pattern as it is.
	Refused *Diagnostic `json:"refused,omitempty"`
	AsItIs  string      `json:"asItIs"` // an agreement
	// Engine is what both were run with, absent where nothing was run.
	Engine *Engine `json:"engine,omitempty"`
	// Conversion is the pattern as it has to be there; Exact that it means the same,
	// as far as is known, and Converted what running it says.
	Conversion Conversion `json:"conversion"`
	Exact      bool       `json:"exact"`
	Converted  string     `json:"converted"` // an agreement
}

// Sought is how far a search for a text is on which engines differ: each takes the
// place of the one before.
type Sought struct {
	Type    string `json:"type"`
	Version int    `json:"version"` // that of the seek
	Tried   int    `json:"tried"`   // texts
	Of      int    `json:"of"`
	Done    bool   `json:"done"`
	// Message says why it found nothing, but for all texts being tried.
	Message string     `json:"message,omitempty"`
	Found   *FoundText `json:"found,omitempty"`
}

// FoundText is a text on which engines differ.
type FoundText struct {
	Text string `json:"text"`
	// Smallest says that the two that differ agree on all shorter texts, of characters that stand for all that the
	// pattern tells apart.
	Smallest    bool               `json:"smallest"`
	Engines     []ComparedEngine   `json:"engines"`
	Classes     []Class            `json:"classes"`
	Differences []EngineDifference `json:"differences"`
}
