package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every module that is linked into the binary has its notice in it, word for word.
func TestLicensesAreComplete(t *testing.T) {
	var printed bytes.Buffer
	if status := licenses(&printed, io.Discard); status != exitMatch {
		t.Fatalf("status %d", status)
	}
	out, err := exec.Command("go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		path, dir, found := strings.Cut(strings.TrimSpace(line), " ")
		if !found || seen[path] {
			continue
		}
		seen[path] = true
		for _, name := range []string{"LICENSE", "ATTRIB"} {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if os.IsNotExist(err) && name == "ATTRIB" {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(printed.Bytes(), text) {
				t.Errorf("the %s of %s is not printed", name, path)
			}
		}
	}
	if len(seen) < 3 {
		t.Errorf("go list knows only of %v", seen)
	}
	for _, page := range []string{"@codemirror/view", "@codemirror/state"} {
		if !strings.Contains(printed.String(), page) {
			t.Errorf("the licence of %s, which the page bundles, is not printed", page)
		}
	}
}
