package main

import (
	"flag"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// badValue is how package flag says that a flag cannot have a value.
var badValue = regexp.MustCompile(`^invalid (?:boolean )?value ("(?s:.*)") for (?:flag )?-([^: ]+):`)

// flagProblem words an error of package flag about the flags of a command.
func flagProblem(flags *flag.FlagSet, err error) string {
	message := err.Error()
	if name, ok := strings.CutPrefix(message, "flag provided but not defined: -"); ok {
		message = "there is no flag " + dashed(name)
		var names []string
		flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
		if near := flavor.Nearest(name, names); near != "" {
			message += fmt.Sprintf(": did you mean %s?", dashed(near))
		}
		return message + patternHint(flags.Name())
	}
	if text, ok := strings.CutPrefix(message, "bad flag syntax: "); ok {
		return fmt.Sprintf("%q is not a flag", text) + patternHint(flags.Name())
	}
	if name, ok := strings.CutPrefix(message, "flag needs an argument: -"); ok {
		return dashed(name) + " needs a value behind it"
	}
	if found := badValue.FindStringSubmatch(message); found != nil {
		if wanted := wantedBy(flags.Lookup(found[2])); wanted != "" {
			return fmt.Sprintf("%s has to be %s, and is %s", dashed(found[2]), wanted, found[1])
		}
	}
	return message
}

// wantedBy says what values a flag can have, or "" where it can have any.
func wantedBy(f *flag.Flag) string {
	value, ok := f.Value.(flag.Getter)
	if !ok {
		return ""
	}
	switch value.Get().(type) {
	case time.Duration:
		return "a time with its unit, such as 500ms, 5s or 1m"
	case bool:
		return "true or false, or without a value"
	case int, int64:
		return "a whole number"
	case uint64:
		return "a whole number from 0"
	}
	return ""
}

// dashed is a flag as one writes it.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// patternHint is for commands that take a pattern, which can start with a dash.
func patternHint(command string) string {
	if c, ok := find(command); ok && strings.Contains(c.usage, "Put -- before a pattern") {
		return " (put -- before a pattern that starts with -)"
	}
	return ""
}
