package differential

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// trialsPCRE2 are PCRE2's own tests in a file, with the results that come with it.
func trialsPCRE2(file string) func(context.Context, string) ([]Trial, int, error) {
	return func(ctx context.Context, name string) (trials []Trial, left int, err error) {
		dir, err := pcre2Testdata(ctx)
		if err != nil {
			return nil, 0, err
		}
		input, err := os.ReadFile(filepath.Join(dir, "testinput"+file))
		if err != nil {
			return nil, 0, err
		}
		output, err := os.ReadFile(filepath.Join(dir, "testoutput"+file))
		if err != nil {
			return nil, 0, err
		}
		rest := string(output)
		for _, b := range pcre2testBlocks(string(input)) {
			answer, after, ok := pcre2testAnswer(rest, b)
			if !ok {
				return nil, 0, fmt.Errorf("testoutput%s does not go on with the pattern of testinput%s:%d", file, file, b.line)
			}
			rest = after
			some, others := pcre2Trials(file, b, answer)
			if name != "pcre2" {
				some, others = inFlavor(some, others, name)
			}
			trials, left = append(trials, some...), left+others
		}
		return trials, left, nil
	}
}

// A pcre2Answer is what pcre2test prints of a pattern, and of each of its texts.
type pcre2Answer struct {
	pattern string
	texts   []string
}

// pcre2testAnswer reads the answer to a block in the output of pcre2test, which repeats the input, and returns what
// follows it.
func pcre2testAnswer(output string, b pcre2testBlock) (a pcre2Answer, rest string, ok bool) {
	_, rest, ok = strings.Cut(output, b.delimiter+b.pattern+b.delimiter+b.modifiers+"\n")
	code := false
	for ok && rest != "" {
		line, after, _ := strings.Cut(rest, "\n")
		n := len(a.texts)
		switch {
		case strings.HasPrefix(line, "-----"):
			code = !code // what it was compiled to
		case code:
		case n < len(b.texts) && strings.TrimLeft(line, " \t") == b.texts[n]:
			a.texts = append(a.texts, "")
		case strings.TrimSpace(line) == "":
			return a, after, n == len(b.texts)
		case n == 0:
			a.pattern += line + "\n"
		default:
			a.texts[n-1] += line + "\n"
		}
		rest = after
	}
	return a, rest, ok
}

var (
	// pcre2Group is a line for a group.
	pcre2Group = regexp.MustCompile(`(?m)^ ?\d+: .*\n`)
	// pcre2Refusal is why a pattern is refused.
	pcre2Refusal = regexp.MustCompile(`(?m)^Failed: error \d+ at offset \d+: (.*)$`)
	// pcre2Unset are groups behind the last one that took part, which pcre2test does not print unless it is told to.
	pcre2Unset = regexp.MustCompile(`(?: ?\d+: <unset>\n)+( 0: |\z)`)
)

// pcre2Trials are those of a block, and how many of its texts cannot be asked.
func pcre2Trials(file string, b pcre2testBlock, answer pcre2Answer) (trials []Trial, left int) {
	c, ok := pcre2CaseOf(b)
	place := fmt.Sprintf("testinput%s:%d", file, b.line)
	if !ok {
		return nil, max(1, len(b.texts))
	}
	all := strings.Contains(strings.SplitN(b.modifiers, ",", 2)[0], "g") || strings.Contains(b.modifiers, "global")
	t := Trial{Name: place, Pattern: c.start + c.pattern, Flags: c.flags, All: all, Want: "taken", Says: func(Finding) string { return "taken" }}
	if m := pcre2Refusal.FindStringSubmatch(answer.pattern); m != nil {
		t.Want = refused + ": " + m[1] // TestPlaces compares the places
		return []Trial{t}, 0
	}
	trials = append(trials, t)
	t.Says = func(f Finding) string { return c.says(f) }
	for i, line := range b.texts {
		text, ok := pcre2Text(line, c.utf)
		// Callouts are printed, and more groups than there is room for are not.
		if !ok || strings.Contains(answer.texts[i], "--->") || strings.Contains(answer.texts[i], "too many substrings") {
			if !strings.HasPrefix(line, `\=`) {
				left++
			}
			continue
		}
		t.Name = fmt.Sprintf("%s:%d", place, i+1)
		t.Text = text
		t.Want = pcre2Unset.ReplaceAllString(strings.Join(pcre2Group.FindAllString(answer.texts[i], -1), ""), "$1")
		switch said := answer.texts[i]; {
		case strings.HasPrefix(said, "No match"):
			t.Want = noMatch
		case strings.HasPrefix(said, failed):
			t.Want = strings.TrimSpace(pcre2Failure.ReplaceAllString(said, "$1"))
		}
		trials = append(trials, t)
	}
	return trials, left
}

// says writes matches as pcre2test prints them.
func (c pcre2Case) says(f Finding) string {
	var b strings.Builder
	for _, m := range f.Spans {
		for g := 0; g < len(m); g += 2 {
			if m[g] < 0 {
				fmt.Fprintf(&b, "%2d: <unset>\n", g/2)
			} else {
				fmt.Fprintf(&b, "%2d: %s\n", g/2, c.printed(f.Text[m[g]:m[g+1]]))
			}
		}
	}
	if f.GaveUp != "" {
		b.WriteString(strings.TrimPrefix(f.GaveUp, "PCRE2: "))
	}
	if b.Len() == 0 {
		return noMatch
	}
	return pcre2Unset.ReplaceAllString(b.String(), "$1")
}

// pcre2Setting is one at the start of a pattern, which other flavors have not.
var pcre2Setting = regexp.MustCompile(`^\(\*(?:UTF|UCP|CR|LF|CRLF|ANY|ANYCRLF|NUL|(?:BSR|NO|NOTEMPTY|LIMIT)[A-Z_=0-9]*)\)`)

// endless is a search that takes exponential time by backtracking. PCRE2 looks first whether there is a b.
const endless = "testinput1:3771:2"

// inFlavor are the trials that another flavor can be asked: with flags that it has, and of texts that are not bytes. What
// it refuses is not what PCRE2 refuses.
func inFlavor(trials []Trial, left int, name string) ([]Trial, int) {
	f, err := flavor.Lookup(name)
	if err != nil {
		panic(err) // a suite has a flavor that there is not
	}
	kept := slices.DeleteFunc(trials, func(t Trial) bool {
		_, err := f.CheckFlags(t.Flags)
		return err != nil || t.Name == endless || strings.HasPrefix(t.Want, refused) || t.Want == "taken" || pcre2Setting.MatchString(t.Pattern) ||
			strings.IndexFunc(t.Text, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0
	})
	return kept, left + len(trials) - len(kept)
}
