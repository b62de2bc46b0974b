package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/library"
)

func TestLibraryCommand(t *testing.T) {
	dir := t.TempDir()
	db, archive := filepath.Join(dir, "a.db"), filepath.Join(dir, "archive.jsonl")
	l := library.At(db)
	for _, name := range []string{"dates", "words"} {
		if _, _, _, err := l.Save(context.Background(), "", library.About{Name: name}, library.Content{Flavor: "go", Pattern: "of " + name}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	call := func(want int, stdin string, args ...string) (out, errs string) {
		t.Helper()
		var stdout, stderr strings.Builder
		if got := run(append([]string{"library"}, args...), strings.NewReader(stdin), &stdout, &stderr); got != want {
			t.Fatalf("%q: exit %d, want %d: %s", args, got, want, stderr.String())
		}
		return stdout.String(), stderr.String()
	}
	if out, _ := call(exitMatch, "", "--db", db); strings.Count(out, "\n") != 2 {
		t.Error(out)
	}
	if out, _ := call(exitMatch, "", "list", "--db", db, "dat"); !strings.HasSuffix(out, "\tgo\t\tdates\t\"of dates\"\n") {
		t.Error(out)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--db", db, "nothing"}, "regexdbg: no entry of the library has \"nothing\"\n"},
		{[]string{"--db", db, "exprt"}, "regexdbg: no entry of the library has \"exprt\"\nDid you mean regexdbg library export?\n"},
		{[]string{"list", "--db", db, "exprt"}, "regexdbg: no entry of the library has \"exprt\"\n"},
		{[]string{"--db", filepath.Join(dir, "none.db")}, "regexdbg: nothing is saved in this library (the page saves with Ctrl+S; --db names another library)\n"},
	} {
		if out, errs := call(exitNoMatch, "", test.args...); out != "" || errs != test.want {
			t.Errorf("%q: %s%s", test.args, out, errs)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("a list made a file")
	}

	if _, errs := call(exitMatch, "", "export", "--db", db, archive); !strings.HasPrefix(errs, "2 entries") {
		t.Error(errs)
	}
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	if out, _ := call(exitMatch, "", "export", "--db", db); out != string(data) {
		t.Errorf("%q is not %q", out, data)
	}
	// A name that is wrong makes no backup, and spoils none.
	if out, errs := call(exitUsage, "", "export", "--db", filepath.Join(dir, "none.db"), archive); out != "" || !strings.HasPrefix(errs, "regexdbg: there is no library at ") {
		t.Errorf("%s%s", out, errs)
	}
	if now, err := os.ReadFile(archive); err != nil || string(now) != string(data) {
		t.Errorf("the archive is %q, %v", now, err)
	}
	second := filepath.Join(dir, "b.db")
	if out, _ := call(exitMatch, "", "import", "--db", second, archive); out != "2 entries are new, 0 changed, 0 there already.\n" {
		t.Error(out)
	}
	if out, _ := call(exitMatch, string(data), "import", "--db", second); out != "0 entries are new, 0 changed, 2 there already.\n" {
		t.Error(out)
	}
	if out, _ := call(exitMatch, "\uFEFF"+string(data), "import", "--db", second); out != "0 entries are new, 0 changed, 2 there already.\n" {
		t.Error(out)
	}
	if _, errs := call(exitUsage, "rubbish", "import", "--db", second); !strings.Contains(errs, "no library") {
		t.Error(errs)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 3 {
		t.Errorf("files that nobody asked for: %v, %v", files, err)
	}
}
