package demos

import (
	"fmt"
	"net/http"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/eventloop/httploop"
	"github.com/regexdbg/regexdbg/ui/viol"
)

// Hello, world: an HTTP server on the loop.
//
// Every connection is a task. One that sleeps holds up nobody: open the slow
// page, and while it loads, the other. The counter needs no lock.
func httpServer(t *eventloop.Task, p *Page) error {
	visits := 0
	hello := func(t *eventloop.Task, w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" && r.URL.Path != "/slow" {
			http.NotFound(w, r) // browsers ask for an icon, too
			return
		}
		visits++
		visit := visits
		t.SetName(fmt.Sprintf("visit %d", visit)) // for the timeline
		p.Print("Visit %d: %s %s", visit, r.Method, r.URL.Path)
		if r.URL.Path == "/slow" {
			if err := eventloop.Sleep(t, p.Seconds(5)); err != nil {
				return // the server stops, or the visitor has gone
			}
		}
		fmt.Fprintf(w, "Hello, world! This is visit %d.\n", visit)
	}
	server := &httploop.Server{Handler: hello}
	if err := server.Start(t, "tcp", "127.0.0.1:0"); err != nil {
		return err
	}
	defer server.Close()

	address := "http://" + server.Addr().String() + "/"
	for _, url := range []string{address, address + "slow"} {
		p.Show(viol.HTML(`Open <a href="%s" target="_blank" rel="noopener">%s</a>`, url, url))
	}
	p.Print("Serving until you press Stop or leave ...")
	return eventloop.NewEvent(t.Loop()).Wait(t) // which nobody sets
}
