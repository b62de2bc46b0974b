// Package demos is what package eventloop can do, in small programs to read and
// to run: those of the talk "Asynchronous I/O in Python 3", in Go. It serves a
// page for each, with its source, its output, and a timeline of which task or
// thread ran when.
//
// A demo is one file. Most are a function that gets a task, and a [Page] to
// print to:
//
//	func serial(t *eventloop.Task, p *Page) error
//
// Every press of Go runs it on a loop of its own, in a goroutine of its own. So
// the timeline shows this run and nothing else, tabs do not disturb each other,
// and a demo may even show what happens to a loop that somebody blocks. The chat
// is different: its point is that all tabs share one loop.
package demos
