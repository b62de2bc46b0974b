package syntax

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// MaxPattern is the longest pattern in bytes whose tree is made: the engines take
// no longer ones.
const MaxPattern = 1 << 20

// Parse reads a pattern as a flavor does. It returns a tree for every text
// whatever: what is wrong with it is in [Tree.Errors]. Flags that the flavor
// does not have mean nothing; see [flavor.Flavor.CheckFlags].
//
// It takes time and memory linear in the length of the pattern: a pattern is
// read once, and once more when something in it turns out to mean something else by
// what groups there are. It is safe for concurrent use.
func Parse(pattern string, f *flavor.Flavor, flags flavor.Flags) *Tree {
	return read(pattern, f, flags).tree
}

func read(pattern string, f *flavor.Flavor, flags flavor.Flags) *parser {
	p := parse(pattern, f, flags, guess(pattern, f))
	if p.mistaken() {
		p = parse(pattern, f, flags, p.found)
	}
	p.finish()
	return p
}

// facts are what a pattern's end has to say about its beginning.
type facts struct {
	groups int    // capture groups, in JavaScript
	named  bool   // some have names, in JavaScript and Ruby
	slots  string // their numbers and names, in .NET
}

// guess returns the facts that are assumed at first: in Ruby, where names make plain
// groups not capture, that what looks like a named group is one.
func guess(pattern string, f *flavor.Flavor) facts {
	for rest, more := pattern, f.Set == flavor.InRuby; more; {
		_, rest, more = strings.Cut(rest, "(?")
		if len(rest) > 1 && (rest[0] == '\'' || rest[0] == '<' && rest[1] != '=' && rest[1] != '!') {
			return facts{named: true}
		}
	}
	return facts{}
}

// mistaken reports whether something was read by a fact that is not as it was assumed.
func (p *parser) mistaken() bool {
	a, f := p.assumed, p.found
	return p.asked.groups && a.groups != f.groups || p.asked.named && a.named != f.named || p.asked.slots && a.slots != f.slots
}

// A parser reads a pattern from left to right. Its methods leave pos behind
// what they have read, and have added its tokens.
type parser struct {
	tree      *Tree
	s         string
	pos       int
	set       flavor.Set // of the flavor alone
	g         *flavor.Grammar
	flags     flavor.Flags // in force at pos
	depth     int          // groups that are open
	cut       bool         // the rest of the pattern was left out, and nobody knows what it closes
	flagDepth int          // Ruby's flags that are in force to the end of a group

	assumed facts
	found   facts
	asked   struct{ groups, named, slots bool } // facts that something depends on

	strict  bool // JavaScript with u or v, which refuses what it otherwise takes for the characters themselves
	setMode bool // JavaScript with v

	special *byteSet // that end a run of literals
	normal  *byteSet // special without x
	spaced  *byteSet // special with x, once it is needed

	tokens      tokens
	room        room
	goes        goTotals
	items       []*Node // of the concatenations that are open
	names       map[string][]int
	pairs       map[namedGroup]bool // groups with a name, in PCRE2
	refs        []*Node             // backreferences, calls and conditions, whose groups may come later
	looks       []*Node             // lookbehinds
	next        int                 // the number of the last capture group
	inClass     bool                // in brackets
	quoted      bool                // the next \E ends a \Q
	endless     bool                // the end of .NET's range in a class is missing
	scopes      []scope             // branch resets that are open
	finds       map[string]find
	searched    int // bytes by index, for the test that the work is linear
	bracket     bracket
	utf         bool         // PCRE2's UTF mode
	duplicates  bool         // groups may share a number
	inLook      int          // lookarounds that are open
	strictClass bool         // in Perl's (?[...]), where warnings are errors
	newline     newline      // what ends a line of the pattern
	closed      map[int]bool // Python's groups that are closed
	behind      int          // the number of the last group before the lookbehind that is open, or -1
	onlyFlags   int          // how many tokens in front are known to be flags, in Python
	slots       slots        // that .NET's pattern is assumed to have
	// testing says that the next group is a condition of .NET or a part of a
	// conditional with one: it cannot be flags.
	testing bool
	// passive is the place of the last condition of .NET, for which the next
	// plain ( does not capture, or -1. One that is not that condition itself has
	// a number all the same: it is a phantom.
	passive  int
	captures []*Node // as far as they are registered, in the order of the pattern
	phantoms []*Node
}

