package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed probe.js
var probe string

// hang is for a test that would never end; nothing is measured by it.
const hang = 2 * time.Minute

// state is what a link to the page says.
type state struct {
	flavor, flags, pattern, text string
}

// quote percent-encodes, as the page does.
func quote(v string) string { return strings.ReplaceAll(url.QueryEscape(v), "+", "%20") }

// fragment is the state as the design writes it, with the "#".
func (s state) fragment() string {
	return fmt.Sprintf("#flavor=%s&flags=%s&pattern=%s&text=%s", quote(s.flavor), quote(s.flags), quote(s.pattern), quote(s.text))
}

// tab is a page that a test uses as a person would. Whatever the page complains
// about on its console fails the test.
type tab struct {
	t   testing.TB
	ctx context.Context

	// Questions that the browser asks in the page's name.
	questions chan page.DialogType

	mu         sync.Mutex
	allowed    []*regexp.Regexp
	complaints []string
}

// openTab opens an address in a profile of its own.
func openTab(t testing.TB, address string) *tab {
	t.Helper()
	return newTab(t, chromium, address, chromedp.WithNewBrowserContext())
}

// openState opens a link to a state, and waits for its results.
func openState(t testing.TB, s *server, st state) *tab {
	t.Helper()
	p := openTab(t, s.url+st.fragment())
	p.settle()
	return p
}

// sibling opens an address in another tab of the same profile.
func (p *tab) sibling(address string) *tab {
	p.t.Helper()
	return newTab(p.t, p.ctx, address)
}

func newTab(t testing.TB, parent context.Context, address string, options ...chromedp.ContextOption) *tab {
	t.Helper()
	p := attach(t, parent, options...)
	p.navigate(address)
	return p
}

// attach drives a tab, a new one or that which the options name.
func attach(t testing.TB, parent context.Context, options ...chromedp.ContextOption) *tab {
	t.Helper()
	p := &tab{t: t, questions: make(chan page.DialogType, 1)}
	ctx, cancel := chromedp.NewContext(parent, append(options, chromedp.WithListener(p.listen))...)
	t.Cleanup(cancel)
	p.ctx = ctx
	t.Cleanup(p.finish)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: probe})
	// The page always has the focus, whatever other windows there are.
	call(p, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return p
}

// listen collects complaints.
func (p *tab) listen(event any) {
	var complaint string
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeAssert {
			return
		}
		for _, arg := range e.Args {
			complaint += fmt.Sprintf("%s %s ", arg.Value, arg.Description)
		}
	case *runtime.EventExceptionThrown:
		complaint = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			complaint += " " + e.ExceptionDetails.Exception.Description
		}
	case *page.EventJavascriptDialogOpening:
		p.questions <- e.Type
		return
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError {
			return
		}
		complaint = fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
	default:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.complaints = append(p.complaints, complaint)
}

// allow says which complaints are part of the test.
func (p *tab) allow(pattern string) { p.allowed = append(p.allowed, regexp.MustCompile(pattern)) }

// refused are the complaints that are not allowed.
func (p *tab) refused() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.complaints), func(complaint string) bool {
		return slices.ContainsFunc(p.allowed, func(r *regexp.Regexp) bool { return r.MatchString(complaint) })
	})
}

func (p *tab) finish() {
	if refused := p.refused(); len(refused) > 0 {
		p.t.Errorf("the page complains %d times, such as: %s", len(refused), refused[0])
	}
	if p.t.Failed() {
		p.screenshot("failed-" + p.t.Name())
	}
}

// do runs actions, and fails the test when one of them fails or hangs.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, hang)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *tab) navigate(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(address))
}

func (p *tab) reload() {
	p.t.Helper()
	p.do(chromedp.Reload())
}

// reloadAsked asks for a reload, which the page questions, and answers that the page is to stay.
func (p *tab) reloadAsked() {
	p.t.Helper()
	call(p, page.Reload, page.ReloadParams{})
	select {
	case kind := <-p.questions:
		if kind != page.DialogTypeBeforeunload {
			p.t.Fatalf("the page asks with %s", kind)
		}
	case <-time.After(hang):
		p.t.Fatal("the page is reloaded without a question")
	}
	call(p, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: false})
}

// get evaluates an expression in the page.
func get[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, hang)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// run evaluates an expression for what it does.
func (p *tab) run(expression string) { p.t.Helper(); get[chromedp.Void](p, expression) }

// wait waits until a JavaScript condition holds. Values are inserted as JSON.
func (p *tab) wait(condition string, values ...any) {
	p.t.Helper()
	condition = insert(condition, values)
	p.run(fmt.Sprintf("probe.until(() => (%s), %s).then(() => {})", condition, quoted(condition)))
}

// check fails the test, but goes on, when a condition does not hold now.
func (p *tab) check(condition string, values ...any) {
	p.t.Helper()
	if condition = insert(condition, values); !get[bool](p, "!!("+condition+")") {
		p.t.Errorf("not so: %s\n%s", condition, get[string](p, "probe.state()"))
	}
}

func insert(expression string, values []any) string {
	for i, v := range values {
		values[i] = quoted(v)
	}
	return fmt.Sprintf(expression, values...)
}

func quoted(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers
	}
	return string(data)
}

