package demos

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A small regex tool: from here it is not far to regexdbg itself.
//
// Compiling and searching take as long as they take, so they run on a worker
// thread; the loop never runs regex code. Stop cancels the task, which cancels
// the future, which cancels the context that the engine looks at.
func regexTool(t *eventloop.Task, p *Page) error {
	pattern, text := p.Value("pattern"), p.Value("text")
	search := func(ctx context.Context) (*match, error) {
		return firstMatch(ctx, pattern, text)
	}
	found, err := eventloop.RunInExecutor(t.Loop(), nil, search).Await(t)
	if wrong, ok := errors.AsType[*syntax.Error](err); ok {
		p.Print("%s", syntax.Caret(wrong, []byte(pattern)))
		return nil
	}
	switch {
	case err != nil:
		return err
	case found == nil:
		p.Print("no match")
		return nil
	}
	p.Print("match        bytes %d to %d", found.start, found.end)
	p.Print("group()      %q", found.whole)
	p.Print("groups()     (%s)", strings.Join(found.groups, ", "))
	p.Print("groupdict()  {%s}", strings.Join(found.named, ", "))
	return nil
}

// match is a match as people read it.
type match struct {
	start, end    int
	whole         string
	groups, named []string
}

// firstMatch runs on a worker thread. It returns nil for no match.
func firstMatch(ctx context.Context, pattern, text string) (*match, error) {
	program, err := engine.Go().Compile([]byte(pattern), "")
	if err != nil {
		return nil, err
	}
	var found *match
	take := func(spans []int) bool {
		start, end := spans[0], spans[1]
		found = &match{start: start, end: end, whole: text[start:end]}
		for i, group := range program.Groups()[1:] {
			value := "none" // took no part
			if start, end := spans[2*i+2], spans[2*i+3]; start >= 0 {
				value = fmt.Sprintf("%q", text[start:end])
			}
			found.groups = append(found.groups, value)
			if group.Name != "" {
				found.named = append(found.named, group.Name+": "+value)
			}
		}
		return false // one is enough
	}
	searched := engine.NewText([]byte(text))
	result := program.Search(ctx, searched, engine.Cursor{}, engine.Budget{}, take)
	return found, result.Err
}
