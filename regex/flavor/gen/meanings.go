package main

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

const (
	meanings = "What the same text means"
	flags    = "Flags of the whole pattern"
)

// A question is a column of the table of meanings, and how to read it from there.
type question struct {
	title  string
	answer func(*flavor.Semantics) string
}

var questions = []question{
	{"One character is a", func(s *flavor.Semantics) string { return choice(s.Unit, flavor.Unit.String) }},
	{"`.` does not match", func(s *flavor.Semantics) string { return choice(s.DotExcludes, words) }},
	{"What ends a line for `^`, `$` and `\\Z`", func(s *flavor.Semantics) string {
		ends := choice(s.LineEnds, words)
		if s.PairIsOne.Plain {
			ends += `; \r\n counts as one`
		}
		return ends
	}},
	{"`^` and `$` match at every line", func(s *flavor.Semantics) string { return choice(s.AtLines, yes) }},
	{"`^` at lines also matches in the empty text", func(s *flavor.Semantics) string { return yes(!s.StartNeverAtEnd) }},
	{"`^` at lines also matches behind a line end that ends the text", func(s *flavor.Semantics) string { return yes(s.StartBehindLast) }},
	{"`$` at the end also matches before a line end that ends the text", func(s *flavor.Semantics) string { return choice(s.EndBeforeLast, yes) }},
	{"`\\Z` matches", func(s *flavor.Semantics) string {
		switch s.UpperZ {
		case flavor.UpperZEnd:
			return "at the very end"
		case flavor.UpperZLastLine:
			return "at the end, and before a line end that ends the text"
		}
		return "there is none"
	}},
	{"`\\d` matches", func(s *flavor.Semantics) string { return choice(s.Digit, words) }},
	{"`\\w` matches", func(s *flavor.Semantics) string { return choice(s.Word, words) }},
	{"`\\s` matches", func(s *flavor.Semantics) string { return choice(s.Space, words) }},
	{"`\\b` counts as a word", func(s *flavor.Semantics) string {
		answer := choice(s.Boundary, words)
		if s.BoundaryMarks.Plain {
			answer += "; without flags also marks behind those"
		}
		return answer
	}},
	{"Ignoring case", func(s *flavor.Semantics) string {
		return choice(s.Fold, func(f flavor.Folding) string { return strings.TrimSuffix(f.String(), ".") })
	}},
	{"All matches: behind an empty match", func(s *flavor.Semantics) string { return s.Empty.String() }},
	{"All matches: an empty match may begin where the one before it ended", func(s *flavor.Semantics) string { return yes(s.EmptyTouches) }},
	{"All matches: `\\G`, where there is one, behind an empty match", func(s *flavor.Semantics) string {
		if s.StartMoves {
			return "is where the search goes on, one character further"
		}
		return "stays where that match ended"
	}},
	{"A reference to a group that took no part matches the empty text", func(s *flavor.Semantics) string { return yes(s.UnsetMatches) }},
	{"Each round of a repeat forgets what the groups in it matched", func(s *flavor.Semantics) string { return yes(s.RoundsForget) }},
	{"Groups are numbered", func(s *flavor.Semantics) string {
		switch s.Numbering {
		case flavor.NamedLast:
			return "by their opening parentheses, named groups behind all others"
		case flavor.NamedOnly:
			return "by their opening parentheses; unnamed groups not at all where there are named ones"
		}
		return "by their opening parentheses"
	}},
}

// meanings writes a table for each question, in which flavors with the same answer share a line.
func (w *writer) meanings() {
	w.line("\n## %s", meanings)
	for _, q := range questions {
		w.line("\n### %s\n\n| | |\n|---|---|", q.title)
		var answers []string
		of := map[string][]string{}
		for _, f := range flavor.All() {
			answer := q.answer(f.Semantics)
			if of[answer] == nil {
				answers = append(answers, answer)
			}
			of[answer] = append(of[answer], f.Label)
		}
		for _, answer := range answers {
			w.line("| %s | %s |", escape(strings.Join(of[answer], ", ")), escape(answer))
		}
	}
}

// flags writes the flags of each flavor.
func (w *writer) flags() {
	w.line("\n## %s\n\n| | flag | name | meaning |\n|---|---|---|---|", flags)
	for _, f := range flavor.All() {
		for _, flag := range f.Flags {
			w.line("| %s | `%c` | %s | %s |", escape(f.Label), flag.Letter, escape(flag.Name), escape(flag.Meaning))
		}
	}
}

// choice says a meaning, and those under flags.
func choice[T comparable](c flavor.Choice[T], say func(T) string) string {
	answer := say(c.Plain)
	for i, when := range c.When {
		if i > 0 && when.Then == c.When[i-1].Then {
			continue // said with the one before
		}
		answer += "; with " + when.Flags.String()
		for _, next := range c.When[i+1:] {
			if next.Then != when.Then {
				break
			}
			answer += " or " + next.Flags.String()
		}
		answer += ": " + say(when.Then)
	}
	return answer
}

func words(set *flavor.CharSet) string { return set.Words }

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
