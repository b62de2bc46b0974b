package socket

import "testing"

// A page that sends updates and reads nothing must not fill the memory with
// answers that it will never be sent.
func TestSupersededFramesAreDroppedAtOnce(t *testing.T) {
	o := newOutbox()
	o.put(frame{data: []byte("for no version")})
	for version := 1; version <= 1000; version++ {
		o.supersede(version)
		o.put(frame{data: make([]byte, 10), version: version})
	}
	if len(o.frames) != 2 || o.bytes != 24 {
		t.Errorf("%d frames with %d bytes are queued, want 2 with 24", len(o.frames), o.bytes)
	}
}
