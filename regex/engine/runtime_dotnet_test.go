package engine

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Of the SDKs that a dotnet has, the newest of each minor version is taken, if it has F# Interactive.
func TestDotNetSDKs(t *testing.T) {
	dir := t.TempDir()
	for _, file := range []string{
		"3.1.102/FSharp/fsi.exe", "8.0.99/FSharp/fsi.dll", "8.0.404/FSharp/fsi.dll", "10.0.100-rc.1/FSharp/fsi.dll", "9.0.100/other.dll",
	} {
		path := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var list strings.Builder
	for _, version := range []string{"3.1.102", "8.0.99", "8.0.404", "9.0.100", "10.0.100-rc.1"} {
		list.WriteString(version + " [" + dir + "]\n")
	}
	list.WriteString("\nrubbish\n")
	var want []string
	for _, file := range []string{"10.0.100-rc.1/FSharp/fsi.dll", "8.0.404/FSharp/fsi.dll", "3.1.102/FSharp/fsi.exe"} {
		want = append(want, filepath.Join(dir, filepath.FromSlash(file)))
	}
	if got := dotnetSDKs(list.String()); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A dotnet without an SDK is listed as missing, with what it lacks.
func TestDotNetRuntimeOnly(t *testing.T) {
	program := filepath.Join(t.TempDir(), "dotnet")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	r, err := NewRuntimes(program)
	if err != nil {
		t.Fatal(err)
	}
	entries := r.Entries("dotnet")
	if len(entries) != 1 || entries[0].Engine != nil || !strings.Contains(entries[0].Missing, "needs the SDK") ||
		!strings.Contains(entries[0].Missing, "install the .NET SDK") {
		t.Errorf("got %+v", entries)
	}
	if err := r.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// Groups keep .NET's numbers, gaps included.
func TestDotNetGroups(t *testing.T) {
	p := compile(t, runtimeOf(t, "dotnet"), `(?<n>a)(?<7>b)(c)`)
	want := []Group{{}, {Number: 1}, {Number: 2, Name: "n"}, {Number: 7, Name: "7"}}
	if got := p.Groups(); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A search that needs more memory than .NET gets ends with its OutOfMemoryException, and the process lives on.
func TestDotNetMemory(t *testing.T) {
	e := own(t, runtimeOf(t, "dotnet"))
	text := NewText([]byte(strings.Repeat("ab", 16<<20)))
	result := compile(t, e, `^(?:(a)|b)*$`).Search(t.Context(), text, Cursor{}, Budget{}, keep)
	if result.Outcome != Limit || result.Err == nil || !strings.Contains(result.Err.Error(), "OutOfMemoryException") {
		t.Errorf("got %+v", result)
	}
	if next := compile(t, e, "b").Search(t.Context(), text, Cursor{}, Budget{MaxMatches: 3}, keep); next.Count != 3 || killed(e) != 0 {
		t.Errorf("the next search: %+v, %d kills", next, killed(e))
	}
}
