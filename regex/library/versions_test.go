package library

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
)

// A file that an earlier version of the program has made gets what versions hold now, and keeps what it has.
func TestEarlierFiles(t *testing.T) {
	l := newLibrary(t)
	id, version := mustSave(t, l, "", About{Name: "old", Tags: []string{"t"}}, content("a", "b"))
	db, err := l.writing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"DROP INDEX versions_tests", "ALTER TABLE versions DROP COLUMN tests", "ALTER TABLE versions DROP COLUMN inputs", "PRAGMA user_version = 1",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := l.Open(t.Context(), id, "")
	if want := content("a", "b"); err != nil || got.Version.ID != version || !got.Version.Content.equal(&want) || got.Name != "old" {
		t.Fatalf("%+v, %v", got, err)
	}
	next := content("a", "b")
	next.Tests, next.Inputs = ptr("x"), InputLines
	if saved, changed, err := l.SaveVersion(t.Context(), id, version, "", next); err != nil || !changed || saved == version {
		t.Fatal(saved, changed, err)
	}
}

// Who has not heard whether something was saved asks again, and it is saved once, whatever came in between.
func TestSavedOnce(t *testing.T) {
	l := newLibrary(t)
	id, first, second := rand.Text(), rand.Text(), rand.Text()
	about, one, two := About{Name: "n", Tags: []string{"t"}}, content("a", "1"), content("a", "2")
	for range 2 {
		if saved, changed, err := l.SaveNew(t.Context(), id, first, about, one); err != nil || !changed || saved != first {
			t.Fatal(saved, changed, err)
		}
	}
	for range 2 {
		if saved, changed, err := l.SaveVersion(t.Context(), id, first, second, two); err != nil || !changed || saved != second {
			t.Fatal(saved, changed, err)
		}
	}
	third, _, err := l.SaveVersion(t.Context(), id, second, "", content("b", ""))
	if err != nil {
		t.Fatal(err)
	}
	if saved, changed, err := l.SaveVersion(t.Context(), id, first, second, two); err != nil || !changed || saved != second {
		t.Fatal(saved, changed, err)
	}
	// A new entry that was asked for again, after it was edited, is the same entry.
	fourth := rand.Text()
	if saved, changed, err := l.SaveNew(t.Context(), id, fourth, About{Name: "m"}, content("c", "")); err != nil || !changed || saved != fourth {
		t.Fatal(saved, changed, err)
	}
	if named, versions, err := l.Versions(t.Context(), id); err != nil || named.Name != "m" || len(versions) != 4 || versions[1].ID != third {
		t.Fatalf("%+v, %+v, %v", named, versions, err)
	}
	if list, err := l.Find(t.Context(), Filter{}); err != nil || list.All != 1 {
		t.Fatalf("%+v, %v", list, err)
	}

	fifth := rand.Text()
	for range 2 {
		if restored, err := l.Restore(t.Context(), id, first, fifth); err != nil || restored != fifth {
			t.Fatal(restored, err)
		}
	}
	if _, versions, err := l.Versions(t.Context(), id); err != nil || len(versions) != 5 || versions[0].ID != fifth {
		t.Fatalf("%+v, %v", versions, err)
	}

	// Another content is no second time, nor is another entry's version.
	other, taken := mustSave(t, l, "", About{Name: "other"}, one)
	for _, test := range []struct {
		id, version string
		content     Content
	}{{id, second, one}, {id, taken, two}, {id, "short", two}, {id, strings.Repeat("x", 65), two}, {id, "blanks between them", two}} {
		var invalid *InvalidError
		if _, _, err := l.SaveVersion(t.Context(), test.id, "", test.version, test.content); !errors.As(err, &invalid) || invalid.Field != "id" {
			t.Errorf("%s: %v", test.version, err)
		}
	}
	for _, ids := range [][2]string{{"short", rand.Text()}, {rand.Text(), "short"}, {rand.Text(), taken}, {other, first}} {
		var invalid *InvalidError
		if _, _, err := l.SaveNew(t.Context(), ids[0], ids[1], about, two); !errors.As(err, &invalid) || invalid.Field != "id" {
			t.Errorf("%q: %v", ids, err)
		}
	}
}

// Of two who have opened the same version, the second one to save is told, and decides; neither is lost.
func TestTwoWhoSaveTheSameEntry(t *testing.T) {
	l := newLibrary(t)
	id, base := mustSave(t, l, "", About{Name: "n", Tags: []string{"a"}}, content("a", ""))
	one, changed, err := l.SaveVersion(t.Context(), id, base, "", content("one", ""))
	if err != nil || !changed {
		t.Fatal(err)
	}
	_, _, err = l.SaveVersion(t.Context(), id, base, "", content("two", ""))
	var conflict *ConflictError
	if !errors.As(err, &conflict) || conflict.Latest != one || conflict.Saved.IsZero() {
		t.Fatalf("%+v, %v", conflict, err)
	}
	if got, err := l.Open(t.Context(), id, ""); err != nil || got.Version.ID != one || got.Versions != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	// The same content is no conflict.
	if same, changed, err := l.SaveVersion(t.Context(), id, base, "", content("one", "")); err != nil || changed || same != one {
		t.Fatal(same, changed, err)
	}
	two, _, err := l.SaveVersion(t.Context(), id, conflict.Latest, "", content("two", ""))
	if err != nil {
		t.Fatal(err)
	}
	if _, versions, err := l.Versions(t.Context(), id); err != nil || len(versions) != 3 || versions[0].ID != two || versions[1].ID != one {
		t.Fatalf("%+v, %v", versions, err)
	}
	if _, changed, err := l.SaveVersion(t.Context(), id, "", "", content("three", "")); err != nil || !changed {
		t.Fatal(err)
	}
	if _, _, err := l.SaveVersion(t.Context(), "gone", "", "", content("", "")); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}

	was := About{Name: "n", Tags: []string{"a"}}
	if err := l.Mark(t.Context(), id, true); err != nil { // which is no other name
		t.Fatal(err)
	}
	if err := l.Describe(t.Context(), id, &was, About{Name: "one"}); err != nil {
		t.Fatal(err)
	}
	var renamed *RenamedError
	if err := l.Describe(t.Context(), id, &was, About{Name: "two"}); !errors.As(err, &renamed) || renamed.Now.Name != "one" {
		t.Fatalf("%+v, %v", renamed, err)
	}
	if err := l.Describe(t.Context(), id, &was, About{Name: "one"}); err != nil { // what it is called
		t.Fatal(err)
	}
	if err := l.Describe(t.Context(), id, &renamed.Now, About{Name: "two"}); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Open(t.Context(), id, ""); err != nil || got.Name != "two" || !got.Favourite || string(got.Version.Pattern) != "three" {
		t.Fatalf("%+v, %v", got, err)
	}
}
