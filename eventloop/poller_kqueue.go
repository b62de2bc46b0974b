//go:build darwin || dragonfly || freebsd || netbsd || openbsd

package eventloop

import (
	"os"

	"golang.org/x/sys/unix"
)

// poller is a kqueue. A closed descriptor leaves it by itself, for every number; so events
// never belong to another file than the number does, and generations are not looked at.
type poller struct {
	fd  int
	buf [pollBatch]unix.Kevent_t
	gen map[int]uint32
}

func newPoller() (*poller, error) {
	fd, err := unix.Kqueue()
	if err != nil {
		return nil, os.NewSyscallError("kqueue", err)
	}
	unix.CloseOnExec(fd)
	return &poller{fd: fd, gen: make(map[int]uint32)}, nil
}

func (p *poller) close() { unix.Close(p.fd) }

// filters are those of reading and writing.
var filters = [2]int{unix.EVFILT_READ, unix.EVFILT_WRITE}

func (p *poller) change(fd, filter, flags int) error {
	var ev [1]unix.Kevent_t
	unix.SetKevent(&ev[0], fd, filter, flags)
	_, err := unix.Kevent(p.fd, ev[:], nil, nil)
	for err == unix.EINTR {
		_, err = unix.Kevent(p.fd, ev[:], nil, nil)
	}
	return os.NewSyscallError("kevent", err)
}

// add registers one more direction. kqueue cannot tell whether what is known of fd is of
// another file; that has left it then, and does not fire.
func (p *poller) add(fd int, gen uint32, _ readiness, d direction) (fresh bool, err error) {
	// kqueue takes files that are always ready, which nobody can wait for.
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return false, os.NewSyscallError("fstat", err)
	}
	if m := st.Mode & unix.S_IFMT; m == unix.S_IFREG || m == unix.S_IFDIR {
		return false, os.NewSyscallError("kevent", unix.EPERM)
	}
	if err := p.change(fd, filters[d], unix.EV_ADD); err != nil {
		return false, err
	}
	p.gen[fd] = gen
	return false, nil
}

// remove takes back one direction. Errors mean that the file is gone.
func (p *poller) remove(fd int, gen uint32, known readiness, d direction) {
	_ = p.change(fd, filters[d], unix.EV_DELETE)
	if known == 1<<d {
		delete(p.gen, fd)
	}
}

func (p *poller) removeAll(fd int) {
	for _, f := range filters {
		_ = p.change(fd, f, unix.EV_DELETE)
	}
	delete(p.gen, fd)
}

// addEdge registers both directions, edge-triggered.
func (p *poller) addEdge(fd int, gen uint32) error {
	for _, f := range filters {
		if err := p.change(fd, f, unix.EV_ADD|unix.EV_CLEAR); err != nil {
			p.removeAll(fd)
			return err
		}
	}
	p.gen[fd] = gen
	return nil
}

// wait fills evs with what is ready now; it does not block.
func (p *poller) wait(evs []fdEvent) (int, error) {
	n, err := unix.Kevent(p.fd, nil, p.buf[:len(evs)], &unix.Timespec{})
	if err != nil {
		if err == unix.EINTR {
			err = nil
		}
		return 0, os.NewSyscallError("kevent", err)
	}
	for i := range p.buf[:n] {
		k := &p.buf[i]
		fd := int(k.Ident)
		e := fdEvent{fd: fd, gen: p.gen[fd]}
		// A hang-up comes to each filter by itself.
		if int(k.Filter) == unix.EVFILT_WRITE {
			e.what = writable
		} else {
			e.what = readable
			if int(k.Flags)&unix.EV_EOF != 0 {
				e.what |= readEnd
			}
		}
		evs[i] = e
	}
	return n, nil
}

func newParker(fd int, ready func()) (parker, error) { return newThreadParker(fd, ready) }
