package engine

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// ECMAScript returns the mode of the regexp2 package in which it goes by the
// specification of ECMAScript. It is no JavaScript engine: it has not the flags v
// and y. It also takes .NET's groups, such as (?>a); what the parser knows to be
// no JavaScript is refused here before it gets there.
//
// How it is interrupted, [DotNet] says.
func ECMAScript() Engine { return ecmascriptEngine{} }

type ecmascriptEngine struct{}

func (ecmascriptEngine) Info() Info {
	return Info{
		Flavor: "js", Name: "regexp2-ecmascript", Version: builtRegexp2(),
		Note: "regexp2's ECMAScript mode, not a JavaScript engine",
	}
}

// ecmascriptFlags are those that it has. d and g change nothing here.
const ecmascriptFlags = "imsudg"

func (e ecmascriptEngine) Compile(pattern []byte, flags string) (Program, error) {
	if err := checkLength(pattern); err != nil {
		return nil, err
	}
	flags, err := checkFlags("js", flags)
	if err != nil {
		return nil, err
	}
	options := regexp2.ECMAScript
	for _, letter := range flags {
		switch letter {
		case 'i':
			options |= regexp2.IgnoreCase
		case 'm':
			options |= regexp2.Multiline
		case 's':
			options |= regexp2.Singleline
		case 'u':
			options |= regexp2.Unicode
		case 'd', 'g':
		default:
			return nil, &FlagError{Engine: e.Info().Name, Flag: string(letter), Have: strings.Split(ecmascriptFlags, "")}
		}
	}
	tree, err := treeOf("js", string(pattern), flags)
	if err != nil {
		return nil, err
	}
	if len(tree.Errors) > 0 {
		return nil, tree.Errors[0]
	}
	units := options&regexp2.Unicode == 0
	source := tree.Pattern
	if units {
		source = inUnits(tree)
	}
	p, err := compileProgram(tree, source, options)
	if err != nil {
		return nil, err
	}
	p.units = units
	return p, nil
}

// A FlagError says that an engine has not a flag that its flavor has.
type FlagError struct {
	Engine, Flag string
	Have         []string // those of the flavor that it has
}

func (e *FlagError) Error() string {
	return fmt.Sprintf("this engine, %s, has no flag %s (it has: %s)", e.Engine, e.Flag, strings.Join(e.Have, ", "))
}

// Unwrap makes it the kind of error that a flag is that nobody knows.
func (e *FlagError) Unwrap() error {
	return &flavor.UnknownError{Kind: e.Engine + " flag", Got: e.Flag, Have: e.Have}
}

// inUnits returns a pattern with each character beyond the Basic Multilingual Plane
// as the escapes of its two units, which it is in JavaScript without u: a repeat
// repeats the second, and in a class they are two members. Those in names stay.
func inUnits(tree *syntax.Tree) string {
	var b strings.Builder
	for _, token := range tree.Tokens() {
		span := token.Span()
		text := tree.Pattern[span.Start:span.End]
		if strings.HasPrefix(text, "(") || strings.HasPrefix(text, `\k`) {
			b.WriteString(text)
			continue
		}
		for i, r := range text {
			switch {
			case r > 0xFFFF:
				high, low := utf16.EncodeRune(r)
				fmt.Fprintf(&b, `\u%04X\u%04X`, high, low)
			case r == '\\' && i == 0 && wideAt(text[1:]):
				// An escape of such a character is the character.
			default:
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

func wideAt(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r > 0xFFFF
}

// wideRunes counts the runes that are two UTF-16 units.
func wideRunes(runes []rune) (wide int) {
	for _, r := range runes {
		if r > 0xFFFF {
			wide++
		}
	}
	return wide
}

// appendUTF16 appends a text as UTF-16 units: those runes that are two, as two.
func appendUTF16(units, runes []rune) []rune {
	for _, r := range runes {
		if r <= 0xFFFF {
			units = append(units, r)
			continue
		}
		high, low := utf16.EncodeRune(r)
		units = append(units, high, low)
	}
	return units
}
