package snippet

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// runners run a program in a file. A language without one is not run here.
var runners = map[string][]string{
	"go": {"go", "run"}, "javascript": {"node"}, "python": {"python3"}, "perl": {"perl"}, "java": {"java"}, "ruby": {"ruby"}, "php": {"php"},
	"csharp":     {"dotnet"}, // see buildCSharp
	"c":          {"sh", "-c", `cc -o "$0.exe" "$0" -lpcre2-8 && "$0.exe"`},
	"rust":       {"cargo"}, // see buildRust
	"typescript": {"node"},  // see compileTypeScript
}

// runtimes are those of this machine, which are found once.
var runtimes = sync.OnceValues(func() (*engine.Runtimes, error) { return engine.NewRuntimes("all") })

// registry has the engines of this machine.
func registry() *engine.Registry {
	found, err := runtimes()
	if err != nil {
		return engine.Local()
	}
	return engine.Local().With(found)
}

// TestMain removes what the tests share.
func TestMain(m *testing.M) {
	status := m.Run()
	if found, err := runtimes(); err == nil {
		found.Close(context.Background())
	}
	if target, err := rustTarget(); err == nil {
		_ = os.RemoveAll(target)
	}
	os.Exit(status)
}

// lines is what a program prints of matches.
func lines(t *testing.T, name, pattern, flags, text string, all bool) string {
	t.Helper()
	e, err := registry().Lookup(name, "")
	if err != nil {
		t.Skip(err)
	}
	program, err := e.Compile([]byte(pattern), flags)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	program.Search(t.Context(), engine.NewText([]byte(text)), engine.Cursor{}, engine.Budget{}, func(groups []int) bool {
		for i := 0; i < len(groups); i += 2 {
			group := ""
			if groups[i] >= 0 {
				group = text[groups[i]:groups[i+1]]
			}
			fmt.Fprintf(&b, "%d: %s\n", i/2, group)
		}
		return all
	})
	return b.String()
}

// run runs a program, and returns what it prints.
func run(t *testing.T, l *Language, code, text string) string {
	t.Helper()
	command := runners[l.ID]
	if _, err := os.Stat("/usr/include/pcre2.h"); l.ID == "c" && err != nil {
		t.Skip(err)
	}
	path, err := exec.LookPath(command[0])
	if err != nil {
		t.Skip(err)
	}
	file := filepath.Join(t.TempDir(), l.File)
	if err := os.WriteFile(file, []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	arguments := append(command[1:len(command):len(command)], file)
	switch l.ID {
	case "csharp":
		arguments = buildCSharp(t, file)[1:]
	case "rust":
		path, arguments = buildRust(t, code), nil
	case "typescript":
		arguments = []string{compileTypeScript(t, file)}
	}
	cmd := exec.CommandContext(t.Context(), path, arguments...)
	cmd.Stdin = strings.NewReader(text)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, problems.String(), code)
	}
	return string(out)
}

// Programs print what the flavor's own engine finds, whatever characters are in the pattern.
func TestProgramsFindWhatTheEngineFinds(t *testing.T) {
	if testing.Short() {
		t.Skip("compilers and interpreters are started")
	}
	tests := []struct{ pattern, flags, text string }{
		{`(\w)(\d+)?`, "", "a1 bé22\nc"},
		{"\"'`/\\\\([#{}$@x]+)|é?", "i", "\"'`/\\#{X}$@ É\n"},
		{`^(a)|b$`, "m", "a\nab\nB\n"},
	}
	for _, l := range Languages() {
		if runners[l.ID] == nil {
			continue
		}
		f, err := flavor.Lookup(l.Flavor)
		if err != nil {
			t.Fatal(err)
		}
		for i, test := range tests {
			flags := test.flags
			if l.Flavor == "pcre2" {
				flags += "u"
			}
			if l.ID == "ruby" {
				flags = strings.ReplaceAll(flags, "m", "") // ^ and $ are always at lines
			}
			tree := syntax.Parse(test.pattern, f, flavor.FlagsOf(flags))
			for _, op := range []Op{Match, MatchAll} {
				if i > 0 && op == Match {
					continue // the literal is the same
				}
				t.Run(fmt.Sprintf("%s/%d/%s", l.ID, i, op), func(t *testing.T) {
					s, err := l.Write(tree, flags, op, nil)
					if err != nil {
						t.Fatal(err)
					}
					want := lines(t, l.Flavor, test.pattern, flags, test.text, op == MatchAll)
					if got := run(t, l, s.Code, test.text); got != want {
						t.Errorf("got\n%s\nwant\n%s\n%s", got, want, s.Code)
					}
				})
			}
		}
	}
}

// A replacement is read as the page reads it.
func replacement(t *testing.T, tree *syntax.Tree, name, text string) *replace.Template {
	t.Helper()
	s := replace.ForFlavor(name)
	if s == nil {
		t.Fatalf("no syntax of replacements %q", name)
	}
	return replace.Parse(s, replace.PatternOf(tree.Flavor, tree.Pattern, tree.Flags.String(), replace.GroupsOf(tree)), text)
}

