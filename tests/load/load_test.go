package load

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// Not the program of these sources, but another one.
var program = flag.String("binary", "", "the `program` to measure (default: built from the sources)")

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if *program == "" {
		scratch, err := os.MkdirTemp("", "regexdbg-load")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(scratch)
		*program = filepath.Join(scratch, "regexdbg")
		build := exec.Command("go", "build", "-o", *program, "./cmd/regexdbg")
		build.Dir = filepath.Join("..", "..")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, out)
			return 1
		}
	}
	return m.Run()
}

// serve runs the real program, and returns the address of its socket.
func serve(tb testing.TB) string {
	tb.Helper()
	cmd := exec.Command(*program, "serve", "--addr", "127.0.0.1:0")
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	address := regexp.MustCompile(`http://\S+/`).FindString(line)
	return "ws" + strings.TrimPrefix(address, "http") + "ws"
}

// page is the other end of the websocket: what the browser does, without one.
type page struct {
	tb      testing.TB
	socket  *websocket.Conn
	reader  *socket.Reader // of socket
	version int
	units   int
}

func open(tb testing.TB, address, text string) *page {
	tb.Helper()
	conn, _, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { conn.Close() })
	p := &page{tb: tb, socket: conn, reader: socket.NewReader(conn), units: len(text)}
	p.send(wire.Hello{Type: wire.TypeHello, Protocol: wire.Protocol})
	if kind, _ := p.next(); kind != wire.TypeWelcome {
		tb.Fatalf("got %s, want a welcome", kind)
	}
	if err := conn.WriteMessage(websocket.BinaryMessage, append([]byte{wire.FramePutText}, text...)); err != nil {
		tb.Fatal(err)
	}
	return p
}

func (p *page) send(message any) {
	p.tb.Helper()
	if err := p.socket.WriteJSON(message); err != nil {
		p.tb.Fatal(err)
	}
}

// search asks for a pattern, superseding what runs.
func (p *page) search(flavor, pattern string) {
	p.tb.Helper()
	p.version++
	p.send(wire.Update{
		Type: wire.TypeUpdate, Version: p.version, Units: p.units,
		Query: wire.Query{Flavor: flavor, Pattern: pattern},
	})
}

// next returns the next message; matches are binary.
func (p *page) next() (kind string, data []byte) {
	p.tb.Helper()
	kind, data, err := p.reader.Next()
	if err != nil {
		p.tb.Fatal(err)
	}
	return kind, data
}

// await reads until a frame of the kind comes for the newest version.
func (p *page) await(kind string) []byte {
	p.tb.Helper()
	for {
		got, data := p.next()
		if got == kind && p.versionOf(got, data) == p.version {
			return data
		}
	}
}

func (p *page) versionOf(kind string, data []byte) int {
	p.tb.Helper()
	if kind == socket.Binary {
		version, _ := binary.Uvarint(data[1:])
		return int(version)
	}
	var head struct{ Version int }
	if err := json.Unmarshal(data, &head); err != nil {
		p.tb.Fatal(err)
	}
	return head.Version
}

// count reads until done, and returns the number of matches that came.
func (p *page) count() int {
	p.tb.Helper()
	count := 0
	for {
		kind, data := p.next()
		if p.versionOf(kind, data) != p.version {
			continue
		}
		switch kind {
		case socket.Binary:
			rest := data[1:]
			for range 2 { // version, index of the first
				_, n := binary.Uvarint(rest)
				rest = rest[n:]
			}
			matches, _ := binary.Uvarint(rest)
			count += int(matches)
		case wire.TypeDone:
			return count
		}
	}
}

// bare is the engine's own loop, with nothing around it.
func bare(tb testing.TB, flavor, pattern string, text *engine.Text) (matches int, spent time.Duration) {
	tb.Helper()
	eng, err := engine.Local().Lookup(flavor, "")
	if err != nil {
		tb.Fatal(err)
	}
	program, err := eng.Compile([]byte(pattern), "")
	if err != nil {
		tb.Fatal(err)
	}
	start := time.Now()
	result := program.Search(context.Background(), text, engine.Cursor{}, engine.Budget{}, func([]int) bool { return true })
	return result.Count, time.Since(start)
}

// All matches of 10 MB over a websocket, against the bare engine in the same
// run: at least 0.8 of its matches a second.
func BenchmarkStreamedMatches(b *testing.B) {
	data := Text(10_000_000)
	for _, flavor := range []string{"go", "dotnet"} {
		b.Run(flavor, func(b *testing.B) {
			text := engine.NewText([]byte(data))
			p := open(b, serve(b), data)
			p.search(flavor, "unheard-of") // the text is there and decoded
			p.count()
			var ratios, rates, bareRates []float64
			for b.Loop() {
				want, alone := bare(b, flavor, Pattern, text)
				start := time.Now()
				p.search(flavor, Pattern)
				got := p.count()
				streamed := time.Since(start)
				if got != want {
					b.Fatalf("%d matches, want %d", got, want)
				}
				ratios = append(ratios, alone.Seconds()/streamed.Seconds())
				rates = append(rates, float64(got)/streamed.Seconds())
				bareRates = append(bareRates, float64(got)/alone.Seconds())
				p.search(flavor, "unheard-of")
				p.count()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(percentile(rates, 50), "matches/s")
			b.ReportMetric(percentile(bareRates, 50), "bare-matches/s")
			b.ReportMetric(percentile(ratios, 50), "ratio-p50")
		})
	}
}

// catastrophe starts a search that takes for ever.
func (p *page) catastrophe() {
	p.tb.Helper()
	p.search("dotnet", Catastrophic)
	p.await(wire.TypeStarted)
}

// first asks for a pattern that matches, and returns the milliseconds until the
// first match comes.
func (p *page) first() float64 {
	p.tb.Helper()
	start := time.Now()
	p.search("dotnet", "a!")
	p.await(socket.Binary)
	spent := time.Since(start)
	p.await(wire.TypeDone)
	return float64(spent) / float64(time.Millisecond)
}

// From a superseding update to the first result of the new search, while a
// catastrophic search runs and four more that were superseded do.
func BenchmarkSupersede(b *testing.B) {
	p := open(b, serve(b), CatastrophicText)
	var times []float64
	for b.Loop() {
		for range 5 {
			p.catastrophe()
		}
		times = append(times, p.first())
	}
	report(b, times)
}

// From an update to its first result, while four other pages search for a
// catastrophic pattern: nobody has superseded those, so they keep their workers
// until their budgets are spent.
func BenchmarkBesideFourPages(b *testing.B) {
	address := serve(b)
	p := open(b, address, CatastrophicText)
	p.first()
	var others []*page
	for range 4 {
		others = append(others, open(b, address, CatastrophicText))
	}
	var times []float64
	for b.Loop() {
		for _, other := range others {
			other.catastrophe()
		}
		times = append(times, p.first())
	}
	report(b, times)
}

func report(b *testing.B, times []float64) {
	b.Helper()
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(percentile(times, 50), "first-p50-ms")
	b.ReportMetric(percentile(times, 95), "first-p95-ms")
	b.ReportMetric(slices.Max(times), "first-max-ms")
}

func percentile(samples []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[min(len(sorted)-1, int(math.Ceil(p/100*float64(len(sorted))))-1)]
}
