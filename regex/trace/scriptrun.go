package trace

import (
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// scriptRun compiles a script run, whose text has to be of one script once its body has matched.
func (c *compiler) scriptRun(n *syntax.Node) {
	token := c.token(n)
	body := func() { c.node(n.Body()) }
	if n.Op == syntax.OpAtomicScriptRun {
		body = func() { c.atomic(token, func() { c.node(n.Body()) }) }
	}
	if c.inScriptRun && c.rules.lazyGroups { // Perl looks at the outer one only
		c.emit(opEnter, token, 0, 0)
		body()
		return
	}
	outer := c.inScriptRun
	c.inScriptRun = true
	register := c.register(1)
	c.emit(opScript, token, register, 0)
	body()
	c.emit(opScriptEnd, token, register, 0)
	c.inScriptRun = outer
}

// scriptRun runs what script runs are made of: the end is a step of the text that it holds or does not hold for.
func (m *machine) scriptRun(in *inst) {
	switch {
	case in.op == opScript:
		m.entered(KindEnter, m.pc)
		m.set(in.a, m.pos)
		m.pc++
	case m.isScriptRun(m.registers[in.a], m.pos):
		m.matched(m.pc, m.pos)
	default:
		m.failed(m.pc)
	}
}

// isScriptRun reports whether the text between two offsets is of one script, in time linear in it.
func (m *machine) isScriptRun(start, end int32) bool {
	run := scriptRun{perl: m.rules.lazyGroups}
	for pos := start; pos < end; {
		r, next := m.decode(pos)
		if pos == start && next == end {
			return true // one character is, whatever its script
		}
		if !run.takes(r) {
			return false
		}
		pos = next
	}
	return true
}

// A scriptRun is what is known of a text when some of it has been looked at: the rules are those of UTS 39, section 5.1,
// as PCRE2 10.40 (pcre2_script_run.c) and Perl 5.36 (isSCRIPT_RUN in regexec.c) have them.
type scriptRun struct {
	perl bool
	// begun says that there was a character, other than an ASCII digit in Perl; unknown that it has no script.
	begun, unknown bool
	// scripts are those that the text can be of, when set says that something is known of that.
	set     bool
	scripts syntax.ScriptSet
	// wide says, in PCRE2, that any of scripts will do for each character, and han that nothing but Han was there, and what
	// can be used with it in each of the ways in which Han is.
	wide, han bool
	// zero is the digit zero of the set of digits in use, or 0.
	zero rune
}

// The scripts for which there are rules.
type knownScripts struct {
	common, inherited, han, hangul, bopomofo, hiragana, katakana syntax.Script
	// withHan are the ways in which scripts are mixed with Han: in Chinese, Japanese and Korean.
	chinese, japanese, korean syntax.ScriptSet
}

var knownScript = sync.OnceValue(func() *knownScripts {
	s := &knownScripts{
		common: syntax.ScriptNamed("Common"), inherited: syntax.ScriptNamed("Inherited"), han: syntax.ScriptNamed("Han"),
		hangul: syntax.ScriptNamed("Hangul"), bopomofo: syntax.ScriptNamed("Bopomofo"), hiragana: syntax.ScriptNamed("Hiragana"),
		katakana: syntax.ScriptNamed("Katakana"),
	}
	s.chinese = syntax.ScriptsOf(s.han, s.bopomofo)
	s.japanese = syntax.ScriptsOf(s.han, s.hiragana, s.katakana)
	s.korean = syntax.ScriptsOf(s.han, s.hangul)
	return s
})

// takes reports whether the text goes on as a script run with a character.
func (s *scriptRun) takes(r rune) bool {
	own, used := syntax.Scripts(r)
	if s.perl {
		return s.takesPerl(r, used)
	}
	known := knownScript()
	switch {
	case own == syntax.ScriptUnknown:
		return false
	case own == known.common && used.Has(own), own == known.inherited && used.Has(own):
	default:
		if own != known.common && own != known.inherited {
			used = used.Union(syntax.ScriptsOf(own))
		}
		if !s.takesScripts(own, used) {
			return false
		}
	}
	return s.takesDigit(digitZero(r, 10))
}

// takesScripts is what PCRE2 does about a character that is not used with all scripts.
func (s *scriptRun) takesScripts(own syntax.Script, used syntax.ScriptSet) bool {
	known := knownScript()
	switch {
	case s.han:
		if own == known.han {
			return true
		}
		special := used.Intersect(known.chinese.Union(known.japanese).Union(known.korean))
		switch special = special.Without(known.han); special {
		case syntax.ScriptSet{}:
			return false
		case syntax.ScriptsOf(known.bopomofo):
			s.widen(known.chinese)
		case syntax.ScriptsOf(known.hiragana, known.katakana):
			s.widen(known.japanese)
		}
		return true
	case s.set && s.scripts.Intersect(used).IsEmpty():
		return false
	case s.wide:
		return true
	}
	switch own {
	case known.han:
		s.han = true
	case known.hiragana, known.katakana:
		s.widen(known.japanese)
	case known.bopomofo:
		s.widen(known.chinese)
	case known.hangul:
		s.widen(known.korean)
	default:
		if s.set {
			used = s.scripts.Intersect(used)
		}
		s.scripts, s.set = used, true
	}
	return true
}

// widen says that the rest can be of any of some scripts.
func (s *scriptRun) widen(scripts syntax.ScriptSet) {
	s.scripts, s.set, s.wide, s.han = scripts, true, true, false
}

// takesPerl is what Perl does: it takes a Han character for one of Chinese, Japanese and Korean, too, and looks for what
// all characters are used with.
func (s *scriptRun) takesPerl(r rune, used syntax.ScriptSet) bool {
	if r >= '0' && r <= '9' {
		return !s.unknown && s.takesDigit('0')
	}
	if s.zero > 0 && r >= s.zero && r <= s.zero+9 {
		return true
	}
	known := knownScript()
	if s.unknown || s.begun && used.IsEmpty() {
		return false
	}
	s.begun = true
	switch {
	case used.IsEmpty():
		s.unknown = true
		return true
	case used.Has(known.inherited):
		return true
	case used.Has(known.common):
		return s.takesDigit(digitZero(r, unicode.MaxRune))
	}
	used = augmented(used)
	if s.set {
		if used = s.scripts.Intersect(used); used.IsEmpty() {
			return false
		}
	}
	s.scripts, s.set = used, true
	return s.takesDigit(digitZero(r, unicode.MaxRune))
}

// augmented is a set with the mixtures that its scripts are written in.
func augmented(used syntax.ScriptSet) syntax.ScriptSet {
	known := knownScript()
	for _, mixture := range []struct {
		name syntax.Script
		of   syntax.ScriptSet
	}{{syntax.ScriptHanb, known.chinese}, {syntax.ScriptJpan, known.japanese}, {syntax.ScriptKore, known.korean}} {
		if !used.Intersect(mixture.of).IsEmpty() {
			used = used.Union(syntax.ScriptsOf(mixture.name))
		}
	}
	return used
}

// takesDigit reports whether a character is no decimal digit, or one of the same set of digits as all others.
func (s *scriptRun) takesDigit(zero rune) bool {
	if zero == 0 || s.zero == zero {
		return true
	}
	if s.zero > 0 {
		return false
	}
	s.zero = zero
	return true
}

// digitZero is the first of the decimal digits that a character is one of, or 0. Sets of digits that are side by side
// have so many each.
func digitZero(r rune, each int) rune {
	for _, digits := range unicode.Nd.R16 {
		if r >= rune(digits.Lo) && r <= rune(digits.Hi) {
			return r - (r-rune(digits.Lo))%rune(each)
		}
	}
	for _, digits := range unicode.Nd.R32 {
		if r >= rune(digits.Lo) && r <= rune(digits.Hi) {
			return r - (r-rune(digits.Lo))%rune(each)
		}
	}
	return 0
}
