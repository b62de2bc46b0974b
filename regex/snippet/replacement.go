package snippet

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/replace"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A notation is how a language's replacing function writes a replacement.
type notation struct {
	// syntax is the name of the function's syntax in package replace, or "" for one that no flavor has.
	syntax string
	// escape writes a text that stands for itself.
	escape func(text string) string
	// group writes a reference.
	group func(reference) (string, error)
	// quote writes a replacement in the language's own syntax as a literal.
	quote func(replacement string) (string, error)
}

// A reference is one to a group, or to the whole match for 0.
type reference struct {
	number int
	name   string // of the group in the pattern that is written, or ""
	digit  bool   // a digit follows
}

// errGroups says that numbers of groups cannot be carried over.
var errGroups = errors.New("the converted pattern does not have the same groups, so that the replacement's references would be to others")

// write writes a replacement. own says that the pattern is not converted: then one in the language's own syntax stays as
// it is. groups are the numbers of the pattern's groups in their order, and refer says what a reference to one is to.
func (n *notation) write(t *replace.Template, own bool, groups []int, refer func(number int) (reference, error)) (string, error) {
	if err := t.Err(); err != nil {
		return "", fmt.Errorf("the replacement has an error: %s", err.Message)
	}
	if own && t.Syntax.Name == n.syntax {
		return n.quote(t.Text)
	}
	var b strings.Builder
	for i, part := range t.Parts {
		switch {
		case part.Kind == replace.KindText:
			b.WriteString(n.escape(part.Text))
		case part.Kind == replace.KindGroup && len(part.Groups) == 0: // a group that is not there is empty
		case part.Kind == replace.KindGroup && len(part.Groups) == 1:
			to, err := refer(groups[part.Groups[0]])
			if err != nil {
				return "", err
			}
			to.digit = i+1 < len(t.Parts) && startsWithDigit(t.Parts[i+1])
			written, err := n.group(to)
			if err != nil {
				return "", err
			}
			b.WriteString(written)
		default:
			return "", fmt.Errorf("a part of the replacement is not carried over to another syntax: %s", t.Text[part.Span.Start:part.Span.End])
		}
	}
	return n.quote(b.String())
}

func startsWithDigit(p replace.Part) bool {
	return p.Kind == replace.KindText && p.Text != "" && p.Text[0] >= '0' && p.Text[0] <= '9'
}

// groupNumbers are the numbers of a pattern's groups in the order in which engines have them.
func groupNumbers(tree *syntax.Tree) []int {
	var all []int
	for _, g := range replace.GroupsOf(tree) {
		all = append(all, g.Number)
	}
	return all
}

// renumbered tells which group one of a pattern is in the converted one, which may be the same. Groups are the same ones
// by their order in the pattern: .NET numbers those with names last.
func renumbered(from, to *syntax.Tree) func(int) (reference, error) {
	was, is := byPlace(from), byPlace(to)
	return func(number int) (reference, error) {
		if number == 0 {
			return reference{}, nil
		}
		i := slices.Index(was, number)
		if i < 0 || len(was) != len(is) {
			return reference{}, errGroups
		}
		return reference{number: is[i], name: to.Groups[is[i]].Name}, nil
	}
}

// byPlace are the numbers of groups in the order of their places.
func byPlace(tree *syntax.Tree) []int {
	var all []int
	for number, g := range tree.Groups {
		if g.Node != nil {
			all = append(all, number)
		}
	}
	slices.SortFunc(all, func(a, b int) int { return tree.Groups[a].Node.Span.Start - tree.Groups[b].Node.Span.Start })
	return all
}

// parseAs reads a pattern of a flavor.
func parseAs(pattern, flags, name string) (*syntax.Tree, error) {
	f, err := flavor.Lookup(name)
	if err != nil {
		return nil, err
	}
	return syntax.Parse(pattern, f, flavor.FlagsOf(flags)), nil
}

// escaping writes each of the characters behind a prefix.
func escaping(prefix, characters string) func(string) string {
	var pairs []string
	for _, c := range characters {
		pairs = append(pairs, string(c), prefix+string(c))
	}
	return strings.NewReplacer(pairs...).Replace
}

// braced writes ${1}.
func braced(r reference) (string, error) { return fmt.Sprintf("${%d}", r.number), nil }

// dollarJS writes $&, $1, or $01 where a digit follows.
func dollarJS(r reference) (string, error) {
	switch {
	case r.number == 0:
		return "$&", nil
	case r.number > 99:
		return "", errors.New("JavaScript's replacements have groups up to 99")
	case r.digit && r.number < 10:
		return fmt.Sprintf("$0%d", r.number), nil
	}
	return "$" + strconv.Itoa(r.number), nil
}

func bracedPHP(r reference) (string, error) {
	if r.number > 99 {
		return "", errors.New("PHP's replacements have groups up to 99")
	}
	return braced(r)
}

func dollarPerl(r reference) (string, error) {
	if r.number == 0 {
		return "$&", nil
	}
	return braced(r)
}

// dollarJava refuses what Java has no way to write: it takes all digits that make the number of a group.
func dollarJava(r reference) (string, error) {
	if r.digit {
		return "", errors.New("a digit behind a reference to a group is not written: Java would take it for one of the number's")
	}
	return "$" + strconv.Itoa(r.number), nil
}

// slashedRuby writes \k<name>, as groups with names have no numbers in Ruby, or \1, up to 9.
func slashedRuby(r reference) (string, error) {
	switch {
	case r.name != "":
		return `\k<` + r.name + ">", nil
	case r.number > 9:
		return "", errors.New("replacements of Ruby have groups without names up to 9 only")
	}
	return `\` + strconv.Itoa(r.number), nil
}

// slashedSed writes & or \1, up to 9.
func slashedSed(r reference) (string, error) {
	switch {
	case r.number == 0:
		return "&", nil
	case r.number > 9:
		return "", errors.New("sed's replacements have groups up to 9 only")
	}
	return `\` + strconv.Itoa(r.number), nil
}

func namedPython(r reference) (string, error) { return fmt.Sprintf(`\g<%d>`, r.number), nil }

// escapePerl writes a text for the right side of s///, where [ and { behind a variable would be a subscript of it.
var escapePerl = strings.NewReplacer(`\`, `\\`, "$", `\$`, "@", `\@`, "[", `\[`, "{", `\{`, "\n", `\n`, "\r", `\r`).Replace

// quotePerl writes the right side of s///, which is Perl's own: only what would end it is escaped.
func quotePerl(replacement string) (string, error) {
	if strings.ContainsAny(strings.NewReplacer(`\\`, "", `\@`, "").Replace(replacement), "@\n\r") {
		return "", errors.New("a replacement with @ or a line end is not written: Perl would take @ for an array")
	}
	return strings.ReplaceAll(replacement, "/", `\/`), nil
}

// escapeSed writes a text for the right side of sed's s.
var escapeSed = strings.NewReplacer(`\`, `\\`, "&", `\&`, "\n", `\n`).Replace

// substitute writes sed's command as a word of a shell, with a delimiter that is not in it.
func substitute(pattern string, op Op, replacement string) (string, error) {
	if op == Split {
		replacement = `\n`
	}
	for _, d := range "/#,!@%~;:=_" {
		if !strings.ContainsRune(pattern+replacement, d) {
			return style("shell")("s"+string(d)+pattern+string(d)+replacement+string(d)+"g", "")
		}
	}
	return "", errors.New("sed's command needs a character around the pattern that is not in it, and all are there")
}
