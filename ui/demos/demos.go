package demos

import (
	"html/template"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/viol"
)

// program is a demo that runs when somebody presses Go.
type program func(t *eventloop.Task, p *Page) error

// demo is one page.
type demo struct {
	name  string // in addresses and on the command line
	title string
	lead  template.HTML // what there is to see
	file  string        // its source

	run    program       // on a loop of its own at every press of Go, or ...
	fields template.HTML // what can be typed in for it
	chat   bool          // ... the chat, which has its own page and loop
}

// demos is every demo, in the order of the talk.
func demos() []demo {
	return []demo{
		{name: "serial", title: "Serial", file: "serial.go", run: serial,
			lead: "Three tasks, one after the other: each is awaited before the next begins."},
		{name: "simultaneous", title: "Simultaneous", file: "simultaneous.go", run: simultaneous,
			lead: "The same three tasks side by side: whenever one sleeps, the loop runs the next."},
		{name: "wait-for-both", title: "Wait for both", file: "wait_for_both.go", run: waitForBoth,
			lead: "Two tasks with results, and one that needs both of them."},
		{name: "as-completed", title: "As completed", file: "as_completed.go", run: asCompleted,
			lead: "Four tasks, and each result as soon as it is there."},
		{name: "run-in-executor", title: "Run in executor", file: "run_in_executor.go", run: runInExecutor,
			lead: "A call that blocks, first on the loop, where it stops everything, and then on a worker thread."},
		{name: "call-soon-threadsafe", title: "Call soon threadsafe", file: "call_soon_threadsafe.go", run: callSoonThreadsafe,
			lead: "Another thread hands the loop what it has measured."},
		{name: "regex", title: "A small regex tool", file: "regex.go", run: regexTool, fields: regexFields,
			lead: "A pattern and a text. Worker threads do the search: the loop never runs regex code."},
		{name: "chat", title: "Chat", file: "chat.go", chat: true,
			lead: "People in several tabs, and one loop for all of them. Open this page twice."},
		{name: "fetch", title: "Fetching a web page", file: "fetch.go", run: fetchPages,
			lead: "The same two pages fetched with callbacks, in a coroutine, and in two tasks at once."},
		{name: "http-server", title: "HTTP server", file: "http_server.go", run: httpServer,
			lead: "Hello, world, on the loop: every connection is a task."},
	}
}

var regexFields = viol.HTML(`
<label for="pattern">Pattern</label>
<input id="pattern" name="pattern" value="%s" spellcheck="false" autocomplete="off" autocapitalize="off">
<label for="text">Text</label>
<textarea id="text" name="text" rows="3" spellcheck="false">%s</textarea>
`, `(?P<user>[\w.]+)@(?P<host>\w+(\.\w+)+)`, `Write to ada@example.org, or to bob@example.net.`)

// Names returns the names of all demos.
func Names() []string {
	var names []string
	for _, d := range demos() {
		names = append(names, d.name)
	}
	return names
}
