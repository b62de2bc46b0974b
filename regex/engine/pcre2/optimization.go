//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import (
	"runtime"
	"slices"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"go.elara.ws/pcre/lib"
)

// Starts are what PCRE2 has found out of where matches can be, and looks at before each attempt unless
// [NoStartOptimize] is set.
type Starts struct {
	// First are the bytes with which each match begins, and HasFirst says that they are known. OneFirst says that they are
	// one character's, and not a set's.
	First              [256]bool
	HasFirst, OneFirst bool
	LineStart          bool // matches begin at the start of the text or behind a line end
	MinLength          int  // in bytes at least
	// Last are the bytes of which there is one in each match, and HasLast says that they are known.
	Last    [256]bool
	HasLast bool
}

// LastLimit is how long the rest of a text may be for PCRE2 to look for one of [Starts.Last] in an anchored pattern; else
// it is a thousand times that.
const LastLimit = lib.DREQ_CU_MAX

// Starts returns them. They are part of what [Compile] has made, which no function of PCRE2 tells in full.
func (c *Code) Starts() Starts {
	defer runtime.KeepAlive(c)
	re := at[lib.Tpcre2_real_code_8](c.code)
	s := Starts{LineStart: re.Fflags&lib.DPCRE2_STARTLINE != 0, MinLength: int(re.Fminlength)}
	switch {
	case re.Fflags&lib.DPCRE2_FIRSTSET != 0:
		s.HasFirst, s.OneFirst = true, true
		c.both(&s.First, byte(re.Ffirst_codeunit), re.Fflags&lib.DPCRE2_FIRSTCASELESS != 0)
	case re.Fflags&lib.DPCRE2_FIRSTMAPSET != 0:
		s.HasFirst = true
		for b := range s.First {
			s.First[b] = re.Fstart_bitmap[b/8]&(1<<(b%8)) != 0
		}
	}
	if re.Fflags&lib.DPCRE2_LASTSET != 0 {
		s.HasLast = true
		c.both(&s.Last, byte(re.Flast_codeunit), re.Fflags&lib.DPCRE2_LASTCASELESS != 0)
	}
	return s
}

// both adds a byte to a set, and that of its other case.
func (c *Code) both(set *[256]bool, b byte, caseless bool) {
	set[b] = true
	if !caseless {
		return
	}
	if b >= utf8.RuneSelf && c.options&UCP != 0 && !c.UTF() {
		for r := unicode.SimpleFold(rune(b)); r != rune(b); r = unicode.SimpleFold(r) {
			if r <= unicode.MaxLatin1 {
				set[r] = true
			}
		}
		return
	}
	tables := at[lib.Tpcre2_real_code_8](c.code).Ftables
	set[*at[byte](tables + lib.Dfcc_offset + uintptr(b))] = true
}

// Possessive returns where the items of the pattern are whose repeats give nothing back, offsets in ascending order: those
// that are written so, and those that PCRE2 has made so. The pattern has to be compiled with [AutoCallout]. An item of
// which there are copies is one of them when all copies are.
func (c *Code) Possessive() []int {
	defer runtime.KeepAlive(c)
	re := at[lib.Tpcre2_real_code_8](c.code)
	start := unsafe.Sizeof(*re) + uintptr(re.Fname_entry_size)*uintptr(re.Fname_count)
	code := unsafe.Slice(at[byte](c.code+start), int(re.Fblocksize)-int(start))
	var possessive []int
	not := map[int]bool{}
	item := 0
	for i := 0; code[i] != lib.OP_END; i += c.length(code[i:]) {
		switch op := code[i]; {
		case op == lib.OP_CALLOUT || op == lib.OP_CALLOUT_STR:
			item = int(code[i+1])<<8 | int(code[i+2])
		case isPossessive(op):
			possessive = append(possessive, item)
		case op >= lib.OP_STAR && op < lib.OP_CLASS && op != lib.OP_EXACT && op != lib.OP_EXACTI && op != lib.OP_NOTEXACT && op != lib.OP_NOTEXACTI && op != lib.OP_TYPEEXACT:
			not[item] = true
		}
	}
	slices.Sort(possessive)
	return slices.DeleteFunc(slices.Compact(possessive), func(at int) bool { return not[at] })
}

func isPossessive(op byte) bool {
	for _, first := range []byte{lib.OP_POSSTAR, lib.OP_POSSTARI, lib.OP_NOTPOSSTAR, lib.OP_NOTPOSSTARI, lib.OP_TYPEPOSSTAR, lib.OP_CRPOSSTAR} {
		if op >= first && op < first+4 {
			return true
		}
	}
	return false
}

// length is that of an instruction of compiled code, as find_bracket of pcre2_compile.c has it.
func (c *Code) length(code []byte) int {
	op := code[0]
	length := int(lib.X_pcre2_OP_lengths_8[op])
	number := func(i int) int { return int(code[i])<<8 | int(code[i+1]) }
	property := func(i int) int {
		if code[i] == lib.OP_PROP || code[i] == lib.OP_NOTPROP {
			return 2
		}
		return 0
	}
	switch {
	case op == lib.OP_XCLASS:
		return number(1)
	case op == lib.OP_CALLOUT_STR:
		return number(1 + 2*lib.DLINK_SIZE)
	case op == lib.OP_MARK || op == lib.OP_COMMIT_ARG || op == lib.OP_PRUNE_ARG || op == lib.OP_SKIP_ARG || op == lib.OP_THEN_ARG:
		return length + int(code[1])
	case op == lib.OP_TYPEUPTO || op == lib.OP_TYPEMINUPTO || op == lib.OP_TYPEEXACT || op == lib.OP_TYPEPOSUPTO:
		return length + property(1+lib.DIMM2_SIZE)
	case op >= lib.OP_TYPESTAR && op <= lib.OP_TYPEPOSUPTO:
		return length + property(1)
	case op >= lib.OP_CHAR && op <= lib.OP_NOTPOSUPTOI && c.UTF():
		if lead := code[length-1]; lead >= 0xC0 {
			r, _ := utf8.DecodeRune(code[length-1:])
			return length - 1 + utf8.RuneLen(r)
		}
	}
	return length
}
