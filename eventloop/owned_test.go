package eventloop

import (
	"math/rand/v2"
	"testing"
)

// belonging is an owned thing that leaves the list when the loop closes, or stays in it.
type belonging struct {
	ownership
	l      *Loop
	leaves bool
	told   int
}

func (b *belonging) loopClosing(error) {
	b.told++
	if b.leaves {
		b.l.disown(b)
	}
}

func TestOwned(t *testing.T) {
	seed := rand.Uint64()
	for round := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, round))
		l := New()
		var owned, gone []*belonging
		for range rng.IntN(20) {
			if n := len(owned); n > 0 && rng.IntN(3) == 0 {
				i := rng.IntN(n)
				l.disown(owned[i])
				l.disown(owned[i]) // is not owned any more, and nothing happens
				gone = append(gone, owned[i])
				owned[i] = owned[n-1]
				owned = owned[:n-1]
			} else {
				b := &belonging{l: l, leaves: rng.IntN(2) == 0}
				l.own(b)
				owned = append(owned, b)
			}
		}
		l.closeOwned(nil)
		stay := 0
		for _, b := range owned {
			if b.told != 1 {
				t.Errorf("seed %d,%d: told %d times", seed, round, b.told)
			}
			if !b.leaves {
				stay++
			}
		}
		for _, b := range gone {
			if b.told != 0 {
				t.Errorf("seed %d,%d: told after it had left", seed, round)
			}
		}
		if stay != len(l.owned) {
			t.Errorf("seed %d,%d: %d owned at the end, want %d", seed, round, len(l.owned), stay)
		}
	}
}
