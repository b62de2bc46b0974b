package demos

import (
	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/viol"
)

// chatPicture is the timeline of the chat's loop. It belongs to that loop.
type chatPicture struct {
	loop     *eventloop.Loop
	timeline timeline
	due      bool
}

func newRoom() *room { return &room{people: make(map[*viol.Client]person)} }

func (p *chatPicture) start(loop *eventloop.Loop) {
	p.loop = loop
	p.timeline.start(loop.Time)
}

// drawTo shows the timeline to people, soon: the step that calls it is to be in
// it.
func (p *chatPicture) drawTo(people map[*viol.Client]person) {
	if p.due {
		return
	}
	p.due = true
	p.loop.CallLater(redraw, func() {
		p.due = false
		picture, words, _ := p.timeline.draw()
		for c := range people {
			c.SetHTML("#timeline", picture)
			c.SetHTML("#words", words)
		}
	})
}
