package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// newLibrary is a library in a file, whose clock goes on by a minute with each look at it.
func newLibrary(t testing.TB) *Library {
	l := At(filepath.Join(t.TempDir(), "a folder? of #1", "100%.db"))
	var mu sync.Mutex
	clock := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	l.now = func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		clock = clock.Add(time.Minute)
		return clock
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func content(pattern, text string) Content {
	return Content{Flavor: "go", Pattern: pattern, Text: []byte(text)}
}

func mustSave(t testing.TB, l *Library, id string, about About, c Content) (entry, version string) {
	t.Helper()
	entry, version, _, err := l.Save(t.Context(), id, about, c)
	if err != nil {
		t.Fatal(err)
	}
	return entry, version
}

func names(list List) []string {
	var all []string
	for _, r := range list.Rows {
		all = append(all, r.Name)
	}
	return all
}

func ptr(s string) *string { return &s }

func TestNothingIsWrittenBeforeASave(t *testing.T) {
	l := newLibrary(t)
	if list, err := l.Find(t.Context(), Filter{}); err != nil || list.All != 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := l.Open(t.Context(), "none", ""); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if n, err := l.Export(t.Context(), &out); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if _, err := os.Stat(filepath.Dir(l.path)); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("something was written: %v", err)
	}
}

func TestSavesAreVersions(t *testing.T) {
	l := newLibrary(t)
	full := Content{
		Flavor: "dotnet", Flags: "im", Engine: "regexp2", Pattern: "a\xffb\x00", Replacement: ptr(""), List: ptr("$1\xfe"),
		Text: []byte("line\r\n\x00\xff\u00a0"), Inputs: InputLines, Tests: ptr("[[pattern]]\n"),
	}
	id, first := mustSave(t, l, "", About{Name: "  dates ", Description: "of logs", Tags: []string{"log", "date", "log", " "}}, full)
	got, err := l.Open(t.Context(), id, "")
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "dates" || !slices.Equal(got.Tags, []string{"date", "log"}) || got.Versions != 1 || got.Version.ID != first {
		t.Errorf("%+v", got)
	}
	if !got.Version.Content.equal(&full) {
		t.Errorf("saved %+v, got %+v", full, got.Version.Content)
	}
	if (got.Version.Replacement == nil) || *got.Version.Replacement != "" {
		t.Error("an empty replacement came back as none")
	}

	same, _, changed, err := l.Save(t.Context(), id, got.About, full)
	if err != nil || changed || same != id {
		t.Fatal(same, changed, err)
	}
	next := content("b", "")
	_, second := mustSave(t, l, id, About{Name: "days"}, next)
	if first == second {
		t.Fatal("a new content is no new version")
	}
	about, versions, err := l.Versions(t.Context(), id)
	if about.Name != "days" {
		t.Errorf("%+v", about)
	}
	if err != nil || len(versions) != 2 || versions[0].ID != second || versions[1].ID != first || versions[1].TextBytes != len(full.Text) {
		t.Fatalf("%+v, %v", versions, err)
	}
	old, err := l.Open(t.Context(), id, first)
	if err != nil || old.Latest != second || !old.Version.Content.equal(&full) || old.Name != "days" {
		t.Fatalf("%+v, %v", old, err)
	}

	restored, err := l.Restore(t.Context(), id, first, "")
	if err != nil {
		t.Fatal(err)
	}
	if restored == first {
		t.Error("a restored version is the old one: what was saved after it would be lost from the history")
	}
	latest, err := l.Open(t.Context(), id, "")
	if err != nil || latest.Version.ID != restored || latest.Versions != 3 || !latest.Version.Content.equal(&full) {
		t.Fatalf("%+v, %v", latest, err)
	}
	if again, err := l.Restore(t.Context(), id, restored, ""); err != nil || again != restored {
		t.Fatal("the latest version was saved again", again, err)
	}
}

func TestAClockThatIsSetBack(t *testing.T) {
	l := newLibrary(t)
	id, _ := mustSave(t, l, "", About{Name: "n"}, content("a", ""))
	l.now = func() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }
	_, version := mustSave(t, l, id, About{Name: "n"}, content("b", ""))
	if got, err := l.Open(t.Context(), id, ""); err != nil || got.Version.ID != version {
		t.Fatalf("the latest version is %q, not the one saved last: %v", got.Version.Pattern, err)
	}
}

