package engine

import (
	"fmt"
	resyntax "regexp/syntax"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// goCodes names regexp's error codes as ours, with a message for people.
var goCodes = map[resyntax.ErrorCode]struct {
	code    syntax.Code
	message string
}{
	resyntax.ErrInvalidCharClass:      {"invalid-class", "this is not a character class"},
	resyntax.ErrInvalidCharRange:      {"invalid-range", "the range is in reverse order"},
	resyntax.ErrInvalidEscape:         {"invalid-escape", "Go's regexp has no such escape"},
	resyntax.ErrInvalidNamedCapture:   {"invalid-group-name", "a group name is written (?<name>...), with letters, digits and _"},
	resyntax.ErrInvalidPerlOp:         {"invalid-group", "Go's regexp has no such group or flag"},
	resyntax.ErrInvalidRepeatOp:       {"nested-repeat", "a repeat cannot be repeated directly"},
	resyntax.ErrInvalidRepeatSize:     {"invalid-repeat", "the repeat count is too large"},
	resyntax.ErrInvalidUTF8:           {"invalid-utf8", "the pattern is not valid UTF-8 here"},
	resyntax.ErrMissingBracket:        {"missing-bracket", "missing closing ]: the class starts here"},
	resyntax.ErrMissingParen:          {"missing-paren", "missing closing ): this group opened here"},
	resyntax.ErrMissingRepeatArgument: {"missing-repeat-argument", "there is nothing to repeat here"},
	resyntax.ErrTrailingBackslash:     {"trailing-backslash", "the pattern ends with a single backslash"},
	resyntax.ErrUnexpectedParen:       {"unexpected-paren", "this ) closes no group"},
	resyntax.ErrNestingDepth:          {"too-deep", "the pattern nests too deeply (more than 1,000 levels)"},
	resyntax.ErrLarge:                 {"too-large", "the pattern is too large for Go's regexp once its repeats are written out"},
}

// diagnose turns regexp's error into one for people. regexp gives no position,
// but most of its errors hold the offending part as a substring of the pattern
// itself, whose address tells the place.
func (s goSource) diagnose(bad *resyntax.Error) *syntax.Error {
	e := &syntax.Error{Code: "invalid", Message: string(bad.Code), Span: s.span(bad.Expr)}
	if known, ok := goCodes[bad.Code]; ok {
		e.Code, e.Message = known.code, known.message
	}
	scan := scanPattern(s.pattern, dialect{quotes: true})
	switch bad.Code {
	case resyntax.ErrMissingParen:
		if len(scan.open) > 0 {
			e.Span = scan.token(scan.open[0])
		}
		e.Hint = `write \( for the character itself`
	case resyntax.ErrUnexpectedParen:
		if scan.stray >= 0 {
			e.Span = syntax.Span{Start: scan.stray, End: scan.stray + 1}
		}
		e.Hint = `write \) for the character itself`
	case resyntax.ErrMissingBracket:
		e.Span.End = e.Span.Start + 1
		e.Hint = `write \[ for the character itself`
	case resyntax.ErrTrailingBackslash:
		e.Span = syntax.Span{Start: len(s.pattern) - 1, End: len(s.pattern)}
		e.Hint = `write \\ for a backslash`
	case resyntax.ErrInvalidUTF8:
		e.Span = invalidUTF8(s.pattern)
		e.Hint = `write \x{...} for a character by its number`
	case resyntax.ErrInvalidPerlOp, resyntax.ErrInvalidNamedCapture:
		if !explainUnfinished(e, s.pattern, goUnfinished) {
			s.explainUnknown(e)
		}
	case resyntax.ErrInvalidEscape:
		s.explainUnknown(e)
	case resyntax.ErrInvalidCharRange:
		s.explainRange(e)
	case resyntax.ErrInvalidRepeatOp, resyntax.ErrInvalidRepeatSize:
		s.explainRepeat(e)
	case resyntax.ErrMissingRepeatArgument:
		e.Hint = fmt.Sprintf(`write \%s for the character itself`, s.pattern[e.Span.Start:min(e.Span.Start+1, len(s.pattern))])
	}
	return e
}

// span returns where expr is in the pattern: the whole pattern when it is
// elsewhere.
func (s goSource) span(expr string) syntax.Span {
	whole := syntax.Span{Start: 0, End: len(s.pattern)}
	if expr == "" || s.compiled == "" {
		return whole
	}
	// Both are compared as numbers only, so neither has to be part of the other.
	at := int(uintptr(unsafe.Pointer(unsafe.StringData(expr))) - uintptr(unsafe.Pointer(unsafe.StringData(s.compiled))))
	start := at - len(s.prefix())
	if at < 0 || start < 0 || start+len(expr) > len(s.pattern) || s.pattern[start:start+len(expr)] != expr {
		return whole
	}
	return syntax.Span{Start: start, End: start + len(expr)}
}

func invalidUTF8(pattern string) syntax.Span {
	for i := 0; i < len(pattern); {
		r, size := utf8.DecodeRuneInString(pattern[i:])
		if r == utf8.RuneError && size == 1 {
			return syntax.Span{Start: i, End: i + 1}
		}
		i += size
	}
	return syntax.Span{Start: 0, End: len(pattern)}
}

const goFlags = "the flags there are: i m s U, as in (?i) and (?i:...)"

const linear = "Go's regexp runs in linear time, which rules this out"

// goUnknown says what people mean who write what Go's regexp does not have.
var goUnknown = []struct{ prefix, code, what, hint string }{
	{"(?<=", "unsupported-lookaround", "lookbehind (?<=...) is not in Go's regexp", linear + "; match the context too and use a group for the rest"},
	{"(?<!", "unsupported-lookaround", "negative lookbehind (?<!...) is not in Go's regexp", linear},
	{"(?=", "unsupported-lookaround", "lookahead (?=...) is not in Go's regexp", linear + "; match the context too and use a group for the rest"},
	{"(?!", "unsupported-lookaround", "negative lookahead (?!...) is not in Go's regexp", linear},
	{"(?>", "unsupported-atomic", "atomic groups (?>...) are not in Go's regexp", "it does not backtrack: use (?:...)"},
	{"(?#", "unsupported-comment", "comments (?#...) are not in Go's regexp", ""},
	{"(?|", "unsupported-group", "branch reset (?|...) is not in Go's regexp", "use (?:...) and a group in each branch"},
	{"(?(", "unsupported-group", "conditionals (?(...)...) are not in Go's regexp", ""},
	{"(?'", "unsupported-group", "(?'name'...) is not in Go's regexp", "write (?<name>...)"},
	{"(?P=", "unsupported-backreference", "backreferences are not in Go's regexp", linear},
	{"(?P>", "unsupported-recursion", "recursion is not in Go's regexp", linear},
	{"(?R", "unsupported-recursion", "recursion is not in Go's regexp", linear},
	{"(?&", "unsupported-recursion", "recursion is not in Go's regexp", linear},
	{"(?0", "unsupported-recursion", "recursion is not in Go's regexp", linear},
	{"(?1", "unsupported-recursion", "recursion is not in Go's regexp", linear},
	{`\k`, "unsupported-backreference", "backreferences are not in Go's regexp", linear},
	{`\g`, "unsupported-backreference", "backreferences are not in Go's regexp", linear},
	{`\Z`, "invalid-escape", `\Z is not in Go's regexp`, `write \z for the end of the text, or \n?\z to allow a last newline`},
	{`\G`, "invalid-escape", `\G is not in Go's regexp`, ""},
	{`\K`, "invalid-escape", `\K is not in Go's regexp`, "use a group for the part that you want"},
	{`\h`, "invalid-escape", `\h is not in Go's regexp`, `write [\t ] or [\t\p{Zs}]`},
	{`\H`, "invalid-escape", `\H is not in Go's regexp`, `write [^\t\p{Zs}]`},
	{`\R`, "invalid-escape", `\R is not in Go's regexp`, `write (?:\r\n|\n|\r)`},
	{`\X`, "invalid-escape", `\X is not in Go's regexp`, `write (?:\PM\pM*), which is close`},
	{`\u`, "invalid-escape", `\u is not in Go's regexp`, `write \x{263A}`},
	{`\U`, "invalid-escape", `\U is not in Go's regexp`, `write \x{1F600}`},
	{`\e`, "invalid-escape", `\e is not in Go's regexp`, `write \x1b`},
	{`\c`, "invalid-escape", `\c is not in Go's regexp`, `write \x01 for control-A, and so on`},
	{`\x`, "invalid-escape", `\x needs two hexadecimal digits, or some in braces up to 10FFFF`, `as in \x41 and \x{1F600}`},
	{`\<`, "invalid-escape", `\< is not in Go's regexp`, `write \b for the edge of a word`},
	{`\>`, "invalid-escape", `\> is not in Go's regexp`, `write \b for the edge of a word`},
}

func (s goSource) explainUnknown(e *syntax.Error) {
	at := s.pattern[e.Span.Start:]
	if e.Code == "invalid-escape" && len(at) > 1 && strings.IndexByte("dDsSwWpP", at[1]) >= 0 {
		// There is such an escape: it is the end of [a-\d].
		e.Code, e.Message, e.Hint = "invalid-range", "a class cannot be the end of a range", `write \- for a hyphen`
		return
	}
	if e.Code == "invalid-escape" && strings.HasPrefix(at, `\b`) { // elsewhere it is good
		e.Message, e.Hint = `\b is not an escape in a class of Go's regexp`, `write \x08 for the backspace character`
		return
	}
	for _, unknown := range goUnknown {
		if strings.HasPrefix(at, unknown.prefix) {
			e.Code, e.Message, e.Hint = syntax.Code(unknown.code), unknown.what, unknown.hint
			if e.Code != "invalid-escape" {
				e.Span.End = e.Span.Start + len(unknown.prefix)
			}
			return
		}
	}
	switch {
	case len(at) > 1 && at[0] == '\\' && at[1] >= '1' && at[1] <= '9' && s.inClass(e.Span.Start):
		e.Message = fmt.Sprintf(`\%c is not an escape in a class of Go's regexp`, at[1])
		e.Hint = fmt.Sprintf(`write %c for the digit, or \x0%c for the character with that number`, at[1], at[1])
	case len(at) > 1 && at[0] == '\\' && at[1] >= '1' && at[1] <= '9':
		e.Code, e.Message, e.Hint = "unsupported-backreference", "backreferences are not in Go's regexp", linear
	case e.Code == "invalid-escape" && len(at) > 1:
		e.Hint = "to match the character itself, write it without the backslash"
	case e.Code == "invalid-group":
		e.Hint = goFlags
	}
}

// inClass reports whether the place is in a class [...].
func (s goSource) inClass(offset int) bool {
	return scanPattern(s.pattern[:offset], dialect{quotes: true}).class >= 0
}

func (s goSource) explainRange(e *syntax.Error) {
	switch at := s.pattern[e.Span.Start:e.Span.End]; {
	case strings.HasPrefix(at, `\p{`) && !strings.Contains(at, "}"), strings.HasPrefix(at, `\P{`) && !strings.Contains(at, "}"):
		e.Code, e.Message = "invalid-escape", "missing closing }: the property's name starts here"
	case at == `\p`, at == `\P`:
		e.Code, e.Message = "invalid-escape", at+" needs a letter, or a name in braces"
		e.Hint = fmt.Sprintf(`as in %sL and %s{Greek}`, at, at)
	case strings.HasPrefix(at, `\p`), strings.HasPrefix(at, `\P`):
		e.Code, e.Message = "unknown-property", "there is no such Unicode category or script"
		e.Hint = `names are as in \pL, \p{Lu}, \p{Greek}`
	case strings.HasPrefix(at, "[:"):
		e.Code, e.Message = "unknown-class", "there is no such class"
		e.Hint = "there are alnum, alpha, ascii, blank, cntrl, digit, graph, lower, print, punct, space, upper, word, xdigit"
	case strings.HasPrefix(at, "-"):
		e.Message = "a - inside a class has to be first, last, or part of a range"
		e.Hint = `write \- for the character itself`
	default:
		e.Hint = `write \- for a hyphen`
	}
}

func (s goSource) explainRepeat(e *syntax.Error) {
	at := s.pattern[e.Span.Start:e.Span.End]
	var least, most int
	switch {
	case e.Code == "nested-repeat" && len(at) > 1 && strings.HasSuffix(at, "+"):
		e.Code, e.Message = "unsupported-possessive", fmt.Sprintf("possessive repeats such as x%s are not in Go's regexp", at)
		e.Hint = fmt.Sprintf("it does not backtrack: write x%s", strings.TrimSuffix(at, "+"))
	case e.Code == "nested-repeat":
		e.Hint = "put a group around it, as in (?:x*)*"
	case scanBounds(at, &least, &most) && most < least:
		e.Message = "the repeat counts are in reverse order"
	default:
		e.Hint = "1,000 is the most, also for repeats in repeats taken together"
	}
}

func scanBounds(s string, least, most *int) bool {
	n, err := fmt.Sscanf(s, "{%d,%d}", least, most)
	return err == nil && n == 2
}
