// Package executor runs work that uses the CPU, may be slow, and cannot be interrupted, such as matching a regular
// expression: a [Pool] in a bounded number of threads of this process, a [ProcessPool] in a bounded number of child
// processes that can be killed. [Go] and [Map] are for programs that want a result from a Pool without more ado.
//
// # Model
//
// A [Pool] has Options.Workers places. A job that has a place runs, on a goroutine of its own that is locked to its
// thread for as long as the job takes; other jobs wait. Who waits is chosen from in this order:
//
//   - Interactive jobs before background ones. Background jobs do not starve: after 8 interactive jobs in a row that
//     started while a background job waited, the next start is a background job.
//   - Background jobs have at most Options.MaxBackground places, by default all but one, since a place cannot be
//     taken back from a running job when a person begins to wait.
//   - Within a priority the clients take turns, one job each. A [Client] is one session; its jobs are FIFO.
//
// Turns count jobs, not time: a client with long jobs gets more of the CPU than one with short jobs.
//
// # Cancellation
//
// A job is cancelled through the context given to Submit, its deadline included, or by [Job.Cancel]. A job that waits
// is dropped at once, wherever it is in the queue, and never runs. A job that runs is told through its context, and
// may not notice. From then on it is stuck, and its place is no longer its own: if another job waits for a place, now
// or later, the stuck job is abandoned and the other starts immediately; if none waits, it is abandoned when
// Options.Grace is over.
//
// An abandoned job runs on beside the pool, on a thread of the lowest priority (niceness 19, on Linux). An ordinary
// process cannot raise a niceness again, so the thread ends with its job. At most Options.MaxStuck jobs may be
// abandoned; beyond that, stuck jobs keep their places, and when these run out new jobs wait ([Stats.Saturated]).
//
// # Limits and their reasons
//
// Workers: as many as there are cores, as more would only share them. MaxStuck: 16, see [Options]; the price beside
// CPU time is in stop-the-world pauses, which last until the kernel has let every running thread stop: on 2 cores
// 12 ms at the median with 4 abandoned jobs and 2 others, 41 ms with 16 and 2 (and the same for threads of normal
// priority), about twice in each garbage collection. Waiting jobs: 4096 in all and 256 for a client, so that memory
// is bounded and a runaway client is refused ([ErrQueueFull]) before others are.
//
// What no pool can do: end a running job, free its memory, or survive what ends a Go process (a fatal error such as
// a stack overflow or a concurrent map write). Only the job can stop itself, by polling its context or a budget.
//
// # Threads
//
// A program that runs slow jobs should call [RaiseMaxProcs] once. It matters more than anything else here for how
// soon the rest of the program reacts.
//
// A job has its thread for itself, so its CPU time is known, from outside and while it runs ([Job.Usage]; wall time
// only where the system is not Linux). A job must leave the thread locked. It must not resume a coroutine (iter.Pull)
// that was made outside the job: the runtime ends the process when the thread locks of the two differ. On Linux no
// job runs on the process's main thread, which could not end with it.
//
// # Goroutines
//
// A pool without jobs has none.
//
//   - The worker, one for each job that has a place or was abandoned. Started with the job by whoever made that
//     possible: Submit, the end of another job, a cancellation. Ends when the job has returned and its finished too.
//   - Its successor, when the worker finds itself on the main thread: takes over, and the first ends at once.
//   - The reporter of an abandoned job, started when that has returned, as its thread is too slow to call finished.
//     Ends when finished has returned.
//   - The canceller, one for each job whose submitter's context ends before the job. Started by package context; ends
//     when a waiting job was dropped and its finished has returned, or a running one was declared stuck.
//   - The timer of a grace, started by package time when one ends; ends after abandoning the job.
//   - The dropper, started by Client.Close, by Job.Cancel, by Shutdown, and by a Submit whose context has already
//     ended. Ends when the finished of every dropped job has returned.
//
// After [Pool.Shutdown] has returned nil none of them is left, but for their last instructions and for threads of
// abandoned jobs on their way out.
//
// # Processes
//
// A [ProcessPool] has at most ProcessOptions.Workers child processes, all of one command. Each answers one request at
// a time; requests wait FIFO for a child. Children are started when requests need them, and ProcessOptions.Warm idle
// ones are kept from then on. A child is killed, with SIGKILL and with all it has started, when the context of its
// request ends, when the receiver of its answer wants no more, and when it breaks the protocol. Nothing is ever
// repeated, and a child that was killed or died is replaced when a request needs it, or as a spare.
//
// Starts are bounded. Until a child has said hello, and again after a failure, one starts at a time. A failure is a
// child that does not start, or ends before it has completed a request, other than during one. From then on, until a
// request is completed, no spare child is started; and after the nth failure in a row no child at all for 100 ms
// times 2 to the power of n-1, 30 s at most: requests that need one fail at once with the reason ([StartError]). A
// child that dies of a request costs the start of another, so such starts are no more than requests.
//
// Beside the starter, which is one for all pools (see process_linux.go for why it has a thread of its own), a pool
// has these goroutines: for each child one that waits for its end, on a thread of its own, and one that reads its
// standard error; one that starts a child, until its hello; for a request of more than 16 KB one that writes it; one
// for each job of Submit; and one for each context that ends during a request. After [ProcessPool.Shutdown] has
// returned nil none of them is left, but for their last instructions.
//
// Memory: each child has a read buffer of 64 KB, and up to 8 KB of its standard error.
//
// # Protocol of the children
//
// Both sides write frames: a line with a JSON object, the header, ended by a newline (10), and then, if the header
// has "bytes":N, exactly N raw bytes, the body, with nothing before or after them. Bodies are never escaped or
// decoded. A header line has no other newline in it, which is what JSON encoders do by themselves, and a child's is at
// most ProcessOptions.MaxLine long. Fields that a side does not know it ignores.
//
// The child begins, within ProcessOptions.StartTimeout, with a hello on its standard output:
//
//	{"protocol":1,"name":"python","version":"3.11.2","data":...}
//
// where data, optional as everywhere, can be anything. With "error":"why" instead it says that it cannot serve. Then it
// reads requests from its standard input, one after the other:
//
//	{"id":7,"bytes":3,"data":...}
//	abc
//
// where data is Request.Data, and answers each, after it has read all of it, with any number of frames and a final one,
// all of which name the id:
//
//	{"id":7,"data":...,"bytes":5}
//	first{"id":7,"data":...,"bytes":4}
//	next{"id":7,"done":true}
//
// The final one has "done":true, and can have data and a body of its own, or "error":"message", and can have data for
// programs; after an error the child goes on as after a result. It must flush what it writes. At the end of its
// standard input it should end. Standard error is free: its end is shown when the child fails, so a script need not
// catch what it does not expect. The texts of users have no place there, nor in messages.
//
// The files testdata/child.py, child.js and child.pl are complete children in python, node and perl.
package executor
