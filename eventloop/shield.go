package eventloop

// Shield returns a future that ends as f does, its cancellation included, but whose own
// cancellation does not reach f: awaiting Shield(f) instead of f keeps f running when the
// waiting task is cancelled. When f is done already it returns f.
//
// After the shield was cancelled, an error of f at which nobody looks is reported like any other.
// Loop's goroutine only.
func Shield[T any](f Awaitable[T]) Awaitable[T] {
	inner := f.core()
	inner.loop.mustBeOn("Shield")
	if inner.state != pending {
		return f
	}
	s := &shield[T]{inner: inner}
	s.loop = inner.loop
	s.hook = s
	s.token = inner.whenDone(func() {
		if s.state == pending {
			s.value, _ = f.Result()
			s.settle(inner.state, inner.err)
		}
	})
	return &s.Future
}

type shield[T any] struct {
	Future[T]
	inner *future
	token CallbackToken
}

func (s *shield[T]) futureCancelled(error) { s.inner.RemoveDoneCallback(s.token) }
