package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A Choice says which engines to compare.
type Choice struct {
	// Flavors are names of flavors, all of whose engines are taken, and Engines
	// names of engines; each may have flags of its own behind a colon, in its
	// flavor's letters: "js:u". With neither, all engines are taken, but for a
	// stand-in where its flavor has an engine of its own.
	Flavors, Engines []string
	// Flags are for all, see ForFlavor: letters of From, or standard ones.
	Flags string
	From  *flavor.Flavor
}

// Sides returns the sides that a choice names in a registry, and waits until those
// are found. missing are engines that it names and this machine has not. The error
// is a name or a flag that there is not.
func (c Choice) Sides(registry *engine.Registry) (sides []Side, missing []engine.Entry, err error) {
	add := func(entry engine.Entry, own string) error {
		f, err := flavor.Lookup(entry.Info.Flavor)
		if err != nil {
			return err
		}
		if entry.Engine == nil {
			missing = append(missing, entry)
			return nil
		}
		letters, lacks, err := ForFlavor(c.Flags, c.From, f)
		if err != nil {
			return err
		}
		if letters, err = f.CheckFlags(letters + own); err != nil {
			return err
		}
		sides = append(sides, Side{Engine: entry.Engine, Flavor: f, Flags: letters, Lacks: lacks})
		return nil
	}
	for _, spec := range c.Flavors {
		name, own, _ := strings.Cut(spec, ":")
		f, err := flavor.Lookup(name)
		if err != nil {
			return nil, nil, err
		}
		for _, entry := range registry.EntriesOf(f) {
			if err := add(entry, own); err != nil {
				return nil, nil, err
			}
		}
	}
	if len(c.Flavors) > 0 && len(c.Engines) == 0 {
		return sides, missing, nil
	}
	entries := registry.Entries()
	for _, spec := range c.Engines {
		name, own, _ := strings.Cut(spec, ":")
		i := slices.IndexFunc(entries, func(e engine.Entry) bool { return strings.EqualFold(e.Info.Name, name) })
		if i < 0 {
			return nil, nil, &flavor.UnknownError{Kind: "engine", Got: name, Have: namesOf(entries)}
		}
		if err := add(entries[i], own); err != nil {
			return nil, nil, err
		}
	}
	if len(c.Flavors)+len(c.Engines) == 0 {
		for _, entry := range entries {
			if entry.Stopgap && hasOwn(entries, entry.Info.Flavor) || entry.Engine == nil {
				continue
			}
			if err := add(entry, ""); err != nil {
				return nil, nil, err
			}
		}
	}
	return sides, missing, nil
}

// hasOwn reports whether a flavor has an engine that is no stand-in.
func hasOwn(entries []engine.Entry, flavorName string) bool {
	return slices.ContainsFunc(entries, func(e engine.Entry) bool {
		return e.Info.Flavor == flavorName && e.Engine != nil && !e.Stopgap
	})
}

func namesOf(entries []engine.Entry) (names []string) {
	for _, e := range entries {
		names = append(names, e.Info.Name)
	}
	return names
}

// String names a side: its engine with the version, and its flags.
func (s Side) String() string {
	words := versioned(s.Engine.Info())
	if s.Flags != "" {
		words += fmt.Sprintf(" with %s", s.Flags)
	}
	return words
}
