package engine

import (
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
	// Missing says how to get an engine that this machine does not have.
	Missing string
}

// A Registry is a list of engines, those of one flavor in order of preference.
// It does not change after it is made, and is safe for concurrent use.
type Registry struct{ entries []Entry }

// NewRegistry returns a registry of these entries.
func NewRegistry(entries ...Entry) *Registry {
	return &Registry{entries: slices.Clone(entries)}
}

// Local returns the engines of this machine.
func Local() *Registry {
	return NewRegistry(present(Go()), present(DotNet()))
}

func present(e Engine) Entry { return Entry{Info: e.Info(), Engine: e} }

// Entries returns every engine known, present or missing.
func (r *Registry) Entries() []Entry { return slices.Clone(r.entries) }

// Lookup returns the engine of a flavor (a name or an alias) that has this name,
// or the flavor's first engine when name is "". The error says which flavors
// or engines there are, or how to get the one that is missing.
func (r *Registry) Lookup(flavorName, name string) (Engine, error) {
	f, err := flavor.Lookup(flavorName)
	if err != nil {
		return nil, err
	}
	var have, missing []string
	for _, e := range r.entries {
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
	return nil, fmt.Errorf("no engine for %s", f.Label)
}
