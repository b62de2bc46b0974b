package replace_test

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/dlclark/regexp2/v2"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/replace"
)

// A question is what an engine's own replacing is asked.
type question struct{ pattern, flags, template, text string }

// An answer is what it says: a text, or an error.
type answer struct {
	result string
	failed bool
}

var (
	//go:embed testdata/oracle/python.py
	oraclePython string
	//go:embed testdata/oracle/node.js
	oracleNode string
	//go:embed testdata/oracle/perl.pl
	oraclePerl string
	//go:embed testdata/oracle/ruby.rb
	oracleRuby string
	//go:embed testdata/oracle/php.php
	oraclePHP string
)

// oracles are the engines' own functions, by the names of the syntaxes.
var oracles = map[string]func(t *testing.T, questions []question) []answer{
	"go":           askGo,
	"dotnet":       askDotNet,
	"js":           child("node", "-e", oracleNode),
	"python":       child("python3", "-c", oraclePython, "re"),
	"python-regex": child("python3", "-c", oraclePython, "regex"),
	"perl":         child("perl", "-e", oraclePerl),
	"ruby":         child("ruby", "--disable-gems", "-e", oracleRuby),
	"java":         child("java", "-XX:TieredStopAtLevel=1", filepath.Join("testdata", "oracle", "Oracle.java")),
	"php":          child("php", "-r", oraclePHP),
	"pcre2":        askPCRE2,
}

// engines are what finds the matches that we replace.
var engines = map[string][2]string{
	"go": {"go", "regexp"}, "dotnet": {"dotnet", "regexp2"}, "js": {"js", "node"}, "python": {"python", "python"},
	"python-regex": {"python", "python-regex"}, "perl": {"perl", "perl"}, "ruby": {"ruby", "ruby"}, "java": {"java", "java"},
	"php": {"pcre2", "php"}, "pcre2": {"pcre2", "PCRE2"},
}

// child asks a process that reads a question a line, with tabs between pattern, flags,
// template and text, all but the flags in hexadecimal, and writes for each a line: ok
// and the result, or error and a message, in hexadecimal.
func child(program string, args ...string) func(t *testing.T, questions []question) []answer {
	return func(t *testing.T, questions []question) []answer {
		var in, out, problems bytes.Buffer
		for _, q := range questions {
			fmt.Fprintf(&in, "%x\t%s\t%x\t%x\n", q.pattern, q.flags, q.template, q.text)
		}
		command := exec.CommandContext(t.Context(), program, args...)
		command.Stdin, command.Stdout, command.Stderr = &in, &out, &problems
		if err := command.Run(); err != nil {
			t.Fatalf("%s: %v: %.500s", program, err, problems.String())
		}
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		if len(lines) != len(questions) {
			t.Fatalf("%s has %d answers to %d questions: %.500s", program, len(lines), len(questions), problems.String())
		}
		answers := make([]answer, len(lines))
		for i, line := range lines {
			word, digits, _ := strings.Cut(strings.TrimSuffix(line, "\r"), "\t")
			b, err := hex.DecodeString(digits)
			if err != nil {
				t.Fatalf("%s: %v in %q", program, err, line)
			}
			answers[i] = answer{result: string(b), failed: word == "error"}
		}
		return answers
	}
}

func askGo(_ *testing.T, questions []question) []answer {
	answers := make([]answer, len(questions))
	for i, q := range questions {
		answers[i].result = regexp.MustCompile(q.pattern).ReplaceAllString(q.text, q.template)
	}
	return answers
}

func askDotNet(_ *testing.T, questions []question) []answer {
	answers := make([]answer, len(questions))
	for i, q := range questions {
		result, err := regexp2.MustCompile(q.pattern, regexp2.None).Replace(q.text, q.template, -1, -1)
		answers[i] = answer{result, err != nil}
	}
	return answers
}

