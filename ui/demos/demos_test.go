package demos

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

var serialOutput = []string{
	"Ada counts 1", "Ada counts 2", "Ada counts 3", "Ada is done, having counted to 3",
	"Bob counts 1", "Bob counts 2", "Bob counts 3", "Bob is done, having counted to 3",
	"Cleo counts 1", "Cleo counts 2", "Cleo counts 3", "Cleo is done, having counted to 3",
}

// The output whose order a loop promises, whatever the machine does meanwhile.
func TestOutput(t *testing.T) {
	base := serve(t)
	for name, want := range map[string][]string{
		"serial": serialOutput,
		"simultaneous": {
			"Ada counts 1", "Bob counts 1", "Cleo counts 1",
			"Ada counts 2", "Bob counts 2", "Cleo counts 2",
			"Ada counts 3", "Bob counts 3", "Cleo counts 3",
			"All are done, having counted 9 numbers",
		},
		"wait-for-both": {
			"Waiting for both ...", "The tea is on", "The toast is on", "The toast is ready", "The tea is ready",
			"Breakfast: tea and toast",
		},
		"as-completed": {
			"Tortoise starts", "Fox starts", "Hare starts", "Hedgehog starts",
			"1. Hare, after 0.6 s", "2. Fox, after 1.2 s", "3. Hedgehog, after 1.8 s", "4. Tortoise, after 2.4 s",
		},
		"call-soon-threadsafe": {
			"19.5 °C, on average 19.5 °C", "20.1 °C, on average 19.8 °C", "20.8 °C, on average 20.1 °C",
			"21.6 °C, on average 20.5 °C", "22.3 °C, on average 20.9 °C",
		},
		"fetch": {
			"Callbacks: Tulip became asyncio", "Coroutine: Tulip became asyncio", "Tasks: Tulip became asyncio",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t, base, name)
			for range 2 { // it can be run again
				if got := p.pressGo(nil); !slices.Equal(got, want) {
					t.Errorf("got %q", got)
				}
				if !strings.HasPrefix(p.state, "Done after ") {
					t.Errorf("the state is %q", p.state)
				}
				if picture := p.html["#timeline"]; !strings.HasPrefix(picture, "<svg ") || !strings.Contains(p.html["#words"], "main: ") {
					t.Errorf("no timeline: %q, %q", picture, p.html["#words"])
				}
			}
		})
	}
}

// Nothing ticks during the call on the loop. That it does during the other one
// is a matter of time: see TestTimes.
func TestRunInExecutorOutput(t *testing.T) {
	p := openTab(t, serve(t), "run-in-executor")
	got := p.pressGo(nil)
	i := slices.Index(got, "Called on the loop: nothing ticks")
	if i < 0 || i+1 >= len(got) || got[i+1] != "The answer is 42" {
		t.Errorf("something ran while the loop was blocked: %q", got)
	}
	if got[len(got)-1] != "The answer is 42 again" || !strings.Contains(p.html["#words"], "worker 1, a thread: 1 jobs") {
		t.Errorf("got %q, %q", got, p.html["#words"])
	}
}

func TestRegexTool(t *testing.T) {
	p := openTab(t, serve(t), "regex")
	for _, test := range []struct {
		pattern, text string
		want          []string
	}{
		{`(?P<k>\w)=(\w)(x)?`, "é a=b <i>", []string{
			`match        bytes 3 to 6`, `group()      "a=b"`, `groups()     ("a", "b", none)`, `groupdict()  {k: "a"}`}},
		{`<i>`, "a <i>", []string{`match        bytes 2 to 5`, `group()      "<i>"`, `groups()     ()`, `groupdict()  {}`}},
		{`x`, "a", []string{"no match"}},
		{``, "", []string{`match        bytes 0 to 0`, `group()      ""`, `groups()     ()`, `groupdict()  {}`}},
	} {
		values := map[string][]string{"pattern": {test.pattern}, "text": {test.text}}
		if got := p.pressGo(values); !slices.Equal(got, test.want) {
			t.Errorf("%q in %q: %q", test.pattern, test.text, got)
		}
		if !strings.Contains(p.html["#words"], "worker 1, a thread: 1 jobs") {
			t.Errorf("no worker in %q", p.html["#words"])
		}
	}
	got := p.pressGo(map[string][]string{"pattern": {"<b>("}, "text": {"a"}})
	if len(got) != 1 || !strings.HasPrefix(got[0], "error: ") || !strings.Contains(got[0], "| <b>(") || !strings.HasPrefix(p.state, "Done") {
		t.Errorf("a wrong pattern: %q, %s", got, p.state)
	}
	if strings.Contains(p.html["last"], "<b>") {
		t.Errorf("markup: %s", p.html["last"])
	}
}

