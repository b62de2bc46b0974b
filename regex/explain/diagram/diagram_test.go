package diagram

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

var update = flag.Bool("update", false, "write the golden files anew")

func tree(t testing.TB, flavorName, flags, pattern string) *syntax.Tree {
	t.Helper()
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		t.Fatal(err)
	}
	return syntax.Parse(pattern, f, flavor.FlagsOf(flags))
}

// examples are patterns with all kinds of nodes.
var examples = []struct {
	name, flavor, flags, pattern string
	width                        int
}{
	{"empty", "go", "", ``, 0},
	{"text", "go", "", `foo\.bar`, 0},
	{"text-long", "go", "", strings.Repeat("lorem ipsum dolor ", 40), 400},
	{"invisible", "go", "", "a b\t\u00a0\u200b\x00\\n\\x{1F600}\\x41é漢字", 0},
	{"sets", "pcre2", "", `.\d\W\s\h\v\N\R\X\p{Greek}\P{L}`, 500},
	{"dot-all", "ruby", "m", `.`, 0},
	{"anchors", "pcre2", "m", `^$\A\Z\z\b\B\G\K[[:<:]]a[[:>:]]`, 600},
	{"classes", "pcre2", "", `[a-z][^\d_.-][[:alpha:][:^digit:]\p{L}\x41-\x5A\n][a]`, 400},
	{"class-operations", "js", "v", `[\p{L}--[a-z]][\w&&[^\d]][\q{abc|d|}x]`, 0},
	{"class-operations-java", "java", "", `[a-z&&[^b-d&&c]x]`, 0},
	{"class-long", "go", "", `[` + longClass() + `]`, 500},
	{"repeats", "pcre2", "", `a*b+c?d*?e++f{2}g{2,}h{2,5}i{0,3}?j{1}k{0}`, 500},
	{"groups", "pcre2", "", `(a)(?<year>b)(?:c)(?i:d)(?>e)(?|(f)|(g))(*sr:h)(*asr:i)`, 600},
	{"looks", "pcre2", "", `(?=a)(?!b)(?<=c)(?<!d)(*napla:e)(*naplb:f)`, 0},
	{"balancing", "dotnet", "", `(?<open>\()(?<-open>\))(?<body-open>x)(?(open)(?!))`, 0},
	{"absent", "ruby", "", `(?~abc)\b\B`, 0},
	{"alternatives", "go", "", `a|bc+|(d|e)|`, 0},
	{"word-list", "go", "", `red|green|blue|white|black|\.\.\.|x+|y`, 300},
	{"conditionals", "pcre2", "", `(a)?(?(1)b|c)(?(?=x)y)(?(DEFINE)(?<n>z))(?(R)d)(?(R1)e)(?(<n>)f)(?(VERSION>=10.4)g)`, 700},
	{"references", "pcre2", "", `(a)(?<n>b)\1\g{-1}\k<n>(?R)(?1)(?&n)(?+1)(c)`, 600},
	{"remarks", "pcre2", "x", "(*UTF)(?i)a # why\n(*PRUNE)(*MARK:here)(?C7)(?C'text')(?#note)b", 500},
	{"code", "perl", "", `(?{ print "<b>" })(??{ $x })(?[ [a-z] - [b] ])\N{BULLET}`, 0},
	{"quoted", "java", "", `\Qa.b\E+c`, 0},
	{"equal", "go", "", `\d\d\d\d-\d\d.....`, 0},
	{"errors", "go", "", `a)b[c-a]*(?=x)(y`, 0},
	{"error-alone", "go", "", `*`, 0},
	{"wrapped", "go", "", `(\w+)\s+(\d+)\s+\[([^\]]*)\]\s+"(\S+) (\S+)"`, 320},
	{"wrapped-inside", "go", "", `^((\w+)\s+(\d+)\s+(\w+)\s+(\d+))+$`, 360},
}

func longClass() string {
	var b strings.Builder
	for r := 'Ā'; r < 'Ā'+100; r++ {
		b.WriteRune(r)
	}
	return b.String()
}

// The layout of the examples, as text. After a change on purpose: go test
// -update, and look at the difference.
func TestLayout(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			picture := Draw(tree(t, e.flavor, e.flags, e.pattern), Options{Width: e.width})
			check(t, e.pattern, picture.SVG())
			check(t, e.pattern, picture.Standalone())
			got := dump(parse(t, picture.SVG()))
			file := filepath.Join("testdata", "layout", e.name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the layout of %q has changed:\n%s\nwant\n%s", e.pattern, got, want)
			}
		})
	}
}

// unseen are the kinds that have no element of their own.
var unseen = map[syntax.Kind]string{
	syntax.KindEmpty:     "it is the track alone",
	syntax.KindConcat:    "its parts follow each other",
	syntax.KindSpace:     "it is ignored",
	syntax.KindQuoteMark: "what it quotes is text",
	syntax.KindClassOp:   "its operands are items of the class, with words between them",
}

