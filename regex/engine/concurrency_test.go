package engine

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// Sixty-four callers use every engine of the machine at once, some with a program of their own and some with a common
// one, and each finds what is in its own text.
func TestEveryEngineIsSafeForConcurrentUse(t *testing.T) {
	for _, e := range machine().Entries() {
		if e.Engine == nil {
			continue // TestCorpus tells
		}
		t.Run(e.Info.Name, func(t *testing.T) {
			t.Parallel()
			common, err := e.Engine.Compile([]byte(`(\d)é?`), "")
			if err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			for i := range 64 {
				all.Go(func() {
					program := common
					if i%2 == 0 {
						own, err := e.Engine.Compile([]byte(`(\d)é?`), "")
						if err != nil {
							t.Error(err)
							return
						}
						program = own
					}
					text := NewText([]byte("€" + strings.Repeat("1é", 1+i)))
					var got, want []int
					result := program.Search(t.Context(), text, Cursor{}, Budget{}, func(groups []int) bool {
						got = append(got, groups...)
						return true
					})
					for at := 3; at < text.Len(); at += 3 {
						want = append(want, at, at+3, at, at+1)
					}
					if result.Outcome != Match || fmt.Sprint(got) != fmt.Sprint(want) {
						t.Errorf("caller %d: %s %v, got %v, want %v", i, result.Outcome, result.Err, got, want)
					}
				})
			}
			all.Wait()
		})
	}
}
