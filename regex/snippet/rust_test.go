package snippet

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// crates is where Debian's packages of crates put their sources.
const crates = "/usr/share/cargo/registry"

// rustTarget is where what is compiled of the crates is kept for the programs of one run of the tests.
var rustTarget = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "snippet-rust") })

// buildRust compiles a program with the regex crate of Debian's librust-regex-dev, and returns where it is.
func buildRust(t *testing.T, code string) string {
	t.Helper()
	if found, err := filepath.Glob(filepath.Join(crates, "regex-1.*")); err != nil || len(found) == 0 {
		t.Skip("the regex crate is not here: it is in Debian's librust-regex-dev")
	}
	target, err := rustTarget()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, text := range map[string]string{
		"Cargo.toml":         "[package]\nname = \"snippet\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nregex = \"1\"\n",
		".cargo/config.toml": "[source.crates-io]\nreplace-with = \"debian\"\n[source.debian]\ndirectory = \"" + crates + "\"\n",
		"src/main.rs":        code,
	} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "cargo", "build", "--offline", "--quiet")
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "CARGO_TARGET_DIR="+target)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("cargo: %v\n%s\n%s", err, said, code)
	}
	// The next program has the same name.
	program := filepath.Join(folder, "program")
	if err := os.Rename(filepath.Join(target, "debug", "snippet"), program); err != nil {
		t.Fatal(err)
	}
	return program
}