func TestFind(t *testing.T) {
	l := newLibrary(t)
	save := func(name, pattern, text string, tags ...string) string {
		id, _ := mustSave(t, l, "", About{Name: name, Tags: tags, Description: "for " + name + "s"}, content(pattern, text))
		return id
	}
	save("IPv4 address", `\d{1,3}(\.\d{1,3}){3}`, "from 10.0.0.1", "network", "log")
	save("Email", `[\w.]+@\w+`, "mail bob@example.org now", "mail")
	star := save("Date", `(\d{4})-(\d\d)`, "on 2026-11-25", "log")
	save("Straße", `ß`, "", "Größe")
	save(`100% "sure"`, "x_y", "", "odd")
	if err := l.Mark(t.Context(), star, true); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		filter Filter
		want   string
	}{
		{Filter{}, `Date,100% "sure",Straße,Email,IPv4 address`},
		{Filter{Words: "example"}, "Email"},
		{Filter{Words: "EXAMPLE.ORG mail"}, "Email"},
		{Filter{Words: `\d{4}`}, "Date"},
		{Filter{Words: "dress"}, "IPv4 address"},
		{Filter{Words: "traß"}, "Straße"},
		{Filter{Words: "ip"}, "IPv4 address"},
		{Filter{Words: "0% sure"}, `100% "sure"`},
		{Filter{Words: `"sure"`}, `100% "sure"`},
		{Filter{Words: "x_"}, `100% "sure"`},
		{Filter{Words: "name:x OR"}, ""},
		{Filter{Words: "\x00"}, `Date,100% "sure",Straße,Email,IPv4 address`},
		{Filter{Tag: "log"}, "Date,IPv4 address"},
		{Filter{Tag: "log", Words: "0."}, ""}, // short words are not looked for in texts
		{Filter{Tag: "log", Words: "0.0"}, "IPv4 address"},
		{Filter{Favourite: true}, "Date"},
		{Filter{Skip: 4}, "IPv4 address"},
		{Filter{Words: "zzz"}, ""},
	} {
		list, err := l.Find(t.Context(), test.filter)
		if err != nil {
			t.Errorf("%+v: %v", test.filter, err)
			continue
		}
		if got := strings.Join(names(list), ","); got != test.want {
			t.Errorf("%+v: %q, want %q", test.filter, got, test.want)
		}
		if want := len(list.Rows) + test.filter.Skip; list.Total != want || list.All != 5 {
			t.Errorf("%+v: %d of %d, want %d of 5", test.filter, list.Total, list.All, want)
		}
	}
	list, err := l.Find(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Tags) != 5 || list.Tags[0] != (Tag{"log", 2}) {
		t.Errorf("tags %v", list.Tags)
	}
	row := list.Rows[4]
	if !slices.Equal(row.Tags, []string{"log", "network"}) || row.Versions != 1 || row.TextBytes != len("from 10.0.0.1") || row.Cut {
		t.Errorf("%+v", row)
	}
}

