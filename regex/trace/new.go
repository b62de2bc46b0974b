package trace

import (
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// New compiles a pattern and returns a trace of its search in a text, which has not begun: by a machine of threads for
// Go, and by one that backtracks for all other flavors. The errors are those of [Compile] and [Program.NewRun].
func New(tree *syntax.Tree, text []byte, limits Limits) (Trace, error) {
	return NewOptimized(tree, text, limits, Optimizations{})
}

// NewOptimized does the same with some of an engine's optimizations, which the machine of threads has none of.
func NewOptimized(tree *syntax.Tree, text []byte, limits Limits, o Optimizations) (Trace, error) {
	if tree.Flavor.Set != flavor.InGo {
		p, err := CompileOptimized(tree, o)
		if err != nil {
			return nil, err
		}
		return p.NewRun(text, limits)
	}
	p, err := compileThreads(tree)
	if err != nil {
		return nil, err
	}
	return p.newRun(text, limits)
}

func (p *threadProgram) newRun(text []byte, limits Limits) (*Run, error) {
	if err := limits.check(text); err != nil {
		return nil, err
	}
	limits = limits.withDefaults()
	m := p.newMachine(text, limits)
	r := newRun(p.Program, m, limits, func() stepper { return p.newMachine(text, limits) })
	m.found = func() { r.matches = append(r.matches, m.spans(nil)) }
	m.attempted = r.summary.add
	return r, nil
}
