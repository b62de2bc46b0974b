package regextest

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// places are where the keys and values of a document are, by their paths, such as "pattern[0].input[1].text".
type places map[string]unstable.Position

// blocks are where the tables of patterns and inputs are written, by their paths.
type blocks map[string]Block

// placesOf walks through a document that is valid TOML.
func placesOf(data []byte) (places, blocks) {
	w := walker{places: places{}, blocks: blocks{}, tables: map[string]int{}}
	w.parser.Reset(data)
	table := ""
	for w.parser.NextExpression() {
		switch e := w.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = w.enter(e)
			w.extend(table, headerOf(data, e))
		case unstable.KeyValue:
			w.keyValue(table, e)
			w.extend(table, Block{int(e.Raw.Offset), int(e.Raw.Offset + e.Raw.Length)})
		}
	}
	return w.places, w.blocks
}

// headerOf returns where a header is: from the begin of its line to its last bracket.
func headerOf(data []byte, header *unstable.Node) (b Block) {
	for key := header.Key(); key.Next(); {
		raw := key.Node().Raw
		if b.End == 0 {
			b.Start = bytes.LastIndexByte(data[:raw.Offset], '\n') + 1
		}
		b.End = int(raw.Offset + raw.Length)
	}
	for b.End < len(data) && (data[b.End] == ' ' || data[b.End] == '\t' || data[b.End] == ']') {
		b.End++
	}
	b.End = b.Start + len(bytes.TrimRight(data[b.Start:b.End], " \t"))
	return b
}

// extend adds what is at b to the pattern or the input that the path of its table is in.
func (w *walker) extend(path string, b Block) {
	parts := strings.SplitN(path, ".", 3)
	path = strings.Join(parts[:min(2, len(parts))], ".")
	if !strings.HasSuffix(path, "]") {
		return
	}
	if known, ok := w.blocks[path]; ok {
		b.Start = known.Start
	}
	w.blocks[path] = b
}

type walker struct {
	parser unstable.Parser
	places places
	blocks blocks
	tables map[string]int // how many tables an array of tables has
}

// enter returns the path of a table's header.
func (w *walker) enter(header *unstable.Node) string {
	path := ""
	for key := header.Key(); key.Next(); {
		path = join(path, string(key.Node().Data))
		switch {
		case key.IsLast() && header.Kind == unstable.ArrayTable:
			w.set(path, key.Node())
			w.tables[path]++
			fallthrough
		case w.tables[path] > 0:
			path += index(w.tables[path] - 1)
		}
		w.set(path, key.Node())
	}
	return path
}

func (w *walker) keyValue(path string, kv *unstable.Node) {
	var last *unstable.Node
	for key := kv.Key(); key.Next(); {
		last = key.Node()
		path = join(path, string(last.Data))
		w.set(path, last)
	}
	w.value(path, kv.Value())
}

func (w *walker) value(path string, v *unstable.Node) {
	switch v.Kind {
	case unstable.InlineTable:
		for child := v.Children(); child.Next(); {
			w.keyValue(path, child.Node())
		}
	case unstable.Array:
		i := 0
		for child := v.Children(); child.Next(); i++ {
			element := path + index(i)
			if child.Node().Raw.Length > 0 {
				w.set(element, child.Node())
			} else {
				w.places[element] = w.places[path]
			}
			w.value(element, child.Node())
		}
	}
}

// set keeps the first place of a path.
func (w *walker) set(path string, n *unstable.Node) {
	if _, known := w.places[path]; !known {
		w.places[path] = w.parser.Shape(n.Raw).Start
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func index(i int) string { return "[" + strconv.Itoa(i) + "]" }