// settle waits until the final result of what was typed is on screen.
func (p *tab) settle() { p.t.Helper(); p.wait("probe.settled()") }

// list waits until the list of matches says exactly this.
func (p *tab) list(want ...string) {
	p.t.Helper()
	p.settle()
	if got := get[[]string](p, "probe.list()"); !slices.Equal(got, want) {
		p.t.Errorf("list %q, want %q", got, want)
	}
}

// marks waits until the text's highlights are exactly these.
func (p *tab) marks(want ...string) {
	p.t.Helper()
	p.settle()
	if got := get[[]string](p, "probe.marks()"); !slices.Equal(got, want) {
		p.t.Errorf("highlighted %q, want %q", got, want)
	}
}

// keys types a text, key by key.
func (p *tab) keys(text string) {
	p.t.Helper()
	for _, key := range text {
		p.key(key, 0)
	}
}

// key presses one key. Its text goes with the key itself, as from a keyboard:
// what handles the key keeps it from being typed.
func (p *tab) key(key rune, held kb.Modifier) {
	p.t.Helper()
	events := kb.Encode(key)
	down, up := events[0], events[len(events)-1]
	if len(events) == 3 && held&^chromedp.ModifierShift == 0 {
		down.Type, down.Text = input.DispatchKeyEventTypeKeyDown, events[1].Text
	} else {
		down.Type = input.DispatchKeyEventTypeRawKeyDown
	}
	for _, event := range []*input.DispatchKeyEventParams{down, up} {
		event.Modifiers |= int64(held)
		call(p, input.DispatchKeyEvent, *event)
	}
}

// Names of keys that type nothing.
var keyNames = map[string]string{
	"Tab": kb.Tab, "Enter": kb.Enter, "Escape": kb.Escape, "Space": " ",
	"F8": kb.F8, "F9": kb.F9, "F10": kb.F10, "Backspace": kb.Backspace, "Delete": kb.Delete, "F3": kb.F3,
	"Up": kb.ArrowUp, "Down": kb.ArrowDown, "Left": kb.ArrowLeft, "Right": kb.ArrowRight,
	"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown,
}

var modifiers = map[string]kb.Modifier{
	"Ctrl": chromedp.ModifierCtrl, "Shift": chromedp.ModifierShift, "Alt": chromedp.ModifierAlt,
}

// press presses keys with modifiers, such as "Ctrl+Shift+z", one after another.
func (p *tab) press(chords ...string) {
	p.t.Helper()
	for _, chord := range chords {
		parts := strings.Split(chord, "+")
		key := parts[len(parts)-1]
		if named, ok := keyNames[key]; ok {
			key = named
		}
		var held kb.Modifier
		for _, name := range parts[:len(parts)-1] {
			held |= modifiers[name]
			if name == "Shift" && len(key) == 1 {
				key = strings.ToUpper(key)
			}
		}
		p.key([]rune(key)[0], held)
	}
}

// focus puts the keyboard focus where a role and a name say.
func (p *tab) focus(role, name string) {
	p.t.Helper()
	p.wait("probe.find(%s, %s)", role, name)
	p.run(insert("probe.find(%s, %s).focus()", []any{role, name}))
}

// click clicks the middle of an element with the mouse.
func (p *tab) click(role, name string) {
	p.t.Helper()
	p.wait("probe.find(%s, %s)", role, name)
	p.clickAt(insert("probe.find(%s, %s)", []any{role, name}))
}

func (p *tab) clickAt(element string) {
	p.t.Helper()
	at := get[[2]float64](p, "probe.middle("+element+")")
	p.do(chromedp.MouseClickXY(at[0], at[1]))
}

func (p *tab) hover(element string) {
	p.t.Helper()
	at := get[[2]float64](p, "probe.middle("+element+")")
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]))
}

// wheel is a notch of the mouse's wheel. cdproto leaves out what is 0, which
// Chromium wants here.
type wheel struct {
	Type   string  `json:"type"`
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	DeltaX float64 `json:"deltaX"`
	DeltaY float64 `json:"deltaY"`
	// Modifiers are bits: 2 is Ctrl.
	Modifiers int `json:"modifiers"`
}

var dispatchWheel = cdp.Command[wheel, cdp.Empty]{Method: input.CommandDispatchMouseEvent}

// wheel turns the mouse's wheel over a textbox.
func (p *tab) wheel(name string, pixels float64) {
	p.t.Helper()
	at := get[[2]float64](p, insert("probe.middle(probe.find('textbox', %s).parentElement)", []any{name}))
	call(p, dispatchWheel, wheel{Type: "mouseWheel", X: at[0], Y: at[1], DeltaY: pixels})
}

// replace types over all that an editor holds.
func (p *tab) replace(name, text string) {
	p.t.Helper()
	p.focus("textbox", name)
	p.press("Ctrl+a")
	if text == "" {
		p.press("Delete")
	}
	p.keys(text)
}

// screenshot keeps a picture of the page as an artefact.
func (p *tab) screenshot(name string) {
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Logf("no screenshot: %v", err)
		return
	}
	file := filepath.Join(artifacts, strings.ReplaceAll(name, "/", "-")+".png")
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		p.t.Errorf("keeping a screenshot: %v", err)
	}
}
