package engine

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// An Entry is one engine that a registry knows of.
type Entry struct {
	Info Info
	// Engine is nil when this machine does not have it.
	Engine Engine
	// Stopgap says that a runtime of the flavor is preferred where there is one.
	Stopgap bool
	// Missing says how to get an engine that this machine does not have.
	Missing string
}

// A Registry is a list of engines, those of one flavor in order of preference:
// those of this process, and then local runtimes, if it has any. It is safe for
// concurrent use.
type Registry struct {
	entries  []Entry
	runtimes *Runtimes // nil for none
}

// NewRegistry returns a registry of these entries.
func NewRegistry(entries ...Entry) *Registry {
	return &Registry{entries: slices.Clone(entries)}
}

// Local returns the engines of this machine that need no process of their own.
func Local() *Registry {
	return NewRegistry(present(Go()), present(DotNet()), pcre2Entry(), Entry{Info: ECMAScript().Info(), Engine: ECMAScript(), Stopgap: true})
}

func present(e Engine) Entry { return Entry{Info: e.Info(), Engine: e} }

// With returns a registry of the same entries and of these runtimes, which stay
// the caller's to close.
func (r *Registry) With(runtimes *Runtimes) *Registry {
	return &Registry{entries: r.entries, runtimes: runtimes}
}

// And returns a registry of the same engines and one more, before the others of its
// flavor.
func (r *Registry) And(entry Entry) *Registry {
	at := slices.IndexFunc(r.entries, func(e Entry) bool { return e.Info.Flavor == entry.Info.Flavor })
	if at < 0 {
		at = len(r.entries)
	}
	return &Registry{entries: slices.Insert(slices.Clone(r.entries), at, entry), runtimes: r.runtimes}
}

// Entries returns every engine known, present or missing. It waits until all
// runtimes are found, about a second the first time.
func (r *Registry) Entries() []Entry {
	entries := slices.Clone(r.entries)
	if r.runtimes != nil {
		entries = append(entries, r.runtimes.Entries("")...)
	}
	return entries
}

// EntriesOf returns the engines of a flavor, present or missing. It waits until those
// of its runtimes are found, and not for others.
func (r *Registry) EntriesOf(f *flavor.Flavor) (entries []Entry) {
	for _, e := range r.entries {
		if e.Info.Flavor == f.Name {
			entries = append(entries, e)
		}
	}
	if r.runtimes != nil {
		entries = append(entries, r.runtimes.Entries(f.Name)...)
	}
	return entries
}

// Known returns the engines that are known by now, without waiting, and whether
// those are all.
func (r *Registry) Known() (entries []Entry, complete bool) {
	entries, complete = slices.Clone(r.entries), true
	if r.runtimes != nil {
		var found []Entry
		found, complete = r.runtimes.Known()
		entries = append(entries, found...)
	}
	return entries, complete
}

// Preferred is Lookup without a name and without waiting: what is the flavor's
// first engine as far as is known now, or nil, and whether that is settled.
func (r *Registry) Preferred(f *flavor.Flavor) (e Engine, settled bool) {
	entries, settled := r.Of(f)
	e, err := choose(entries, f, "")
	if err != nil {
		return nil, settled
	}
	return e, settled || !r.stopgap(e)
}

// Find is Lookup without waiting: the flavor's engine of this name as far as is
// known now, or nil, and whether that is settled. For "" it is Preferred.
func (r *Registry) Find(f *flavor.Flavor, name string) (e Engine, settled bool) {
	if name == "" {
		return r.Preferred(f)
	}
	entries, complete := r.Known()
	e, err := choose(entries, f, name)
	if err != nil {
		return nil, complete
	}
	return e, true
}

// Of returns what Known does of one flavor, in order of preference: those that are
// stopgaps behind the others, and the missing ones last.
func (r *Registry) Of(f *flavor.Flavor) (entries []Entry, complete bool) {
	entries, complete = r.Known()
	entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.Info.Flavor != f.Name })
	slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Compare(a.rank(), b.rank()) })
	return entries, complete
}

// rank is lower for what is preferred.
func (e Entry) rank() int {
	switch {
	case e.Engine == nil:
		return 2
	case e.Stopgap:
		return 1
	}
	return 0
}

// Refresh has the runtimes looked for again when they are asked for next.
func (r *Registry) Refresh() {
	if r.runtimes != nil {
		r.runtimes.Refresh()
	}
}

// Lookup returns the engine of a flavor (a name or an alias) that has this name,
// or the flavor's first engine when name is "". Where none of this process is
// the one, it waits until the runtime is found: 30 to 500 ms the first time. The
// error says which flavors or engines there are, or how to get the one that is
// missing.
func (r *Registry) Lookup(flavorName, name string) (Engine, error) {
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		return nil, err
	}
	e, err := choose(r.entries, f, name)
	if name == "" && r.runtimes != nil && r.stopgap(e) {
		if first, ok := r.runtimes.first(f.Name, ""); ok {
			return first.Engine, nil
		}
	}
	if err != nil && r.runtimes != nil {
		if first, ok := r.runtimes.first(f.Name, name); ok {
			return first.Engine, nil
		}
		e, err = choose(append(slices.Clone(r.entries), r.runtimes.Entries(f.Name)...), f, name)
	}
	if unknown, ok := errors.AsType[*flavor.UnknownError](err); ok {
		unknown.Elsewhere = r.flavorOf(name)
	}
	return e, err
}

// flavorOf returns the flavor of the engine of a name, or "" when there is none of it on this machine. It waits until all
// runtimes are found.
func (r *Registry) flavorOf(name string) string {
	for _, e := range r.Entries() {
		if e.Engine != nil && strings.EqualFold(name, e.Info.Name) {
			return e.Info.Flavor
		}
	}
	return ""
}

// stopgap reports whether an engine is one only where there is no other.
func (r *Registry) stopgap(e Engine) bool {
	return slices.ContainsFunc(r.entries, func(entry Entry) bool { return entry.Stopgap && entry.Engine == e })
}

// choose returns the first engine of a flavor that has this name, if any.
func choose(entries []Entry, f *flavor.Flavor, name string) (Engine, error) {
	var have, missing []string
	for _, e := range entries {
		switch {
		case e.Info.Flavor != f.Name:
		case name != "" && !strings.EqualFold(name, e.Info.Name):
			have = append(have, e.Info.Name)
		case e.Engine != nil:
			return e.Engine, nil
		default:
			missing = append(missing, fmt.Sprintf("%s is not on this machine: %s", e.Info.Name, e.Missing))
		}
	}
	switch {
	case len(missing) > 0:
		return nil, fmt.Errorf("no engine for %s: %s", f.Label, strings.Join(missing, "; "))
	case len(have) > 0:
		return nil, &flavor.UnknownError{Kind: f.Label + " engine", Got: name, Have: have}
	}
	if unused := RuntimesOf(f); len(unused) > 0 {
		return nil, fmt.Errorf("no engine for %s: it takes the runtime %s, which is not in use here", f.Label, strings.Join(unused, " or "))
	}
	return nil, fmt.Errorf("no engine for %s", f.Label)
}
