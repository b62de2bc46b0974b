package ui_test

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// words spells the tokens of an analysis: each token's text and its kind.
func words(t *testing.T, welcome wire.Welcome, a wire.Analysis, pattern string) []string {
	t.Helper()
	var all []string
	rest := []byte(pattern)
	for i := 0; i < len(a.Tokens); i += 2 {
		end, ok := wire.Offset(rest, a.Tokens[i+1])
		if !ok {
			t.Fatalf("token %d of %q ends outside or inside a character", i/2, pattern)
		}
		all = append(all, string(rest[:end])+" "+welcome.TokenKinds[a.Tokens[i]])
		rest = rest[end:]
	}
	if len(rest) > 0 {
		t.Errorf("no token for %q", rest)
	}
	return all
}

func TestAnalysisSaysWhatThePatternIs(t *testing.T) {
	p, welcome := open(t, serve(t, ui.Options{}))
	const pattern = `(?P<n>é😀[a-z])x)`
	p.update(1, "go", "", pattern, "")
	var a wire.Analysis
	p.expectAnalysis(wire.TypeAnalysis, &a)
	if got, want := words(t, welcome, a, pattern), []string{
		"(?P<n> group-open", "é😀 literal", "[ class-open", "a literal", "- class-operator", "z literal", "] class-close",
		") group-close", "x literal", ") error",
	}; !reflect.DeepEqual(got, want) {
		t.Errorf("tokens %q\nwant   %q", got, want)
	}
	if want := []int{0, 7, 1, 2, 6, 0}; !reflect.DeepEqual(a.Pairs, want) {
		t.Errorf("pairs %v, want %v", a.Pairs, want)
	}
	if want := []wire.PatternGroup{{Number: 1, Name: "n", Span: wire.Range{From: 0, To: 15, FromBytes: 0, ToBytes: 18}}}; !reflect.DeepEqual(a.Groups, want) {
		t.Errorf("groups %+v, want %+v", a.Groups, want)
	}
	if len(a.Errors) != 1 || a.Errors[0].Code != "unexpected-paren" || a.Errors[0].Span != (wire.Range{From: 16, To: 17, FromBytes: 19, ToBytes: 20}) {
		t.Errorf("errors %+v", a.Errors)
	}
}

// An edit of the text is no new query; a pattern that is empty or in another
// flavor is.
func TestAnalysisIsMadeOnceForAQuery(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	text := ""
	for version, query := range []struct{ flavor, flags, pattern string }{
		1: {"go", "", "a#"}, 2: {"go", "", "a#"}, 3: {"go", "i", "a#"}, 4: {"dotnet", "x", "a#"}, 5: {"go", "", ""}, 6: {"go", "", "a#"},
	} {
		if version == 0 {
			continue
		}
		text += "x"
		p.update(version, query.flavor, query.flags, query.pattern, text, wire.Edit{From: len(text) - 1, To: len(text) - 1, Insert: "x"})
	}
	var versions []int
	var lengths []int
	for len(versions) == 0 || versions[len(versions)-1] != 6 {
		var a wire.Analysis
		p.expectAnalysis(wire.TypeAnalysis, &a)
		versions, lengths = append(versions, a.Version), append(lengths, len(a.Tokens)/2)
	}
	for i, version := range versions { // those that were superseded in time are left out
		want, known := map[int]int{1: 1, 3: 1, 4: 2, 5: 0, 6: 1}[version]
		if !known || lengths[i] != want {
			t.Errorf("an analysis of version %d with %d tokens", version, lengths[i])
		}
	}
}