// Programs replace and split, with a replacement in their own syntax and with one of another flavor.
func TestProgramsReplaceAndSplit(t *testing.T) {
	if testing.Short() {
		t.Skip("compilers and interpreters are started")
	}
	own := map[string]string{
		"csharp": "<$1/\"'>", "c": "<$1/\"'>", "rust": "<$1/\"'>",
		"go": "<$1/\"'>", "javascript": "<$1/\"'>", "typescript": "<$1/\"'>", "python": `<\1/"'>`, "perl": `<$1/"'>`, "java": `<$1/"'>`, "ruby": `<\1/"'>`, "php": `<$1/"'>`,
	}
	other := map[bool]struct{ flavor, replacement string }{
		false: {"python", `\\$&{\g<0>}=\g<2>\1[x]'"#{x}%s/@a`}, true: {"go", `\$$&{$0}=$2${1}[x]'"#{x}%s/@a`},
	}
	for _, l := range Languages() {
		if runners[l.ID] == nil {
			continue
		}
		t.Run(l.ID, func(t *testing.T) {
			tree, err := parseAs(`(\d)x`, "", l.Flavor)
			if err != nil {
				t.Fatal(err)
			}
			s, err := l.Write(tree, "", Replace, replacement(t, tree, l.Flavor, own[l.ID]))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := run(t, l, s.Code, "é1x 2x"), `é<1/"'> <2/"'>`; got != want {
				t.Errorf("replaced: got %q, want %q\n%s", got, want, s.Code)
			}
			from := other[l.Flavor == "python"]
			if tree, err = parseAs(`(?P<a>\d)(x)`, "", from.flavor); err != nil {
				t.Fatal(err)
			}
			if s, err = l.Write(tree, "", Replace, replacement(t, tree, from.flavor, from.replacement)); err != nil {
				t.Fatal(err)
			}
			if got, want := run(t, l, s.Code, "é1x 2x"), `é\$&{1x}=x1[x]'"#{x}%s/@a \$&{2x}=x2[x]'"#{x}%s/@a`; got != want {
				t.Errorf("replaced with that of %s: got %q, want %q\n%s", from.flavor, got, want, s.Code)
			}
			if tree, err = parseAs(`,\s*`, "", l.Flavor); err != nil {
				t.Fatal(err)
			}
			if s, err = l.Write(tree, "", Split, nil); err != nil {
				t.Fatal(err)
			}
			if got, want := run(t, l, s.Code, "a, é,c,"), "a\né\nc\n\n"; got != want {
				t.Errorf("split: got %q, want %q\n%s", got, want, s.Code)
			}
		})
	}
}

// What is written in Go is formatted as Go is.
func TestGoIsFormatted(t *testing.T) {
	l, err := LookupLanguage("go")
	if err != nil {
		t.Fatal(err)
	}
	f, err := flavor.Lookup("go")
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range Ops() {
		tree := syntax.Parse("a`b", f, 0)
		s, err := l.Write(tree, "", op, replacement(t, tree, "go", "x"))
		if err != nil {
			t.Fatal(err)
		}
		if formatted, err := format.Source([]byte(s.Code)); err != nil || string(formatted) != s.Code {
			t.Errorf("%s: %v\n%s", op, err, s.Code)
		}
	}
}

// A pattern of another flavor is converted, and what may be lost is told.
func TestOtherFlavors(t *testing.T) {
	f, err := flavor.Lookup("python")
	if err != nil {
		t.Fatal(err)
	}
	tree := syntax.Parse(`(?P<y>\d+)\Z`, f, flavor.FlagsOf("i"))
	ascii := syntax.Parse(`(?P<y>[0-9]+)\Z`, f, 0)
	for _, l := range Languages() {
		op, tree := MatchAll, tree
		if l.extended {
			tree = ascii // their \d would be a class of hundreds of characters
		}
		if !l.Does(op) {
			op = Replace
		}
		s, err := l.Write(tree, tree.Flags.String(), op, replacement(t, tree, "python", "x"))
		if err != nil {
			t.Errorf("%s: %v", l.ID, err)
			continue
		}
		if !l.extended && !strings.Contains(s.Code, "y>") || l.Flavor != "python" && s.Pattern == tree.Pattern {
			t.Errorf("%s: %+v", l.ID, s)
		}
	}
	if _, err := LookupLanguage("cobol"); err == nil || !strings.Contains(err.Error(), "python") {
		t.Errorf("got %v", err)
	}
	grep, err := LookupLanguage("grep")
	if err != nil {
		t.Fatal(err)
	}
	pcre2, err := flavor.Lookup("pcre2")
	if err != nil {
		t.Fatal(err)
	}
	s, err := grep.Write(syntax.Parse(`it's`, pcre2, flavor.FlagsOf("ix")), "ix", MatchAll, nil)
	if err != nil || s.Code != `LC_ALL=C grep -i -oP -e '(?x)it'\''s' FILE`+"\n" {
		t.Errorf("got %+v, %v", s, err)
	}
}
