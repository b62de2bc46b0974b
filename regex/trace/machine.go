package trace

// A machine searches a text by backtracking. Everything that it needs to go on is in state: a copy of it is a
// checkpoint.
type machine struct {
	*Program
	text []byte
	state
	// found gets the groups of each match; nil for none.
	found func()
	// attempted is called at the end of each attempt; nil for none.
	attempted func(matched bool)
	counts    []TokenCount // for each instruction
	heat      *heat
	limits    Limits
	folds     foldCache
	wide      bool // the text has characters beyond U+00FF, when asksWide
}

// state is what a machine knows between two steps.
type state struct {
	progress
	pc int32
	// registers are the groups and the counters: what backtracking restores.
	registers []int32
	choices   []choice
	undo      []undo
	frames    []int32 // the calls, see call.go

	attempt int32 // where it began
	from    int32 // where the search for this match began: \G
	// advance is where a match may not be empty, or -1.
	advance int32

	// begun is the step with which this attempt began.
	begun int64
	// stuck is the instruction that failed last at far, or -1.
	stuck int32
	// skip is where the next attempt begins when a verb says so: beyond the text for none at all. It is -1 otherwise.
	skip int32
	// passed is how many (*SKIP) with a name this attempt has come by, and ignored how many of them do nothing because
	// one of them found no mark: then again says that this attempt is to be made once more.
	passed, ignored int32
	again           bool
	final           finality // in Perl
	// required is where one of starts.Last is, which has been looked for, or -1.
	required int32
	// fresh says that the next attempt is the first of its search.
	fresh bool

	// The last step.
	kind        Kind
	last        int32 // its instruction
	tried       int32 // where it was tried
	changed     int32 // the place of the group that it changed, or -1
	within      int32 // in how many groups the call is that it is in
	lastAttempt int32 // the attempt that it is of
}

// A choice is an open choice point.
type choice struct {
	pc, pos int32
	low     int32 // of a run: the shortest that is left; of a width: what is left; of a string: how many characters it has
	undo    int32 // the undo log's length when it was made
	owner   int32 // the instruction that made it
	kind    choiceKind
}

// A choiceKind is what taking up a choice does.
type choiceKind int32

const (
	choicePlain   choiceKind = iota // go on at pc
	choiceRun                       // one character fewer, and stay while there are more
	choiceRunBack                   // the same to the left
	choiceLook                      // the lookaround failed
	choiceNot                       // the negative lookaround holds
	choiceWidth                     // the lookbehind begins one character further back
	choiceQuiet                     // the last alternative or a call failed in Perl, which is no step
	choiceCall                      // the call failed, which is no step
	choiceShorter                   // the next shorter string
	choiceVerb                      // the verb does what it is for
	choiceMark                      // the mark is left, which is no step
	choiceAbsent                    // the absent group gets to the next place
)

// An undo is what a register held, or with undoFrames how long state.frames was.
type undo struct{ register, old int32 }

const undoFrames = -1

// start sets a machine to before its first step.
func (m *machine) start() {
	m.state = state{
		progress: progress{outcome: Running}, pc: pcAttempt, registers: make([]int32, m.Program.registerCount), advance: -1, changed: -1,
		attempt: int32(m.limits.Start), from: int32(m.limits.Start), skip: -1, required: -1, fresh: true,
	}
	m.reset()
}

// reset unsets all registers.
func (m *machine) reset() {
	for i := range m.registers {
		m.registers[i] = -1
	}
	m.registers[regDepth] = 0
}

// set sets a register, and remembers what it held if a choice may need that.
func (m *machine) set(register, value int32) {
	if len(m.choices) > 0 || m.rules.keepsLooked {
		m.undo = append(m.undo, undo{register, m.registers[register]})
	}
	m.registers[register] = value
}

// unwind restores what registers held when the undo log had this length.
func (m *machine) unwind(length int32) {
	for i := int32(len(m.undo)) - 1; i >= length; i-- {
		if u := m.undo[i]; u.register >= 0 {
			m.registers[u.register] = u.old
		} else {
			m.frames = m.frames[:u.old]
		}
	}
	m.undo = m.undo[:length]
}

