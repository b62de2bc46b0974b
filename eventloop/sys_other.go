//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package eventloop

import (
	"errors"
	"net"
	"os"
)

// Without a poller there are no connections, so none of these is reached but fdOf.

const (
	acceptOK = iota
	acceptNothing
	acceptRetry
	acceptFull
)

func uncatchable(sig os.Signal) bool { return sig == os.Kill }

func dupNonblocking(int) (int, error)         { return -1, errors.ErrUnsupported }
func sysRead(int, []byte) (int, bool, error)  { return 0, false, errors.ErrUnsupported }
func sysWrite(int, []byte) (int, bool, error) { return 0, false, errors.ErrUnsupported }
func sysClose(int) error                      { return errors.ErrUnsupported }
func sysShutdown(int, direction) error        { return errors.ErrUnsupported }
func sysLocalAddr(int, string) net.Addr       { return nil }
func fdOf(any, func(int) error) error         { return errors.ErrUnsupported }
func sysAccept(int, string) (int, net.Addr, int, error) {
	return -1, nil, acceptNothing, errors.ErrUnsupported
}
