package trace

import "slices"

// A threadMachine searches a text as RE2's family does: it follows all possibilities at once, as threads in the order
// in which a machine that backtracks would try them, one character of the text after the other. At each place of the
// pattern there is one thread at most: one that comes to where a preferred one has been ends. The algorithm is Pike's,
// as Go's regexp has it (the file exec.go of its source), with every step one at a time.
type threadMachine struct {
	*threadProgram
	reader machine // reads the text, and knows its places
	limits Limits
	threadState

	found     func()        // called at each match; nil for none
	attempted func(Attempt) // called at the end of each attempt; nil for none
	counts    []TokenCount  // for each token
	heat      *heat         // counts at offsets
	marks     [2][]uint32   // for each list and instruction: the round in which a thread came there
	round     [2]uint32     // the present rounds
}

// threadState is what a threadMachine knows between the turns of two characters; with following, between two steps.
type threadState struct {
	progress
	phase threadPhase
	next  int32 // behind the character at pos
	char  rune  // that character, -1 at the end
	// lists are the threads at pos and those at next. turn is which thread of the first has its turn.
	lists [2]threadList
	turn  int
	// following is what is left to do of following a thread to where it needs a character; caps are its groups, and
	// owner is where its attempt began.
	following []follow
	list      int // that it comes to
	at        int32
	caps      []int32
	owner     int32
	// from is where the search for this match began. best is the best match up to now, if it is one.
	from    int32
	matched bool
	best    []int32
	// dropping is how many threads of the first list are still to be dropped for a preferred one that has matched.
	dropping int
	// lastEnd is where the match before ended, or -1: an empty match there is none.
	lastEnd int32
	// alive are the attempts that have threads, in the order of their offsets, which is that of the threads.
	alive []Attempt

	// The last step.
	kind        Kind
	last        int32 // its instruction
	tried       int32
	moved       int32 // where the thread is behind the step
	changed     int32
	lastAttempt int32
}

// A threadPhase is what a machine does next.
type threadPhase uint8

const (
	phaseSearch    threadPhase = iota // a search begins
	phaseAttempt                      // a new thread begins, unless something has matched
	phaseFollow                       // following has something to do
	phaseTurn                         // the thread whose turn it is
	phaseDrop                         // threads are dropped
	phaseCharacter                    // the next character
)

// A thread waits for a character, or is at the pattern's end.
type thread struct {
	pc    int32
	owner int32 // where its attempt began
}

// A threadList is threads in order, with their groups one after another.
type threadList struct {
	threads []thread
	caps    []int32
}

// A follow is an instruction to go to, or with pc < 0 a capture to take back.
type follow struct {
	pc        int32
	slot, old int32
}

func (p *threadProgram) newMachine(text []byte, limits Limits) *threadMachine {
	m := &threadMachine{
		threadProgram: p, reader: machine{Program: p.Program, text: text}, limits: limits,
		counts: make([]TokenCount, len(p.tokens)), heat: newHeat(len(text)),
	}
	for i := range m.marks {
		m.marks[i] = make([]uint32, len(p.threads))
	}
	width := 2 * len(p.groups)
	m.threadState = threadState{
		progress: progress{outcome: Running, pos: int32(limits.Start)}, caps: make([]int32, width), best: make([]int32, width),
		from: int32(limits.Start), lastEnd: -1, changed: -1,
	}
	return m
}

// event notes a step of the thread that is followed or has its turn.
func (m *threadMachine) event(kind Kind, pc, tried, moved int32) {
	m.steps++
	m.tally[kind]++
	m.kind, m.last, m.tried, m.moved, m.changed, m.lastAttempt = kind, pc, tried, moved, -1, m.owner
	if kind == KindCharacter || kind == KindMatch || kind == KindNoMatch {
		return // they are of no attempt that lives
	}
	a := m.attempt()
	a.Steps++
	if kind == KindMatched && int(moved) > a.Furthest {
		a.Furthest, a.Failed = int(moved), -1
		m.ever = max(m.ever, moved)
	}
	if kind == KindFailed && int(tried) >= a.Furthest {
		a.Failed = int(m.threads[pc].tok)
	}
}

// attempt is the attempt of the last step.
func (m *threadMachine) attempt() *Attempt {
	i, _ := m.attemptAt(m.owner)
	return &m.alive[i]
}

func (m *threadMachine) attemptAt(offset int32) (int, bool) {
	return slices.BinarySearchFunc(m.alive, int(offset), func(a Attempt, offset int) int { return a.Offset - offset })
}

func (m *threadMachine) count(pc int32) *TokenCount { return &m.counts[m.threads[pc].tok] }

