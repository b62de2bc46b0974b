package socket

import (
	"slices"
	"sync"
	"sync/atomic"
)

// The outbox counts as full at this many bytes or frames. A page that reads
// takes half a megabyte of matches in a few milliseconds; one that does not
// must not make the server hold more than that for it.
const (
	outboxBytes  = 512 << 10
	outboxFrames = 64
)

// frame is one websocket message on its way to the page.
type frame struct {
	kind    int // websocket.TextMessage, BinaryMessage or CloseMessage
	data    []byte
	lane    int
	version int // 0 when it belongs to no version
}

// lanes is how many series of versions there are, see [Lane].
const lanes = 8

// outbox is what lies between the loop and a connection's writer goroutine.
// The loop puts frames, and awaits room before it makes more; the writer takes
// them. Frames of a version that has been superseded are dropped on the way.
type outbox struct {
	current [lanes]atomic.Int64 // version whose frames are still wanted
	ready   chan struct{}       // capacity 1: there is something to take

	mu     sync.Mutex
	frames []frame
	bytes  int
	closed bool
	room   []func() // called once when there is room again: of those who wait
}

func newOutbox() *outbox {
	return &outbox{ready: make(chan struct{}, 1)}
}

// put appends f, whatever the filling: those who make much ask full first.
func (o *outbox) put(f frame) {
	o.mu.Lock()
	if !o.closed {
		o.frames = append(o.frames, f)
		o.bytes += len(f.data)
	}
	o.mu.Unlock()
	select {
	case o.ready <- struct{}{}:
	default:
	}
}

// supersede drops the frames of a lane's versions before version. Those that are
// queued go at once: a page that writes and does not read must not fill the
// memory.
func (o *outbox) supersede(lane, version int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.current[lane].Store(int64(version))
	o.frames = slices.DeleteFunc(o.frames, func(f frame) bool {
		old := f.version != 0 && f.lane == lane && f.version < version
		if old {
			o.bytes -= len(f.data)
		}
		return old
	})
}

// full reports whether a sender should wait. If so, room will be called once,
// on another goroutine, when it need not wait any longer.
func (o *outbox) full(room func()) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || !o.crowded(1) {
		return false
	}
	o.room = append(o.room, room)
	return true
}

// crowded reports whether more than 1/part of the outbox is taken.
func (o *outbox) crowded(part int) bool {
	return o.bytes > outboxBytes/part || len(o.frames) > outboxFrames/part
}

// take returns the next frame that is still wanted.
func (o *outbox) take() (f frame, ok bool) {
	o.mu.Lock()
	for !ok && len(o.frames) > 0 {
		f = o.frames[0]
		o.frames[0] = frame{}
		o.frames = o.frames[1:]
		o.bytes -= len(f.data)
		ok = f.version == 0 || int64(f.version) >= o.current[f.lane].Load()
	}
	var waiting []func()
	if !o.crowded(2) {
		waiting, o.room = o.room, nil
	}
	o.mu.Unlock()
	for _, room := range waiting {
		room()
	}
	return f, ok
}

// close drops what is queued; later puts are ignored and nobody waits for room
// any longer.
func (o *outbox) close() {
	o.mu.Lock()
	o.frames, o.bytes, o.closed = nil, 0, true
	waiting := o.room
	o.room = nil
	o.mu.Unlock()
	for _, room := range waiting {
		room()
	}
}
