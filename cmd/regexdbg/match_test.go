package main

import (
	"context"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// panicking is a program whose engine fails behind its second match.
type panicking struct{}

func (panicking) Groups() []engine.Group { return []engine.Group{{}} }

func (panicking) Search(_ context.Context, _ *engine.Text, _ engine.Cursor, _ engine.Budget, yield func([]int) bool) engine.Result {
	yield([]int{0, 1})
	yield([]int{2, 3})
	panic("out of luck")
}

// What was found before an engine failed is counted, as it was printed.
func TestMatchCountsWhatAPanicEnds(t *testing.T) {
	var out strings.Builder
	p := &printer{output: newOutput(&out), text: []byte("abc"), groups: panicking{}.Groups(), json: true}
	result, _, found := p.search(panicking{}, engine.NewText(p.text), 0)
	if !found || result.Outcome != engine.Error || result.Count != 2 || result.Searched != 2 || !strings.Contains(result.Err.Error(), "out of luck") {
		t.Errorf("got %+v, %v", result, found)
	}
}