// namedGroup is a name and one of its numbers.
type namedGroup struct {
	name   string
	number int
}

// scope is the numbering of an alternation in a branch reset.
type scope struct {
	depth       int
	start, most int // group numbers
}

func parse(pattern string, f *flavor.Flavor, flags flavor.Flags, assumed facts) *parser {
	p := &parser{
		tree: &Tree{Pattern: pattern, Flavor: f, Flags: flags, Groups: make([]Group, 1, 8)},
		s:    pattern, set: f.Set, g: &f.Grammar, flags: flags, assumed: assumed, names: map[string][]int{}, pairs: map[namedGroup]bool{}, passive: -1, behind: -1,
	}
	p.utf = flags.Has('u')
	if f.Set == flavor.InJS {
		p.setMode = flags.Has('v')
		p.strict = p.setMode || flags.Has('u')
	}
	p.prepare()
	if f.Set == flavor.InPython {
		p.closed = map[int]bool{}
	}
	if f.Set == flavor.InDotNet {
		p.slots = parseSlots(assumed.slots)
	}
	p.tokens.grow(min(8+len(pattern)/4, 1024))
	p.items = make([]*Node, 0, 32)
	p.room.plain = &flagless[utf8.RuneSelf]
	if p.g.UTF8 {
		p.checkUTF8()
	}
	if p.is(flavor.InRuby) {
		p.checkRubyEscapes()
	}
	p.tree.Root = p.root()
	p.tree.bytes = p.bytes()
	if f.Set == flavor.InDotNet {
		p.renumber()
	}
	p.tree.tokens = p.tokens
	p.found = facts{groups: len(p.tree.Groups) - 1, named: len(p.names) > 0}
	if p.asked.slots {
		p.found.slots = p.slotsText()
	}
	return p
}

func (p *parser) checkUTF8() {
	if utf8.ValidString(p.s) {
		return
	}
	hint := `write \x{...} for a character by its number`
	switch {
	case p.is(flavor.InDotNet):
		hint = `write \uFFFD to match bytes that are not UTF-8, which the engine sees as that character`
	case p.is(flavor.InRuby):
		hint = `write \u{...} for a character by its number`
	case p.is(flavor.InJS | flavor.InPython):
		hint = `write \u and four hexadecimal digits for a character by its number`
	}
	p.failWith(&Error{Code: "invalid-utf8", Message: "the pattern is not valid UTF-8 here", Span: invalidUTF8(p.s), Hint: hint})
}

func invalidUTF8(pattern string) Span {
	for i := 0; i < len(pattern); {
		r, size := utf8.DecodeRuneInString(pattern[i:])
		if r == utf8.RuneError && size == 1 {
			return Span{i, i + 1}
		}
		i += size
	}
	return Span{0, len(pattern)}
}

// A byteSet says of each byte whether it is in a set.
type byteSet [256]bool

// The bytes that mean something.
var (
	normalBytes = bytesOf(`\^$.[(|)*+?{`)
	strictBytes = bytesOf(`\^$.[(|)*+?{]}`)
)

func bytesOf(members string) *byteSet {
	var set byteSet
	for i := range len(members) {
		set[members[i]] = true
	}
	return &set
}

// prepare chooses the bytes that mean something.
func (p *parser) prepare() {
	p.normal, p.spaced, p.special = normalBytes, nil, nil
	if p.strict {
		p.normal = strictBytes
	}
	p.setFlags(p.flags)
}

// spacedBytes returns the bytes that mean something with x.
func (p *parser) spacedBytes() *byteSet {
	set := *p.normal
	set['#'] = true
	for c := range len(set) {
		set[c] = set[c] || p.startsSpace(byte(c))
	}
	return &set
}

func (p *parser) is(set flavor.Set) bool { return p.set&set != 0 }

func (p *parser) has(f flavor.Feature) bool { return p.is(f.In()) }

// setFlags puts flags in force.
func (p *parser) setFlags(flags flavor.Flags) {
	if flags != p.flags || p.special == nil {
		p.changeFlags(flags)
	}
}

