// Package viol ties the elements of a page to tasks on an event loop, over a
// websocket, with no JavaScript of one's own. It brings back the small framework
// of that name from the talk "Asynchronous I/O in Python 3", which showed what
// Tulip, later asyncio, could do.
//
// A page says which elements it cares about:
//
//	<button data-viol-click="greet">Greet</button>
//	<form data-viol-submit="sign-in"><input name="who"></form>
//	<p id="answer"></p>
//	<script src="viol.js" defer></script>
//
// and the program says what becomes of them:
//
//	app := viol.New(viol.Options{Page: page})
//	app.Connect("greet", func(t *eventloop.Task, c *viol.Client, e viol.Event) error {
//		c.SetText("#answer", "One moment ...")
//		if err := eventloop.Sleep(t, time.Second); err != nil {
//			return err
//		}
//		c.SetText("#answer", "Hello!")
//		return nil
//	})
//
// Every event is a task of its own: a handler may await, and others go on
// meanwhile. The tasks of a page are cancelled when it goes away.
//
// # Safety
//
// Text is text: SetText and SetVal show markup as it is written. SetHTML and
// AppendHTML take [template.HTML], which is a promise of the program that it
// made the markup; [HTML] makes it from a format and escapes what it puts in.
// The page is served with a content security policy that allows its own scripts
// only, so that even a broken promise runs no script. Like the rest of regexdbg,
// it answers requests for loopback's names only, unless told otherwise, and
// opens websockets for its own pages only.
//
// # Events
//
// An element with data-viol-click, -submit, -input or -change sends an event to
// the route that the attribute names. Its values are those of the form in which
// it stands (all of them, as the browser would submit them), and its own name
// and value. Three routes are the framework's: [ConnectionMade],
// [DocumentReady] and [ConnectionLost].
package viol
