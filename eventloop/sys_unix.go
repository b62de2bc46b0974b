//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package eventloop

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

func uncatchable(sig os.Signal) bool { return sig == unix.SIGKILL || sig == unix.SIGSTOP }

// dupNonblocking returns another number for fd's file, which is non-blocking from then on,
// under either number.
func dupNonblocking(fd int) (int, error) {
	dup, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return -1, os.NewSyscallError("fcntl", err)
	}
	if err := unix.SetNonblock(dup, true); err != nil {
		unix.Close(dup)
		return -1, os.NewSyscallError("fcntl", err)
	}
	return dup, nil
}

// sysRead reads once. again means that it would block.
func sysRead(fd int, p []byte) (n int, again bool, err error) {
	for {
		n, err = unix.Read(fd, p)
		if err != unix.EINTR {
			return sysResult("read", n, err)
		}
	}
}

// sysWrite writes once, perhaps not all.
func sysWrite(fd int, p []byte) (n int, again bool, err error) {
	for {
		n, err = unix.Write(fd, p)
		if err != unix.EINTR {
			return sysResult("write", n, err)
		}
	}
}

func sysResult(call string, n int, err error) (int, bool, error) {
	switch err {
	case nil:
		return n, false, nil
	case unix.EAGAIN:
		return 0, true, nil
	}
	return 0, false, os.NewSyscallError(call, err)
}

func sysClose(fd int) error { return os.NewSyscallError("close", unix.Close(fd)) }

// sysShutdown ends one direction of a socket.
func sysShutdown(fd int, d direction) error {
	how := unix.SHUT_RD
	if d == writing {
		how = unix.SHUT_WR
	}
	return os.NewSyscallError("shutdown", unix.Shutdown(fd, how))
}

// What accept says of a listener. Some errors are of one connection that is gone already.
const (
	acceptOK = iota
	acceptNothing
	acceptRetry
	acceptFull // no descriptors left, or no memory
	acceptFailed
)

func acceptVerdict(err error) int {
	switch err {
	case nil:
		return acceptOK
	case unix.EAGAIN:
		return acceptNothing
	case unix.EINTR, unix.ECONNABORTED, unix.EPROTO, unix.EPERM:
		return acceptRetry
	case unix.EMFILE, unix.ENFILE, unix.ENOBUFS, unix.ENOMEM:
		return acceptFull
	}
	return acceptFailed
}

// sysAccept takes one connection, non-blocking, and sets what package net sets: packets
// leave without delay, and a dead peer is noticed.
func sysAccept(fd int, network string) (nfd int, remote net.Addr, verdict int, err error) {
	nfd, sa, err := accept(fd)
	if v := acceptVerdict(err); v != acceptOK {
		return -1, nil, v, os.NewSyscallError("accept", err)
	}
	if isTCP(network) {
		_ = unix.SetsockoptInt(nfd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
		_ = unix.SetsockoptInt(nfd, unix.SOL_SOCKET, unix.SO_KEEPALIVE, 1)
	}
	return nfd, address(network, sa), acceptOK, nil
}

func sysLocalAddr(fd int, network string) net.Addr {
	sa, err := unix.Getsockname(fd)
	if err != nil {
		return address(network, nil)
	}
	return address(network, sa)
}

func address(network string, sa unix.Sockaddr) net.Addr {
	switch a := sa.(type) {
	case *unix.SockaddrInet4:
		return &net.TCPAddr{IP: a.Addr[:], Port: a.Port}
	case *unix.SockaddrInet6:
		zone := ""
		if a.ZoneId != 0 {
			zone = strconv.Itoa(int(a.ZoneId))
		}
		return &net.TCPAddr{IP: a.Addr[:], Port: a.Port, Zone: zone}
	case *unix.SockaddrUnix:
		return &net.UnixAddr{Name: a.Name, Net: network}
	}
	if isTCP(network) {
		return &net.TCPAddr{}
	}
	return &net.UnixAddr{Net: network}
}

// fdOf runs fn on the descriptor of a connection or listener of package net.
func fdOf(v any, fn func(fd int) error) error {
	sc, ok := v.(syscall.Conn)
	if !ok {
		return fmt.Errorf("eventloop: %T has no file descriptor", v)
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return err
	}
	if e := raw.Control(func(fd uintptr) { err = fn(int(fd)) }); e != nil {
		return e
	}
	return err
}