// What a panel needs is made when it is shown, once for a query.
func TestExplanationIsMadeWhenItIsShown(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	var a wire.Analysis
	p.update(1, "go", "", `é(a+)(`, "")
	p.expectAnalysis(wire.TypeAnalysis, &a)
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"explain"}})
	var x wire.Explanation
	p.expectAnalysis(wire.TypeExplanation, &x)
	if x.Version != 1 || len(x.Summary) == 0 {
		t.Errorf("explanation %+v", x)
	}
	type place struct{ depth, from, to, group int }
	var places []place
	for item := range slices.Chunk(x.Items, 5) {
		places = append(places, place{item[0], item[1], item[2], item[3]})
	}
	if want := []place{{0, 0, 1, 0}, {0, 1, 5, 1}, {1, 2, 4, 0}, {0, 5, 6, 2}}; !reflect.DeepEqual(places, want) {
		t.Errorf("items at %v, want %v", places, want)
	}
	if last := x.Words[x.Items[len(x.Items)-1]]; last.Error == "" {
		t.Errorf("nothing is wrong with %+v", last)
	}
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{}})
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"explain"}})
	p.update(2, "go", "", "b", "")
	p.expectAnalysis(wire.TypeAnalysis, &a) // no second explanation of the first
	p.expectAnalysis(wire.TypeExplanation, &x)
	if x.Version != 2 {
		t.Errorf("explanation of version %d", x.Version)
	}
}

// A replacement is read in the syntax of the engine, once for each query and text of it.
func TestReplacementIsReadWhenItIsShown(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	var a wire.Analysis
	var r wire.Template
	p.update(1, "dotnet", "", `(?<é>a)`, "")
	p.expectAnalysis(wire.TypeAnalysis, &a)
	p.send(wire.Replacement{Type: wire.TypeReplacement, Text: "😀${é}$9"})
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"replace"}})
	p.expectAnalysis(wire.TypeTemplate, &r)
	want := []wire.TemplatePart{{Kind: "text", Text: "😀"}, {Kind: "group", Groups: []int{1}}, {Kind: "text", Text: "$9"}}
	if r.Version != 1 || r.Text != "😀${é}$9" || r.Function != "Regex.Replace" || !reflect.DeepEqual(r.Parts, want) {
		t.Errorf("got %+v", r)
	}
	if len(r.Problems) != 1 || r.Problems[0].Span != (wire.Range{From: 6, To: 8, FromBytes: 9, ToBytes: 11}) || r.Problems[0].Severity != "warning" {
		t.Errorf("problems %+v", r.Problems)
	}
	p.send(wire.Replacement{Type: wire.TypeReplacement, Text: "$0"})
	r = wire.Template{}
	p.expectAnalysis(wire.TypeTemplate, &r)
	if r.Version != 1 || r.Text != "$0" || len(r.Lines) != 1 || r.Lines[0].Words != "the whole match" {
		t.Errorf("got %+v", r)
	}
	p.update(2, "python", "", `(?P<x>a)`, "")
	p.expectAnalysis(wire.TypeAnalysis, &a)
	r = wire.Template{}
	p.expectAnalysis(wire.TypeTemplate, &r)
	if r.Version != 2 || r.Function != "re.sub" || !reflect.DeepEqual(r.Parts, []wire.TemplatePart{{Kind: "text", Text: "$0"}}) {
		t.Errorf("got %+v", r)
	}
	// Another engine of a flavor may have another syntax, for the same query.
	p.updateOn(3, "python", "python-regex", `(?P<x>a)`, "")
	p.expectAnalysis(wire.TypeTemplate, &r)
	if r.Function != "regex.sub" {
		t.Errorf("got %+v", r)
	}
}

