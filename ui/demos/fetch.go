package demos

import (
	"io"
	"net/http"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/eventloop/httploop"
)

// Fetching a web page, in three forms. The first page holds the address of the
// second, and what the second says is wanted.
func fetchPages(t *eventloop.Task, p *Page) error {
	site, err := startSite(t, p)
	if err != nil {
		return err
	}
	defer site.Close()
	address := "http://" + site.Addr().String()

	for _, form := range []struct {
		name  string
		fetch func(t *eventloop.Task, address string) (string, error)
	}{
		{"Callbacks", withCallbacks},
		{"Coroutine", asCoroutine},
		{"Tasks", withTasks},
	} {
		answer, err := form.fetch(t, address)
		if err != nil {
			return err
		}
		p.Print("%s: %s", form.name, answer)
	}
	return nil
}

// withCallbacks: every step is a function that the one before it has been given.
// The order is inside out, and each must pass on what goes wrong by itself.
func withCallbacks(t *eventloop.Task, address string) (string, error) {
	loop := t.Loop()
	answer := eventloop.NewFuture[string](loop)
	fetch := func(url string, then func(page string)) {
		task := eventloop.Go(loop, get(url), eventloop.WithName("callbacks"))
		task.AddDoneCallback(func() {
			if page, err := task.Result(); err != nil {
				_ = answer.SetException(err)
			} else {
				then(page)
			}
		})
	}
	fetch(address+"/", func(next string) {
		fetch(address+next, func(page string) {
			_ = answer.SetResultUnlessCancelled(page)
		})
	})
	return answer.Await(t)
}

// asCoroutine: the same steps, written as one thinks. The task parks at each,
// and the loop is as free as with callbacks.
func asCoroutine(t *eventloop.Task, address string) (string, error) {
	next, err := get(address + "/")(t)
	if err != nil {
		return "", err
	}
	return get(address + next)(t)
}

// withTasks: who knows both addresses need not wait in between.
func withTasks(t *eventloop.Task, address string) (string, error) {
	loop := t.Loop()
	first := eventloop.Go(loop, get(address+"/"), eventloop.WithName("first"))
	second := eventloop.Go(loop, get(address+"/tulip"), eventloop.WithName("second"))
	pages, err := eventloop.Gather(loop, first, second).Await(t)
	if err != nil {
		return "", err
	}
	return pages[1], nil
}

// get makes a task's function that fetches a page.
func get(url string) func(t *eventloop.Task) (string, error) {
	return func(t *eventloop.Task) (string, error) {
		_, body, err := httploop.Get(t, url, 0)
		return string(body), err
	}
}

// startSite starts a slow web site, on the same loop.
func startSite(t *eventloop.Task, p *Page) (*httploop.Server, error) {
	pages := map[string]string{"/": "/tulip", "/tulip": "Tulip became asyncio"}
	serve := func(t *eventloop.Task, w http.ResponseWriter, r *http.Request) {
		t.SetName("site: " + r.URL.Path) // a connection is a task
		if err := eventloop.Sleep(t, p.Seconds(0.5)); err != nil {
			return
		}
		_, _ = io.WriteString(w, pages[r.URL.Path])
	}
	site := &httploop.Server{Handler: serve}
	return site, site.Start(t, "tcp", "127.0.0.1:0")
}
