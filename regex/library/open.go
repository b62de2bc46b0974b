package library

import (
	"context"
	"database/sql"
	"time"
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Open returns an entry with the version of this id, or with its latest one for "".
func (l *Library) Open(ctx context.Context, id, version string) (Entry, error) {
	db, err := l.reading(ctx)
	if err != nil {
		return Entry{}, err
	}
	if db == nil {
		return Entry{}, ErrNotFound
	}
	entry, err := readEntry(ctx, db, id, version)
	if err != nil {
		return Entry{}, l.named(err)
	}
	return entry, nil
}

// Saved is a version in a list.
type Saved struct {
	ID        string
	Saved     time.Time
	TextBytes int
}

// Versions lists an entry's versions, the latest first, and says what it is called now.
func (l *Library) Versions(ctx context.Context, id string) (About, []Saved, error) {
	db, err := l.reading(ctx)
	if err != nil {
		return About{}, nil, err
	}
	if db == nil {
		return About{}, nil, ErrNotFound
	}
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return About{}, nil, l.failed(err)
	}
	defer func() { _ = tx.Rollback() }() // it has read only
	_, about, err := readAbout(ctx, tx, id)
	if err != nil {
		return About{}, nil, l.named(err)
	}
	all, err := savedVersions(ctx, tx, id)
	if err != nil {
		return About{}, nil, l.failed(err)
	}
	return about, all, nil
}

// readAbout returns an entry's row and what it is called.
func readAbout(ctx context.Context, q querier, id string) (row int64, about About, err error) {
	var tags sql.NullString
	err = q.QueryRowContext(ctx, "SELECT row, name, description, favourite, "+joinTags+" FROM entries e WHERE id = ?", id).
		Scan(&row, &about.Name, &about.Description, &about.Favourite, &tags)
	about.Tags = split(tags)
	return row, about, found(err)
}

func savedVersions(ctx context.Context, q querier, id string) ([]Saved, error) {
	rows, err := q.QueryContext(ctx, `SELECT v.id, v.saved, v.bytes FROM entries e JOIN versions v ON v.entry = e.row
		WHERE e.id = ? ORDER BY v.saved DESC, v.row DESC`, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err has said what there is to say
	var all []Saved
	for rows.Next() {
		var s Saved
		var saved int64
		if err := rows.Scan(&s.ID, &saved, &s.TextBytes); err != nil {
			return nil, err
		}
		s.Saved = time.UnixMilli(saved)
		all = append(all, s)
	}
	return all, rows.Err()
}

const selectVersion = `SELECT v.id, v.saved, v.flavor, v.flags, v.engine, v.pattern, 
	v.replacement IS NOT NULL, v.replacement, v.list IS NOT NULL, v.list, t.data, v.inputs, s.data IS NOT NULL, s.data
	FROM versions v JOIN texts t ON t.row = v.text LEFT JOIN texts s ON s.row = v.tests`

func readEntry(ctx context.Context, q querier, id, version string) (Entry, error) {
	e := Entry{ID: id}
	var row, created, changed, current int64
	var tags sql.NullString
	if err := q.QueryRowContext(ctx, `SELECT row, name, description, favourite, created, changed, current,
		(SELECT id FROM versions WHERE row = e.current),
		`+countVersions+`, `+joinTags+`
		FROM entries e WHERE id = ?`, id).
		Scan(&row, &e.Name, &e.Description, &e.Favourite, &created, &changed, &current, &e.Latest, &e.Versions, &tags); err != nil {
		return Entry{}, found(err)
	}
	e.Created, e.Changed, e.Tags = time.UnixMilli(created), time.UnixMilli(changed), split(tags)
	var err error
	if version == "" {
		e.Version, err = readVersion(q.QueryRowContext(ctx, selectVersion+" WHERE v.row = ?", current))
	} else {
		e.Version, err = readVersion(q.QueryRowContext(ctx, selectVersion+" WHERE v.entry = ? AND v.id = ?", row, version))
	}
	return e, err
}

func readVersion(row interface{ Scan(...any) error }) (Version, error) {
	var v Version
	var saved int64
	var pattern, replacement, list, tests []byte
	var replaces, lists, tested bool // the driver makes nil of an empty text
	if err := row.Scan(&v.ID, &saved, &v.Flavor, &v.Flags, &v.Engine, &pattern, &replaces, &replacement, &lists, &list,
		&v.Text, &v.Inputs, &tested, &tests); err != nil {
		return Version{}, found(err)
	}
	v.Saved, v.Pattern = time.UnixMilli(saved), string(pattern)
	v.Replacement, v.List, v.Tests = present(replacement, replaces), present(list, lists), present(tests, tested)
	return v, nil
}

// present is a text that may be absent.
func present(data []byte, there bool) *string {
	if !there {
		return nil
	}
	text := string(data)
	return &text
}

// column returns the values of a query's only column.
func column[T any](ctx context.Context, q querier, query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err has said what there is to say
	var all []T
	for rows.Next() {
		var value T
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		all = append(all, value)
	}
	return all, rows.Err()
}
