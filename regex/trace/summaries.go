package trace

import (
	"cmp"
	"slices"
)

// summaries keep the attempts that are shown when there are more than [MaxAttempts]: a third each are the first, the
// last and those with the most steps.
type summaries struct {
	first, last, most []Attempt
	oldest            int // of last, when it is full
	// closest is the first of those without a match that took most text, and some is false before there is one.
	closest Attempt
	some    bool
}

// someAttempts is a third of them.
const someAttempts = MaxAttempts / 3

func (s *summaries) add(a Attempt) {
	if !a.Matched && (!s.some || a.Furthest-a.Offset > s.closest.Furthest-s.closest.Offset) {
		s.closest, s.some = a, true
	}
	if len(s.first) < someAttempts {
		s.first = append(s.first, a)
		return
	}
	if len(s.last) == someAttempts {
		s.offer(s.last[s.oldest])
		s.last[s.oldest] = a
		s.oldest = (s.oldest + 1) % someAttempts
		return
	}
	s.last = append(s.last, a)
}

// offer keeps an attempt that is neither a first nor a last one if it has many steps. most is a heap of these, the one
// with the fewest steps at its top; of equals the earlier ones stay.
func (s *summaries) offer(a Attempt) {
	if len(s.most) < someAttempts {
		s.most = append(s.most, a)
		for i := len(s.most) - 1; i > 0 && s.most[i].Steps < s.most[(i-1)/2].Steps; i = (i - 1) / 2 {
			s.most[i], s.most[(i-1)/2] = s.most[(i-1)/2], s.most[i]
		}
		return
	}
	if a.Steps <= s.most[0].Steps {
		return
	}
	s.most[0] = a
	for i := 0; ; {
		child := 2*i + 1
		if child+1 < len(s.most) && s.most[child+1].Steps < s.most[child].Steps {
			child++
		}
		if child >= len(s.most) || s.most[i].Steps <= s.most[child].Steps {
			return
		}
		s.most[i], s.most[child] = s.most[child], s.most[i]
		i = child
	}
}

// all returns those that are kept, in the order in which they ran.
func (s *summaries) all() []Attempt {
	all := slices.Concat(s.first, s.most, s.last)
	slices.SortFunc(all, func(a, b Attempt) int { return cmp.Compare(a.First, b.First) })
	return all
}

// nearest returns the closest attempt, or nil.
func (s *summaries) nearest() *Attempt {
	if !s.some {
		return nil
	}
	closest := s.closest
	return &closest
}
