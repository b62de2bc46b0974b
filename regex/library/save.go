package library

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"strings"
	"time"
)

// Save writes an entry and returns its id and that of its version. With id "" it is a new entry, otherwise the entry of
// that id gets this name and, if its latest version is another one, a new version. changed tells whether anything was
// written.
//
// Errors: *[InvalidError], [ErrNotFound], or what the disk says.
func (l *Library) Save(ctx context.Context, id string, about About, content Content) (entry, version string, changed bool, err error) {
	about, err = about.tidy()
	if err != nil {
		return "", "", false, err
	}
	if err := content.check(); err != nil {
		return "", "", false, err
	}
	now := l.now()
	err = l.write(ctx, func(tx *sql.Tx) error {
		w := writer{ctx, tx}
		if id == "" {
			entry, version, changed = rand.Text(), rand.Text(), true
			return w.insert(entry, about, []Version{{ID: version, Saved: now, Content: content}}, now, now)
		}
		row, old, err := w.latest(id)
		if err != nil {
			return err
		}
		entry, version = id, old.Version.ID
		if old.Version.Content.equal(&content) {
			if sameAbout(old.About, about) {
				return nil
			}
		} else {
			version = rand.Text()
			if err := w.addVersion(row, Version{ID: version, Saved: after(old, now), Content: content}); err != nil {
				return err
			}
		}
		changed = true
		return w.describe(row, about, now)
	})
	if err != nil {
		return "", "", false, err
	}
	return entry, version, changed, nil
}

// SaveNew is Save of a new entry by a caller who makes the ids, of the entry and of its version, and so may ask again
// when it has not heard whether it was done: with the same ids nothing more is written, and the results are those of the
// first time. Where the entry is there without this version, it was asked for with another one, and is saved to.
//
// Errors: *[InvalidError], or what the disk says.
func (l *Library) SaveNew(ctx context.Context, entry, version string, about About, content Content) (saved string, changed bool, err error) {
	if err := errors.Join(checkID(entry), checkID(version)); err != nil {
		return "", false, err
	}
	if about, err = about.tidy(); err != nil {
		return "", false, err
	}
	if err := content.check(); err != nil {
		return "", false, err
	}
	now := l.now()
	err = l.write(ctx, func(tx *sql.Tx) error {
		w := writer{ctx, tx}
		row, latest, err := w.latest(entry)
		switch {
		case errors.Is(err, ErrNotFound):
			saved, changed = version, true
			return w.insert(entry, about, []Version{{ID: version, Saved: now, Content: content}}, now, now)
		case err != nil:
			return err
		}
		if saved, changed, err = w.add(row, latest, "", version, content, now); err != nil {
			return err
		}
		about.Favourite = latest.Favourite
		if saved != version || sameAbout(about, latest.About) {
			return nil
		}
		return w.describe(row, about, now)
	})
	if err != nil {
		return "", false, err
	}
	return saved, changed, nil
}

// SaveVersion adds a version to an entry, whose name and so on stay, and returns its id; changed is false when the
// latest version is the same in every byte. base is the version that this content was made from: when another one has
// been saved since, nothing is written, and the error is a *[ConflictError]. With base "" it is saved whatever was.
//
// version is the id that the version gets; with "" it is made here. A caller who makes it may ask again when it has not
// heard whether it was done: a version of this id that is there is the answer, whatever has been saved since.
//
// Errors: *[ConflictError], *[InvalidError], [ErrNotFound], or what the disk says.
func (l *Library) SaveVersion(ctx context.Context, id, base, version string, content Content) (saved string, changed bool, err error) {
	if version == "" {
		version = rand.Text()
	}
	if err := checkID(version); err != nil {
		return "", false, err
	}
	if err := content.check(); err != nil {
		return "", false, err
	}
	now := l.now()
	err = l.write(ctx, func(tx *sql.Tx) error {
		w := writer{ctx, tx}
		row, latest, err := w.latest(id)
		if err != nil {
			return err
		}
		saved, changed, err = w.add(row, latest, base, version, content, now)
		return err
	})
	if err != nil {
		return "", false, err
	}
	return saved, changed, nil
}

// add adds a version to an entry as SaveVersion does.
func (w writer) add(row int64, latest Entry, base, id string, content Content, now time.Time) (saved string, changed bool, err error) {
	switch done, err := w.version(row, id); {
	case err == nil && done.Content.equal(&content):
		return id, true, nil
	case err == nil:
		return "", false, invalid("id", "Something else was saved as this version.")
	case !errors.Is(err, ErrNotFound):
		return "", false, err
	}
	saved = latest.Version.ID
	switch {
	case latest.Version.Content.equal(&content):
		return saved, false, nil
	case base != "" && base != saved:
		return "", false, &ConflictError{Latest: saved, Saved: latest.Version.Saved}
	}
	if err := w.addVersion(row, Version{ID: id, Saved: after(latest, now), Content: content}); err != nil {
		return "", false, err
	}
	return id, true, w.describe(row, latest.About, now)
}

