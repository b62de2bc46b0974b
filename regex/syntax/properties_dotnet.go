package syntax

import (
	"strings"
	"unicode"
)

// dotnetProperty reports whether regexp2 has a property of this name: a general
// category, script or binary property of package unicode in its exact spelling,
// or one of the names below. It has no blocks such as IsGreek, which .NET has.
func dotnetProperty(name string) bool {
	_, alias := unicode.CategoryAliases[name]
	if alias || unicode.Categories[name] != nil || unicode.Scripts[name] != nil || unicode.Properties[name] != nil {
		return true
	}
	if strings.Contains(name, " ") {
		return false // elsewhere blanks do not matter
	}
	property, value, ok := strings.Cut(name, "=")
	if !ok {
		return listed(dotnetLoose, looseName(name))
	}
	long, ok := dotnetBreaks[looseName(property)]
	return ok && listed(dotnetBreakValues[long], looseName(value))
}

// dotnetShort reports whether \p and one character is a property.
func dotnetShort(r rune) bool { return dotnetProperty(string(r)) }

// listed reports whether a word is in a list that blanks separate.
func listed(list, word string) bool {
	return word != "" && !strings.Contains(word, " ") && strings.Contains(" "+list+" ", " "+word+" ")
}

// What regexp2 v2.12 has beyond package unicode, from its table of Unicode 17
// aliases: names without case, hyphens and underscores.
const dotnetLoose = "ebase ecomp emod emoji emojicomponent emojimodifier emojimodifierbase emojipresentation epres " +
	"extendedpictographic extpict gcb graphemeclusterbreak incb indicconjunctbreak math sb sentencebreak wb wordbreak " +
	"extendnumlet hebrewletter regionalindicator ri wsegspace"

// dotnetBreaks are the properties with values, by their loose names.
var dotnetBreaks = map[string]string{
	"gcb": "gcb", "graphemeclusterbreak": "gcb",
	"incb": "incb", "indicconjunctbreak": "incb",
	"sb": "sb", "sentencebreak": "sb",
	"wb": "wb", "wordbreak": "wb",
}

var dotnetBreakValues = map[string]string{
	"gcb":  "cn control cr ex extend l lf lv lvt pp prepend regionalindicator ri sm spacingmark t v zwj",
	"incb": "consonant extend linker",
	"sb": "at aterm cl close cr ex extend fo format le lf lo lower nu numeric oletter sc scontinue se sep sp st sterm " +
		"up upper",
	"wb": "aletter cr doublequote dq ex extend extendnumlet fo format hebrewletter hl ka katakana le lf mb midletter " +
		"midnum midnumlet ml mn newline nl nu numeric regionalindicator ri singlequote sq wsegspace zwj",
}
