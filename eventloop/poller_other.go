//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package eventloop

import (
	"errors"
	"fmt"
	"runtime"
)

// poller does not exist here; newPoller says so before any other method could be called.
type poller struct{ fd int }

func newPoller() (*poller, error) {
	return nil, fmt.Errorf("file descriptors on the loop on %s: %w", runtime.GOOS, errors.ErrUnsupported)
}

func (*poller) close() {}
func (*poller) add(int, uint32, readiness, direction) (bool, error) {
	return false, errors.ErrUnsupported
}
func (*poller) remove(int, uint32, readiness, direction) {}
func (*poller) removeAll(int)                            {}
func (*poller) addEdge(int, uint32) error                { return errors.ErrUnsupported }
func (*poller) wait([]fdEvent) (int, error)              { return 0, errors.ErrUnsupported }
func newParker(int, func()) (parker, error)              { return nil, errors.ErrUnsupported }