func (p *parser) changeFlags(flags flavor.Flags) {
	p.flags, p.special = flags, p.normal
	if p.extended() {
		if p.spaced == nil {
			p.spaced = p.spacedBytes()
		}
		p.special = p.spaced
	}
}

func (p *parser) extended() bool { return p.g.Extended != 0 && p.flags.Has(p.g.Extended) }

func (p *parser) more() bool { return p.pos < len(p.s) }

// at reports whether the rest of the pattern begins with prefix.
func (p *parser) at(prefix string) bool { return strings.HasPrefix(p.s[p.pos:], prefix) }

// take is at, and goes behind it.
func (p *parser) take(prefix string) bool {
	ok := p.at(prefix)
	if ok {
		p.pos += len(prefix)
	}
	return ok
}

// peek returns the byte at an offset from here, and 0 behind the end.
func (p *parser) peek(offset int) byte {
	if i := p.pos + offset; i < len(p.s) {
		return p.s[i]
	}
	return 0
}

// rune goes behind one character and returns it. A byte that is not UTF-8 is one,
// and its own number.
func (p *parser) rune() rune {
	if c := p.s[p.pos]; c < utf8.RuneSelf || p.bytes() {
		p.pos++
		return rune(c)
	}
	r, size := utf8.DecodeRuneInString(p.s[p.pos:])
	if r == utf8.RuneError && size == 1 {
		r = rune(p.s[p.pos])
	}
	p.pos += size
	return r
}

// token adds a token from start to here.
func (p *parser) token(kind TokenKind, start int) {
	if start >= p.pos {
		return
	}
	t := &p.tokens
	i := t.n
	if i >= len(t.ends) || i >= len(t.kinds) {
		t.grow(p.yetToCome(i))
	}
	t.ends[i], t.kinds[i] = uint32(p.pos), kind
	t.gap = t.gap || start != t.end
	t.end, t.n = p.pos, i+1
}

// openToken is token for a bracket that closeToken will close, by the index among the
// brackets that openToken returns.
func (p *parser) openToken(kind TokenKind, start, number int) int {
	p.token(kind, start)
	t := &p.tokens
	if n := len(t.brackets); n == cap(t.brackets) {
		t.brackets = slices.Grow(t.brackets, p.yetToCome(n))
	}
	t.brackets = append(t.brackets, bracketPair{open: int32(t.len() - 1), close: -1, number: int32(number)})
	return len(t.brackets) - 1
}

// closeToken is token for the bracket that closes another one.
func (p *parser) closeToken(kind TokenKind, start, open int) {
	p.token(kind, start)
	p.tokens.brackets[open].close = int32(p.tokens.len() - 1)
}

// opener returns where the opening one of a pair of brackets stands.
func (p *parser) openerAt(open int) Span {
	return p.tokens.span(p.tokens.brackets[open].open)
}

// leaf is node, with its token.
func (p *parser) leaf(kind Kind, token TokenKind, start int) *Node {
	p.token(token, start)
	return p.nodeWith(kind, start, p.detailsFor(kind))
}

// maxErrors is how many errors a tree has: nobody reads more, and a hostile pattern
// has one every few bytes.
const maxErrors = 1000

func (p *parser) failWith(e *Error) {
	if p.cut && (e.Code == "missing-paren" || e.Code == "missing-bracket") {
		return
	}
	if len(p.tree.Errors) < maxErrors {
		p.tree.Errors = append(p.tree.Errors, e)
	}
}

func (p *parser) fail(code Code, start int, hint, format string, args ...any) {
	p.failWith(&Error{Code: code, Message: fmt.Sprintf(format, args...), Span: Span{start, p.pos}, Hint: hint})
}

// alternation reads to the ) of its group, which it leaves, or to the end.
func (p *parser) alternation() *Node {
	start := p.pos
	first := p.concat()
	if p.peek(0) != '|' {
		return first
	}
	base := len(p.items)
	p.push(first)
	longest := p.goLength(first)
	for p.peek(0) == '|' {
		p.pos++
		p.token(TokenAlternation, p.pos-1)
		p.nextBranch()
		branch := p.concat()
		p.push(branch)
		longest = max(longest, p.goLength(branch))
	}
	p.goes.longest = max(p.goes.longest, longest)
	n := p.node(KindAlternation, start)
	n.Sub = p.subs(p.items[base:])
	p.items = p.items[:base]
	return n
}

