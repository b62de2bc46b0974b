// Package tests holds what crosses packages.
package tests

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/regexdbg/regexdbg"

// allowed is the import table of docs/architecture.md: what a folder (and what
// lies below it) may import of this module and of others. "std" is allowed
// everywhere; what tests import is not checked.
var allowed = map[string][]string{
	"eventloop":       {"golang.org/x/sys"},
	"executor":        {"golang.org/x/sys"},
	"assets":          {},
	"regex/flavor":    {"golang.org/x/sys"},
	"regex/syntax":    {"regex/flavor"},
	"regex/explain":   {"regex/flavor", "regex/syntax"},
	"regex/engine":    {"executor", "regex/flavor", "regex/syntax", "regex/engine/pcre2", "github.com/dlclark/regexp2/v2"},
	"regex/convert":   {"regex/flavor", "regex/syntax"},
	"regex/compare":   {"regex/flavor", "regex/syntax", "regex/engine", "regex/convert", "regex/explain"},
	"regex/lint":      {"regex/flavor", "regex/syntax"},
	"regex/coverage":  {"regex/flavor", "regex/sample", "regex/syntax", "regex/trace"},
	"regex/sample":    {"regex/flavor", "regex/syntax"},
	"regex/replace":   {"regex/flavor", "regex/syntax", "regex/engine"},
	"regex/snippet":   {"regex/convert", "regex/flavor", "regex/replace", "regex/syntax"},
	"regex/speed":     {"regex/engine"},
	"regex/library":   {"modernc.org/sqlite"},
	"regex/trace":     {"regex/flavor", "regex/syntax"},
	"regex/verify":    {"regex/engine", "regex/flavor", "regex/syntax", "regex/trace"},
	"regex/regextest": {"regex/coverage", "regex/engine", "regex/flavor", "regex/replace", "regex/sample", "regex/syntax", "regex/trace", "github.com/pelletier/go-toml/v2"},
	"ui/wire":         {"regex"},
	"ui":              {"eventloop", "executor", "regex", "ui/wire", "assets", "github.com/gorilla/websocket"},
	"cmd/regexdbg":    {"eventloop", "executor", "regex", "ui", "assets"},
	"tests":           {"eventloop", "executor", "golang.org/x/sys"},

	"regex/trace/nomatch":  {"regex/flavor", "regex/syntax", "regex/explain", "regex/trace"},
	"regex/trace/finder":   {"regex/syntax", "regex/trace"},
	"regex/trace/narrator": {"regex/flavor", "regex/syntax", "regex/explain", "regex/trace"},

	"regex/engine/pcre2": {"go.elara.ws/pcre/lib", "modernc.org/libc"},
	"tests/differential": {"executor", "regex/trace", "regex/compare", "regex/convert", "regex/engine", "regex/flavor", "regex/syntax", "github.com/dlclark/regexp2/v2", "github.com/pelletier/go-toml/v2"},
}

func TestImportTable(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Standard", "-deps", module+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	type pkg struct {
		ImportPath string
		Imports    []string
		Standard   bool
	}
	standard := map[string]bool{"C": true}
	var ours []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		standard[p.ImportPath] = p.Standard
		if strings.HasPrefix(p.ImportPath, module+"/") {
			ours = append(ours, p)
		}
	}
	if len(ours) < 8 {
		t.Fatalf("go list knows only %d packages of ours", len(ours))
	}
	for _, p := range ours {
		folder := strings.TrimPrefix(p.ImportPath, module+"/")
		row := rowOf(folder)
		if row == "" {
			t.Errorf("%s has no row in the import table", folder)
			continue
		}
		for _, imported := range p.Imports {
			name := strings.TrimPrefix(imported, module+"/")
			if !standard[imported] && !below(name, row) && !slices.ContainsFunc(allowed[row], func(a string) bool { return below(name, a) }) {
				t.Errorf("%s imports %s, which the import table does not allow", folder, name)
			}
		}
	}
}

// rowOf is the longest row of the table that folder lies in.
func rowOf(folder string) (row string) {
	for r := range allowed {
		if below(folder, r) && len(r) > len(row) {
			row = r
		}
	}
	return row
}

func below(path, folder string) bool {
	return path == folder || strings.HasPrefix(path, folder+"/")
}