// event notes a step. The token's instruction is that of the step.
func (m *machine) event(kind Kind, pc, tried int32) {
	m.steps++
	m.tally[kind]++
	m.kind, m.last, m.tried, m.changed, m.within = kind, pc, tried, -1, m.registers[regDepth]
}

// matched is a step in which a token holds up to pos.
func (m *machine) matched(pc, pos int32) {
	m.event(KindMatched, pc, m.pos)
	m.counts[pc].Matched++
	m.heat.matched(m.pos)
	m.pos = pos
	m.pc = pc + 1
	if pos > m.far {
		m.reach(pos)
	}
}

// reach notes that the attempt got further than before.
func (m *machine) reach(pos int32) {
	m.far, m.stuck = pos, -1
	if pos > m.ever {
		m.ever = pos
	}
}

// failed is a step in which a token does not hold.
func (m *machine) failed(pc int32) {
	m.event(KindFailed, pc, m.pos)
	m.counts[pc].Failed++
	if m.pos >= m.far {
		m.stuck = pc
	}
	m.heat.failed(m.pos)
	m.pc = pcBacktrack
}

// entered is a step in which what has parts begins.
func (m *machine) entered(kind Kind, pc int32) {
	m.event(kind, pc, m.pos)
	m.counts[pc].Entered++
}

// run goes on until so many steps are done, all in all, or until the end.
func (m *machine) run(until int64) {
	for m.steps < until && m.outcome == Running {
		in := &m.insts[m.pc]
		switch in.op {
		case opByte:
			if int(m.pos) < len(m.text) && m.text[m.pos] == byte(in.a) {
				m.matched(m.pc, m.pos+1)
			} else {
				m.failed(m.pc)
			}
		case opSet, opRune:
			r, next := m.decode(m.pos)
			if next > m.pos && m.takes(in, r) {
				m.matched(m.pc, next)
			} else {
				m.failed(m.pc)
			}
		case opByteBack, opSetBack, opRuneBack:
			r, before := m.decodeLast(m.pos)
			if before < m.pos && m.takes(in, r) {
				m.matched(m.pc, before)
			} else {
				m.failed(m.pc)
			}
		case opJump:
			m.pc = in.a
		case opRun:
			m.runRound(&m.loops[in.a], in)
		case opLoop:
			m.loopRound(&m.loops[in.a], in)
		case opBacktrack:
			m.backtrack()
		default:
			m.other(in)
		}
	}
}

// takes reports whether an instruction's test holds for a character.
func (m *machine) takes(in *inst, r rune) bool {
	switch in.op {
	case opSet, opSetBack:
		return m.sets[in.a].has(r)
	}
	return r == in.a
}

// runRound decides whether a repeat of one character goes on.
func (m *machine) runRound(l *loop, in *inst) {
	count := m.registers[l.count]
	switch {
	case count == l.max:
		m.pc = l.exit
		return
	case count == l.min:
		m.choices = append(m.choices, choice{l.exit, m.pos, m.pos, int32(len(m.undo)), m.pc, l.run})
	case count > l.min:
		m.choices[len(m.choices)-1].pos = m.pos
	}
	if count == 0 && l.unsets {
		m.unset(l.unset)
	}
	if count < unlimited-1 {
		m.registers[l.count] = count + 1
	}
	m.pc++
}

// loopRound decides whether a repeat goes on.
func (m *machine) loopRound(l *loop, in *inst) {
	count := m.registers[l.count]
	if l.mayBeEmpty && count > l.unchecked && m.registers[l.start] == m.pos {
		found := emptyRound
		if l.mems >= 0 {
			found = m.emptyRound(l)
		}
		switch {
		case found == changedRound:
		case found == failedRound:
			m.failed(m.pc)
			return
		case l.emptyFails && count > l.min:
			m.failed(m.pc)
			return
		case !l.emptyFails && (count >= l.min || l.emptyEnds):
			m.pc = l.exit
			return
		}
	}
	if count == 0 && l.unsets {
		m.unset(l.unset)
	}
	switch {
	case count < l.min:
		m.round(l, m.pc)
	case count >= l.max:
		m.pc = l.exit
	case l.lazy:
		m.choices = append(m.choices, choice{m.pc + 1, m.pos, 0, int32(len(m.undo)), m.pc, choicePlain})
		m.pc = l.exit
	default:
		m.choices = append(m.choices, choice{l.exit, m.pos, 0, int32(len(m.undo)), m.pc, choicePlain})
		m.round(l, m.pc)
	}
}

