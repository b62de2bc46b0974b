package browser

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// killable is a Chromium of a test's own, whose profile outlives it.
type killable struct {
	t       testing.TB
	profile string
	ctx     context.Context
	cancel  context.CancelFunc
}

func (b *killable) start(more ...chromedp.ExecAllocatorOption) {
	b.t.Helper()
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), append(options(b.profile), more...)...)
	ctx, cancel := chromedp.NewContext(allocator)
	b.ctx, b.cancel = ctx, func() { cancel(); cancelAllocator() }
	if err := chromedp.Do(ctx); err != nil {
		b.t.Fatalf("starting Chromium: %v", err)
	}
}

// kill ends it as the kernel does when there is no memory left: with SIGKILL.
func (b *killable) kill() {
	b.t.Helper()
	process := chromedp.FromContext(b.ctx).Browser.Process()
	if err := process.Kill(); err != nil {
		b.t.Fatal(err)
	}
	<-b.ctx.Done()
	b.cancel()
}

// close ends it as its user does.
func (b *killable) close() {
	b.t.Helper()
	if err := chromedp.Cancel(b.ctx); err != nil {
		b.t.Fatal(err)
	}
	b.cancel()
}

// restored is the tab with an address of ours that it has opened by itself, when its title was another one.
func (b *killable) restored(address string) *tab {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, hang)
	defer cancel()
	for {
		targets, err := chromedp.Targets(ctx)
		if err != nil {
			b.t.Fatalf("no tab of before has come back: %v", err)
		}
		for _, one := range targets {
			// Before it is loaded, it has the address and the title of before, and no document to be asked.
			if !strings.HasPrefix(one.URL, address) || one.Title != "regexdbg" {
				continue
			}
			p := attach(b.t, b.ctx, chromedp.WithTargetID(one.TargetID))
			p.run(probe) // it was opened without
			return p
		}
	}
}

func newKillable(t testing.TB) *killable {
	b := &killable{t: t, profile: t.TempDir()}
	b.start()
	t.Cleanup(func() { b.cancel() })
	return b
}

// Browser and server are killed as soon as the page says that what was typed is kept, again and again: all of it is
// there, with its undo, and so is what was saved in the library.
func TestNothingAcknowledgedIsLost(t *testing.T) {
	s := serve(t)
	b := newKillable(t)
	p := newTab(t, b.ctx, s.url+state{flavor: "python", pattern: "a", text: "=== x\nabc"}.fragment()+"&inputs=set")
	p.settle()
	p.press("Ctrl+s")
	p.wait("document.activeElement?.name == 'name'")
	p.saveAs("Before the crash", "", "")
	p.replace("Test text", "1")
	p.replace("Regular expression", "0")
	for round := 1; round <= 3; round++ {
		before, now := fmt.Sprint(round-1), fmt.Sprint(round)
		p.replace("Regular expression", now)
		p.kept()
		p.focus("textbox", "Test text")
		p.press("Ctrl+End")
		p.keys("?") // which is not kept yet, and may be lost
		b.kill()
		s.kill()
		s.restart()
		b.start()
		p = newTab(t, b.ctx, s.url)
		p.settle()
		p.click("button", "Bring it back")
		p.wait("probe.text('Regular expression') == %s && probe.text('Test text').startsWith('1')", now)
		p.steps("Regular expression", "Ctrl+z", before)
		p.steps("Regular expression", "Ctrl+y", now)
	}
	p.click("tab", "Library")
	p.wait(here + ".startsWith('Before the crash – changed')")
	p.click("button", "Revert")
	p.wait("probe.text('Test text') == '=== x\\nabc'")
	p.click("tab", "Inputs")
	p.wait("probe.find('button', 'Set').getAttribute('aria-pressed') == 'true'")
	// What was here instead comes back as well.
	p.click("button", "Back to what was here")
	p.wait("probe.text('Regular expression').startsWith('(?<year>')")
}

