package syntax

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

//go:embed unicode/sequences.txt
var sequencesText string

// stringProperties are what the properties of strings match, by their names. That of
// RGI_Emoji is all the others together, as UTS 51 says.
var stringProperties = sync.OnceValue(func() map[string]charsAndStrings {
	all := map[string]charsAndStrings{}
	var emoji charsAndStrings
	for line := range strings.Lines(sequencesText) {
		name, list, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue // a comment
		}
		var set charsAndStrings
		var chars []rune
		for text := range strings.SplitSeq(list, " ") {
			if runes := []rune(text); len(runes) == 1 {
				chars = append(chars, runes[0])
			} else {
				set.strings = append(set.strings, text)
			}
		}
		set.chars = charsOf(chars...)
		set.sortStrings()
		all[name] = set
		emoji.chars = emoji.chars.Union(set.chars)
		emoji.strings = append(emoji.strings, set.strings...)
	}
	emoji.sortStrings()
	all["RGI_Emoji"] = emoji
	return all
})

// stringProperty evaluates a property of strings, and reports false for others.
func (e *evaluator) stringProperty(n *Node) (charsAndStrings, bool) {
	if n.Kind != KindProperty || !e.is(flavor.InJS) || !n.Flags.Has('v') {
		return charsAndStrings{}, false
	}
	set, ok := stringProperties()[n.Text]
	if !ok {
		return charsAndStrings{}, false
	}
	return charsAndStrings{chars: e.fold(set.chars, n.Flags), strings: append([]string(nil), set.strings...), open: true}, true
}

// widthOfClassOp returns the least and the largest number of characters of what is left of the operands. What leaves
// nothing matches nowhere: it counts as one character, as an empty class does.
func (t *Tree) widthOfClassOp(n *Node) width {
	set := t.evaluator().operation(n)
	got := exactly(1)
	if n := len(set.strings); n > 0 {
		got.min, got.max = utf8.RuneCountInString(set.strings[n-1]), utf8.RuneCountInString(set.strings[0])
	}
	if len(set.chars) > 0 || set.open {
		got.min, got.max = min(got.min, 1), max(got.max, 1)
	}
	if set.open {
		got.max = Unlimited
	}
	return got
}