// round is a step in which a round begins.
func (m *machine) round(l *loop, pc int32) {
	m.entered(KindRound, pc)
	m.begin(l)
	m.pc = pc + 2
}

// begin counts a round.
func (m *machine) begin(l *loop) {
	if count := m.registers[l.count]; count < unlimited-1 {
		m.set(l.count, count+1)
	}
	if l.mayBeEmpty {
		m.set(l.start, m.pos)
	}
	if l.mems >= 0 {
		m.set(l.mems, m.registers[m.onigmo.starts])
	}
	for r := l.forget[0]; r < l.forget[1]; r++ {
		if m.registers[r] >= 0 {
			m.set(r, -1)
		}
	}
}

// backtrack takes up the latest choice.
func (m *machine) backtrack() {
	if m.final.noFinal && !m.dropToYes() || len(m.choices) == 0 {
		m.pc = pcNoMatch
		return
	}
	n := len(m.choices) - 1
	c := &m.choices[n]
	if m.rules.lazyGroups {
		m.unwindPerl(*c)
		m.takeUp(c, n)
		m.tidy()
		return
	}
	if m.rules.marks {
		m.unwindMarks(*c)
		m.takeUp(c, n)
		m.tidy()
		return
	}
	m.unwind(c.undo)
	m.takeUp(c, n)
}

// takeUp goes on at the latest choice, at index n, when registers are as they were there.
func (m *machine) takeUp(c *choice, n int) {
	pos, owner := m.pos, c.owner
	m.pos = c.pos
	switch c.kind {
	case choicePlain:
		m.pc = c.pc
		m.choices = m.choices[:n]
	case choiceRun:
		m.pc = c.pc
		if c.pos > c.low {
			_, c.pos = m.decodeLast(c.pos)
		} else {
			m.choices = m.choices[:n]
		}
	case choiceRunBack:
		m.pc = c.pc
		if c.pos < c.low {
			_, c.pos = m.decode(c.pos)
		} else {
			m.choices = m.choices[:n]
		}
	case choiceWidth:
		m.pc = c.pc
		next := m.before(c.pos)
		if m.rules.lazyGroups {
			_, next = m.decode(c.pos)
		}
		c.low--
		if c.low > 0 && next != c.pos {
			c.pos = next
		} else {
			m.choices = m.choices[:n]
		}
	case choiceShorter:
		m.shorterString(c, n)
	case choiceCall, choiceQuiet, choiceMark:
		m.choices = m.choices[:n]
		return
	case choiceLook:
		pc := c.pc
		m.choices = m.choices[:n]
		m.failed(owner)
		m.pc = pc
		return
	case choiceVerb:
		verb := *c
		m.choices = m.choices[:n]
		m.trigger(verb)
	case choiceAbsent:
		if !m.absentNext(*c, n) {
			return
		}
	case choiceNot:
		pc := c.pc
		m.choices = m.choices[:n]
		m.matched(owner, m.pos)
		m.pc = pc
		return
	}
	m.event(KindBacktrack, owner, pos)
	m.counts[owner].Backtracks++
	m.backtracks++
	m.heat.at(m.pos).Backtracks++
}

