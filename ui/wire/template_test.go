package wire

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/replace"
)

var update = flag.Bool("update", false, "write the expansions that the page's tests compare with")

// expansionsFile has what the page has to make of templates: its own test expands them.
var expansionsFile = filepath.Join("..", "..", "assets", "test", "data", "expansions.json")

// An expansion is a template, matches, and what each becomes.
type expansion struct {
	Syntax string         `json:"syntax"`
	Source string         `json:"source"`
	UTF    bool           `json:"utf"`
	Parts  []TemplatePart `json:"parts"`
	Last   int            `json:"last"` // the highest number of a group
	Text   string         `json:"text"`
	// Matches are UTF-16 units, by group; none where each character is a match and its
	// group 1.
	Matches [][]int `json:"matches,omitempty"`
	// Expanded is what they become, each with a line end behind it.
	Expanded string `json:"expanded"`
}

// The page expands templates as the server does, whose results are compared with the
// engines' own.
func TestExpansions(t *testing.T) {
	var letters, signs strings.Builder
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if r == 'ƛ' || r == 'ɤ' {
			continue // Unicode 16 gave them capitals, which newer browsers know
		}
		if unicode.SimpleFold(r) != r || unicode.IsLetter(r) && (r < 0x250 || 0x1E00 <= r && r < 0x2000 || 0xFB00 <= r && r < 0xFB20) {
			letters.WriteRune(r)
		}
		if r < 0x3100 && r%8 == 0 && unicode.In(r, unicode.P, unicode.S, unicode.Z, unicode.C, unicode.M) {
			signs.WriteRune(r)
		}
	}
	const short = `(\w)(\w)?(?P<x>z)?`
	all := []expansion{}
	for _, c := range []struct {
		syntax, template, pattern, text string
		utf                             bool
	}{
		{"go", "$1-${2}$$[$x]$0", short, "ab c éz 𝒜", true},
		{"dotnet", "$1$+$_|$`|$'|$&", short, "ab c éz 𝒜", true},
		{"js", "$2$1$<x>$&", short, "ab czz", true},
		{"python", `\g<x>\1\t\101`, short, "ab czz", true},
		{"ruby", `\k<x>\0\+`, short, "ab czz", true},
		{"java", `$1\$${x}`, short, "ab czz", true},
		{"php", `$1\2${0}`, short, "ab czz", true},
		{"perl", `\U$1é\LÄ$2\E\u$+{x}\Q$'-\E$+\l$&`, short, "ab.czzÉ é", true},
		{"perl", `\u\L$1$2\E|\F$&`, `(\pL)(\pL)?`, "ABßẞİı", true},
		{"pcre2", `\U$1\u${2:-nö}\E$0${x:+Y:n$1}\l$1`, short, "ab czz É", true},
		{"pcre2", `\Uö$1`, short, "ab cd", true},
		{"pcre2", `\uéa\xff\U$0`, short, "ab cd", false},
		{"perl", `\U$&`, "^", "", true},
		{"perl", `\U$1`, `(.)`, letters.String(), true},
		{"perl", `\L$1`, `(.)`, letters.String(), true},
		{"perl", `\u$1`, `(.)`, letters.String(), true},
		{"perl", `\F$1`, `(.)`, letters.String(), true},
		{"perl", `\Q$1`, `(.)`, signs.String(), true},
		{"pcre2", `\U$1\E`, `(.)`, letters.String(), true},
		{"pcre2", `\L$1\E`, `(.)`, letters.String(), true},
	} {
		program, err := engine.Go().Compile([]byte(c.pattern), "")
		if err != nil {
			t.Fatal(err)
		}
		parsed := replace.Parse(replace.ForFlavor(c.syntax), replace.Pattern{Groups: program.Groups(), UTF: c.utf}, c.template)
		if c.syntax == "php" {
			parsed = replace.Parse(replace.For(engine.Info{Name: "php"}), replace.Pattern{Groups: program.Groups(), UTF: c.utf}, c.template)
		}
		if err := parsed.Err(); err != nil {
			t.Fatalf("%s: %v", c.template, err)
		}
		m := NewTemplate(1, parsed)
		e := expansion{Syntax: c.syntax, Source: c.template, UTF: m.UTF, Parts: m.Parts, Last: len(program.Groups()) - 1, Text: c.text}
		positions, expander := NewPositions(c.text), parsed.Expander()
		program.Search(t.Context(), engine.NewText([]byte(c.text)), engine.Cursor{}, engine.Budget{}, func(groups []int) bool {
			units := make([]int, len(groups))
			for i, offset := range groups {
				if units[i] = -1; offset >= 0 {
					units[i] = positions.Unit(offset)
				}
			}
			if c.pattern != "(.)" {
				e.Matches = append(e.Matches, units)
			}
			e.Expanded += escapeBytes(string(expander.Append(nil, []byte(c.text), groups))) + "\n"
			return true
		})
		all = append(all, e)
	}
	got, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	got = append(bytes.ReplaceAll(got, []byte(`},{"syntax"`), []byte("},\n{\"syntax\"")), '\n')
	if *update {
		if err := os.WriteFile(expansionsFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(expansionsFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("assets/test/data/expansions.json is not what is made now: run go test ./ui/wire -run Expansions -update, and the page's tests")
	}
}

// escapeBytes has bytes that are not UTF-8 as %XX, since JSON has none.
func escapeBytes(s string) string {
	return strings.ReplaceAll(s, "\xff", "%FF")
}
