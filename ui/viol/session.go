package viol

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/socket"
)

// session is the task that takes a page's events and makes a task of each.
type session struct {
	client *Client
	inbox  *eventloop.Queue[Event]
	idle   *eventloop.Event // fewer handlers run than may
}

func newSession(a *App, conn *socket.Conn) *session {
	s := &session{
		client: &Client{
			Values: make(map[string]any), app: a, conn: conn,
			tasks: make(map[*eventloop.TaskOf[struct{}]]struct{}),
		},
		inbox: eventloop.NewQueue[Event](a.loop, 0),
		idle:  eventloop.NewEvent(a.loop),
	}
	return s
}

// Deliver queues an event.
func (s *session) Deliver(message any) { _ = s.inbox.PutNowait(message.(Event)) } // credits bound the queue

// Failed tells the page of a defect of ours.
func (s *session) Failed() {
	s.client.put(opFault, "", "The session failed; the program's log says how.")
	s.client.conn.Close(websocket.CloseInternalServerErr, "")
}

// Run takes events until the page is gone or the server stops.
func (s *session) Run(t *eventloop.Task) (struct{}, error) {
	c := s.client
	c.app.clients[c] = struct{}{}
	defer s.end()
	s.dispatch(Event{Route: ConnectionMade})
	for {
		e, err := s.inbox.Get(t)
		if err == nil {
			err = s.awaitRoom(t)
		}
		if err != nil {
			if errors.Is(err, socket.ErrStopping) {
				c.conn.Close(websocket.CloseGoingAway, "")
			}
			return struct{}{}, err
		}
		s.dispatch(e)
		c.conn.Handled()
	}
}

// end cancels what still runs for the page, and then tells the program. The
// handler of connection_lost is a task that nobody cancels but the loop's end.
func (s *session) end() {
	c := s.client
	delete(c.app.clients, c)
	c.conn.End()
	for task := range c.tasks {
		task.Cancel(socket.ErrLost)
	}
	c.gone = true
	if handler, ok := c.app.handlers[ConnectionLost]; ok {
		s.start(handler, Event{Route: ConnectionLost})
	}
}

// awaitRoom waits while as many handlers run as may.
func (s *session) awaitRoom(t *eventloop.Task) error {
	for len(s.client.tasks) >= MaxTasks {
		s.idle.Clear()
		if err := s.idle.Wait(t); err != nil {
			return err
		}
	}
	return nil
}

// dispatch starts the task of an event. An event that nobody connected is
// reported, unless it is the framework's.
func (s *session) dispatch(e Event) {
	handler, ok := s.client.app.handlers[e.Route]
	if ok {
		s.start(handler, e)
	} else if e.Route != ConnectionMade && e.Route != DocumentReady {
		s.client.put(opFault, "", fmt.Sprintf("nothing is connected to the route %.100q", e.Route))
	}
}

func (s *session) start(handler Handler, e Event) {
	c := s.client
	task := eventloop.Go(c.app.loop, func(t *eventloop.Task) (struct{}, error) {
		return struct{}{}, handler(t, c, e)
	}, eventloop.WithName(e.Route))
	c.tasks[task] = struct{}{}
	task.AddDoneCallback(func() {
		delete(c.tasks, task)
		s.idle.Set()
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			c.app.options.Log.Error("viol: a handler failed", "route", e.Route, "err", err)
			c.put(opFault, "", fmt.Sprintf("the handler of %q failed; the program's log says how", e.Route))
		}
	})
}
