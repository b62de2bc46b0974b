package flavor

import (
	"slices"
	"strings"
	"testing"
)

// Everything that the reference shows has to be there, and to be about something.
func TestRowsComplete(t *testing.T) {
	ids, features, titles := map[string]bool{}, map[Feature]bool{}, map[string]bool{}
	for row := range Features() {
		if ids[row.ID] || features[row.Feature] || titles[row.Title] {
			t.Errorf("%s: its ID, feature or title is in the table twice", row.ID)
		}
		ids[row.ID], features[row.Feature], titles[row.Title] = true, true, true
		if strings.Trim(row.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || row.ID == "" {
			t.Errorf("%q is no ID: lower-case words with hyphens", row.ID)
		}
		if row.Feature.Row() != row {
			t.Errorf("%s: its feature finds %s", row.ID, row.Feature.Row().ID)
		}
		if row.In == 0 || row.In&^Everywhere != 0 {
			t.Errorf("%s: in the flavors %b", row.ID, row.In)
		}
		if row.Title == "" || row.Syntax == "" || !slices.Contains(Categories(), row.Category) {
			t.Errorf("%s: no title, syntax or category", row.ID)
		}
		sentences(t, row.ID, row.Meaning)
		for name, note := range row.Notes {
			known(t, row, name)
			sentences(t, row.ID+" in "+name, note)
		}
		for name := range row.Examples {
			if f := known(t, row, name); f != nil && row.In&f.Set == 0 {
				t.Errorf("%s: an example for %s, which does not have it", row.ID, name)
			}
		}
		for _, f := range All() {
			if row.In&f.Set == 0 {
				continue
			}
			example := row.Example(f)
			if example.Pattern == "" || example.Text == "" {
				t.Errorf("%s: no example for %s", row.ID, f.Name)
			}
			if flags, err := f.CheckFlags(example.Flags); err != nil || flags != example.Flags {
				t.Errorf("%s: the flags %q of its example for %s: %q, %v", row.ID, example.Flags, f.Name, flags, err)
			}
		}
	}
	if len(ids) != int(featureCount) {
		t.Errorf("%d rows for %d features", len(ids), featureCount)
	}
}

// TestCategoriesTogether keeps the headings of the reference from being shown twice.
func TestCategoriesTogether(t *testing.T) {
	var seen []Category
	for row := range Features() {
		if len(seen) == 0 || seen[len(seen)-1] != row.Category {
			if slices.Contains(seen, row.Category) {
				t.Errorf("%s: the rows of %q are not together", row.ID, row.Category)
			}
			seen = append(seen, row.Category)
		}
	}
	if !slices.Equal(seen, Categories()) {
		t.Errorf("the rows are in the order %q", seen)
	}
}

func known(t *testing.T, row *Row, name string) *Flavor {
	f, err := Lookup(name)
	if err != nil || f.Name != name {
		t.Errorf("%s: there is no flavor %q", row.ID, name)
		return nil
	}
	return f
}

func sentences(t *testing.T, where, text string) {
	if !strings.HasSuffix(text, ".") || strings.TrimSpace(text) != text || strings.Contains(text, "  ") {
		t.Errorf("%s: no sentences: %q", where, text)
	}
}
