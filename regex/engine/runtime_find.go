package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/regexdbg/regexdbg/executor"
)

const (
	// probeTimeout is what an interpreter may take to say its version. A start
	// takes some 30 to 700 ms, one through a version manager a second.
	probeTimeout = 10 * time.Second
	// probesAtOnce bounds how many interpreters are started at a time to ask.
	probesAtOnce = 4
)

// Runtimes are the interpreters on this machine that run patterns in processes of
// their own. Nothing is looked for before somebody asks, and only for the flavor
// that is asked for. Its methods are safe for concurrent use.
type Runtimes struct {
	use []runtimeChoice

	mu       sync.Mutex
	finding  map[*language]*finding
	engines  map[string]*runtimeEngine // by what identifies them, see identity
	closed   bool
	probing  chan struct{} // one token a probe under way
	lookPath func(string) (string, error)
	path     string // PATH
}

// A runtimeChoice is what a user has named: all of a language, or one program.
type runtimeChoice struct {
	language *language
	program  string // "" for all that are found
}

// A finding is the search for the interpreters of one language.
type finding struct {
	done    chan struct{}
	entries []Entry // once done
	found   []foundRuntime
}

// A foundRuntime is an interpreter that works.
type foundRuntime struct {
	program string // as it was found
	hello   runtimeHello
	info    executor.Info
}

// NewRuntimes returns the runtimes that a list with commas names: "all", "none",
// or languages ("node", "python", "perl"), programs on PATH ("python3.13"), and paths
// of programs ("/opt/perl/bin/perl"). The error says what there is.
func NewRuntimes(list string) (*Runtimes, error) {
	r := &Runtimes{
		finding: map[*language]*finding{}, engines: map[string]*runtimeEngine{},
		probing: make(chan struct{}, probesAtOnce), lookPath: exec.LookPath, path: os.Getenv("PATH"),
	}
	for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' }) {
		choices, err := chooseRuntimes(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		r.use = append(r.use, choices...)
	}
	return r, nil
}

func chooseRuntimes(name string) (choices []runtimeChoice, err error) {
	if name == "none" || name == "" {
		return nil, nil
	}
	base := strings.TrimSuffix(filepath.Base(name), ".exe")
	for _, l := range languages {
		switch {
		case name == "all" || name == l.name:
			choices = append(choices, runtimeChoice{language: l})
		case base == l.usual || l.versioned.MatchString(base):
			choices = append(choices, runtimeChoice{language: l, program: name})
		}
	}
	if choices == nil {
		var have []string
		for _, l := range languages {
			have = append(have, l.name)
		}
		return nil, fmt.Errorf("unknown runtime %q (there are: all, none, %s, their programs such as python3.13, and paths of these)", name, strings.Join(have, ", "))
	}
	return choices, nil
}

// uses returns the programs that a user has named for a language, whether all
// that there are are wanted, and whether any are.
func (r *Runtimes) uses(l *language) (programs []string, all, any bool) {
	for _, c := range r.use {
		if c.language != l {
			continue
		}
		if any = true; c.program == "" {
			all = true
		} else {
			programs = append(programs, c.program)
		}
	}
	return programs, all, any
}

// Entries returns the runtimes of a flavor, or of all flavors for "", when they
// are found, the missing ones included. Later calls return what the first has
// found, until Refresh.
func (r *Runtimes) Entries(flavorName string) []Entry {
	var wait []*finding
	r.mu.Lock()
	for _, l := range languages {
		if flavorName == "" || l.flavor == flavorName {
			if f := r.find(l); f != nil {
				wait = append(wait, f)
			}
		}
	}
	r.mu.Unlock()
	var entries []Entry
	for _, f := range wait {
		<-f.done
		entries = append(entries, f.entries...)
	}
	return entries
}

