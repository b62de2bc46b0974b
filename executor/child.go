package executor

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// stderrTail is how many bytes of a child's standard error are kept.
const stderrTail = 4 << 10

// drainTime is how long what a dead child has left in its pipes may take to be read. Usually the pipes end at once;
// but a process that escaped from the child's group can hold them open.
const drainTime = 5 * time.Second

// Info is what a child says of itself in its hello.
type Info struct {
	Name    string
	Version string
	Data    json.RawMessage // anything else; may be nil
}

// child is one child process.
type child struct {
	opts *ProcessOptions
	info Info // set before the child is first idle

	// Of the goroutine that has the child: launch's, then that of the lease.
	stdin  *os.File
	stdout *os.File
	frames frameReader
	lastID uint64

	stderr tail
	exited chan struct{} // closed when the child was reaped; then state, stderr and spent are final
	state  *os.ProcessState
	spent  time.Duration // of CPU time, -1 where that is not known

	mu     sync.Mutex
	proc   *os.Process
	killed bool // by us, or it is to be as soon as it is started
	reaped bool

	// Guarded by the pool's mutex.
	place     childPlace
	node      node[*child] // in the pool's list of that place
	served    uint64       // requests completed
	idleSince time.Time
	failEpoch uint64 // ProcessPool.failEpoch when it was started
}

// childPlace is where the pool has a child.
type childPlace uint8

const (
	childStarting childPlace = iota // has not said hello
	childIdle
	childBusy  // has a lease
	childDying // killed, or about to be; not reaped
	childPlaces
	childGone // in no list
)

func newChild(opts *ProcessOptions) *child {
	c := &child{opts: opts, exited: make(chan struct{})}
	c.stderr.limit = stderrTail
	c.node.owner = c
	return c
}

// start starts the process. reaped is called on a goroutine of its own when the process has ended and was reaped; when
// start returns an error there is no process and reaped is not called.
func (c *child) start(reaped func()) error {
	path, err := exec.LookPath(c.opts.Command[0])
	if err != nil {
		return err
	}
	// Three pipes, our end first in ours, the child's in theirs.
	var ours, theirs [3]*os.File
	closeAll := func(files ...*os.File) {
		for _, f := range files {
			if f != nil {
				_ = f.Close()
			}
		}
	}
	for i := range ours {
		r, w, err := os.Pipe()
		if err != nil {
			closeAll(ours[:]...)
			closeAll(theirs[:]...)
			return err
		}
		if i == 0 {
			ours[i], theirs[i] = w, r
		} else {
			ours[i], theirs[i] = r, w
		}
	}
	files := theirs[:]
	if c.opts.Script != "" {
		script, err := memoryFile(c.opts.Script)
		if err != nil {
			closeAll(ours[:]...)
			closeAll(theirs[:]...)
			return err
		}
		files = append(files, script)
	}
	attr := &os.ProcAttr{Dir: c.opts.Dir, Env: c.opts.Env, Files: files}
	proc, err := startProcess(path, c.opts.Command, attr, *c.opts)
	closeAll(files...)
	if err != nil {
		closeAll(ours[:]...)
		return err
	}
	c.stdin, c.stdout = ours[0], ours[1]
	c.frames = newFrameReader(c.stdout, c.opts.MaxLine, c.opts.MaxBody)
	c.mu.Lock()
	c.proc = proc
	if c.killed {
		c.signal()
	}
	c.mu.Unlock()
	go c.reap(ours[2], reaped)
	return nil
}

// kill ends the child and what it has started, and whatever waits for its pipes. It does not wait, and can be called
// at any time by anyone.
func (c *child) kill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.killed {
		c.killed = true
		c.signal()
	}
}

// signal does what kill has to do. The child's mutex is held.
func (c *child) signal() {
	if c.proc == nil {
		return
	}
	if !c.reaped {
		killProcess(c.proc)
	}
	// Should anything that escaped from the group hold the pipes open, nobody shall wait for it. Where pipes know
	// no deadline (Windows), only the end of the process does this.
	past := time.Unix(1, 0)
	_ = c.stdin.SetWriteDeadline(past)
	_ = c.stdout.SetReadDeadline(past)
}

// wasKilled says whether kill was called.
func (c *child) wasKilled() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.killed
}

