package replace

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A Syntax is how replacements are written for one function of one engine.
type Syntax struct {
	Name string // stable, such as "python"
	// Function is the function that takes such replacements, as its users call it.
	Function string
	// Leads are the bytes that begin something: all others stand for themselves.
	Leads string
	// Elements are what there is, in the order in which it is tried.
	Elements []Element
	// Notes say what is not as one may think, sentences without an order.
	Notes []string

	// units says that matches may begin and end within a character, see halves.
	units bool

	// otherwise reads a lead that begins none of the elements. Where it returns
	// false, or is nil, the lead stands for itself.
	otherwise func(p *parser, at int) bool
	// finish is for what the end of the text ends.
	finish func(p *parser)
}

// An Element is one thing that a syntax has.
type Element struct {
	Form  string // how it is written, such as "${name}"
	Words string // what it stands for, without a final period

	// read reads it at a place, and reports whether it is there. It is nil for a
	// form that another element reads.
	read func(p *parser, at int) bool
}

// syntaxes are all that there are.
var syntaxes = []*Syntax{goSyntax, dotnetSyntax, pcre2Syntax, phpSyntax, jsSyntax, pythonSyntax, regexSyntax, perlSyntax, javaSyntax, rubySyntax}

// Syntaxes returns all that there are. The caller must not change them.
func Syntaxes() []*Syntax { return syntaxes }

// For returns the syntax of an engine's replacements.
func For(info engine.Info) *Syntax {
	switch info.Name {
	case "php":
		return phpSyntax
	case "python-regex":
		return regexSyntax
	}
	return ForFlavor(info.Flavor)
}

// ForFlavor returns the syntax of the flavor's first engine; nil for a flavor that
// has none.
func ForFlavor(name string) *Syntax {
	for _, s := range syntaxes {
		if s.Name == name {
			return s
		}
	}
	return nil
}

func (p *parser) finish() {
	if p.s.finish != nil {
		p.s.finish(p)
	}
}

// fixed is an element that is always written the same and stands for a part.
func fixed(form, words string, part Part) Element {
	kind := syntax.TokenReference
	if part.Kind == KindText {
		kind = syntax.TokenEscape
	}
	return Element{Form: form, Words: words, read: func(p *parser, at int) bool {
		return strings.HasPrefix(p.rest(at), form) && p.to(at+len(form), kind, part)
	}}
}

// text is an element that stands for a text.
func text(form, words, stands string) Element {
	return fixed(form, words, Part{Kind: KindText, Text: stands})
}

var (
	whole  = Part{Kind: KindGroup, Groups: []int{0}}
	before = Part{Kind: KindBefore}
	after  = Part{Kind: KindAfter}
)
