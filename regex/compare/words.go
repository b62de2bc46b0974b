package compare

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// quoted is a part of a pattern in a sentence.
func quoted(source string) string {
	const most = 40
	if utf8.RuneCountInString(source) > most {
		source = string([]rune(source)[:most-3]) + "..."
	}
	return "`" + strings.Map(func(r rune) rune {
		if r < ' ' {
			return '␀' + r // the pictures of control characters are in the same order
		}
		return r
	}, source) + "`"
}

// maxNamed is how many characters a sentence names.
const maxNamed = 3

// named is some characters in a sentence.
func named(set syntax.CharSet) string {
	var words []string
	for _, r := range set {
		for c := r.First; c <= r.Last && len(words) < maxNamed; c++ {
			words = append(words, charName(c))
		}
	}
	text := strings.Join(words, ", ")
	if set.Len() > maxNamed {
		text += " and others"
	}
	return text
}

func charName(r rune) string {
	if escape := strings.IndexRune("\t\n\v\f\r", r); escape >= 0 {
		return `\` + string("tnvfr"[escape])
	}
	switch {
	case r > ' ' && r < unicode.MaxASCII:
		return string(r)
	case unicode.IsGraphic(r) && !unicode.Is(unicode.M, r) && !unicode.Is(unicode.Z, r):
		return fmt.Sprintf("%c (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// versioned is an engine's name with its version, which is in the name already where there are several.
func versioned(info engine.Info) string {
	return strings.TrimSpace(strings.TrimSuffix(info.Name, "@"+strings.TrimPrefix(info.Version, "v")) + " " + info.Version)
}

// readsMore reports whether the party's engine reads patterns in ways of its own, beside those of its flavor: what the
// table of flavors says of a part may not be what this engine takes it for.
func (p *party) readsMore() bool { return p.Side.Engine.Info().Name == "python-regex" }

// nameParties names two sides so that a sentence can tell them apart: by their
// flavors, their flags, or else their engines.
func nameParties(a, b *party) {
	for _, p := range []*party{a, b} {
		other := b
		if p == b {
			other = a
		}
		p.name = p.Side.Flavor.Label
		switch {
		case p.Side.Flavor != other.Side.Flavor && p.readsMore():
			p.name = p.Side.Engine.Info().Name
		case p.Side.Flavor != other.Side.Flavor:
		case p.Side.Flags != other.Side.Flags && p.Side.Flags == "":
			p.name += " without flags"
		case p.Side.Flags != other.Side.Flags:
			p.name += " with " + p.Side.Flags
		default:
			info := p.Side.Engine.Info()
			p.name = versioned(info)
			if info.Name == other.Side.Engine.Info().Name && info.Version == other.Side.Engine.Info().Version {
				p.name = fmt.Sprintf("%s (%s)", p.name, map[bool]string{true: "first", false: "second"}[p.isFirst])
			}
		}
	}
}
