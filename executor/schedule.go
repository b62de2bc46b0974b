package executor

import "time"

// This file decides what runs next and in whose place. The pool's mutex is held in all of it.

// waiting returns how many jobs wait.
func (p *Pool) waiting() int { return p.queued[Interactive] + p.queued[Background] }

// busy returns how many places are held.
func (p *Pool) busy() int { return p.holding[Interactive] + p.holding[Background] }

// stuck returns how many jobs are cancelled and have not returned.
func (p *Pool) stuck() int {
	return p.overdue[Interactive].n + p.overdue[Background].n + p.abandoned
}

// push puts a job at the end of its lane.
func (p *Pool) push(j *Job) {
	l := &j.client.lanes[j.priority]
	if l.jobs.n == 0 {
		p.turns[j.priority].pushBack(&l.node)
	}
	l.jobs.pushBack(&j.node)
	p.queued[j.priority]++
	j.state = stateQueued
}

// unqueue takes a job out of its lane, and the lane out of the turn list when it was the last.
func (p *Pool) unqueue(j *Job) {
	l := &j.client.lanes[j.priority]
	l.jobs.remove(&j.node)
	p.queued[j.priority]--
	if l.jobs.n == 0 {
		p.turns[j.priority].remove(&l.node)
	}
}

// pop takes the next job of a priority that has one: the first of the lane whose turn it is, which then goes to the
// end of the turn list.
func (p *Pool) pop(prio Priority) *Job {
	turns := &p.turns[prio]
	l := turns.head.owner
	j := l.jobs.head.owner
	p.unqueue(j)
	if l.jobs.n > 0 {
		turns.remove(&l.node)
		turns.pushBack(&l.node)
	}
	return j
}

// emptyLane takes all jobs out of a lane and returns them in order. They are ended: finished is for the caller.
func (p *Pool) emptyLane(l *lane) []*Job {
	jobs := make([]*Job, 0, l.jobs.n)
	for l.jobs.n > 0 {
		j := l.jobs.head.owner
		p.unqueue(j)
		p.end(j, outcomeCancelled)
		jobs = append(jobs, j)
	}
	return jobs
}

// choose returns the priority that is served next, and false when nothing waits that may have a place: background
// jobs have MaxBackground places at most.
func (p *Pool) choose() (Priority, bool) {
	background := p.queued[Background] > 0 && p.holding[Background] < p.opts.MaxBackground
	if p.queued[Interactive] > 0 && !(background && p.passed >= backgroundEvery) {
		return Interactive, true
	}
	return Background, background
}

// dispatch starts waiting jobs while there are places, and makes places of those that overdue jobs hold.
func (p *Pool) dispatch() {
	for p.waiting() > 0 {
		prio, ok := p.choose()
		switch {
		case !ok:
			if !p.abandonOldest(Background) {
				return
			}
		case p.busy() == p.opts.Workers:
			if !p.abandonOldest(Background) && !p.abandonOldest(Interactive) {
				return
			}
		default:
			p.start(p.pop(prio))
		}
	}
}

// start gives a job a place and a worker.
func (p *Pool) start(j *Job) {
	switch {
	case j.priority == Background:
		p.passed = 0
	case p.queued[Background] > 0:
		p.passed++
	}
	j.state = stateRunning
	p.running.pushBack(&j.node)
	p.holding[j.priority]++
	go j.work()
}

// expire notes that a running job was cancelled. Most return soon; if the place is wanted before that, or when the
// grace is over, the job is abandoned.
func (p *Pool) expire(j *Job) {
	p.running.remove(&j.node)
	p.overdue[j.priority].pushBack(&j.node)
	j.state = stateOverdue
	p.dispatch()
	switch {
	case j.state != stateOverdue:
	case p.opts.Grace < 0:
		p.abandon(j)
	default:
		j.grace = time.AfterFunc(p.opts.Grace, func() { p.onGrace(j) })
	}
}

// onGrace is called on a goroutine of its own when j's grace is over; it is the one that takes the mutex itself.
func (p *Pool) onGrace(j *Job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if j.state == stateOverdue {
		p.abandon(j)
	}
}

// abandonOldest abandons the job of that priority that has been overdue longest, if there is one and MaxStuck
// allows it.
func (p *Pool) abandonOldest(prio Priority) bool {
	oldest := p.overdue[prio].head
	return oldest != nil && p.abandon(oldest.owner)
}

// abandon frees the place of an overdue job and lowers its thread, unless MaxStuck forbids it.
func (p *Pool) abandon(j *Job) bool {
	if p.abandoned >= p.opts.MaxStuck {
		return false
	}
	p.overdue[j.priority].remove(&j.node)
	p.holding[j.priority]--
	p.abandoned++
	p.totals.Abandons++
	j.state = stateAbandoned
	j.meter.lower(abandonedNiceness)
	return true
}

// retire takes a job that has a worker out of the books, and counts how it ended.
func (p *Pool) retire(j *Job) {
	switch j.state {
	case stateRunning:
		p.running.remove(&j.node)
		p.holding[j.priority]--
	case stateOverdue:
		p.overdue[j.priority].remove(&j.node)
		p.holding[j.priority]--
	case stateAbandoned:
		p.abandoned--
	}
	if j.grace != nil {
		j.grace.Stop()
	}
	p.end(j, j.outcome)
}

// end marks a job that is in no list as ended.
func (p *Pool) end(j *Job, o outcome) {
	j.state = stateEnded
	switch o {
	case outcomeReturned:
		p.totals.Done++
	case outcomeCancelled:
		p.totals.Cancelled++
	case outcomePanicked:
		p.totals.Panicked++
	case outcomeExited:
		p.totals.Exited++
	}
}
