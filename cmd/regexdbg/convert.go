package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

const convertUsage = `usage: regexdbg convert [-f FLAVOR] [-F FLAGS] -t FLAVOR [--literal STYLE] [--json] PATTERN
       regexdbg convert [-f FLAVOR] [-F FLAGS] --literal STYLE [--json] PATTERN

Writes PATTERN for another flavor, or as a literal in source code, or both.

  -f, --flavor FLAVOR  the dialect of PATTERN: go (the default), dotnet, pcre2, js,
                       python, perl, java or ruby
  -F, --flags FLAGS    its flags: letters with the flavor's own meaning
  -t, --to FLAVOR      the dialect to write it for
  --literal STYLE      print it as source code: go-raw, go-quoted, js-literal,
                       js-constructor, python-raw, java, csharp, php, perl, ruby,
                       json or shell
  --json               one JSON object

The pattern alone is printed on standard output. On standard error are the flags
that it needs, if any, and under the place that it is about what is not simply the
same: "hint" says what is written otherwise and means the same, "warning" where
the result may match something else, and "error" what the other flavor cannot say.
With an error nothing is printed on standard output; the nearest pattern there is
follows the errors.

With --json the result is {"from", "to", "kept", "pattern", "flags", "changes",
"literal", "errors"}. kept is "exact", "warned" or "lost". changes are severity,
message and span (offsets in bytes of PATTERN, the end not included). literal is
{"style", "text", "missing"}, where missing are the flags that the code around it
has to set. errors are what is wrong with PATTERN, as in regexdbg explain --json.
What does not apply is left out.

Put -- before a pattern that starts with -. The exit status is 0 when the result
means the same or there are only warnings, 1 when the pattern cannot be converted
or written in the style, 2 for bad usage or a bad pattern.
`

// exitLost is the status for a pattern that cannot be converted.
const exitLost = exitNoMatch

func convertPattern(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("convert", flag.ContinueOnError)
	var fromName, letters, toName string
	stringFlag(flags, &fromName, "f", "flavor", "go")
	stringFlag(flags, &letters, "F", "flags", "")
	stringFlag(flags, &toName, "t", "to", "")
	styleName := flags.String("literal", "", "")
	asJSON := flags.Bool("json", false, "")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	switch {
	case !ok:
		return exit
	case toName == "" && *styleName == "":
		return usageError(stderr, "convert", "convert needs a flavor (-t FLAVOR) or a style (--literal STYLE)")
	case len(arguments) == 0:
		return usageError(stderr, "convert", "convert needs a PATTERN")
	case len(arguments) > 1:
		return usageError(stderr, "convert", "convert takes one PATTERN, and got %d arguments (quote a pattern with spaces)", len(arguments))
	case len(arguments[0]) > convert.MaxPattern:
		return usageError(stderr, "convert", "the pattern is too long: %d bytes, and %d are the most", len(arguments[0]), convert.MaxPattern)
	}
	from, err := flavor.Lookup(fromName)
	if err != nil {
		return status(err, stderr)
	}
	letters, err = from.CheckFlags(letters)
	if err != nil {
		return status(err, stderr)
	}
	c := conversion{From: from.Name}
	to := from
	if toName != "" {
		if to, err = flavor.Lookup(toName); err != nil {
			return status(err, stderr)
		}
		c.To = to.Name
	}
	var style *convert.Style
	if *styleName != "" {
		if style, err = convert.LookupStyle(*styleName); err != nil {
			return status(err, stderr)
		}
	}
	c.tree = syntax.Parse(arguments[0], from, flavor.FlagsOf(letters))
	c.Errors = explainedErrors(c.tree)
	if len(c.tree.Errors) == 0 {
		if c.result, err = convert.Convert(c.tree, to); err != nil {
			return status(err, stderr)
		}
		c.take(c.result)
		if style != nil {
			c.quote(style, to)
		}
	}
	if *asJSON {
		err = c.writeJSON(stdout)
	} else {
		err = c.write(stdout, stderr)
	}
	if code := status(err, stderr); code != exitMatch {
		return code
	}
	return c.exit()
}

// A conversion is the answer to one call, as convert --json prints it.
type conversion struct {
	From    string           `json:"from"`
	To      string           `json:"to,omitempty"`
	Kept    string           `json:"kept,omitempty"`
	Pattern *string          `json:"pattern,omitempty"`
	Flags   string           `json:"flags"`
	Changes []changeText     `json:"changes,omitempty"`
	Literal *literalText     `json:"literal,omitempty"`
	Errors  []explainedError `json:"errors,omitempty"`

	tree   *syntax.Tree
	result *convert.Result // nil when the pattern has errors
}

type changeText struct {
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Span     [2]int `json:"span"`
}

type literalText struct {
	Style   string `json:"style"`
	Text    string `json:"text,omitempty"`
	Missing string `json:"missing,omitempty"`
	Error   string `json:"error,omitempty"`
}

func (c *conversion) take(r *convert.Result) {
	c.Pattern, c.Flags = &r.Pattern, r.Flags
	c.Kept = map[bool]string{true: "exact", false: "warned"}[r.Exact()]
	for _, change := range r.Changes {
		c.Changes = append(c.Changes, changeText{change.Severity.String(), change.Message, [2]int{change.Span.Start, change.Span.End}})
		if change.Severity == syntax.SeverityError {
			c.Kept = "lost"
		}
	}
}

// quote writes the result as source code. A style of another language does not
// carry the flags: their letters may mean something else there.
func (c *conversion) quote(style *convert.Style, to *flavor.Flavor) {
	carried := ""
	if style.Flavors&to.Set != 0 {
		carried = c.Flags
	}
	literal, err := style.Quote(*c.Pattern, carried)
	c.Literal = &literalText{Style: style.ID, Text: literal.Text, Missing: literal.Missing}
	if carried == "" {
		c.Literal.Missing = c.Flags
	}
	if err != nil {
		c.Literal = &literalText{Style: style.ID, Error: err.Error()}
	}
}

func (c *conversion) exit() int {
	switch {
	case c.result == nil:
		return exitUsage
	case c.Kept == "lost" || c.Literal != nil && c.Literal.Error != "":
		return exitLost
	}
	return exitMatch
}

func (c *conversion) writeJSON(stdout io.Writer) error {
	out := json.NewEncoder(stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(c)
}

func (c *conversion) write(stdout, stderr io.Writer) error {
	source := []byte(c.tree.Pattern)
	for _, e := range c.tree.Errors {
		fmt.Fprint(stderr, syntax.Caret(e, source))
	}
	if c.result == nil {
		return nil
	}
	for _, change := range c.result.Changes {
		fmt.Fprint(stderr, syntax.Caret(&syntax.Error{Severity: change.Severity, Message: change.Message, Span: change.Span}, source))
	}
	text, missing := *c.Pattern, c.Flags
	switch {
	case c.Kept == "lost":
		fmt.Fprintf(stderr, "regexdbg: the pattern cannot be converted; the nearest is: %s\n", visible(text))
		stdout = io.Discard
	case c.Literal != nil && c.Literal.Error != "":
		fmt.Fprintf(stderr, "regexdbg: %s\n", c.Literal.Error)
		return nil
	case c.Literal != nil:
		text, missing = c.Literal.Text, c.Literal.Missing
	}
	if missing != "" {
		fmt.Fprintf(stderr, "flags: %s\n", missing)
	}
	_, err := io.WriteString(stdout, text+"\n")
	return err
}