// Describe changes what an entry is called, and no version of it. Its mark as a favourite stays. When it is not called
// was any more, nothing is written, and the error is a *[RenamedError]; with nil it is described whatever it was called.
func (l *Library) Describe(ctx context.Context, id string, was *About, about About) error {
	about, err := about.tidy()
	if err != nil {
		return err
	}
	return l.write(ctx, func(tx *sql.Tx) error {
		row, now, err := readAbout(ctx, tx, id)
		if err != nil {
			return err
		}
		about.Favourite = now.Favourite
		if was != nil && !sameName(*was, now) && !sameName(about, now) {
			return &RenamedError{Now: now}
		}
		return writer{ctx, tx}.describe(row, about, l.now())
	})
}

// sameName reports whether two entries are called the same, whichever is a favourite.
func sameName(a, b About) bool {
	a.Favourite = b.Favourite
	return sameAbout(a, b)
}

// Mark makes an entry a favourite, or no longer one.
func (l *Library) Mark(ctx context.Context, id string, favourite bool) error {
	return l.write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "UPDATE entries SET favourite = ? WHERE id = ?", favourite, id)
		return one(result, err)
	})
}

// Restore saves the content of one of an entry's versions as its latest version, whose id it returns. It is that of the
// version itself when this is the latest one already. as is the id that the new version gets, as in SaveVersion.
//
// Errors: *[InvalidError], [ErrNotFound], or what the disk says.
func (l *Library) Restore(ctx context.Context, id, version, as string) (string, error) {
	if as == "" {
		as = rand.Text()
	}
	if err := checkID(as); err != nil {
		return "", err
	}
	restored := version
	now := l.now()
	err := l.write(ctx, func(tx *sql.Tx) error {
		w := writer{ctx, tx}
		row, latest, err := w.latest(id)
		if err != nil || latest.Version.ID == version {
			return err
		}
		old, err := w.version(row, version)
		if err != nil {
			return err
		}
		restored, _, err = w.add(row, latest, "", as, old.Content, now)
		return err
	})
	return restored, err
}

