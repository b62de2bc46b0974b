package library

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// PageSize is how many entries [Library.Find] returns at most: some screens full.
const PageSize = 100

// shownPattern is how much of a pattern is in a row of a list, in bytes.
const shownPattern = 300

// Filter says which entries are wanted. The zero value is all.
type Filter struct {
	// Words are parts of words, separated by spaces, all of which are in the entry: in its name, its tags, its
	// description, its latest pattern or the first 16 KiB of its latest text. Case does not matter. A word of fewer than
	// three characters is not looked for in texts.
	Words     string
	Tag       string // "" for any
	Favourite bool   // only those
	Skip      int    // of the entries, in their order
}

// Row is an entry in a list.
type Row struct {
	ID string
	About
	Changed       time.Time
	Versions      int
	Flavor, Flags string
	Pattern       string // its first 300 bytes
	Cut           bool   // whether it is longer
	TextBytes     int
}

// Tag is one that entries have.
type Tag struct {
	Name    string
	Entries int
}

// List is a page of entries: first the favourites, of each the most recently changed first; with words, the best hits
// first.
type List struct {
	Rows  []Row
	Total int // entries that the filter lets through
	All   int // entries in the library
	Tags  []Tag
}

// Find lists entries. It is empty when there is no file yet.
func (l *Library) Find(ctx context.Context, filter Filter) (List, error) {
	db, err := l.reading(ctx)
	if err != nil || db == nil {
		return List{}, err
	}
	// One transaction, so that counts and rows are about the same state.
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return List{}, l.failed(err)
	}
	defer func() { _ = tx.Rollback() }() // it has read only
	list, err := find(ctx, tx, filter)
	if err != nil {
		return List{}, l.failed(err)
	}
	return list, nil
}

func find(ctx context.Context, tx *sql.Tx, filter Filter) (List, error) {
	var list List
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM entries").Scan(&list.All); err != nil {
		return List{}, err
	}
	from, args := filter.condition()
	order := "e.favourite DESC, e.changed DESC, e.row DESC"
	if strings.Contains(from, "words MATCH") {
		// A hit in the name is worth most, one in the text least.
		order = "bm25(words, 10, 6, 4, 4, 1), " + order
	}
	// All rows: counting them in a query of its own takes longer where it is a search (BenchmarkTenThousand).
	chosen, err := column[int64](ctx, tx, "SELECT e.row FROM "+from+" ORDER BY "+order, args...)
	if err != nil {
		return List{}, err
	}
	list.Total = len(chosen)
	chosen = chosen[min(max(filter.Skip, 0), len(chosen)):]
	chosen = chosen[:min(PageSize, len(chosen))]
	read, err := tx.PrepareContext(ctx, `SELECT e.id, e.name, e.description, e.favourite, e.changed, `+countVersions+`, `+joinTags+`,
		v.flavor, v.flags, substr(v.pattern, 1, ?), length(v.pattern), v.bytes
		FROM entries e JOIN versions v ON v.row = e.current WHERE e.row = ?`)
	if err != nil {
		return List{}, err
	}
	defer func() { _ = read.Close() }() // the transaction ends anyway
	for _, row := range chosen {
		var r Row
		var changed int64
		var pattern []byte
		var length int
		var tags sql.NullString
		if err := read.QueryRowContext(ctx, shownPattern, row).Scan(&r.ID, &r.Name, &r.Description, &r.Favourite, &changed, &r.Versions, &tags,
			&r.Flavor, &r.Flags, &pattern, &length, &r.TextBytes); err != nil {
			return List{}, err
		}
		r.Changed = time.UnixMilli(changed)
		r.Cut = length > len(pattern)
		r.Pattern = string(wholeRunes(pattern, r.Cut))
		r.Tags = split(tags)
		list.Rows = append(list.Rows, r)
	}
	list.Tags, err = readTags(ctx, tx)
	return list, err
}

// Columns of an entry e.
const (
	countVersions = "(SELECT count(*) FROM versions WHERE entry = e.row)"
	joinTags      = "(SELECT group_concat(tag) FROM (SELECT tag FROM tags WHERE entry = e.row ORDER BY tag))"
)

// condition is what follows FROM for the entries that the filter lets through, with its arguments.
func (f Filter) condition() (string, []any) {
	from, where := "entries e", []string{}
	var args []any
	var terms []string
	for _, word := range strings.Fields(strings.ReplaceAll(f.Words, "\x00", " ")) {
		if utf8.RuneCountInString(word) >= 3 {
			terms = append(terms, `"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
			continue
		}
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(word) + "%"
		where = append(where, `(e.name LIKE ? ESCAPE '\' OR e.description LIKE ? ESCAPE '\'
			OR EXISTS (SELECT 1 FROM versions WHERE row = e.current AND CAST(pattern AS TEXT) LIKE ? ESCAPE '\')
			OR EXISTS (SELECT 1 FROM tags WHERE entry = e.row AND tag LIKE ? ESCAPE '\'))`)
		args = append(args, like, like, like, like)
	}
	if len(terms) > 0 {
		// CROSS keeps SQLite from asking the index of words once for each entry.
		from = "words CROSS JOIN entries e ON e.row = words.rowid"
		where = append(where, "words MATCH ?")
		args = append(args, strings.Join(terms, " AND "))
	}
	if f.Favourite {
		where = append(where, "e.favourite")
	}
	if f.Tag != "" {
		where = append(where, "EXISTS (SELECT 1 FROM tags WHERE entry = e.row AND tag = ?)")
		args = append(args, f.Tag)
	}
	if len(where) > 0 {
		from += " WHERE " + strings.Join(where, " AND ")
	}
	return from, args
}

func readTags(ctx context.Context, tx *sql.Tx) ([]Tag, error) {
	rows, err := tx.QueryContext(ctx, "SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 100")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err has said what there is to say
	var tags []Tag
	for rows.Next() {
		var tag Tag
		if err := rows.Scan(&tag.Name, &tag.Entries); err != nil {
			return nil, fmt.Errorf("tags: %w", err)
		}
		tags = append(tags, tag)
	}
	return tags, rows.Err()
}

// split parts a list of tags, which have no comma.
func split(tags sql.NullString) []string {
	if tags.String == "" {
		return nil
	}
	return strings.Split(tags.String, ",")
}

// wholeRunes cuts off the beginning of a rune that was cut.
func wholeRunes(b []byte, cut bool) []byte {
	if !cut {
		return b
	}
	for i := 1; i <= min(utf8.UTFMax, len(b)); i++ {
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}