// Known returns the runtimes of all flavors that are found by now, and whether
// that is all.
func (r *Runtimes) Known() (entries []Entry, complete bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	complete = true
	for _, l := range languages {
		f := r.finding[l]
		if _, _, any := r.uses(l); !any || r.closed {
			continue
		}
		if f == nil {
			complete = false
			continue
		}
		select {
		case <-f.done:
			entries = append(entries, f.entries...)
		default:
			complete = false
		}
	}
	return entries, complete
}

// Refresh forgets what was found, so that it is looked for again. Engines that
// are found again are the same ones.
func (r *Runtimes) Refresh() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for l, f := range r.finding {
		select {
		case <-f.done:
			delete(r.finding, l)
		default: // it is being looked for just now
		}
	}
}

// Close kills all processes and waits for their end, until ctx is done. Then
// there are no runtimes any more.
func (r *Runtimes) Close(ctx context.Context) error {
	r.mu.Lock()
	r.closed = true
	engines := slices.Collect(maps.Values(r.engines))
	var under []*finding
	for _, f := range r.finding {
		under = append(under, f)
	}
	r.mu.Unlock()
	var errs []error
	for _, e := range engines {
		errs = append(errs, e.close(ctx))
	}
	for _, f := range under {
		select {
		case <-f.done:
		case <-ctx.Done():
			errs = append(errs, ctx.Err())
		}
	}
	return errors.Join(errs...)
}

// find returns the search for a language, which it starts if there is none; nil
// when nobody wants that language. The mutex is held.
func (r *Runtimes) find(l *language) *finding {
	programs, all, any := r.uses(l)
	if !any || r.closed {
		return nil
	}
	f := r.finding[l]
	if f == nil {
		f = &finding{done: make(chan struct{})}
		r.finding[l] = f
		base := r.base(l)
		go func() {
			defer close(f.done)
			r.look(l, f, base, programs, all)
		}()
	}
	return f
}

// base returns the search for the interpreters that a language shares with
// another one, or nil when it has to find them itself. The mutex is held.
func (r *Runtimes) base(l *language) *finding {
	for _, other := range languages {
		if l.on != "" && other.name == l.on {
			return r.find(other)
		}
	}
	return nil
}

// look finds the interpreters of a language that work, and makes their entries.
func (r *Runtimes) look(l *language, f, base *finding, programs []string, all bool) {
	var candidates []string
	if base != nil {
		<-base.done
		for _, found := range base.found {
			candidates = append(candidates, found.hello.Program)
		}
	} else {
		candidates = r.candidates(l, programs, all)
	}
	answers := make([]foundRuntime, len(candidates))
	failures := make([]error, len(candidates))
	var probes sync.WaitGroup
	for i, program := range candidates {
		probes.Go(func() {
			r.probing <- struct{}{}
			defer func() { <-r.probing }()
			answers[i], failures[i] = probe(l, program)
		})
	}
	probes.Wait()
	seen := map[string]bool{}
	names := map[string]bool{}
	var broken []string
	for i, found := range answers {
		if err := failures[i]; err != nil {
			broken = append(broken, fmt.Sprintf("%s does not work (%s)", candidates[i], firstLine(err.Error())))
			continue
		}
		installation := found.info.Version + "\x00" + cmp.Or(found.hello.Prefix, realPath(found.hello.Program))
		if seen[installation] {
			continue
		}
		seen[installation] = true
		f.found = append(f.found, found)
		name := l.name
		if names[name] {
			name += "@" + strings.TrimPrefix(found.info.Version, "v")
		}
		if names[name] {
			name += "@" + filepath.Dir(found.hello.Program)
		}
		names[name] = true
		info := Info{Flavor: l.flavor, Name: name, Version: found.info.Version, Note: found.hello.Note}
		if e := r.engine(l, info, found.hello.Program); e != nil {
			f.entries = append(f.entries, present(e))
		}
	}
	if len(f.entries) == 0 {
		missing := l.install
		if len(broken) > 0 && l.on == "" {
			missing = broken[0] + "; " + missing
		}
		f.entries = []Entry{{Info: Info{Flavor: l.flavor, Name: l.name}, Missing: missing}}
	}
}

