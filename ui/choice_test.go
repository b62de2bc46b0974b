package ui_test

import (
	"slices"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// twoGo are two engines of one flavor, and a third that this machine has not.
func twoGo() *engine.Registry {
	e := engine.Go()
	other := e.Info()
	other.Name = "other"
	return engine.NewRegistry(
		engine.Entry{Info: engine.Info{Flavor: "go", Name: "absent"}, Missing: "install it"},
		engine.Entry{Info: e.Info(), Engine: e, Stopgap: true},
		engine.Entry{Info: other, Engine: named{e, other}},
	)
}

// named is an engine under another name.
type named struct {
	engine.Engine
	info engine.Info
}

func (n named) Info() engine.Info { return n.info }

// An update says on which of its flavor's engines it wants to be run.
func TestEngineIsChosen(t *testing.T) {
	p, welcome := open(t, serve(t, ui.Options{Engines: twoGo()}))
	var listed []string
	for _, choice := range welcome.Flavors[0].Engines {
		listed = append(listed, choice.Engine.Name+choice.Missing)
	}
	if want := []string{"other", "regexp", "absentinstall it"}; !slices.Equal(listed, want) || welcome.Looking {
		t.Errorf("engines %q, looking %v, want %q", listed, welcome.Looking, want)
	}
	p.putText("a")
	for i, test := range []struct{ engine, want string }{{"", "other"}, {"regexp", "regexp"}, {"OTHER", "other"}} {
		p.updateOn(i+1, "go", test.engine, "a", "a")
		if f := p.collect(i + 1); f.started.Engine.Name != test.want || f.done.Count != 1 {
			t.Errorf("%q: got %+v", test.engine, f)
		}
	}
	for i, test := range []struct{ engine, want string }{
		{"absent", `This machine has no engine "absent" for Go. absent: install it.`},
		{"perl", `This machine has no engine "perl" for Go.`},
	} {
		p.updateOn(i+11, "go", test.engine, "a", "a")
		var none wire.NoEngine
		if p.expect(wire.TypeNoEngine, &none); none.Message != test.want || none.Version != i+11 {
			t.Errorf("%q: got %+v", test.engine, none)
		}
	}
}

// What the browser runs itself, the server analyses and does not search.
func TestBrowserRunsItself(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.putText("ab")
	p.updateOn(1, "js", wire.EngineBrowser, "[a", "ab")
	var analysis wire.Analysis
	if p.expectAnalysis(wire.TypeAnalysis, &analysis); len(analysis.Errors) != 1 {
		t.Errorf("errors %+v, want one", analysis.Errors)
	}
	// An answer to version 1 would come before this.
	p.updateOn(2, "js", wire.EngineBrowser, "", "ab")
	var idle wire.Idle
	p.expect(wire.TypeIdle, &idle)
	p.updateOn(3, "js", wire.EngineBrowser, "a", "ab")
	p.send(wire.Cancel{Type: wire.TypeCancel, Version: 3})
	p.send(wire.Continue{Type: wire.TypeContinue, Version: 3})
	p.update(4, "js", "", "b", "ab")
	if f := p.collect(4); f.done.Count != 1 {
		t.Errorf("got %+v", f)
	}
}
