package executor_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/regexdbg/regexdbg/executor"
)

func Example() {
	pool := executor.New(executor.Options{Workers: 2})
	session := pool.NewClient("session 1")
	defer session.Close()

	superseded := errors.New("superseded")
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(superseded) // the next keystroke would do this

	var found []int // the pool hands it over: written by run, read after finished
	done := make(chan error, 1)
	job, err := session.At(executor.Interactive).SubmitJob(ctx, func(context.Context) {
		found = regexp.MustCompile(`b+`).FindStringIndex("abbc")
	}, func(err error) { done <- err })
	if err != nil {
		fmt.Println(err) // such as executor.ErrQueueFull
		return
	}
	fmt.Println(<-done, found, job.Usage().Wall > 0)

	fmt.Println(pool.Shutdown(context.Background(), executor.CancelAll))
	// Output:
	// <nil> [1 3] true
	// <nil>
}
