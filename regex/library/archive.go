package library

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
	"unicode/utf8"
)

// An archive is a library as one text file: JSON values one after the other, each on a line of its own. The first is
// {"format": "regexdbg library", "version": 2}; each further one is an entry with its versions, the oldest first. Texts
// that are not UTF-8 are in base64, under a name that ends in _b64.
//
// Version 1 had neither tests nor inputs. Who reads only that would lose them without a word: so files have another
// version now, and both are read.
const (
	archiveFormat  = "regexdbg library"
	archiveVersion = 2
)

type archiveHead struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
}

type archiveEntry struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Description string            `json:"description,omitempty"`
	Tags        []string          `json:"tags,omitempty"`
	Favourite   bool              `json:"favourite,omitempty"`
	Created     time.Time         `json:"created"`
	Changed     time.Time         `json:"changed"`
	Texts       []archiveText     `json:"texts"` // of the versions and their tests, each once
	Versions    []archivedVersion `json:"versions"`
}

type archiveText struct {
	Text    string `json:"text,omitempty"`
	TextB64 []byte `json:"text_b64,omitempty"`
}

type archivedVersion struct {
	ID             string    `json:"id"`
	Saved          time.Time `json:"saved"`
	Flavor         string    `json:"flavor"`
	Flags          string    `json:"flags,omitempty"`
	Engine         string    `json:"engine,omitempty"`
	Pattern        string    `json:"pattern,omitempty"`
	PatternB64     []byte    `json:"pattern_b64,omitempty"`
	Replacement    *string   `json:"replacement,omitempty"`
	ReplacementB64 []byte    `json:"replacement_b64,omitempty"`
	List           *string   `json:"list,omitempty"`
	ListB64        []byte    `json:"list_b64,omitempty"`
	Text           int       `json:"text"` // its index in texts
	Inputs         string    `json:"inputs,omitempty"`
	Tests          *int      `json:"tests,omitempty"` // its index in texts
}

// ArchiveError says where an archive cannot be read.
type ArchiveError struct {
	Value int // 0 for the head, then the number of the entry
	Err   error
}

func (e *ArchiveError) Error() string {
	if e.Value == 0 {
		return fmt.Sprintf("this is no library of regexdbg: %v", e.Err)
	}
	return fmt.Sprintf("entry %d of the file cannot be read, and nothing was imported: %v", e.Value, e.Err)
}

func (e *ArchiveError) Unwrap() error { return e.Err }

// Export writes the whole library as an archive and returns the number of its entries. The archive is of one moment,
// whatever is saved in the meantime.
func (l *Library) Export(ctx context.Context, to io.Writer) (entries int, err error) {
	w := bufio.NewWriterSize(to, 1<<16)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	if err := out.Encode(archiveHead{archiveFormat, archiveVersion}); err != nil {
		return 0, err
	}
	db, err := l.reading(ctx)
	if err != nil {
		return 0, err
	}
	if db != nil {
		tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			return 0, l.failed(err)
		}
		defer func() { _ = tx.Rollback() }() // it has read only
		ids, err := column[string](ctx, tx, "SELECT id FROM entries ORDER BY created, row")
		if err != nil {
			return 0, l.failed(err)
		}
		for _, id := range ids {
			entry, err := archived(ctx, tx, id)
			if err != nil {
				return entries, l.failed(err)
			}
			if err := out.Encode(entry); err != nil {
				return entries, err
			}
			entries++
		}
	}
	return entries, w.Flush()
}

func archived(ctx context.Context, tx *sql.Tx, id string) (archiveEntry, error) {
	entry, err := readEntry(ctx, tx, id, "")
	if err != nil {
		return archiveEntry{}, err
	}
	a := archiveEntry{
		ID: id, Name: entry.Name, Description: entry.Description, Tags: entry.Tags, Favourite: entry.Favourite,
		Created: entry.Created.UTC(), Changed: entry.Changed.UTC(),
	}
	ids, err := column[string](ctx, tx, `SELECT v.id FROM versions v JOIN entries e ON e.row = v.entry WHERE e.id = ? ORDER BY v.saved, v.row`, id)
	if err != nil {
		return archiveEntry{}, err
	}
	places := map[string]int{}
	placed := func(text string) int {
		place, ok := places[text]
		if !ok {
			place = len(a.Texts)
			places[text] = place
			var one archiveText
			one.Text, one.TextB64 = carried(text)
			a.Texts = append(a.Texts, one)
		}
		return place
	}
	for _, version := range ids {
		one, err := readEntry(ctx, tx, id, version)
		if err != nil {
			return archiveEntry{}, err
		}
		v := one.Version
		out := archivedVersion{ID: v.ID, Saved: v.Saved.UTC(), Flavor: v.Flavor, Flags: v.Flags, Engine: v.Engine,
			Text: placed(string(v.Text)), Inputs: v.Inputs}
		if v.Tests != nil {
			tests := placed(*v.Tests)
			out.Tests = &tests
		}
		out.Pattern, out.PatternB64 = carried(v.Pattern)
		out.Replacement, out.ReplacementB64 = carriedOptional(v.Replacement)
		out.List, out.ListB64 = carriedOptional(v.List)
		a.Versions = append(a.Versions, out)
	}
	return a, nil
}

