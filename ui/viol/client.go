package viol

import (
	"fmt"
	"html"
	"html/template"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/socket"
)

// Client is one open page. Its methods belong to the loop's goroutine, which a
// handler's task counts as; from other threads use CallSoonThreadsafe. They
// never wait: what a page does not read in time is queued up to [MaxQueued]
// bytes, and then the page is disconnected.
//
// Targets are CSS selectors; every element that matches is changed. A selector
// that matches nothing, or is none, is reported on the page's console.
type Client struct {
	// Values is for the program: what it wants to remember of this page.
	Values map[string]any

	app   *App
	conn  *socket.Conn
	tasks map[*eventloop.TaskOf[struct{}]]struct{}
	gone  bool
}

// operation is what the page is told to do. The page's half is
// assets/src/viol/viol.ts.
type operation struct {
	Op     string `json:"op"`
	Target string `json:"target,omitempty"`
	Value  any    `json:"value,omitempty"`
}

// Operations of the page.
const (
	opSetText    = "set-text"
	opSetHTML    = "set-html"
	opAppendHTML = "append-html"
	opSetVal     = "set-val"
	opShow       = "show"
	opHide       = "hide"
	opLog        = "log"
	opSend       = "send"
	opFault      = "fault"
)

// SetText makes text the content of the target, whatever it holds.
func (c *Client) SetText(target, text string) { c.put(opSetText, target, text) }

// SetHTML makes markup the content of the target.
func (c *Client) SetHTML(target string, markup template.HTML) {
	c.put(opSetHTML, target, string(markup))
}

// AppendHTML adds markup to the end of the target's content. A target that is
// scrolled to its end stays so.
func (c *Client) AppendHTML(target string, markup template.HTML) {
	c.put(opAppendHTML, target, string(markup))
}

// SetVal sets the value of the target, a form field.
func (c *Client) SetVal(target, value string) { c.put(opSetVal, target, value) }

// Show shows the target, if it was hidden by the hidden attribute.
func (c *Client) Show(target string) { c.put(opShow, target, nil) }

// Hide hides the target by the hidden attribute.
func (c *Client) Hide(target string) { c.put(opHide, target, nil) }

// Log writes to the page's console.
func (c *Client) Log(message string) { c.put(opLog, "", message) }

// Send hands data, anything that has JSON, to the page's own scripts: as the
// detail of the event "viol" on the document.
func (c *Client) Send(data any) { c.put(opSend, "", data) }

// App returns what the page belongs to.
func (c *Client) App() *App { return c.app }

// Loop returns the loop on which the page's handlers run.
func (c *Client) Loop() *eventloop.Loop { return c.app.loop }

func (c *Client) put(op, target string, value any) {
	if c.gone {
		return
	}
	c.conn.Put(0, operation{Op: op, Target: target, Value: value})
	if c.conn.Queued() > MaxQueued {
		c.app.drop(c)
	}
}

// HTML formats markup: format is markup, and the arguments are escaped, but for
// those that are template.HTML themselves.
func HTML(format string, args ...any) template.HTML {
	safe := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case template.HTML:
			safe[i] = string(arg)
		case string:
			safe[i] = html.EscapeString(arg)
		case int, int64, float64, bool:
			safe[i] = arg
		default:
			safe[i] = html.EscapeString(fmt.Sprint(arg))
		}
	}
	return template.HTML(fmt.Sprintf(format, safe...))
}
