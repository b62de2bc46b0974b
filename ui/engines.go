package ui

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// discover looks for the engines that are not known yet, beside the loop, and
// tells the pages of each flavor's first one as soon as it is found. It runs on
// the loop. Its goroutines end when all is found, or when the runtimes are closed
// by who owns them.
func (s *Server) discover() {
	engines := s.options.Engines
	if _, complete := engines.Known(); complete || s.looking {
		return
	}
	s.looking = true
	go func() {
		var first sync.WaitGroup
		for _, f := range flavor.All() {
			if _, settled := engines.Preferred(f); !settled {
				first.Go(func() {
					if _, err := engines.Lookup(f.Name, ""); err == nil {
						s.threadsafe(s.tellEngines)
					}
				})
			}
		}
		first.Wait()
		engines.Entries()
		s.threadsafe(func() {
			s.looking = false
			s.tellEngines()
		})
	}()
}

// refresh has the engines looked for again, unless that is under way.
func (s *Server) refresh() {
	if !s.looking {
		s.options.Engines.Refresh()
		s.discover()
	}
	s.tellEngines()
}

func (s *Server) tellEngines() {
	message := wire.Engines{Type: wire.TypeEngines}
	message.Flavors, message.Looking = s.wireFlavors()
	for session := range s.sessions {
		session.conn.Put(0, message)
	}
}

// wireFlavors returns what is known of all flavors, and whether engines are still
// being looked for.
func (s *Server) wireFlavors() (flavors []wire.Flavor, looking bool) {
	_, complete := s.options.Engines.Known()
	for _, f := range flavor.All() {
		flavors = append(flavors, s.wireFlavor(f))
	}
	return flavors, !complete
}

func (s *Server) wireFlavor(f *flavor.Flavor) wire.Flavor {
	w := wire.Flavor{Name: f.Name, Label: f.Label, Aliases: append([]string{}, f.Aliases...), Flags: make([]wire.Flag, 0, len(f.Flags)), Engines: []wire.Choice{}}
	for _, flag := range f.Flags {
		w.Flags = append(w.Flags, wire.Flag{Letter: string(flag.Letter), Name: flag.Name, Description: flag.Meaning})
	}
	entries, _ := s.options.Engines.Of(f)
	for _, e := range entries {
		choice := wire.Choice{Engine: wireEngine(e.Info)}
		if e.Engine == nil {
			choice.Missing = cmp.Or(e.Missing, "it is not in this program")
		}
		w.Engines = append(w.Engines, choice)
	}
	switch eng, settled := s.options.Engines.Preferred(f); {
	case eng != nil:
		e := wireEngine(eng.Info())
		w.Engine = &e
	case settled:
		w.Missing = s.missing(f, "")
	default:
		w.Missing = "Engines are being looked for on this machine."
	}
	return w
}

// missing says that this machine has no engine for a flavor, or none of this name,
// and how to get one.
func (s *Server) missing(f *flavor.Flavor, name string) string {
	entries, _ := s.options.Engines.Of(f)
	words := fmt.Sprintf("This machine has no engine for %s.", f.Label)
	if name != "" {
		words = fmt.Sprintf("This machine has no engine %.100q for %s.", name, f.Label)
	}
	if unused := engine.RuntimesOf(f); len(entries) == 0 && len(unused) > 0 {
		return fmt.Sprintf("There is no engine for %s here: the server was started without %s (see --runtimes).", f.Label, strings.Join(unused, " and "))
	}
	for _, e := range entries {
		if e.Missing != "" && (name == "" || strings.EqualFold(name, e.Info.Name)) {
			words += fmt.Sprintf(" %s: %s.", e.Info.Name, strings.TrimSuffix(e.Missing, "."))
		}
	}
	return words
}
