package ui

import (
	"errors"
	"fmt"
	"sync"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// errDrift says that page and server disagree about the text.
var errDrift = errors.New("the page's text is not the server's")

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
	units int // what the page counts after the edits; -1 when it was not asked
	text  *engine.Text
	err   error
}

// newDocument is a document of known bytes, which must not be changed any more.
func newDocument(data []byte, limit int) *document {
	return &document{text: engine.NewText(data), units: -1, limit: limit}
}

// edit returns the document after an update's edits.
func (d *document) edit(edits []wire.Edit, units int) *document {
	return &document{base: d, edits: edits, units: units, limit: d.limit}
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
			return nil, fmt.Errorf("the text would have %d bytes; at most %d are taken", len(data), d.limit)
		}
		text = engine.NewText(data)
	}
	if units := wire.Units(text.Bytes(), text.Valid()); units != d.units {
		return nil, errDrift
	}
	return text, nil
}