// carried is a text as JSON carries it: as a string, or its bytes.
func carried(text string) (string, []byte) {
	if utf8.ValidString(text) {
		return text, nil
	}
	return "", []byte(text)
}

func carriedOptional(text *string) (*string, []byte) {
	if text == nil || utf8.ValidString(*text) {
		return text, nil
	}
	return nil, []byte(*text)
}

// Imported says what an import has done.
type Imported struct {
	New     int // entries
	Changed int // entries that have got versions, or a name that was newer
	Same    int // entries that were there, with all that the file has of them
}

// Import adds an archive to the library: all of it, or nothing and an error. An entry that is there already, by its id,
// gets the versions that it does not have, and name, description, tags and mark of whichever was changed later.
//
// Errors: *[ArchiveError] for what is wrong with the archive, or what the disk says.
func (l *Library) Import(ctx context.Context, from io.Reader) (Imported, error) {
	text := bufio.NewReaderSize(from, 1<<16)
	if mark, _ := text.Peek(3); string(mark) == "\uFEFF" { // of an editor that saved the file
		_, _ = text.Discard(3) // they are buffered
	}
	in := json.NewDecoder(text)
	var head archiveHead
	if err := in.Decode(&head); err != nil {
		return Imported{}, &ArchiveError{0, readable(err)}
	}
	switch {
	case head.Format != archiveFormat:
		return Imported{}, &ArchiveError{0, errors.New(`it does not begin with "format": "` + archiveFormat + `"`)}
	case head.Version < 1 || head.Version > archiveVersion:
		return Imported{}, &ArchiveError{0, fmt.Errorf("it has version %d of the format, and this program reads up to version %d", head.Version, archiveVersion)}
	}
	var done Imported
	err := l.write(ctx, func(tx *sql.Tx) error {
		w := writer{ctx, tx}
		for n := 1; ; n++ {
			var a archiveEntry
			if err := in.Decode(&a); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return &ArchiveError{n, readable(err)}
			}
			versions, about, err := a.read()
			if err != nil {
				return &ArchiveError{n, err}
			}
			if err := w.merge(&a, about, versions, &done); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return Imported{}, err
	}
	return done, nil
}

// readable says in other words what a decoder says of a file that ends too early.
func readable(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file ends in the middle")
	}
	return err
}

// read checks an entry of an archive as if it were saved.
func (a *archiveEntry) read() ([]Version, About, error) {
	about, err := About{Name: a.Name, Description: a.Description, Tags: a.Tags, Favourite: a.Favourite}.tidy()
	switch {
	case err != nil:
		return nil, About{}, err
	case a.ID == "":
		return nil, About{}, errors.New("it has no id")
	case len(a.Versions) == 0:
		return nil, About{}, errors.New("it has no version")
	}
	versions := make([]Version, len(a.Versions))
	for i, v := range a.Versions {
		there := func(text int) bool { return text >= 0 && text < len(a.Texts) }
		if v.ID == "" || !there(v.Text) || v.Tests != nil && !there(*v.Tests) {
			return nil, About{}, fmt.Errorf("its version %d has no id, or a text that is not there", i+1)
		}
		content := Content{Flavor: v.Flavor, Flags: v.Flags, Engine: v.Engine,
			Pattern: restored(v.Pattern, v.PatternB64), Replacement: restoredOptional(v.Replacement, v.ReplacementB64),
			List: restoredOptional(v.List, v.ListB64), Text: []byte(a.Texts[v.Text].restored()), Inputs: v.Inputs}
		if v.Tests != nil {
			tests := a.Texts[*v.Tests].restored()
			content.Tests = &tests
		}
		if err := content.check(); err != nil {
			return nil, About{}, err
		}
		versions[i] = Version{ID: v.ID, Saved: v.Saved, Content: content}
	}
	return versions, about, nil
}

func (t archiveText) restored() string { return restored(t.Text, t.TextB64) }

func restored(text string, data []byte) string {
	if data != nil {
		return string(data)
	}
	return text
}

func restoredOptional(text *string, data []byte) *string {
	if data != nil {
		return present(data, true)
	}
	return text
}

// merge writes an entry of an archive. Versions are the same when their ids are.
func (w writer) merge(a *archiveEntry, about About, versions []Version, done *Imported) error {
	row, here, err := w.latest(a.ID)
	if errors.Is(err, ErrNotFound) {
		done.New++
		return w.insert(a.ID, about, versions, a.Created, a.Changed)
	}
	if err != nil {
		return err
	}
	added := 0
	for _, v := range versions {
		if _, err := w.version(row, v.ID); err == nil {
			continue
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		if err := w.addVersion(row, v); err != nil {
			return err
		}
		added++
	}
	changed := here.Changed
	if a.Changed.After(changed) {
		changed = a.Changed
	} else {
		about = here.About
	}
	if added == 0 && sameAbout(about, here.About) {
		done.Same++
		return nil
	}
	done.Changed++
	return w.describe(row, about, changed)
}
