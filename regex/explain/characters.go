package explain

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A phrase is what matches a piece of text, in words that fit into others.
type phrase struct {
	one  string // "a digit"
	many string // what follows a number of times: "digits"
	// entry is the words in the list of a class, if not those of many.
	entry string
	// details are sentences that explain the words.
	details []string
	flags   string
}

// characters explains a node that matches characters and has no parts.
func (x *explainer) characters(n *syntax.Node) *Item {
	p := x.phrase(n)
	item := x.item(n, p.one, p.details...)
	item.Flags = p.flags
	return item
}

// phrase is the words for a node that matches characters and has no parts.
func (x *explainer) phrase(n *syntax.Node) phrase {
	switch n.Kind {
	case syntax.KindLiteral:
		return x.literal(n)
	case syntax.KindDot:
		return x.dot(n)
	case syntax.KindClassEscape:
		return x.classEscape(n)
	case syntax.KindProperty:
		return x.property(n)
	case syntax.KindPosix:
		return x.posix(n)
	}
	return x.class(n)
}

// literalRun is how many of the nodes are characters that one reads as a text.
func (x *explainer) literalRun(nodes []*syntax.Node) int {
	run := 0 // up to the last literal
	for i, n := range nodes {
		switch {
		case n.Kind == syntax.KindQuoteMark:
			continue
		case n.Kind != syntax.KindLiteral || n.Op > syntax.OpIdentity || n.Flags.Has('i') != nodes[0].Flags.Has('i'):
			return run
		}
		run = i + 1
	}
	return run
}

// literals explains a run of characters as one text.
func (x *explainer) literals(nodes []*syntax.Node) *Item {
	last := nodes[len(nodes)-1]
	whole := syntax.NewNode(last.Kind, syntax.OpVerbatim, last.Flags, syntax.Span{Start: nodes[0].Span.Start, End: last.Span.End})
	var b strings.Builder
	for _, n := range nodes {
		if n.Kind == syntax.KindLiteral {
			b.WriteString(literalText(n))
		}
	}
	whole.Text = b.String()
	return x.characters(whole)
}

// literalText is the text of a literal, bytes that are no UTF-8 among it.
func literalText(n *syntax.Node) string {
	switch {
	case n.Op == syntax.OpVerbatim:
		return n.Text
	case n.Other != "": // a sequence by its name
		return n.Other
	}
	return string(n.Rune)
}

// maxText is how much of a text is in a title: what fits on a line.
const maxText = 40

func (x *explainer) literal(n *syntax.Node) phrase {
	var p phrase
	text := literalText(n)
	switch {
	case n.Op == syntax.OpNamed:
		what := "character"
		if n.Len() > 1 {
			what = "sequence"
		}
		name := what + " named " + n.Text + ", " + quoted(text)
		p.one, p.many = "the "+name, "times the "+name
	case n.Op == syntax.OpVerbatim || n.Op == syntax.OpIdentity:
		switch size := n.Len(); {
		case len(text) == 1 && text[0] >= utf8.RuneSelf:
			p.one = "the byte " + quoted(text)
		case size == 1:
			p.one = "the character " + quoted(text)
		case size > maxText:
			p.one = fmt.Sprintf("the text of %s characters %s", count(size), quoted(string([]rune(text)[:maxText])+"..."))
		default:
			p.one = "the text " + quoted(text)
		}
		p.many = "times " + quoted(text)
	default:
		name := x.charByNumber(n)
		p.one, p.many = article(name), "times "+name
	}
	if n.Flags.Has('i') && slices.ContainsFunc(n.Runes(), isCased) {
		p.one, p.many, p.flags = p.one+", ignoring case", p.many+", ignoring case", "i"
		p.details = append(p.details, x.otherCases(n)...)
	}
	p.details = append(p.details, x.units(n)...)
	if x.foldsLong(n) {
		p.details = append(p.details, foldsLongWords)
	}
	return p
}

// charByNumber is a character that is written by its number or by a letter.
func (x *explainer) charByNumber(n *syntax.Node) string {
	r := n.Rune
	name, named := charNames[r]
	switch {
	case r == utf8.RuneError && len(x.tree.Errors) > 0 && !strings.Contains(strings.ToLower(x.tree.Source(n)), "fffd"):
		return "character that is not written in full" // an error stands for it
	case r >= 0x80 && r <= 0xFF && n.Op != syntax.OpUnicode && x.byteEscapes(n):
		return fmt.Sprintf(`the byte \x%02X`, r)
	case named:
		return fmt.Sprintf("%s (%s)", name, number(r))
	case visible(r):
		return fmt.Sprintf("%s (%s)", quoted(string(r)), number(r))
	}
	return "the character " + number(r)
}

