package browser

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// call sends a command of the DevTools protocol to the page.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, hang)
	defer cancel()
	result, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) (R, error) {
		return cdp.Call(ctx, t, command, params)
	})
	if err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// The harness itself: a page that breaks the rules has to fail a test.
func TestHarnessHearsComplaints(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", pattern: "a", text: "a"})
	for what, script := range map[string]string{
		"Content Security Policy": "document.body.setAttribute('style', 'color: red')",
		"in the console":          "console.error('in the console')",
		"out of a timer":          "setTimeout(() => { throw new Error('out of a timer') })",
		"out of a promise":        "void Promise.reject(new Error('out of a promise'))",
		"404":                     "fetch('missing').then((r) => r.status)",
	} {
		p.allow(what)
		p.run(script)
		p.wait("probe.settled()")
		for !p.heard(what) {
			p.run("new Promise((resolve) => setTimeout(resolve))")
		}
	}
}

func (p *tab) heard(what string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, complaint := range p.complaints {
		if strings.Contains(complaint, what) {
			return true
		}
	}
	return false
}
