package ui_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// A talker is a page that says anything, in any order, as fast as it can.
type talker struct {
	*page
	*rand.Rand
	version int
	text    []rune
}

func pick[T any](r *rand.Rand, all ...T) T { return all[r.IntN(len(all))] }

// update sends a new state, with the text edited or not.
func (p *talker) update(pattern string) {
	p.version++
	m := wire.Update{
		Type: wire.TypeUpdate, Version: p.version,
		Query: wire.Query{Flavor: pick(p.Rand, "go", "dotnet", "pcre2", "js", "ruby"), Pattern: pattern},
	}
	if at := p.IntN(len(p.text)); at%2 == 0 {
		m.Edits = []wire.Edit{{From: at, To: at, Insert: "é"}}
		p.text = append(p.text[:at:at], append([]rune{'é'}, p.text[at:]...)...)
	}
	m.Units = len(p.text)
	p.send(m)
}

func (p *talker) say() {
	switch version := p.version; p.IntN(12) {
	case 0, 1, 2, 3:
		p.update(pick(p.Rand, "a", "", "(", catastrophic, "b|"+catastrophic, `(?<n>a)|b`, strings.Repeat("(a|b)?", 2000)))
	case 4:
		p.send(wire.Cancel{Type: wire.TypeCancel, Version: version})
	case 5:
		p.send(wire.Continue{Type: wire.TypeContinue, Version: version})
	case 6:
		panels := []string{"explain", "diagram", "debug", "compare", "inputs", "tests", "replace", "literals"}
		p.Shuffle(len(panels), func(i, j int) { panels[i], panels[j] = panels[j], panels[i] })
		p.send(wire.Show{Type: wire.TypeShow, Panels: panels[:p.IntN(len(panels))], Width: pick(p.Rand, 300, 500)})
	case 7:
		p.send(wire.Debug{Type: wire.TypeDebug, Version: version, Move: pick(p.Rand, wire.MoveEnd, wire.MoveTo, wire.MoveList), Step: p.IntN(50), Count: 10, Around: 3})
	case 8:
		p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: version, Engines: []string{"regexp", "regexp2"}})
		p.send(wire.StopBenchmark{Type: wire.TypeStopBenchmark, Version: version})
	case 9:
		p.send(wire.Replacement{Type: wire.TypeReplacement, Text: pick(p.Rand, "", "$0", "$1")})
	case 10:
		p.send(wire.Inputs{Type: wire.TypeInputs, Mode: pick(p.Rand, "", wire.InputsLines, wire.InputsSet)})
	case 11:
		p.send(wire.Seek{Type: wire.TypeSeek, Version: version, Seed: 1, Stop: p.IntN(2) == 0})
	}
}

// ask wants an answer of everything, and returns what answers: the type of the message that ends each.
func (p *talker) ask() map[string]bool {
	p.send(wire.Show{Type: wire.TypeShow, Panels: []string{"compare", "debug", "inputs", "tests"}})
	p.update(pick(p.Rand, "b", catastrophic, `(?<n>a)|b`))
	p.send(wire.Tests{Type: wire.TypeTests, Serial: p.version, Text: "[[pattern]]\npattern='a'\n[[pattern.input]]\ntext='a'\nmatch=true\n"})
	p.send(wire.ImportTests{Type: wire.TypeImportTests, Name: "x.json", Text: "{}"})
	p.send(wire.Inputs{Type: wire.TypeInputs, Mode: wire.InputsLines})
	p.send(wire.Debug{Type: wire.TypeDebug, Version: p.version, Move: wire.MoveTo, Around: 3})
	p.send(wire.Benchmark{Type: wire.TypeBenchmark, Version: p.version, Engines: []string{"regexp"}})
	p.send(wire.Seek{Type: wire.TypeSeek, Version: p.version, Seed: 2})
	if p.IntN(2) == 0 {
		p.send(wire.Cancel{Type: wire.TypeCancel, Version: p.version})
	}
	return map[string]bool{
		wire.TypeDone: true, wire.TypeImportedTests: true, wire.TypeTestResults: true, wire.TypeInputRows: true,
		wire.TypeDebugStep: true, wire.TypeSpeeds: true, wire.TypeComparison: true, wire.TypeSought: true,
	}
}

// complaints is a log in which nothing may be written.
type complaints struct{ t *testing.T }

func (c complaints) Write(line []byte) (int, error) {
	c.t.Errorf("%s", line)
	return len(line), nil
}

// Whatever a page has said, and however few workers there are, all that it asks of its last state is answered.
func TestWhateverIsSaidTheLastStateIsAnswered(t *testing.T) {
	for _, workers := range []int{1, 3} {
		pool := executor.New(executor.Options{Workers: workers, MaxStuck: 2})
		t.Cleanup(func() { _ = pool.Shutdown(context.Background(), executor.CancelAll) })
		server := serve(t, ui.Options{
			Pool: pool, Limits: ui.Limits{Budget: 50 * time.Millisecond},
			Log: slog.New(slog.NewTextHandler(complaints{t}, &slog.HandlerOptions{Level: slog.LevelWarn})),
		})
		for seed := range uint64(3) {
			quiet, _ := open(t, server)
			p := &talker{page: quiet, Rand: rand.New(rand.NewPCG(seed, uint64(workers))), text: []rune("ab\n" + catastrophicText)}
			p.putText(string(p.text))
			p.update("a")
			for range 40 {
				p.say()
			}
			for left := p.ask(); len(left) > 0; {
				kind, data := p.read()
				var m struct {
					Version, Serial int
					Done            bool
				}
				if kind != socket.Binary {
					if err := json.Unmarshal(data, &m); err != nil {
						t.Fatal(err)
					}
				}
				last := m.Version == p.version || m.Serial == p.version
				switch kind {
				case wire.TypeFault, wire.TypeResync:
					t.Fatalf("seed %d: %s", seed, data)
				case wire.TypeInvalid, wire.TypeNoEngine:
					kind, m.Done = wire.TypeDone, true
				case wire.TypeDebugFailed:
					kind, m.Done = wire.TypeDebugStep, true
				case wire.TypeDone, wire.TypeDebugStep:
					m.Done = true
				case wire.TypeImportedTests:
					last, m.Done = true, true
				}
				if last && m.Done {
					delete(left, kind)
				}
			}
			p.socket.Close()
		}
	}
}
