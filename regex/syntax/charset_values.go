package syntax

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

//go:embed unicode/values.txt.gz
var valuesData []byte

// propertyValues are the characters of the values of properties, ranges behind one
// another and not read yet, by the loose names of both.
//
// They are read when a pattern first has one: 0.4 MB in some 10 ms.
var propertyValues = sync.OnceValue(func() map[string]map[string]string {
	packed, err := gzip.NewReader(bytes.NewReader(valuesData))
	if err != nil {
		panic(err) // it is embedded
	}
	text, err := io.ReadAll(packed)
	if err != nil {
		panic(err)
	}
	all := map[string]map[string]string{}
	var values map[string]string
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case fields[0] == "=":
			values = map[string]string{}
			for _, name := range fields[1:] {
				all[flavor.LooseName(name)] = values
			}
		case fields[0] == "." && len(fields) == 3:
			for name := range strings.SplitSeq(fields[1], "|") {
				values[flavor.LooseValue(name)] = fields[2]
			}
		case fields[0] != "" && fields[0][0] != '#':
			panic(fmt.Sprintf("values.txt: %q", line))
		}
	}
	return all
})

// valueSets are the sets that were asked for, by property and value.
var valueSets sync.Map

// valueSet finds the characters whose property, by its loose name, has a value.
// Callers must not change it.
func valueSet(property, value string) (CharSet, bool) {
	key := [2]string{property, flavor.LooseValue(value)}
	if set, ok := valueSets.Load(key); ok {
		return set.(CharSet), true
	}
	text, ok := propertyValues()[property][key[1]]
	if !ok {
		return nil, false
	}
	var ranges []CharRange
	for field := range strings.FieldsSeq(text) {
		ranges = append(ranges, rangeOf(field))
	}
	set := charSet(ranges)
	valueSets.Store(key, set)
	return set, true
}

// ValueSet returns the characters whose property, by its name in lower case without underscores such as "wordbreak", has a
// value in Unicode 14, and whether there are the property and the value. Callers must not change it.
func ValueSet(property, value string) (CharSet, bool) { return valueSet(property, value) }

// Values returns the names of the values of a property in Unicode 14, in lower case and with aliases, in order.
func Values(property string) []string {
	return slices.Sorted(maps.Keys(propertyValues()[property]))
}

// valueOf evaluates Property=Value, both as the flavor lists them.
func (e *evaluator) valueOf(text string) (CharSet, bool) {
	property, value, _ := strings.Cut(text, "=")
	name := flavor.LooseName(property)
	switch {
	case e.is(flavor.InDotNet):
		return valueSet("17"+name, value)
	case name == "presentin" || name == "age" && e.is(flavor.InRuby):
		return presentIn(value)
	case name == "age":
		return valueSet(name, wholeVersion(value))
	case name == "numericvalue":
		return valueSet(name, strings.TrimSuffix(value, ".0"))
	case name == "name":
		chars, ok := e.flavor.CharByName(strings.ToUpper(strings.ReplaceAll(value, "_", " ")))
		return charsOf(chars...), ok && len(chars) == 1 // a sequence is no set
	}
	if set, ok := valueSet(name, value); ok {
		return set, true
	}
	yesNo, ok := e.find(property, "")
	if !ok {
		return nil, false
	}
	set, ok := e.propertySet(yesNo, 0)
	switch value {
	case "Yes":
		return set, ok
	case "No":
		return set.Not(CharRange{0, unicode.MaxRune}), ok
	}
	return nil, false
}

// presentIn is the characters that a version of Unicode has.
func presentIn(version string) (CharSet, bool) {
	last, err := strconv.ParseFloat(version, 64)
	if err != nil {
		return valueSet("age", version) // unassigned
	}
	var all CharSet
	for value := range propertyValues()["age"] {
		if of, err := strconv.ParseFloat(value, 64); err == nil && of <= last {
			set, _ := valueSet("age", value)
			all = all.Union(set)
		}
	}
	return all, len(all) > 0
}

// wholeVersion is a version of Unicode with the point that some leave out.
func wholeVersion(version string) string {
	if _, err := strconv.Atoi(version); err == nil {
		return version + ".0"
	}
	return version
}