// byteEscapes reports whether \xE9 is a byte and not a character.
func (x *explainer) byteEscapes(n *syntax.Node) bool {
	return x.is(flavor.InRuby) || x.is(flavor.InPCRE2) && !n.Flags.Has('u')
}

func isCased(r rune) bool { return unicode.SimpleFold(r) != r }

// otherCases says what a literal matches that one may not expect.
func (x *explainer) otherCases(n *syntax.Node) []string {
	var details, single []string
	seen := map[rune]bool{}
	for _, r := range n.Runes() {
		if seen[r] || !isCased(r) {
			continue
		}
		seen[r] = true
		switch set := x.tree.RuneSet(n, r); {
		case set.Len() == 1:
			single = append(single, quoted(string(r)))
		case r >= 0x80 && n.Len() > 1: // the character's own cases, which one expects
		case set.Len() > 2 && n.Len() == 1: // Kelvin's K, say
			details = append(details, sentence(fmt.Sprintf("one of %s", describe(set, x.universe(n)))))
		case set.Len() > 2:
			details = append(details, sentence(fmt.Sprintf("%s matches %s", quoted(string(r)), describe(set, x.universe(n)))))
		}
	}
	switch {
	case len(single) == 1:
		details = append(details, single[0]+" has no other case here.")
	case len(single) > 1:
		details = append(details, list(single, "and")+" have no other case here.")
	}
	return details
}

func (x *explainer) universe(n *syntax.Node) syntax.CharRange {
	return syntax.Universe(x.flavor, n.Flags)
}

// units says that a literal is more characters than it seems.
func (x *explainer) units(n *syntax.Node) []string {
	switch universe := x.universe(n); {
	case universe.Last == 0xFF && n.Op == syntax.OpVerbatim && len(n.Text) > n.Len():
		return []string{fmt.Sprintf("Without the flag u it is %s.", plural(len(n.Text), "byte"))}
	case universe.Last == 0xFFFF && slices.ContainsFunc(n.Runes(), func(r rune) bool { return r > 0xFFFF }):
		return []string{bmpOnly}
	}
	return nil
}

func (x *explainer) dot(n *syntax.Node) phrase {
	unit := x.unit(n)
	p := phrase{one: "any " + unit + " but a line end", many: unit + "s other than line ends"}
	excluded := x.flavor.Semantics.DotExcludes
	if len(excluded.With(n.Flags).Ranges()) == 0 {
		p.one, p.many = "any "+unit, unit+"s of any kind"
		p.flags = "s"
		if x.is(flavor.InRuby) {
			p.flags = "m"
		}
		p.details = append(p.details, fmt.Sprintf("Line ends too: the flag %s is in force.", p.flags))
	} else {
		p.details = append(p.details, x.newlines(excluded.With(n.Flags)))
	}
	if x.universe(n).Last == 0xFFFF {
		p.details = append(p.details, bmpOnly)
	}
	return p
}

// bmpOnly says what a character is in JavaScript without u and v.
const bmpOnly = "Without the flags u and v, a character beyond U+FFFF is two UTF-16 units."

// unit is what one character of the text is.
func (x *explainer) unit(n *syntax.Node) string {
	if x.universe(n).Last == 0xFF {
		return "byte"
	}
	return "character"
}

// newlines says what ends a line, if no option says otherwise.
func (x *explainer) newlines(ends *flavor.CharSet) string {
	switch x.newline {
	case "CR":
		return `Lines end with \r, as (*CR) says.`
	case "CRLF":
		return `Lines end with \r and \n together, as (*CRLF) says.`
	case "ANYCRLF":
		return `Lines end with \r, \n, or both together, as (*ANYCRLF) says.`
	case "ANY":
		return "Lines end with all that Unicode has for it, as (*ANY) says."
	case "NUL":
		return "Lines end with NUL, as (*NUL) says."
	}
	return "Lines end with " + strings.Replace(ends.Words, " and ", " or ", 1) + "."
}

// letterNames are what the letters of class escapes stand for.
var letterNames = map[rune]string{
	'd': "digit", 'w': "word character", 's': "white space character", 'h': "horizontal space", 'v': "vertical space",
}

func (x *explainer) letterName(r rune) string {
	if r == 'h' && x.is(flavor.InRuby) {
		return "hexadecimal digit"
	}
	return letterNames[r]
}