// reap waits for the end of the process. It has the descriptors to close, but for those of a frame being read.
func (c *child) reap(stderr *os.File, reaped func()) {
	read := make(chan struct{})
	go func() {
		c.stderr.drain(stderr)
		close(read)
	}()
	ours := awaitExit(c.proc)
	// What the child has started ends with it, also when it died by itself. Until it is reaped its number is its
	// own, and so is that of its group.
	c.mu.Lock()
	c.spent = -1
	if ours {
		killProcess(c.proc)
		// Its state will count what it has started and waited for too, such as the programs by which a launcher has
		// found the one that it became.
		if cpu, ok := processCPU(c.proc.Pid); ok {
			c.spent = cpu
		}
	}
	c.reaped = true
	c.mu.Unlock()
	state, err := c.proc.Wait()
	if err != nil { // somebody else has reaped it: a program that waits for all its children
		state = nil
	}
	processEnded()

	soon := time.Now().Add(drainTime)
	_ = stderr.SetReadDeadline(soon)
	c.mu.Lock()
	if !c.killed {
		_ = c.stdout.SetReadDeadline(soon)
	}
	c.mu.Unlock()
	<-read
	_ = stderr.Close()
	c.state = state
	close(c.exited)
	reaped()
}

// endedByKill says whether the child, which has exited, was ended by us rather than by itself.
func (c *child) endedByKill() bool {
	// One that was already ending when we killed it has its own status.
	return c.wasKilled() && (c.state == nil || runtime.GOOS == "windows" || c.state.String() == "signal: killed")
}

// closePipes is called when the process has ended and nobody reads or writes any more.
func (c *child) closePipes() {
	_ = c.stdin.Close()
	_ = c.stdout.Close()
}

// hello waits for the child's first frame. When it returns an error the child has exited.
func (c *child) hello() error {
	late := time.AfterFunc(c.opts.StartTimeout, c.kill)
	fr, err := c.frames.read()
	onTime := late.Stop()
	var refused error
	if err == nil && onTime && fr.Protocol == protocolVersion && fr.Error == nil {
		c.info = Info{Name: fr.Name, Version: fr.Version, Data: fr.Data}
		if c.opts.Accept != nil {
			refused = c.opts.Accept(c.info)
		}
		if refused == nil {
			return nil
		}
	}
	c.kill()
	<-c.exited
	switch {
	case refused != nil:
		return refused
	case !onTime:
		return errors.New(withStderr(fmt.Sprintf("no hello within %v", c.opts.StartTimeout), c.stderr.String()))
	case err != nil:
		return c.explain(err)
	case fr.Error != nil:
		return &RemoteError{Message: *fr.Error, Data: fr.Data}
	}
	return c.violation(fmt.Errorf("hello with protocol %d, want %d", fr.Protocol, protocolVersion))
}

// explain makes the error to return of one of the frame reader. The child has exited.
func (c *child) explain(err error) error {
	if fe, ok := errors.AsType[*frameError](err); ok {
		return &ProtocolError{Err: fe.err, Line: fe.line, Stderr: c.stderr.String()}
	}
	if c.state == nil {
		return &CrashError{State: "status unknown", Code: -1, Stderr: c.stderr.String()}
	}
	return &CrashError{
		State:    c.state.String(),
		Code:     c.state.ExitCode(),
		CPULimit: diedOfCPULimit(c.state),
		MaxRSS:   maxRSS(c.state),
		Stderr:   c.stderr.String(),
	}
}

// violation makes the error of something that is a frame but should not be. The child has exited.
func (c *child) violation(err error) error {
	return &ProtocolError{Err: err, Stderr: c.stderr.String()}
}

// cpu returns the CPU time of the child until now, or altogether when it has ended.
func (c *child) cpu() (time.Duration, bool) {
	c.mu.Lock()
	if !c.reaped {
		defer c.mu.Unlock()
		return processCPU(c.proc.Pid)
	}
	c.mu.Unlock()
	<-c.exited // soon: it was reaped
	return c.spent, c.spent >= 0
}

// renewCPU lets the child use as much CPU time from now on as one request may.
func (c *child) renewCPU() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.reaped {
		limitCPU(c.proc.Pid, c.opts.CPU)
	}
}
