package browser

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// event is one of Chromium's trace. Times are microseconds.
type event struct {
	Name     string          `json:"name"`
	Category string          `json:"cat"`
	Phase    string          `json:"ph"`
	Start    float64         `json:"ts"`
	Wall     float64         `json:"dur"`
	CPU      float64         `json:"tdur"`
	Process  int             `json:"pid"`
	Thread   int             `json:"tid"`
	Args     json.RawMessage `json:"args"`
}

// trace records what Chromium's threads do until the function that it returns is
// called, which returns the events of the page's main thread.
func (p *tab) trace(name string, categories ...string) (stop func() []event) {
	p.t.Helper()
	var mu sync.Mutex
	var all []event
	done := make(chan struct{})
	ended := sync.OnceFunc(func() { close(done) }) // a later trace of the tab is heard here as well
	err := chromedp.Listen(p.ctx, func(ev any) {
		switch ev := ev.(type) {
		case *tracing.EventDataCollected:
			mu.Lock()
			defer mu.Unlock()
			for _, raw := range ev.Value {
				var e event
				if json.Unmarshal(raw, &e) == nil {
					all = append(all, e)
				}
			}
		case *tracing.EventTracingComplete:
			ended()
		}
	})
	if err != nil {
		p.t.Fatal(err)
	}
	call(p, tracing.Start, tracing.StartParams{TraceConfig: &tracing.TraceConfig{
		IncludedCategories: append(categories, "toplevel", "__metadata"), ExcludedCategories: []string{"*"},
		RecordMode: tracing.TraceConfigRecordModeRecordContinuously,
	}})
	return func() []event {
		p.t.Helper()
		call(p, tracing.End, cdp.Empty{})
		<-done
		mu.Lock()
		defer mu.Unlock()
		p.keepTrace(name, all)
		return mainThread(all)
	}
}

// keepTrace leaves the trace as an artefact, for about:tracing.
func (p *tab) keepTrace(name string, events []event) {
	data, err := json.Marshal(events)
	if err == nil {
		err = os.WriteFile(filepath.Join(artifacts, name+".trace.json"), data, 0o644)
	}
	if err != nil {
		p.t.Errorf("keeping the trace: %v", err)
	}
}

// mainThread picks the events of the busiest renderer's main thread: other
// renderers belong to empty tabs.
func mainThread(all []event) []event {
	type thread struct{ process, thread int }
	threads := map[thread][]event{}
	for _, e := range all {
		if e.Name == "thread_name" && string(e.Args) == `{"name":"CrRendererMain"}` {
			threads[thread{e.Process, e.Thread}] = nil
		}
	}
	for _, e := range all {
		key := thread{e.Process, e.Thread}
		if _, ok := threads[key]; ok {
			threads[key] = append(threads[key], e)
		}
	}
	var busiest []event
	most := 0.0
	for _, events := range threads {
		sum := 0.0
		for _, e := range events {
			sum += e.Wall
		}
		if sum > most {
			busiest, most = events, sum
		}
	}
	return busiest
}
