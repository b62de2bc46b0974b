package library

import (
	"context"
	"database/sql"
	"fmt"
)

// applicationID marks the file as ours, in SQLite's header: "rxdb".
const applicationID = 0x72786462

// schemas are the steps from an empty file to the present form. A file says in user_version how many of them it has
// had. A step is never changed once it has been released; a change is a new one.
var schemas = []string{`
CREATE TABLE entries (
	row         INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	name        TEXT NOT NULL,
	description TEXT NOT NULL,
	favourite   INTEGER NOT NULL,
	created     INTEGER NOT NULL, -- milliseconds since 1970, as all times
	changed     INTEGER NOT NULL,
	current     INTEGER NOT NULL  -- its latest version's row
);
CREATE INDEX entries_changed ON entries (favourite DESC, changed DESC, row DESC);

CREATE TABLE tags (
	entry INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE,
	tag   TEXT NOT NULL,
	PRIMARY KEY (entry, tag)
) WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag, entry);

-- A text is kept once, however many versions have it.
CREATE TABLE texts (
	row  INTEGER PRIMARY KEY,
	hash BLOB NOT NULL UNIQUE, -- SHA-256
	data BLOB NOT NULL
);

CREATE TABLE versions (
	row         INTEGER PRIMARY KEY,
	id          TEXT NOT NULL UNIQUE,
	entry       INTEGER NOT NULL REFERENCES entries ON DELETE CASCADE,
	saved       INTEGER NOT NULL,
	flavor      TEXT NOT NULL,
	flags       TEXT NOT NULL,
	engine      TEXT NOT NULL,
	pattern     BLOB NOT NULL,
	replacement BLOB, -- NULL for none
	list        BLOB,
	text        INTEGER NOT NULL REFERENCES texts,
	bytes       INTEGER NOT NULL -- of the text
);
CREATE INDEX versions_entry ON versions (entry, saved, row);
CREATE INDEX versions_text ON versions (text);

-- Parts of words are found too, from three letters on, also in patterns.
CREATE VIRTUAL TABLE words USING fts5 (name, tags, description, pattern, text, tokenize = 'trigram');
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
`, `
ALTER TABLE versions ADD COLUMN inputs TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN tests INTEGER REFERENCES texts; -- NULL where nothing is known of them
CREATE INDEX versions_tests ON versions (tests);
`}

// migrate brings a file to the present form, and refuses one that is not ours.
func migrate(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	var version, id, tables int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	switch {
	case id != applicationID && (id != 0 || tables > 0):
		return fmt.Errorf("it is a database of another program")
	case version > len(schemas):
		return ErrNewer
	case version == len(schemas):
		return nil
	}
	for _, schema := range schemas[version:] {
		if _, err := tx.ExecContext(ctx, schema); err != nil {
			return err
		}
	}
	// PRAGMA takes no parameters.
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", len(schemas), applicationID)); err != nil {
		return err
	}
	return tx.Commit()
}
