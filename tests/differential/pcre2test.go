package differential

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A pcre2Case is a pattern of PCRE2's own tests that both pcre2test and our engine can be asked.
type pcre2Case struct {
	place   string // FILE:LINE
	pattern string
	start   string // options that the flavor has no flag for, as the pattern's first part: (*UTF)
	flags   string // for our engine
	words   []string
	utf     bool
	texts   []string
}

// pcre2Letters are the modifiers that a letter says, with the flag they are here; "" is one that changes no match: it
// has pcre2test print more, or find all matches, which it is told anyway.
var pcre2Letters = map[rune]string{'i': "i", 'm': "m", 's': "s", 'x': "x", 'n': "n", 'B': "", 'I': "", 'g': ""}

// pcre2Words are those that a word says, likewise, or what they are at the start of a pattern.
var pcre2Words = map[string]string{
	"caseless": "i", "multiline": "m", "dotall": "s", "extended": "x", "no_auto_capture": "n", "ungreedy": "U",
	"dupnames": "J", "anchored": "A", "dollar_endonly": "D",
	"utf": "(*UTF)", "ucp": "(*UCP)", "no_auto_possess": "(*NO_AUTO_POSSESS)", "no_dotstar_anchor": "(*NO_DOTSTAR_ANCHOR)",
	"newline=cr": "(*CR)", "newline=lf": "(*LF)", "newline=crlf": "(*CRLF)", "newline=any": "(*ANY)", "newline=anycrlf": "(*ANYCRLF)",
	"bsr=unicode": "(*BSR_UNICODE)", "bsr=anycrlf": "(*BSR_ANYCRLF)",
	"info": "", "bincode": "", "fullbincode": "", "debug": "", "mark": "", "global": "", "aftertext": "", "allaftertext": "",
	"allcaptures": "", "jit": "", "jitverify": "", "no_jit": "", "hex": "",
}

// pcre2Cases are what can be asked of a file's blocks, and how many blocks cannot.
func pcre2Cases(file, content string) (cases []pcre2Case, left int) {
	for _, b := range pcre2testBlocks(content) {
		c, ok := pcre2CaseOf(b)
		c.place = fmt.Sprintf("%s:%d", file, b.line)
		if !ok || len(c.texts) == 0 {
			left++
			continue
		}
		cases = append(cases, c)
	}
	return cases, left
}

func pcre2CaseOf(b pcre2testBlock) (c pcre2Case, ok bool) {
	c.pattern = b.pattern
	for i, word := range strings.Split(strings.TrimSpace(b.modifiers), ",") {
		word = strings.TrimSpace(word)
		meaning, known := pcre2Words[word]
		switch {
		case word == "":
		case word == "hex":
			bytes, err := hex.DecodeString(strings.ReplaceAll(b.pattern, " ", ""))
			if err != nil {
				return c, false
			}
			c.pattern = string(bytes)
		case strings.HasPrefix(meaning, "("):
			c.start += meaning
			c.words = append(c.words, word)
			c.utf = c.utf || word == "utf"
		case known:
			c.flags += meaning
			if meaning != "" {
				c.words = append(c.words, word)
			}
		case i == 0:
			for _, letter := range word {
				flag, known := pcre2Letters[letter]
				if !known {
					return c, false
				}
				c.flags += flag
				if flag != "" {
					c.words = append(c.words, map[string]string{"i": "caseless", "m": "multiline", "s": "dotall", "x": "extended", "n": "no_auto_capture"}[flag])
				}
			}
			if strings.Count(word, "x") > 1 {
				return c, false // extended_more
			}
		default:
			return c, false
		}
	}
	c.utf = c.utf || strings.Contains(c.pattern, "(*UTF)")
	for _, text := range b.texts {
		if text, ok := pcre2Text(text, c.utf); ok {
			c.texts = append(c.texts, text)
		}
	}
	return c, true
}

var pcre2Escape = regexp.MustCompile(`^(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{0,2})|o\{([0-7]+)\}|([0-7]{1,3})|([abefnrtv])|([^0-9A-Za-z=\[]))`)

