package engine

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"
	r2syntax "github.com/dlclark/regexp2/v2/syntax"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

const (
	// maxNesting is how deep groups and classes may be in each other. regexp2
	// has no limit, but takes time quadratic in the depth to compile, which
	// nothing can interrupt: 22 s at 100,000. Go's regexp has the same limit.
	maxNesting = 1000

	// maxProbed is the longest pattern in bytes whose error is looked for by
	// parsing its prefixes, which takes some 15 times as long as parsing it.
	maxProbed = 64 << 10
)

// A dotnetSource is a pattern for regexp2.
type dotnetSource struct {
	pattern string
	options regexp2.RegexOptions
}

// check refuses what regexp2 would take but not stand, or not take as meant.
func (s dotnetSource) check() error {
	if !utf8.ValidString(s.pattern) {
		return &syntax.Error{
			Code: "invalid-utf8", Message: "the pattern is not valid UTF-8 here", Span: invalidUTF8(s.pattern),
			Hint: `write \uFFFD to match bytes that are not UTF-8, which this engine sees as that character`,
		}
	}
	// Which # start comments can change within a pattern: take the worse case.
	if depth := max(s.scan(true).depth, s.scan(false).depth); depth > maxNesting {
		return &syntax.Error{
			Code:    "too-deep",
			Message: fmt.Sprintf("the pattern nests too deeply (%d levels, more than the limit of %d)", depth, maxNesting),
			Span:    syntax.Span{Start: 0, End: len(s.pattern)},
		}
	}
	return nil
}

func (s dotnetSource) scan(extended bool) scan {
	return scanPattern(s.pattern, dialect{comments: true, nested: true, quotes: true, extended: extended})
}

// compile compiles the pattern. A panic of regexp2's compiler is an error.
func (s dotnetSource) compile() (re *regexp2.Regexp, err error) {
	defer recoverAs(&err)
	return regexp2.Compile(s.pattern, s.options, regexp2.OptionMaxBacktrackingStackSize(maxBacktrack))
}

// parse returns the error of a pattern, without compiling it.
func (s dotnetSource) parse(pattern string) (err error) {
	defer recoverAs(&err)
	_, err = r2syntax.Parse(pattern, r2syntax.ParseOptions{RegexOptions: r2syntax.RegexOptions(s.options)})
	return err
}

func recoverAs(err *error) {
	if e := recover(); e != nil {
		*err = fmt.Errorf("regexp2 failed: %s", clip(fmt.Sprint(e)))
	}
}

const dotnetFlags = "the flags there are: i m n s x, as in (?i) and (?i:...)"

