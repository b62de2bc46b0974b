package ui_test

import (
	"crypto/rand"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/library"
	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// ask asks the library and reads until its answer.
func (p *page) ask(m wire.Library) wire.LibraryAnswer {
	p.t.Helper()
	p.asked++
	m.Type, m.Request = wire.TypeLibrary, p.asked
	p.send(m)
	for {
		kind, data := p.next()
		if kind != wire.TypeLibraryAnswer {
			continue // of a search, or that the library has changed
		}
		var answer wire.LibraryAnswer
		if err := json.Unmarshal(data, &answer); err != nil {
			p.t.Fatal(err)
		}
		if answer.Request != p.asked {
			p.t.Fatalf("an answer to request %d, want %d", answer.Request, p.asked)
		}
		return answer
	}
}

func TestLibrary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.db")
	shelf := library.At(path)
	t.Cleanup(func() {
		if err := shelf.Close(); err != nil {
			t.Error(err)
		}
	})
	server := serve(t, ui.Options{Library: shelf})
	p, welcome := open(t, server)
	if !slices.ContainsFunc(welcome.Panels, func(panel wire.Panel) bool { return panel.ID == "library" }) {
		t.Errorf("panels %+v", welcome.Panels)
	}
	other, _ := open(t, server)
	if list := p.ask(wire.Library{Op: wire.LibraryFind}).List; list == nil || list.All != 0 || list.Path != path {
		t.Fatalf("%+v", list)
	}

	const text = "a\r\n\x00\xff"
	p.putText(text)
	p.update(1, "go", "i", "a+", text)
	p.collect(1)
	replace, tests := "", "[[pattern]]"
	content := &wire.LibraryContent{
		Query: wire.Query{Flavor: "go", Flags: "i", Pattern: "a+"}, Replace: &replace, Inputs: wire.InputsLines, Tests: &tests,
	}
	about := &wire.LibraryAbout{Name: "letters", Tags: []string{"x"}}
	fresh := func() wire.Library {
		return wire.Library{Op: wire.LibrarySave, State: 1, New: true, ID: rand.Text(), As: rand.Text(), About: about, Content: content}
	}
	nameless, stale, empty, first := fresh(), fresh(), fresh(), fresh()
	nameless.About, stale.State, empty.Content = nil, 7, nil
	if answer := p.ask(nameless); answer.Field != "name" || answer.Error == "" {
		t.Errorf("without a name: %+v", answer)
	}
	if answer := p.ask(stale); answer.Error == "" {
		t.Errorf("of another state: %+v", answer)
	}
	if answer := p.ask(empty); answer.Error == "" {
		t.Errorf("without content: %+v", answer)
	}
	saved := p.ask(first).Saved
	if saved == nil || !saved.Changed || saved.ID != first.ID || saved.Version != first.As {
		t.Fatalf("%+v", saved)
	}
	if again := p.ask(first).Saved; again == nil || *again != *saved { // as after a connection that was lost
		t.Fatalf("%+v", again)
	}
	other.expect(wire.TypeLibraryChanged, new(wire.LibraryChanged))

	entry := other.ask(wire.Library{Op: wire.LibraryOpen, ID: saved.ID}).Entry
	if entry == nil || entry.About.Name != "letters" || entry.Content.Query != content.Query || entry.Content.Replace == nil ||
		entry.Content.List != nil || entry.Content.Inputs != wire.InputsLines || entry.Content.Tests == nil || *entry.Content.Tests != tests ||
		entry.Latest != saved.Version || entry.TextBase64 != "YQ0KAP8=" || entry.Version.ID != saved.Version {
		t.Fatalf("%+v", entry)
	}
	p.update(2, "go", "", "b", text)
	content.Query = wire.Query{Flavor: "go", Pattern: "b"}
	if again := p.ask(wire.Library{Op: wire.LibrarySave, State: 2, ID: saved.ID, About: about, Content: content}).Saved; again == nil || again.Version == saved.Version {
		t.Errorf("%+v", again)
	}
	// Another page that has the first version is told that there is a second one.
	other.putText("")
	other.update(1, "go", "", "c", "")
	mine := &wire.LibraryContent{Query: wire.Query{Flavor: "go", Pattern: "c"}}
	refused := other.ask(wire.Library{Op: wire.LibrarySave, State: 1, ID: saved.ID, Base: saved.Version, Content: mine})
	if refused.Error == "" || refused.Conflict == nil || refused.Conflict.Saved == 0 {
		t.Errorf("%+v", refused)
	}
	renamed := &wire.LibraryAbout{Name: "greek letters"}
	if answer := p.ask(wire.Library{Op: wire.LibraryDescribe, ID: saved.ID, Was: about, About: renamed}); answer.Error != "" {
		t.Errorf("%+v", answer)
	}
	if answer := other.ask(wire.Library{Op: wire.LibraryDescribe, ID: saved.ID, Was: about, About: about}); answer.Error == "" || answer.About == nil || answer.About.Name != renamed.Name {
		t.Errorf("%+v", answer)
	}
	answer := other.ask(wire.Library{Op: wire.LibraryVersions, ID: saved.ID})
	if answer.About == nil || answer.About.Name != renamed.Name {
		t.Errorf("%+v", answer.About)
	}
	versions := answer.Versions
	p.ask(wire.Library{Op: wire.LibraryDescribe, ID: saved.ID, About: about})
	if len(versions) != 2 || versions[1].ID != saved.Version || versions[1].TextBytes != len(text) {
		t.Errorf("%+v", versions)
	}
	restore := wire.Library{Op: wire.LibraryRestore, ID: saved.ID, Version: saved.Version, As: rand.Text()}
	for range 2 {
		if restored := other.ask(restore).Saved; restored == nil || !restored.Changed || restored.Version != restore.As {
			t.Errorf("%+v", restored)
		}
	}
	other.ask(wire.Library{Op: wire.LibraryMark, ID: saved.ID, Favourite: true})
	list := p.ask(wire.Library{Op: wire.LibraryFind, Words: "lett", Favourite: true}).List
	if list == nil || len(list.Rows) != 1 || list.Rows[0].Versions != 3 || list.Rows[0].Pattern != "a+" || list.Tags[0] != (wire.LibraryTag{Name: "x", Entries: 1}) {
		t.Errorf("%+v", list)
	}

	archive := p.ask(wire.Library{Op: wire.LibraryExport})
	if archive.Entries != 1 || !strings.Contains(archive.Archive, saved.Version) {
		t.Errorf("%+v", archive)
	}
	if answer := p.ask(wire.Library{Op: wire.LibraryDelete, ID: saved.ID}); answer.Error != "" {
		t.Error(answer.Error)
	}
	if answer := other.ask(wire.Library{Op: wire.LibraryOpen, ID: saved.ID}); !answer.Missing || answer.Error == "" {
		t.Errorf("%+v", answer)
	}
	if answer := other.ask(wire.Library{Op: wire.LibraryImport, Archive: archive.Archive}); answer.Imported == nil || answer.Imported.New != 1 {
		t.Errorf("%+v", answer)
	}
	if answer := other.ask(wire.Library{Op: wire.LibraryImport, Archive: "[]"}); !strings.HasPrefix(answer.Error, "This is no library") {
		t.Errorf("%+v", answer)
	}
	if answer := other.ask(wire.Library{Op: "burn"}); !strings.Contains(answer.Error, `"burn"`) {
		t.Errorf("%+v", answer)
	}
}

