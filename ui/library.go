package ui

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/library"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// maxAsked is how many requests of one page may wait for the library. A page asks for a list and an entry or two.
const maxAsked = 16

// shelf is a page's access to the library: its requests are done one after the other, so that a list that is asked for
// after a save has it. It belongs to the loop.
type shelf struct {
	requests *eventloop.Queue[asked]
	task     *eventloop.TaskOf[struct{}]
}

// asked is a request with the page's text as it was then.
type asked struct {
	*wire.Library
	document *document
}

// askLibrary queues what the page asks.
func (s *session) askLibrary(m *wire.Library) {
	if s.server.options.Library == nil {
		s.answer(m, wire.LibraryAnswer{Error: "This server has no library."})
		return
	}
	if s.shelf == nil {
		s.shelf = &shelf{requests: eventloop.NewQueue[asked](s.server.loop, maxAsked)}
		s.shelf.task = s.background(s.serveLibrary)
	}
	if m.Op == wire.LibrarySave && m.State != s.version {
		s.answer(m, wire.LibraryAnswer{Error: "The page had changed before it was saved. Save it again."})
		return
	}
	if err := s.shelf.requests.PutNowait(asked{m, s.document}); err != nil {
		s.fault(wire.FaultFlood, websocket.ClosePolicyViolation, "The library was asked more than it can answer.")
	}
}

// dropShelf ends the page's access. A save that has not been acknowledged is not made, or made whole.
func (s *session) dropShelf() {
	if s.shelf != nil {
		s.shelf.task.Cancel(errSuperseded)
	}
}

func (s *session) serveLibrary(t *eventloop.Task) (struct{}, error) {
	for {
		request, err := s.shelf.requests.Get(t)
		if err != nil {
			return struct{}{}, err
		}
		if err := s.awaitRoom(t); err != nil { // an entry may be large
			return struct{}{}, err
		}
		answer, err := eventloop.RunInExecutor(s.server.loop, s.client, func(ctx context.Context) (wire.LibraryAnswer, error) {
			answer, err := consult(ctx, s.server.options.Library, request, s.server.options.Limits.TextBytes)
			if err == nil && changes(request.Op) {
				// Also when this page is gone meanwhile, and is asking in another session what became of it.
				s.server.threadsafe(s.tellOthers)
			}
			return answer, err
		}).Await(t)
		if t.Cancelling() > 0 {
			return struct{}{}, err
		}
		if err != nil {
			s.answer(request.Library, refusal(err))
			continue
		}
		s.answer(request.Library, answer)
	}
}

// tellOthers tells the other pages that the library has changed; this one has its answer.
func (s *session) tellOthers() {
	for other := range s.server.sessions {
		if other != s {
			other.conn.Put(0, wire.LibraryChanged{Type: wire.TypeLibraryChanged})
		}
	}
}

func (s *session) answer(m *wire.Library, answer wire.LibraryAnswer) {
	answer.Type, answer.Request = wire.TypeLibraryAnswer, m.Request
	s.conn.Put(0, answer)
}

// changes reports whether a request writes.
func changes(op string) bool {
	switch op {
	case wire.LibraryFind, wire.LibraryOpen, wire.LibraryVersions, wire.LibraryExport:
		return false
	}
	return true
}

// refusal says to the user why a request was not done.
func refusal(err error) wire.LibraryAnswer {
	var invalid *library.InvalidError
	var conflict *library.ConflictError
	var renamed *library.RenamedError
	var panicked *executor.PanicError
	switch {
	case errors.As(err, &invalid):
		return wire.LibraryAnswer{Error: invalid.Message, Field: invalid.Field}
	case errors.As(err, &conflict):
		return wire.LibraryAnswer{Error: "Another version was saved in the meantime.", Conflict: &wire.LibraryVersion{ID: conflict.Latest, Saved: sinceEpoch(conflict.Saved)}}
	case errors.As(err, &renamed):
		now := wireAbout(renamed.Now)
		return wire.LibraryAnswer{Error: "Somebody has changed this in the meantime.", About: &now}
	case errors.Is(err, library.ErrNotFound):
		return wire.LibraryAnswer{Error: "It is not in the library any more.", Missing: true}
	case errors.Is(err, errDrift):
		return wire.LibraryAnswer{Error: "The page's text was not the server's. Save it again."}
	case errors.Is(err, executor.ErrQueueFull):
		return wire.LibraryAnswer{Error: "The server is too busy. Try it again."}
	case errors.As(err, &panicked):
		return wire.LibraryAnswer{Error: "The library failed; the program's log says how."}
	}
	message := err.Error()
	return wire.LibraryAnswer{Error: strings.ToUpper(message[:1]) + message[1:] + "."}
}

