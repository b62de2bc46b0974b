package demos

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/ui/viol"
)

// Chat: many tabs, one loop.
//
// Every event of a tab is a task: signing in, saying something, leaving. They
// all share the room, and need no lock for it, because the loop runs one of them
// at a time. Nothing that a person types is ever markup: viol.HTML escapes it.
type room struct {
	people  map[*viol.Client]person
	came    int // how many ever did: gives everybody a colour
	picture chatPicture
}

type person struct {
	name   string
	colour string
}

func (r *room) connect(app *viol.App) {
	app.Connect(viol.DocumentReady, r.welcome)
	app.Connect("sign-in", r.signIn)
	app.Connect("say", r.say)
	app.Connect(viol.ConnectionLost, r.leave)
}

// welcome comes again after a lost connection: for the room it is a new tab.
func (r *room) welcome(_ *eventloop.Task, c *viol.Client, _ viol.Event) error {
	c.Show("#door")
	c.Hide("#room")
	return nil
}

func (r *room) signIn(t *eventloop.Task, c *viol.Client, e viol.Event) error {
	name := strings.Join(strings.Fields(e.Get("name")), " ")
	_, here := r.people[c]
	switch {
	case here:
		return nil // pressed twice
	case name == "" || utf8.RuneCountInString(name) > 40:
		c.SetText("#problem", "Please give a name of at most 40 letters.")
		return nil
	case slices.Contains(r.names(), name):
		c.SetText("#problem", "Somebody of that name is here already.")
		return nil
	}
	t.SetName(name) // for the timeline
	c.SetText("#problem", "")
	c.Hide("#door")
	c.Show("#room")
	r.people[c] = person{name, colourClass(r.came % colours)}
	r.came++
	r.tell(`%s has come`, r.people[c])
	return nil
}

func (r *room) say(t *eventloop.Task, c *viol.Client, e viol.Event) error {
	p, here := r.people[c]
	line := e.Get("line")
	if !here || line == "" || len(line) > 4000 {
		return nil
	}
	t.SetName(p.name)
	r.tell(`%s: %s`, p, line)
	return nil
}

func (r *room) leave(t *eventloop.Task, c *viol.Client, _ viol.Event) error {
	if p, here := r.people[c]; here {
		t.SetName(p.name)
		delete(r.people, c)
		r.tell(`%s has left`, p)
	}
	return nil
}

// tell tells everybody who is here.
func (r *room) tell(format string, p person, args ...any) {
	who := viol.HTML(`<b class="%s">%s</b>`, p.colour, p.name)
	line := viol.HTML(`<div>`+format+`</div>`, append([]any{who}, args...)...)
	for c := range r.people {
		c.AppendHTML("#output", line)
		c.SetText("#people", "Here: "+strings.Join(r.names(), ", "))
	}
	r.picture.drawTo(r.people)
}

func (r *room) names() []string {
	var names []string
	for _, p := range r.people {
		names = append(names, p.name)
	}
	slices.Sort(names)
	return names
}
