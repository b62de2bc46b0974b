package browser

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// webkit is WebKitGTK's small browser in a display of its own, over WebDriver:
// JSON over HTTP. Its engine is Safari's, JavaScriptCore.
type webkit struct {
	session string      // the address of its commands
	console *output     // what the page wrote to its console, among other things
	client  http.Client // whose requests do not hang
}

// miniBrowser is where Debian's package has it.
const miniBrowser = "/usr/lib/*/webkit2gtk-4*/MiniBrowser"

// begin starts a program that ends with the test, with all that it has started.
func begin(t testing.TB, cmd *exec.Cmd) {
	t.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// An X server that is asked removes its socket and its lock.
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		kill := time.AfterFunc(hang/10, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
		_ = cmd.Wait()
		kill.Stop()
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // what it has left behind
	})
}

func startWebKit(t testing.TB) *webkit {
	t.Helper()
	found, err := filepath.Glob(miniBrowser)
	if err != nil || len(found) == 0 {
		t.Fatalf("no %s: %v", miniBrowser, err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	listener.Close()

	// The display's number comes through a pipe when it takes connections.
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	display := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp")
	display.ExtraFiles = []*os.File{write}
	begin(t, display)
	write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	read.Close()

	w := &webkit{console: new(output), client: http.Client{Timeout: hang}}
	home := t.TempDir()
	cmd := exec.Command("WebKitWebDriver", "--port="+port)
	cmd.Env = append(os.Environ(), "DISPLAY=:"+strings.TrimSpace(number), "HOME="+home, "XDG_RUNTIME_DIR="+home,
		"GDK_BACKEND=x11", "LIBGL_ALWAYS_SOFTWARE=1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1") // the tests may run as root, in a container
	cmd.Stdout, cmd.Stderr = w.console, w.console
	begin(t, cmd)
	base := "http://127.0.0.1:" + port
	ctx, cancel := context.WithTimeout(t.Context(), hang)
	defer cancel()
	for {
		if err = w.send(ctx, http.MethodGet, base+"/status", nil, nil); err == nil || ctx.Err() != nil {
			break
		}
		time.Sleep(20 * time.Millisecond) // it does not say when it listens
	}
	if err != nil {
		t.Fatalf("WebKitWebDriver did not start: %v\n%s", err, w.console)
	}
	options := map[string]any{"binary": found[0], "args": []string{"--automation", "--enable-write-console-messages-to-stdout=true"}}
	var session struct {
		ID string `json:"sessionId"`
	}
	err = w.send(ctx, http.MethodPost, base+"/session", map[string]any{
		"capabilities": map[string]any{"alwaysMatch": map[string]any{"webkitgtk:browserOptions": options}},
	}, &session)
	if err != nil {
		t.Fatalf("%v\n%s", err, w.console)
	}
	w.session = base + "/session/" + session.ID
	t.Cleanup(func() { _ = w.send(context.Background(), http.MethodDelete, w.session, nil, nil) })
	return w
}

// send sends a command and reads the value that answers it.
func (w *webkit) send(ctx context.Context, method, address string, params, into any) error {
	var body bytes.Buffer
	if params != nil {
		if err := json.NewEncoder(&body).Encode(params); err != nil {
			return err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, address, &body)
	if err != nil {
		return err
	}
	response, err := w.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct {
		Value json.RawMessage `json:"value"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, answer.Value)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, into)
}

func (w *webkit) post(command string, params, into any) error {
	return w.send(context.Background(), http.MethodPost, w.session+"/"+command, params, into)
}

// open has the probe only once the page is there: WebDriver runs nothing before.
func (w *webkit) open(address string) error {
	if err := w.post("url", map[string]any{"url": address}, nil); err != nil {
		return err
	}
	return w.post("execute/sync", map[string]any{"script": probe + "\n" + listening, "args": []any{}}, nil)
}

func (w *webkit) eval(expression string) (string, error) {
	var text string
	err := w.post("execute/async", map[string]any{"script": answer(expression) + ".then(arguments[arguments.length - 1])", "args": []any{}}, &text)
	if err != nil {
		return "", err
	}
	return answered(text)
}

func (w *webkit) press(keys []string, held bool) error {
	return w.post("actions", map[string]any{"actions": keyActions(keys, held)}, nil)
}

func (w *webkit) resize(width, height int) error {
	return w.post("window/rect", map[string]any{"width": width, "height": height, "x": 0, "y": 0}, nil)
}

func (w *webkit) screenshot() ([]byte, error) {
	var data string
	if err := w.send(context.Background(), http.MethodGet, w.session+"/screenshot", nil, &data); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(data)
}

// complaints are the errors among the lines that the browser writes for its
// console: "CONSOLE JS ERROR ...".
func (w *webkit) complaints() (all []string, err error) {
	for line := range strings.Lines(w.console.String()) {
		if _, what, ok := strings.Cut(line, "CONSOLE "); ok && strings.Contains(what, "ERROR") {
			all = append(all, strings.TrimSpace(what))
		}
	}
	return all, nil
}
