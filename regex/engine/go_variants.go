package engine

import (
	"regexp"
	"sync"
)

// goVariants are the pattern P in other patterns, which find what P finds in
// the middle of a text. regexp has no search that starts at an offset and still
// sees the text before it, so these start one rune earlier and begin with
// something for that rune. They are compiled when they are needed; each is nil
// when it does not compile, which happens where P is at one of regexp's limits
// and the variant beyond.
type goVariants struct {
	// from is \A|P. The first match of FindAll is empty; it goes on with P
	// after one rune.
	from func() *regexp.Regexp
	// next is \A(?s:.)(?s:.*?)(P): the first match of P after the rune before.
	next func() *regexp.Regexp
	// here is \A(P), hereAfter is \A(?s:.)(P): P at one place.
	here, hereAfter func() *regexp.Regexp
}

func newGoVariants(source goSource) goVariants {
	variant := func(before, after string) func() *regexp.Regexp {
		return sync.OnceValue(func() *regexp.Regexp {
			re, err := source.compileIn(before, after)
			if err != nil {
				return nil
			}
			return re
		})
	}
	return goVariants{
		from:      variant(`\A|`, ``),
		next:      variant(`\A(?s:.)(?s:.*?)(`, `)`),
		here:      variant(`\A(`, `)`),
		hereAfter: variant(`\A(?s:.)(`, `)`),
	}
}