// run goes on until so many steps are done, all in all, or until the end.
func (m *threadMachine) run(until int64) {
	for m.steps < until && m.outcome == Running {
		switch m.phase {
		case phaseSearch:
			m.search()
		case phaseAttempt:
			m.begin()
		case phaseFollow:
			m.follow()
		case phaseTurn:
			m.take()
		case phaseDrop:
			m.drop()
		case phaseCharacter:
			m.advance()
		}
	}
}

// search begins a search at pos. It is no step.
func (m *threadMachine) search() {
	m.matched = false
	m.from = m.pos
	m.lists[0].reset()
	m.lists[1].reset()
	m.clear(0)
	m.read()
	m.phase = phaseAttempt
}

func (l *threadList) reset() { l.threads, l.caps = l.threads[:0], l.caps[:0] }

// clear forgets which places of a list have had threads.
func (m *threadMachine) clear(list int) {
	if m.round[list]++; m.round[list] == 0 { // all marks are of rounds that come again
		clear(m.marks[list])
		m.round[list] = 1
	}
}

// read reads the character at pos.
func (m *threadMachine) read() { m.char, m.next = m.reader.decode(m.pos) }

// begin is the step with which a new thread begins, behind all others, as long as nothing has matched.
func (m *threadMachine) begin() {
	if m.matched || m.limits.Attempts > 0 && m.attempts == m.limits.Attempts {
		m.turns()
		return
	}
	m.attempts++
	m.owner = m.pos
	m.alive = append(m.alive, Attempt{Offset: int(m.pos), First: m.steps, Furthest: int(m.pos), Failed: -1})
	for i := range m.caps {
		m.caps[i] = -1
	}
	m.caps[0] = m.pos
	m.event(KindAttempt, 0, m.pos, m.pos)
	m.count(0).Entered++
	m.lead(0, m.pos, m.start)
}

// lead has the thread in caps followed from an instruction on, into a list.
func (m *threadMachine) lead(list int, at, pc int32) {
	m.list, m.at = list, at
	m.following = append(m.following[:0], follow{pc: pc})
	m.phase = phaseFollow
}

// follow does one thing of following a thread.
func (m *threadMachine) follow() {
	n := len(m.following) - 1
	if n < 0 {
		if m.list == 0 {
			m.turns()
		} else {
			m.turn++
			m.phase = phaseTurn
		}
		return
	}
	f := m.following[n]
	m.following = m.following[:n]
	if f.pc < 0 {
		m.caps[f.slot] = f.old
		return
	}
	if m.marks[m.list][f.pc] == m.round[m.list] {
		m.event(KindMerge, f.pc, m.at, m.at)
		m.count(f.pc).Merged++
		return
	}
	m.marks[m.list][f.pc] = m.round[m.list]
	switch in := &m.threads[f.pc]; in.op {
	case threadAlt:
		m.following = append(m.following, follow{pc: in.arg}, follow{pc: in.out})
	case threadEnter:
		m.event(KindEnter, f.pc, m.at, m.at)
		m.count(f.pc).Entered++
		m.following = append(m.following, follow{pc: in.out})
	case threadOpen:
		m.event(KindEnter, f.pc, m.at, m.at)
		m.count(f.pc).Entered++
		m.set(in, 2*in.a)
	case threadClose:
		m.event(KindCapture, f.pc, m.at, m.at)
		m.count(f.pc).Entered++
		m.changed = in.a
		m.set(in, 2*in.a+1)
	case threadPlace:
		m.reader.pos, m.reader.from = m.at, m.from
		if !m.reader.holds(&m.places[in.a]) {
			m.event(KindFailed, f.pc, m.at, m.at)
			m.heat.failed(m.at)
			m.count(f.pc).Failed++
			return
		}
		m.event(KindMatched, f.pc, m.at, m.at)
		m.heat.matched(m.at)
		m.count(f.pc).Matched++
		m.following = append(m.following, follow{pc: in.out})
	default: // it waits for its turn
		list := &m.lists[m.list]
		list.threads = append(list.threads, thread{f.pc, m.owner})
		list.caps = append(list.caps, m.caps...)
	}
}

// set sets a capture for what follows.
func (m *threadMachine) set(in *threadInst, slot int32) {
	m.following = append(m.following, follow{pc: -1, slot: slot, old: m.caps[slot]}, follow{pc: in.out})
	m.caps[slot] = m.at
}

// turns begins the turns of the threads at pos. It is no step.
func (m *threadMachine) turns() {
	m.turn, m.phase = 0, phaseTurn
	m.lists[1].reset()
	m.clear(1)
}

