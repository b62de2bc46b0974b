package engine

// A Callout is where PCRE2 has come to an item of a pattern: offsets in bytes.
type Callout struct {
	Pattern int // where the item is written
	Text    int // where it is about to be tried
	Start   int // where the attempt began
}
