package executor

import (
	"runtime"
	"testing"
)

func TestRaiseMaxProcs(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	a, b := New(Options{Workers: 3, MaxStuck: 2}), New(Options{Workers: 1, MaxStuck: -1})
	if runtime.GOMAXPROCS(0) != before {
		t.Error("New changed GOMAXPROCS")
	}
	for range 2 { // a second call changes nothing
		if got := RaiseMaxProcs(a, b); got != before+6 || runtime.GOMAXPROCS(0) != got {
			t.Errorf("GOMAXPROCS %d, returned %d, want %d", runtime.GOMAXPROCS(0), got, before+6)
		}
	}
	if got := RaiseMaxProcs(b); got != before+6 {
		t.Errorf("lowered to %d", got)
	}
}

func TestDefaults(t *testing.T) {
	o := New(Options{}).opts
	if o.Workers < 2 || o.MaxBackground != o.Workers-1 || o.MaxStuck != 16 || o.QueueLimit != 4096 || o.ClientQueueLimit != 256 {
		t.Errorf("%+v", o)
	}
	one := New(Options{Workers: 1, MaxBackground: 5}).opts
	if one.MaxBackground != 1 {
		t.Errorf("%+v", one)
	}
}
