// Package eventloop is asyncio's model (PEP 3156) in Go: one goroutine runs callbacks,
// timers and tasks, so that the state they share needs no locks.
//
//	eventloop.Run(func(t *eventloop.Task) (int, error) {
//		job := eventloop.RunInExecutor(t.Loop(), pool, compute)
//		return eventloop.WaitFor(t, time.Second, job)
//	})
//
// # The loop
//
// A [Loop] turns in passes. A pass takes what other goroutines have handed in, adds the
// timers that are due, and runs exactly the callbacks that are ready then, first in first
// out; what these queue waits for the next pass. With nothing ready the loop sleeps on a
// channel until its first timer or a call of CallSoonThreadsafe. There is no current loop
// in a package variable: a task knows its loop.
//
// # Tasks
//
// A [Future] is a result that comes later. A [Task] is a function on a coroutine of its own,
// made by [Go]. It takes its *Task as argument and hands it to everything that may park it:
// f.Await(t), queue.Get(t), [Sleep](t, d). Between two of these nothing else runs. Done
// callbacks and wake-ups always go through the loop's queue, never inline.
//
// # Cancellation
//
// Cancel(cause) cancels what the task awaits; the await then returns an error that is
// [ErrCancelled], context.Canceled, and the cause. Returning that error ends the task as
// cancelled. A task may clean up first, and may await while it does; one that drops the
// error has swallowed the cancellation and lives on, as in asyncio. Cancelling a task that
// awaits a task cancels both. [Task.Context] serves code that takes contexts.
//
// # Several things at once
//
// [Gather], [Wait] and [AsCompleted] wait for many futures, [Shield] keeps a cancellation from
// one. [WithTaskGroup] runs tasks that end together. [WaitFor] awaits with a timeout,
// [WithTimeout] and [Timeout] put one around any piece of a task; [Forever] is none.
// [Event], [Lock], [Condition], [Semaphore], [Barrier] and [Queue] hold tasks without holding
// the loop; none of them loses a wake-up to a cancellation.
//
// # Errors
//
// Errors are compared with errors.Is: [ErrCancelled] is context.Canceled, [ErrTimeout] is
// context.DeadlineExceeded. A timeout is not a cancellation but its cause: the await that it cuts
// returns an error that is both, the scope around it returns the ErrTimeout alone. A task group
// joins the errors of its tasks, so that each is found; cancellations are never among them.
//
// No error is lost. A panic in a callback, and the error of a future or task at which nobody
// has looked by the time it is garbage or the loop closes, go to the exception handler.
//
// # Input and output
//
// [Loop.AddReader] and its likes call back when a descriptor is ready, [Loop.AddSignalHandler]
// when a signal comes. A [Conn] is a net.Conn whose Read and Write park the task that calls
// them, so bufio, crypto/tls, net/http's parsers and websocket libraries run unchanged in a
// task; [OpenConnection], [StartServer], [TLSClient] and [TLSServer] make them,
// [StreamReader] and [StreamWriter] are asyncio's streams on top. They need epoll or kqueue;
// elsewhere the error is errors.ErrUnsupported. HTTP is in the package httploop.
//
// # Goroutines
//
// CallSoonThreadsafe, GoThreadsafe, the methods of [Remote], Stop and Time may be called from
// any goroutine. Everything else belongs to the loop's goroutine; debug mode refuses
// others. Blocking work runs elsewhere, by [RunInExecutor].
//
// Not allowed in a task: to lock the thread and await before unlocking (the process ends),
// to block, to hold a sync.Mutex across an await, and to await from a goroutine or a nested
// coroutine with another *Task than its own.
//
// A loop that is dropped without Close leaks its parked tasks: nothing else frees them.
package eventloop
