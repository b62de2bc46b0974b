package narrator

import (
	"fmt"

	"github.com/regexdbg/regexdbg/regex/explain"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

// thread says a step that only a machine of threads has, or that is another one there; "" for any other step.
func (n *Narrator) thread(e *trace.Event, node *syntax.Node) string {
	if n.tree.Flavor.Set != flavor.InGo {
		return ""
	}
	switch e.Kind {
	case trace.KindAttempt:
		return fmt.Sprintf("A new thread begins %s, behind all others.", n.at(e.Pos))
	case trace.KindCharacter:
		return fmt.Sprintf("On to the next character: %s at offset %v is done with.", explain.Quote(string(n.text[e.From:e.Pos])), place(e.From))
	case trace.KindMerge:
		return fmt.Sprintf("This thread ends: a preferred one has come to %s %s.", n.place(e, node), n.at(e.Pos))
	case trace.KindReach:
		return fmt.Sprintf("A thread is at the end of the pattern %s: this is the match, unless a preferred thread gets there too.", n.at(e.Pos))
	case trace.KindCut:
		return fmt.Sprintf("The thread at %s is dropped: a preferred one has matched.", n.place(e, node))
	case trace.KindNoMatch:
		if e.From == e.Pos && e.Attempt == e.Pos && e.Pos < len(n.text) {
			return fmt.Sprintf("The empty match at offset %v is left out: the match before ended there.", place(e.Pos))
		}
		return fmt.Sprintf("There is no match from offset %v on.", place(e.From))
	}
	return ""
}

// place is a token, or the pattern's end.
func (n *Narrator) place(e *trace.Event, node *syntax.Node) string {
	if e.Token == 0 {
		return "the pattern's end"
	}
	return n.named(e, node)
}