// dotnetCodes names regexp2's error codes as ours, with a message for people;
// %v in it is what regexp2 tells.
var dotnetCodes = map[r2syntax.ErrorCode]struct {
	code          syntax.Code
	message, hint string
}{
	r2syntax.ErrUnterminatedComment:        {"missing-paren", "missing closing ): this comment starts here", ""},
	r2syntax.ErrInvalidRepeatSize:          {"invalid-repeat", "the repeat counts are in reverse order", ""},
	r2syntax.ErrCaptureGroupOutOfRange:     {"number-too-large", "the number is too large", ""},
	r2syntax.ErrUnexpectedParen:            {"unexpected-paren", "this ) closes no group", `write \) for the character itself`},
	r2syntax.ErrMissingParen:               {"missing-paren", "missing closing ): this group opened here", `write \( for the character itself`},
	r2syntax.ErrInvalidRepeatOp:            {"nested-repeat", "a repeat cannot be repeated directly", "put a group around it, as in (?:x*)*"},
	r2syntax.ErrMissingRepeatArgument:      {"missing-repeat-argument", "there is nothing to repeat here", "put a backslash before it for the character itself"},
	r2syntax.ErrTooManyAlternates:          {"invalid-conditional", "a conditional has two branches at most", "put a group around the others, as in (?(1)a|(?:b|c))"},
	r2syntax.ErrUnrecognizedGrouping:       {"invalid-group", ".NET has no such group or flag", dotnetFlags},
	r2syntax.ErrInvalidGroupName:           {"invalid-group-name", "a group name is letters, digits and _, not starting with a digit, or a number", ""},
	r2syntax.ErrCapNumNotZero:              {"invalid-group-name", "a group cannot have the number 0, which is the whole match", ""},
	r2syntax.ErrUndefinedBackRef:           {"undefined-group", "there is no group %v", ""},
	r2syntax.ErrUndefinedNameRef:           {"undefined-group", "there is no group named %v", ""},
	r2syntax.ErrAlternationCantCapture:     {"invalid-conditional", "the condition cannot be a named group", ""},
	r2syntax.ErrAlternationCantHaveComment: {"invalid-conditional", "the condition cannot be a comment", ""},
	r2syntax.ErrMalformedReference:         {"invalid-conditional", "the condition %v is not closed", "as in (?(1)yes|no)"},
	r2syntax.ErrUndefinedReference:         {"undefined-group", "there is no group %v", ""},
	r2syntax.ErrIllegalEndEscape:           {"trailing-backslash", "the pattern ends with a single backslash", `write \\ for a backslash`},
	r2syntax.ErrMalformedSlashP:            {"invalid-escape", `\p is written with braces`, `as in \p{L} or \p{IsGreek}`},
	r2syntax.ErrIncompleteSlashP:           {"invalid-escape", `\p needs a name in braces`, `as in \p{L} or \p{IsGreek}`},
	r2syntax.ErrUnknownSlashP:              {"unknown-property", "there is no Unicode category or block %v", `names are as in \p{L}, \p{Lu}, \p{IsGreek}`},
	r2syntax.ErrUnrecognizedEscape:         {"invalid-escape", `.NET has no escape \%v`, "to match the character itself, write it without the backslash"},
	r2syntax.ErrMissingControl:             {"invalid-escape", `\c needs a letter`, `as in \cA for control-A`},
	r2syntax.ErrUnrecognizedControl:        {"invalid-escape", `\c needs a letter`, `as in \cA for control-A`},
	r2syntax.ErrTooFewHex:                  {"invalid-escape", "there are not enough hexadecimal digits", `as in \x41 and \u0041`},
	r2syntax.ErrInvalidHex:                 {"invalid-escape", "there is no such character: 10FFFF is the last", ""},
	r2syntax.ErrMissingBrace:               {"invalid-escape", "missing closing }: the character's number starts here", `as in \x{1F600}`},
	r2syntax.ErrMalformedNameRef:           {"invalid-escape", `\k needs a group's name`, `as in \k<name>`},
	r2syntax.ErrBadClassInCharRange:        {"invalid-range", "a class cannot be the end of a range", `write \- for a hyphen`},
	r2syntax.ErrShorthandClassInCharRange:  {"invalid-range", "a class cannot be the end of a range", `write \- for a hyphen`},
	r2syntax.ErrUnterminatedBracket:        {"missing-bracket", "missing closing ]: the class starts here", `write \[ for the character itself`},
	r2syntax.ErrSubtractionMustBeLast:      {"invalid-class", "a subtraction -[...] has to be the last thing in a class", ""},
	r2syntax.ErrReversedCharRange:          {"invalid-range", "the range is in reverse order", `write \- for a hyphen`},
}

