//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package httploop

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
)

// on runs body as the main task of a loop, and fails on reports and on descriptors left.
func on(t *testing.T, name string, body func(t *testing.T, task *eventloop.Task), expected ...string) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Helper()
		reports := 0
		_, err := eventloop.Run(func(task *eventloop.Task) (int, error) {
			body(t, task)
			return 0, nil
		}, eventloop.WithExceptionHandler(func(_ *eventloop.Loop, x eventloop.Exception) {
			for _, e := range expected {
				if strings.Contains(fmt.Sprint(x.Message, x.Err), e) {
					reports++
					return
				}
			}
			t.Errorf("unexpected report: %s: %v", x.Message, x.Err)
		}))
		check(t, err)
		if reports != len(expected) {
			t.Errorf("%d reports, want %d", reports, len(expected))
		}
	})
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func is(t *testing.T, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func start(t *testing.T, task *eventloop.Task, s *Server) string {
	t.Helper()
	check(t, s.Start(task, "tcp", "127.0.0.1:0"))
	return s.Addr().String()
}

// outside runs fn on a goroutine, where it may block, and awaits it.
func outside(t *testing.T, task *eventloop.Task, fn func() error) {
	t.Helper()
	f := eventloop.NewFuture[int](task.Loop())
	l := task.Loop()
	go func() {
		err := fn()
		_ = l.CallSoonThreadsafe(func() {
			if err != nil {
				_ = f.SetException(err)
			} else {
				_ = f.SetResult(0)
			}
		})
	}()
	_, err := f.Await(task)
	check(t, err)
}

func hello(_ *eventloop.Task, w http.ResponseWriter, _ *http.Request) {
	io.WriteString(w, "Hello, World!")
}

// raw sends text and returns everything that comes back.
func raw(t *testing.T, task *eventloop.Task, addr, text string) string {
	t.Helper()
	c, err := eventloop.OpenConnection(task, "tcp", addr)
	check(t, err)
	defer c.Close()
	_, err = io.WriteString(c, text)
	check(t, err)
	check(t, c.CloseWrite())
	b, err := io.ReadAll(c)
	check(t, err)
	return string(b)
}

func TestServerWithNetHTTPClient(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "Hello, World!") })
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	mux.HandleFunc("/status", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	mux.HandleFunc("/ignore", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ignored") })
	mux.HandleFunc("/flush", func(w http.ResponseWriter, r *http.Request) {
		for i := range 3 {
			fmt.Fprintf(w, "part %d\n", i)
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
	})
	on(t, "keep-alive, bodies, chunks", func(t *testing.T, task *eventloop.Task) {
		s := &Server{Handler: HandlerOf(mux)}
		url := "http://" + start(t, task, s)
		outside(t, task, func() error {
			tr := &http.Transport{ExpectContinueTimeout: time.Hour}
			defer tr.CloseIdleConnections()
			client := &http.Client{Transport: tr}
			big := strings.Repeat("0123456789abcdef", 1<<15)
			for _, c := range []struct{ method, path, body, want string }{
				{"GET", "/hello", "", "Hello, World!"},
				{"HEAD", "/hello", "", ""},
				{"GET", "/flush", "", "part 0\npart 1\npart 2\n"},
				{"POST", "/echo", "small", "small"},
				{"POST", "/echo", big, big},
				{"POST", "/ignore", "a body that nobody reads", "ignored"},
				{"GET", "/status", "", ""},
				{"GET", "/hello", "", "Hello, World!"},
			} {
				req, err := http.NewRequest(c.method, url+c.path, strings.NewReader(c.body))
				if err != nil {
					return err
				}
				if c.path == "/echo" {
					req.Header.Set("Expect", "100-continue")
				}
				resp, err := client.Do(req)
				if err != nil {
					return fmt.Errorf("%s %s: %w", c.method, c.path, err)
				}
				got, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if err != nil || string(got) != c.want {
					return fmt.Errorf("%s %s: %d bytes, %v", c.method, c.path, len(got), err)
				}
			}
			return nil
		})
		check(t, s.Shutdown(task))
	})
	on(t, "TLS", func(t *testing.T, task *eventloop.Task) {
		ts := httptest.NewUnstartedServer(nil)
		ts.StartTLS() // for its certificate
		defer ts.Close()
		s := &Server{Handler: HandlerOf(mux), TLS: ts.TLS}
		s.TLS.NextProtos = nil
		url := "https://" + start(t, task, s) + "/hello"
		outside(t, task, func() error {
			resp, err := ts.Client().Get(url)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			if b, err := io.ReadAll(resp.Body); err != nil || string(b) != "Hello, World!" {
				return fmt.Errorf("%q %v", b, err)
			}
			ts.Client().CloseIdleConnections()
			return nil
		})
		cl := &http.Client{Transport: &Transport{Loop: task.Loop(), TLS: ts.Client().Transport.(*http.Transport).TLSClientConfig}}
		resp, err := cl.Get(url)
		check(t, err)
		b, err := io.ReadAll(resp.Body)
		check(t, err)
		is(t, string(b), "Hello, World!")
		resp.Body.Close()
		check(t, s.Shutdown(task))
	})
}

func TestServerOnTheWire(t *testing.T) {
	on(t, "what is refused, and how connections end", func(t *testing.T, task *eventloop.Task) {
		s := &Server{Handler: hello, MaxHeaderBytes: 4 << 10}
		addr := start(t, task, s)
		for in, want := range map[string]string{
			"GET / HTTP/1.1\r\nHost: x\r\n\r\n":                                          "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n",
			"GET / HTTP/1.0\r\n\r\n":                                                     "HTTP/1.1 200 OK\r\nConnection: close\r\n",
			"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n":                           "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n",
			"GET / HTTP/1.1\r\n\r\n":                                                     "HTTP/1.1 400 ",
			"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n":                               "HTTP/1.1 400 ",
			"GET / HTTP/2.0\r\nHost: x\r\n\r\n":                                          "HTTP/1.1 505 ",
			"nonsense\r\n\r\n":                                                           "HTTP/1.1 400 ",
			"GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n":                           "HTTP/1.1 417 ",
			"GET / HTTP/1.1\r\nHost: x\r\nA: " + strings.Repeat("a", 1<<16) + "\r\n\r\n": "HTTP/1.1 431 ",
			"GET / HTTP/1.1\r\nHost: x":                                                  "",
			"":                                                                           "",
		} {
			got := raw(t, task, addr, in)
			if !strings.HasPrefix(got, want) || want == "" && got != "" {
				t.Errorf("%.40q: got %.90q, want %q", in, got, want)
			}
		}
		got := raw(t, task, addr, strings.Repeat("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 3)+"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		is(t, strings.Count(got, "Hello, World!"), 4)
		is(t, strings.Count(got, "Connection: close"), 1)
		check(t, s.Shutdown(task))
	})
	on(t, "what the server adds, and what the handler has set", func(t *testing.T, task *eventloop.Task) {
		s := &Server{Handler: func(_ *eventloop.Task, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Own", "1")
			w.Header().Set("Connection", "keep-alive")
			w.Header().Set("Date", "today")
			switch r.URL.Path {
			case "/own":
				w.Header().Set("Content-Length", "2")
				w.Header().Set("Content-Type", "text/x")
			case "/late":
				w.WriteHeader(http.StatusTeapot)
				w.Header().Set("Content-Length", "7")
			case "/chunks":
				w.WriteHeader(299)
				w.Header().Set("Content-Length", "7")
				w.(http.Flusher).Flush()
			}
			io.WriteString(w, "ok")
		}}
		addr := start(t, task, s)
		for in, want := range map[string]string{
			"GET /own HTTP/1.1\r\nHost: x\r\n\r\n": "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n" +
				"Content-Length: 2\r\nContent-Type: text/x\r\nDate: today\r\nX-Own: 1\r\n\r\nok",
			"GET /own HTTP/1.0\r\n\r\n": "HTTP/1.1 200 OK\r\nConnection: close\r\n" +
				"Content-Length: 2\r\nContent-Type: text/x\r\nDate: today\r\nX-Own: 1\r\n\r\nok",
			"GET /late HTTP/1.1\r\nHost: x\r\n\r\n": "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 2\r\n" +
				"Content-Type: text/plain; charset=utf-8\r\nConnection: keep-alive\r\nDate: today\r\nX-Own: 1\r\n\r\nok",
			"GET /chunks HTTP/1.1\r\nHost: x\r\n\r\n": "HTTP/1.1 299 status code 299\r\n" +
				"Transfer-Encoding: chunked\r\nConnection: keep-alive\r\nDate: today\r\nX-Own: 1\r\n\r\n2\r\nok\r\n0\r\n\r\n",
		} {
			is(t, raw(t, task, addr, in), want)
		}
		check(t, s.Shutdown(task))
	})
	on(t, "timeouts of the head and of idle connections", func(t *testing.T, task *eventloop.Task) {
		s := &Server{Handler: hello, HeaderTimeout: time.Millisecond, IdleTimeout: time.Millisecond}
		addr := start(t, task, s)
		c, err := eventloop.OpenConnection(task, "tcp", addr)
		check(t, err)
		b, err := io.ReadAll(c) // idle: closed without a word
		check(t, err)
		is(t, string(b), "")
		check(t, c.Close())
		s.IdleTimeout = -1
		c, err = eventloop.OpenConnection(task, "tcp", addr)
		check(t, err)
		io.WriteString(c, "GET / HT")
		b, err = io.ReadAll(c)
		check(t, err)
		if !strings.HasPrefix(string(b), "HTTP/1.1 408 ") {
			t.Errorf("got %q", b)
		}
		check(t, c.Close())
		check(t, s.Shutdown(task))
	})
	on(t, "a handler that panics, and one that aborts", func(t *testing.T, task *eventloop.Task) {
		s := &Server{Handler: func(_ *eventloop.Task, w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/abort" {
				panic(http.ErrAbortHandler)
			}
			panic("boom")
		}}
		addr := start(t, task, s)
		is(t, raw(t, task, addr, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "")
		is(t, raw(t, task, addr, "GET /abort HTTP/1.1\r\nHost: x\r\n\r\n"), "")
		check(t, s.Shutdown(task))
	}, "boom")
	on(t, "Shutdown lets a request finish, Close cancels it", func(t *testing.T, task *eventloop.Task) {
		gate := eventloop.NewEvent(task.Loop())
		inside := eventloop.NewEvent(task.Loop())
		var saw error
		s := &Server{Handler: func(t *eventloop.Task, w http.ResponseWriter, r *http.Request) {
			inside.Set()
			if saw = gate.Wait(t); saw == nil {
				io.WriteString(w, "done")
			}
		}}
		addr := start(t, task, s)
		idle, err := eventloop.OpenConnection(task, "tcp", addr)
		check(t, err)
		defer idle.Close()
		get := func() *eventloop.TaskOf[string] {
			return eventloop.Go(task.Loop(), func(tt *eventloop.Task) (string, error) {
				_, b, err := Get(tt, "http://"+addr, 0)
				return string(b), err
			})
		}
		a := get()
		check(t, inside.Wait(task))
		down := eventloop.Go(task.Loop(), func(t *eventloop.Task) (int, error) { return 0, s.Shutdown(t) })
		b, err := io.ReadAll(idle)
		check(t, err)
		is(t, len(b), 0)
		is(t, down.Done(), false)
		gate.Set()
		body, err := a.Await(task)
		check(t, err)
		is(t, body, "done")
		_, err = down.Await(task)
		check(t, err)

		gate.Clear()
		inside.Clear()
		s = &Server{Handler: s.Handler}
		addr = start(t, task, s)
		a = get()
		check(t, inside.Wait(task))
		check(t, s.Close())
		_, _ = a.Await(task)
		is(t, errors.Is(saw, ErrServerClosed), true)
		check(t, s.Shutdown(task))
	})
}

func TestClientAgainstNetHTTP(t *testing.T) {
	block := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "Hello, World!") })
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) { w.Write(make([]byte, 4<<20)) })
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	mux.HandleFunc("/block", func(w http.ResponseWriter, r *http.Request) { <-block })
	mux.Handle("/away", http.RedirectHandler("/hello", http.StatusFound))
	ts := httptest.NewServer(mux)
	defer ts.Close()
	defer close(block)
	on(t, "fetches", func(t *testing.T, task *eventloop.Task) {
		for _, path := range []string{"/hello", "/away"} {
			resp, b, err := Get(task, ts.URL+path, 0)
			check(t, err)
			is(t, resp.StatusCode, 200)
			is(t, string(b), "Hello, World!")
		}
		_, b, err := Get(task, ts.URL+"/big", 0)
		check(t, err)
		is(t, len(b), 4<<20)
		_, b, err = Get(task, ts.URL+"/big", 100)
		is(t, err, io.ErrShortBuffer)
		is(t, len(b), 100)
		resp, err := Client(task.Loop()).Post(ts.URL+"/echo", "text/plain", strings.NewReader("body"))
		check(t, err)
		b, err = io.ReadAll(resp.Body)
		check(t, err)
		is(t, string(b), "body")
		check(t, resp.Body.Close())
		var tasks []*eventloop.TaskOf[int]
		for range 50 {
			tasks = append(tasks, eventloop.Go(task.Loop(), func(t *eventloop.Task) (int, error) {
				_, b, err := Get(t, ts.URL+"/hello", 0)
				return len(b), err
			}))
		}
		for _, task1 := range tasks {
			n, err := task1.Await(task)
			check(t, err)
			is(t, n, 13)
		}
	})
	on(t, "ends with its task, its context, its deadline", func(t *testing.T, task *eventloop.Task) {
		err := eventloop.WithTimeout(task, time.Millisecond, func() error {
			_, _, err := Get(task, ts.URL+"/block", 0)
			return err
		})
		is(t, errors.Is(err, eventloop.ErrTimeout), true)
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(time.Millisecond, cancel)
		req, err := http.NewRequestWithContext(ctx, "GET", ts.URL+"/block", nil)
		check(t, err)
		_, err = Client(task.Loop()).Do(req)
		is(t, errors.Is(err, context.Canceled), true)
		ctx, cancel = context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		_, err = Client(task.Loop()).Do(req.WithContext(ctx))
		is(t, errors.Is(err, context.DeadlineExceeded), true)
		_, _, err = Get(task, "ftp://127.0.0.1/", 0)
		is(t, err != nil, true)
		f := eventloop.NewFuture[error](task.Loop())
		task.Loop().Post(func() { _, err := Client(task.Loop()).Get(ts.URL); f.SetResult(err) })
		err, _ = f.Await(task)
		is(t, errors.Is(err, eventloop.ErrNotCurrent), true)
	})
}

