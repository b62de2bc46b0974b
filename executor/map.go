package executor

import "context"

// Map has the view's pool call fn for each item and returns the results in the order of the items. No more calls are
// under way at a time than the pool has places for the view's priority, so a long list leaves room in the queue for
// others. Items are begun in order.
//
// The first error of a call, a panic included (*PanicError), is returned as soon as it is there, without results; so is
// the cause of ctx when that ends. Then no further call is begun, and those under way have their contexts ended; the
// pool cannot stop them, so they may still run for a while after Map has returned. Map returns ErrQueueFull when the
// pool refuses a call although none of this Map is under way; otherwise it waits for one of these and tries again. A
// job of the same pool must not call Map: it holds a place that the calls may need.
func Map[T, R any](ctx context.Context, v View, items []T, fn func(ctx context.Context, item T) (R, error)) ([]R, error) {
	if fn == nil {
		panic("executor: Map with a nil function")
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	bound := min(v.places(), len(items))
	results := make([]R, len(items))
	ended := make(chan error, bound) // has room for all: nobody may receive any more
	begin := func(i int) error {
		var failed error
		return v.Submit(ctx, func(ctx context.Context) {
			results[i], failed = fn(ctx, items[i])
		}, func(err error) {
			if err == nil {
				err = failed
			}
			ended <- err
		})
	}
	for begun, flying := 0, 0; begun < len(items) || flying > 0; {
		for begun < len(items) && flying < bound {
			err := begin(begun)
			if err == ErrQueueFull && flying > 0 {
				break
			}
			if err != nil {
				return nil, err
			}
			begun++
			flying++
		}
		select {
		case err := <-ended:
			if err != nil {
				return nil, err
			}
			flying--
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	return results, nil
}

// places returns how many jobs of the view's priority run at the same time at most, stuck ones not counted.
func (v View) places() int {
	if v.priority == Background {
		return v.client.pool.opts.MaxBackground
	}
	return v.client.pool.opts.Workers
}
