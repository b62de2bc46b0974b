package trace

import (
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// Extended grapheme clusters are those of UAX 29, rules GB3 to GB13, which all flavors that have \X go by. What the
// rules call classes is made of the tables of package unicode and of the few lists below.

// A clusterClass is a value of the property Grapheme_Cluster_Break, or that a character is a pictogram.
type clusterClass uint8

const (
	clusterOther clusterClass = iota
	clusterCR
	clusterLF
	clusterControl
	clusterExtend
	clusterJoiner
	clusterRegional
	clusterPrepend
	clusterSpacing
	clusterL
	clusterV
	clusterT
	clusterLV
	clusterLVT
	clusterPictogram
)

// What the tables of package unicode do not tell.
var (
	prepends = syntax.CharSet{
		{First: 0x600, Last: 0x605}, {First: 0x6DD, Last: 0x6DD}, {First: 0x70F, Last: 0x70F}, {First: 0x890, Last: 0x891},
		{First: 0x8E2, Last: 0x8E2}, {First: 0xD4E, Last: 0xD4E}, {First: 0x110BD, Last: 0x110BD}, {First: 0x110CD, Last: 0x110CD},
		{First: 0x111C2, Last: 0x111C3}, {First: 0x1193F, Last: 0x1193F}, {First: 0x11941, Last: 0x11941}, {First: 0x11A3A, Last: 0x11A3A},
		{First: 0x11A84, Last: 0x11A89}, {First: 0x11D46, Last: 0x11D46},
	}
	// unassignedControls are not assigned, and are to be ignored: Default_Ignorable_Code_Point.
	unassignedControls = syntax.CharSet{
		{First: 0x2065, Last: 0x2065}, {First: 0xFFF0, Last: 0xFFF8}, {First: 0xE0000, Last: 0xE0000}, {First: 0xE0002, Last: 0xE001F},
		{First: 0xE0080, Last: 0xE00FF}, {First: 0xE01F0, Last: 0xE0FFF},
	}
	// apartMarks are the spacing marks that do not extend what is before them.
	apartMarks = syntax.CharSet{
		{First: 0x102B, Last: 0x102C}, {First: 0x1038, Last: 0x1038}, {First: 0x1062, Last: 0x1064}, {First: 0x1067, Last: 0x106D},
		{First: 0x1083, Last: 0x1083}, {First: 0x1087, Last: 0x108C}, {First: 0x108F, Last: 0x108F}, {First: 0x109A, Last: 0x109C},
		{First: 0x1A61, Last: 0x1A61}, {First: 0x1A63, Last: 0x1A64}, {First: 0xAA7B, Last: 0xAA7B}, {First: 0xAA7D, Last: 0xAA7D},
		{First: 0x11720, Last: 0x11721},
	}
	// pictograms are Extended_Pictographic of Unicode 14.
	pictograms = func() syntax.CharSet {
		var set syntax.CharSet
		for _, r := range pictogramRanges {
			set = append(set, syntax.CharRange{First: r[0], Last: r[1]})
		}
		return set
	}()
)

var pictogramRanges = [][2]rune{
	{0xA9, 0xA9}, {0xAE, 0xAE}, {0x203C, 0x203C}, {0x2049, 0x2049}, {0x2122, 0x2122}, {0x2139, 0x2139}, {0x2194, 0x2199},
	{0x21A9, 0x21AA}, {0x231A, 0x231B}, {0x2328, 0x2328}, {0x2388, 0x2388}, {0x23CF, 0x23CF}, {0x23E9, 0x23F3}, {0x23F8, 0x23FA},
	{0x24C2, 0x24C2}, {0x25AA, 0x25AB}, {0x25B6, 0x25B6}, {0x25C0, 0x25C0}, {0x25FB, 0x25FE}, {0x2600, 0x2605}, {0x2607, 0x2612},
	{0x2614, 0x2685}, {0x2690, 0x2705}, {0x2708, 0x2712}, {0x2714, 0x2714}, {0x2716, 0x2716}, {0x271D, 0x271D}, {0x2721, 0x2721},
	{0x2728, 0x2728}, {0x2733, 0x2734}, {0x2744, 0x2744}, {0x2747, 0x2747}, {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755},
	{0x2757, 0x2757}, {0x2763, 0x2767}, {0x2795, 0x2797}, {0x27A1, 0x27A1}, {0x27B0, 0x27B0}, {0x27BF, 0x27BF}, {0x2934, 0x2935},
	{0x2B05, 0x2B07}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x3030, 0x3030}, {0x303D, 0x303D}, {0x3297, 0x3297},
	{0x3299, 0x3299}, {0x1F000, 0x1F0FF}, {0x1F10D, 0x1F10F}, {0x1F12F, 0x1F12F}, {0x1F16C, 0x1F171}, {0x1F17E, 0x1F17F}, {0x1F18E, 0x1F18E},
	{0x1F191, 0x1F19A}, {0x1F1AD, 0x1F1E5}, {0x1F201, 0x1F20F}, {0x1F21A, 0x1F21A}, {0x1F22F, 0x1F22F}, {0x1F232, 0x1F23A}, {0x1F23C, 0x1F23F},
	{0x1F249, 0x1F3FA}, {0x1F400, 0x1F53D}, {0x1F546, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F774, 0x1F77F}, {0x1F7D5, 0x1F7FF}, {0x1F80C, 0x1F80F},
	{0x1F848, 0x1F84F}, {0x1F85A, 0x1F85F}, {0x1F888, 0x1F88F}, {0x1F8AE, 0x1F8FF}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1FAFF},
	{0x1FC00, 0x1FFFD},
}

