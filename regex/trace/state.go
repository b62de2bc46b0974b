package trace

// A State is what a machine holds behind a step. Which of Choices and Threads there are depends on the machine.
type State struct {
	// Event is the step. Its Groups are the caller's to keep.
	Event Event
	// Choices are the open choice points of a machine that backtracks, the latest, which is taken up next, last. When
	// there are more than [MaxShown], only the latest are here, and HiddenChoices says how many there are below them.
	Choices       []Choice
	HiddenChoices int
	// Threads are those of a machine that follows all possibilities at once, the preferred one first: those that are
	// still to look at the present character, and then those that have got to the next one. The thread that the step is
	// of is among them when it waits. Of more than [MaxShown] there are the first, and HiddenThreads says how many more there are.
	Threads       []Thread
	HiddenThreads int
	// Loops are the repeats around the step's token, the outermost first.
	Loops []Loop
	// Calls are the calls of groups that the step is in, the outermost first, the innermost [MaxShown] at most.
	Calls []Call
	// Looks are the lookarounds around the step's token that have begun and not ended, the outermost first.
	Looks []Look
	// Mark is the name that the latest verb with a name set, or "".
	Mark string
	// Backtracks is how many steps so far were of this kind.
	Backtracks int64
	// Furthest is the furthest offset that a token of this attempt matched up to, and FurthestEver that of any attempt.
	Furthest, FurthestEver int
	// Attempts counts the attempts so far, this one too.
	Attempts int64
}

// MaxShown is how many of a list that a pattern can make arbitrarily long are in a [State]: more than anybody reads.
const MaxShown = 256

// A Choice is an open choice point.
type Choice struct {
	Token int // that chooses
	Pos   int // where it is taken up
	What  ChoiceKind
	// Left says how many possibilities are left in it: alternatives, or lengths of a repeat of one character.
	Left int
}

// A ChoiceKind is what is chosen.
type ChoiceKind uint8

// The kinds of choices.
const (
	ChooseAlternative ChoiceKind = iota // another alternative
	ChooseFewer                         // the repeat stops with fewer rounds
	ChooseMore                          // the repeat goes on for another round
	ChooseOutcome                       // a lookaround, conditional or call ends without having matched
	ChooseWidth                         // the lookbehind begins elsewhere
	ChooseVerb                          // a verb ends more than this choice
)

// String returns the kind's stable name, such as "alternative".
func (k ChoiceKind) String() string {
	return [...]string{"alternative", "fewer", "more", "outcome", "width", "verb"}[k]
}

// A Loop is a repeat that runs.
type Loop struct {
	Token int
	// Round is the number of the round that runs, from 1; 0 when none does.
	Round int
	// Min and Max are those of the repeat, Max is syntax.Unlimited without one.
	Min, Max int
}

// A Call is a call of a group that runs.
type Call struct {
	Token int // that calls
	Group int // the number of the group
}

// A Look is a lookaround that is under way.
type Look struct {
	Token int
	Pos   int // where it was asked, and where the machine goes on behind it
}

// A Thread is one possibility that a machine follows.
type Thread struct {
	Token int // that is to be tried next
	Pos   int // where
	// Attempt is the offset at which its attempt began.
	Attempt int
	// AtEnd says that it has matched the whole pattern.
	AtEnd bool
	// Groups are the starts and ends of its groups up to now, as Event.Groups, but that a group which has begun and not
	// ended has a start alone, and that which it had before has its end still.
	Groups []int
}
