// Package executor is a bounded pool of worker threads for jobs that use the CPU, may be slow, and cannot be
// interrupted, such as matching a regular expression.
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
// A job is cancelled through the context given to Submit, its deadline included. A job that waits is dropped at
// once, wherever it is in the queue, and never runs. A job that runs is told through its context, and may not
// notice. From then on it is stuck, and its place is no longer its own: if another job waits for a place, now or
// later, the stuck job is abandoned and the other starts immediately; if none waits, it is abandoned when
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
//   - The canceller, one for each job whose context ends before the job. Started by package context; ends when a
//     waiting job was dropped and its finished has returned, or a running one was declared stuck.
//   - The timer of a grace, started by package time when one ends; ends after abandoning the job.
//   - The dropper, started by Client.Close, by Shutdown, and by a Submit whose context has already ended. Ends when
//     the finished of every dropped job has returned.
//
// After [Pool.Shutdown] has returned nil none of them is left, but for their last instructions and for threads of
// abandoned jobs on their way out.
package executor
