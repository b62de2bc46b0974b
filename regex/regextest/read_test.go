package regextest_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

func TestProblems(t *testing.T) {
	const pattern, input = "[[pattern]]\npattern='a'\n", "[[pattern.input]]\ntext='a'\n"
	for _, test := range []struct{ document, want string }{
		{"", "f:1:1: the file has no patterns\n  write [[pattern]]"},
		{"x", "f:1:1: expected '='"},
		{"[[pattern]]\npattern = \"\\d\"\n", "f:2:12: "},
		{"patern = 1", "f:1:1: a file of tests has no key \"patern\"\n  did you mean pattern?"},
		{"pattern = 1", "f:1:1: pattern has to be a list of tables"},
		{"pattern = [1]", "f:1:12: each of pattern has to be a table"},
		{pattern, "f:1:3: this pattern has no inputs"},
		{"[[pattern]]\n" + input + "match=true", "f:1:3: this has no pattern"},
		{pattern + "flavr='go'\n" + input + "match=true", "f:3:1: pattern has no key \"flavr\"\n  did you mean flavor?"},
		{pattern + "flavor='cobol'\n" + input + "match=true", "f:3:1: unknown flavor \"cobol\" (there are: go"},
		{pattern + "flags='q'\n" + input + "match=true", "f:3:1: unknown Go flag \"q\""},
		{pattern + "name=1\n" + input + "match=true", "f:3:1: name has to be a string"},
		{pattern + "steps=1.5\n" + input, "f:3:1: steps has to be a whole number above 0"},
		{pattern + "ms_per_mb=0\n" + input + "match=true", "f:3:1: ms_per_mb has to be a number above 0"},
		{pattern + input, "f:3:11: this input expects nothing"},
		{pattern + "[[pattern.input]]\nmatch=true", "f:3:11: this input has no text"},
		{pattern + input + "file='x'\nmatch=true", "f:5:1: this input has two texts: text and file"},
		{pattern + "[[pattern.input]]\nfile='x'\nmatch=true", "f:4:1: texts in files of their own cannot be read here"},
		{pattern + "[[pattern.input]]\ntext_base64='!'\nmatch=true", "f:4:1: illegal base64"},
		{pattern + input + "match=1", "f:5:1: match has to be true or false"},
		{pattern + input + "times=1e3\nmatch=true", "f:5:1: times has to be a whole number"},
		{pattern + input + "times=100000000\nmatch=true", "f:5:1: the text would have more than 67108864 bytes"},
		{pattern + input + "matches=[]\nmatch=true", "f:6:1: match says the contrary"},
		{pattern + input + "matches=[]\nfirst={text='a'}", "f:6:1: first and matches both say"},
		{pattern + input + "replaced='a'", "f:5:1: the pattern has no replacement"},
		{pattern + input + "ms_per_mb=5", "f:3:11: the text has 1 bytes, and a speed is measured with 65536"},
		{pattern + input + "matches=[{span=[1]}]", "f:5:11: span has to be two offsets"},
		{pattern + input + "matches=[{text='a'},\n  {span=[2, 1]}]", "f:6:4: span has to be two offsets"},
		{pattern + input + "first={}", "f:5:1: nothing is said of this match"},
		{pattern + input + "first={texts='a'}", "f:5:8: first has no key \"texts\"\n  did you mean text?"},
		{pattern + input + "first={groups={1=5}}", "f:5:16: 1 has to be [start, end]"},
		{pattern + input + "match=true\n" + input + "matc=true", "f:8:1: input has no key \"matc\""},
		{pattern + input + "match=true\n" + pattern + input + "[pattern.input.first]\nspam=[0,1]", "f:11:1: first has no key \"spam\""},
	} {
		_, err := regextest.Parse("f", []byte(test.document))
		problems, ok := errors.AsType[regextest.Problems](err)
		if !ok || !strings.HasPrefix(problems[0].Error(), test.want) {
			t.Errorf("%s\ngot  %v\nwant %s", test.document, err, test.want)
		}
	}
}

