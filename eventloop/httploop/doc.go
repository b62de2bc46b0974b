// Package httploop is HTTP/1.1 on an event loop: a [Server] that runs a task for each
// connection, and a [Transport] with which net/http's own Client works inside a task.
//
// Requests and responses are net/http's types, read and written by net/http's parsers. A
// handler is a function of a task, so it awaits what it needs while the loop serves others:
//
//	srv := &httploop.Server{Handler: func(t *eventloop.Task, w http.ResponseWriter, r *http.Request) {
//		if err := eventloop.Sleep(t, time.Second); err != nil {
//			return
//		}
//		io.WriteString(w, "Hello, World!")
//	}}
//	err := srv.Start(t, "tcp", "127.0.0.1:0")
//
// The ResponseWriter is an http.Flusher and an http.Hijacker and knows deadlines, so
// http.ResponseController and websocket upgraders such as gorilla's work unchanged: upgrade
// in the handler, and read and write in its task, or in one task each. Their connection is
// then a connection of the loop, and obeys its rules.
//
// Not here: HTTP/2, trailers of responses, a pool of client connections, proxies.
package httploop