// A browser that restores its tabs after a crash may know an older address of one, and gives that with what the tab had
// in its storage. This does the same by going back to an entry of the tab's history with such an address.
func TestATabIsWhereItWasWithAnOlderAddress(t *testing.T) {
	s := common(t)
	first := state{flavor: "go", pattern: "one", text: "1"}
	p := openState(t, s, first)
	p.replace("Regular expression", "x")
	p.kept()
	p.wait("location.hash.includes('pattern=x')")
	p.run("history.replaceState(history.state, '', " + quoted(first.fragment()) + ")")
	p.navigate("about:blank")
	p.do(chromedp.NavigateBack())
	p.shows(state{flavor: "go", pattern: "x", text: "1"})
	p.steps("Regular expression", "Ctrl+z", "one")

	// Another entry is another link, which says what is shown.
	p.replace("Regular expression", "y")
	p.wait("location.hash.includes('pattern=y')")
	second := state{flavor: "go", pattern: "two", text: "2"}
	p.run("location.hash = " + quoted(second.fragment()))
	p.shows(second)
	p.kept()
	p.navigate("about:blank")
	entries, err := chromedp.Run(p.ctx, chromedp.NavigationEntries())
	if err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.NavigateToHistoryEntry(entries.Entries[entries.CurrentIndex-2].ID))
	p.shows(state{flavor: "go", pattern: "y", text: "1"})
}

// A page that was closed is not offered, and neither is one that is still there.
func TestClosedPagesAreNotOffered(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "p", text: "1"})
	p.kept()
	closed := p.sibling(s.url + state{flavor: "go", pattern: "c", text: "1"}.fragment())
	closed.settle()
	closed.replace("Regular expression", "closed")
	closed.kept()
	closed.navigate("about:blank")
	q := p.sibling(s.url)
	q.settle()
	q.kept()
	q.check("document.querySelector('.notices').textContent == ''")
}

// After a crash, what a page had is offered once, unless nothing was done in it.
func TestOnlyWhatWasLostIsOffered(t *testing.T) {
	s := common(t)
	b := newKillable(t)
	open := newTab(t, b.ctx, s.url+state{flavor: "go", pattern: "open", text: "1"}.fragment())
	open.settle()
	open.kept()
	untouched := newTab(t, b.ctx, s.url)
	untouched.settle()
	untouched.kept()
	b.kill()
	b.start()
	p := newTab(t, b.ctx, s.url+state{flavor: "go", pattern: "link", text: "2"}.fragment())
	p.shows(state{flavor: "go", pattern: "link", text: "2"})
	p.wait("probe.find('button', 'Bring it back')")
	p.screenshot(t.Name())
	p.click("button", "Bring it back")
	p.shows(state{flavor: "go", pattern: "open", text: "1"})
	p.click("button", "Back to what was here")
	p.shows(state{flavor: "go", pattern: "link", text: "2"})
	// It has been brought back once.
	p.kept()
	q := newTab(t, b.ctx, s.url)
	q.settle()
	q.kept()
	q.check("!probe.find('button', 'Bring it back')")
}

// Chromium's own "continue where you left off": the tab comes back with its address and its session storage, and with
// what was typed and its undo. After a crash Chromium asks first, which it cannot without a window; what the page
// offers then is tested above.
func TestChromiumRestoresItsSession(t *testing.T) {
	s := common(t)
	b := newKillable(t)
	p := newTab(t, b.ctx, s.url+state{flavor: "go", pattern: "one", text: "1"}.fragment())
	p.settle()
	p.replace("Regular expression", "two")
	p.replace("Test text", "2 two")
	p.kept()
	p.run("document.title = 'before'")
	b.close()
	b.start(chromedp.Flag("restore-last-session", true))
	p = b.restored(s.url)
	p.shows(state{flavor: "go", pattern: "two", text: "2 two"})
	p.marks("two")
	p.check("!probe.find('button', 'Bring it back')")
	p.steps("Regular expression", "Ctrl+z", "one")
	p.steps("Test text", "Ctrl+z", "1")
}
