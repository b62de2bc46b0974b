package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// Runtimes are the interpreters on this machine that run patterns in processes of
// their own. Nothing is looked for before somebody asks, and no more than is
// asked for. Its methods are safe for concurrent use.
type Runtimes struct {
	use []runtimeChoice

	ctx    context.Context // of the probes; ends with Close
	cancel context.CancelFunc
	probes chan struct{} // a token for each probe under way

	mu       sync.Mutex
	findings map[*language]*finding
	engines  map[string]*runtimeEngine // by what tells them apart
	closed   bool
	working  sync.WaitGroup // who probes, or may begin to
}

// probesAtOnce bounds how many interpreters are started at a time to ask them.
const probesAtOnce = 4

// A runtimeChoice is what a user has named: all of a language, or one program.
type runtimeChoice struct {
	language *language
	program  string // "" for all that are found
}

// NewRuntimes returns the runtimes that a list with commas names: "all", "none",
// or languages ("node", "python", "perl"), programs on PATH ("python3.13"), and paths
// of programs ("/opt/perl/bin/perl"). The error says what there is.
func NewRuntimes(list string) (*Runtimes, error) {
	r := &Runtimes{
		findings: map[*language]*finding{}, engines: map[string]*runtimeEngine{}, probes: make(chan struct{}, probesAtOnce),
	}
	for name := range strings.SplitSeq(list, ",") {
		choices, err := chooseRuntimes(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		r.use = append(r.use, choices...)
	}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	return r, nil
}

// RuntimesOf returns the names of the runtimes that there can be of a flavor, as [NewRuntimes] takes them; nil for none.
func RuntimesOf(f *flavor.Flavor) (names []string) {
	for _, l := range languages {
		if l.flavor == f.Name {
			names = append(names, l.name)
		}
	}
	return names
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

// Entries returns the runtimes of a flavor, or of all flavors for "", those that
// are missing included. It waits until they are found. Later calls return what
// the first has found, until Refresh.
func (r *Runtimes) Entries(flavorName string) (entries []Entry) {
	var searches sync.WaitGroup
	findings := r.of(flavorName, "")
	for _, f := range findings {
		searches.Go(f.all)
	}
	searches.Wait()
	for _, f := range findings {
		found, _ := f.known()
		entries = append(entries, found...)
	}
	return entries
}

// first returns the entry of the first runtime of a flavor, or of the language of
// this name, without looking for others; false when there is none.
func (r *Runtimes) first(flavorName, name string) (Entry, bool) {
	for _, f := range r.of(flavorName, name) {
		f.first()
		if found, _ := f.known(); len(found) > 0 && found[0].Engine != nil {
			return found[0], true
		}
	}
	return Entry{}, false
}

// Known returns the runtimes of all flavors that are found by now, and whether
// that is all.
func (r *Runtimes) Known() (entries []Entry, complete bool) {
	complete = true
	for _, f := range r.of("", "") {
		found, done := f.known()
		entries = append(entries, found...)
		complete = complete && done
	}
	return entries, complete
}

// Refresh forgets what was found, so that it is looked for again when somebody
// asks. An engine that is then found again is the same one as before.
func (r *Runtimes) Refresh() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.findings)
}

// Close ends all processes and waits until they are gone, or ctx is done. Then
// there are no runtimes any more, and what searches on one fails.
func (r *Runtimes) Close(ctx context.Context) error {
	r.cancel()
	r.mu.Lock()
	r.closed = true
	var errs []error
	engines := r.engines
	r.mu.Unlock()
	for _, e := range engines { // nobody adds any now
		errs = append(errs, e.close(ctx))
	}
	gone := make(chan struct{})
	go func() {
		r.working.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-ctx.Done():
		errs = append(errs, ctx.Err())
	}
	return errors.Join(errs...)
}

// of returns the findings of a flavor ("" for all) or a language.
func (r *Runtimes) of(flavorName, name string) (findings []*finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, l := range languages {
		if (flavorName == "" || l.flavor == flavorName) && (name == "" || strings.EqualFold(l.name, name)) {
			if f := r.find(l); f != nil {
				findings = append(findings, f)
			}
		}
	}
	return findings
}

// find returns the finding of a language, nil when nobody wants it. The mutex is
// held.
func (r *Runtimes) find(l *language) *finding {
	if r.closed {
		return nil
	}
	if f := r.findings[l]; f != nil {
		return f
	}
	f := &finding{runtimes: r, language: l, names: map[string]bool{}, installations: map[string]bool{}, tried: map[string]bool{}}
	wanted := false
	for _, c := range r.use {
		if c.language != l {
			continue
		}
		if wanted = true; c.program == "" {
			f.everything = true
		} else {
			f.programs = append(f.programs, c.program)
		}
	}
	if !wanted {
		return nil
	}
	for _, other := range languages {
		if l.on == other.name {
			f.base = r.find(other)
		}
	}
	f.first, f.all = sync.OnceFunc(f.lookForFirst), sync.OnceFunc(f.lookForAll)
	r.findings[l] = f
	return f
}