func clusterClassOf(r rune) clusterClass {
	switch {
	case r == '\r':
		return clusterCR
	case r == '\n':
		return clusterLF
	case r < 0x20 || r >= 0x7F && r < 0xA0 || r == 0xAD:
		return clusterControl
	case r < 0xA0:
		return clusterOther
	case r == 0x200D:
		return clusterJoiner
	case r >= 0x1F1E6 && r <= 0x1F1FF:
		return clusterRegional
	case r == 0x200C, r >= 0x1F3FB && r <= 0x1F3FF, unicode.In(r, unicode.Mn, unicode.Me, unicode.Other_Grapheme_Extend):
		return clusterExtend
	case prepends.Contains(r):
		return clusterPrepend
	case unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp), unassignedControls.Contains(r):
		return clusterControl
	case r == 0xE33, r == 0xEB3, unicode.Is(unicode.Mc, r) && !apartMarks.Contains(r):
		return clusterSpacing
	case pictograms.Contains(r):
		return clusterPictogram
	}
	return hangulClass(r)
}

func hangulClass(r rune) clusterClass {
	switch {
	case r >= 0x1100 && r <= 0x115F || r >= 0xA960 && r <= 0xA97C:
		return clusterL
	case r >= 0x1160 && r <= 0x11A7 || r >= 0xD7B0 && r <= 0xD7C6:
		return clusterV
	case r >= 0x11A8 && r <= 0x11FF || r >= 0xD7CB && r <= 0xD7FB:
		return clusterT
	case r >= 0xAC00 && r <= 0xD7A3 && (r-0xAC00)%28 == 0:
		return clusterLV
	case r >= 0xAC00 && r <= 0xD7A3:
		return clusterLVT
	}
	return clusterOther
}

// staysTogether reports whether no cluster ends between two characters, but for pictograms behind a joiner and pairs of
// regional indicators, for which more has to be known.
func staysTogether(before, after clusterClass) bool {
	switch {
	case before == clusterCR:
		return after == clusterLF // GB3
	case before == clusterControl, before == clusterLF, after == clusterCR, after == clusterLF, after == clusterControl:
		return false // GB4, GB5
	case after == clusterExtend, after == clusterJoiner, after == clusterSpacing, before == clusterPrepend:
		return true // GB9, GB9a, GB9b
	case before == clusterL: // GB6
		return after == clusterL || after == clusterV || after == clusterLV || after == clusterLVT
	case before == clusterLV, before == clusterV: // GB7
		return after == clusterV || after == clusterT
	case before == clusterLVT, before == clusterT: // GB8
		return after == clusterT
	}
	return false
}

// clusterClass is the class of a character in the flavor.
func (m *machine) clusterClass(r rune) clusterClass {
	if m.tree.Flavor.Set == flavor.InDotNet {
		switch class := clusterClass(newestClusters().of(r)); {
		case class == clusterOther && pictograms.Contains(r):
			return clusterPictogram
		case class == clusterV && r > 0xFFFF: // the vowels of Kirat Rai, which regexp2 does not look for
			return clusterOther
		default:
			return class
		}
	}
	class := clusterClassOf(r)
	if m.rules.keepsLooked && class == clusterOther && r != 0x378 && !unicode.In(r, assigned...) {
		return clusterControl // java.util.regex.Grapheme takes all that is not assigned for one, but for one character of Unicode's test
	}
	return class
}

// newestClusters are the classes of Unicode 17, which regexp2 has, and conjuncts those of its rule GB9c.
var (
	newestClusters = sync.OnceValue(func() breakTable {
		return newBreakTable("17graphemeclusterbreak", []string{
			"Other", "CR", "LF", "Control", "Extend", "ZWJ", "Regional_Indicator", "Prepend", "SpacingMark", "L", "V", "T", "LV", "LVT",
		})
	})
	conjuncts = sync.OnceValue(func() breakTable {
		return newBreakTable("17indicconjunctbreak", []string{"None", "Consonant", "Linker", "Extend"})
	})
)

const (
	conjunctNone breakClass = iota
	conjunctConsonant
	conjunctLinker
	conjunctExtend
)

