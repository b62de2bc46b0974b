package differential

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// monoOptions are the options of .NET that the flavor has a flag for.
var monoOptions = map[string]string{"0": "", "IgnoreCase": "i", "Multiline": "m", "Singleline": "s", "ExplicitCapture": "n", "IgnorePatternWhitespace": "x"}

// trialsMono are Mono's trials, as regexp2's tests have them.
func trialsMono(ctx context.Context, _ string) (trials []Trial, left int, err error) {
	const name = "regexp_mono_test.go"
	dir, err := regexp2Dir(ctx)
	if err != nil {
		return nil, 0, err
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, 0, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || calledName(call) != "runRegexTrial" || len(call.Args) != 5 {
			return true
		}
		t := Trial{Name: fmt.Sprintf("%s:%d", name, files.Position(call.Pos()).Line), Says: saysMono}
		var known [4]bool
		t.Pattern, known[0] = goString(call.Args[1])
		t.Flags, known[1] = monoFlags(call.Args[2])
		t.Text, known[2] = goString(call.Args[3])
		t.Want, known[3] = goString(call.Args[4])
		if known != [4]bool{true, true, true, true} || !utf8.ValidString(t.Pattern) || !utf8.ValidString(t.Text) {
			left++
			return true
		}
		switch t.Want {
		case "Error.":
			t.Want = refused
		case "Fail.":
			t.Want = noMatch
		default:
			t.Want = monoCaptures.ReplaceAllString(t.Want, "=$1")
		}
		trials = append(trials, t)
		return true
	})
	return trials, left, nil
}

// goString is the value of a literal, or of literals that are added.
func goString(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		value, err := strconv.Unquote(e.Value)
		return value, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		x, ok := goString(e.X)
		y, too := goString(e.Y)
		return x + y, ok && too && e.Op == token.ADD
	}
	return "", false
}

func monoFlags(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		x, ok := monoFlags(e.X)
		y, too := monoFlags(e.Y)
		return x + y, ok && too && e.Op == token.OR
	case *ast.Ident:
		flag, ok := monoOptions[e.Name]
		return flag, ok
	case *ast.BasicLit:
		flag, ok := monoOptions[e.Value]
		return flag, ok
	}
	return "", false
}

// monoCaptures are all that a group has captured, of which engines tell the last.
var monoCaptures = regexp.MustCompile(`=(?:\(\d+,\d+\))*(\(\d+,\d+\))`)

// saysMono writes start and length of each group in characters.
func saysMono(f Finding) string {
	if len(f.Spans) == 0 {
		return saysSpans(f)
	}
	var b strings.Builder
	b.WriteString("Pass.")
	m := f.Spans[0]
	for i := 0; i < len(m); i += 2 {
		fmt.Fprintf(&b, " Group[%d]=", i/2)
		if m[i] >= 0 {
			fmt.Fprintf(&b, "(%d,%d)", utf8.RuneCountInString(f.Text[:m[i]]), utf8.RuneCountInString(f.Text[m[i]:m[i+1]]))
		}
	}
	return b.String()
}