// Delete removes an entry and all its versions for good: their bytes are overwritten, in the file and in its log. What
// a backup or a file system's snapshot has is not reached.
func (l *Library) Delete(ctx context.Context, id string) error {
	err := l.write(ctx, func(tx *sql.Tx) error {
		w := writer{ctx, tx}
		row, err := w.row(id)
		if err != nil {
			return err
		}
		for _, statement := range []string{
			"DELETE FROM words WHERE rowid = ?1",
			"DELETE FROM entries WHERE row = ?1",
		} {
			if _, err := tx.ExecContext(ctx, statement, row); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM texts WHERE NOT EXISTS (SELECT 1 FROM versions WHERE text = texts.row)
			AND NOT EXISTS (SELECT 1 FROM versions WHERE tests = texts.row)`)
		return err
	})
	if err != nil || l.path == Memory {
		return err
	}
	db, err := l.writing(ctx)
	if err != nil {
		return err
	}
	// The log still has the pages as they were. Another process that reads may keep it for now; its own end, or the next
	// deletion, empties it.
	if _, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(truncate)"); err != nil {
		return l.failed(err)
	}
	return nil
}

// writer writes within a transaction.
type writer struct {
	ctx context.Context
	tx  *sql.Tx
}

// row is that of an entry.
func (w writer) row(id string) (int64, error) {
	var row int64
	err := w.tx.QueryRowContext(w.ctx, "SELECT row FROM entries WHERE id = ?", id).Scan(&row)
	return row, found(err)
}

// latest returns an entry with its latest version.
func (w writer) latest(id string) (int64, Entry, error) {
	row, err := w.row(id)
	if err != nil {
		return 0, Entry{}, err
	}
	entry, err := readEntry(w.ctx, w.tx, id, "")
	return row, entry, err
}

func (w writer) version(entry int64, id string) (Version, error) {
	return readVersion(w.tx.QueryRowContext(w.ctx, selectVersion+" WHERE v.entry = ? AND v.id = ?", entry, id))
}

// insert writes a new entry. The last of its versions is the latest.
func (w writer) insert(id string, about About, versions []Version, created, changed time.Time) error {
	result, err := w.tx.ExecContext(w.ctx,
		"INSERT INTO entries (id, name, description, favourite, created, changed, current) VALUES (?, '', '', 0, ?, 0, 0)",
		id, created.UnixMilli())
	if err != nil {
		return err
	}
	row, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for _, v := range versions {
		if err := w.addVersion(row, v); err != nil {
			return err
		}
	}
	return w.describe(row, about, changed)
}

// addVersion writes a version.
func (w writer) addVersion(entry int64, v Version) error {
	var taken bool
	if err := w.tx.QueryRowContext(w.ctx, "SELECT EXISTS (SELECT 1 FROM versions WHERE id = ?)", v.ID).Scan(&taken); err != nil {
		return err
	} else if taken {
		return invalid("id", "The version %.40q is there already.", v.ID)
	}
	text, err := w.text(v.Text)
	if err != nil {
		return err
	}
	var tests any // NULL
	if v.Tests != nil {
		if tests, err = w.text([]byte(*v.Tests)); err != nil {
			return err
		}
	}
	_, err = w.tx.ExecContext(w.ctx, `INSERT INTO versions
		(id, entry, saved, flavor, flags, engine, pattern, replacement, list, text, bytes, inputs, tests)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.ID, entry, v.Saved.UnixMilli(), v.Flavor, v.Flags, v.Engine,
		[]byte(v.Pattern), optional(v.Replacement), optional(v.List), text, len(v.Text), v.Inputs, tests)
	return err
}

// text writes a text if no version has it yet, and returns its row.
func (w writer) text(data []byte) (int64, error) {
	hash := sha256.Sum256(data)
	var row int64
	err := w.tx.QueryRowContext(w.ctx, "SELECT row FROM texts WHERE hash = ?", hash[:]).Scan(&row)
	if !errors.Is(err, sql.ErrNoRows) {
		return row, err
	}
	// A nil slice would be NULL.
	result, err := w.tx.ExecContext(w.ctx, "INSERT INTO texts (hash, data) VALUES (?, ?)", hash[:], append([]byte{}, data...))
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// describe writes what an entry is called, makes the version that was saved last the current one, and indexes both.
func (w writer) describe(row int64, about About, changed time.Time) error {
	if _, err := w.tx.ExecContext(w.ctx, `UPDATE entries SET name = ?2, description = ?3, favourite = ?4, changed = ?5,
		current = (SELECT row FROM versions WHERE entry = ?1 ORDER BY saved DESC, row DESC LIMIT 1) WHERE row = ?1`,
		row, about.Name, about.Description, about.Favourite, changed.UnixMilli()); err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM tags WHERE entry = ?", row); err != nil {
		return err
	}
	for _, tag := range about.Tags {
		if _, err := w.tx.ExecContext(w.ctx, "INSERT INTO tags (entry, tag) VALUES (?, ?)", row, tag); err != nil {
			return err
		}
	}
	return w.index(row, about)
}

// indexedText is how much of a text is searched, in bytes: what one remembers of a text is its beginning, and an index
// of letters in threes takes about three times its size.
const indexedText = 16 << 10

func (w writer) index(row int64, about About) error {
	var pattern, text []byte
	err := w.tx.QueryRowContext(w.ctx, `SELECT v.pattern, substr(t.data, 1, ?2) FROM entries e
		JOIN versions v ON v.row = e.current JOIN texts t ON t.row = v.text WHERE e.row = ?1`, row, indexedText).Scan(&pattern, &text)
	if err != nil {
		return err
	}
	if _, err := w.tx.ExecContext(w.ctx, "DELETE FROM words WHERE rowid = ?", row); err != nil {
		return err
	}
	_, err = w.tx.ExecContext(w.ctx, "INSERT INTO words (rowid, name, tags, description, pattern, text) VALUES (?, ?, ?, ?, ?, ?)",
		row, about.Name, strings.Join(about.Tags, ", "), about.Description, searchable(pattern), searchable(text))
	return err
}

// searchable is a text as SQLite takes it: UTF-8, up to the first NUL.
func searchable(data []byte) string {
	return strings.ReplaceAll(strings.ToValidUTF8(string(data), "\uFFFD"), "\x00", "\uFFFD")
}

// after is when a version is saved that has to be the latest one, also where a clock was set back.
func after(latest Entry, now time.Time) time.Time {
	if now.Before(latest.Version.Saved) {
		return latest.Version.Saved
	}
	return now
}

func optional(text *string) any {
	if text == nil {
		return nil
	}
	return []byte(*text)
}

func sameAbout(a, b About) bool {
	return a.Name == b.Name && a.Description == b.Description && a.Favourite == b.Favourite &&
		strings.Join(a.Tags, ",") == strings.Join(b.Tags, ",")
}

// found makes ErrNotFound of what SQLite says of a row that is not there.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// one is the error of a statement that has to change one row.
func one(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return ErrNotFound
	}
	return nil
}
