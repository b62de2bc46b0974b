package trace

// Counters are exact counts of the steps that have been run.
type Counters struct {
	Steps      int64
	Backtracks int64
	Attempts   int64
	Matches    int64
	// Furthest is the furthest offset that a token matched up to.
	Furthest int
	// Tokens are the counts of each token of [Trace.Tokens].
	Tokens []TokenCount
	// Heat is what was done at offsets of the text, HeatWidth offsets in each: those from i*HeatWidth on are in Heat[i].
	Heat      []PlaceCount
	HeatWidth int
	// Summaries are those of the attempts, in the order of the text. Of more than [MaxAttempts] there are the first, the
	// last and those with the most steps.
	Summaries []Attempt
	// Closest is the attempt without a match that got furthest from its offset, the first of several; nil before one has
	// ended.
	Closest *Attempt
	// Ribbon is the run in at most [MaxStretches] stretches of StretchSteps steps each, the last of which may be
	// shorter. It is nil for a machine that has none.
	Ribbon       []Stretch
	StretchSteps int64
}

// A TokenCount counts what came of a token.
type TokenCount struct {
	// Entered counts the times that the token began without asking the text: groups, rounds, calls; and that a group
	// was set, or an atomic group's choices dropped.
	Entered int64
	// Matched and Failed count its tries: what asks the text.
	Matched, Failed int64
	// Backtracks counts the times that a choice of it was taken up.
	Backtracks int64
	// Merged counts the threads that ended here because a preferred one had been here.
	Merged int64
}

// A PlaceCount counts what was done at a place of the text.
type PlaceCount struct {
	// Tries are those of tokens, and Matched those of them that held.
	Tries, Matched int64
	// Backtracks counts the choices that were taken up there.
	Backtracks int64
}

// An Attempt is what came of trying the pattern at one offset.
type Attempt struct {
	Offset int
	// First is its first step, and Steps how many it took.
	First, Steps int64
	// Furthest is the furthest offset that a token of it matched up to.
	Furthest int
	Matched  bool
	// Failed is a token that failed at Furthest, the last one there, or -1.
	Failed int
}

// MaxAttempts is how many attempts have a summary each.
const MaxAttempts = 768

// heat counts what is done at each offset.
type heat struct {
	buckets []PlaceCount
	shift   uint
}

// maxHeat is how many counts there are for the text at most: more than the page has pixels.
const maxHeat = 1 << 14

func newHeat(length int) *heat {
	h := &heat{}
	for length>>h.shift >= maxHeat {
		h.shift++
	}
	h.buckets = make([]PlaceCount, length>>h.shift+1)
	return h
}

func (h *heat) at(pos int32) *PlaceCount { return &h.buckets[uint32(pos)>>h.shift] }

func (h *heat) matched(pos int32) {
	c := h.at(pos)
	c.Tries++
	c.Matched++
}

func (h *heat) failed(pos int32) { h.at(pos).Tries++ }

// width is how many offsets are counted together.
func (h *heat) width() int { return 1 << h.shift }
