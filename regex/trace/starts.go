package trace

import "bytes"

// Optimizations are what an engine does less than its rules say, as the engine itself tells. The zero value is none.
type Optimizations struct {
	// Possessive are the items, by their offsets in the pattern, whose repeats give nothing back.
	Possessive []int
	// Starts is what is looked at before each attempt, or nil.
	Starts *Starts
}

// Starts are what PCRE2 knows of where matches can be. Without a match that has all of it, there is no attempt.
type Starts struct {
	// First are the bytes with which each match begins, or nil when they are not known. OneFirst says that they are one
	// character's, and not a set's.
	First    *[256]bool
	OneFirst bool
	// LineStart says that matches begin at the start of a line, and Anchored that they begin where the search does.
	LineStart, Anchored bool
	MinLength           int // in bytes at least
	// Last are the bytes of which there is one in each match, or nil when they are not known. In a rest of LastLimit bytes
	// it is not looked for, when the pattern is anchored; else in one of a thousand times that.
	Last      *[256]bool
	LastLimit int
}

// begins moves an attempt to the first place from its own on where there can be a match. Otherwise it is the step that says
// that there is none, or goes on behind the only place that was to be tried. This is what pcre2_match of pcre2_match.c does
// at the start of its loop.
func (m *machine) begins() bool {
	s := m.starts
	retry := m.attempt == m.advance && m.rules.retries // of PCRE2's callers, behind an empty match
	only := m.rules.anchored || retry
	start := int(m.attempt)
	switch {
	case only:
		if s.First != nil && (start == len(m.text) || !s.First[m.text[start]]) {
			return m.noStart(retry)
		}
	case s.OneFirst:
		if start = m.seek(start, s.First); start == len(m.text) {
			return m.noStart(retry)
		}
	case s.LineStart:
		start = m.lineStart(start)
	case s.First != nil:
		if start = m.seek(start, s.First); start == len(m.text) {
			return m.noStart(retry)
		}
	}
	if len(m.text)-start < s.MinLength || s.Last != nil && !m.hasLast(start, only) {
		return m.noStart(retry)
	}
	m.attempt = int32(start)
	return true
}

// seek returns where the first byte of a set is from an offset on, or the end of the text.
func (m *machine) seek(from int, set *[256]bool) int {
	for from < len(m.text) && !set[m.text[from]] {
		from++
	}
	return from
}

// lineStart returns the first start of a line from an offset on, where the first attempt of a search can be anywhere.
func (m *machine) lineStart(at int) int {
	if at == int(m.from) {
		return at
	}
	if i := bytes.IndexByte(m.text[at-1:], '\n'); i >= 0 {
		return at + i
	}
	return len(m.text)
}

// hasLast reports whether there is one of the last bytes in what a match at an offset can have, or the text is too long for
// looking. What was found is kept for the next attempts.
func (m *machine) hasLast(start int, only bool) bool {
	rest, from := len(m.text)-start, start
	if m.starts.OneFirst {
		from++
	}
	limit := m.starts.LastLimit
	if !only {
		limit *= 1000
	}
	if rest >= limit || from <= int(m.required) {
		return true
	}
	if from = m.seek(from, m.starts.Last); from >= len(m.text) {
		return false
	}
	m.required = int32(from)
	return true
}

// noStart says that there can be no match: behind an empty one the search goes on at the next place, and else this is the
// step that ends the run.
func (m *machine) noStart(retry bool) bool {
	if next, ok := m.following(m.attempt); retry && ok {
		if m.rules.skipsPairs && m.inCRLF(next) {
			next++
		}
		m.attempt, m.from, m.advance = next, next, -1
		return false
	}
	m.lastAttempt, m.pos = m.attempt, m.attempt
	m.entered(KindNoMatch, pcAttempt)
	m.end()
	return false
}
