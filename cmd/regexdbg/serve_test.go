package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadFileKeepsBytesAndItsLimit(t *testing.T) {
	data := "a\r\n\x00\xff"
	path := filepath.Join(t.TempDir(), "x.log")
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := readFile(path, nil, len(data)); err != nil || f.Name != "x.log" || string(f.Bytes) != data {
		t.Errorf("%+v, %v", f, err)
	}
	if f, err := readFile("-", strings.NewReader(data), 1<<20); err != nil || string(f.Bytes) != data {
		t.Errorf("%+v, %v", f, err)
	}
	_, err := readFile(path, nil, 1<<20)
	if err != nil {
		t.Error(err)
	}
	_, err = readFile("-", strings.NewReader(strings.Repeat("x", 1<<20+1)), 1<<20)
	if err == nil || !strings.Contains(err.Error(), "more than 1 MiB") {
		t.Errorf("a text beyond the limit: %v", err)
	}
}

func TestServeRefusesBadUsage(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"serve", "a", "b"}, "one FILE"},
		{[]string{"serve", "--nonsense"}, "nonsense"},
		{[]string{"serve", filepath.Join(t.TempDir(), "missing")}, "missing"},
		{[]string{"serve", "--addr", "127.0.0.1:99999"}, `--addr has to be HOST:PORT, such as 127.0.0.1:7331, and is "127.0.0.1:99999": invalid port`},
		{[]string{"serve", "--addr", "localhost"}, "missing port"},
		{[]string{"serve", "--addr", ""}, `and is "": missing port`},
		{[]string{"demo", "--addr", ""}, `and is "": missing port`},
	} {
		var stdout, stderr bytes.Buffer
		if status := run(test.args, strings.NewReader(""), &stdout, &stderr); status != exitUsage || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%v: status %d, %s", test.args, status, stderr.String())
		}
	}
}

// What the server does not do by default, because other machines may reach it, is said when it starts.
func TestByDefault(t *testing.T) {
	for _, test := range []struct{ addr, runtimes, db, wantRuntimes, wantDB, off string }{
		{"127.0.0.1:0", "", "", "all", "", ""},
		{"localhost:0", "none", "x.db", "none", "x.db", ""},
		{"0.0.0.0:0", "", "", "", "none", "runs no local runtimes (see --runtimes), has no library (see --db)"},
		{"0.0.0.0:0", "perl", "", "perl", "none", "has no library (see --db)"},
		{"0.0.0.0:0", "", "x.db", "", "x.db", "runs no local runtimes (see --runtimes)"},
		{"0.0.0.0:0", "none", "none", "none", "none", ""},
	} {
		runtimes, db := test.runtimes, test.db
		off := strings.Join(byDefault(test.addr, &runtimes, &db), ", ")
		if runtimes != test.wantRuntimes || db != test.wantDB || off != test.off {
			t.Errorf("%+v: %q, %q, %q", test, runtimes, db, off)
		}
	}
}
