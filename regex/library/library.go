// Package library keeps patterns with their texts in a file of SQLite: entries with a name, a description and tags, of
// which every save is a version that can be looked at, compared and restored.
//
// The file is opened by the first call that needs it, and made by the first save: who saves nothing has nothing on
// disk. What a call has acknowledged survives the end of the process and of the machine (a write-ahead log, synced at
// each commit). What is deleted is overwritten, in the file and in its log.
//
// A [Library] may be used by any number of goroutines, and its file by several processes at a time: a writer waits for
// another one for up to [BusyTimeout].
package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"modernc.org/sqlite" // and the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Memory as a path is a library that is gone when it is closed.
const Memory = ":memory:"

// BusyTimeout is how long a call waits for another process that writes. One write takes milliseconds, the import of
// a large library some seconds.
const BusyTimeout = 5 * time.Second

var (
	// ErrNotFound says that there is no entry, or no version, of this id (any more).
	ErrNotFound = errors.New("it is not in the library any more")
	// ErrNewer says that a later version of this program has written the file.
	ErrNewer = errors.New("a newer version of regexdbg has written it")
)

// ConflictError says that an entry has got another version since the one that was to be followed.
type ConflictError struct {
	Latest string // the id of the version that was saved last
	Saved  time.Time
}

func (e *ConflictError) Error() string {
	return "another version was saved in the meantime, at " + e.Saved.Format(time.TimeOnly)
}

// RenamedError says that an entry is not called any more what it was.
type RenamedError struct{ Now About }

func (e *RenamedError) Error() string {
	return fmt.Sprintf("it was described anew in the meantime, as %q", e.Now.Name)
}

// Library is a file of entries. Make one with [At].
type Library struct {
	path string
	now  func() time.Time

	mu sync.Mutex // of db
	db *sql.DB    // nil before the file is needed
}

// At returns the library in the file at path, which need not exist, or in [Memory]. It touches nothing.
func At(path string) *Library { return &Library{path: path, now: time.Now} }

// DefaultPath returns where a user's library is: library.db in the folder regexdbg of the user's data directory, which
// is $XDG_DATA_HOME or ~/.local/share, on macOS and Windows that of os.UserConfigDir.
func DefaultPath() (string, error) {
	dir, err := dataDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "regexdbg", "library.db"), nil
}

// Path returns the path that the library was given.
func (l *Library) Path() string { return l.path }

// Close closes the file. A later call opens it again.
func (l *Library) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db == nil {
		return nil
	}
	err := l.db.Close()
	l.db = nil
	return err
}

// reading returns the database, or nil when there is none yet.
func (l *Library) reading(ctx context.Context) (*sql.DB, error) {
	l.mu.Lock()
	opened := l.db != nil || l.path == Memory
	l.mu.Unlock()
	if !opened {
		if _, err := os.Stat(l.path); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	return l.writing(ctx)
}

// writing returns the database, which it makes if need be.
func (l *Library) writing(ctx context.Context) (*sql.DB, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db != nil {
		return l.db, nil
	}
	if l.path != Memory {
		// What is in a library is its user's alone.
		if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
			return nil, l.failed(err)
		}
		file, err := os.OpenFile(l.path, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, l.failed(err)
		}
		if err := file.Close(); err != nil {
			return nil, l.failed(err)
		}
	}
	db, err := sql.Open("sqlite", l.source())
	if err != nil {
		return nil, l.failed(err)
	}
	if l.path == Memory {
		db.SetMaxOpenConns(1) // each connection would have a memory of its own
	}
	if err := migratePatiently(ctx, db); err != nil {
		_ = db.Close()
		return nil, l.failed(err)
	}
	l.db = db
	return db, nil
}

// migratePatiently is migrate, again and again for up to BusyTimeout while SQLite says that the file is busy. Where two
// processes make a file at once, both switch it to a write-ahead log, for which SQLite has neither wait, since they could
// wait for each other.
func migratePatiently(ctx context.Context, db *sql.DB) error {
	deadline := time.Now().Add(BusyTimeout)
	for {
		err := migrate(ctx, db)
		var problem *sqlite.Error
		if !errors.As(err, &problem) || problem.Code()&0xff != sqlite3.SQLITE_BUSY || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// source is the driver's name of the file. Transactions take the lock of a writer when they begin: one that reads
// first and writes later would fail, and not wait, when another process was faster.
func (l *Library) source() string {
	query := url.Values{"_txlock": {"immediate"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", BusyTimeout.Milliseconds()),
		"journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "secure_delete(on)",
	}}
	path := l.path
	if path != Memory {
		path = (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	}
	return "file:" + path + "?" + query.Encode()
}

// failed says which file it is that fails.
func (l *Library) failed(err error) error {
	return fmt.Errorf("the library %s: %w", l.path, err)
}

// write runs fn in a transaction, all of which is on disk when write returns nil, or nothing.
func (l *Library) write(ctx context.Context, fn func(*sql.Tx) error) error {
	db, err := l.writing(ctx)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return l.failed(err)
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback() // err says what is wrong
		return l.named(err)
	}
	if err := tx.Commit(); err != nil {
		return l.failed(err)
	}
	return nil
}

// named adds the file's name to what SQLite says, and to nothing else.
func (l *Library) named(err error) error {
	var invalid *InvalidError
	var damaged *ArchiveError
	var conflict *ConflictError
	var renamed *RenamedError
	if errors.Is(err, ErrNotFound) || errors.As(err, &invalid) || errors.As(err, &damaged) || errors.As(err, &conflict) || errors.As(err, &renamed) {
		return err
	}
	return l.failed(err)
}
