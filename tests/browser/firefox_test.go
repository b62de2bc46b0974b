package browser

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// firefox is a Firefox without a window, over WebDriver BiDi: commands with numbers
// and events, as JSON on one websocket.
type firefox struct {
	socket  *websocket.Conn
	context string // of the tab
	last    int
	answers chan bidiMessage

	mu    sync.Mutex
	heard []string
}

type bidiMessage struct {
	ID      int             `json:"id"`
	Type    string          `json:"type"` // success, error or event
	Method  string          `json:"method"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
	Result  json.RawMessage `json:"result"`
	Params  json.RawMessage `json:"params"`
}

var bidiAddress = regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)

// startFirefox starts a Firefox with a profile of its own, which ends with the test.
func startFirefox(t testing.TB) *firefox {
	t.Helper()
	cmd := exec.Command("firefox-esr", "--headless", "--no-remote", "--profile", t.TempDir(), "--remote-debugging-port", "0", "about:blank")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	f := &firefox{answers: make(chan bidiMessage, 1)}
	begin(t, cmd)
	said := bufio.NewScanner(stderr)
	for said.Scan() {
		if m := bidiAddress.FindStringSubmatch(said.Text()); m != nil {
			f.socket, _, err = websocket.DefaultDialer.Dial(m[1]+"/session", nil)
			break
		}
	}
	if err != nil || f.socket == nil {
		t.Fatalf("Firefox did not start: %v", errors.Join(err, said.Err()))
	}
	go func() {
		for said.Scan() { // what it says fills a pipe otherwise
		}
	}()
	t.Cleanup(func() { f.socket.Close() })
	go f.read()
	var tree struct {
		Contexts []struct {
			Context string `json:"context"`
		} `json:"contexts"`
	}
	for _, command := range []struct {
		method string
		params any
		into   any
	}{
		{"session.new", map[string]any{"capabilities": map[string]any{}}, nil},
		{"session.subscribe", map[string]any{"events": []string{"log.entryAdded"}}, nil},
		{"script.addPreloadScript", map[string]any{"functionDeclaration": "() => { " + probe + "\n" + listening + " }"}, nil},
		{"browsingContext.getTree", map[string]any{}, &tree},
	} {
		if err := f.call(command.method, command.params, command.into); err != nil {
			t.Fatal(err)
		}
	}
	f.context = tree.Contexts[0].Context
	return f
}

func (f *firefox) read() {
	defer close(f.answers)
	for {
		var m bidiMessage
		if err := f.socket.ReadJSON(&m); err != nil {
			return
		}
		if m.Type != "event" {
			f.answers <- m
			continue
		}
		var entry struct {
			Level string `json:"level"`
			Text  string `json:"text"`
		}
		if err := json.Unmarshal(m.Params, &entry); err == nil && entry.Level == "error" {
			f.mu.Lock()
			f.heard = append(f.heard, entry.Text)
			f.mu.Unlock()
		}
	}
}

// call sends a command and waits for its answer.
func (f *firefox) call(method string, params, into any) error {
	f.last++
	if err := f.socket.WriteJSON(map[string]any{"id": f.last, "method": method, "params": params}); err != nil {
		return err
	}
	select {
	case m, ok := <-f.answers:
		switch {
		case !ok:
			return fmt.Errorf("%s: Firefox is gone", method)
		case m.Type == "error":
			return fmt.Errorf("%s: %s: %s", method, m.Error, m.Message)
		case m.ID != f.last:
			return fmt.Errorf("%s: an answer to %d", method, m.ID)
		case into != nil:
			return json.Unmarshal(m.Result, into)
		}
		return nil
	case <-time.After(hang):
		return fmt.Errorf("%s: no answer", method)
	}
}

func (f *firefox) open(address string) error {
	return f.call("browsingContext.navigate", map[string]any{"context": f.context, "url": address, "wait": "complete"}, nil)
}

func (f *firefox) eval(expression string) (string, error) {
	var result struct {
		Result struct {
			Value string `json:"value"`
		} `json:"result"`
		Exception *struct {
			Text string `json:"text"`
		} `json:"exceptionDetails"`
	}
	err := f.call("script.evaluate", map[string]any{
		"expression": answer(expression), "target": map[string]any{"context": f.context}, "awaitPromise": true,
	}, &result)
	if err != nil {
		return "", err
	}
	if result.Exception != nil {
		return "", errors.New(result.Exception.Text)
	}
	return answered(result.Result.Value)
}

func (f *firefox) press(keys []string, held bool) error {
	return f.call("input.performActions", map[string]any{"context": f.context, "actions": keyActions(keys, held)}, nil)
}

// keyActions are a keyboard's actions, for BiDi and for WebDriver.
func keyActions(keys []string, held bool) []any {
	var actions []any
	action := func(kind, key string) { actions = append(actions, map[string]any{"type": kind, "value": key}) }
	for _, key := range keys {
		action("keyDown", key)
		if !held {
			action("keyUp", key)
		}
	}
	for i := len(keys) - 1; i >= 0 && held; i-- {
		action("keyUp", keys[i])
	}
	return []any{map[string]any{"type": "key", "id": "keyboard", "actions": actions}}
}

func (f *firefox) resize(width, height int) error {
	return f.call("browsingContext.setViewport", map[string]any{"context": f.context, "viewport": map[string]int{"width": width, "height": height}}, nil)
}

func (f *firefox) screenshot() ([]byte, error) {
	var result struct {
		Data string `json:"data"`
	}
	if err := f.call("browsingContext.captureScreenshot", map[string]any{"context": f.context}, &result); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(result.Data)
}

func (f *firefox) complaints() ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.heard, nil
}
