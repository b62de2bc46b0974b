package eventloop

import (
	"os"

	"golang.org/x/sys/unix"
)

// poller is an epoll instance.
type poller struct {
	fd  int
	buf [pollBatch]unix.EpollEvent
}

func newPoller() (*poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("epoll_create1", err)
	}
	return &poller{fd: fd}, nil
}

func (p *poller) close() { unix.Close(p.fd) }

func epollMask(r readiness) (m uint32) {
	if r&readable != 0 {
		m |= unix.EPOLLIN
	}
	if r&writable != 0 {
		m |= unix.EPOLLOUT
	}
	return m
}

func (p *poller) ctl(op, fd int, gen, mask uint32) error {
	ev := unix.EpollEvent{Events: mask, Fd: int32(fd), Pad: int32(gen)}
	return unix.EpollCtl(p.fd, op, fd, &ev)
}

// add registers one more direction of a descriptor that is registered for known. fresh
// tells that it was not: its number belongs to another file now, and only d is registered.
func (p *poller) add(fd int, gen uint32, known readiness, d direction) (fresh bool, err error) {
	one := readiness(1) << d
	if known != 0 {
		err = p.ctl(unix.EPOLL_CTL_MOD, fd, gen, epollMask(known|one))
		if err != unix.ENOENT {
			return false, os.NewSyscallError("epoll_ctl", err)
		}
	}
	err = p.ctl(unix.EPOLL_CTL_ADD, fd, gen, epollMask(one))
	if err == unix.EEXIST {
		// Same number, same file, but closed by its last owner behind our back and a
		// duplicate moved to the number. What is registered is ours.
		err = p.ctl(unix.EPOLL_CTL_MOD, fd, gen, epollMask(one))
	}
	return known != 0, os.NewSyscallError("epoll_ctl", err)
}

// remove takes back one direction. Errors mean that the file is gone, and with it all of it.
func (p *poller) remove(fd int, gen uint32, known readiness, d direction) {
	if rest := known &^ (1 << d); rest != 0 {
		_ = p.ctl(unix.EPOLL_CTL_MOD, fd, gen, epollMask(rest))
	} else {
		p.removeAll(fd)
	}
}

func (p *poller) removeAll(fd int) { _ = p.ctl(unix.EPOLL_CTL_DEL, fd, 0, 0) }

// addEdge registers both directions, edge-triggered.
func (p *poller) addEdge(fd int, gen uint32) error {
	const mask = unix.EPOLLIN | unix.EPOLLOUT | unix.EPOLLRDHUP | unix.EPOLLET
	err := p.ctl(unix.EPOLL_CTL_ADD, fd, gen, mask)
	if err == unix.EEXIST {
		err = p.ctl(unix.EPOLL_CTL_MOD, fd, gen, mask)
	}
	return os.NewSyscallError("epoll_ctl", err)
}

// wait fills evs with what is ready now; it does not block.
func (p *poller) wait(evs []fdEvent) (int, error) {
	n, err := unix.EpollWait(p.fd, p.buf[:len(evs)], 0)
	if err != nil {
		if err == unix.EINTR {
			err = nil
		}
		return 0, os.NewSyscallError("epoll_wait", err)
	}
	for i, e := range p.buf[:n] {
		var r readiness
		if e.Events&(unix.EPOLLIN|unix.EPOLLRDHUP) != 0 {
			r |= readable
		}
		if e.Events&unix.EPOLLOUT != 0 {
			r |= writable
		}
		if e.Events&(unix.EPOLLHUP|unix.EPOLLERR) != 0 {
			r |= hungUp
		}
		evs[i] = fdEvent{fd: int(e.Fd), gen: uint32(e.Pad), what: r}
		if e.Events&unix.EPOLLRDHUP != 0 {
			evs[i].what |= readEnd
		}
	}
	return n, nil
}

func newParker(fd int, ready func()) (parker, error) { return newNetpollParker(fd, ready) }
