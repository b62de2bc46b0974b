package eventloop

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What README.md quotes are the bodies of the Example functions, so it runs.
func TestReadmeQuotesTheExamples(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	bodies := make(map[string]string)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?ms)^func (Example\w*)\(\) \{\n(.*?)^\}\n`).FindAllStringSubmatch(string(source), -1) {
			bodies[m[1]] = strings.ReplaceAll("\n"+m[2], "\n\t", "\n")[1:]
		}
	}
	quotes := regexp.MustCompile("(?s)<!-- (Example\\w*) -->\n```go\n(.*?)```").FindAllStringSubmatch(string(readme), -1)
	if len(quotes) < 5 {
		t.Errorf("only %d examples", len(quotes))
	}
	for _, m := range quotes {
		if bodies[m[1]] != m[2] {
			t.Errorf("%s is\n%s\nbut README.md has\n%s", m[1], bodies[m[1]], m[2])
		}
	}
}
