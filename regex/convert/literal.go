// Package convert writes a pattern for somewhere else: for another flavor, or as
// a literal in source code.
package convert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A Style is a way to write a pattern in source code.
type Style struct {
	// ID is the stable name, such as "go-raw".
	ID string
	// Label is for people, such as "Go raw string".
	Label string
	// Flavors are those whose patterns one would write so.
	Flavors flavor.Set
	// flags are the letters that the literal itself can carry.
	flags string
	quote func(pattern, flags string) (string, error)
}

// Styles are all of them. The first one of a flavor is what one would use.
func Styles() []*Style { return styles }

// LookupStyle returns the style with an ID. The error names those there are.
func LookupStyle(id string) (*Style, error) {
	var all []string
	for _, s := range styles {
		if s.ID == id {
			return s, nil
		}
		all = append(all, s.ID)
	}
	return nil, fmt.Errorf("unknown style %q (there are: %s)", id, strings.Join(all, ", "))
}

var styles = []*Style{
	{"go-raw", "Go raw string", flavor.InGo, "imsU", quoteGoRaw},
	{"go-quoted", "Go quoted string", flavor.InGo, "imsU", quoteGo},
	{"js-literal", "JavaScript literal", flavor.InJS, "dgimsuvy", quoteJS},
	{"js-constructor", "JavaScript constructor", flavor.InJS, "dgimsuvy", quoteJSConstructor},
	{"python-raw", "Python raw string", flavor.InPython, "", quotePython},
	{"java", "Java string", flavor.InJava, "", quoteJava},
	{"csharp", "C# verbatim string", flavor.InDotNet, "", quoteCSharp},
	{"php", "PHP pattern", flavor.InPCRE2, "imsxUnuADJ", quotePHP},
	{"perl", "Perl pattern", flavor.InPerl, "imsxna", quotePerl},
	{"ruby", "Ruby literal", flavor.InRuby, "imx", quoteRuby},
	{"json", "JSON string", flavor.Everywhere, "", quoteJSON},
	{"shell", "Shell word", flavor.Everywhere, "", quoteShell},
}

// A Literal is a pattern in source code.
type Literal struct {
	Text string
	// Missing are the flags that the literal cannot carry: the code around it
	// has to set them.
	Missing string
}

// Quote writes a pattern, which may be any bytes, with its flags as source code
// that evaluates to exactly this pattern. The error says what cannot be
// written in this style.
func (s *Style) Quote(pattern, flags string) (Literal, error) {
	var carried, missing string
	for _, letter := range flags {
		if strings.ContainsRune(s.flags, letter) {
			carried += string(letter)
		} else {
			missing += string(letter)
		}
	}
	if s.ID != "go-quoted" && s.ID != "go-raw" && !utf8.ValidString(pattern) {
		return Literal{}, fmt.Errorf("the pattern is not valid UTF-8, which a %s cannot hold: write the bytes as escapes", s.Label)
	}
	text, err := s.quote(pattern, carried)
	return Literal{Text: text, Missing: missing}, err
}

// withGoFlags writes flags as Go does, in front of the pattern.
func withGoFlags(pattern, flags string) string {
	if flags == "" {
		return pattern
	}
	return "(?" + flags + ")" + pattern
}

func quoteGo(pattern, flags string) (string, error) {
	return strconv.Quote(withGoFlags(pattern, flags)), nil
}

// quoteGoRaw falls back to a quoted string for what a raw one cannot hold: a
// backquote, a carriage return, a BOM, a control character.
func quoteGoRaw(pattern, flags string) (string, error) {
	full := withGoFlags(pattern, flags)
	if !strconv.CanBackquote(strings.ReplaceAll(full, "\n", " ")) {
		return strconv.Quote(full), nil
	}
	return "`" + full + "`", nil
}

// quoteJS writes /pattern/flags. A slash and line ends have to be escaped; an
// empty pattern would be a comment.
func quoteJS(pattern, flags string) (string, error) {
	if pattern == "" {
		return "/(?:)/" + flags, nil
	}
	var b strings.Builder
	escaped := false
	for _, r := range pattern {
		line, isLine := lineEscapes[r]
		switch {
		case isLine && escaped: // a backslash cannot stand before a line end
			b.WriteString(line[1:])
		case isLine:
			b.WriteString(line)
		case r == '/' && !escaped:
			b.WriteString(`\/`)
		default:
			b.WriteRune(r)
		}
		escaped = r == '\\' && !escaped
	}
	return "/" + b.String() + "/" + flags, nil
}

var lineEscapes = map[rune]string{'\n': `\n`, '\r': `\r`, '\u2028': `\u2028`, '\u2029': `\u2029`}

