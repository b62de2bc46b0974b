package executor

import "context"

// A Task is what a job does, as one value. Its methods are called as Submit says of its two functions.
//
// It is a type without a name of its own, so that a package need not import this one to have such a parameter.
type Task = interface {
	Run(ctx context.Context)
	Finished(err error)
}

// A Canceller cancels a job. It has no name of its own either.
type Canceller = interface{ Cancel(cause error) }

// functions are the Task of Submit.
type functions struct {
	run      func(ctx context.Context)
	finished func(error)
}

func (f functions) Run(ctx context.Context) { f.run(ctx) }
func (f functions) Finished(err error)      { f.finished(err) }