// other runs the instructions that are rarer.
func (m *machine) other(in *inst) {
	switch pc := m.pc; in.op {
	case opOpen:
		m.entered(KindEnter, pc)
		m.set(in.a, m.pos)
		if m.rules.opens {
			m.open(in.b)
		}
		m.pc++
	case opClose:
		m.capture(in, m.registers[in.a], m.pos)
	case opCloseBack:
		m.capture(in, m.pos, m.registers[in.a])
	case opEnter:
		m.entered(KindEnter, pc)
		m.pc++
	case opAlt:
		kind := choicePlain
		if in.b == 0 {
			kind = choiceQuiet
		}
		m.choices = append(m.choices, choice{in.a, m.pos, in.b, int32(len(m.undo)), pc, kind})
		m.pc++
	case opLoopInit:
		l := &m.loops[in.a]
		if l.unset >= 0 { // where the repeat fails, Perl unsets its group
			m.choices = append(m.choices, choice{pcBacktrack, m.pos, 0, int32(len(m.undo)), pc, choiceQuiet})
		}
		m.set(l.count, 0)
		m.set(l.start, -1)
		m.pc++
	case opRunInit:
		m.registers[m.loops[in.a].count] = 0
		m.pc++
	case opLoopMore:
		m.begin(&m.loops[in.a])
		m.pc++
	case opPlace:
		if m.holds(&m.places[in.a]) {
			m.matched(pc, m.pos)
		} else {
			m.failed(pc)
		}
	case opRef:
		m.refer(in, false)
	case opRefBack:
		m.refer(in, true)
	case opRefLevel:
		m.referLevel(in)
	case opAbsent:
		m.absent(in)
	case opAbsentEnd:
		m.absentEnd(in)
	case opRefEmpty:
		m.referEmpty(in)
	case opKeep:
		m.matched(pc, m.pos)
		m.set(regStart, m.pos)
		m.changed = 0
	case opFail:
		m.failed(pc)
	case opAtomic:
		m.set(in.a, int32(len(m.choices)))
		m.set(in.a+1, int32(len(m.undo)))
		switch {
		case m.rules.lazyGroups:
			m.set(in.a+2, m.registers[regMark])
		case m.anew >= 0:
			m.set(in.a+2, m.registers[m.anew])
		}
		m.pc++
	case opCut:
		if m.rules.lazyGroups {
			if !m.succeeds(m.registers[in.a]) {
				return
			}
			m.through(m.registers[in.a+1], m.registers[in.a+2])
		}
		if m.rules.keepsLooked {
			m.setAnew(m.registers[in.a+2])
			m.keepGroups(m.registers[in.a+1])
		}
		m.cut(m.registers[in.a])
		m.entered(KindCut, pc)
		m.pc++
	case opLook, opNot, opLookEnd, opLookDone, opNotEnd, opNotKept, opStepBack, opLookAt:
		m.look(in)
	case opCondition, opInCall:
		m.condition(in)
	case opCall:
		m.call(in)
	case opReturn:
		m.maybeReturn(in.tok, pc+1)
	case opEnd:
		m.maybeReturn(in.tok, pcMatch)
	case opVerb, opAlternation, opAlternative, opAlternationEnd, opAccept:
		m.verb(in)
	case opPass:
		m.matched(pc, m.pos)
	case opCluster, opClusterBack:
		m.cluster(in.op == opClusterBack)
	case opIfWide:
		if m.pc++; !m.wide {
			m.pc = in.a
		}
	case opScript, opScriptEnd:
		m.scriptRun(in)
	case opAnew:
		m.noteAnew(in)
	case opLine:
		r, next := m.decode(m.pos)
		m.inLine(pc, r, m.pos, next)
	case opLineBack:
		r, before := m.decodeLast(m.pos)
		m.inLine(pc, r, before, before)
	case opStrings, opStringsBack:
		m.takeString(in, pc)
	case opBalance, opBalanceBack:
		m.balance(in, in.op == opBalanceBack)
	case opUnit:
		if int(m.pos) < len(m.text) {
			m.matched(pc, m.pos+1)
		} else {
			m.failed(pc)
		}
	case opAttempt:
		m.beginAttempt()
	case opNoMatch:
		m.endAttempt()
	case opMatch:
		m.match()
	default:
		panic("unknown instruction")
	}
}

// cut drops all choices above a height.
func (m *machine) cut(height int32) {
	m.choices = m.choices[:height]
	if height == 0 && !m.rules.keepsLooked {
		m.undo = m.undo[:0]
	}
}

// capture sets a group.
func (m *machine) capture(in *inst, start, end int32) {
	m.entered(KindCapture, m.pc)
	m.setGroup(in.b, start, end)
	m.changed = in.b
	m.pc++
}