// ours is our own answer.
func ours(t *testing.T, eng engine.Engine, q question) (answer, *replace.Template) {
	t.Helper()
	program, err := eng.Compile([]byte(q.pattern), q.flags)
	if err != nil {
		t.Fatalf("%q: %v", q.pattern, err)
	}
	utf := eng.Info().Flavor != "pcre2" || strings.Contains(q.flags, "u")
	template := replace.Parse(replace.For(eng.Info()), replace.Pattern{Groups: program.Groups(), UTF: utf}, q.template)
	checkTokens(t, template)
	if template.Err() != nil {
		return answer{failed: true}, template
	}
	var result bytes.Buffer
	end := replace.Run(context.Background(), program, template, engine.NewText([]byte(q.text)), replace.Mode{}, engine.Budget{}, func(b []byte) bool {
		result.Write(b)
		return true
	})
	return answer{result: result.String(), failed: end.Outcome == engine.Error}, template
}

// checkTokens: tokens cover the text, and problems have a place in it.
func checkTokens(t *testing.T, template *replace.Template) {
	t.Helper()
	at := 0
	for _, token := range template.Tokens {
		if token.Span.Start != at || token.Span.End <= at {
			t.Fatalf("%q: the token from %d to %d follows %d", template.Text, token.Span.Start, token.Span.End, at)
		}
		at = token.Span.End
	}
	if at != len(template.Text) {
		t.Fatalf("%q: the tokens end at %d", template.Text, at)
	}
	for _, p := range template.Problems {
		if p.Span.Start < 0 || p.Span.Start > p.Span.End || p.Span.End > len(template.Text) {
			t.Fatalf("%q: %s from %d to %d", template.Text, p.Message, p.Span.Start, p.Span.End)
		}
	}
}

var machine *engine.Registry

func TestMain(m *testing.M) {
	runtimes, err := engine.NewRuntimes("all")
	if err != nil {
		panic(err)
	}
	machine = engine.Local().With(runtimes)
	code := m.Run()
	if err := runtimes.Close(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "closing the runtimes:", err)
		code = 1
	}
	os.Exit(code)
}

// lookup returns the engine of a syntax, or skips the test where this machine has
// none; tests/run, which installs them, does not take that.
func lookup(t testing.TB, name string) engine.Engine {
	t.Helper()
	eng, err := machine.Lookup(engines[name][0], engines[name][1])
	if err == nil {
		return eng
	}
	if os.Getenv("REGEXDBG_DIFFERENTIAL") != "" && name != "python-regex" {
		t.Fatal(err)
	}
	t.Skip(err)
	return nil
}

// The result is that of each engine's own function: for every element of its syntax,
// and for random templates of pieces of them.
func TestDifferential(t *testing.T) {
	for _, s := range replace.Syntaxes() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			eng := lookup(t, s.Name)
			var questions []question
			var mine []answer
			wrong, failed, refused := 0, 0, 0
			for _, q := range questionsOf(s) {
				a, template := ours(t, eng, q)
				if template.Err() != nil && refuses(template) {
					refused++
					continue
				}
				questions, mine = append(questions, q), append(mine, a)
			}
			for i, theirs := range oracles[s.Name](t, questions) {
				if theirs.failed {
					failed++
				}
				if mine[i].failed == theirs.failed && (theirs.failed || mine[i].result == theirs.result) {
					continue
				}
				q := questions[i]
				t.Errorf("%q, flags %q, replaced by %q in %q: it says %q (error %v), we %q (error %v)",
					q.pattern, q.flags, q.template, q.text, theirs.result, theirs.failed, mine[i].result, mine[i].failed)
				if wrong++; wrong == 20 {
					t.Fatal("and more")
				}
			}
			t.Logf("%d templates: %d errors there as here; %d more are refused here only", len(questions), failed, refused)
			if refused > len(questions) {
				t.Error("most are refused: this compares little")
			}
		})
	}
}

