package ui

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui/wire"
)

var (
	// errDrift says that page and server disagree about the text.
	errDrift = errors.New("the page's text is not the server's")
	// errTooLong says that an edit makes the text longer than the limit.
	errTooLong = errors.New("the text is too long")
)

// document is the test text at one version. It is immutable: an edit makes a
// new one, so that a search which still runs keeps the text it began with.
//
// Its bytes are made on first use, which is on a worker thread: copying 10 MB
// takes the loop's time otherwise. Documents may be used from any goroutine.
type document struct {
	limit int // bytes

	once  sync.Once
	base  *document // with edits; nil once resolved
	edits []wire.Edit
	units int // what the page counts after the edits; -1 before it has said so
	text  *engine.Text
	err   error

	resolved atomic.Bool
	pending  int // bytes of edits that wait to be done, this one's and its bases'
}

// newDocument is a document of known bytes, which must not be changed any more.
func newDocument(data []byte, limit int) *document {
	return &document{text: engine.NewText(data), units: -1, limit: limit}
}

// edit returns the document after an update's edits. It is errTooLong when more
// edits wait than a text may be long: nobody types faster than workers copy.
func (d *document) edit(edits []wire.Edit, units int) (*document, error) {
	if len(edits) == 0 && d.units == units {
		return d, nil // a new pattern for the same text
	}
	const overhead = 256 // of a document that waits, whatever it holds
	next := &document{base: d, edits: edits, units: units, limit: d.limit, pending: overhead}
	if !d.resolved.Load() {
		next.pending += d.pending
	}
	for _, edit := range edits {
		next.pending += len(edit.Insert) + len(edit.InsertBase64) + overhead
	}
	if next.pending > d.limit+overhead {
		return nil, fmt.Errorf("%w: %d bytes of edits wait, and at most %d may", errTooLong, next.pending, d.limit)
	}
	return next, nil
}

// resolve returns the text, or errDrift, or why the edits cannot be done.
//
// A burst of keystrokes makes a chain of documents whose searches were
// superseded before they began; resolving the last resolves them in order.
func (d *document) resolve() (*engine.Text, error) {
	d.once.Do(func() {
		if d.base != nil {
			d.text, d.err = d.apply()
			d.base, d.edits = nil, nil
		}
		d.resolved.Store(true)
	})
	return d.text, d.err
}

func (d *document) apply() (*engine.Text, error) {
	base, err := d.base.resolve()
	if err != nil {
		return nil, err
	}
	text := base
	if len(d.edits) > 0 {
		data, err := wire.Apply(base.Bytes(), d.edits)
		if errors.Is(err, wire.ErrOutside) {
			return nil, errDrift
		}
		if err != nil {
			return nil, err
		}
		if len(data) > d.limit {
			return nil, fmt.Errorf("%w: %d bytes, and at most %d are taken", errTooLong, len(data), d.limit)
		}
		text = engine.NewText(data)
	}
	if units := wire.Units(text.Bytes(), text.Valid()); units != d.units {
		return nil, errDrift
	}
	return text, nil
}
