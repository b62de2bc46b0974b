//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package eventloop

import (
	"os"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// threadParker blocks a thread in poll(2) on the loop's poller: for systems whose poller the
// Go runtime does not take. Only this thread blocks; the loop stays on its channel.
type threadParker struct {
	stop    *os.File // closing it ends the thread
	armed   chan struct{}
	waiting atomic.Bool // armed, and has not called ready since
	done    chan struct{}
}

func newThreadParker(fd int, ready func()) (*threadParker, error) {
	quit, stop, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p := &threadParker{stop: stop, armed: make(chan struct{}, 1), done: make(chan struct{})}
	go p.run(fd, quit, ready)
	return p, nil
}

func (p *threadParker) run(fd int, quit *os.File, ready func()) {
	defer close(p.done)
	defer quit.Close()
	fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}, {Fd: int32(quit.Fd()), Events: unix.POLLIN}}
	for range p.armed {
		_, err := unix.Poll(fds, -1)
		for err == unix.EINTR {
			_, err = unix.Poll(fds, -1)
		}
		if err != nil || fds[1].Revents != 0 {
			return
		}
		p.waiting.Store(false)
		ready()
	}
}

func (p *threadParker) arm() {
	if !p.waiting.Swap(true) {
		p.armed <- struct{}{}
	}
}

func (p *threadParker) close() {
	p.stop.Close()
	close(p.armed)
	<-p.done
}