// engine returns the engine of an interpreter, the one that there is already if
// it is the same version; nil when all is closed.
func (r *Runtimes) engine(l *language, info Info, program string) *runtimeEngine {
	r.mu.Lock()
	defer r.mu.Unlock()
	identity := strings.Join([]string{l.name, info.Name, info.Version, program}, "\x00")
	if e := r.engines[identity]; e != nil || r.closed {
		return e
	}
	e, err := newRuntimeEngine(l, info, l.command(program))
	if err != nil {
		return nil
	}
	r.engines[identity] = e
	return e
}

// candidates returns the paths of the programs that may be interpreters of a
// language: those that a user has named, then the usual one, then those that
// have a version in their names, the highest first. Each once, however many
// links lead to it.
func (r *Runtimes) candidates(l *language, programs []string, all bool) []string {
	var paths []string
	for _, program := range programs {
		if path, err := r.lookPath(program); err == nil {
			paths = append(paths, path)
		} else {
			paths = append(paths, program)
		}
	}
	if all {
		if path, err := r.lookPath(l.usual); err == nil {
			paths = append(paths, path)
		}
		var more []string
		for _, dir := range filepath.SplitList(r.path) {
			files, err := os.ReadDir(dir)
			if err != nil {
				continue // PATH has folders that are not there
			}
			for _, file := range files {
				if name := strings.TrimSuffix(file.Name(), ".exe"); name == l.usual || l.versioned.MatchString(name) {
					more = append(more, filepath.Join(dir, file.Name()))
				}
			}
		}
		slices.SortStableFunc(more, func(a, b string) int { return -compareVersions(filepath.Base(a), filepath.Base(b)) })
		paths = append(paths, more...)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(paths, func(path string) bool {
		// Launchers are often links to one program that looks at its own name.
		identity := filepath.Base(path) + "\x00" + realPath(path)
		if isLauncher := strings.Contains(path, "shims"); !isLauncher {
			identity = realPath(path)
		}
		known := seen[identity]
		seen[identity] = true
		return known
	})
}

func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// compareVersions compares names with the numbers in them as numbers.
func compareVersions(a, b string) int {
	digits := func(r rune) bool { return r < '0' || r > '9' }
	x, y := strings.FieldsFunc(a, digits), strings.FieldsFunc(b, digits)
	return slices.CompareFunc(x, y, func(m, n string) int {
		return cmp.Or(cmp.Compare(len(m), len(n)), strings.Compare(m, n))
	})
}

// probe starts an interpreter with the script that it will run, and asks what it
// is. Launchers of version managers need to know where theirs are.
func probe(l *language, program string) (foundRuntime, error) {
	env := []string{"LC_ALL=C.UTF-8"}
	for _, name := range []string{
		"PATH", "HOME", "SYSTEMROOT", "JAVA_HOME", "ASDF_DIR", "ASDF_DATA_DIR",
		"PYENV_ROOT", "PYENV_VERSION", "NODENV_ROOT", "RBENV_ROOT", "PLENV_ROOT", "PHPENV_ROOT", "JENV_ROOT",
	} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	pool := executor.NewProcessPool(executor.ProcessOptions{
		Command: l.command(program), Env: env, Workers: 1, Warm: -1, Memory: runtimeMemory, StartTimeout: probeTimeout,
	})
	defer func() { _ = pool.Shutdown(context.Background(), executor.CancelAll) }()
	info, err := pool.Info(context.Background())
	if err != nil {
		if start, ok := errors.AsType[*executor.StartError](err); ok {
			err = start.Err
		}
		return foundRuntime{}, err
	}
	found := foundRuntime{program: program, info: info}
	if err := json.Unmarshal(info.Data, &found.hello); err != nil {
		return foundRuntime{}, err
	}
	found.hello.Program = cmp.Or(found.hello.Program, program)
	if !filepath.IsAbs(found.hello.Program) {
		found.hello.Program = program
	}
	return found, nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return clip(strings.TrimPrefix(line, "executor: "))
}
