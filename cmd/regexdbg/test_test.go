package main

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const testedFile = `
[[pattern]]
name = "a # b"
flavor = "dotnet"
pattern = '(?<g>b)+'
[[pattern.input]]
name = "good"
text = 'ab'
match = true
[[pattern.input]]
name = "bad <&>"
text = 'abb'
first = { groups = { g = [1, 2] } }
`

func testsFile(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "t.toml")
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestTestFormats(t *testing.T) {
	file := testsFile(t, testedFile)
	const differs = "group g of match 1 is 2-3 \"b\", expected is 1-2 \"b\"\n"
	const link = "http://127.0.0.1:7331/#flavor=dotnet&flags=&pattern=%28%3F%3Cg%3Eb%29%2B&text=abb\n"
	for _, test := range []struct{ flag, want string }{
		{"", "failed   FILE:10: a # b: bad <&>\n  " + differs + "    | abb\n    |   ^\n    | abb\n    |  - expected\n  open " + link +
			"passed   a # b (1)\n1 passed, 1 failed\n"},
		{"--tap", "TAP version 14\n1..2\nok 1 - a \\# b: good\nnot ok 2 - a \\# b: bad <&>\n# FILE:10: failed\n# " + differs +
			"#   | abb\n#   |   ^\n#   | abb\n#   |  - expected\n# open " + link},
	} {
		args := []string{"test", "--runtimes", "none", file}
		if test.flag != "" {
			args = append(args, test.flag)
		}
		status, stdout, stderr := call("", args...)
		if stdout = strings.ReplaceAll(stdout, file, "FILE"); status != 1 || stdout != test.want || stderr != "" {
			t.Errorf("%s: status %d\n%s%s\nwant\n%s", test.flag, status, stdout, stderr, test.want)
		}
	}
}

func TestTestJUnit(t *testing.T) {
	file := testsFile(t, testedFile+"[[pattern]]\nname='x'\npattern='('\n[[pattern.input]]\ntext='a'\nmatch=true\n"+
		"[[pattern]]\nname='perl'\nflavor='perl'\npattern='a'\n[[pattern.input]]\ntext='a'\nmatch=true\n")
	status, stdout, stderr := call("", "test", "--junit", "--allow-missing", "--runtimes", "none", "--page", "http://h/", file)
	if status != 2 || stderr != "" {
		t.Fatalf("status %d, %s", status, stderr)
	}
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Tests int    `xml:"tests,attr"`
			Cases []struct {
				Name    string  `xml:"name,attr"`
				Line    int     `xml:"line,attr"`
				Failure *string `xml:"failure"`
				Error   *string `xml:"error"`
				Skipped *string `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatalf("%v in\n%s", err, stdout)
	}
	if got.Tests != 4 || got.Failures != 1 || got.Errors != 1 || got.Skipped != 1 || len(got.Suites) != 3 {
		t.Fatalf("got\n%s", stdout)
	}
	cases := got.Suites[0].Cases
	if cases[0].Failure != nil || cases[1].Name != "bad <&>" || cases[1].Line != 10 || cases[1].Failure == nil || !strings.Contains(*cases[1].Failure, "open http://h/#flavor=dotnet") {
		t.Errorf("got\n%s", stdout)
	}
	if got.Suites[1].Cases[0].Error == nil || got.Suites[2].Cases[0].Skipped == nil {
		t.Errorf("got\n%s", stdout)
	}
}

func TestTestStatuses(t *testing.T) {
	const pattern = "[[pattern]]\npattern='(a+)+$'\nflavor='dotnet'\n[[pattern.input]]\n"
	good := testsFile(t, pattern+"text='a'\nmatch=true")
	marked := testsFile(t, "\uFEFF"+pattern+"text='a'\nmatch=true")
	slow := testsFile(t, pattern+"text='"+strings.Repeat("a", 40)+"!'\nmatch=true")
	failing := testsFile(t, pattern+"text='b'\nmatch=true")
	perl := testsFile(t, "[[pattern]]\nflavor='perl'\npattern='a'\n[[pattern.input]]\ntext='a'\nmatch=true")
	wrong := testsFile(t, pattern+"text='a'\nmatc=true")
	for _, test := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"passes", []string{good}, 0, "passed   (a+)+$ (1)\n1 passed\n"},
		{"fails", []string{good, failing}, 1, "1 passed, 1 failed\n"},
		{"byte order mark", []string{marked}, 0, "1 passed\n"},
		{"timeout", []string{"--timeout", "50ms", failing, slow}, 3, "stopped at the timeout of 50ms\n"},
		{"missing", []string{"--runtimes", "none", good, slow, perl, "--timeout", "20ms"}, 2, "no engine for Perl"},
		{"missing, allowed", []string{"--runtimes", "none", perl, "--allow-missing"}, 0, "0 passed, 1 skipped\n"},
		{"bad file", []string{good, wrong}, 2, wrong + ":6:1: input has no key \"matc\"\n  did you mean match?\n"},
		{"no such file", []string{good + ".no"}, 2, "no such file"},
		{"no file", nil, 2, "test needs a FILE"},
		{"two formats", []string{"--tap", "--junit", good}, 2, "choose one"},
		{"no time", []string{"--timeout", "0", good}, 2, "the timeout has to be above 0"},
		{"no flag", []string{"-z", good}, 2, "there is no flag -z"},
		{"import of what", []string{"--import", "x", good}, 2, `there is no format "x" to import (there is: regex101)`},
		{"import of many", []string{"--import", "regex101", good, good}, 2, "takes one FILE"},
		{"import of no JSON", []string{"--import", "regex101", good}, 2, "this is not the JSON of regex101"},
	} {
		status, stdout, stderr := call("", append([]string{"test"}, test.args...)...)
		if status != test.status || !strings.Contains(stdout+stderr, test.says) {
			t.Errorf("%s: status %d\n%s%s", test.name, status, stdout, stderr)
		}
	}
}

// What is imported can be run.
func TestTestImport(t *testing.T) {
	status, stdout, stderr := call("", "test", "--import", "regex101", filepath.Join("..", "..", "regex", "regextest", "testdata", "regex101.json"))
	if status != 0 || !strings.Contains(stderr, `left out: unit test 3 (starts), because "STARTS_WITH"`) {
		t.Fatalf("status %d\n%s%s", status, stdout, stderr)
	}
	status, stdout, stderr = call("", "test", "--runtimes", "none", testsFile(t, strings.ReplaceAll(stdout, "'pcre2'", "'dotnet'")))
	if status != 0 || !strings.Contains(stdout, "4 passed\n") {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}
}

// The help and the documentation show files that are good ones.
func TestTestExamples(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "tests.md"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	help := testUsage[strings.Index(testUsage, "  [[pattern]]"):strings.Index(testUsage, "docs/tests.md")]
	documents := []string{help}
	for _, m := range found {
		documents = append(documents, m[1])
	}
	if len(found) < 2 {
		t.Fatalf("docs/tests.md has %d examples", len(found))
	}
	for _, document := range documents {
		status, stdout, stderr := call("", "test", "--allow-missing", testsFile(t, document))
		if status != 0 || strings.Contains(stdout, "\n0 passed") {
			t.Errorf("status %d\n%s\n%s%s", status, document, stdout, stderr)
		}
	}
}