func quoteJSConstructor(pattern, flags string) (string, error) {
	text, err := quoteJSON(pattern, "")
	if err != nil || flags == "" {
		return "new RegExp(" + text + ")", err
	}
	return fmt.Sprintf("new RegExp(%s, %q)", text, flags), nil
}

// quotePython writes r"..." in the quotes that the pattern leaves free, and
// escapes when there are none: a raw string cannot end in a lone backslash.
func quotePython(pattern, _ string) (string, error) {
	slashes := len(pattern) - len(strings.TrimRight(pattern, `\`))
	if slashes%2 == 0 && !strings.ContainsAny(pattern, "\x00\r") {
		for _, quotes := range []string{`"`, `'`, `"""`, `'''`} {
			long := len(quotes) == 3
			if strings.Contains(pattern, quotes) || !long && strings.Contains(pattern, "\n") || long && strings.HasSuffix(pattern, quotes[:1]) {
				continue
			}
			return "r" + quotes + pattern + quotes, nil
		}
	}
	return escaped(pattern, `\x%02x`), nil
}

// escaped writes a string in double quotes, with backslashes before these and before
// backslashes, and control characters but the line feed as their format says.
func escaped(text, control string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r == 0x7F:
			fmt.Fprintf(&b, control, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// quoteJava writes a string literal. Control characters are written in octal:
// Java reads \u escapes before anything else, so \u000a would be a line end.
func quoteJava(pattern, _ string) (string, error) {
	return escaped(pattern, `\%03o`), nil
}

func quoteCSharp(pattern, _ string) (string, error) {
	return `@"` + strings.ReplaceAll(pattern, `"`, `""`) + `"`, nil
}

// quotePHP writes '/pattern/flags' with a delimiter that the pattern leaves
// free, or with slashes escaped.
func quotePHP(pattern, flags string) (string, error) {
	if strings.Contains(pattern, "\x00") {
		return "", fmt.Errorf(`PHP takes no NUL in a pattern: write it as \x00`)
	}
	delimiter := ""
	for _, d := range "/~#%@!,;" {
		if !strings.ContainsRune(pattern, d) {
			delimiter = string(d)
			break
		}
	}
	if delimiter == "" {
		delimiter, pattern = "/", escapeUnescaped(pattern, '/')
	}
	full := delimiter + pattern + delimiter + flags
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(full) + "'", nil
}

// escapeUnescaped puts a backslash before every c that has none.
func escapeUnescaped(pattern string, c byte) string {
	var b strings.Builder
	escaped := false
	for i := range len(pattern) {
		if pattern[i] == c && !escaped {
			b.WriteByte('\\')
		}
		b.WriteByte(pattern[i])
		escaped = pattern[i] == '\\' && !escaped
	}
	return b.String()
}

// quotePerl writes qr'...', in which Perl puts in no variables.
func quotePerl(pattern, flags string) (string, error) {
	pattern, err := escapeLines(escapeUnescaped(pattern, '\''), flags)
	return "qr'" + pattern + "'" + flags, err
}

// quoteRuby writes /.../: a slash has to be escaped, and what would be put in.
func quoteRuby(pattern, flags string) (string, error) {
	pattern, err := escapeLines(escapeUnescaped(pattern, '/'), flags)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	escaped := false
	for i := range len(pattern) {
		if pattern[i] == '#' && !escaped && i+1 < len(pattern) && strings.IndexByte("{$@", pattern[i+1]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(pattern[i])
		escaped = pattern[i] == '\\' && !escaped
	}
	return "/" + b.String() + "/" + flags, nil
}

// escapeLines writes the line ends that source code of Perl and Ruby does not
// keep: carriage returns, and what follows a backslash.
func escapeLines(pattern, flags string) (string, error) {
	if strings.Contains(pattern, "\r") && strings.Contains(flags, "x") {
		return "", fmt.Errorf(`source code does not keep a carriage return, and with x \r would mean another thing: remove it`)
	}
	var b strings.Builder
	escaped := false
	for i := range len(pattern) {
		c := pattern[i]
		switch {
		case c == '\r' && escaped, c == '\n' && escaped:
			b.WriteString(lineEscapes[rune(c)][1:])
		case c == '\r':
			b.WriteString(`\r`)
		default:
			b.WriteByte(c)
		}
		escaped = c == '\\' && !escaped
	}
	return b.String(), nil
}

func quoteJSON(pattern, _ string) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(pattern); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func quoteShell(pattern, _ string) (string, error) {
	if strings.Contains(pattern, "\x00") {
		return "", fmt.Errorf(`an argument cannot hold a NUL: write it as \x00`)
	}
	return "'" + strings.ReplaceAll(pattern, "'", `'\''`) + "'", nil
}
