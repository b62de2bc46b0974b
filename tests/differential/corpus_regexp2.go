package differential

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

func regexp2Dir(ctx context.Context) (string, error) {
	out, err := command(ctx, ".", "go", "list", "-m", "-f", "{{.Dir}}", regexp2Module)
	return strings.TrimSpace(string(out)), err
}

// loadRegexp2 takes the first string that regexp2's tests give to a function that compiles it. These are, among others,
// Mono's trials.
func loadRegexp2(ctx context.Context) ([]string, error) {
	dir, err := regexp2Dir(ctx)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		return nil, err
	}
	compilers := regexp.MustCompile(`(?i)compile|runRegexTrial|^ecma|regex`)
	var patterns []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !compilers.MatchString(calledName(call)) {
				return true
			}
			for _, arg := range call.Args {
				if literal, ok := arg.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if pattern, err := strconv.Unquote(literal.Value); err == nil {
						patterns = append(patterns, pattern)
					}
					break
				}
			}
			return true
		})
	}
	return patterns, nil
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// tomlString is a string of TOML as the suites here write it: one line in one quote (literal) or in double quotes, or
// many lines in three single quotes. The groups are the literal ones and the quoted one.
const tomlString = `(?:'''((?s:.*?))'''|'([^'\n]*)'|("(?:[^"\\\n]|\\.)*"))`

// tomlValues returns the strings that follow the prefix, a regular expression, in TOML.
func tomlValues(content, prefix string) []string {
	var values []string
	for _, m := range regexp.MustCompile(`(?m)`+prefix+tomlString).FindAllStringSubmatch(content, -1) {
		value := m[1] + m[2]
		if m[3] != "" {
			var err error
			if value, err = strconv.Unquote(m[3]); err != nil {
				continue // an escape that TOML has and Go has not
			}
		}
		values = append(values, value)
	}
	return values
}

// loadRust takes the tests of the regex crate that regexp2 keeps.
func loadRust(ctx context.Context) ([]string, error) {
	dir, err := regexp2Dir(ctx)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "testdata/corpus/rust-regex/*.toml"))
	if err != nil {
		return nil, err
	}
	var patterns []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		patterns = append(patterns, tomlValues(string(content), `^regex = `)...)
	}
	return patterns, nil
}
