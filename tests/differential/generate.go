package differential

import (
	"math/rand/v2"
	"strings"
)

// The corpora that Generate makes.
const (
	corpusShort   = "short"
	corpusTokens  = "tokens"
	corpusMutants = "mutants"
)

const (
	shortExhausted = 3 // characters: all such patterns are made
	shortSamples   = 10000
	tokenSamples   = 20000
	maxTokens      = 7
	mutantSamples  = 20000
	maxMutated     = 80 // bytes: a longer pattern mostly shows again what a shorter one does
)

// alphabet is what all short patterns are made of.
const alphabet = `()[]{}?*+|\^$-,1a:<>=!#&~P `

// vocabulary is pieces of syntax of all flavors, in their right and in some wrong spellings.
var vocabulary = []string{
	"(", "(", "(", ")", ")", ")", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?|", "(?~", "(?*", "(?<*",
	"(?<a>", "(?<b>", "(?P<a>", "(?'a'", "(?'a", "(?<a", "(?P<a", "(?P", "(?<1>", "(?<é>", "(?<a b>", "(?<>", "(?<_>",
	"(?<a1>", "(?<1a>", "(?<$>", "(?<a-b>", "(?<-a>", "(?'a-b'", "(?<0>", "(?P=a)", "(?P=a", "(?P>a)", "(?&a)", "(?R)",
	"(?0)", "(?1)", "(?2)", "(?+1)", "(?-1)", "(?+0)", "(?(1)", "(?(2)", "(?(+1)", "(?(-1)", "(?(<a>)", "(?('a')", "(?(a)",
	"(?(R)", "(?(R1)", "(?(R&a)", "(?(DEFINE)", "(?(?=", "(?(?!", "(?(?<=", "(?()", "(?(VERSION>=10)", "(?(*pla:",
	"(?i)", "(?x)", "(?-i)", "(?i-s)", "(?^)", "(?^i)", "(?^-i)", "(?i:", "(?-i:", "(?^:", "(?xx)", "(?n)", "(?J)", "(?U)",
	"(?a)", "(?aa)", "(?u)", "(?L)", "(?d)", "(?W)", "(?im-sx:", "(?i", "(?-)", "(?)", "(?", "(?#", "(?# c)", "(?{", "(?{})",
	"(??{})", "(*ACCEPT)", "(*FAIL)", "(*F)", "(*COMMIT)", "(*PRUNE:a)", "(*MARK:a)", "(*:a)", "(*MARK)", "(*SKIP)", "(*THEN)",
	"(*UTF)", "(*UCP)", "(*CRLF)", "(*LIMIT_MATCH=1)", "(*NO_JIT)", "(*BSR_ANYCRLF)", "(*pla:", "(*positive_lookahead:",
	"(*napla:", "(*atomic:", "(*sr:", "(*asr:", "(*X)", "(*", "(?C)", "(?C1)", "(?C256)", "(?C'a')", "(?[", "(?[ [a] ])",
	"[", "[", "[^", "[]", "[^]", "]", "]", "[a", "[a-z]", "[z-a]", "[a-", "-a]", "[-", "-]", "[\\d-z]", "[a-\\d]", "[\\w-]",
	"[[:alpha:]]", "[[:^alpha:]]", "[[:word:]]", "[[:foo:]]", "[:alpha:]", "[:", ":]", "[[=a=]]", "[[.a.]]", "[.", "[=",
	"[[:<:]]", "[[:>:]]", "&&", "&&", "--", "~~", "||", "-[", "-[a]]", "[a&&b]", "[[a]&&[b]]", "[[a]--[b]]", "[[a]b]",
	"[\\b]", "[\\B]", "[\\E]", "[\\Q]", "[\\R]", "[\\N]", "[\\X]", "[\\p{L}]", "[\\pL-z]", "[\\1]", "[\\8]", "[\\c]", "[\\e-\\a]",
	"{", "}", "{2}", "{2,}", "{,2}", "{2,1}", "{,}", "{}", "{ 1 }", "{1, 2}", "{1,2", "{1", "{a}", "{-1}", "{0}", "{0,0}",
	"{1001}", "{32768}", "{65535}", "{65536}", "{100000}", "{100001}", "{2147483648}", "{99999999999}", "{1}{2}", "{2}?", "{2}+",
	"*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "**", "***", "?*", "+*", "|", "||", "^", "$", ".", "^*", "$+", "\\b*",
	"\\", "\\d", "\\D", "\\w", "\\s", "\\b", "\\B", "\\A", "\\Z", "\\z", "\\G", "\\K", "\\R", "\\X", "\\N", "\\C", "\\h", "\\H",
	"\\v", "\\V", "\\O", "\\y", "\\Y", "\\l", "\\L", "\\U", "\\m", "\\M", "\\i", "\\j", "\\q", "\\F", "\\I", "\\J", "\\S", "\\T",
	"\\N{U+41}", "\\N{DIGIT ONE}", "\\N{2}", "\\N{2,3}", "\\N{", "\\N{NO SUCH}", "\\N{U+110000}", "\\b{wb}", "\\b{g}", "\\b{x}", "\\b{",
	"\\p{L}", "\\p{^L}", "\\P{Lu}", "\\P{^Lu}", "\\pL", "\\PL", "\\pX", "\\p", "\\p{", "\\p{}", "\\p{L", "\\p{Greek}", "\\p{IsGreek}",
	"\\p{Script=Greek}", "\\p{sc=Grek}", "\\p{scx:Greek}", "\\p{Alpha}", "\\p{Alphabetic}", "\\p{Lower}", "\\p{javaLowerCase}",
	"\\p{InGreek}", "\\p{InBasicLatin}", "\\p{gc=Lu}", "\\p{General_Category=Uppercase_Letter}", "\\p{lu}", "\\p{L&}", "\\p{LC}",
	"\\p{Any}", "\\p{ASCII}", "\\p{Xan}", "\\p{Xwd}", "\\p{alnum}", "\\p{word}", "\\p{Emoji}", "\\p{RGI_Emoji}", "\\p{Foo}",
	"\\p{bidi_class=AL}", "\\p{bidi_control}", "\\p{ L }", "\\p{Latin }", "\\p{ greek}", "\\p{Is_L}", "\\p{Cn}", "\\p{Cs}", "\\p{Age=5.0}",
	"\\x", "\\x4", "\\x41", "\\x{41}", "\\x{}", "\\x{110000}", "\\x{d800}", "\\x{41", "\\x{ 41 }", "\\xg", "\\u", "\\u0041", "\\u004",
	"\\ud83d\\ude00", "\\u{41}", "\\u{41 42}", "\\u{}", "\\u{110000}", "\\U00000041", "\\U00110000", "\\0", "\\00", "\\01", "\\012", "\\0400",
	"\\1", "\\2", "\\8", "\\9", "\\10", "\\11", "\\18", "\\81", "\\100", "\\377", "\\400", "\\777", "\\o{101}", "\\o{}", "\\o{8}", "\\o",
	"\\c", "\\cA", "\\ca", "\\c[", "\\c\\", "\\c{", "\\c1", "\\cé", "\\C-a", "\\C-", "\\M-a", "\\M-\\C-a", "\\e", "\\a", "\\f", "\\t",
	"\\Q", "\\Q(\\E", "\\E", "\\Q\\E", "\\g", "\\g1", "\\g{1}", "\\g-1", "\\g{-1}", "\\g{+1}", "\\g{a}", "\\g<1>", "\\g<a>", "\\g'a'", "\\g<0>",
	"\\g<-1>", "\\g<+1>", "\\g{", "\\g{ 1 }", "\\k", "\\k<a>", "\\k{a}", "\\k'a'", "\\k<1>", "\\k<-1>", "\\k<a", "\\k<b>", "\\k<a+0>",
	"\\q{ab|c}", "[\\q{ab|c}]", "\\_", "\\é", "\\ ", "\\-", "\\/", "\\<", "\\>", "\\`", "\\'", "\\\"", "\\#", "\\&", "\\~", "\\@", "\\%", "\\!",
	"\\=", "\\:", "\\,", "\\\n", "# c\n", "#", " ", "\n", "\t", "\v", "\r", "a", "a", "b", "A", "1", "0", "-", ",", ":", "<", ">", "=", "!",
	"&", "~", "é", "😀", "_", "P", "'", "\"", "/", "@", "$a", "${a}", "@a", "\u00a0", "\u2028", "\u0085", "\x00",
}

// Generate makes patterns that are short and tricky: all that have at most three characters of an alphabet of syntax,
// and samples of longer ones, of sequences of pieces of syntax, and of what small mutations make of others' patterns.
// The same seed makes the same patterns of the same suites: ours is not mutated, since with each pattern that comes to it
// all mutants would be others, and so what is not known of them yet.
func Generate(seed uint64, others []Pattern) []Pattern {
	random := rand.New(rand.NewPCG(seed, 1))
	g := generator{random: random, seen: map[string]bool{}}
	for _, p := range others {
		g.seen[p.Text] = true
		if len(p.Text) <= maxMutated && p.Text != "" && p.Corpus != corpusOurs {
			g.seeds = append(g.seeds, p.Text)
		}
	}
	level := []string{""}
	for range shortExhausted {
		var longer []string
		for _, s := range level {
			for i := range len(alphabet) {
				longer = append(longer, s+alphabet[i:i+1])
			}
		}
		for _, s := range longer {
			g.add(corpusShort, s)
		}
		level = longer
	}
	for range shortSamples {
		var s []byte
		for range shortExhausted + 1 + random.IntN(3) {
			s = append(s, alphabet[random.IntN(len(alphabet))])
		}
		g.add(corpusShort, string(s))
	}
	for range tokenSamples {
		var s strings.Builder
		for range 1 + random.IntN(maxTokens) {
			s.WriteString(g.token())
		}
		g.add(corpusTokens, s.String())
	}
	if len(g.seeds) > 0 {
		for range mutantSamples {
			g.add(corpusMutants, g.mutate(g.seeds[random.IntN(len(g.seeds))]))
		}
	}
	return g.patterns
}

type generator struct {
	random   *rand.Rand
	seen     map[string]bool
	seeds    []string
	patterns []Pattern
}

func (g *generator) add(corpus, text string) {
	if !g.seen[text] {
		g.seen[text] = true
		g.patterns = append(g.patterns, Pattern{corpus, text})
	}
}

func (g *generator) token() string { return vocabulary[g.random.IntN(len(vocabulary))] }

// mutate changes a pattern once or twice. It works on characters, so that text stays text.
func (g *generator) mutate(pattern string) string {
	runes := strings.Split(pattern, "") // keeps bytes that are not UTF-8
	for range 1 + g.random.IntN(2) {
		at := g.random.IntN(len(runes) + 1)
		last := at == len(runes)
		head, tail := runes[:at:at], runes[at:]
		switch g.random.IntN(6) {
		case 0: // a piece more
			runes = append(append(head, g.token()), tail...)
		case 1: // one less
			if !last {
				runes = append(head, tail[1:]...)
			}
		case 2: // the beginning only
			runes = head
		case 3: // the end only
			runes = tail
		case 4: // another one instead
			if !last {
				i := g.random.IntN(len(alphabet))
				runes = append(append(head, alphabet[i:i+1]), tail[1:]...)
			}
		case 5: // one twice
			if !last {
				runes = append(append(head, tail[0]), tail...)
			}
		}
	}
	return strings.Join(runes, "")
}