func TestEveryKindIsDrawn(t *testing.T) {
	seen := map[syntax.Kind]bool{}
	for _, e := range examples {
		tr := tree(t, e.flavor, e.flags, e.pattern)
		svg := Draw(tr, Options{Width: e.width}).SVG()
		tr.Root.Walk(func(n *syntax.Node) bool {
			seen[n.Kind] = true
			return true
		})
		for kind := range syntax.Kinds() {
			has := false
			tr.Root.Walk(func(n *syntax.Node) bool {
				has = has || n.Kind == kind
				return true
			})
			if has && unseen[kind] == "" && !strings.Contains(svg, `class="rr-part rr-`+kind.String()) && !inList(e.name, kind) {
				t.Errorf("%s: a %s is not drawn", e.name, kind)
			}
		}
	}
	for kind := range syntax.Kinds() {
		if !seen[kind] {
			t.Errorf("no example has a %s", kind)
		}
	}
}

// inList tells that an example shows its kind within a part that stands for
// several nodes.
func inList(name string, kind syntax.Kind) bool {
	return name == "equal" && (kind == syntax.KindDot || kind == syntax.KindClassEscape)
}

// What the words of a label are.
func TestWords(t *testing.T) {
	for _, test := range []struct{ flavor, flags, pattern, want string }{
		{"go", "", `a*`, "0 or more times"},
		{"go", "", `a+?`, "1 or more times, lazy"},
		{"go", "U", `a+`, "1 or more times, lazy"},
		{"java", "", `a{2,5}+`, "2 to 5 times, possessive"},
		{"go", "", `a{3}`, "3 times"},
		{"go", "", `a{3,}`, "3 or more times"},
		{"go", "", `a?`, "optional"},
		{"go", "", `^`, "start of text"},
		{"go", "m", `^`, "start of line"},
		{"ruby", "", `$`, "end of line"},
		{"go", "s", `.`, "any character"},
		{"ruby", "", `\h`, "hex digit"},
		{"go", "", `\D`, "no digit"},
		{"go", "", `(?P<year>a)`, "group 1 year"},
		{"dotnet", "", `(?<a>.)(?<-a>.)`, "takes back a"},
		{"pcre2", "", `(?<!a)`, "not preceded by"},
		{"pcre2", "", `(?R)`, "whole pattern again"},
		{"pcre2", "", `(?<n>a)\k<n>`, "text of group n"},
	} {
		svg := Draw(tree(t, test.flavor, test.flags, test.pattern), Options{}).SVG()
		if !strings.Contains(svg, ">"+test.want+"<") && !strings.Contains(svg, "> "+test.want+"<") {
			t.Errorf("%s %q: no %q in %s", test.flavor, test.pattern, test.want, svg)
		}
	}
}

// Patterns that are made to break the SVG or the reader.
func TestHostilePatterns(t *testing.T) {
	for name, pattern := range map[string]string{
		"markup":         `</title></svg><script>alert(1)</script><g onload="x">&lt;'"]]>`,
		"in a name":      `(?<a"b><c>x)`,
		"in a comment":   `(?#</title><script>)a`,
		"in a class":     `[<>&"']`,
		"controls":       "\x00\x01\x08\x0b\x1f\x7f\u0085\ufffe\uffff\ufeff",
		"in a title":     "[\x00-\x01]\x02",
		"not UTF-8":      "a\xff\xfe[\xff]\xc3",
		"a comment":      "(?#\xff\x00\x1b)",
		"right to left":  "\u202e\u2066abc",
		"combining":      strings.Repeat("e\u0301\u0302", 200),
		"wide":           strings.Repeat("漢", 300),
		"one long name":  `(?<` + strings.Repeat("x", 5000) + `>a)`,
		"one long verb":  `(*` + strings.Repeat("X", 5000) + `)`,
		"long code":      `(?{` + strings.Repeat("x", 5000) + `})`,
		"long quote":     `[\Q` + strings.Repeat("xy", 5000) + `\E]`,
		"large counts":   `a{65535}{1,65535}`,
		"errors":         strings.Repeat(")", 500),
		"empty branches": strings.Repeat("|", 300),
	} {
		for _, f := range flavor.All() {
			t.Run(name+" "+f.Name, func(t *testing.T) {
				picture := Draw(syntax.Parse(pattern, f, flavor.FlagsOf("x")), Options{})
				check(t, pattern, picture.SVG())
				check(t, pattern, picture.Standalone())
				if len(picture.SVG()) > 2_000_000 {
					t.Errorf("%d bytes", len(picture.SVG()))
				}
			})
		}
	}
}

