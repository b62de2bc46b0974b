package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// The page in docs is what the tables say now.
func TestFresh(t *testing.T) {
	have, err := os.ReadFile("../../../docs/flavors.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, page()) {
		t.Error("docs/flavors.md is not what the tables say: go generate ./regex/flavor, and read the diff")
	}
}

// What patterns are made of has to come through Markdown.
func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		`(?<name>a|b)`: `\(?\<name\>a\|b\)`,
		`$ and \Z`:     `&#36; and \\Z`,
		`[a*_]`:        `\[a\*\_\]`,
	} {
		if got := escape(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := cellCode(`a|b`); got != "`a\\|b`" {
		t.Errorf("a bar in a cell: %s", got)
	}
	if got := visible("e\u0301\x01😀\n"); got != `e\u0301\x01😀\n` {
		t.Errorf("what is not seen: %s", got)
	}
}

// Every link to a place of the page finds it.
func TestLinks(t *testing.T) {
	text := string(page())
	for _, part := range strings.Split(text, "](#")[1:] {
		id, _, _ := strings.Cut(part, ")")
		heading := "\n## " + strings.ReplaceAll(id, "-", " ") + "\n"
		if !strings.Contains(text, `<a id="`+id+`">`) && !strings.Contains(strings.ToLower(text), heading) {
			t.Errorf("there is no #%s", id)
		}
	}
}
