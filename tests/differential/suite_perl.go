package differential

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// perlVariables are those that re_tests uses in patterns, texts and results.
var perlVariables = strings.NewReplacer("${bang}", "!", "${nul}", "\x00", "${nulnul}", "\x00\x00", "${ffff}", "\u00ff\u00ff")

var (
	perlDelimited = regexp.MustCompile(`(?s)\A(['/:])(.*)(['/:])([a-z]*)\z`)
	// perlCode runs code, which no engine here is told to do.
	perlCode = regexp.MustCompile(`\(\?\??\{|\(\*\{`)
	// perlInterpolated is a variable, between delimiters that let Perl put in what it holds.
	perlInterpolated = regexp.MustCompile(`[$@][A-Za-z_{:]`)
)

// trialsPerl are the rows of perl's re_tests, read as regexp.t does it: pattern, text, what is expected, an expression of
// the match, and its value.
func trialsPerl(ctx context.Context, name string) (trials []Trial, left int, err error) {
	f, err := flavor.Lookup(name)
	if err != nil {
		return nil, 0, err
	}
	content, err := perlFile(ctx, "re_tests")
	if err != nil {
		return nil, 0, err
	}
	started := false
	number := 0
	for row := range strings.Lines(content) {
		number++
		row = strings.TrimSuffix(row, "\n")
		if !started || row == "" || strings.HasPrefix(row, "#") {
			started = started || row == "__END__"
			continue
		}
		columns := strings.Split(row, "\t")
		if len(columns) < 3 {
			continue
		}
		columns = append(columns, "", "")
		t, ok := perlTrial(f, columns)
		if !ok {
			left++
			continue
		}
		t.Name = fmt.Sprintf("re_tests:%d", number)
		trials = append(trials, t)
	}
	return trials, left, nil
}

func perlTrial(f *flavor.Flavor, columns []string) (t Trial, ok bool) {
	t.Pattern = columns[0]
	if m := perlDelimited.FindStringSubmatch(t.Pattern); m != nil && m[1] == m[3] {
		if m[1] == "/" && perlInterpolated.MatchString(perlVariables.Replace(m[2])) {
			return t, false
		}
		t.Pattern, t.Flags = m[2], strings.ReplaceAll(m[4], "g", "")
	}
	// A set of flags has none twice, which is something else in Perl, such as xx.
	if set, err := f.CheckFlags(t.Flags); err != nil || len(set) < len(t.Flags) || perlCode.MatchString(t.Pattern) {
		return t, false
	}
	t.Pattern = strings.ReplaceAll(perlVariables.Replace(t.Pattern), `\n`, "\n")
	if t.Text, ok = perlString(perlVariables.Replace(columns[1])); !ok {
		return t, false
	}
	// B, b, t and T are known faults of perl, e and s are tests for others, and the rest says nothing of perl itself.
	expected := strings.Trim(columns[2], "aMS")
	switch expected {
	case "c":
		t.Want, t.Says = refused, saysSpans
		return t, true
	case "n":
		t.Want, t.Says = noMatch, saysSpans
		return t, true
	case "y":
	default:
		return t, false
	}
	words, ok := perlWords(columns[3])
	if !ok {
		return t, false
	}
	t.Want, ok = perlString(perlVariables.Replace(columns[4]))
	t.Says = saysWords(words)
	return t, ok
}

var perlEscape = regexp.MustCompile(`^(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|N\{U\+([0-9a-fA-F]+)\}|([abefnrt])|([^0-9A-Za-z]))`)

// perlString is what Perl makes of a text between double quotes; false where variables would be put in, or it has an
// escape that is not read here.
func perlString(quoted string) (string, bool) {
	var b strings.Builder
	for quoted != "" {
		switch c := quoted[0]; {
		case c == '\\':
			m := perlEscape.FindStringSubmatch(quoted[1:])
			if m == nil {
				return "", false
			}
			quoted = quoted[1+len(m[0]):]
			base, digits := 16, m[1]+m[2]+m[4]
			if m[3] != "" {
				base, digits = 8, m[3]
			}
			if digits == "" {
				b.WriteString(map[string]string{"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}[m[5]] + m[6])
				continue
			}
			value, err := strconv.ParseUint(digits, base, 32)
			if err != nil || !utf8.ValidRune(rune(value)) {
				return "", false
			}
			b.WriteRune(rune(value))
		case (c == '$' || c == '@') && len(quoted) > 1 && perlInterpolated.MatchString(quoted[:2]):
			return "", false
		default:
			b.WriteByte(c)
			quoted = quoted[1:]
		}
	}
	return b.String(), utf8.ValidString(b.String())
}

var perlWord = regexp.MustCompile(`^(?:\$(&)|\$(\d+)|\$\{(\d+)\}|\$([-+])\[(\d+)\]|\$\+\{(\w+)\}|([^$@\\]+))`)

// perlWords reads an expression of literals, the match, its groups, and where they start and end, in characters. What
// took no part is an empty text.
func perlWords(expression string) ([]func(Finding) string, bool) {
	var words []func(Finding) string
	for expression != "" {
		m := perlWord.FindStringSubmatch(expression)
		if m == nil || expression == "pos" {
			return nil, false
		}
		expression = expression[len(m[0]):]
		number, _ := strconv.Atoi(m[2] + m[3] + m[5]) // none is the whole match
		switch {
		case m[4] != "":
			words = append(words, func(f Finding) string {
				at := 2 * number
				if m[4] == "+" {
					at++
				}
				if at >= len(f.Spans[0]) || f.Spans[0][at] < 0 {
					return ""
				}
				return strconv.Itoa(utf8.RuneCountInString(f.Text[:f.Spans[0][at]]))
			})
		case m[6] != "":
			words = append(words, func(f Finding) string {
				for _, n := range f.Names[m[6]] {
					if text, ok := f.group(n); ok {
						return text
					}
				}
				return ""
			})
		case m[7] != "":
			words = append(words, func(Finding) string { return m[7] })
		default:
			words = append(words, func(f Finding) string {
				text, _ := f.group(number)
				return text
			})
		}
	}
	return words, true
}
