// Package load measures what the server does for a page, without one: over a
// real websocket, against the real binary. The browser tests take their texts
// from here too.
package load

import (
	"math/rand/v2"
	"strings"
)

// Pattern is what the measurements of texts search for.
const Pattern = `\b(\w+)ing\b`

// Catastrophic is a pattern that takes a backtracking engine for ever on
// CatastrophicText.
const (
	Catastrophic     = `(a+)+$`
	CatastrophicText = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"
)

var words = strings.Fields(`the of and a to in is it was for on are as with his they at be this from have or by one
	had not but what all were when we there can an your which their said if do will each about how up out them then she
	many some so these would other into has more her two like him see time could no make than first been its who now
	people my made over did down only way find use may water long little very after words called just where most know`)

var endings = strings.Fields(`running walking thinking searching matching looking typing reading writing going
	being having making taking coming giving finding telling working calling trying asking needing feeling leaving`)

// Text returns English-like lines, the same every time, of exactly size bytes
// (ASCII). A good quarter of the words matches [Pattern]: half a million in 10 MB.
func Text(size int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.Grow(size + 100)
	for line := 0; b.Len() < size; {
		word := words[random.IntN(len(words))]
		if random.IntN(100) < 27 {
			word = endings[random.IntN(len(endings))]
		}
		b.WriteString(word)
		if line += len(word) + 1; line > 70 {
			b.WriteByte('\n')
			line = 0
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()[:size]
}