// take is the turn of a thread.
func (m *threadMachine) take() {
	list := &m.lists[0]
	if m.turn == len(list.threads) {
		m.phase = phaseCharacter
		return
	}
	t := list.threads[m.turn]
	m.owner = t.owner
	width := len(m.caps)
	copy(m.caps, list.caps[m.turn*width:])
	in := &m.threads[t.pc]
	if in.op == threadMatch {
		m.reach(t)
		return
	}
	if m.next > m.pos && m.accepts(in) {
		m.event(KindMatched, t.pc, m.pos, m.next)
		m.heat.matched(m.pos)
		m.count(t.pc).Matched++
		m.lead(1, m.next, in.out)
		return
	}
	m.event(KindFailed, t.pc, m.pos, m.pos)
	m.heat.failed(m.pos)
	m.count(t.pc).Failed++
	m.turn++
}

func (m *threadMachine) accepts(in *threadInst) bool {
	switch in.op {
	case threadSet:
		return m.sets[in.a].has(m.char)
	case threadRune:
		return m.char == in.a
	}
	return false
}

// reach is the step in which a thread is at the pattern's end. Those behind it are dropped, unless what it has found is
// no match: an empty one where the match before ended.
func (m *threadMachine) reach(t thread) {
	m.turn++
	m.caps[1] = m.pos
	m.event(KindReach, t.pc, m.pos, m.pos)
	m.count(t.pc).Matched++
	m.changed = 0
	m.matched = true
	copy(m.best, m.caps)
	m.dropping = m.turn
	m.phase = phaseDrop
}

// drop is the step in which a thread is dropped for a preferred one.
func (m *threadMachine) drop() {
	list := &m.lists[0]
	if m.dropping == len(list.threads) {
		width := len(m.caps)
		list.threads, list.caps = list.threads[:m.turn], list.caps[:m.turn*width]
		m.phase = phaseTurn
		return
	}
	t := list.threads[m.dropping]
	copy(m.caps, list.caps[m.dropping*len(m.caps):])
	m.dropping++
	m.owner = t.owner
	m.event(KindCut, t.pc, m.pos, m.pos)
	m.count(t.pc).Entered++
}

// advance is the step to the next character, or the end of a search.
func (m *threadMachine) advance() {
	m.bury(m.lists[1].threads)
	more := len(m.lists[1].threads) > 0
	switch {
	case m.matched && !more:
		m.match()
		return
	case m.next == m.pos || !more && m.limits.Attempts > 0 && m.attempts == m.limits.Attempts:
		m.owner = m.from
		m.event(KindNoMatch, 0, m.from, m.pos)
		m.count(0).Failed++
		m.end()
		return
	}
	m.owner = m.pos
	m.event(KindCharacter, 0, m.pos, m.next)
	m.count(0).Entered++
	m.lists[0], m.lists[1] = m.lists[1], m.lists[0]
	m.marks[0], m.marks[1] = m.marks[1], m.marks[0]
	m.round[0], m.round[1] = m.round[1], m.round[0]
	m.pos = m.next
	m.read()
	m.phase = phaseAttempt
}

// bury ends the attempts that have no thread any more. Both they and the threads are in the order of the offsets.
func (m *threadMachine) bury(threads []thread) {
	kept := m.alive[:0]
	i := 0
	for _, a := range m.alive {
		for i < len(threads) && int(threads[i].owner) < a.Offset {
			i++
		}
		if i < len(threads) && int(threads[i].owner) == a.Offset {
			kept = append(kept, a)
			continue
		}
		a.Matched = m.matched && a.Offset == int(m.best[0])
		if m.attempted != nil {
			m.attempted(a)
		}
	}
	m.alive = kept
}

// match ends a search that has found something: a match, unless it is an empty one where the match before ended, which
// Go's regexp leaves out.
func (m *threadMachine) match() {
	start, end := m.best[0], m.best[1]
	copy(m.caps, m.best)
	m.owner = start
	if start == end && end == m.lastEnd {
		m.event(KindNoMatch, 0, start, end)
		m.count(0).Failed++
	} else {
		m.event(KindMatch, 0, start, end)
		m.count(0).Matched++
		m.changed = 0
		m.matches++
		if m.found != nil {
			m.found()
		}
	}
	m.lastEnd = end
	m.phase = phaseSearch
	m.pos = end
	if start == end && end == m.from {
		_, next := m.reader.decode(end)
		if next == end {
			m.end()
			return
		}
		m.pos = next
	}
	switch {
	case m.limits.Attempts > 0 && m.attempts == m.limits.Attempts:
		m.end()
	case m.matches >= m.limits.Matches:
		m.outcome = OutOfMatches
	}
}

// end ends the run: all is searched.
func (m *threadMachine) end() {
	m.outcome = NoMatch
	if m.matches > 0 {
		m.outcome = Matched
	}
}
