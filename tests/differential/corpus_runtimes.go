package differential

import (
	"context"
	_ "embed"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

//go:embed children/literals.py
var literalsPython string

// pythonTests returns the folder of CPython's tests.
func pythonTests(ctx context.Context) (string, error) {
	version, err := command(ctx, "/", python3, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2], end='')")
	if err != nil {
		return "", err
	}
	dir, err := debianPackage(ctx, fmt.Sprintf("libpython%s-testsuite", version))
	return filepath.Join(dir, "usr/lib/python"+string(version), "test"), err
}

// loadPython takes the patterns of CPython's tests of re.
func loadPython(ctx context.Context) ([]string, error) {
	dir, err := pythonTests(ctx)
	if err != nil {
		return nil, err
	}
	out, err := command(ctx, "/", python3, "-I", "-c", literalsPython, dir)
	if err != nil {
		return nil, err
	}
	var patterns []string
	for line := range strings.FieldsSeq(string(out)) {
		pattern, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, string(pattern))
	}
	return patterns, nil
}

func perlFile(ctx context.Context, name string) (string, error) {
	dir, err := debianSource(ctx, "perl", "*/t/re/re_tests", "*/t/re/reg_mesg.t")
	if err != nil {
		return "", err
	}
	content, err := os.ReadFile(filepath.Join(dir, "t/re", name))
	return string(content), err
}

// loadPerl takes the first column of perl's re_tests, unpacked as regexp.t does it.
func loadPerl(ctx context.Context) ([]string, error) {
	content, err := perlFile(ctx, "re_tests")
	if err != nil {
		return nil, err
	}
	_, rows, _ := strings.Cut(content, "__END__\n")
	delimited := regexp.MustCompile(`(?s)\A(['/:])(.*)(['/:])[a-z]*\z`)
	variables := strings.NewReplacer("${bang}", "!", "${nul}", "\x00", "${nulnul}", "\x00\x00", "${ffff}", "\xff\xff", `\n`, "\n")
	var patterns []string
	for row := range strings.Lines(rows) {
		pattern, _, ok := strings.Cut(strings.TrimSuffix(row, "\n"), "\t")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		if m := delimited.FindStringSubmatch(pattern); m != nil && m[1] == m[3] {
			pattern = m[2]
		}
		patterns = append(patterns, variables.Replace(pattern))
	}
	return patterns, nil
}

// loadPerlMessages takes what perl is tested to complain of.
func loadPerlMessages(ctx context.Context) ([]string, error) {
	content, err := perlFile(ctx, "reg_mesg.t")
	if err != nil {
		return nil, err
	}
	return submatches(content, `(?m)^\s*'m?/((?:[^'\\]|\\.)*)/[a-z]*'\s*=>`, perlSingle), nil
}

// perlSingle takes the escapes out of what Perl and Ruby have between single quotes.
var perlSingle = strings.NewReplacer(`\\`, `\`, `\'`, `'`)

// submatches returns what the first group of a regular expression finds, after a replacement.
func submatches(content, expression string, unescape *strings.Replacer) []string {
	var found []string
	for _, m := range regexp.MustCompile(expression).FindAllStringSubmatch(content, -1) {
		found = append(found, unescape.Replace(m[1]))
	}
	return found
}

// rubyTests returns the file of Ruby's tests of Regexp.
func rubyTests(ctx context.Context) (string, error) {
	version, err := command(ctx, "/", "ruby", "--disable-gems", "-e", `print RUBY_VERSION[/\d+\.\d+/]`)
	if err != nil {
		return "", err
	}
	dir, err := debianSource(ctx, "ruby"+string(version), "*/test/ruby/test_regexp.rb")
	return filepath.Join(dir, "test/ruby/test_regexp.rb"), err
}

// loadRuby takes the literals of Ruby's tests of Regexp, and the strings that must not be patterns.
func loadRuby(ctx context.Context) ([]string, error) {
	file, err := rubyTests(ctx)
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	literals := submatches(string(content), `[(, ]/((?:[^/\\\n ]|\\.)(?:[^/\\\n]|\\.)*)/[mixou]*[,.) \n]`, strings.NewReplacer(`\/`, `/`))
	strung := submatches(string(content), `(?:check|Regexp\.new|assert_fail)\('((?:[^'\\]|\\.)*)'`, perlSingle)
	return append(literals, strung...), nil
}
