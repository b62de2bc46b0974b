package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A remote is a page in a browser that is no Chromium.
type remote struct {
	t    testing.TB
	name string // of its screenshots
	driver
}

// A driver drives one tab of a browser. Its errors are those of the browser, or of
// the way to it.
type driver interface {
	// open loads an address, with probe.js in it.
	open(address string) error
	// eval returns the value of an expression, or what it is a promise of, as JSON.
	eval(expression string) (string, error)
	// press presses these keys one after another, by their WebDriver values, and
	// releases them in the end, last one first, when held.
	press(keys []string, held bool) error
	// resize makes the page this large, in CSS pixels, or so large as the browser's
	// windows can be.
	resize(width, height int) error
	screenshot() ([]byte, error)
	// complaints are errors in the console, exceptions and violations of the content
	// security policy.
	complaints() ([]string, error)
}

// errorOf is what eval's script answers when the expression fails.
type errorOf struct {
	Error *string         `json:"error"`
	Value json.RawMessage `json:"value"`
}

// answer is a script that answers with an errorOf, as a string.
func answer(expression string) string {
	return `(async () => {
		try { return JSON.stringify({ value: (await (` + expression + `)) ?? null }) }
		catch (error) { return JSON.stringify({ error: String(error) }) }
	})()`
}

func answered(text string) (string, error) {
	var a errorOf
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return "", err
	}
	if a.Error != nil {
		return "", fmt.Errorf("%s", *a.Error)
	}
	return string(a.Value), nil
}

// listening collects violations of the policy, and what a driver cannot hear.
const listening = `globalThis.violations ??= (() => {
	const all = []
	document.addEventListener("securitypolicyviolation", (e) => all.push("Content Security Policy: " + e.violatedDirective + " " + e.blockedURI))
	return all
})()`

func (r *remote) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *remote) get(expression string) string {
	r.t.Helper()
	value, err := r.eval(expression)
	r.must(err)
	return value
}

// wait waits until a condition holds.
func (r *remote) wait(condition string) {
	r.t.Helper()
	r.get(fmt.Sprintf("probe.until(() => (%s), %s).then(() => true)", condition, quoted(condition)))
}

func (r *remote) check(condition string) {
	r.t.Helper()
	if got := r.get(fmt.Sprintf("Boolean(%s)", condition)); got != "true" {
		r.t.Errorf("not so: %s\n%s", condition, r.get("probe.state()"))
	}
}

// marks waits until the text's highlights are exactly these.
func (r *remote) marks(want ...string) {
	r.t.Helper()
	r.wait("probe.settled()")
	if got := r.get("probe.marks().join()"); got != quoted(strings.Join(want, ",")) {
		r.t.Errorf("highlighted %s, want %q\n%s", got, want, r.get("probe.state()"))
	}
}

// Values of keys, as WebDriver has them.
const (
	keyBackspace = "\ue003"
	keyControl   = "\ue009"
	keyEnter     = "\ue007"
)

// replace types over all that is in an editor.
func (r *remote) replace(name, text string) {
	r.t.Helper()
	r.get(fmt.Sprintf("probe.find('textbox', %s).focus()", quoted(name)))
	r.must(r.press([]string{keyControl, "a"}, true))
	r.must(r.press([]string{keyBackspace}, false))
	keys := strings.ReplaceAll(text, "\n", keyEnter) // WebKit's driver has no key for a line end
	r.must(r.press(strings.Split(keys, ""), false))
}

func (r *remote) choose(name, value string) {
	r.t.Helper()
	r.get(fmt.Sprintf(`(() => {
		const box = probe.find('combobox', %s)
		box.value = %s
		box.dispatchEvent(new Event('change', { bubbles: true }))
	})()`, quoted(name), quoted(value)))
}

func (r *remote) click(role, name string) {
	r.t.Helper()
	r.wait(fmt.Sprintf("probe.find(%s, %s) && !probe.find(%[1]s, %[2]s).disabled", quoted(role), quoted(name)))
	r.get(fmt.Sprintf("probe.find(%s, %s).click()", quoted(role), quoted(name)))
}

func (r *remote) picture(name string) {
	r.t.Helper()
	data, err := r.screenshot()
	r.must(err)
	r.must(os.WriteFile(filepath.Join(artifacts, r.name+"-"+name+".png"), data, 0o644))
}

// finish fails the test for what the page complains of.
func (r *remote) finish() {
	r.t.Helper()
	all, err := r.complaints()
	if err != nil {
		r.t.Error(err)
		return
	}
	var violations []string
	if err := json.Unmarshal([]byte(r.get("globalThis.violations ?? []")), &violations); err != nil {
		r.t.Error(err)
	}
	for _, complaint := range append(all, violations...) {
		r.t.Errorf("the page complains: %s", complaint)
	}
}
