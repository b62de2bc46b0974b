package trace

import (
	"strings"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// verb compiles a verb, or an option at the pattern's start.
func (c *compiler) verb(n *syntax.Node) {
	name, _, _ := strings.Cut(n.Text, "=")
	switch name {
	case "FAIL", "F":
		c.emit(opFail, c.token(n), 0, 0)
	case "UTF", "UTF8", "UCP", "CR", "LF", "CRLF", "ANYCRLF", "ANY", "NUL", "BSR_ANYCRLF", "BSR_UNICODE":
	case "NO_AUTO_POSSESS", "NO_START_OPT", "NO_JIT", "NO_DOTSTAR_ANCHOR", "LIMIT_HEAP", "LIMIT_MATCH", "LIMIT_DEPTH", "LIMIT_RECURSION":
		// There are no optimisations here, and limits of our own.
	case "NOTEMPTY":
		c.rules.notEmpty = true
	case "NOTEMPTY_ATSTART":
		c.rules.notEmptyAtStart = true
	default:
		c.unsupported(n, "the verb "+n.Text)
	}
}