// begin and end surround work that Close has to wait for.
func (r *Runtimes) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.working.Add(1)
	}
	return !r.closed
}

// engine returns the engine of an interpreter: the one that there is already when
// it is the same version; nil when all is closed.
func (r *Runtimes) engine(l *language, info Info, program string) *runtimeEngine {
	r.mu.Lock()
	defer r.mu.Unlock()
	identity := strings.Join([]string{info.Name, info.Version, program}, "\x00")
	if e := r.engines[identity]; e != nil || r.closed {
		return e
	}
	e := newRuntimeEngine(l, info, program)
	r.engines[identity] = e
	return e
}

// A finding is what is found of one language.
type finding struct {
	runtimes   *Runtimes
	language   *language
	programs   []string // that a user has named
	everything bool     // whatever there is, not only those
	base       *finding // of the language that finds the interpreters for this one, or nil

	first, all func() // look for the first one that works, and for all

	mu            sync.Mutex
	entries       []Entry
	interpreters  []string // of the entries
	candidates    []string // left by first
	tried         map[string]bool
	broken        []string // why some do not work
	names         map[string]bool
	installations map[string]bool
	done          bool
}

// known returns what is found by now, and whether that is all.
func (f *finding) known() ([]Entry, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.entries[:len(f.entries):len(f.entries)], f.done
}

// lookForFirst tries one candidate after the other until one works.
func (f *finding) lookForFirst() {
	candidates := f.listCandidates(true)
	for len(candidates) > 0 {
		program := candidates[0]
		candidates = candidates[1:]
		f.tried[program] = true
		if f.add(program, f.probe(program)) {
			break
		}
	}
	f.mu.Lock()
	f.candidates = candidates
	f.mu.Unlock()
}

// lookForAll tries the candidates that lookForFirst has left.
func (f *finding) lookForAll() {
	f.first()
	candidates := f.candidates
	if f.base != nil {
		candidates = slices.DeleteFunc(f.listCandidates(false), func(program string) bool { return f.tried[program] })
	}
	answers := make([]probed, len(candidates))
	var probes sync.WaitGroup
	for i, program := range candidates {
		probes.Go(func() { answers[i] = f.probe(program) })
	}
	probes.Wait()
	for i, answer := range answers {
		f.add(candidates[i], answer)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done = true
	if len(f.entries) == 0 {
		missing := f.language.install
		if len(f.broken) > 0 && f.base == nil {
			missing = f.broken[0] + "; " + missing
		}
		f.entries = []Entry{{Info: Info{Flavor: f.language.flavor, Name: f.language.name}, Missing: missing}}
	}
}

// listCandidates returns the programs to try.
func (f *finding) listCandidates(first bool) []string {
	if f.base == nil {
		if !f.runtimes.begin() {
			return nil
		}
		defer f.runtimes.working.Done()
		programs, broken := f.language.behind(f.runtimes.ctx, candidates(f.language, f.programs, f.everything))
		f.mu.Lock()
		defer f.mu.Unlock()
		f.broken = append(f.broken, broken...)
		return programs
	}
	if first {
		f.base.first()
	} else {
		f.base.all()
	}
	f.base.mu.Lock()
	defer f.base.mu.Unlock()
	return slices.Clone(f.base.interpreters)
}

func (f *finding) probe(program string) probed {
	r := f.runtimes
	if !r.begin() {
		return probed{err: context.Canceled}
	}
	defer r.working.Done()
	r.probes <- struct{}{}
	defer func() { <-r.probes }()
	return probe(r.ctx, f.language, program)
}

// add adds what a probe has said, if it is one that works and is not there yet.
func (f *finding) add(program string, p probed) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p.err != nil {
		f.broken = append(f.broken, doesNotWork(program, p.err))
		return false
	}
	installation := p.version + "\x00" + cmp.Or(p.hello.Prefix, realPath(p.hello.Program))
	if f.installations[installation] {
		return false
	}
	f.installations[installation] = true
	name := f.language.name
	if f.names[name] {
		name += "@" + strings.TrimPrefix(p.version, "v")
	}
	if f.names[name] {
		name += "@" + filepath.Dir(p.hello.Program)
	}
	f.names[name] = true
	info := Info{Flavor: f.language.flavor, Name: name, Version: p.version, Note: p.hello.Note, Unicode: p.hello.Unicode}
	e := f.runtimes.engine(f.language, info, p.hello.Program)
	if e == nil {
		return false
	}
	f.entries = append(f.entries, present(e))
	f.interpreters = append(f.interpreters, p.hello.Program)
	return true
}