// dotnetUnknown says what people mean who write a group that .NET does not have.
var dotnetUnknown = []struct{ prefix, code, what, hint string }{
	{"(?P<", "invalid-group", "(?P<name>...) is not in .NET", "write (?<name>...)"},
	{"(?P=", "invalid-group", "(?P=name) is not in .NET", `write \k<name>`},
	{"(?P>", "unsupported-recursion", "recursion is not in .NET", "balancing groups (?<open>...) and (?<-open>...) count pairs"},
	{"(?P", "invalid-group", "(?P<name>...) is not in .NET", "write (?<name>...)"},
	{"(?R", "unsupported-recursion", "recursion is not in .NET", "balancing groups (?<open>...) and (?<-open>...) count pairs"},
	{"(?&", "unsupported-recursion", "recursion is not in .NET", "balancing groups (?<open>...) and (?<-open>...) count pairs"},
	{"(?0", "unsupported-recursion", "recursion is not in .NET", "balancing groups (?<open>...) and (?<-open>...) count pairs"},
	{"(?1", "unsupported-recursion", "recursion is not in .NET", "balancing groups (?<open>...) and (?<-open>...) count pairs"},
	{"(?|", "unsupported-group", "branch reset (?|...) is not in .NET", "give the groups of all branches the same name, as in (?<n>a)|(?<n>b)"},
	{`\K`, "invalid-escape", `\K is not in .NET`, "use lookbehind (?<=...)"},
	{`\h`, "invalid-escape", `\h is not in .NET`, `write [\t\p{Zs}]`},
	{`\g`, "invalid-escape", `\g is not in .NET`, `write \1 or \k<name>`},
}

// diagnose turns regexp2's error into one for people.
func (s dotnetSource) diagnose(err error) *syntax.Error {
	e := &syntax.Error{Code: "invalid", Message: clip(err.Error()), Span: syntax.Span{Start: 0, End: len(s.pattern)}}
	bad, ok := errors.AsType[*r2syntax.Error](err)
	if !ok {
		return e
	}
	e.Message = string(bad.Code)
	if known, ok := dotnetCodes[bad.Code]; ok {
		e.Code, e.Message, e.Hint = known.code, known.message, known.hint
		if strings.Contains(e.Message, "%v") {
			e.Message = fmt.Sprintf(e.Message, bad.Args...)
		}
	}
	scan := s.scan(s.options&regexp2.IgnorePatternWhitespace != 0)
	s.locate(e, bad.Code, scan)
	s.explain(e, bad.Code, scan)
	for _, unknown := range dotnetUnknown {
		if (e.Code == "invalid-group" || e.Code == "invalid-escape") && strings.HasPrefix(s.pattern[e.Span.Start:], unknown.prefix) {
			e.Code, e.Message, e.Hint = syntax.Code(unknown.code), unknown.what, unknown.hint
			e.Span.End = e.Span.Start + len(unknown.prefix)
			break
		}
	}
	return e
}