// refuses reports whether we do not do what the engine would, and say so: what would
// run Perl's code, verbs of PCRE2, and its \Q that is never ended.
func refuses(template *replace.Template) bool {
	for _, p := range template.Problems {
		if p.Code == "code-in-replacement" || p.Code == "too-deep" || strings.Contains(p.Message, "MARK") || strings.Contains(p.Message, `the \E is missing`) {
			return true
		}
	}
	return false
}

// subjects are patterns with texts in which they match, by what names of groups are in them.
var subjects = []struct{ plain, named, flags, text string }{
	{plain: `(a)(b)?`, named: `(?<x>a)(?<yy>b)?`, text: "éab-ac ßA\nb a"},
	{plain: `(é|ß|ǆ)|(b)`, named: `(?<x>é|ß|ǆ)|(?<b1>b)`, text: "éab-ac ßA\nb ǆ"},
	{plain: `a*`, named: `(?<x>a*)`, text: "baac"},
	{plain: `((((((((((((a))))))))))))b?`, named: `(?<a>a)`, text: "abc a"},
	{plain: `(\w)(\w)`, named: `(?<x>\w)(?<y>\w)`, text: "One, two. THREE"},
	{plain: `x*$`, named: `(?<x>x)*`, text: "xxy"},
}

// pieces are what random templates are made of, besides the syntax's own elements.
var pieces = []string{
	"$", `\`, "{", "}", "<", ">", "1", "0", "2", "9", "12", "x", "yy", "name", "é", "ß", " ", "A", "b", "$1", `\1`, "${x}", "${1}", "$<x>", `\g<x>`,
	`\k<x>`, "$+{x}", "$x", "${", "$<", `\g<`, `\k<`, ":", ":-", ":+", `\E`, "'", "`", "&", "_", "+", "[", "-", "@", "n", "U", "Q", "u", "l", "L", "ǆ", "\n", "𝒜", "\u00ad", "ΐ",
}

// questionsOf asks about every element of a syntax with every subject, and then about
// random templates, always the same.
func questionsOf(s *replace.Syntax) (questions []question) {
	flagsOf := func() string {
		if s.Name == "pcre2" || s.Name == "php" {
			return "u"
		}
		return ""
	}
	var forms []string
	for _, e := range s.Elements {
		form := strings.NewReplacer("name", "x", "1F600", "e9").Replace(e.Form)
		forms = append(forms, form, "["+form+"]", form+"1")
	}
	random := rand.New(rand.NewPCG(1, 2))
	templates := slices.Concat(forms, []string{""}, pieces)
	rounds := 700
	if testing.Short() {
		rounds = 100
	}
	for range rounds {
		var b strings.Builder
		for range 1 + random.IntN(6) {
			if random.IntN(3) == 0 {
				b.WriteString(forms[random.IntN(len(forms))])
			} else {
				b.WriteString(pieces[random.IntN(len(pieces))])
			}
		}
		templates = append(templates, b.String())
	}
	for i, template := range templates {
		for j, subject := range subjects {
			if i >= len(forms) && j != i%len(subjects) && (j+1)%len(subjects) != i%len(subjects) {
				continue // two of them are enough for the random ones
			}
			for k, pattern := range []string{subject.plain, subject.named} {
				if s.Name == "python" || s.Name == "python-regex" {
					pattern = strings.ReplaceAll(pattern, "(?<", "(?P<")
				}
				flags := flagsOf()
				if (i+j+k)%3 == 0 && !strings.Contains(pattern, "é") {
					flags = "" // PCRE2 on bytes
				}
				if s.Name == "perl" && strings.Contains(template, "\x01") {
					continue
				}
				questions = append(questions, question{pattern, flags, template, subject.text})
			}
		}
	}
	return questions
}

// Every letter, and what else there is that quotemeta may quote, becomes what it does
// in the engine.
func TestCases(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some ten seconds")
	}
	var letters strings.Builder
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if unicode.In(r, unicode.L, unicode.M, unicode.Nl, unicode.So, unicode.Cf, unicode.Zs, unicode.Po) {
			letters.WriteRune(r)
		}
	}
	for name, templates := range map[string][]string{
		"perl":  {`\U$1`, `\L$1`, `\u$1`, `\l$1`, `\F$1`, `\Q$1`},
		"pcre2": {`\U$1\E`, `\L$1\E`},
	} {
		t.Run(name, func(t *testing.T) {
			eng := lookup(t, name)
			var questions []question
			flags := map[string]string{"pcre2": "u"}[name]
			for part := range slices.Chunk([]rune(letters.String()), 1000) {
				for _, template := range templates {
					questions = append(questions, question{`(.)`, flags, template + "|", string(part)})
				}
			}
			for i, theirs := range oracles[name](t, questions) {
				mine, _ := ours(t, eng, questions[i])
				text := []rune(questions[i].text)
				a, b := strings.Split(mine.result, "|"), strings.Split(theirs.result, "|")
				if len(a) != len(b) {
					t.Fatalf("%s: %d results and %d", questions[i].template, len(a), len(b))
				}
				for j := range a {
					if a[j] != b[j] {
						t.Errorf("%s of %U %c: it says %+q, we %+q", questions[i].template, text[j], text[j], b[j], a[j])
					}
				}
			}
		})
	}
}

