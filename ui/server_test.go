package ui_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/ui"
	"github.com/regexdbg/regexdbg/ui/wire"
)

func serveTool(t *testing.T, tool http.Handler) *httptest.Server {
	server := httptest.NewServer(tool)
	t.Cleanup(server.Close)
	return server
}

func TestHostHeader(t *testing.T) {
	tests := []struct {
		host  string
		hosts []string
		want  int
	}{
		{"localhost:7331", nil, 200},
		{"LOCALHOST", nil, 200},
		{"127.0.0.1:7331", nil, 200},
		{"127.9.9.9", nil, 200},
		{"[::1]:7331", nil, 200},
		{"[::ffff:127.0.0.1]:1", nil, 200},
		{"evil.example", nil, 403},
		{"localhost.evil.example:7331", nil, 403},
		{"10.0.0.1:7331", nil, 403},
		{"", nil, 403},
		{"dev.example:80", []string{"dev.example"}, 200},
		{"other.example", []string{"dev.example"}, 403},
		{"other.example", []string{"*"}, 200},
	}
	for _, test := range tests {
		tool := ui.Handler(ui.Options{Hosts: test.hosts})
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = test.host
		w := httptest.NewRecorder()
		tool.ServeHTTP(w, r)
		if w.Code != test.want {
			t.Errorf("host %q with %v: %d, want %d", test.host, test.hosts, w.Code, test.want)
		}
		tool.Close()
	}
}

func TestOriginHeader(t *testing.T) {
	server := serve(t, ui.Options{Origins: []string{"https://tools.example"}})
	address := strings.TrimPrefix(server.URL, "http://")
	for origin, ok := range map[string]bool{
		"":                         true, // not a browser
		"http://" + address:        true,
		"https://tools.example":    true,
		"http://tools.example":     false,
		"https://evil.example":     false,
		"http://localhost:1":       false, // another program's page on this machine
		"null":                     false,
		"http://" + address + ".x": false,
		"%zz":                      false,
	} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		socket, response, err := websocket.DefaultDialer.Dial("ws://"+address+"/ws", header)
		if (err == nil) != ok {
			t.Errorf("origin %q: %v, want ok=%v", origin, err, ok)
		}
		if err == nil {
			socket.Close()
		} else if response.StatusCode != http.StatusForbidden {
			t.Errorf("origin %q: status %d", origin, response.StatusCode)
		}
	}
}

func TestPageHasAStrictPolicy(t *testing.T) {
	server := serve(t, ui.Options{})
	nonces := map[string]bool{}
	for range 2 {
		response, body := get(t, server.URL+"/")
		policy := response.Header.Get("Content-Security-Policy")
		nonce := regexp.MustCompile(`'nonce-(\w{20,})'`).FindStringSubmatch(policy)
		if nonce == nil {
			t.Fatalf("no nonce in %q", policy)
		}
		nonces[nonce[1]] = true
		if !strings.Contains(body, nonce[1]) || strings.Contains(body, "__NONCE__") {
			t.Error("the page does not know its nonce")
		}
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("policy %q", policy)
		}
		if response.Header.Get("X-Content-Type-Options") != "nosniff" || response.Header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("headers %v", response.Header)
		}
	}
	if len(nonces) != 2 {
		t.Error("a nonce was used twice")
	}
}

// The page may start a worker of this server, and that one another; neither takes
// anything from elsewhere.
func TestWorkersAreAllowed(t *testing.T) {
	server := serve(t, ui.Options{})
	for _, file := range []string{"", "search.js", "regexp.js"} {
		response, _ := get(t, server.URL+"/"+file)
		policy := response.Header.Get("Content-Security-Policy")
		if response.StatusCode != http.StatusOK || !strings.HasPrefix(policy, "default-src 'none'; ") || !strings.Contains(policy, "worker-src 'self'") {
			t.Errorf("%q: status %d, policy %q", file, response.StatusCode, policy)
		}
	}
}

// A Host header cannot add to the policy, even where every host is taken.
func TestHostIsNotTrustedInThePolicy(t *testing.T) {
	tool := ui.Handler(ui.Options{Hosts: []string{"*"}})
	defer tool.Close()
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = "x;script-src*"
	w := httptest.NewRecorder()
	tool.ServeHTTP(w, r)
	if policy := w.Header().Get("Content-Security-Policy"); strings.Contains(policy, r.Host) {
		t.Errorf("policy %q", policy)
	}
}

func TestScriptsAreGzipped(t *testing.T) {
	server := serve(t, ui.Options{})
	for encoding, want := range map[string]string{"gzip, br": "gzip", "identity": ""} {
		r, _ := http.NewRequest("GET", server.URL+"/app.js", nil)
		r.Header.Set("Accept-Encoding", encoding)
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if got := response.Header.Get("Content-Encoding"); got != want || response.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
			t.Errorf("for %q: %v", encoding, response.Header)
		}
	}
}

func TestPaths(t *testing.T) {
	server := serve(t, ui.Options{})
	for path, want := range map[string]int{
		"/": 200, "/healthz": 200, "/nothing.js": 404, "/index.html": 404, "/..%2f..%2fgo.mod": 404, "/ws": 400,
	} {
		if response, _ := get(t, server.URL+path); response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
	response, err := http.Post(server.URL+"/", "text/plain", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", response.StatusCode)
	}
}

// The page's files and its socket are reachable below a prefix, stripped by the
// mux or not, and through a reverse proxy that adds another one.
func TestMountedUnderAPrefixBehindAProxy(t *testing.T) {
	tool := ui.Handler(ui.Options{Hosts: []string{"*"}})
	defer tool.Close()
	mux := http.NewServeMux()
	mux.Handle("/debug/regex/", tool)
	mux.Handle("/stripped/", http.StripPrefix("/stripped", tool))
	backend := serveTool(t, mux)
	target, err := url.Parse(backend.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := http.NewServeMux()
	front.Handle("/team/", http.StripPrefix("/team", httputil.NewSingleHostReverseProxy(target)))
	proxy := serveTool(t, front)

	link := regexp.MustCompile(`(?:src|href)="([^"]+)"`)
	for _, base := range []string{
		backend.URL + "/debug/regex/", backend.URL + "/stripped/",
		proxy.URL + "/team/debug/regex/", proxy.URL + "/team/stripped/",
	} {
		response, body := get(t, base)
		if response.StatusCode != 200 {
			t.Fatalf("%s: %d", base, response.StatusCode)
		}
		for _, m := range link.FindAllStringSubmatch(body, -1) {
			if strings.HasPrefix(m[1], "data:") || strings.HasPrefix(m[1], "#") {
				continue
			}
			if response, _ := get(t, base+m[1]); response.StatusCode != 200 {
				t.Errorf("%s%s: %d", base, m[1], response.StatusCode)
			}
		}
		u, _ := url.Parse(base)
		conn, _, err := websocket.DefaultDialer.Dial("ws://"+u.Host+u.Path+"ws", http.Header{"Origin": {"http://" + u.Host}})
		if err != nil {
			t.Fatalf("%sws: %v", base, err)
		}
		p := newPage(t, conn)
		p.send(wire.Hello{Type: wire.TypeHello, Protocol: wire.Protocol})
		var welcome wire.Welcome
		p.expect(wire.TypeWelcome, &welcome)
		p.putText("abc")
		p.update(1, "go", "", "b", "abc")
		if got := p.collect(1); got.done.Count != 1 {
			t.Errorf("%s: %+v", base, got.done)
		}
		conn.Close()
	}
}

func get(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}