func TestLiteralsAndConversions(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	var a wire.Analysis
	p.update(1, "dotnet", "im", "é(?<n>a)\\d(?>b|bc)", "")
	p.expectAnalysis(wire.TypeAnalysis, &a)
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"literals", "conversions"}})
	var l wire.Literals
	p.expectAnalysis(wire.TypeLiterals, &l)
	if first := l.Literals[0]; first.Style != "csharp" || first.Text != `@"é(?<n>a)\d(?>b|bc)"` || first.Missing != "im" || !first.Own {
		t.Errorf("the first literal is %+v", first)
	}
	var c wire.Conversions
	p.expectAnalysis(wire.TypeConversions, &c)
	var flavors []string
	for _, conversion := range c.Conversions {
		flavors = append(flavors, conversion.Flavor)
		if conversion.Flavor != "go" {
			continue
		}
		if !strings.Contains(conversion.Pattern, "(?P<n>a)") && !strings.Contains(conversion.Pattern, "(?<n>a)") || conversion.Flags != "im" {
			t.Errorf("for Go %+v", conversion)
		}
		// Go has no atomic groups.
		if !slices.ContainsFunc(conversion.Changes, func(ch wire.Change) bool {
			return ch.Severity == wire.SeverityError && ch.Span.From == 10 && ch.Span.FromBytes == 11
		}) {
			t.Errorf("changes %+v", conversion.Changes)
		}
	}
	if want := []string{"go", "pcre2", "js", "python", "perl", "java", "ruby"}; !reflect.DeepEqual(flavors, want) {
		t.Errorf("flavors %v, want %v", flavors, want)
	}
	p.update(2, "go", "", "(", "")
	p.expectAnalysis(wire.TypeAnalysis, &a)
	p.expectAnalysis(wire.TypeLiterals, &l)
	if p.expectAnalysis(wire.TypeConversions, &c); c.Conversions[0].Error == "" {
		t.Errorf("a pattern with errors is converted: %+v", c.Conversions[0])
	}
}

// Warnings follow the analysis, and come again when the text changes what they
// depend on, and only then.
func TestWarnings(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	const pattern = `\w[A-z]`
	update := func(version int, text string) {
		p.putText(text)
		p.update(version, "go", "", pattern, text)
		p.collect(version)
	}
	expect := func(want ...string) {
		t.Helper()
		var w wire.Warnings
		p.expectAnalysis(wire.TypeWarnings, &w)
		var got []string
		for _, d := range w.Warnings {
			got = append(got, d.Severity+" "+d.Code+" "+pattern[d.Span.From:d.Span.To])
		}
		if !reflect.DeepEqual(got, want) || w.Version != 1 {
			t.Errorf("warnings %q of version %d, want %q", got, w.Version, want)
		}
	}
	update(1, "abc")
	var a wire.Analysis
	p.expectAnalysis(wire.TypeAnalysis, &a)
	expect("warning suspicious-range A-z")
	update(2, "abcd")
	update(3, "abcdé")
	expect(`hint ascii-class \w`, "warning suspicious-range A-z")
	update(4, "abcdéf")
	update(5, "abcdef")
	expect("warning suspicious-range A-z")
	p.update(6, "go", "", `[A-z](`, "abcdef")
	p.expectAnalysis(wire.TypeAnalysis, &a)
	var w wire.Warnings
	if p.expectAnalysis(wire.TypeWarnings, &w); len(w.Warnings) != 0 || w.Version != 6 {
		t.Errorf("warnings %+v of a pattern that is not valid", w)
	}
}

func TestReference(t *testing.T) {
	response, body := get(t, serve(t, ui.Options{}).URL+"/reference.json")
	if got := response.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("content type %q", got)
	}
	var r wire.Reference
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Features {
		if f.ID == "lookbehind" && f.Syntax == "(?<=...)" && f.Category == "Lookaround" && slices.Contains(f.Flavors, "dotnet") && !slices.Contains(f.Flavors, "go") {
			return
		}
	}
	t.Errorf("no lookbehind as it is in the table, in %.300s", body)
}

// While every worker is stuck in a search, the analysis still comes.
func TestAnalysisDoesNotWaitForSearches(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.putText(catastrophicText)
	for version := 1; version <= 12; version++ {
		p.update(version, "dotnet", strings.Repeat("i", version%2), catastrophic, catastrophicText)
		var a wire.Analysis
		for a.Version != version {
			p.expectAnalysis(wire.TypeAnalysis, &a)
		}
	}
}

func TestErrorsOfAnAnalysisAreBounded(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	p.update(1, "go", "", strings.Repeat(")", 60_000), "")
	var a wire.Analysis
	p.expectAnalysis(wire.TypeAnalysis, &a)
	if len(a.Errors) != wire.MaxErrors || len(a.Tokens) != 120_000 {
		t.Errorf("%d errors, %d numbers for tokens", len(a.Errors), len(a.Tokens))
	}
}

