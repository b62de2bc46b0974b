package syntax

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// What only .NET does, as regexp2 v2.12 does it.

// balancing reads (?<push-pop>...) from its body on.
func (p *parser) balancing(start int, name string, at Span) *Node {
	push, pop, _ := strings.Cut(name, "-")
	n := p.node(KindGroup, start)
	p.detail(n)
	n.Other, n.Aux = pop, at
	p.setText(n, push)
	if push != "" {
		p.next++
		n.Number = p.next
		if p.dotnetName(push, Span{at.Start, at.Start + len(push)}) {
			p.next--
			n.Number = p.dotnetNumber(push, at)
		}
		if n.Number > 0 {
			p.register(n)
		}
	}
	p.dotnetName(pop, Span{at.End - len(pop), at.End})
	p.refs = append(p.refs, n)
	return p.body(n, OpBalancing)
}

// numbered reads (?<12>...) of .NET.
func (p *parser) numbered(start int, digits string, at Span) *Node {
	n := p.node(KindGroup, start)
	p.detail(n)
	n.Aux, n.Number = at, p.dotnetNumber(digits, at)
	if n.Number == 0 {
		return p.body(n, OpNonCapture)
	}
	p.register(n)
	return p.body(n, OpCapture)
}

// dotnetNumber is the number that a pattern gives a group, or 0 when it cannot.
func (p *parser) dotnetNumber(digits string, at Span) int {
	switch n := number(digits); {
	case n > maxNumber:
		p.tooLarge(at)
		return 0
	case n == 0:
		p.failWith(&Error{
			Code: "invalid-group-name", Message: "a group cannot have the number 0, which is the whole match", Span: at,
		})
		return 0
	case n > maxGroups:
		p.failWith(&Error{
			Code: "number-too-large", Span: at,
			Message: fmt.Sprintf("a group's number is too large: more than %d are not read here", maxGroups),
		})
		return 0
	case digits[0] == '0':
		p.asked.slots = true
		if !p.slots.numbers[n] {
			p.failWith(&Error{Code: "invalid-group-name", Message: "a group's number cannot start with 0", Span: at})
		}
		return n
	default:
		return n
	}
}

// maxNumber is the largest number that .NET reads.
const maxNumber = 1<<31 - 1

// isDotNetWord reports whether a character may be in a name: those of \w.
func isDotNetWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIILetter(r) || isASCIIDigit(r) || r == '_'
	}
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Nd, unicode.Pc) || r == '\u200c' || r == '\u200d'
}

// dotnetWord returns the longest name that s begins with, which may be "".
func dotnetWord(s string) string {
	for i, r := range s {
		if !isDotNetWord(r) {
			return s[:i]
		}
	}
	return s
}

// slots are the numbers and names of the groups of a pattern, which tell in .NET
// what \10 and (?(name)...) are.
type slots struct {
	numbers map[int]bool
	names   map[string]bool
}

// parseSlots makes slots of the text of [parser.slotsText].
func parseSlots(text string) slots {
	s := slots{map[int]bool{0: true}, map[string]bool{}}
	for _, word := range strings.Fields(text) {
		if isDigits(word) {
			s.numbers[number(word)] = true
		} else {
			s.names[word] = true
		}
	}
	return s
}

// slotsText returns the numbers and names of the tree's groups as words, so that
// two parses can be compared.
func (p *parser) slotsText() string {
	var words []string
	for i, g := range p.tree.Groups {
		if g.Node == nil || p.padded(g.Node) {
			continue
		}
		words = append(words, strconv.Itoa(i))
		if g.Name != "" && !isDigits(g.Name) {
			words = append(words, g.Name)
		}
	}
	return strings.Join(words, " ")
}

// padded reports whether a group has a number that starts with 0: regexp2 does
// not look for groups of such numbers, but takes them when there is another one.
func (p *parser) padded(n *Node) bool {
	return n.Aux.Start < n.Aux.End && p.s[n.Aux.Start] == '0'
}

// dotnetAngle reads \<name> and \'name', an old spelling of a backreference, or
// returns nil. p.pos is behind the backslash.
func (p *parser) dotnetAngle(start int) *Node {
	shut := byte('>')
	if p.s[p.pos] == '\'' {
		shut = '\''
	}
	from := p.pos + 1
	name := dotnetWord(p.s[from:])
	end := from + len(name)
	if digits := strings.TrimLeft(name, "0123456789"); number("0"+name[:len(name)-len(digits)]) > maxNumber {
		p.tooLarge(Span{from, end - len(digits)})
	}
	if name == "" || end >= len(p.s) || p.s[end] != shut {
		return nil
	}
	if name[0] >= '0' && name[0] <= '9' && !isDigits(name) {
		return nil
	}
	p.pos = end + 1
	return p.reference(KindBackreference, start, name, Span{from, end})
}