// gorilla's upgrader and connection run unchanged in the task of the handler.
func TestWebsocket(t *testing.T) {
	on(t, "gorilla's client against the loop's server", func(t *testing.T, task *eventloop.Task) {
		upgrader := websocket.Upgrader{}
		s := &Server{Handler: func(tt *eventloop.Task, w http.ResponseWriter, r *http.Request) {
			ws, err := upgrader.Upgrade(w, r, nil)
			if err != nil {
				t.Error(err)
				return
			}
			defer ws.Close()
			for {
				kind, msg, err := ws.ReadMessage()
				if err != nil {
					if !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
						t.Error(err)
					}
					return
				}
				if err := eventloop.Yield(tt); err != nil {
					return
				}
				if err := ws.WriteMessage(kind, msg); err != nil {
					t.Error(err)
					return
				}
			}
		}}
		url := "ws://" + start(t, task, s)
		outside(t, task, func() error {
			ws, _, err := websocket.DefaultDialer.Dial(url, nil)
			if err != nil {
				return err
			}
			defer ws.Close()
			for _, size := range []int{1, 100, 1 << 20} {
				want := strings.Repeat("x", size)
				if err := ws.WriteMessage(websocket.TextMessage, []byte(want)); err != nil {
					return err
				}
				if _, got, err := ws.ReadMessage(); err != nil || string(got) != want {
					return fmt.Errorf("%d bytes, %v", len(got), err)
				}
			}
			bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
			if err := ws.WriteMessage(websocket.CloseMessage, bye); err != nil {
				return err
			}
			if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
				return err
			}
			return nil
		})
		check(t, s.Shutdown(task))
	})
	on(t, "Hijack's rules", func(t *testing.T, task *eventloop.Task) {
		s := &Server{Handler: func(_ *eventloop.Task, w http.ResponseWriter, r *http.Request) {
			c, rw, err := w.(http.Hijacker).Hijack()
			check(t, err)
			_, _, err = w.(http.Hijacker).Hijack()
			is(t, err, http.ErrHijacked)
			_, err = w.Write([]byte("x"))
			is(t, err, http.ErrHijacked)
			io.WriteString(rw, "raw")
			check(t, rw.Flush())
			check(t, c.Close())
		}}
		addr := start(t, task, s)
		is(t, raw(t, task, addr, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "raw")
		check(t, s.Shutdown(task))
	})
}