func TestAllProblemsAreTold(t *testing.T) {
	_, err := regextest.Parse("f", []byte("[[pattern]]\nflags='q'\nnmae='x'\n[[pattern.input]]\n"))
	if problems, ok := errors.AsType[regextest.Problems](err); !ok || len(problems) != 4 && len(problems) != 5 {
		t.Errorf("got %v", err)
	}
}

func TestFilesAreBesideTheTests(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{"log.txt": "a\r\nb", "t.toml": "[[pattern]]\npattern='\\r'\n[[pattern.input]]\nfile='log.txt'\ntimes=2\nmatch=true"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := regextest.Load(filepath.Join(folder, "t.toml"))
	if err != nil || string(f.Patterns[0].Inputs[0].Text) != "a\r\nba\r\nb" {
		t.Fatalf("got %v, %v", f, err)
	}
	if err := os.Remove(filepath.Join(folder, "log.txt")); err != nil {
		t.Fatal(err)
	}
	if _, err := regextest.Load(filepath.Join(folder, "t.toml")); err == nil || !strings.Contains(err.Error(), "t.toml:4:1: ") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	document, err := os.ReadFile("testdata/patterns.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(document)
	f.Add([]byte("[[pattern.input]]\n[pattern]"))
	f.Add([]byte("[[a]]\n[a.b]\n[[a.c]]\nx.y=[{z=[[1]]}]"))
	f.Fuzz(func(t *testing.T, document []byte) {
		file, err := regextest.Parse("f", document)
		if err == nil && len(file.Patterns) == 0 {
			t.Fatal("nothing to test, and no error")
		}
		problems, _ := errors.AsType[regextest.Problems](err)
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 || p.Line > 1+strings.Count(string(document), "\n") {
				t.Fatalf("%v", p)
			}
		}
	})
}

// A page writes a pattern or an input anew where it is, so that comments and all else stay.
func TestBlocks(t *testing.T) {
	const document = "# head\n\n  [[pattern]] # one\npattern = 'a' # p\n\n# before\n[[ pattern . input ]]\ntext = \"\"\"\n# no comment\"\"\"\nmatch = true # c\n# behind\n" +
		"[[pattern.input]]\ntext = 'b'\nmatches = [ # all\n  {text='b'}, # 1\n]\n[[pattern.input]]\ntext='c'\n[pattern.input.first]\nspan=[0,1]\n\n" +
		"[[pattern]]\npattern = 'c'\ninput = [{text='é', match=false}]"
	f, err := regextest.Parse("f", []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	said := func(b regextest.Block) string { return document[b.Start:b.End] }
	one, two := f.Patterns[0], f.Patterns[1]
	for i, c := range []struct{ got, want string }{
		{said(one.Block), "  [[pattern]] # one\npattern = 'a'"},
		{said(one.Inputs[0].Block), "[[ pattern . input ]]\ntext = \"\"\"\n# no comment\"\"\"\nmatch = true"},
		{said(one.Inputs[1].Block), "[[pattern.input]]\ntext = 'b'\nmatches = [ # all\n  {text='b'}, # 1\n]"},
		{said(one.Inputs[2].Block), "[[pattern.input]]\ntext='c'\n[pattern.input.first]\nspan=[0,1]"},
		{said(two.Block), "[[pattern]]\npattern = 'c'\ninput = [{text='é', match=false}]"},
		{said(two.Inputs[0].Block), ""},
	} {
		if c.got != c.want {
			t.Errorf("%d: the block is %q, want %q", i, c.got, c.want)
		}
	}
}

// Who sends a file of some bytes does not have this program take gigabytes.
func TestTextsTogether(t *testing.T) {
	const input = "[[pattern.input]]\ntext = 'abcdefgh'\ntimes = 4194304\nmatch = true\n"
	const two = "[[pattern]]\npattern = 'a'\n" + input + input
	if _, err := regextest.Parse("f", []byte(two)); err != nil {
		t.Errorf("64 MiB are too much: %v", err)
	}
	_, err := regextest.Parse("f", []byte(two+input))
	if err == nil || !strings.Contains(err.Error(), "f:11:11: the texts have more than 67108864 bytes together") {
		t.Errorf("got %v", err)
	}
}
