package trace

import (
	"slices"
	"unsafe"
)

// spans appends the starts and ends of the groups of the thread that the last step is of.
func (m *threadMachine) spans(to []int) []int {
	for i := 0; i < len(m.caps); i += 2 {
		start, end := m.caps[i], m.caps[i+1]
		if end < 0 {
			start = -1
		}
		to = append(to, int(start), int(end))
	}
	return to
}

// describe makes the event of the machine's last step.
func (m *threadMachine) describe(e *Event) {
	in := &m.threads[m.last]
	*e = Event{
		Step: m.steps - 1, Kind: m.kind, Token: int(in.tok), Span: m.tokens[in.tok].Span, Attempt: int(m.lastAttempt),
		From: int(m.tried), Pos: int(m.moved), Group: -1, Groups: m.spans(e.Groups[:0]), Depth: int(in.depth),
	}
	if m.kind == KindCharacter || m.kind == KindNoMatch {
		for i := range e.Groups {
			e.Groups[i] = -1 // the step is of no thread
		}
	}
	if m.changed >= 0 {
		e.Group = m.groups[m.changed].Number
	}
}

// fill adds to a state what the machine holds: the threads whose turn is still to come, and those that have got to the
// next character.
func (m *threadMachine) fill(s *State) {
	if i, ok := m.attemptAt(m.lastAttempt); ok {
		s.Furthest = m.alive[i].Furthest
	}
	if m.phase == phaseSearch || m.outcome != Running {
		return // no thread lives
	}
	first, turn, moving := &m.lists[0], 0, true
	switch {
	case m.phase == phaseFollow && m.list == 1:
		turn = m.turn + 1
	case m.phase == phaseTurn || m.phase == phaseCharacter:
		turn = m.turn
	case m.phase == phaseDrop:
		turn = m.dropping
	default:
		moving = false
	}
	for i := turn; i < len(first.threads); i++ {
		m.show(s, first, i, m.pos)
	}
	if moving {
		for i := range m.lists[1].threads {
			m.show(s, &m.lists[1], i, m.next)
		}
	}
}

func (m *threadMachine) show(s *State, list *threadList, i int, pos int32) {
	if len(s.Threads) == MaxShown {
		s.HiddenThreads++
		return
	}
	t := list.threads[i]
	shown := Thread{Token: int(m.threads[t.pc].tok), Pos: int(pos), Attempt: int(t.owner), AtEnd: m.threads[t.pc].op == threadMatch}
	for _, at := range list.caps[i*len(m.caps) : (i+1)*len(m.caps)] {
		shown.Groups = append(shown.Groups, int(at))
	}
	s.Threads = append(s.Threads, shown)
}

// A threadPoint is a checkpoint: a copy of the machine's state. What it takes is bounded by the program.
type threadPoint struct {
	state  threadState
	marked [2][]uint64 // the instructions that have had threads, a bit each
	counts []TokenCount
}

func (m *threadMachine) save(point) point {
	p := &threadPoint{state: m.threadState, counts: slices.Clone(m.counts)}
	p.state.clone()
	for list := range p.marked {
		p.marked[list] = make([]uint64, (len(m.threads)+63)/64)
		for pc, round := range m.marks[list] {
			if round == m.round[list] {
				p.marked[list][pc/64] |= 1 << (pc % 64)
			}
		}
	}
	return p
}

// clone gives a state slices of its own.
func (s *threadState) clone() {
	for i := range s.lists {
		s.lists[i] = threadList{slices.Clone(s.lists[i].threads), slices.Clone(s.lists[i].caps)}
	}
	s.following, s.caps, s.best, s.alive = slices.Clone(s.following), slices.Clone(s.caps), slices.Clone(s.best), slices.Clone(s.alive)
}

func (m *threadMachine) load(p point) {
	from := p.(*threadPoint)
	m.threadState = from.state
	m.threadState.clone()
	copy(m.counts, from.counts)
	for list, marked := range from.marked {
		m.clear(list)
		for pc := range m.marks[list] {
			if marked[pc/64]&(1<<(pc%64)) != 0 {
				m.marks[list][pc] = m.round[list]
			}
		}
	}
}

func (p *threadPoint) status() *progress { return &p.state.progress }

func (p *threadPoint) countOf(token int) TokenCount { return p.counts[token] }

// bytes is what a checkpoint takes: it shares nothing.
func (p *threadPoint) bytes(point) int64 {
	size := int64(unsafe.Sizeof(*p)) + 8*int64(len(p.marked[0])+len(p.marked[1])) + int64(len(p.counts))*int64(unsafe.Sizeof(TokenCount{}))
	for _, list := range p.state.lists {
		size += 8*int64(len(list.threads)) + 4*int64(len(list.caps))
	}
	return size + int64(len(p.state.alive))*int64(unsafe.Sizeof(Attempt{})) + 12*int64(len(p.state.following))
}

func (m *threadMachine) countOf(token int) TokenCount { return m.counts[token] }

func (m *threadMachine) tokenCounts() []TokenCount { return slices.Clone(m.counts) }

func (m *threadMachine) warm() *heat { return m.heat }

// memory is nothing that grows: what the machine takes is bounded by the program.
func (m *threadMachine) memory() int64 { return 0 }
