package trace

import "github.com/regexdbg/regexdbg/regex/flavor"

// beginAttempt is the step with which an attempt begins.
func (m *machine) beginAttempt() {
	if m.starts != nil && !m.begins() {
		return
	}
	if m.rules.keepsLooked {
		m.restart()
	} else {
		m.reset()
	}
	m.choices, m.undo, m.frames = m.choices[:0], m.undo[:0], m.frames[:0]
	m.begun, m.passed, m.final = m.steps, 0, finality{}
	m.attempts++
	m.lastAttempt = m.attempt
	m.pos = m.attempt
	m.reach(m.attempt)
	m.entered(KindAttempt, m.pc)
	m.registers[regStart] = m.pos
	m.pc = pcFirst
}

// restart sets what an attempt begins with where groups stay set that are beyond restoring.
func (m *machine) restart() {
	if m.fresh {
		m.reset()
		m.fresh = false
		return
	}
	m.unwind(0)
	for r := range m.registers {
		if !m.isGroup[r] {
			m.registers[r] = -1
		}
	}
	m.registers[regDepth] = 0
}

// endAttempt is the step with which an attempt ends that found nothing.
func (m *machine) endAttempt() {
	m.entered(KindNoMatch, m.pc)
	m.registers[regStart] = -1
	if m.attempted != nil {
		m.attempted(false)
	}
	if m.again {
		m.again, m.ignored, m.pc = false, m.passed, pcAttempt
		return
	}
	next, ok := m.following(m.attempt)
	if m.skip > m.attempt {
		next, ok = m.skip, int(m.skip) <= len(m.text)
	} else {
		m.ignored = 0
	}
	m.skip = -1
	again := m.attempt == m.advance && m.rules.retries && m.tree.Flavor.Set == flavor.InPCRE2
	if again && m.rules.skipsPairs && m.inCRLF(next) || m.rules.skipsLF && m.inCRLF(next) {
		next++
	}
	if again {
		m.from, m.advance = next, -1
	}
	m.attempt, m.pc = next, pcAttempt
	if !ok || m.rules.anchored && !again || m.limits.Attempts > 0 && m.attempts >= m.limits.Attempts {
		m.end()
	}
}

// following is the place one character further, if there is one. In Java that is one UTF-16 unit.
func (m *machine) following(pos int32) (int32, bool) {
	r, next := m.decode(pos)
	if m.rules.halves && r > 0xFFFF {
		next = pos + 2
	}
	return next, next > pos
}

// inCRLF reports whether a place is between a CR and an LF.
func (m *machine) inCRLF(pos int32) bool {
	return pos > 0 && int(pos) < len(m.text) && m.text[pos-1] == '\r' && m.text[pos] == '\n'
}

// match is the step with which an attempt ends that found a match, unless that may not be empty and is.
func (m *machine) match() {
	if m.final.noFinal && m.dropToYes() {
		m.pc = pcBacktrack
		return
	}
	empty := m.registers[regStart] == m.pos
	if m.pos == m.advance && (empty || m.tree.Flavor.Set == flavor.InPerl) ||
		empty && (m.rules.notEmpty || m.rules.notEmptyAtStart && m.pos == m.from) {
		m.failed(m.pc)
		return
	}
	m.setAnew(-1)
	m.entered(KindMatch, m.pc)
	if m.rules.opens { // Ruby has no match that starts behind its end, as \K in a lookahead makes them
		m.registers[regStart] = min(m.registers[regStart], m.pos)
	}
	m.registers[regEnd] = m.pos
	m.changed = 0
	m.matches++
	if m.found != nil {
		m.found()
	}
	if m.attempted != nil {
		m.attempted(true)
	}
	m.choices, m.undo = m.choices[:0], m.undo[:0]
	m.fresh, m.skip, m.ignored = true, -1, 0
	m.pc, m.attempt, m.from, m.advance = pcAttempt, m.pos, m.pos, -1
	switch {
	case m.limits.Attempts > 0 && m.attempts >= m.limits.Attempts:
		m.end()
		return
	case m.registers[regStart] > m.pos && m.tree.Flavor.Set == flavor.InPCRE2:
		m.outcome = Backward
		return
	case m.registers[regStart] > m.pos:
		next, ok := m.following(max(m.pos, m.lastAttempt))
		if m.attempt = next; !ok {
			m.end()
			return
		}
	case !empty:
	case m.rules.retries:
		m.advance = m.pos
	default:
		next, ok := m.following(m.pos)
		if !ok {
			m.end()
			return
		}
		m.attempt = next
		if m.tree.Flavor.Set&(flavor.InJS|flavor.InRuby) != 0 {
			m.from = next
		}
	}
	if m.matches >= m.limits.Matches {
		m.outcome = OutOfMatches
	}
}

// end ends the run: all is searched.
func (m *machine) end() {
	m.outcome = NoMatch
	if m.matches > 0 {
		m.outcome = Matched
	}
}