// A flavor without an engine on this machine is analysed, and a search says that
// there is none.
func TestFlavorWithoutEngine(t *testing.T) {
	engines := engine.NewRegistry(
		engine.Entry{Info: engine.Go().Info(), Engine: engine.Go()},
		engine.Entry{Info: engine.Info{Name: "perl", Flavor: "perl"}, Missing: "install Perl 5"},
	)
	p, welcome := open(t, serve(t, ui.Options{Engines: engines}))
	p.putText("ab")
	var none wire.NoEngine
	for version, test := range map[int]struct{ flavor, message string }{
		1: {"ruby", "There is no engine for Ruby here: the server was started without ruby (see --runtimes)."},
		2: {"perl", "This machine has no engine for Perl. perl: install Perl 5."},
	} {
		p, _ := open(t, serve(t, ui.Options{Engines: engines}))
		p.update(version, test.flavor, "", "(?<n>a)", "")
		p.expect(wire.TypeNoEngine, &none)
		if none.Version != version || none.Message != test.message {
			t.Errorf("got %+v, want %q", none, test.message)
		}
		var a wire.Analysis
		p.expectAnalysis(wire.TypeAnalysis, &a)
		if len(a.Groups) != 1 || a.Groups[0].Name != "n" || len(a.Errors) != 0 {
			t.Errorf("analysis %+v", a)
		}
		for _, f := range welcome.Flavors {
			if f.Name == test.flavor && (f.Engine != nil || f.Missing != test.message) {
				t.Errorf("the welcome says %+v", f)
			}
		}
	}
	var invalid wire.Invalid
	p.update(1, "ruby", "q", "a", "ab")
	if p.expect(wire.TypeInvalid, &invalid); invalid.Error.Code != "unknown-flag" {
		t.Errorf("invalid %+v", invalid)
	}
	p.update(2, "go", "", "b", "ab")
	if got := p.collect(2); got.done.Count != 1 {
		t.Errorf("done %+v", got.done)
	}
}

// What a panel needs is made when it is shown, once, and not for others.
func TestPanelsThatAreShown(t *testing.T) {
	p, _ := open(t, serve(t, ui.Options{}))
	var a wire.Analysis
	var d wire.Diagram
	p.update(1, "ruby", "", "é(a)", "")
	p.expectAnalysis(wire.TypeAnalysis, &a)

	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"matches", "diagram"}, Width: 500})
	p.expectAnalysis(wire.TypeDiagram, &d)
	if d.Version != 1 || d.Width > 500 || !strings.Contains(d.SVG, `data-from="1" data-to="4"`) || d.Style == "" || d.DarkStyle == "" {
		t.Errorf("diagram %+v", d)
	}
	// Shown again, and an edit of the text: no other diagram.
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"diagram"}, Width: 500})
	p.update(2, "ruby", "", "é(a)", "x", wire.Edit{Insert: "x"})
	p.update(3, "ruby", "", "é(b)", "x")
	p.expectAnalysis(wire.TypeAnalysis, &a)
	p.expectAnalysis(wire.TypeDiagram, &d)
	if a.Version != 3 || d.Version != 3 {
		t.Errorf("analysis of version %d, diagram of version %d, want 3", a.Version, d.Version)
	}
	// Another width: another diagram.
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"diagram"}, Width: 400})
	p.expectAnalysis(wire.TypeDiagram, &d)
	// Not shown any more.
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"matches"}, Width: 400})
	p.update(4, "ruby", "", "c", "x")
	p.update(5, "ruby", "", "d", "x")
	for a.Version != 5 {
		p.expectAnalysis(wire.TypeAnalysis, &a)
	}
}