func (x *explainer) classEscape(n *syntax.Node) phrase {
	switch n.Rune {
	case 'N':
		return phrase{one: "any character but a line end", many: "characters other than line ends", details: []string{
			x.newlines(x.flavor.Semantics.DotExcludes.Plain) + " No flag changes that.",
		}}
	case 'R':
		return phrase{one: "a line break", many: "line breaks", details: x.lineBreak(n)}
	case 'X':
		return phrase{one: "a grapheme cluster", many: "grapheme clusters", details: []string{
			"It is one character as readers see it: a letter with all its marks, a whole emoji, or a line break.",
		}}
	case 'C':
		return phrase{one: "one byte", many: "bytes", details: []string{"It may be a part of a character."}}
	}
	name := x.letterName(n.Rune)
	return x.named(n, name, name+"s")
}

// named is the phrase of a set that has a name.
func (x *explainer) named(n *syntax.Node, name, names string) phrase {
	p := phrase{one: article(name), many: names}
	if n.Negated {
		p.one, p.many, p.entry = "any character but "+article(name), "characters other than "+names, "non-"+names
	}
	p.details = slices.Clone(x.definition(n, article(name)))
	return p
}

// definition says what a set with a name is. Sets of thousands of characters are
// worth keeping: a pattern names the same few again and again.
func (x *explainer) definition(n *syntax.Node, what string) []string {
	key := setKey{n.Kind, n.Rune, n.Text, n.Flags, what}
	details, ok := x.defined[key]
	if !ok {
		details = x.define(n, what)
		x.defined[key] = details
	}
	return details
}

func (x *explainer) define(n *syntax.Node, what string) []string {
	positive := *n
	positive.Negated = false
	set, ok := x.tree.CharSet(&positive)
	if !ok {
		return nil
	}
	words := ""
	if n.Kind == syntax.KindClassEscape {
		words = x.classWords(n)
	}
	own := unicodeVersion
	if n.Kind == syntax.KindProperty {
		own = x.tree.PropertyVersion(n)
	}
	return x.membership(what, words, own, set, x.universe(n))
}

// classWords describes \d, \w and \s as the table of flavors does.
func (x *explainer) classWords(n *syntax.Node) string {
	flags := n.Flags
	if flags&flavor.UCP != 0 {
		flags = flags.With('u')
	}
	switch semantics := x.flavor.Semantics; n.Rune {
	case 'd':
		return semantics.Digit.With(flags).Words
	case 'w':
		return semantics.Word.With(flags).Words
	case 's':
		return semantics.Space.With(flags).Words
	}
	return ""
}

// membership says which characters are what. words describe a set that is too
// large to be listed, or are ""; own is the version of Unicode that the set is of.
func (x *explainer) membership(what, words, own string, set syntax.CharSet, universe syntax.CharRange) []string {
	list := describe(set, universe)
	if set.Len() > 1 && !strings.HasPrefix(list, "any ") {
		list = "one of " + list
	}
	large := len(set) > maxShown
	if large && words != "" {
		return append([]string{sentence(what + " is one of the " + strings.TrimPrefix(words, "the "))}, x.counted(set, own)...)
	}
	details := []string{sentence(what + " is " + list)}
	if large {
		details = append(details, x.version(set, own)...)
	}
	return details
}

// counted says how many characters a large set has.
func (x *explainer) counted(set syntax.CharSet, own string) []string {
	details := []string{fmt.Sprintf("These are %s characters: %s.", count(set.Len()), ranges(set, syntax.CharRange{}))}
	return append(details, x.version(set, own)...)
}

// unicodeVersion is that of package unicode.
var unicodeVersion = strings.TrimSuffix(unicode.Version, ".0")

// version says that an engine may know other characters than were counted.
func (x *explainer) version(set syntax.CharSet, own string) []string {
	if theirs := x.flavor.Semantics.Unicode; theirs != own && set[len(set)-1].Last > 0xFF {
		return []string{fmt.Sprintf("They are those of Unicode %s; %s knows Unicode %s.", own, x.flavor.Semantics.Engine, theirs)}
	}
	return nil
}

func (x *explainer) lineBreak(n *syntax.Node) []string {
	set := "line feed, vertical tab, form feed, carriage return, U+0085, U+2028 and U+2029"
	switch {
	case x.crlfOnly:
		set = "the two, as (*BSR_ANYCRLF) says"
	case x.universe(n).Last == 0xFF:
		set = "line feed, vertical tab, form feed, carriage return, and the byte 85"
	}
	again := "Once it has matched both, it does not give the line feed back."
	if x.is(flavor.InJava) {
		again = "It can give the line feed back."
	}
	return []string{"It is a carriage return and a line feed together, or one of " + set + ".", again}
}

