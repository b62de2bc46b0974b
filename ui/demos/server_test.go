package demos

import (
	"context"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// serve serves the demos, with short waits, at a prefix.
func serve(t *testing.T) string { return serveAt(t, 0.02) }

func serveAt(t *testing.T, pace float64) string {
	t.Helper()
	s := New(Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), pace: pace})
	server := httptest.NewServer(http.StripPrefix("/below", s))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Errorf("shutting down: %v", err)
		}
		server.Close()
	})
	return server.URL + "/below/"
}

// tab is a page without a browser: it keeps what its elements would hold.
type tab struct {
	t      *testing.T
	socket *websocket.Conn
	output []string          // lines, as text
	state  string            // of the run
	html   map[string]string // of other elements
	hidden map[string]bool
}

func openTab(t *testing.T, base, name string) *tab {
	t.Helper()
	socket, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(base, "http")+name+"/ws", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	p := &tab{t: t, socket: socket, html: map[string]string{}, hidden: map[string]bool{"#room": true}}
	p.send("document_ready", nil)
	return p
}

func (p *tab) send(route string, values map[string][]string) {
	p.t.Helper()
	if err := p.socket.WriteJSON(map[string]any{"route": route, "values": values}); err != nil {
		p.t.Fatal(err)
	}
}

var (
	tags  = regexp.MustCompile(`<[^>]*>`)
	stamp = regexp.MustCompile(`<span class="at">[^<]*</span>`)
)

// until reads operations until done.
func (p *tab) until(done func() bool) {
	p.t.Helper()
	for !done() {
		// Not a measure of anything: a test that hangs should say where.
		_ = p.socket.SetReadDeadline(time.Now().Add(time.Minute))
		_, data, err := p.socket.ReadMessage()
		if err != nil {
			p.t.Fatalf("%v; the output is %q, the state %q", err, p.output, p.state)
		}
		var op struct {
			Op, Target string
			Value      any
		}
		if err := json.Unmarshal(data, &op); err != nil {
			p.t.Fatal(err)
		}
		value, _ := op.Value.(string)
		switch {
		case op.Op == "fault":
			p.t.Fatalf("the page was told of a fault: %s", value)
		case op.Op == "show" || op.Op == "hide":
			p.hidden[op.Target] = op.Op == "hide"
		case op.Target == "#output" && op.Op == "append-html":
			p.output = append(p.output, html.UnescapeString(tags.ReplaceAllString(stamp.ReplaceAllString(value, ""), "")))
			p.html["last"] = value
		case op.Target == "#output":
			p.output = nil
		case op.Target == "#state":
			p.state = value
		default:
			p.html[op.Target] = value
		}
	}
}

// pressGo runs the demo, and returns what it printed.
func (p *tab) pressGo(values map[string][]string) []string {
	p.t.Helper()
	p.send("go", values)
	p.until(func() bool { return strings.HasPrefix(p.state, "Running") })
	p.until(func() bool { return !strings.HasPrefix(p.state, "Running") })
	return p.output
}

func TestIndexListsAll(t *testing.T) {
	base := serve(t)
	page := mustGet(t, base, http.StatusOK)
	for _, name := range Names() {
		if !strings.Contains(page, `<a href="`+name+`/">`) {
			t.Errorf("the index lacks %s", name)
		}
	}
	for path, want := range map[string]int{
		"demos.css": 200, "viol.css": 200, "favicon.svg": 200, "favicon.ico": 200,
		"serial": 307, "nonsense": 404, "nonsense/": 404, "serial/x/": 404, "app.js": 404, "serial/viol.js": 200,
	} {
		mustGet(t, base+path, want)
	}
	for _, path := range []string{"", "serial/"} {
		request, _ := http.NewRequest("GET", base+path, nil)
		request.Host = "evil.example"
		if response, err := http.DefaultClient.Do(request); err != nil || response.StatusCode != http.StatusForbidden {
			t.Errorf("another host, %q: %v, %v", path, response, err)
		}
	}
	if response, err := http.Post(base, "text/plain", nil); err != nil || response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %v, %v", response, err)
	}
}