// However large and deep a pattern is, its picture is bounded, and says that it
// is not whole.
func TestLargePatternsAreCut(t *testing.T) {
	for name, pattern := range map[string]string{
		"long":             strings.Repeat(`a\d[b-c]`, 20_000),
		"many branches":    strings.Repeat(`a+|`, 20_000),
		"deep groups":      strings.Repeat("(", 900) + "a" + strings.Repeat(")", 900),
		"deep repeats":     "a" + strings.Repeat("{1}", 100_000),
		"deep classes":     strings.Repeat("[a&&", 200) + "b" + strings.Repeat("]", 200),
		"one large class":  "[" + strings.Repeat("aé", 50_000) + "]",
		"wide and deep":    strings.Repeat("(a|b+|c", 300) + strings.Repeat(")", 300),
		"many empty nodes": strings.Repeat("(|", 200) + strings.Repeat(")", 200),
	} {
		for _, flavorName := range []string{"pcre2", "java"} {
			picture := Draw(tree(t, flavorName, "", pattern), Options{})
			svg := picture.SVG()
			if len(svg) > 6_000_000 {
				t.Errorf("%s in %s: %d bytes", name, flavorName, len(svg))
			}
			if name != "one large class" && name != "deep classes" && !picture.Cut && picture.Height < 1000 {
				t.Errorf("%s in %s: nothing says that it was cut", name, flavorName)
			}
			parse(t, svg)
		}
	}
}

func TestPositionsAreConverted(t *testing.T) {
	svg := parse(t, Draw(tree(t, "go", "", "é(a)"), Options{Position: func(offset int) int { return offset * 10 }}).SVG())
	var places []string
	svg.walk(func(e *element, _ []*element) {
		if e.name == "g" {
			places = append(places, fmt.Sprint(e.int("data-from"), " ", e.int("data-to")))
		}
	})
	if got, want := strings.Join(places, ", "), "0 20, 20 50, 30 40"; got != want {
		t.Errorf("places %s, want %s", got, want)
	}
}

// A picture is as wide as it was asked to be, unless its parts cannot be.
func TestWidthIsKept(t *testing.T) {
	pattern := strings.Repeat(`(\w+)\s*=\s*("[^"]*"|\d+);`, 10)
	for _, width := range []int{360, 400, 640, 960, 2000} {
		if got := Draw(tree(t, "go", "", pattern), Options{Width: width}).Width; got > width {
			t.Errorf("asked for %d pixels, got %d", width, got)
		}
	}
}

// Lines in groups in groups are as long as there is room: a group alone in another takes nothing for lines of its own.
func TestNestedLinesUseTheWidth(t *testing.T) {
	line := strings.Repeat(`\d+abc[a-f]`, 20)
	alone := Draw(tree(t, "go", "", "("+line+")"), Options{Width: 700})
	nested := Draw(tree(t, "go", "", "((?:(?:("+line+"))))"), Options{Width: 700})
	if alone.Width > 700 || nested.Width > 700 {
		t.Errorf("asked for 700 pixels, got %d and %d", alone.Width, nested.Width)
	}
	if alone.Width < 600 || nested.Width < 600 {
		t.Errorf("of 700 pixels %d and %d are used", alone.Width, nested.Width)
	}
}

// Both schemes give every class a color in the same places, and text is read
// against what is behind it.
func TestContrast(t *testing.T) {
	for _, scheme := range []Scheme{Light, Dark} {
		find := func(selector, property string) string {
			value := ""
			for _, r := range rules {
				for _, s := range strings.Split(r.selector, ",") {
					for _, c := range r.colors {
						if s == selector && c.property == property {
							value = c.light
							if scheme == Dark {
								value = c.dark
							}
						}
					}
				}
			}
			if value == "" {
				t.Fatalf("%s has no %s", selector, property)
			}
			return value
		}
		for _, text := range []string{".rr-text", ".rr-sign", ".rr-word", ".rr-label"} {
			for _, ground := range []string{".rr-ground", ".rr-box", ".rr-literal>.rr-box", ".rr-assertion>.rr-box",
				".rr-backreference>.rr-box", ".rr-chip", ".rr-bad>.rr-box"} {
				if c := contrast(find(text, "fill"), find(ground, "fill")); c < 4.5 {
					t.Errorf("scheme %d: %s on %s has a contrast of %.2f", scheme, text, ground, c)
				}
			}
		}
	}
}

func FuzzDraw(f *testing.F) {
	for _, e := range examples {
		f.Add(e.pattern, e.flags, 400)
	}
	f.Fuzz(func(t *testing.T, pattern, flags string, width int) {
		if len(pattern) > 300 {
			return
		}
		for _, fl := range flavor.All() {
			tr := syntax.Parse(pattern, fl, flavor.FlagsOf(flags))
			check(t, pattern, Draw(tr, Options{Width: width}).SVG())
		}
	})
}

// long is a pattern of about 2,000 characters.
var long = strings.Repeat(`(?:[a-z0-9!#$%&'*+/=?^_{|}~-]+(?:\.[a-z0-9]+)*|"(?:[\x01-\x08\x0b\x0c]|\\[\x01-\x09])*")@(?<host>\d{1,3}\.){3}`, 18)

func BenchmarkDraw(b *testing.B) {
	tr := tree(b, "pcre2", "", long)
	size := 0
	for b.Loop() {
		size = len(Draw(tr, Options{}).SVG())
	}
	b.ReportMetric(float64(len(long)), "chars")
	b.ReportMetric(float64(size), "svg-bytes")
}