func TestALongPatternIsCutBetweenRunes(t *testing.T) {
	l := newLibrary(t)
	mustSave(t, l, "", About{Name: "long"}, content(strings.Repeat("€", 200), ""))
	list, err := l.Find(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if r := list.Rows[0]; !r.Cut || r.Pattern != strings.Repeat("€", shownPattern/3) {
		t.Errorf("%d bytes, cut %v", len(r.Pattern), r.Cut)
	}
}

func TestDeletionLeavesNoBytes(t *testing.T) {
	l := newLibrary(t)
	const secret = "correct-horse-battery-staple"
	id, _ := mustSave(t, l, "", About{Name: secret + "1", Description: secret + "2", Tags: []string{secret + "3"}},
		content(secret+"4", strings.Repeat(secret+"5 ", 5000)))
	other, _ := mustSave(t, l, "", About{Name: "other"}, content("x", "shared"))
	tested := content("y", "shared")
	tested.Tests = ptr(strings.Repeat(secret+"6 ", 1000))
	mustSave(t, l, id, About{Name: "renamed"}, tested)
	if !fileHas(t, l.path, secret) {
		t.Fatal("the file does not have the text that is looked for")
	}
	if err := l.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if fileHas(t, l.path, secret) {
		t.Error("the bytes of what was deleted are still in the file or in its log")
	}
	if got, err := l.Open(t.Context(), other, ""); err != nil || string(got.Version.Text) != "shared" {
		t.Errorf("another entry lost its text: %q, %v", got.Version.Text, err)
	}
	if err := l.Delete(t.Context(), id); !errors.Is(err, ErrNotFound) {
		t.Errorf("deleted twice: %v", err)
	}
}

// fileHas looks into a library's file, log and index of the log.
func fileHas(t *testing.T, path, text string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}

func TestWhatIsRefused(t *testing.T) {
	l := newLibrary(t)
	for _, test := range []struct {
		field   string
		about   About
		content Content
	}{
		{"name", About{Name: " \t"}, Content{}},
		{"name", About{Name: strings.Repeat("n", MaxName+1)}, Content{}},
		{"name", About{Name: "a\nb"}, Content{}},
		{"name", About{Name: "\xff"}, Content{}},
		{"description", About{Name: "n", Description: strings.Repeat("d", MaxDescription+1)}, Content{}},
		{"tags", About{Name: "n", Tags: []string{"a,b"}}, Content{}},
		{"tags", About{Name: "n", Tags: []string{strings.Repeat("t", MaxTag+1)}}, Content{}},
		{"pattern", About{Name: "n"}, Content{Pattern: strings.Repeat("p", MaxPattern+1)}},
		{"tests", About{Name: "n"}, Content{Tests: ptr(strings.Repeat("t", MaxPattern+1))}},
		{"inputs", About{Name: "n"}, Content{Inputs: "words"}},
		{"text", About{Name: "n"}, Content{Text: make([]byte, MaxText+1)}},
	} {
		_, _, _, err := l.Save(t.Context(), "", test.about, test.content)
		var refused *InvalidError
		if !errors.As(err, &refused) || refused.Field != test.field {
			t.Errorf("%s: %v", test.field, err)
		}
	}
	if _, _, _, err := l.Save(t.Context(), "gone", About{Name: "n"}, Content{}); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
}

func TestFilesThatAreNoLibrary(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := At(filepath.Join(dir, "foreign.db"))
	db, err := foreign.writing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA application_id = 1"); err != nil {
		t.Fatal(err)
	}
	newer := At(filepath.Join(dir, "newer.db"))
	if db, err = newer.writing(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version = 1000"); err != nil {
		t.Fatal(err)
	}
	for _, l := range []*Library{foreign, newer} {
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		text: "not a database", foreign.path: "another program", newer.path: ErrNewer.Error(), dir: "directory",
	} {
		_, _, _, err := At(path).Save(t.Context(), "", About{Name: "n"}, Content{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if data, err := os.ReadFile(text); err != nil || !bytes.HasPrefix(data, []byte("this is no database")) {
		t.Error("a file that is no library was changed")
	}
}

func TestArchives(t *testing.T) {
	a := newLibrary(t)
	id, first := mustSave(t, a, "", About{Name: "dates", Tags: []string{"log"}, Description: "<b>&"},
		Content{Flavor: "pcre2", Flags: "i", Engine: "php", Pattern: "\xff", Replacement: ptr("\xfe"), List: ptr(""), Text: []byte("\xff text"),
			Inputs: InputSet, Tests: ptr("\xff text")})
	mustSave(t, a, id, About{Name: "dates", Favourite: true, Tags: []string{"log"}}, content("b", "\xff text"))
	tested := content("b", "")
	tested.Tests = ptr("")
	mustSave(t, a, id, About{Name: "dates", Favourite: true, Tags: []string{"log"}}, tested)
	mustSave(t, a, "", About{Name: "empty"}, content("", ""))
	var archive bytes.Buffer
	if n, err := a.Export(t.Context(), &archive); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if strings.Count(archive.String(), "/yB0ZXh0") != 1 { // base64
		t.Error("a text that two versions have is not there once")
	}

	b := newLibrary(t)
	imported := func(want Imported) {
		t.Helper()
		if got, err := b.Import(t.Context(), bytes.NewReader(archive.Bytes())); err != nil || got != want {
			t.Fatalf("%+v, %v, want %+v", got, err, want)
		}
	}
	imported(Imported{New: 2})
	var again bytes.Buffer
	if _, err := b.Export(t.Context(), &again); err != nil {
		t.Fatal(err)
	}
	if again.String() != archive.String() {
		t.Errorf("exported\n%simported and exported again\n%s", archive.String(), again.String())
	}
	imported(Imported{Same: 2})

	// Both libraries go on, and come together again.
	_, there := mustSave(t, a, id, About{Name: "dates of a"}, content("there", ""))
	b.now = func() time.Time { return time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC) }
	_, here := mustSave(t, b, id, About{Name: "dates of b"}, content("here", ""))
	archive.Reset()
	if _, err := a.Export(t.Context(), &archive); err != nil {
		t.Fatal(err)
	}
	imported(Imported{Changed: 1, Same: 1})
	got, err := b.Open(t.Context(), id, "")
	if err != nil || got.Name != "dates of b" || got.Version.ID != here || got.Versions != 5 {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, version := range []string{first, there} {
		if _, err := b.Open(t.Context(), id, version); err != nil {
			t.Error(version, err)
		}
	}
}

func TestArchivesThatAreDamaged(t *testing.T) {
	l := newLibrary(t)
	const head = `{"format": "regexdbg library", "version": 1}` + "\n"
	const good = `{"id": "A", "name": "a", "texts": [{}], "versions": [{"id": "V", "flavor": "go", "text": 0}]}` + "\n"
	for archive, want := range map[string]string{
		"":               "no library",
		"hello":          "no library",
		`{"regex": "a"}`: "does not begin",
		`{"format": "regexdbg library", "version": 3}`:                                                               "version 3",
		`{"format": "regexdbg library", "version": 0}`:                                                               "version 0",
		head + good + `{"id": "B"`:                                                                                   "entry 2 of the file cannot be read, and nothing was imported: the file ends",
		head + good + `{"id": "B", "name": "b"}`:                                                                     "no version",
		head + good + `{"id": "B", "name": "b", "texts": [], "versions": [{"id": "W", "text": 0}]}`:                  "not there",
		head + good + `{"id": "B", "name": "b", "texts": [{}], "versions": [{"id": "W", "text": -1}]}`:               "not there",
		head + good + `{"id": "B", "name": "b", "texts": [{}], "versions": [{"id": "W", "text": 0, "tests": 1}]}`:    "not there",
		head + good + `{"id": "B", "name": "b", "texts": [{}], "versions": [{"id": "W", "text": 0, "inputs": "x"}]}`: "no way",
		head + good + `{"id": "B", "name": "", "texts": [{}], "versions": [{"id": "W", "text": 0}]}`:                 "needs a name",
	} {
		var damaged *ArchiveError
		if _, err := l.Import(t.Context(), strings.NewReader(archive)); !errors.As(err, &damaged) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", archive, err, want)
		}
	}
	if list, err := l.Find(t.Context(), Filter{}); err != nil || list.All != 0 {
		t.Errorf("%d entries of damaged archives were imported, %v", list.All, err)
	}
	// Entries without name cannot take an id away.
	if got, err := l.Import(t.Context(), strings.NewReader(head+good)); err != nil || got.New != 1 {
		t.Error(got, err)
	}
}

func TestManyWriters(t *testing.T) {
	l := newLibrary(t)
	second := At(l.path) // as another process would
	t.Cleanup(func() { _ = second.Close() })
	const writers, saves = 8, 10
	var group sync.WaitGroup
	for w := range writers {
		library := []*Library{l, second}[w%2]
		group.Go(func() {
			for i := range saves {
				if _, _, _, err := library.Save(context.Background(), "", About{Name: fmt.Sprint(w, i)}, content("x", fmt.Sprint(w))); err != nil {
					t.Error(err)
				}
				if _, err := library.Find(context.Background(), Filter{Words: "x"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if list, err := l.Find(t.Context(), Filter{}); err != nil || list.All != writers*saves || len(list.Rows) != min(PageSize, writers*saves) {
		t.Fatalf("%d entries, %v", list.All, err)
	}
}

func TestMemory(t *testing.T) {
	l := At(Memory)
	id, _ := mustSave(t, l, "", About{Name: "n"}, content("a", "b"))
	if list, err := l.Find(t.Context(), Filter{}); err != nil || list.All != 1 {
		t.Fatal(list, err)
	}
	if err := l.Delete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if list, err := l.Find(t.Context(), Filter{}); err != nil || list.All != 0 {
		t.Fatal(list, err)
	}
}

// TestKill9 runs this test's program as one that saves as fast as it can, and kills it. Each save that was acknowledged
// by a line on its output has to be in the file.
func TestKill9(t *testing.T) {
	const variable = "REGEXDBG_LIBRARY_TEST"
	if path := os.Getenv(variable); path != "" {
		l := At(path)
		for i := 0; ; i++ {
			id, _, _, err := l.Save(context.Background(), "", About{Name: fmt.Sprint("entry ", i)}, content("p", strings.Repeat("t", i*100)))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Println("acknowledged", id)
		}
	}
	path := filepath.Join(t.TempDir(), "library.db")
	var acknowledged []string
	for range 3 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKill9$")
		cmd.Env = append(os.Environ(), variable+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var data bytes.Buffer
		buffer := make([]byte, 4096)
		for bytes.Count(data.Bytes(), []byte("\n")) < 20 {
			n, err := out.Read(buffer)
			if err != nil {
				t.Fatalf("%v after %q", err, data.String())
			}
			data.Write(buffer[:n])
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_, _ = data.ReadFrom(out) // what it had said before its end
		_ = cmd.Wait()            // that it was killed is known
		for line := range strings.Lines(data.String()) {
			if id, ok := strings.CutPrefix(strings.TrimSpace(line), "acknowledged "); ok && strings.HasSuffix(line, "\n") {
				acknowledged = append(acknowledged, id)
			}
		}
	}
	l := At(path)
	t.Cleanup(func() { _ = l.Close() })
	for _, id := range acknowledged {
		if _, err := l.Open(t.Context(), id, ""); err != nil {
			t.Errorf("%s was acknowledged, and is lost: %v", id, err)
		}
	}
	if len(acknowledged) < 60 {
		t.Errorf("%d saves were acknowledged", len(acknowledged))
	}
}