func TestChat(t *testing.T) {
	base := serve(t)
	var tabs []*tab
	for i, name := range []string{"Ada", "<b>Bob</b>", " Cleo  \t Ox "} {
		p := openTab(t, base, "chat")
		p.send("say", map[string][]string{"line": {"not here yet"}})
		p.send("sign-in", map[string][]string{"name": {name}})
		p.until(func() bool { return len(p.output) == 1 })
		if p.hidden["#room"] || !p.hidden["#door"] {
			t.Error("the room does not show after signing in")
		}
		if !strings.Contains(p.html["last"], fmt.Sprintf(`<b class="c%d">`, i)) {
			t.Errorf("no colour of its own: %s", p.html["last"])
		}
		tabs = append(tabs, p)
	}
	ada, bob, cleo := tabs[0], tabs[1], tabs[2]

	late := openTab(t, base, "chat")
	for name, want := range map[string]string{"Ada": "is here already", "": "give a name", strings.Repeat("é", 41): "give a name"} {
		late.html = map[string]string{}
		late.send("sign-in", map[string][]string{"name": {name}})
		late.until(func() bool { return late.html["#problem"] != "" })
		if !strings.Contains(late.html["#problem"], want) {
			t.Errorf("signing in as %q: %q", name, late.html["#problem"])
		}
	}

	const injected = `<img src=x onerror=alert(1)>&amp;`
	ada.send("sign-in", map[string][]string{"name": {"Ada again"}})
	ada.send("say", map[string][]string{"line": {""}})
	ada.send("say", map[string][]string{"line": {"hello"}})
	ada.until(func() bool { return len(ada.output) == 4 })
	bob.send("say", map[string][]string{"line": {injected}})
	cleo.until(func() bool { return len(cleo.output) == 3 })
	if got := cleo.html["last"]; strings.Contains(got, "<img") || strings.Contains(got, "<b>Bob") {
		t.Errorf("markup came through: %s", got)
	}
	bob.until(func() bool { return len(bob.output) == 4 })
	bob.socket.Close()
	ada.until(func() bool { return len(ada.output) == 6 })
	want := []string{
		"Ada has come", "<b>Bob</b> has come", "Cleo Ox has come", "Ada: hello", "<b>Bob</b>: " + injected, "<b>Bob</b> has left",
	}
	if !slices.Equal(ada.output, want) {
		t.Errorf("got %q", ada.output)
	}
	cleo.until(func() bool { return len(cleo.output) == 4 })
	if !slices.Equal(cleo.output, want[2:]) {
		t.Errorf("who came last saw %q", cleo.output)
	}
	ada.until(func() bool { return strings.Contains(ada.html["#timeline"], "&lt;b&gt;Bob&lt;/b&gt;") })
	if ada.until(func() bool { return ada.html["#people"] == "Here: Ada, Cleo Ox" }); strings.Contains(ada.html["#timeline"], "<b>") {
		t.Error("markup in the timeline")
	}
}

// Two visits: one that never ends, and one that is answered meanwhile.
func TestHTTPServer(t *testing.T) {
	base := serveAt(t, 1000)
	p := openTab(t, base, "http-server")
	p.send("go", nil)
	p.until(func() bool { return len(p.output) == 3 })
	address := strings.TrimPrefix(p.output[0], "Open ")
	slow := make(chan string, 1)
	go func() {
		response, err := http.Get(address + "slow")
		if err != nil {
			slow <- err.Error()
			return
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		slow <- string(body)
	}()
	p.until(func() bool { return len(p.output) == 4 })
	if got := mustGet(t, address, http.StatusOK); got != "Hello, world! This is visit 2.\n" {
		t.Errorf("got %q", got)
	}
	p.until(func() bool { return len(p.output) == 5 })
	if p.output[3] != "Visit 1: GET /slow" || p.output[4] != "Visit 2: GET /" {
		t.Errorf("got %q", p.output)
	}
	p.until(func() bool { return strings.Contains(p.html["#words"], "visit 2: ") })
	p.send("stop", nil)
	p.until(func() bool { return strings.HasPrefix(p.state, "Stopped after ") })
	if answer := <-slow; strings.Contains(answer, "Hello") {
		t.Errorf("the slow visit was answered: %s", answer)
	}
}