// nextBranch starts the numbering of groups anew when a branch reset says so.
func (p *parser) nextBranch() {
	if i := len(p.scopes) - 1; i >= 0 && p.scopes[i].depth == p.depth {
		s := &p.scopes[i]
		s.most = max(s.most, p.next)
		p.next = s.start
	}
}

// concat reads to the | or ) that ends it.
func (p *parser) concat() *Node {
	base, start := len(p.items), p.pos
	for p.more() {
		c := p.s[p.pos]
		if c == '|' || c == ')' && p.depth > 0 {
			break
		}
		if !p.special[c] {
			p.push(p.literal())
			continue
		}
		if p.item(c, base) {
			break
		}
	}
	items := p.items[base:]
	p.items = p.items[:base]
	switch len(items) {
	case 0:
		return p.node(KindEmpty, start)
	case 1:
		return items[0]
	}
	n := p.node(KindConcat, start)
	n.Sub = p.subs(items)
	return n
}

// item reads what starts with a byte that means something, and reports whether
// the concatenation, whose items start at base, ends behind it.
func (p *parser) item(c byte, base int) bool {
	start := p.pos
	var n *Node
	switch c {
	case '\\':
		n = p.escape()
	case '^', '$':
		p.pos++
		n = p.leaf(KindAssertion, TokenAnchor, start)
		n.Rune = rune(c)
	case '.':
		p.pos++
		n = p.leaf(KindDot, TokenClassEscape, start)
	case '[':
		n = p.class()
	case '(':
		n = p.group()
		if n.Kind == KindFlags && p.is(flavor.InRuby) {
			// In Ruby, a(?i)b|c is a(?i:b|c).
			p.push(n)
			if p.flagDepth >= p.g.MaxDepth {
				p.failWith(&Error{Code: "too-deep", Message: p.depthMessage(), Span: n.Span})
				return false
			}
			p.flagDepth++
			p.push(p.alternation())
			p.flagDepth--
			return true
		}
	case ')':
		p.pos++
		p.failWith(&Error{
			Code: "unexpected-paren", Message: "this ) closes no group", Span: Span{start, p.pos},
			Hint: `write \) for the character itself`, Fix: &Fix{Span{start, start}, `\`},
		})
		n = p.leaf(KindError, TokenError, start)
	case '*', '+', '?', '{':
		if p.repeat(base) {
			return false
		}
		n = p.brace()
	case ']', '}':
		p.pos++
		p.failWith(&Error{
			Code: "unexpected-bracket", Message: fmt.Sprintf("this %c closes nothing", c), Span: Span{start, p.pos},
			Hint: fmt.Sprintf(`write \%c for the character itself`, c), Fix: &Fix{Span{start, start}, `\`},
		})
		n = p.verbatim(start)
	case '#':
		n = p.lineComment()
	default:
		if p.spaceHere() == 0 {
			n = p.literal()
			break
		}
		n = p.space()
	}
	p.push(n)
	return false
}

// literal reads a run of characters that mean nothing else.
func (p *parser) literal() *Node {
	start := p.pos
	for p.pos++; p.pos < len(p.s) && !p.special[p.s[p.pos]]; p.pos++ {
	}
	return p.verbatim(start)
}

// verbatim is leaf for characters that stand for themselves.
func (p *parser) verbatim(start int) *Node {
	p.token(TokenLiteral, start)
	return p.nodeWith(KindLiteral, start, p.detailsOf(p.flags, p.s[start:p.pos]))
}

// brace reads a { that starts no repeat.
func (p *parser) brace() *Node {
	start := p.pos
	p.pos++
	n := p.verbatim(start)
	if p.g.Brace == flavor.Refused || p.strict || p.perlBrace(start) {
		p.failWith(&Error{
			Code: "invalid-repeat", Message: "this { starts no repeat", Span: Span{start, p.pos},
			Hint: `write \{ for the character itself`, Fix: &Fix{Span{start, start}, `\`},
		})
	}
	return n
}

// root reads the whole pattern.
func (p *parser) root() *Node {
	p.options()
	options := len(p.items)
	body := p.alternation()
	if options == 0 {
		return body
	}
	n := p.node(KindConcat, 0)
	n.Sub = append(p.items, body)
	return n
}