// posixNames are what POSIX classes are, one and many.
var posixNames = map[string][2]string{
	"alnum": {"letter or digit", "letters and digits"}, "alpha": {"letter", "letters"},
	"ascii": {"ASCII character", "ASCII characters"}, "blank": {"blank", "blanks"},
	"cntrl": {"control character", "control characters"}, "digit": {"digit", "digits"},
	"graph": {"visible character", "visible characters"}, "lower": {"lower-case letter", "lower-case letters"},
	"print": {"printable character", "printable characters"}, "punct": {"punctuation character", "punctuation characters"},
	"space": {"white space character", "white space characters"}, "upper": {"upper-case letter", "upper-case letters"},
	"word": {"word character", "word characters"}, "xdigit": {"hexadecimal digit", "hexadecimal digits"},
}

func (x *explainer) posix(n *syntax.Node) phrase {
	names, ok := posixNames[n.Text]
	if !ok {
		return phrase{one: "a character of [:" + n.Text + ":]", many: "characters of [:" + n.Text + ":]"}
	}
	if n.Flags.Has('i') && (n.Text == "lower" || n.Text == "upper") {
		set, known := x.tree.CharSet(n)
		p := x.named(n, names[0], names[1])
		p.one, p.many, p.flags, p.details = p.one+", ignoring case", p.many+", ignoring case", "i", x.members(n, set, known, n.Negated)
		return p
	}
	return x.named(n, names[0], names[1])
}

func (x *explainer) property(n *syntax.Node) phrase {
	property, extended, known := x.tree.PropertyOf(n)
	if !known {
		property.Name = n.Text
	}
	if strings := x.tree.ClassStrings(n); len(strings) > 0 {
		return x.propertyOfStrings(n, strings)
	}
	what := "with the property " + property.Name
	switch property.Kind {
	case "category":
		what = "of the category " + property.Name
		if long := categoryName(property.Name); long != "" {
			what += " (" + long + ")"
		}
	case "script":
		what = "of the script " + property.Name
		if extended {
			what = "of or used with the script " + property.Name
		}
	case "block":
		what = "of the block " + property.Name
	}
	unknown := "Which characters those are, only the engine knows."
	if x.is(flavor.InPerl) {
		name, _, _ := strings.Cut(n.Text, "=")
		name, _, _ = strings.Cut(name, ":")
		if values, wild := flavor.Wildcard(n.Text); wild {
			what = "with a value of the property " + name + " that matches the pattern " + quoted(values)
		} else if _, has := x.tree.CharSet(n); !has && x.flavor.HasProperty(n.Text, n.Flags) && (strings.HasPrefix(name, "Is") || strings.HasPrefix(name, "In")) {
			what = "with the property " + n.Text + " of the program's own"
			unknown = "Perl looks for it among the subroutines of the program when it matches, and fails when it is not there."
		}
	}
	if names, ok := posixNames[strings.ToLower(property.Name)]; ok && strings.HasPrefix(property.Kind, "posix") {
		return x.named(n, names[0], names[1])
	}
	p := phrase{one: "a character " + what, many: "characters " + what}
	if n.Negated {
		p.one, p.many, p.entry = "any character but one "+what, "characters other than those "+what, "characters not "+what
	}
	if n.Flags.Has('i') {
		set, known := x.tree.CharSet(n)
		p.flags, p.details = "i", x.members(n, set, known, n.Negated)
		if p.entry == "" {
			p.entry = p.many
		}
		p.one, p.many = p.one+", ignoring case", p.many+", ignoring case"
		return p
	}
	p.details = slices.Clone(x.definition(n, "a character "+what))
	if p.details == nil && len(x.tree.Errors) == 0 {
		p.details = []string{unknown}
	}
	return p
}

// propertyOfStrings is a property that sequences of characters have.
func (x *explainer) propertyOfStrings(n *syntax.Node, strings []string) phrase {
	what := "with the property " + n.Text
	p := phrase{one: "an emoji " + what, many: "emoji " + what}
	set, _ := x.tree.CharSet(n)
	longest := strings[0]
	details := fmt.Sprintf("It matches %s of several characters, such as %s", plural(len(strings), "sequence"), quoted(longest))
	if len(set) > 0 {
		details = fmt.Sprintf("It matches %s and %s of several, such as %s", plural(set.Len(), "character"), plural(len(strings), "sequence"), quoted(longest))
	}
	p.details = []string{details + ".", longerFirst}
	if n.Flags.Has('i') {
		p.one, p.many, p.flags = p.one+", ignoring case", p.many+", ignoring case", "i"
	}
	return p
}

// categoryName is the long name of a category, in words.
func categoryName(short string) string {
	best := ""
	for alias, category := range unicode.CategoryAliases {
		if category == short && (len(alias) > len(best) || len(alias) == len(best) && alias < best) {
			best = alias
		}
	}
	return strings.ToLower(strings.ReplaceAll(best, "_", " "))
}
