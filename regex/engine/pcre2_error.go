//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package engine

import (
	"slices"

	"github.com/regexdbg/regexdbg/regex/engine/pcre2"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// pcre2Codes are our codes of PCRE2's errors by number. PCRE2 tells where it was
// when it saw the error; the parser, which has the same codes, where it begins
// and ends.
var pcre2Codes = map[int]syntax.Code{
	101: "trailing-backslash",
	102: "invalid-escape",
	103: "invalid-escape",
	104: "invalid-repeat",
	105: "invalid-repeat",
	106: "missing-bracket",
	107: "invalid-escape",
	108: "invalid-range",
	109: "missing-repeat-argument",
	111: "invalid-group",
	112: "unknown-class",
	113: "unsupported-class",
	114: "missing-paren",
	115: "undefined-group",
	118: "missing-paren",
	119: "too-deep",
	120: "too-large",
	121: "too-large",
	122: "unexpected-paren",
	123: "too-large",
	124: "invalid-conditional",
	125: "lookbehind-not-fixed",
	126: "undefined-group",
	127: "invalid-conditional",
	128: "invalid-conditional",
	129: "invalid-group",
	130: "unknown-class",
	133: "too-deep",
	134: "invalid-escape",
	135: "lookbehind-too-long",
	136: "lookbehind-too-long",
	137: "invalid-escape",
	138: "number-too-large",
	139: "missing-paren",
	140: "unknown-verb",
	141: "invalid-group",
	142: "invalid-group-name",
	143: "duplicate-name",
	144: "invalid-group-name",
	146: "invalid-escape",
	147: "unknown-property",
	148: "invalid-group-name",
	149: "too-large",
	150: "invalid-range",
	151: "invalid-escape",
	152: "too-large",
	154: "invalid-conditional",
	155: "invalid-escape",
	157: "invalid-escape",
	158: "invalid-group-name",
	160: "unknown-verb",
	161: "undefined-group",
	162: "invalid-group-name",
	164: "invalid-escape",
	165: "duplicate-name",
	166: "unknown-verb",
	167: "invalid-escape",
	168: "invalid-escape",
	169: "invalid-escape",
	171: "invalid-escape",
	173: "invalid-escape",
	176: "unknown-verb",
	178: "invalid-escape",
	179: "invalid-conditional",
	181: "missing-paren",
	182: "missing-paren",
	184: "too-deep",
	186: "too-large",
	187: "lookbehind-too-long",
	193: "invalid-escape",
	194: "invalid-group",
	195: "invalid-group",
	197: "too-large",
	198: "invalid-conditional",
	199: "invalid-escape",
}

// diagnosePCRE2 turns PCRE2's error into one with a place and, where the parser
// sees the error too, what the parser says of it.
func diagnosePCRE2(pattern, flags string, bad *pcre2.Error) *syntax.Error {
	e := &syntax.Error{Code: pcre2Codes[bad.Number], Message: bad.Message, Span: syntax.Span{Start: 0, End: len(pattern)}}
	switch {
	case bad.Number < 0:
		e.Code = "invalid-utf8"
	case e.Code == "":
		e.Code = "invalid"
	}
	tree, err := treeOf("pcre2", pattern, flags)
	if err != nil {
		panic(err) // there is no such flavor
	}
	if same := sameError(tree.Errors, e.Code, bad.Offset); same != nil {
		e.Code, e.Span, e.Aux, e.Fix, e.Hint = same.Code, same.Span, same.Aux, same.Fix, same.Message
		if same.Hint != "" {
			e.Hint += "; " + same.Hint
		}
	} else if e.Code != "too-large" {
		e.Span = tokenBefore(tree.Tokens(), bad.Offset)
	}
	return e
}

// sameError returns the error of the parser that is the one that PCRE2 saw at
// offset, or nil.
func sameError(errors []*syntax.Error, code syntax.Code, offset int) *syntax.Error {
	here := func(e *syntax.Error) bool { return e.Span.Start <= offset && offset <= e.Span.End+1 }
	for _, is := range []func(e *syntax.Error) bool{
		func(e *syntax.Error) bool { return e.Code == code && here(e) },
		func(e *syntax.Error) bool { return e.Code == code },
		here,
	} {
		if i := slices.IndexFunc(errors, is); i >= 0 {
			return errors[i]
		}
	}
	return nil
}

// tokenBefore returns the token behind which PCRE2 was, or in which.
func tokenBefore(tokens []syntax.Token, offset int) syntax.Span {
	last := syntax.Span{}
	for _, token := range tokens {
		span := token.Span()
		if span.Start >= max(1, offset) {
			break
		}
		last = span
	}
	return last
}
