package engine

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/regexdbg/regexdbg/executor"
)

type runtimeProgram struct {
	engine  *runtimeEngine
	request runtimeRequest // flags and pattern
	groups  []Group
	rewinds bool // see runtimeSearch.after
}

func (p *runtimeProgram) Groups() []Group { return p.groups }

func (p *runtimeProgram) Search(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) Result {
	run, end := begin(ctx, text, from, budget, yield)
	defer end()
	if from.state == stateEnd {
		return run.finish()
	}
	if run.over() {
		return run.result
	}
	if run.result.Outcome, run.result.Err = p.refuse(text); run.result.Err != nil {
		return run.result
	}
	s := runtimeSearch{runtimeProgram: p, run: run, convert: p.engine.language.unit.converter(text), found: make([]int, 2*len(p.groups))}
	return s.search(text, from, budget.MaxMatches)
}

// refuse says why a text cannot be searched, and as what the search ends then: a text beyond the limit as [Limit], other
// bytes than UTF-8 as [Error]. The error is nil where the text is good.
func (p *runtimeProgram) refuse(text *Text) (Outcome, error) {
	name := p.engine.info.Name
	if text.Len() > MaxRuntimeText {
		return Limit, fmt.Errorf("the text has %d bytes, and %s gets at most %d MiB, for the memory that it takes there; "+
			"cut it (head -c %d), or ask an engine that runs in this process", text.Len(), name, MaxRuntimeText>>20, MaxRuntimeText)
	}
	if at := text.invalid(); at >= 0 && !p.engine.language.takes(p.request.Flags) {
		return Error, fmt.Errorf("%s reads text as UTF-8, and byte %d of this text is not: %#02x; "+
			"convert the text (iconv), or ask an engine that takes any bytes, such as PCRE2", name, at, text.Bytes()[at])
	}
	return "", nil
}

// A runtimeSearch is one call of runtimeProgram.Search.
type runtimeSearch struct {
	*runtimeProgram
	run     *run
	convert converter
	found   []int // the match handed to yield
	any     bool  // there was one
	over    bool  // the result is there
}

// errOver ends a request whose answer nobody needs any more, by killing the
// child.
var errOver = errors.New("the search is over")

func (s *runtimeSearch) search(text *Text, from Cursor, most int) Result {
	request := s.request
	request.Op, request.Max = "search", most
	request.Start = s.convert.index(from.pos)
	switch {
	case from.skip > 0:
		request.Start, request.Skip = s.convert.index(from.anchor), from.skip
	case from.state == stateEmpty:
		request.Skip = 1
	}
	cpu, err := s.send(s.run.limited, request, text, s.receive)
	s.run.result.ChildCPU = cpu
	switch {
	case s.over:
		return s.run.result
	case err == nil:
		return s.run.finish()
	case s.run.over():
		return s.run.result
	}
	s.run.result.Outcome, s.run.result.Err = s.engine.failure(err)
	return s.run.result
}

// errResend is a child that has the text and does not know it.
var errResend = errors.New("it asks for the text that it has been sent")

// send sends a request about a text, and the text itself when the child that gets
// the request does not have it, and hands on what it answers. It returns the child's CPU time,
// or -1.
func (p *runtimeProgram) send(ctx context.Context, request runtimeRequest, text *Text, receive func(runtimeAnswer, []byte) error) (cpu time.Duration, err error) {
	request.Text, request.Sent = text.id, text.Len() <= inlineText
	for {
		sent := executor.Request{Data: request}
		if request.Sent {
			sent.Body = text.Bytes()
		}
		resend := false
		usage, err := p.engine.pool.Do(ctx, sent, func(r executor.Response) error {
			var answer runtimeAnswer
			if r.Data != nil {
				if err := json.Unmarshal(r.Data, &answer); err != nil {
					return err
				}
			}
			if resend = answer.Resend; resend {
				return nil
			}
			return receive(answer, r.Body)
		})
		if usage.CPUKnown && cpu >= 0 {
			cpu += usage.CPU
		} else {
			cpu = -1
		}
		switch {
		case err != nil || !resend:
			return cpu, err
		case request.Sent:
			return cpu, errResend
		}
		request.Sent = true
	}
}

// receive takes a frame of matches.
func (s *runtimeSearch) receive(answer runtimeAnswer, body []byte) error {
	size := 4 * len(s.found)
	if len(body)%size != 0 {
		return fmt.Errorf("%d bytes of matches of %d bytes each", len(body), size)
	}
	marks := answer.Marks
	for i := 0; i < len(body)/size && !s.over; i++ {
		if err := s.read(body[i*size:]); err != nil {
			return err
		}
		mark := ""
		if len(marks) > 0 && marks[0].number == i {
			mark, marks = marks[0].name, marks[1:]
		}
		s.run.mark(mark)
		if s.run.match(s.found, s.after(s.found)) {
			continue
		}
		s.over = true
		if s.run.result.Outcome != Limit {
			return errOver
		}
		// The child knows how many it was asked for, and is done as well.
	}
	return nil
}

// read reads a match, and checks it: a runtime that is wrong must not become a
// panic of whoever cuts the text where it says.
func (s *runtimeSearch) read(b []byte) error {
	last := [2]int{s.found[0], s.found[1]}
	for i := 0; i < len(s.found); i += 2 {
		start := int(int32(binary.LittleEndian.Uint32(b[4*i:])))
		end := int(int32(binary.LittleEndian.Uint32(b[4*i+4:])))
		if start < 0 && end < 0 && i > 0 {
			s.found[i], s.found[i+1] = -1, -1
			continue
		}
		if start < 0 || start > end || end > s.run.text.Len() {
			return fmt.Errorf("group %d from %d to %d", i/2, start, end)
		}
		s.found[i], s.found[i+1] = s.convert.byte(start), s.convert.byte(end)
		if s.found[i+1] > s.run.text.Len() {
			return fmt.Errorf("group %d ends at %d", i/2, end)
		}
	}
	if now := [2]int(s.found[:2]); s.any && (now[1] < last[1] || now == last) {
		return fmt.Errorf("a match from byte %d to %d follows one from %d to %d", now[0], now[1], last[0], last[1])
	}
	s.any = true
	return nil
}

// after returns where to go on after a match. After one that is not empty, every
// language goes on at its end as if it began there. After an empty one each
// does something of its own: some step over a character, some want a match that
// is not empty; so the search goes on by finding the empty match once more, and
// dropping it. A pattern that looks at where the search began (\G), or a match
// that begins before its start (\K), is another one then: such a search goes on
// from the last place where it could have begun, and drops all from there.
func (s *runtimeSearch) after(m []int) Cursor {
	switch last := s.run.result.Cursor; {
	case m[0] != m[1]:
		return Cursor{pos: m[1]}
	case m[1] == s.run.text.Len():
		return Cursor{pos: m[1], state: stateEnd}
	case !s.rewinds:
		return Cursor{pos: m[1], state: stateEmpty}
	case last.skip > 0:
		return Cursor{pos: m[1], anchor: last.anchor, skip: last.skip + 1}
	default:
		return Cursor{pos: m[1], anchor: last.pos, skip: 1}
	}
}
