package convert

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// tricky are patterns that some way of quoting trips over.
var tricky = []string{
	``, `a`, `\d+`, `a/b`, `a\/b`, `[/]`, `\\/`, `"`, `'`, `"'`, `"""'''`, "`", "a`b", "#{x}", `\#{x}`, `#$x #@y`, "$x @y %z", `\$`, `x\\`,
	"a\nb", "a\\\nb", "a\r\nb", "a\tb", "\x01", "\x7f", "é\u2028ß\u2029", "😀", `/~#%@!,;`, `/~#%@!,;\/'`, `'\''`, `\'`, `!$\(`, `[*?]{2}`, `<&>`, `\u0041`, `\x41`,
	`^(?:a|b)*$`, `""`, `'''`, `a"`, `a'`, `\"`, `end\\"`,
}

func style(t *testing.T, id string) *Style {
	t.Helper()
	for _, s := range Styles() {
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no style %s", id)
	return nil
}

// evaluate runs source code that holds a literal for each tricky pattern, and
// returns what each evaluates to. render makes one statement of a literal.
func evaluate(t *testing.T, id string, render func(literal string) string, run func(t *testing.T, statements []string) []byte) {
	t.Helper()
	s := style(t, id)
	var statements, want []string
	for _, pattern := range tricky {
		literal, err := s.Quote(pattern, "")
		if err != nil {
			t.Fatalf("%q: %v", pattern, err)
		}
		statements = append(statements, render(literal.Text))
		want = append(want, pattern)
	}
	lines := strings.Split(strings.TrimSuffix(string(run(t, statements)), "\n"), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d answers for %d literals:\n%s", len(lines), len(want), lines)
	}
	for i, line := range lines {
		got, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			t.Fatal(err)
		}
		if same(string(got)) != same(want[i]) {
			t.Errorf("%q is written as %s, which evaluates to %q", want[i], statements[i], got)
		}
	}
}

// same undoes what a literal may do to a pattern without changing what it means:
// a backslash before a character that stands for itself.
func same(pattern string) string {
	return strings.NewReplacer(`\\`, `\\`, `\/`, `/`, `\'`, `'`, `\#`, `#`, "\\\n", "\n", `\n`, "\n", `\r`, "\r", `\u2028`, "\u2028", `\u2029`, "\u2029", `(?:)`, "").Replace(pattern)
}

// interpreter runs a program of this machine with source on its standard input.
func interpreter(name string, args ...string) func(*testing.T, []string) []byte {
	return func(t *testing.T, statements []string) []byte {
		t.Helper()
		path, err := exec.LookPath(name)
		if err != nil {
			t.Skipf("%s is not on this machine", name)
		}
		cmd := exec.Command(path, args...)
		cmd.Stdin = strings.NewReader(strings.Join(statements, "\n"))
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return out
	}
}

