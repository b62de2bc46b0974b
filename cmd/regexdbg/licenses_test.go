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
	seen := map[string]bool{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", ".")
		list.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(out)) {
			path, dir, found := strings.Cut(strings.TrimSpace(line), " ")
			if !found || seen[path] {
				continue
			}
			seen[path] = true
			checkLicenses(t, printed.Bytes(), path, dir)
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

func checkLicenses(t *testing.T, printed []byte, module, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "LICENSE*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no licence of %s in %s: %v", module, dir, err)
	}
	if attributions := filepath.Join(dir, "ATTRIB"); fileExists(attributions) {
		files = append(files, attributions)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(printed, text) {
			t.Errorf("the %s of %s is not printed", filepath.Base(file), module)
		}
	}
}

func fileExists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