// explain corrects the errors of which regexp2 says less than the pattern shows.
func (s dotnetSource) explain(e *syntax.Error, code r2syntax.ErrorCode, scan scan) {
	at := s.pattern[e.Span.Start:]
	switch code {
	case r2syntax.ErrUnrecognizedGrouping, r2syntax.ErrInvalidGroupName, r2syntax.ErrUndefinedBackRef, r2syntax.ErrUndefinedNameRef:
		explainUnfinished(e, s.pattern, dotnetUnfinished)
	case r2syntax.ErrUnterminatedBracket, r2syntax.ErrReversedCharRange:
		// regexp2 takes a last backslash in a class for a character.
		last := scan.tokens[len(scan.tokens)-1]
		if s.pattern[last.Start:] == `\` && (code == r2syntax.ErrUnterminatedBracket || e.Span.End == last.End) {
			known := dotnetCodes[r2syntax.ErrIllegalEndEscape]
			e.Code, e.Message, e.Hint, e.Span = known.code, known.message, known.hint, last
		}
	case r2syntax.ErrMissingBrace:
		number, ok := strings.CutPrefix(at, `\x{`)
		if !ok {
			break
		}
		rest := strings.TrimLeft(number, "0123456789abcdefABCDEF")
		if strings.HasPrefix(rest, "}") {
			break // the place is not known: it is another one
		}
		r, size := utf8.DecodeRuneInString(rest)
		if rest != "" {
			e.Message = fmt.Sprintf("%q is not a hexadecimal digit", r)
		}
		e.Span.End = len(s.pattern) - len(rest) + size
	case r2syntax.ErrIncompleteSlashP:
		name, ok := strings.CutPrefix(strings.Replace(at, `\P`, `\p`, 1), `\p{`)
		rest := strings.TrimLeftFunc(name, isPropertyRune)
		if ok && !strings.HasPrefix(rest, "}") {
			e.Message, e.Span.End = "missing closing }: the property's name starts here", len(s.pattern)-len(rest)
		}
	}
}

// isPropertyRune reports whether regexp2 reads on in a property's name.
func isPropertyRune(r rune) bool { return r2syntax.IsWordChar(r) || r == '-' || r == '=' }

// locate finds the place of an error, which regexp2 does not tell.
func (s dotnetSource) locate(e *syntax.Error, code r2syntax.ErrorCode, scan scan) {
	switch {
	case code == r2syntax.ErrMissingParen && len(scan.open) > 0:
		e.Span = scan.token(scan.open[0])
	case code == r2syntax.ErrUnexpectedParen && scan.stray >= 0:
		e.Span = syntax.Span{Start: scan.stray, End: scan.stray + 1}
	case code == r2syntax.ErrUnterminatedBracket && scan.class >= 0:
		e.Span = syntax.Span{Start: scan.class, End: scan.class + 1}
	case code == r2syntax.ErrUnterminatedComment && scan.note >= 0:
		e.Span = syntax.Span{Start: scan.note, End: scan.note + len("(?#")}
	case code == r2syntax.ErrIllegalEndEscape:
		e.Span.Start = max(0, len(s.pattern)-1)
	case len(s.pattern) <= maxProbed:
		s.probe(e, code, scan.tokens)
	}
}

// probe finds the token that makes the error: the parser reads from left to
// right, so the pattern up to this token has the error and without it has not.
func (s dotnetSource) probe(e *syntax.Error, code r2syntax.ErrorCode, tokens []syntax.Span) {
	fails := func(i int) bool {
		bad, ok := errors.AsType[*r2syntax.Error](s.parse(s.pattern[:tokens[i].End]))
		return ok && bad.Code == code
	}
	i := sort.Search(len(tokens), fails)
	if i == len(tokens) || i > 0 && fails(i-1) {
		return // there is no such token
	}
	e.Span = tokens[i]
	switch code {
	case r2syntax.ErrCaptureGroupOutOfRange:
		s.widenNumber(e)
	case r2syntax.ErrMissingBrace:
		if i > 0 && s.pattern[e.Span.Start] == '{' { // of \x{ without a }
			e.Span.Start = tokens[i-1].Start
		}
	case r2syntax.ErrUndefinedReference:
		if i > 0 && s.pattern[e.Span.Start] == ')' {
			e.Span = tokens[i-1]
		}
	case r2syntax.ErrReversedCharRange, r2syntax.ErrBadClassInCharRange, r2syntax.ErrShorthandClassInCharRange:
		if i >= 2 && s.pattern[tokens[i-1].Start] == '-' {
			e.Span.Start = tokens[i-2].Start
		}
	}
}

// widenNumber makes the digit where a number becomes too large the whole number,
// or the whole escape.
func (s dotnetSource) widenNumber(e *syntax.Error) {
	isDigit := func(i int) bool { return s.pattern[i] >= '0' && s.pattern[i] <= '9' }
	if !isDigit(e.Span.Start) {
		return // it is in the token
	}
	for e.Span.Start > 0 && isDigit(e.Span.Start-1) {
		e.Span.Start--
	}
	for e.Span.End < len(s.pattern) && isDigit(e.Span.End) {
		e.Span.End++
	}
	if e.Span.Start > 0 && s.pattern[e.Span.Start-1] == '\\' {
		e.Span.Start--
	}
}