// dotnetCondition reports whether what follows (? is a group as a condition, and
// not the number or name of one. What cannot be a condition gets its error.
func (p *parser) dotnetCondition() bool {
	rest := p.s[p.pos+1:]
	if rest == "" {
		return true
	}
	if rest[0] >= '0' && rest[0] <= '9' {
		return false
	}
	if name := dotnetWord(rest); name != "" {
		p.asked.slots = true
		return !p.slots.names[name] || !strings.HasPrefix(rest[len(name):], ")")
	}
	at := Span{p.pos, min(p.pos+4, len(p.s))}
	switch {
	case strings.HasPrefix(rest, "?#"):
		p.failWith(&Error{Code: "invalid-conditional", Message: "the condition cannot be a comment", Span: at})
	case strings.HasPrefix(rest, "?'"), strings.HasPrefix(rest, "?<") && len(rest) > 2 && rest[2] != '=' && rest[2] != '!':
		p.failWith(&Error{Code: "invalid-conditional", Message: "the condition cannot be a named group", Span: at})
	}
	return true
}

// dotnetFlags reads the letters of (?i-m+s) into flags and reports whether there
// are some, with signs among them. p.pos is behind the question mark.
func (p *parser) dotnetFlags(set flavor.Flags) flavor.Flags {
	off := false
	for ; p.more(); p.pos++ {
		c := p.s[p.pos]
		switch {
		case c == '-' || c == '+':
			off = c == '-'
		case strings.IndexByte(p.g.InlineFlags, c) < 0:
			return set
		case off:
			set = set.Without(c | 0x20)
		default:
			set = set.With(c | 0x20)
		}
	}
	return set
}

// dotnetQuoted is what a repeat behind an empty \Q\E repeats: what is before it,
// even a repeat, or nothing at all.
func (p *parser) dotnetQuoted(base int) bool {
	if !p.is(flavor.InDotNet) {
		return false
	}
	for i := len(p.items) - 1; i >= base && p.items[i].Kind.IsTrivia(); i-- {
		if p.items[i].Kind == KindQuoteMark {
			return true
		}
	}
	return false
}

// dotnetPosix reads [:name:] in a class, which .NET skips but for its [, or returns
// nil.
func (p *parser) dotnetPosix() *Node {
	start := p.pos
	rest, ok := strings.CutPrefix(p.s[p.pos:], "[:")
	if !ok {
		return nil
	}
	rest, _ = strings.CutPrefix(rest, "^")
	name := dotnetWord(rest)
	if !strings.HasPrefix(rest[len(name):], ":]") {
		return nil
	}
	p.pos = len(p.s) - len(rest) + len(name) + 2
	n := p.leaf(KindLiteral, TokenLiteral, start)
	p.setText(n, "[")
	return n
}

// dotnetSubtraction reads the class behind the - of a subtraction, which ends the
// class around it.
func (p *parser) dotnetSubtraction() {
	p.push(p.class())
	if p.more() && p.s[p.pos] != ']' {
		from := p.pos
		p.rune()
		p.fail("invalid-class", from, "put it in front of the subtraction", "a subtraction -[...] has to be the last thing in a class")
		p.pos = from
	}
}

// dotnetName checks the name or number of a group, without what it pops, and
// reports whether it is a number.
func (p *parser) dotnetName(name string, at Span) bool {
	digits := name != "" && name[0] >= '0' && name[0] <= '9'
	if digits && isDigits(name) {
		return true
	}
	if digits || dotnetWord(name) != name || name == "" {
		p.failWith(&Error{Code: "invalid-group-name", Message: p.nameRule(), Span: at})
	}
	return false
}

// renumber gives named groups their numbers as .NET does: behind those without
// a name, in order, but for numbers that are taken.
func (p *parser) renumber() {
	var plain, named []*Node
	taken, numbers := map[int]bool{}, map[int]*Node{}
	all := p.captures
	for _, n := range all {
		switch {
		case n.Text != "" && !isDigits(n.Text):
			named = append(named, n)
		case n.Aux.Start == n.Aux.End:
			plain = append(plain, n)
		default:
			taken[n.Number] = true
		}
	}
	for i, n := range plain {
		n.Number = i + 1
		taken[n.Number] = true
	}
	next := len(plain) + 1
	for _, n := range p.phantoms {
		numbers[next] = n
		taken[next] = true
		next++
	}
	names := map[string][]int{}
	for _, n := range named {
		if have := names[n.Text]; have != nil {
			n.Number = have[0]
			continue
		}
		for taken[next] {
			next++
		}
		n.Number = next
		names[n.Text] = []int{next}
		taken[next] = true
	}
	p.names, p.tree.Groups = names, make([]Group, 1, len(all)+1)
	for _, n := range all {
		if !p.padded(n) {
			p.putGroup(n.Number, n)
		}
		p.tokens.numberAt(n.Span.Start, n.Number)
	}
	for _, n := range all {
		p.putGroup(n.Number, n)
	}
	for number, n := range numbers {
		p.putGroup(number, n)
	}
}

// putGroup makes a node the group of a number that has none.
func (p *parser) putGroup(number int, n *Node) {
	for len(p.tree.Groups) <= number {
		p.tree.Groups = append(p.tree.Groups, Group{})
	}
	if p.tree.Groups[number].Node == nil {
		p.tree.Groups[number] = Group{Name: n.Text, Node: n}
	}
}

func (p *parser) tooLarge(at Span) {
	p.failWith(&Error{Code: "number-too-large", Message: fmt.Sprintf("the number is too large: %d is the most", maxNumber), Span: at})
}
