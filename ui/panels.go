package ui

import (
	"slices"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// A panel is a tab or a menu of the page that this server can serve.
type panel struct {
	wire.Panel
	// analyse makes the message that the panel needs besides matches and
	// analysis, or is nil. It runs on a worker, once for each query, or for each
	// width of the panel when it is wide.
	analyse func(a *analysis, width int) any
	wide    bool
	// replaced is the same for a panel that is also about the page's replacement: once
	// for each of those. It may return nil, for nothing to send.
	replaced func(a *analysis, r replacement) any
}

// panels are the tabs in the order in which the page shows them, and the menus.
var panels = []panel{
	{Panel: wire.Panel{ID: "matches", Label: "Matches", NeedsEngine: true}},
	{Panel: wire.Panel{ID: "explain", Label: "Explain"}, analyse: func(a *analysis, _ int) any {
		return wire.NewExplanation(a.version, explain.Explain(a.tree), a.positions)
	}},
	{Panel: wire.Panel{ID: "debug", Label: "Debug"}}, // see debug.go
	{Panel: wire.Panel{ID: "diagram", Label: "Diagram"}, wide: true, analyse: func(a *analysis, width int) any {
		return wire.NewDiagram(a.version, a.tree, a.positions, width)
	}},
	{Panel: wire.Panel{ID: "replace", Label: "Replace", NeedsEngine: true}, replaced: template},
	{Panel: wire.Panel{ID: "inputs", Label: "Inputs"}},                          // see inputs.go
	{Panel: wire.Panel{ID: "tests", Label: "Tests"}},                            // see testfile.go
	{Panel: wire.Panel{ID: "compare", Label: "Compare"}},                        // see comparison.go
	{Panel: wire.Panel{ID: "benchmark", Label: "Benchmark", NeedsEngine: true}}, // see benchmark.go
	{Panel: wire.Panel{ID: "code", Label: "Code"}, replaced: func(a *analysis, r replacement) any {
		return wire.NewPrograms(a.version, a.tree, a.query.Flags, r.template(a), a.positions)
	}},
	{Panel: wire.Panel{ID: libraryPanel, Label: "Library"}},  // see library.go
	{Panel: wire.Panel{ID: "reference", Label: "Reference"}}, // its file is reference.json
	{Panel: wire.Panel{ID: "literals", Label: "Copy as", Menu: true}, analyse: func(a *analysis, _ int) any {
		return wire.NewLiterals(a.version, a.tree, a.query.Flags)
	}},
	{Panel: wire.Panel{ID: "conversions", Label: "Convert", Menu: true}, analyse: func(a *analysis, _ int) any {
		return wire.NewConversions(a.version, a.tree, a.positions)
	}},
}

// libraryPanel is there only where the server has a library.
const libraryPanel = "library"

func (s *Server) wirePanels() []wire.Panel {
	all := make([]wire.Panel, 0, len(panels))
	for _, p := range panels {
		if p.ID != libraryPanel || s.options.Library != nil {
			all = append(all, p.Panel)
		}
	}
	return all
}

func panelIndex(id string) int {
	return slices.IndexFunc(panels, func(p panel) bool { return p.ID == id })
}
