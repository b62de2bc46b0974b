//go:build linux && (386 || amd64 || arm || arm64 || riscv64)

package differential

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// ours is what pcre2test would print of what our engine finds in each text. Where the engine gives up, the last line is
// failed and why.
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
		default:
			results[i] = b.String() + failed + strings.TrimPrefix(result.Err.Error(), "PCRE2: ") + "\n"
		}
	}
	return results, nil
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

// demo is what the loop for all matches of pcre2demo, the program in PCRE2's documentation, makes of what pcre2test
// answers to each of its calls of pcre2_match: behind an empty match it tries for one at the same place that is not
// empty, or else goes on a character further, and it ends with an error. The texts are ASCII.
func (c pcre2Case) demo(ctx context.Context, program, text string, how ...string) (string, error) {
	var b strings.Builder
	var again []string
	for at := 0; ; {
		cmd := exec.CommandContext(ctx, program, "-q")
		cmd.Stdin = strings.NewReader(c.patternLine(how...) + c.textLine(text, append([]string{fmt.Sprintf("offset=%d", at)}, again...)...) + "\n")
		output, err := cmd.Output()
		if err != nil {
			return "", err
		}
		answers := pcre2testAnswers(string(output))
		if len(answers) != 1 || len(answers[0]) != 1 {
			return "", fmt.Errorf("pcre2test answers %q", output)
		}
		answer := answers[0][0]
		switch {
		case strings.HasPrefix(answer, failed):
			return b.String() + pcre2Failure.ReplaceAllString(answer, failed+"$1"), nil
		case answer == "No match\n" && len(again) > 0 && at < len(text):
			at, again = at+1, nil
			continue
		case answer == "No match\n" && b.Len() == 0:
			return answer, nil
		case answer == "No match\n":
			return b.String(), nil
		}
		b.WriteString(answer)
		lines := strings.Split(answer, "\n")
		at, again = len(text)-len(strings.TrimPrefix(lines[1], " 0+ ")), nil
		if lines[0] == " 0: " {
			again = []string{"notempty_atstart", "anchored"}
		}
	}
}

// pcre2testDiffers are the texts for which pcre2test's loop for all matches and that of pcre2demo, which is the one in
// PCRE2's documentation, in PHP and here, come to different matches, with the reason. For them our engine has to find
// what [pcre2Case.demo] does.
var pcre2testDiffers = map[string]string{
	`testinput1:6182 "abc"`:  "pcre2test goes on at a match that is behind where it began to look, and tries that place again; pcre2demo does not",
	`testinput2:4004 "cdab"`: "likewise",
	`testinput2:2936 "abcd"`: "pcre2test takes the error of a second try, for a match that is not empty, for none and goes on; pcre2demo ends with the error",
	`testinput2:2936 "0abc"`: "likewise",
}

// demoWays are the options with which pcre2test runs pcre2demo's loop, so that no optimisation makes the difference.
var demoWays = []string{"", "jit", "no_start_optimize", "no_auto_possess", "no_dotstar_anchor"}

// PCRE2 in this program, which is 10.40, finds what the system's pcre2test finds in what PCRE2's own tests search for:
// every match with all its groups.
func TestPCRE2FindsWhatPCRE2TestFinds(t *testing.T) {
	program, err := exec.LookPath("pcre2test")
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	need(t, err)
	dir, err := pcre2Testdata(t.Context())
	need(t, err)
	for file, least := range map[string]int{"testinput1": 2300, "testinput2": 880, "testinput4": 1300, "testinput5": 440} {
		t.Run(file, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(dir, file))
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
					theirs = pcre2Failure.ReplaceAllString(theirs, failed+"$1")
					_, known := pcre2testDiffers[fmt.Sprintf("%s %q", c.place, c.texts[j])]
					switch {
					case (ours[j] == theirs) == known:
						t.Errorf("%s: %q on %q: known to differ %v: %s", c.place, c.pattern, c.texts[j], known, firstDifference(ours[j], theirs))
					case known:
						differ++
						for _, way := range demoWays {
							if demo, err := c.demo(t.Context(), program, c.texts[j], strings.Fields(way)...); err != nil || demo != ours[j] {
								t.Errorf("%s: %q on %q is not what pcre2demo finds with %q: %v, %s", c.place, c.pattern, c.texts[j], way, err, firstDifference(ours[j], demo))
							}
						}
					case strings.Contains(theirs, failed):
						unknown++
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
