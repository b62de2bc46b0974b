package demos

import (
	"fmt"
	"html/template"
	"time"

	"github.com/regexdbg/regexdbg/ui/viol"
)

// Page is what a demo has of its page: something to print to, and what was
// typed in. Its methods may be called from any goroutine.
type Page struct {
	show     func(at string, line template.HTML)
	values   viol.Event
	timeline *timeline
	pace     float64
}

// Print adds a line to the output, with the time.
func (p *Page) Print(format string, args ...any) {
	p.Show(viol.HTML("%s", fmt.Sprintf(format, args...)))
}

// Show is Print for markup.
func (p *Page) Show(line template.HTML) { p.show(clock(p.timeline.now()), line) }

// Value returns what stands in the field of that name.
func (p *Page) Value(name string) string { return p.values.Get(name) }

// Seconds is a time to wait. Tests make it short.
func (p *Page) Seconds(n float64) time.Duration {
	return time.Duration(n * p.pace * float64(time.Second))
}

// Trace draws a thread into the timeline, until the function is called that it
// returns.
func (p *Page) Trace(thread string) (end func()) { return p.timeline.trace(thread) }
