package trace

// A stepper is a machine that searches a text step by step, and can be set back.
type stepper interface {
	counted
	// run goes on until so many steps are done, all in all, or until the end.
	run(until int64)
	// describe makes the event of the last step, and fill adds to a state what the machine holds behind it.
	describe(e *Event)
	fill(s *State)
	// memory is what its stacks take in bytes.
	memory() int64
	// save makes a checkpoint, which may share memory with the one before, nil for none. load goes back to one.
	save(earlier point) point
	load(p point)
	// tokenCounts are the counts of all tokens, and warm those of places in the text.
	tokenCounts() []TokenCount
	warm() *heat
}

// A point is a checkpoint: what a machine needs to go on from a step.
type point interface {
	counted
	// bytes is what it takes that the one before, nil for none, does not share.
	bytes(earlier point) int64
}

// counted tells how far a machine is, or was.
type counted interface {
	status() *progress
	countOf(token int) TokenCount
}

// progress is how far a machine has got: what all machines have in common.
type progress struct {
	pos               int32
	steps, backtracks int64
	attempts          int64
	matches           int
	outcome           Outcome
	// far is the furthest that a token of this attempt matched up to, ever that of any attempt.
	far, ever int32
	// tally counts the steps of each kind.
	tally [kinds]int64
}

func (p *progress) status() *progress { return p }
