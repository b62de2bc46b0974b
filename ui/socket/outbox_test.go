package socket

import "testing"

// A page that sends updates and reads nothing must not fill the memory with
// answers that it will never be sent.
func TestSupersededFramesAreDroppedAtOnce(t *testing.T) {
	o := newOutbox()
	o.put(frame{data: []byte("for no version")})
	for version := 1; version <= 1000; version++ {
		o.supersede(0, version)
		o.put(frame{data: make([]byte, 10), version: version})
	}
	if len(o.frames) != 2 || o.bytes != 24 {
		t.Errorf("%d frames with %d bytes are queued, want 2 with 24", len(o.frames), o.bytes)
	}
}

// What one lane says of a version outlives newer versions of another.
func TestLanesAreSupersededAlone(t *testing.T) {
	o := newOutbox()
	o.put(frame{data: []byte("analysis"), lane: 1, version: 1})
	o.put(frame{data: []byte("matches"), version: 1})
	o.supersede(0, 2)
	o.put(frame{data: []byte("late"), version: 1})
	f, ok := o.take()
	if !ok || string(f.data) != "analysis" {
		t.Errorf("took %q, %v", f.data, ok)
	}
	if f, ok := o.take(); ok {
		t.Errorf("took %q", f.data)
	}
	o.put(frame{data: []byte("analysis"), lane: 1, version: 1})
	o.supersede(1, 2)
	if f, ok := o.take(); ok || o.bytes != 0 {
		t.Errorf("took %q, and %d bytes are left", f.data, o.bytes)
	}
}

// One message is a frame as it is, several are an array.
func TestJoin(t *testing.T) {
	one, two := []byte(`{"a":1}`), []byte(`{"b":"[,]"}`)
	if got := string(Join([][]byte{one})); got != `{"a":1}` {
		t.Errorf("one message is %s", got)
	}
	if got := string(Join([][]byte{one, two})); got != `[{"a":1},{"b":"[,]"}]` {
		t.Errorf("two messages are %s", got)
	}
}
