//go:build linux && (386 || amd64 || arm || arm64 || riscv64)

package differential

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/engine"
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

// pcre2Text is the text that pcre2test makes of a line. It cannot be asked when it has modifiers of its own, or is not
// UTF-8 where it should be.
func pcre2Text(line string, utf bool) (string, bool) {
	var text []byte
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
	if c.pattern == "" {
		b.WriteString("//g,")
	} else {
		fmt.Fprintf(b, "/%x/g,hex,", c.pattern)
	}
	fmt.Fprintf(b, "%s\n", strings.Join(append(slices.Clone(c.words), "allaftertext", "allcaptures"), ","))
	for _, text := range c.texts {
		b.WriteString("    ")
		if c.utf {
			for _, r := range text {
				fmt.Fprintf(b, `\x{%x}`, r)
			}
		} else {
			for i := range len(text) {
				fmt.Fprintf(b, `\x%02x`, text[i])
			}
		}
		b.WriteString("\\=ovector=256,callout_none\n") // room for every group, and callouts are not printed
	}
	b.WriteString("\n")
}

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

// ours is what pcre2test would print of what our engine finds in each text; "" for one that the engine gave up.
func (c pcre2Case) ours(ctx context.Context) ([]string, error) {
	program, err := engine.PCRE2().Compile([]byte(c.start+c.pattern), c.flags)
	if err != nil {
		return nil, err
	}
	results := make([]string, len(c.texts))
	for i, text := range c.texts {
		var b strings.Builder
		result := program.Search(ctx, engine.NewText([]byte(text)), engine.Cursor{}, engine.Budget{Timeout: 10 * time.Second}, func(groups []int) bool {
			for g := 0; g < len(groups); g += 2 {
				if groups[g] < 0 {
					fmt.Fprintf(&b, "%2d: <unset>\n", g/2)
					continue
				}
				fmt.Fprintf(&b, "%2d: %s\n%2d+ %s\n", g/2, c.printed(text[groups[g]:groups[g+1]]), g/2, c.printed(text[groups[g+1]:]))
			}
			return true
		})
		switch result.Outcome {
		case engine.NoMatch:
			results[i] = "No match\n"
		case engine.Match:
			results[i] = b.String()
		}
	}
	return results, nil
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

// firstDifference is the first line in which two outputs differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is %q, want %q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("there are %d lines, want %d", len(a), len(b))
}

// pcre2testDiffers are the texts for which pcre2test's loop for all matches and that of pcre2demo, which is the one in
// PCRE2's documentation, in PHP and here, come to different matches, with the reason.
var pcre2testDiffers = map[string]string{
	`testinput1:6182 "abc"`:  "pcre2test goes on at a match that is behind where it began to look, and tries that place again; pcre2demo does not",
	`testinput2:4004 "cdab"`: "likewise",
	`testinput2:2936 "abcd"`: "pcre2test takes the error of a second try, for a match that is not empty, for none and goes on; PHP and we end with the error",
	`testinput2:2936 "0abc"`: "likewise",
}

// PCRE2 in this program, which is 10.40, finds what the system's pcre2test finds in what PCRE2's own tests search for:
// every match with all its groups.
func TestPCRE2FindsWhatPCRE2TestFinds(t *testing.T) {
	program, err := exec.LookPath("pcre2test")
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	need(t, err)
	dir, err := debianSource(t.Context(), "pcre2", "*/testdata/testinput*")
	need(t, err)
	for file, least := range map[string]int{"testinput1": 2300, "testinput2": 880, "testinput4": 1300, "testinput5": 440} {
		t.Run(file, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(dir, "testdata", file))
			if err != nil {
				t.Fatal(err)
			}
			cases, left := pcre2Cases(file, string(content))
			var input bytes.Buffer
			for _, c := range cases {
				c.input(&input)
			}
			cmd := exec.CommandContext(t.Context(), program, "-q")
			cmd.Stdin = &input
			output, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			answers := pcre2testAnswers(string(output))
			if len(answers) != len(cases) {
				t.Fatalf("pcre2test answers %d of %d patterns", len(answers), len(cases))
			}
			compared, unknown, differ := 0, 0, 0
			for i, c := range cases {
				ours, err := c.ours(t.Context())
				refused := len(answers[i]) == 1 && strings.HasPrefix(answers[i][0], "Failed: error 1") && len(c.texts) > 0
				if (err != nil) != refused {
					t.Errorf("%s: %q: our engine says %v, pcre2test %q", c.place, c.pattern, err, answers[i])
					continue
				}
				if refused {
					compared++
					continue
				}
				if len(answers[i]) != len(c.texts) {
					t.Errorf("%s: %q: %d answers to %d texts: %q", c.place, c.pattern, len(answers[i]), len(c.texts), answers[i])
					continue
				}
				for j, theirs := range answers[i] {
					compared++
					gaveUp, theyGaveUp := ours[j] == "", strings.Contains(theirs, "Failed: error -")
					_, known := pcre2testDiffers[fmt.Sprintf("%s %q", c.place, c.texts[j])]
					switch {
					case gaveUp && theyGaveUp:
						unknown++
					case (ours[j] == theirs) == known:
						t.Errorf("%s: %q on %q: known to differ %v: %s", c.place, c.pattern, c.texts[j], known, firstDifference(ours[j], theirs))
					case known:
						differ++
					}
				}
			}
			t.Logf("%d patterns, %d not to be asked so; %d results compared, %d given up by both, %d known to differ", len(cases), left, compared, unknown, differ)
			if compared < least {
				t.Errorf("only %d results could be compared, want %d at least", compared, least)
			}
		})
	}
}
