package demos

import (
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
)

// rehearse runs a program on fake time and returns its lines with their times.
func rehearse(t *testing.T, program program, check func(lines []string, tl *timeline)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		pool := executor.New(executor.Options{})
		tl := &timeline{}
		var lines []string
		page := &Page{timeline: tl, pace: 1, show: func(at string, line template.HTML) {
			lines = append(lines, at+" "+string(line))
		}}
		r := &run{program: program, page: page, threads: threads{pool, tl}}
		if err := r.main(t.Context()); err != nil {
			t.Error(err)
		}
		tl.stop()
		check(lines, tl)
		if err := pool.Shutdown(context.Background(), executor.CancelAll); err != nil {
			t.Error(err)
		}
	})
}

// The demos take as long as they say, and the timeline shows who was at work.
func TestTimes(t *testing.T) {
	for _, test := range []struct {
		name    string
		program program
		takes   string
		lanes   []string // in words
	}{
		{"serial", serial, "4.50 s", []string{
			"Ada: 4 steps, 0s at work, between 0.000 s and 1.500 s",
			"Bob: 4 steps, 0s at work, between 1.500 s and 3.000 s",
			"Cleo: 4 steps, 0s at work, between 3.000 s and 4.500 s"}},
		{"simultaneous", simultaneous, "1.50 s", []string{
			"Ada: 4 steps, 0s at work, between 0.000 s and 1.500 s",
			"Bob: 4 steps, 0s at work, between 0.000 s and 1.500 s",
			"Cleo: 4 steps, 0s at work, between 0.000 s and 1.500 s"}},
		{"wait-for-both", waitForBoth, "2.00 s", []string{
			"tea: 2 steps, 0s at work, between 0.000 s and 2.000 s",
			"toast: 2 steps, 0s at work, between 0.000 s and 1.200 s"}},
		{"as-completed", asCompleted, "2.40 s", []string{
			"Hare: 2 steps, 0s at work, between 0.000 s and 0.600 s"}},
		{"run-in-executor", runInExecutor, "3.20 s", []string{
			"main: 4 steps, 1s at work, between 0.000 s and 3.200 s",
			"worker 1, a thread: 1 jobs, 1s at work, between 2.200 s and 3.200 s"}},
		{"call-soon-threadsafe", callSoonThreadsafe, "2.00 s", []string{
			"main: 6 steps, 0s at work, between 0.000 s and 2.000 s",
			"thermometer, a thread: 1 jobs, 2s at work, between 0.000 s and 2.000 s"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rehearse(t, test.program, func(lines []string, tl *timeline) {
				if got := clock(tl.now()); got != test.takes {
					t.Errorf("took %s, want %s: %q", got, test.takes, lines)
				}
				_, words, _ := tl.draw()
				for _, want := range test.lanes {
					if !strings.Contains(string(words), "<li>"+want+"</li>") {
						t.Errorf("no %q in %s", want, words)
					}
				}
			})
		})
	}
}

func TestClockTicksDuringTheWorkersCallOnly(t *testing.T) {
	rehearse(t, runInExecutor, func(lines []string, _ *timeline) {
		want := []string{
			"0.60 s Called on the loop: nothing ticks", "1.60 s The answer is 42", "1.60 s tick", "1.85 s tick", "2.10 s tick",
			"2.20 s Called on a worker thread: the clock goes on", "2.35 s tick", "2.60 s tick", "2.85 s tick", "3.10 s tick",
			"3.20 s The answer is 42 again",
		}
		if len(lines) < 3 || !slices.Equal(lines[3:], want) {
			t.Errorf("got %q", lines)
		}
	})
}

func TestPicture(t *testing.T) {
	rehearse(t, runInExecutor, func(_ []string, tl *timeline) {
		picture, _, changed := tl.draw()
		for _, want := range []string{
			`<text x="0" y="13">the loop</text>`, `worker 1 (thread)`,
			`<rect x="18.75%" y="54" width="31.25%" height="12"><title>main: 0.600 s to 1.600 s</title></rect>`, // blocks
			`<rect x="68.75%" y="126" width="31.25%" height="12"><title>worker 1: 2.200 s to 3.200 s</title></rect>`,
			`>1s</text>`, `>3s</text>`,
		} {
			if !changed || !strings.Contains(string(picture), want) {
				t.Errorf("no %s in %s", want, picture)
			}
		}
		if strings.Contains(string(picture), "style=") {
			t.Error("style attributes, which the policy forbids")
		}
		if _, _, again := tl.draw(); again {
			t.Error("drawn again though nothing has changed")
		}
	})
}

func TestAxisHasRoundTimes(t *testing.T) {
	for length, want := range map[time.Duration]string{
		100 * time.Microsecond: "20µs 40µs 60µs 80µs 100µs", time.Millisecond: "200µs 400µs 600µs 800µs 1ms",
		3 * time.Second: "1s 2s 3s", 30 * time.Second: "10s 20s 30s", 45 * time.Minute: "500s 1000s 1500s 2000s 2500s",
	} {
		var b strings.Builder
		scale{0, length}.drawAxis(&b, 100)
		got := strings.Join(strings.Fields(tags.ReplaceAllString(strings.ReplaceAll(b.String(), "</text>", " "), "")), " ")
		if got != "0s "+want {
			t.Errorf("%v: %s", length, got)
		}
	}
}

func TestLanesOfTasks(t *testing.T) {
	program := func(t *eventloop.Task, p *Page) error {
		sleep := func(t *eventloop.Task) (int, error) { return 0, eventloop.Sleep(t, p.Seconds(1)) }
		for _, name := range []string{"twice", "twice", ""} { // the same name at once, and none
			eventloop.Go(t.Loop(), sleep, eventloop.WithName(name))
		}
		t.SetName("one name")
		if err := eventloop.Yield(t); err != nil {
			return err
		}
		t.SetName("another name")
		return eventloop.Sleep(t, p.Seconds(2))
	}
	rehearse(t, program, func(_ []string, tl *timeline) {
		_, words, _ := tl.draw()
		var names []string
		for _, lane := range strings.Split(string(words), "<li>")[1:] {
			name, _, _ := strings.Cut(lane, ":")
			names = append(names, name)
		}
		if want := []string{"the loop", "one name", "twice", "twice", "another name"}; !slices.Equal(names, want) {
			t.Errorf("got %q", names)
		}
	})
}

// A timeline that runs for ever stays small, and shows its end.
func TestTimelineForgets(t *testing.T) {
	var now time.Duration
	tl := &timeline{}
	if tl.now() != 0 {
		t.Error("a clock before the start")
	}
	tl.start(func() time.Duration { return now })
	stuck := tl.traceWorker()
	for i := range 3 * maxSpans {
		now = time.Duration(i) * time.Second
		tl.trace(fmt.Sprintf("thread %d", i%(2*maxLanes)))()
		tl.traceWorker()()
	}
	if len(tl.lanes) > maxLanes {
		t.Errorf("%d lanes", len(tl.lanes))
	}
	for _, l := range tl.lanes {
		if len(l.spans) > maxSpans || len(l.lives) > maxSpans {
			t.Errorf("%s has %d spans and %d lives", l.name, len(l.spans), len(l.lives))
		}
	}
	from, to, lanes, _ := tl.snapshot()
	if to != now || from != now-window || len(lanes) < 3 {
		t.Errorf("a window from %v to %v with %d lanes", from, to, len(lanes))
	}
	stuck()
	tl.stop()
	if now++; tl.now() != now-1 {
		t.Error("the clock did not stop")
	}
}
