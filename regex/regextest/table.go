package regextest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// A table is one table of a document that is being read. Keys are taken out of it, so that those which are left are
// unknown.
type table struct {
	r     *reader
	path  string
	keys  map[string]any
	what  string
	known []string // what has been asked for
}

// has reports whether there is a key.
func (t *table) has(key string) bool {
	_, ok := t.keys[key]
	return ok
}

// take takes a key out.
func (t *table) take(key string) (value any, ok bool) {
	if !slices.Contains(t.known, key) {
		t.known = append(t.known, key)
	}
	value, ok = t.keys[key]
	delete(t.keys, key)
	return value, ok
}

// wrong says that a value is not of the kind that it has to be.
func (t *table) wrong(key, kind string) {
	t.r.problem(join(t.path, key), fmt.Sprintf("%s has to be %s", key, kind), "")
}

func (t *table) text(key string) string {
	if s := t.optionalText(key); s != nil {
		return *s
	}
	return ""
}

func (t *table) optionalText(key string) *string {
	value, ok := t.take(key)
	if !ok {
		return nil
	}
	s, ok := value.(string)
	if !ok {
		t.wrong(key, "a string, such as '...'")
	}
	return &s
}

func (t *table) boolean(key string) *bool {
	value, ok := t.take(key)
	if !ok {
		return nil
	}
	b, ok := value.(bool)
	if !ok {
		t.wrong(key, "true or false")
		return nil
	}
	return &b
}

// number takes a number above 0.
func (t *table) number(key string, whole bool) (n float64, ok bool) {
	value, ok := t.take(key)
	if !ok {
		return 0, false
	}
	kind := "a number above 0"
	if whole {
		kind = "a whole number above 0"
	}
	switch v := value.(type) {
	case int64:
		n = float64(v)
	case float64:
		n = v
		if whole {
			n = 0
		}
	}
	if !(n > 0) || math.IsInf(n, 1) {
		t.wrong(key, kind)
		return 0, false
	}
	return n, true
}

func (t *table) budget() (b Budget) {
	if steps, ok := t.number("steps", true); ok {
		b.Steps = int64(steps)
	}
	b.MSPerMB, _ = t.number("ms_per_mb", false)
	return b
}

// span takes two offsets.
func (t *table) span(key string) *[2]int {
	value, ok := t.take(key)
	if !ok {
		return nil
	}
	span, ok := spanOf(value)
	if !ok {
		t.wrong(key, "two offsets in bytes, [start, end]")
		return nil
	}
	return span
}

func spanOf(value any) (*[2]int, bool) {
	list, ok := value.([]any)
	if !ok || len(list) != 2 {
		return nil, false
	}
	start, okStart := list[0].(int64)
	end, okEnd := list[1].(int64)
	if !okStart || !okEnd || start < 0 || end < start || end > MaxText {
		return nil, false
	}
	return &[2]int{int(start), int(end)}, true
}

// group takes what is said of a group.
func (t *table) group(key string) ExpectedGroup {
	g := ExpectedGroup{Key: key}
	value, _ := t.take(key)
	if s, ok := value.(string); ok {
		g.Text = &s
		return g
	}
	if list, ok := value.([]any); ok && len(list) == 0 {
		g.None = true
		return g
	}
	span, ok := spanOf(value)
	if !ok {
		t.wrong(key, "[start, end] in bytes, the text of the group, or [] for a group that takes no part")
	}
	g.Span = span
	return g
}

// table takes a table.
func (t *table) table(key string) (*table, bool) {
	value, ok := t.take(key)
	if !ok {
		return nil, false
	}
	keys, ok := value.(map[string]any)
	if !ok {
		t.wrong(key, "a table, such as { ... }")
		return nil, false
	}
	return &table{r: t.r, path: join(t.path, key), keys: keys, what: key}, true
}

// tables takes a list of tables.
func (t *table) tables(key string) (all []*table) {
	value, ok := t.take(key)
	if !ok {
		return nil
	}
	list, ok := value.([]any)
	if !ok {
		t.wrong(key, fmt.Sprintf("a list of tables: [[%s]]", key))
		return nil
	}
	for i, element := range list {
		path := join(t.path, key) + index(i)
		keys, ok := element.(map[string]any)
		if !ok {
			t.r.problem(path, fmt.Sprintf("each of %s has to be a table, such as { ... }", key), "")
			continue
		}
		all = append(all, &table{r: t.r, path: path, keys: keys, what: key})
	}
	return all
}

func (t *table) names() []string { return slices.Sorted(maps.Keys(t.keys)) }

// done says which keys nobody knows.
func (t *table) done() {
	for _, key := range t.names() {
		hint := "there are: " + strings.Join(t.known, ", ")
		if near := nearest(key, t.known); near != "" {
			hint = fmt.Sprintf("did you mean %s?", near)
		}
		t.r.problem(join(t.path, key), fmt.Sprintf("%s has no key %q", t.what, key), hint)
	}
}

// nearest returns what somebody may have meant: a name that becomes the key when one letter is left out, put in,
// changed, or written in the other case; or "".
func nearest(key string, names []string) string {
	for _, name := range names {
		if strings.EqualFold(name, key) || oneApart(name, key) {
			return name
		}
	}
	return ""
}

func oneApart(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	same := 0
	for same < len(b) && a[same] == b[same] {
		same++
	}
	switch len(a) - len(b) {
	case 0:
		return same < len(a) && a[same+1:] == b[same+1:] || same+1 < len(a) && a[same] == b[same+1] && a[same+1] == b[same] && a[same+2:] == b[same+2:]
	case 1:
		return a[same+1:] == b[same:]
	}
	return false
}
