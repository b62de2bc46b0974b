package ui

import (
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// replacement is what the panel "replace" is about besides the query. The page
// expands it with the matches that it has got, so that no second search is needed,
// and the result is about the very matches that are on screen.
type replacement struct {
	text   string
	syntax *replace.Syntax
}

// setReplacement takes the page's replacement text.
func (s *session) setReplacement(m *wire.Replacement) {
	s.replacement = m.Text
	if s.analysis != nil {
		s.analysis.view(s.width, s.replacementFor(s.analysis.flavor, s.engineName))
		s.analysis.start()
	}
}

// replacementFor is the replacement in the syntax of a flavor's engine of this name,
// or of its first one for "".
func (s *session) replacementFor(f *flavor.Flavor, name string) replacement {
	if name == "" {
		if eng, _ := s.server.options.Engines.Preferred(f); eng != nil {
			name = eng.Info().Name
		}
	}
	return replacement{s.replacement, replace.For(engine.Info{Flavor: f.Name, Name: name})}
}

// template makes the message of the panel, or nil for a flavor that has no syntax.
func template(a *analysis, r replacement) any {
	if t := r.template(a); t != nil {
		return wire.NewTemplate(a.version, t)
	}
	return nil
}

// template reads the replacement for the pattern; nil for a flavor that has no syntax.
func (r replacement) template(a *analysis) *replace.Template {
	if r.syntax == nil {
		return nil
	}
	return replace.Parse(r.syntax, replace.PatternOf(a.flavor, a.query.Pattern, a.query.Flags, replace.GroupsOf(a.tree)), r.text)
}