func mustGet(t *testing.T, url string, status int) string {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != status {
		t.Errorf("%s: %d, want %d", url, response.StatusCode, status)
	}
	return string(body)
}

// What is shown is the very file, and the policy finds nothing to refuse.
func TestPagesShowTheirSource(t *testing.T) {
	base := serve(t)
	inline := regexp.MustCompile(`(?i)<script>|<style|\s(on\w+|style)=`)
	code := regexp.MustCompile(`(?s)<code id="source">(.*)</code>`)
	for _, d := range demos() {
		page := mustGet(t, base+d.name+"/", http.StatusOK)
		file, err := os.ReadFile(d.file)
		if err != nil {
			t.Fatal(err)
		}
		shown := code.FindStringSubmatch(page)
		if shown == nil || html.UnescapeString(tags.ReplaceAllString(shown[1], "")) != string(file) {
			t.Errorf("%s does not show %s", d.name, d.file)
		}
		if found := inline.FindString(strings.Replace(page, shown[0], "", 1)); found != "" {
			t.Errorf("%s has inline script or style: %s", d.name, found)
		}
		if !strings.Contains(page, "<title>"+d.title) || !strings.Contains(page, "<h1>"+d.title) {
			t.Errorf("%s is not named on its page", d.name)
		}
	}
}

func TestHighlight(t *testing.T) {
	const code = "if x < '&' { // \"<b>\"\n\treturn `a\n<i>`\n}"
	const want = `<span class="keyword">if</span> x &lt; <span class="literal">&#39;&amp;&#39;</span> { ` +
		`<span class="comment">// &#34;&lt;b&gt;&#34;</span>` + "\n\t" +
		`<span class="keyword">return</span> <span class="literal">` + "`a\n&lt;i&gt;`</span>\n}"
	if got := highlight(code); string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A page that is left, pressed again, or stopped, ends what it had started.
func TestRunsEnd(t *testing.T) {
	s := New(Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), pace: 1000}) // for ever
	server := httptest.NewServer(s)
	defer server.Close()
	p := openTab(t, server.URL+"/", "serial")
	printed := func() bool { return len(p.output) > 0 }
	p.send("stop", nil)
	p.until(func() bool { return p.state == "Nothing is running." })

	p.send("go", nil)
	p.until(printed)
	p.send("stop", nil)
	p.until(func() bool { return strings.HasPrefix(p.state, "Stopped after ") })

	p.send("go", nil)
	p.until(func() bool { return p.output == nil })
	p.until(printed)
	p.send("go", nil)
	p.until(func() bool { return p.output == nil })
	p.until(printed)
	p.socket.Close()
	s.runs.Wait() // and there is no other page

	q := openTab(t, server.URL+"/", "simultaneous")
	q.send("go", nil)
	q.until(func() bool { return len(q.output) > 0 })
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		t.Errorf("shutting down: %v", err)
	}
}

// Two tabs run the same demo at once, and neither sees the other.
func TestTabsDoNotInterfere(t *testing.T) {
	base := serve(t)
	a, b := openTab(t, base, "serial"), openTab(t, base, "serial")
	a.send("go", nil)
	b.send("go", nil)
	for _, p := range []*tab{a, b} {
		p.until(func() bool { return strings.HasPrefix(p.state, "Done") })
		if !slices.Equal(p.output, serialOutput) {
			t.Errorf("got %q", p.output)
		}
	}
}

func TestReadmeListsAll(t *testing.T) {
	readme, err := os.ReadFile("../../eventloop/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range demos() {
		if !strings.Contains(string(readme), "| [`"+d.name+"`](../ui/demos/"+d.file+") |") {
			t.Errorf("eventloop/README.md lacks %s", d.name)
		}
	}
}