// conjunctBehind is what is known of an Indic conjunct behind one more character: that there was a consonant, or a linker
// behind it, or nothing.
func conjunctBehind(known, class breakClass) breakClass {
	switch {
	case class == conjunctConsonant:
		return conjunctConsonant
	case class == conjunctLinker && known != conjunctNone:
		return conjunctLinker
	case class == conjunctExtend:
		return known
	}
	return conjunctNone
}

// assigned are the categories of characters that are assigned, those apart of which no class is made here.
var assigned = []*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs, unicode.Co}

// clusterEndPCRE2 is the same by the table of PCRE2 10.42's pcre2_ucd.c: two pictograms stay together with no joiner between
// them, but not behind a prefix, marks do not belong to regional indicators, and these are counted from before the cluster.
func (m *machine) clusterEndPCRE2(pos int32) int32 {
	r, next := m.decode(pos)
	before := clusterClassOf(r)
	for start := pos; next > pos; {
		start, pos = pos, next
		if r, next = m.decode(pos); next == pos {
			break
		}
		after := clusterClassOf(r)
		switch {
		case before == clusterRegional && (after != clusterRegional || !m.evenRegionals(start)):
			return pos
		case before == clusterRegional, before == clusterPictogram && after == clusterPictogram:
		case before == clusterPrepend && after == clusterPictogram, !staysTogether(before, after):
			return pos
		}
		if before != clusterPictogram || after != clusterExtend && after != clusterJoiner {
			before = after
		}
	}
	return pos
}

// evenRegionals reports whether an even number of regional indicators ends at an offset.
func (m *machine) evenRegionals(pos int32) bool {
	even := true
	for {
		r, start := m.decodeLast(pos)
		if start == pos || clusterClassOf(r) != clusterRegional {
			return even
		}
		even, pos = !even, start
	}
}

// clusterEnd is the end of the cluster that begins at an offset, which is the same offset at the text's end.
func (m *machine) clusterEnd(pos int32) int32 {
	if m.rules.copies {
		return m.clusterEndPCRE2(pos)
	}
	r, next := m.decode(pos)
	before := m.clusterClass(r)
	pictogram := before == clusterPictogram // there was one, and nothing but marks behind it, and in Java more than one joiner
	regional := before == clusterRegional   // that has no second one yet
	conjunct := conjunctNone
	if m.tree.Flavor.Set == flavor.InDotNet {
		conjunct = conjunctBehind(conjunct, conjuncts().of(r))
	}
	for next > pos {
		pos = next
		if r, next = m.decode(pos); next == pos {
			break
		}
		after := m.clusterClass(r)
		linked := conjunct == conjunctLinker
		if m.tree.Flavor.Set == flavor.InDotNet {
			conjunct = conjunctBehind(conjunct, conjuncts().of(r))
		}
		switch {
		case staysTogether(before, after), linked && conjunct == conjunctConsonant: // GB9c
		case before == clusterJoiner && after == clusterPictogram && pictogram: // GB11
		case before == clusterRegional && after == clusterRegional && regional: // GB12, GB13
			regional = false
			before = after
			continue
		default:
			return pos
		}
		pictogram = after == clusterPictogram || pictogram && (before != clusterJoiner || m.rules.keepsLooked) && (after == clusterExtend || after == clusterJoiner)
		regional = after == clusterRegional
		before = after
	}
	return pos
}

// clusterStart is the start of the cluster that ends at an offset, as if the text ended there.
func (m *machine) clusterStart(pos int32) int32 {
	_, start := m.decodeLast(pos)
	for start = m.sureBoundary(start); start < pos; {
		end := m.clusterEnd(start)
		if end >= pos {
			break
		}
		start = end
	}
	return start
}

// cluster is the step in which a cluster is tried.
func (m *machine) cluster(back bool) {
	if back {
		if start := m.clusterStart(m.pos); start < m.pos {
			m.matched(m.pc, start)
		} else {
			m.failed(m.pc)
		}
		return
	}
	if end := m.clusterEnd(m.pos); end > m.pos {
		m.matched(m.pc, end)
	} else {
		m.failed(m.pc)
	}
}

// sureBoundary is the last place up to an offset before which a cluster ends for sure: a control character or the text's
// start.
func (m *machine) sureBoundary(pos int32) int32 {
	for pos > 0 {
		r, before := m.decodeLast(pos)
		if class := m.clusterClass(r); class == clusterControl || class == clusterLF {
			break
		}
		pos = before
	}
	return pos
}

// atCluster reports whether the machine is where a cluster ends or begins.
func (m *machine) atCluster(p *place) bool {
	if len(m.text) == 0 && p.notEmpty {
		return false
	}
	start := m.sureBoundary(m.pos)
	for start < m.pos {
		start = m.clusterEnd(start)
	}
	return start == m.pos
}