// Every literal has to evaluate to the pattern in its own language.
func TestLiteralsInTheirLanguages(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts other languages' interpreters")
	}
	render := func(format string) func(string) string {
		return func(literal string) string { return fmt.Sprintf(format, literal) }
	}
	t.Run("js-literal", func(t *testing.T) {
		evaluate(t, "js-literal", render(`console.log(Buffer.from((%s).source).toString("base64"))`), interpreter("node", "-"))
	})
	t.Run("js-constructor", func(t *testing.T) {
		// Some patterns are not for JavaScript: only the string is looked at.
		evaluate(t, "js-constructor", func(literal string) string {
			return fmt.Sprintf(`console.log(Buffer.from(%s).toString("base64"))`, strings.TrimSuffix(strings.TrimPrefix(literal, "new RegExp("), ")"))
		}, interpreter("node", "-"))
	})
	t.Run("python-raw", func(t *testing.T) {
		evaluate(t, "python-raw", render("import base64; print(base64.b64encode((%s).encode()).decode())"), interpreter("python3", "-"))
	})
	t.Run("perl", func(t *testing.T) {
		evaluate(t, "perl", render(`use MIME::Base64; $r = %s; ($r) = "$r" =~ /^\(\?\^\w*:(.*)\)$/s; print encode_base64($r, ""), "\n";`), interpreter("perl", "-"))
	})
	t.Run("ruby", func(t *testing.T) {
		evaluate(t, "ruby", render(`puts [(%s).source].pack("m0")`), interpreter("ruby", "-W0", "-"))
	})
	t.Run("php", func(t *testing.T) {
		open := true
		evaluate(t, "php", func(literal string) string {
			tag := ""
			if open {
				tag, open = "<?php\n", false
			}
			return tag + fmt.Sprintf(`$p = %s; echo base64_encode(substr($p, 1, -1)), "\n";`, literal)
		}, interpreter("php"))
	})
	t.Run("shell", func(t *testing.T) {
		evaluate(t, "shell", render(`printf %%s %s | base64 -w0; echo`), interpreter("sh", "-s"))
	})
	t.Run("java", func(t *testing.T) {
		if _, err := exec.LookPath("java"); err != nil {
			t.Skip("java is not on this machine")
		}
		evaluate(t, "java", func(literal string) string {
			return fmt.Sprintf(`System.out.println(java.util.Base64.getEncoder().encodeToString((%s).getBytes(java.nio.charset.StandardCharsets.UTF_8)));`, literal)
		}, func(t *testing.T, statements []string) []byte {
			file := filepath.Join(t.TempDir(), "Literals.java")
			source := "class Literals { public static void main(String[] a) {\n" + strings.Join(statements, "\n") + "\n} }\n"
			if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
				t.Fatal(err)
			}
			return interpreter("java", "-Dfile.encoding=UTF-8", file)(t, nil)
		})
	})
}

func TestGoAndJSONLiterals(t *testing.T) {
	for _, pattern := range append(tricky, "\xff", "\ufeff") {
		for _, id := range []string{"go-raw", "go-quoted"} {
			literal, err := style(t, id).Quote(pattern, "")
			if err != nil {
				t.Fatal(err)
			}
			if got, err := strconv.Unquote(literal.Text); err != nil || got != pattern {
				t.Errorf("%s: %q is written as %s: %q, %v", id, pattern, literal.Text, got, err)
			}
		}
		literal, err := style(t, "json").Quote(pattern, "")
		if pattern == "\xff" {
			if err == nil {
				t.Errorf("JSON cannot hold %q, but it is %s", pattern, literal.Text)
			}
			continue
		}
		var got string
		if json.Unmarshal([]byte(literal.Text), &got); got != pattern {
			t.Errorf("json: %q is written as %s", pattern, literal.Text)
		}
	}
}

func TestLiteralText(t *testing.T) {
	for _, test := range []struct{ id, pattern, flags, want, missing string }{
		{"go-raw", `\d+`, "i", "`(?i)\\d+`", ""},
		{"go-raw", "`", "", "\"`\"", ""},
		{"js-literal", `a/b`, "gi", `/a\/b/gi`, ""},
		{"js-constructor", `a"b`, "u", `new RegExp("a\"b", "u")`, ""},
		{"python-raw", `\d"`, "i", `r'\d"'`, "i"},
		{"csharp", `a"b\d`, "im", `@"a""b\d"`, "im"},
		{"php", `it's/`, "i", `'~it\'s/~i'`, ""},
		{"perl", `it's`, "x", `qr'it\'s'x`, ""},
		{"ruby", `a/#{b}`, "m", `/a\/\#{b}/m`, ""},
		{"java", `\d"`, "i", `"\\d\""`, "i"},
		{"shell", `it's`, "", `'it'\''s'`, ""},
	} {
		got, err := style(t, test.id).Quote(test.pattern, test.flags)
		if err != nil || got.Text != test.want || got.Missing != test.missing {
			t.Errorf("%s %q %q: got %+v, %v, want %s", test.id, test.pattern, test.flags, got, err, test.want)
		}
	}
}