// When no worker can be had, the page hears of it, and a panel that is opened
// later tries again.
func TestAnalysisThatCannotBeMade(t *testing.T) {
	pool, free := busyPool(t, executor.Options{Workers: 2, QueueLimit: -1, MaxStuck: -1})
	p, _ := open(t, serve(t, ui.Options{Pool: pool}))
	p.update(1, "ruby", "", "a", "")
	var failed wire.AnalysisFailed
	p.expectAnalysis(wire.TypeAnalysisFailed, &failed)
	if failed.Version != 1 || failed.Panel != "" || !strings.Contains(failed.Message, "waiting") {
		t.Errorf("failed %+v", failed)
	}
	free()
	var a wire.Analysis
	var d wire.Diagram
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"diagram"}})
	p.expectAnalysis(wire.TypeAnalysis, &a)
	p.expectAnalysis(wire.TypeDiagram, &d)
}

// busyPool returns a pool whose workers are all taken, until free is called.
func busyPool(t *testing.T, options executor.Options) (pool *executor.Pool, free func()) {
	t.Helper()
	pool = executor.New(options)
	release, started := make(chan struct{}), make(chan struct{})
	var finished sync.WaitGroup
	for range options.Workers {
		finished.Add(1)
		err := pool.NewClient("busy").Submit(context.Background(), func(context.Context) {
			started <- struct{}{}
			<-release
		}, func(error) { finished.Done() })
		if err != nil {
			t.Fatal(err)
		}
		<-started
	}
	free = sync.OnceFunc(func() {
		close(release)
		finished.Wait()
	})
	t.Cleanup(func() {
		free()
		_ = pool.Shutdown(context.Background(), executor.CancelAll)
	})
	return pool, free
}

// While all workers are taken, a page hears that its search waits, and of a cancel; and then what it
// would have heard first is still first, in one frame.
func TestSearchWaitsInTheQueueBehindItsAnalysis(t *testing.T) {
	pool, free := busyPool(t, executor.Options{Workers: 1, MaxStuck: -1})
	p, _ := open(t, serve(t, ui.Options{Pool: pool}))
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"explain"}})
	p.putText("ab")
	p.update(1, "go", "", "b", "ab")
	next := func(want string) {
		t.Helper()
		kind, data := p.read()
		for want != wire.TypeWaiting && kind == wire.TypeWaiting || kind == wire.TypeEngines {
			kind, data = p.read()
		}
		if kind != want {
			t.Fatalf("got %s %.300s, want %s", kind, data, want)
		}
	}
	next(wire.TypeWaiting)
	p.send(wire.Cancel{Type: wire.TypeCancel, Version: 1})
	next(wire.TypeDone)
	p.send(wire.Continue{Type: wire.TypeContinue, Version: 1})
	next(wire.TypeWaiting)
	free()
	for _, want := range []string{wire.TypeAnalysis, wire.TypeExplanation} {
		next(want)
	}
	for _, want := range []string{wire.TypeStarted, socket.Binary, wire.TypeDone} {
		if kind, data := p.next(); kind != want {
			t.Errorf("got %s %.300s, want %s", kind, data, want)
		}
	}
}

// With one worker left, a search that never ends does not stand between its analysis and the panels.
func TestPanelsDoNotWaitForTheirSearch(t *testing.T) {
	pool, free := busyPool(t, executor.Options{Workers: 1, MaxStuck: -1})
	p, _ := open(t, serve(t, ui.Options{Pool: pool, Limits: ui.Limits{Budget: time.Hour}}))
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"explain", "diagram"}, Width: 500})
	p.putText(catastrophicText)
	p.update(1, "dotnet", "", catastrophic, catastrophicText)
	var f found
	for f.waiting == 0 { // so that the search is in the queue
		if kind, data := p.next(); kind == wire.TypeWaiting {
			f.waiting++
		} else {
			t.Fatalf("got %s %.300s", kind, data)
		}
	}
	free()
	var a wire.Analysis
	var x wire.Explanation
	var d wire.Diagram
	p.expectAnalysis(wire.TypeAnalysis, &a)
	p.expectAnalysis(wire.TypeExplanation, &x)
	p.expectAnalysis(wire.TypeDiagram, &d)
	p.expectStarted(1, &f)
}