// One process: the loop's server, then net/http's, against the same net/http client.
func BenchmarkHello(b *testing.B) {
	for name, begin := range map[string]func() (addr string, end func()){
		"loop":    startLoop,
		"nethttp": startNetHTTP,
	} {
		for _, conns := range []int{1, 32} {
			b.Run(fmt.Sprintf("%s/conns=%d", name, conns), func(b *testing.B) {
				addr, end := begin()
				defer end()
				b.ReportAllocs()
				load(b, addr, conns)
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
			})
		}
	}
}

// load sends b.N requests over keep-alive connections, with as little of its own as possible.
func load(b *testing.B, addr string, conns int) {
	request := []byte("GET / HTTP/1.1\r\nHost: bench\r\n\r\n")
	errs := make(chan error, conns)
	var all []net.Conn
	for range conns {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			b.Fatal(err)
		}
		defer c.Close()
		all = append(all, c)
	}
	b.ResetTimer()
	for i, c := range all {
		n := b.N / conns
		if i < b.N%conns {
			n++
		}
		go func() {
			br := bufio.NewReader(c)
			for range n {
				if _, err := c.Write(request); err != nil {
					errs <- err
					return
				}
				for {
					line, err := br.ReadSlice('\n')
					if err != nil {
						errs <- err
						return
					}
					if len(line) == 2 {
						break
					}
				}
				if _, err := br.Discard(len("Hello, World!")); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range conns {
		if err := <-errs; err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
}

func startLoop() (string, func()) {
	addr, done := make(chan string), make(chan struct{})
	l := eventloop.New()
	go func() {
		defer close(done)
		defer l.Close()
		eventloop.Go(l, func(t *eventloop.Task) (int, error) {
			s := &Server{Handler: hello}
			if err := s.Start(t, "tcp", "127.0.0.1:0"); err != nil {
				panic(err)
			}
			addr <- s.Addr().String()
			return 0, nil
		})
		_ = l.RunForever()
	}()
	return <-addr, func() { l.Stop(); <-done }
}

func startNetHTTP() (string, func()) {
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "Hello, World!") }))
	return ts.Listener.Addr().String(), ts.Close
}

func TestMain(m *testing.M) {
	before := descriptors()
	code := m.Run()
	if after := descriptors(); code == 0 && after > before+4 { // the runtime's own, made once
		fmt.Fprintf(os.Stderr, "%d descriptors before, %d after\n", before, after)
		code = 1
	}
	os.Exit(code)
}

func descriptors() int {
	dir, _ := os.ReadDir("/proc/self/fd") // empty elsewhere
	return len(dir)
}
