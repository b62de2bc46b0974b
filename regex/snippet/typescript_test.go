package snippet

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// compileTypeScript checks the types of a program and compiles it, with the compiler that the page is built with.
func compileTypeScript(t *testing.T, file string) string {
	t.Helper()
	modules, err := filepath.Abs("../../assets/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	compiler := filepath.Join(modules, ".bin", "tsc")
	if _, err := exec.LookPath(compiler); err != nil {
		t.Skipf("the compiler of TypeScript is not here: npm ci --prefix assets (%v)", err)
	}
	types := filepath.Join(modules, "@types")
	cmd := exec.CommandContext(t.Context(), compiler, "--strict", "--target", "es2022", "--module", "commonjs", "--ignoreConfig", "--typeRoots", types, "--types", "node", file)
	cmd.Dir = filepath.Dir(file)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("tsc: %v\n%s", err, said)
	}
	return strings.TrimSuffix(file, ".ts") + ".js"
}