// pcre2Text is the text that pcre2test makes of a line, without blanks at its end. It cannot be asked when it has modifiers of its own, or is not
// UTF-8 where it should be.
func pcre2Text(line string, utf bool) (string, bool) {
	var text []byte
	line = strings.TrimRight(line, " \t")
	for line != "" {
		if line[0] != '\\' {
			text = append(text, line[0])
			line = line[1:]
			continue
		}
		if line == `\` {
			break // an empty rest
		}
		m := pcre2Escape.FindStringSubmatch(line[1:])
		if m == nil {
			return "", false
		}
		line = line[1+len(m[0]):]
		var value uint64
		var err error
		switch {
		case m[1] != "":
			value, err = strconv.ParseUint(m[1], 16, 32)
		case strings.HasPrefix(m[0], "x"):
			value, err = strconv.ParseUint("0"+m[2], 16, 32)
			if value >= utf8.RuneSelf && utf {
				return "", false // a byte, not a character
			}
		case m[3] != "" || m[4] != "":
			value, err = strconv.ParseUint(m[3]+m[4], 8, 32)
		case m[5] != "":
			value = map[string]uint64{"a": 7, "b": 8, "e": 27, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}[m[5]]
		default:
			text = append(text, m[0]...)
			continue
		}
		switch {
		case err != nil || !utf && value > 0xff:
			return "", false
		case utf:
			text = utf8.AppendRune(text, rune(value))
		default:
			text = append(text, byte(value))
		}
	}
	return string(text), !utf || utf8.Valid(text)
}

// input writes a case for pcre2test, so that it prints every match and what follows each group: that, with the
// group, is where it is.
func (c pcre2Case) input(b *bytes.Buffer) {
	b.WriteString(c.patternLine("global"))
	for _, text := range c.texts {
		b.WriteString(c.textLine(text))
	}
	b.WriteString("\n")
}

// patternLine is the pattern with the words that it has and those given.
func (c pcre2Case) patternLine(more ...string) string {
	words := slices.Concat(c.words, more, []string{"allaftertext", "allcaptures"})
	if c.pattern == "" {
		return "//" + strings.Join(words, ",") + "\n" // no byte is none in hexadecimal digits
	}
	return fmt.Sprintf("/%x/hex,%s\n", c.pattern, strings.Join(words, ","))
}

// textLine is a text with the words given: with room for every group, and callouts are not printed.
func (c pcre2Case) textLine(text string, more ...string) string {
	var b strings.Builder
	b.WriteString("    ")
	if c.utf {
		for _, r := range text {
			fmt.Fprintf(&b, `\x{%x}`, r)
		}
	} else {
		for i := range len(text) {
			fmt.Fprintf(&b, `\x%02x`, text[i])
		}
	}
	fmt.Fprintf(&b, "\\=%s\n", strings.Join(append([]string{"ovector=256", "callout_none"}, more...), ","))
	return b.String()
}

// failed is how pcre2test begins to say that it gave up, without the error's number.
const failed = "Failed: "

var pcre2Failure = regexp.MustCompile(`(?m)^Failed: error -\d+: (.*)$`)

// printed writes a text as pcre2test prints it.
func (c pcre2Case) printed(text string) string {
	var b strings.Builder
	write := func(r rune) {
		switch {
		case r >= ' ' && r <= '~':
			b.WriteRune(r)
		case c.utf || r > 0xff:
			fmt.Fprintf(&b, `\x{%02x}`, r)
		default:
			fmt.Fprintf(&b, `\x%02x`, r)
		}
	}
	if !c.utf {
		for i := range len(text) {
			write(rune(text[i]))
		}
		return b.String()
	}
	for _, r := range text {
		write(r)
	}
	return b.String()
}

// pcre2testAnswers are the answers to the texts of each case; a case that pcre2test does not take has one alone, its error.
func pcre2testAnswers(output string) [][]string {
	var answers [][]string
	for line := range strings.Lines(output) {
		last := len(answers) - 1
		switch {
		case strings.HasPrefix(line, "/"):
			answers = append(answers, nil)
		case strings.TrimSpace(line) == "" || last < 0:
		case strings.HasPrefix(line, "    ") && !(len(answers[last]) == 1 && strings.HasPrefix(answers[last][0], "Failed: error 1")):
			answers[last] = append(answers[last], "")
		case strings.HasPrefix(line, "    "):
		case len(answers[last]) == 0:
			answers[last] = []string{line}
		default:
			answers[last][len(answers[last])-1] += line
		}
	}
	return answers
}
