package eventloop

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// behaviours is the length of the contract: the numbered behaviours that the names of tests
// begin with ("77 Gather keeps ...", "92-95, 97 WaitFor").
const behaviours = 128

var numbers = regexp.MustCompile(`^\d+(-\d+)?(, \d+(-\d+)?)* `)

func TestEveryBehaviourHasATest(t *testing.T) {
	tested := make(map[int]bool)
	for _, name := range subtests(t) {
		for _, span := range strings.Split(strings.TrimSpace(numbers.FindString(name)), ", ") {
			first, last, isSpan := strings.Cut(span, "-")
			if first == "" {
				continue // a test without a number
			}
			if !isSpan {
				last = first
			}
			a, _ := strconv.Atoi(first)
			z, _ := strconv.Atoi(last)
			if a < 1 || z > behaviours || z < a {
				t.Errorf("test %q: no such behaviour", name)
			}
			for ; a <= z; a++ {
				tested[a] = true
			}
		}
	}
	for n := 1; n <= behaviours; n++ {
		if !tested[n] {
			t.Errorf("no test for behaviour %d", n)
		}
	}
}

// subtests returns the string literals that t.Run, or a helper whose first argument is t,
// is given as the name.
func subtests(t *testing.T) (names []string) {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			args := call.Args
			if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "Run" {
				if len(args) < 2 {
					return true
				}
				if id, ok := args[0].(*ast.Ident); !ok || id.Name != "t" {
					return true
				}
				args = args[1:]
			}
			if len(args) == 0 {
				return true
			}
			if lit, ok := args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if name, err := strconv.Unquote(lit.Value); err == nil {
					names = append(names, name)
				}
			}
			return true
		})
	}
	return names
}
