package ui

import (
	"sync"

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
	message := wire.Engines{Type: wire.TypeEngines, Flavors: s.wireFlavors()}
	for session := range s.sessions {
		session.conn.Put(0, message)
	}
}
