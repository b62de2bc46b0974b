package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/executor"
)

// probed is what an interpreter has said of itself, or why it has not.
type probed struct {
	version string
	hello   runtimeHello
	err     error
}

// probeVariables are those of the environment that launchers of version managers
// need to find their interpreters.
var probeVariables = []string{
	"PATH", "HOME", "SYSTEMROOT", "JAVA_HOME", "ASDF_DIR", "ASDF_DATA_DIR",
	"PYENV_ROOT", "PYENV_VERSION", "NODENV_ROOT", "RBENV_ROOT", "PLENV_ROOT", "PHPENV_ROOT", "JENV_ROOT",
}

// probe starts an interpreter with the script that it will run, so that what
// answers is known to work. Behind a launcher it finds the program itself, which
// then starts without it.
func probe(ctx context.Context, l *language, program string) (p probed) {
	env := append([]string{"LC_ALL=C.UTF-8"}, inherited(probeVariables...)...)
	if l.variables != nil {
		env = append(env, l.variables()...)
	}
	pool := executor.NewProcessPool(executor.ProcessOptions{
		Command: l.command(program), Script: l.file, Env: env, Workers: 1, Warm: -1, Memory: runtimeMemory, StartTimeout: runtimeStart,
	})
	defer func() { _ = pool.Shutdown(context.Background(), executor.CancelAll) }()
	info, err := pool.Info(ctx)
	if err != nil {
		if start, ok := errors.AsType[*executor.StartError](err); ok {
			err = start.Err
		}
		return probed{err: err}
	}
	p.version = info.Version
	if p.err = json.Unmarshal(info.Data, &p.hello); p.err == nil && !filepath.IsAbs(p.hello.Program) {
		p.hello.Program = program
	}
	return p
}

// candidates returns the paths of programs that may be interpreters of a
// language: those that a user has named, and, for everything, the usual one, then
// those that have a version in their names, the highest first. Each is there
// once, however many links lead to it.
func candidates(l *language, named []string, everything bool) []string {
	var paths []string
	for _, program := range named {
		path, err := exec.LookPath(program)
		if err != nil {
			path = program // what is wrong with it, its start will say
		}
		paths = append(paths, path)
	}
	if everything {
		if path, err := exec.LookPath(l.usual); err == nil {
			paths = append(paths, path)
		}
		paths = append(paths, versionedPrograms(l)...)
	}
	var known []os.FileInfo
	return slices.DeleteFunc(paths, func(path string) bool {
		info, err := os.Stat(path)
		if err != nil || isLauncher(path) {
			return false
		}
		again := slices.ContainsFunc(known, func(other os.FileInfo) bool { return os.SameFile(info, other) })
		known = append(known, info)
		return again
	})
}

// versionedPrograms returns the programs on PATH that are called like those of a
// language.
func versionedPrograms(l *language) (paths []string) {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		files, err := os.ReadDir(dir)
		if err != nil {
			continue // PATH often has folders that are not there
		}
		for _, file := range files {
			if name := strings.TrimSuffix(file.Name(), ".exe"); name == l.usual || l.versioned.MatchString(name) {
				paths = append(paths, filepath.Join(dir, file.Name()))
			}
		}
	}
	slices.SortStableFunc(paths, func(a, b string) int { return compareVersions(filepath.Base(b), filepath.Base(a)) })
	return paths
}

// isLauncher says that a program may be a version manager's, which starts
// another one by the name that it was called.
func isLauncher(path string) bool { return filepath.Base(filepath.Dir(path)) == "shims" }

func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// compareVersions compares names by the numbers in them.
func compareVersions(a, b string) int {
	noDigit := func(r rune) bool { return r < '0' || r > '9' }
	return slices.CompareFunc(strings.FieldsFunc(a, noDigit), strings.FieldsFunc(b, noDigit), func(m, n string) int {
		return cmp.Or(cmp.Compare(len(m), len(n)), strings.Compare(m, n))
	})
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return clip(strings.TrimPrefix(line, "executor: "))
}
