package eventloop

import "errors"

// State of a barrier. Tasks that come while it drains or is reset wait until the last one of
// the present round has left, so that nobody meets two rounds at once.
const (
	barrierFilling uint8 = iota
	barrierDraining
	barrierResetting
	barrierBroken
)

// Barrier holds tasks until a given number of them has come, and then lets that round go on
// together; it serves round after round. Its methods belong to the loop's goroutine.
type Barrier struct {
	loop    *Loop
	parties int
	state   uint8
	inside  int // tasks of the present round that have not left
	left    int // those that were let go on, the last to come not counted
	round   waitList
	gate    waitList // tasks for the next round
}

// NewBarrier returns a barrier for rounds of n tasks. It panics when n < 1.
func NewBarrier(l *Loop, n int) *Barrier {
	if n < 1 {
		panic(errors.New("eventloop: barrier for less than one task"))
	}
	return &Barrier{loop: l, parties: n}
}

// Parties returns the number of tasks of a round.
func (b *Barrier) Parties() int { return b.parties }

// Waiting returns how many tasks have come to the round that is not complete yet.
func (b *Barrier) Waiting() int {
	if b.state == barrierFilling {
		return b.inside
	}
	return 0
}

// Broken reports whether the barrier was aborted and not reset since.
func (b *Barrier) Broken() bool { return b.state == barrierBroken }

// Wait parks the task until its round is complete. The index is another one, from 0 to
// Parties()-1, for each task of a round; the task that completes it does not park and gets the
// last. The error is the cancellation, which takes the task out of the round unless that is complete,
// or ErrBrokenBarrier.
func (b *Barrier) Wait(t *Task) (index int, err error) {
	if err := t.mayAwait(b.loop); err != nil {
		return 0, err
	}
	for b.state == barrierDraining || b.state == barrierResetting {
		if _, err := b.gate.wait(t); err != nil {
			return 0, err
		}
	}
	if b.state == barrierBroken {
		return 0, ErrBrokenBarrier
	}
	b.inside++
	defer b.leave()
	if b.inside == b.parties {
		b.state, b.left = barrierDraining, 0
		b.round.wakeAll()
		return b.parties - 1, nil
	}
	if _, err := b.round.wait(t); err != nil {
		return 0, err
	}
	if b.state != barrierDraining {
		return 0, ErrBrokenBarrier
	}
	index = b.left
	b.left++
	return index, nil
}

func (b *Barrier) leave() {
	b.inside--
	if b.inside == 0 {
		if b.state != barrierBroken {
			b.state = barrierFilling
		}
		b.gate.wakeAll()
	}
}

// Reset gives those who wait ErrBrokenBarrier and begins a new round; it also mends a broken barrier.
// Tasks of a complete round that have not run since get the error, too.
// It panics with ErrForeignGoroutine in debug mode.
func (b *Barrier) Reset() {
	b.loop.mustBeOn("Barrier.Reset")
	if b.inside > 0 {
		b.state = barrierResetting
		b.round.wakeAll()
		return
	}
	b.state = barrierFilling
	b.gate.wakeAll()
}

// Abort breaks the barrier: all who wait and, until Reset, all who come get ErrBrokenBarrier.
// It panics with ErrForeignGoroutine in debug mode.
func (b *Barrier) Abort() {
	b.loop.mustBeOn("Barrier.Abort")
	b.state = barrierBroken
	b.round.wakeAll()
	b.gate.wakeAll()
}
