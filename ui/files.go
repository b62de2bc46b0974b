package ui

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/regexdbg/regexdbg/assets"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui/guard"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// files are the page's own, from the binary.
type files struct {
	index []byte
	plain map[string][]byte // by name, without the index
	small map[string][]byte // the same gzipped, where that is shorter
	made  map[string]func() *file
}

// file is one that is made when somebody asks for it.
type file struct{ plain, small []byte }

// page is made once for all servers of the program: gzipping takes some 20 ms.
var page = sync.OnceValue(func() *files {
	f := newFiles(assets.Dist())
	f.make("reference.json", func() any { return wire.NewReference() })
	for _, fl := range flavor.All() {
		f.make("names-"+fl.Name+".json", func() any { return wire.NewNames(fl) })
	}
	return f
})

// newFiles reads dist, a flat folder, once. It panics when the page is not in
// it: then the binary was built without.
func newFiles(dist fs.FS) *files {
	f := &files{plain: map[string][]byte{}, small: map[string][]byte{}, made: map[string]func() *file{}}
	names, err := fs.Glob(dist, "*")
	if err != nil {
		panic(err) // the pattern is constant
	}
	for _, name := range names {
		data, err := fs.ReadFile(dist, name)
		if err != nil {
			panic("ui: an embedded file cannot be read: " + err.Error())
		}
		if name == "index.html" {
			f.index = data
			continue
		}
		f.plain[name] = data
		if small := gzipped(data); len(small) < len(data) {
			f.small[name] = small
		}
	}
	if f.index == nil {
		panic("ui: the page is not built into this binary")
	}
	return f
}

// make adds a file of JSON that is made once, when it is asked for: the largest
// takes some 20 ms.
func (f *files) make(name string, content func() any) {
	f.made[name] = sync.OnceValue(func() *file {
		plain := socket.Marshal(content())
		return &file{plain, gzipped(plain)}
	})
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// serveIndex serves the page, with a nonce that is good for this answer only.
func (f *files) serveIndex(w http.ResponseWriter, r *http.Request) {
	nonce := guard.NewNonce()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", guard.Policy(r.Host, nonce))
	_, _ = w.Write(bytes.ReplaceAll(f.index, []byte(assets.Nonce), []byte(nonce)))
}

// serve serves the page's scripts and pictures, not the index: without its
// nonce that would not work.
func (f *files) serve(w http.ResponseWriter, r *http.Request, name string) {
	data, small := f.plain[name], f.small[name]
	if made := f.made[name]; made != nil {
		file := made()
		data, small = file.plain, file.small
	} else if data == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache") // the files change with the binary
	h.Set("Content-Security-Policy", guard.FilePolicy)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Type", contentType(name))
	if small != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		data = small
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// contentType does not ask the system's tables, which are wrong on some
// machines (a registry that calls JavaScript text/plain), and nosniff insists.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	}
	return "text/plain; charset=utf-8"
}
