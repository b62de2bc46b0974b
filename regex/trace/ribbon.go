package trace

// A Stretch is what happened in some steps in a row.
type Stretch struct {
	// Tried, Matched, Failed and Backtracked count the steps by their [Sign].
	Tried, Matched, Failed, Backtracked int64
	// Matches counts the steps of the kind match, which are in Matched too.
	Matches int64
	// Pos is where the machine was behind the last step of the stretch.
	Pos int
}

// A Sign is what a kind of step means for who looks for a match.
type Sign uint8

// The signs.
const (
	Trying Sign = iota
	Holding
	Failing
	Backtracking
)

var kindSigns = [kinds]Sign{
	KindMatched: Holding, KindCapture: Holding, KindReturn: Holding, KindCut: Holding, KindMatch: Holding, KindReach: Holding,
	KindFailed: Failing, KindNoMatch: Failing, KindMerge: Failing, KindBacktrack: Backtracking,
}

// Sign returns the sign of a kind.
func (k Kind) Sign() Sign { return kindSigns[k] }

// String returns the sign's stable name.
func (s Sign) String() string { return [...]string{"trying", "matched", "failed", "backtracked"}[s] }

// MaxStretches is how many stretches a ribbon has at most: about as many as a page has pixels for it.
const MaxStretches = 1024

// A ribbon is a run in stretches of equal length, which doubles when there are too many of them. The run stops at the
// end of each: a thousand times, and then 512 times for each doubling.
type ribbon struct {
	width     int64
	stretches []Stretch
	before    [kinds]int64 // the tally at the last end
}

// due is the next step behind which a stretch ends.
func (r *ribbon) due() int64 { return int64(len(r.stretches)+1) * r.width }

// end ends a stretch.
func (r *ribbon) end(m *progress) {
	r.stretches = append(r.stretches, r.stretch(m))
	r.before = m.tally
	if len(r.stretches) < MaxStretches {
		return
	}
	r.width *= 2
	half := r.stretches[:0]
	for i := 0; i < len(r.stretches); i += 2 {
		a, b := r.stretches[i], r.stretches[i+1]
		half = append(half, Stretch{
			a.Tried + b.Tried, a.Matched + b.Matched, a.Failed + b.Failed, a.Backtracked + b.Backtracked, a.Matches + b.Matches, b.Pos,
		})
	}
	r.stretches = half
}

// stretch is what happened since the last end.
func (r *ribbon) stretch(m *progress) Stretch {
	var signs [Backtracking + 1]int64
	for kind, n := range m.tally {
		signs[kindSigns[kind]] += n - r.before[kind]
	}
	return Stretch{
		signs[Trying], signs[Holding], signs[Failing], signs[Backtracking],
		m.tally[KindMatch] - r.before[KindMatch], int(m.pos),
	}
}

// all returns the stretches, the last of which may be shorter.
func (r *ribbon) all(m *progress) []Stretch {
	all := append([]Stretch(nil), r.stretches...)
	if m.steps > int64(len(r.stretches))*r.width {
		all = append(all, r.stretch(m))
	}
	return all
}
