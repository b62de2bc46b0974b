package replace

import (
	"unicode/utf8"
)

// An Expander makes what stands in the place of matches, one after the other. It is
// used by one goroutine at a time.
type Expander struct {
	t     *Template
	state expansion
}

// Expander returns an expander for the matches of one search.
func (t *Template) Expander() *Expander {
	return &Expander{t: t, state: expansion{utf: t.pattern.UTF}}
}

// Append appends what stands in the place of a match, whose offsets are those that
// [engine.Program.Search] yields, and returns the longer slice. It takes time linear
// in what is appended. The matches have to come in their order: PCRE2 does not end a
// \U without \E at the end of a replacement.
func (e *Expander) Append(dst, text []byte, match []int) []byte {
	if !e.t.states {
		return appendParts(dst, text, match, e.t.Parts)
	}
	s := &e.state
	s.dst, s.text, s.match = dst, text, match
	s.expand(e.t.Parts)
	dst, s.dst = s.dst, nil
	return dst
}

// groupOf returns the offsets of the first group that took part; -1, -1 for none.
func groupOf(match []int, groups []int) (start, end int) {
	for _, g := range groups {
		if match[2*g] >= 0 {
			return match[2*g], match[2*g+1]
		}
	}
	return -1, -1
}

// stands returns the text that a part without parts stands for.
func (part *Part) stands(text []byte, match []int) []byte {
	switch part.Kind {
	case KindGroup:
		if start, end := groupOf(match, part.Groups); start >= 0 {
			return text[start:end]
		}
	case KindLast:
		for i := len(match) - 2; i > 0; i -= 2 {
			if match[i] >= 0 {
				return text[match[i]:match[i+1]]
			}
		}
	case KindBefore:
		return text[:match[0]]
	case KindAfter:
		return text[match[1]:]
	case KindInput:
		return text
	}
	return nil
}

func appendParts(dst, text []byte, match []int, parts []Part) []byte {
	for i := range parts {
		switch part := &parts[i]; part.Kind {
		case KindText:
			dst = append(dst, part.Text...)
		case KindCase:
			start := len(dst)
			dst = appendParts(dst, text, match, part.Parts)
			dst = part.Case.apply(dst, start)
		case KindIf:
			switch start, end := groupOf(match, part.Groups); {
			case start < 0:
				dst = appendParts(dst, text, match, part.Else)
			case part.Parts == nil:
				dst = append(dst, text[start:end]...)
			default:
				dst = appendParts(dst, text, match, part.Parts)
			}
		default:
			dst = append(dst, part.stands(text, match)...)
		}
	}
	return dst
}

// An expansion is one of a template with states: what PCRE2 does with \U and the
// others, which are about the next character, wherever it comes from.
type expansion struct {
	dst, text []byte
	match     []int
	utf       bool
	now       Case // for the next character
	then      Case // for those behind it
}

func (e *expansion) expand(parts []Part) {
	for i := range parts {
		switch part := &parts[i]; part.Kind {
		case KindState:
			e.now, e.then = part.Case, part.Case
			if part.Case == CaseFirstUpper || part.Case == CaseFirstLower {
				e.then = CaseNone
			}
		case KindText:
			e.write([]byte(part.Text))
		case KindIf:
			switch start, end := groupOf(e.match, part.Groups); {
			case start < 0:
				e.expand(part.Else)
			case part.Parts == nil:
				e.write(e.text[start:end])
			default:
				e.expand(part.Parts)
			}
		default:
			e.write(part.stands(e.text, e.match))
		}
	}
}

func (e *expansion) write(b []byte) {
	for len(b) > 0 {
		if e.now == CaseNone {
			e.dst = append(e.dst, b...)
			return
		}
		if !e.utf {
			e.dst = append(e.dst, asciiCase(b[0], e.now))
			b = b[1:]
		} else {
			r, size := utf8.DecodeRune(b)
			if r == utf8.RuneError && size == 1 {
				e.dst = append(e.dst, b[0])
			} else {
				e.dst = utf8.AppendRune(e.dst, otherCase(r, e.now))
			}
			b = b[size:]
		}
		e.now = e.then
	}
}
