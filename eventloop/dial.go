package eventloop

import (
	"context"
	"net"
	"strings"
)

// OpenConnection connects to an address, as [Dial] with net.Dialer's defaults.
func OpenConnection(t *Task, network, addr string) (*Conn, error) {
	return Dial(t, &net.Dialer{}, network, addr)
}

// Dial connects by d, whose timeout, addresses and resolver apply, to a stream address:
// network is "tcp", "tcp4", "tcp6" or "unix". The task is parked meanwhile; names are
// resolved, and addresses tried in parallel, on goroutines that end with the call, or soon
// after its cancellation.
func Dial(t *Task, d *net.Dialer, network, addr string) (*Conn, error) {
	if !isTCP(network) && network != "unix" {
		return nil, &net.OpError{Op: "dial", Net: network, Err: net.UnknownNetworkError(network)}
	}
	nc, err := offload(t, func(ctx context.Context) (net.Conn, error) {
		return d.DialContext(ctx, network, addr)
	}, func(nc net.Conn) { nc.Close() })
	if err != nil {
		return nil, err
	}
	c, err := Adopt(t.loop, nc)
	if err != nil {
		nc.Close()
	}
	return c, err
}

// listen resolves and binds off the loop.
func listen(t *Task, network, addr string) (net.Listener, error) {
	if !strings.HasPrefix(network, "tcp") && network != "unix" {
		return nil, &net.OpError{Op: "listen", Net: network, Err: net.UnknownNetworkError(network)}
	}
	return offload(t, func(ctx context.Context) (net.Listener, error) {
		return new(net.ListenConfig).Listen(ctx, network, addr)
	}, func(ln net.Listener) { ln.Close() })
}

// offloaded is the future of a function that runs on a goroutine of its own.
type offloaded[T any] struct {
	Future[T]
	cancelCtx context.CancelCauseFunc
}

func (o *offloaded[T]) futureCancelled(cause error) { o.cancelCtx(contextCause(cause)) }

// offload awaits fn, which may block and owns its result until somebody takes it: drop gets
// the result that nobody takes. ctx is cancelled with the task's await.
func offload[T any](t *Task, fn func(ctx context.Context) (T, error), drop func(T)) (v T, err error) {
	if t == nil || t.loop.current != t {
		return v, ErrNotCurrent
	}
	l := t.loop
	ctx, cancel := context.WithCancelCause(context.Background())
	o := &offloaded[T]{cancelCtx: cancel}
	o.loop = l
	o.hook = o
	defer func() {
		o.cancel(nil) // when the await was refused, or the task killed
		cancel(nil)
	}()
	go func() {
		v, err := fn(ctx)
		taken := make(chan struct{})
		sent := l.CallSoonThreadsafe(func() {
			switch {
			case o.state == pending:
				o.value = v
				if err != nil {
					o.settle(failed, err)
				} else {
					o.settle(succeeded, nil)
				}
			case err == nil:
				drop(v)
			}
			close(taken)
		})
		if sent == nil {
			select {
			case <-taken:
				return
			case <-l.done:
			}
			select {
			case <-taken:
				return
			default: // the loop closed over it
			}
		}
		if err == nil {
			drop(v)
		}
	}()
	v, err = o.Await(t)
	if err != nil && o.state == succeeded {
		drop(o.value) // cancelled between the end and the wake-up
	}
	return v, err
}
