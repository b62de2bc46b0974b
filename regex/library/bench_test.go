package library

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkTenThousand opens a library of 10,000 entries, whose texts have 2 KB, and searches it. Each round opens the
// file anew, as a program does that has just started.
func BenchmarkTenThousand(b *testing.B) {
	path := filepath.Join(b.TempDir(), "library.db")
	l := At(path)
	if _, err := l.Import(b.Context(), bytes.NewReader(manyEntries(b, 10_000))); err != nil {
		b.Fatal(err)
	}
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	for _, bench := range []struct {
		name   string
		filter Filter
	}{
		{"all", Filter{}},
		{"rare", Filter{Words: "needle"}},
		{"common", Filter{Words: "timeout error"}},
		{"pattern", Filter{Words: `\d{4}`}},
		{"short", Filter{Words: "q7"}},
		{"tag", Filter{Tag: "log"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				l := At(path)
				if list, err := l.Find(b.Context(), bench.filter); err != nil || list.All != 10_000 {
					b.Fatal(list.All, err)
				}
				if err := l.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func manyEntries(b *testing.B, n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("timeout error request server client retry header body status login session token user query index cache")
	text := func(n int) string {
		var t strings.Builder
		for t.Len() < n {
			fmt.Fprintf(&t, "%s %d ", words[random.IntN(len(words))], random.IntN(1000))
		}
		return t.String()
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	put := func(value any) {
		if err := encoder.Encode(value); err != nil {
			b.Fatal(err)
		}
	}
	put(archiveHead{archiveFormat, archiveVersion})
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		at := start.Add(time.Duration(i) * time.Minute)
		e := archiveEntry{
			ID: fmt.Sprint("E", i), Name: text(20), Description: text(100), Tags: []string{words[i%len(words)], "log"}, Created: at, Changed: at,
			Texts:    []archiveText{{Text: text(2000)}},
			Versions: []archivedVersion{{ID: fmt.Sprint("V", i), Saved: at, Flavor: "go", Pattern: `(\d{4})-` + text(50)}},
		}
		if i%1000 == 7 {
			e.Name = fmt.Sprint("needle q7 ", i)
		}
		put(e)
	}
	return out.Bytes()
}