// consult does what a request asks. It runs on a worker; most is the longest archive that is sent to a page, in bytes.
func consult(ctx context.Context, l *library.Library, request asked, most int) (wire.LibraryAnswer, error) {
	switch request.Op {
	case wire.LibraryFind:
		list, err := l.Find(ctx, library.Filter{Words: request.Words, Tag: request.Tag, Favourite: request.Favourite, Skip: request.Skip})
		return wire.LibraryAnswer{List: wireList(list, request.Skip, l.Path())}, err
	case wire.LibraryOpen:
		entry, err := l.Open(ctx, request.ID, request.Version)
		return wire.LibraryAnswer{Entry: wireEntry(&entry)}, err
	case wire.LibraryVersions:
		named, versions, err := l.Versions(ctx, request.ID)
		now := wireAbout(named)
		return wire.LibraryAnswer{Versions: wireVersions(versions), About: &now}, err
	case wire.LibrarySave:
		return save(ctx, l, request)
	case wire.LibraryDescribe:
		return wire.LibraryAnswer{}, describe(ctx, l, request)
	case wire.LibraryMark:
		return wire.LibraryAnswer{}, l.Mark(ctx, request.ID, request.Favourite)
	case wire.LibraryRestore:
		version, err := l.Restore(ctx, request.ID, request.Version, request.As)
		return wire.LibraryAnswer{Saved: &wire.LibrarySaved{ID: request.ID, Version: version, Changed: version != request.Version}}, err
	case wire.LibraryDelete:
		return wire.LibraryAnswer{}, l.Delete(ctx, request.ID)
	case wire.LibraryExport:
		var archive limitedBuffer
		archive.most = most
		n, err := l.Export(ctx, &archive)
		return wire.LibraryAnswer{Archive: archive.String(), Entries: n}, err
	case wire.LibraryImport:
		done, err := l.Import(ctx, strings.NewReader(request.Archive))
		return wire.LibraryAnswer{Imported: &wire.LibraryImported{New: done.New, Changed: done.Changed, Same: done.Same}}, err
	}
	return wire.LibraryAnswer{Error: fmt.Sprintf("The library does not know %.40q.", request.Op)}, nil
}

func save(ctx context.Context, l *library.Library, request asked) (wire.LibraryAnswer, error) {
	text, err := request.document.resolve()
	if err != nil {
		return wire.LibraryAnswer{}, err
	}
	c := request.Content
	if c == nil {
		return wire.LibraryAnswer{Error: "There is nothing to save."}, nil
	}
	content := library.Content{
		Flavor: c.Query.Flavor, Flags: c.Query.Flags, Engine: c.Engine, Pattern: c.Query.Pattern,
		Replacement: c.Replace, List: c.List, Text: text.Bytes(), Inputs: c.Inputs, Tests: c.Tests,
	}
	var version string
	var changed bool
	if request.New {
		version, changed, err = l.SaveNew(ctx, request.ID, request.As, about(request.About), content)
	} else {
		version, changed, err = l.SaveVersion(ctx, request.ID, request.Base, request.As, content)
	}
	return wire.LibraryAnswer{Saved: &wire.LibrarySaved{ID: request.ID, Version: version, Changed: changed}}, err
}

func describe(ctx context.Context, l *library.Library, request asked) error {
	var was *library.About
	if request.Was != nil {
		named := about(request.Was)
		was = &named
	}
	return l.Describe(ctx, request.ID, was, about(request.About))
}

// about is what a page calls an entry; without it the entry has no name, which is refused.
func about(m *wire.LibraryAbout) library.About {
	if m == nil {
		return library.About{}
	}
	return library.About{Name: m.Name, Description: m.Description, Tags: m.Tags, Favourite: m.Favourite}
}

func wireAbout(a library.About) wire.LibraryAbout {
	m := wire.LibraryAbout{Name: a.Name, Description: a.Description, Tags: a.Tags, Favourite: a.Favourite}
	if m.Tags == nil {
		m.Tags = []string{}
	}
	return m
}

func wireList(list library.List, skip int, path string) *wire.LibraryList {
	m := &wire.LibraryList{Rows: []wire.LibraryRow{}, Skip: skip, Total: list.Total, All: list.All, Tags: []wire.LibraryTag{}, Path: path}
	for _, r := range list.Rows {
		m.Rows = append(m.Rows, wire.LibraryRow{
			ID: r.ID, About: wireAbout(r.About), Changed: sinceEpoch(r.Changed), Versions: r.Versions, Flavor: r.Flavor, Flags: r.Flags,
			Pattern: r.Pattern, Cut: r.Cut, TextBytes: r.TextBytes,
		})
	}
	for _, tag := range list.Tags {
		m.Tags = append(m.Tags, wire.LibraryTag{Name: tag.Name, Entries: tag.Entries})
	}
	return m
}

func wireEntry(e *library.Entry) *wire.LibraryEntry {
	v := &e.Version
	m := &wire.LibraryEntry{
		ID: e.ID, About: wireAbout(e.About), Version: wire.LibraryVersion{ID: v.ID, Saved: sinceEpoch(v.Saved), TextBytes: len(v.Text)},
		Latest: e.Latest,
		Content: wire.LibraryContent{
			Query:  wire.Query{Flavor: v.Flavor, Flags: v.Flags, Pattern: v.Pattern},
			Engine: v.Engine, Replace: v.Replacement, List: v.List, Inputs: v.Inputs, Tests: v.Tests,
		},
	}
	if utf8.Valid(v.Text) {
		m.Text = string(v.Text)
	} else {
		m.TextBase64 = base64.StdEncoding.EncodeToString(v.Text)
	}
	return m
}

func wireVersions(versions []library.Saved) []wire.LibraryVersion {
	all := make([]wire.LibraryVersion, len(versions))
	for i, v := range versions {
		all[i] = wire.LibraryVersion{ID: v.ID, Saved: sinceEpoch(v.Saved), TextBytes: v.TextBytes}
	}
	return all
}

func sinceEpoch(t time.Time) float64 { return float64(t.UnixMilli()) }

// errArchive is what ends an export that is too large for a page.
var errArchive = errors.New("the library is larger than a page takes: export it with regexdbg library export")

// limitedBuffer refuses what is more than most bytes.
type limitedBuffer struct {
	bytes.Buffer
	most int
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.most {
		return 0, errArchive
	}
	return b.Buffer.Write(p)
}