// wholes are the whole match in each syntax.
var wholes = map[string]string{
	"go": "<${0}>", "dotnet": "<$&>", "js": "<$&>", "python": `<\g<0>>`, "python-regex": `<\g<0>>`, "perl": "<$&>", "ruby": `<\0>`,
	"java": "<$0>", "php": "<${0}>", "pcre2": "<${0}>",
}

// What is replaced are the matches that the engine's own function replaces: empty ones,
// those beside each other, and those that look around, for every pattern of the corpus
// that the engine takes.
func TestDifferentialMatches(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "tests", "corpus", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var cases [][2]string // pattern and text
	for _, file := range files {
		cases = append(cases, readCases(t, file)...)
	}
	for _, s := range replace.Syntaxes() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			eng := lookup(t, s.Name)
			var questions []question
			var mine []answer
			for _, c := range cases {
				q := question{pattern: c[0], template: wholes[s.Name], text: c[1]}
				if _, err := eng.Compile([]byte(q.pattern), ""); err != nil || !utf8.ValidString(q.text) || !utf8.ValidString(q.pattern) {
					continue
				}
				a, _ := ours(t, eng, q)
				questions, mine = append(questions, q), append(mine, a)
			}
			for i, theirs := range oracles[s.Name](t, questions) {
				if q := questions[i]; mine[i] != theirs && !(mine[i].failed && theirs.failed) {
					t.Errorf("%q in %q: it says %q (error %v), we %q (error %v)", q.pattern, q.text, theirs.result, theirs.failed, mine[i].result, mine[i].failed)
				}
			}
			t.Logf("%d cases", len(questions))
			if len(questions) < 100 {
				t.Error("these are too few")
			}
		})
	}
}

// readCases returns the patterns and texts of a file of tests/corpus; its README says
// how they are written.
func readCases(t *testing.T, file string) (cases [][2]string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pattern, flags := "", ""
	for line := range strings.Lines(string(content)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "":
			flags = ""
		case "flags":
			flags = rest
		case "pattern", "text":
			value, err := strconv.QuotedPrefix(rest)
			if err != nil {
				t.Fatalf("%s: %v in %s", file, err, line)
			}
			if value, err = strconv.Unquote(value); err != nil {
				t.Fatalf("%s: %v in %s", file, err, line)
			}
			if word == "pattern" {
				pattern = value
			} else if flags == "" {
				cases = append(cases, [2]string{pattern, value})
			}
		}
	}
	return cases
}