func TestALibraryThatIsTooLargeForThePage(t *testing.T) {
	shelf := library.At(library.Memory)
	defer shelf.Close()
	p, _ := open(t, serve(t, ui.Options{Library: shelf, Limits: ui.Limits{TextBytes: 600}}))
	p.update(1, "go", "", "b", "")
	about := &wire.LibraryAbout{Name: strings.Repeat("n", 100)}
	for range 3 {
		fresh := wire.Library{Op: wire.LibrarySave, State: 1, New: true, ID: rand.Text(), As: rand.Text(), About: about, Content: &wire.LibraryContent{}}
		if answer := p.ask(fresh); answer.Error != "" {
			t.Fatal(answer.Error)
		}
	}
	if answer := p.ask(wire.Library{Op: wire.LibraryExport}); !strings.Contains(answer.Error, "regexdbg library export") || answer.Archive != "" {
		t.Errorf("%+v", answer)
	}
}

func TestAServerWithoutLibrary(t *testing.T) {
	p, welcome := open(t, serve(t, ui.Options{}))
	if slices.ContainsFunc(welcome.Panels, func(panel wire.Panel) bool { return panel.ID == "library" }) {
		t.Error("a panel for a library that is not there")
	}
	if answer := p.ask(wire.Library{Op: wire.LibraryFind}); answer.Error == "" {
		t.Errorf("%+v", answer)
	}
}
