package syntax

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// unsupported is the error of syntax that other flavors have.
func unsupported(f *flavor.Flavor, feature flavor.Feature, span Span) *Error {
	row := feature.Row()
	return &Error{
		Code:    Code("unsupported-" + row.ID),
		Message: fmt.Sprintf("%s, %s, is not in %s", row.Syntax, strings.ToLower(row.Title[:1])+row.Title[1:], f.Label),
		Span:    span,
	}
}
