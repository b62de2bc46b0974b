package trace

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// BenchmarkBesideOthers is one search with every step told, by this package, by pcre2test with a callout at every item,
// and by Perl's re 'debug', which print them: how many steps each has, and how many a second. Each has steps of its own.
func BenchmarkBesideOthers(b *testing.B) {
	const pattern = `^(a+)+(?:b|d)`
	text := strings.Repeat("a", 16) + "c"
	report := func(b *testing.B, steps int64) {
		b.ReportMetric(float64(steps), "steps")
		b.ReportMetric(float64(steps)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Msteps/s")
	}
	for _, name := range []string{"pcre2", "perl"} {
		p := compileText(b, name, "", pattern)
		b.Run(name+"/counted", func(b *testing.B) {
			var steps int64
			for b.Loop() {
				r := beginRun(b, p, text, Limits{})
				if _, err := r.Advance(context.Background(), -1); err != nil {
					b.Fatal(err)
				}
				steps = r.Steps()
			}
			report(b, steps)
		})
		b.Run(name+"/told", func(b *testing.B) {
			r := beginRun(b, p, text, Limits{})
			if _, err := r.Advance(context.Background(), -1); err != nil {
				b.Fatal(err)
			}
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := r.Window(context.Background(), 0, int(r.Steps()), func(e *Event) bool {
					fmt.Fprintln(&out, e.Kind, e.Span.Start, e.From, e.Pos)
					return true
				}); err != nil {
					b.Fatal(err)
				}
			}
			report(b, r.Steps())
		})
	}
	others := []struct {
		name, input string
		command     []string
	}{
		{"pcre2test", "/" + pattern + "/auto_callout,no_start_optimize,no_auto_possess\n    " + text + "\n", []string{"pcre2test", "-q"}},
		{"perl-re-debug", "", []string{"perl", "-Mre=debug", "-e", `"` + text + `" =~ /` + pattern + `/`}},
	}
	for _, other := range others {
		b.Run(other.name, func(b *testing.B) {
			if _, err := exec.LookPath(other.command[0]); err != nil {
				b.Skip(err)
			}
			var steps int64
			for b.Loop() {
				cmd := exec.Command(other.command[0], other.command[1:]...)
				cmd.Stdin = strings.NewReader(other.input)
				out, err := cmd.CombinedOutput()
				if err != nil {
					b.Fatal(err)
				}
				steps = int64(bytes.Count(out, []byte("\n")))
			}
			report(b, steps)
		})
	}
}
