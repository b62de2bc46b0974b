package main

import (
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A nodeJSON is one construct of a pattern, as "ast" in an answer to the op parse.
type nodeJSON struct {
	Kind    string `json:"kind"`
	Form    string `json:"form,omitempty"`
	Span    [2]int `json:"span"`
	Negated bool   `json:"negated,omitempty"`
	// Text is what the kind says: the characters of a literal, the name of a property, the letters of flags.
	Text   string  `json:"text,omitempty"`
	Number *int    `json:"number,omitempty"` // of a group, also one that is referred to
	Name   string  `json:"name,omitempty"`   // of a group
	Pops   string  `json:"pops,omitempty"`   // the name of the group that a balancing group takes a capture from
	Min    *int    `json:"min,omitempty"`    // of a repetition
	Max    *int    `json:"max,omitempty"`    // absent where there is no limit
	Flags  *string `json:"flags,omitempty"`  // those in force, where they are others than around the node

	Children []*nodeJSON `json:"children,omitempty"`
}

// parseAlone answers a request for op "parse" in a flavor that this machine has no engine of.
func parseAlone(req request, pattern []byte, answer *response) error {
	tree, _, err := parsePattern(pattern, req.Flavor, req.Flags)
	if err != nil {
		return err
	}
	answer.AST = newNodeJSON(tree.Root, tree.Flags)
	if len(tree.Errors) > 0 {
		return tree.Errors[0]
	}
	for _, g := range tree.Groups {
		answer.Names = append(answer.Names, g.Name)
	}
	answer.Outcome = engine.Match
	return nil
}

// newNodeJSON is a node and what is below it, in the order of the pattern. around are the flags in force around it.
func newNodeJSON(n *syntax.Node, around flavor.Flags) *nodeJSON {
	j := &nodeJSON{Kind: n.Kind.String(), Form: n.Form(), Span: [2]int{n.Span.Start, n.Span.End}, Negated: n.Negated, Text: n.Text}
	switch n.Kind {
	case syntax.KindLiteral:
		j.Text = string(n.Runes())
	case syntax.KindClassEscape:
		j.Text = string(n.Rune)
	case syntax.KindAssertion:
		j.Text = string(n.Rune)
		if n.Text != "" {
			j.Text += "{" + n.Text + "}"
		}
	case syntax.KindGroup:
		if n.Op == syntax.OpCapture || n.Op == syntax.OpBalancing {
			j.Text, j.Name, j.Pops = "", n.Text, n.Other
		}
		if n.IsCapture() {
			j.Number = &n.Number
		}
	case syntax.KindBackreference, syntax.KindCall, syntax.KindCondition:
		if n.Kind == syntax.KindCondition && n.Op == syntax.OpVersion {
			break
		}
		j.Text, j.Name = "", n.Text
		if n.Number > 0 || n.Kind == syntax.KindCall && n.Text == "" {
			j.Number = &n.Number
		}
	case syntax.KindRepetition:
		j.Min = &n.Min
		if n.Max != syntax.Unlimited {
			j.Max = &n.Max
		}
	case syntax.KindVerb:
		j.Name = n.Other
	case syntax.KindCallout:
		j.Number = &n.Number
	}
	if n.Flags != around {
		letters := n.Flags.String()
		j.Flags = &letters
	}
	for _, sub := range n.Sub {
		j.Children = append(j.Children, newNodeJSON(sub, n.Flags))
	}
	return j
}
