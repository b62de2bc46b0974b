package flavor

import (
	"math"
	"strconv"
	"strings"
)

// hasPerl is what parse_uniprop_string of Perl's regcomp.c takes: a name; a
// property and its value; a name that may be one of the user's own.
func (t *propertyTable) hasPerl(name string) bool {
	name = strings.TrimPrefix(name, "utf8::")
	if property, value, ok := cutValue(name); ok {
		return t.hasPerlValue(property, value)
	}
	if perlOwn(name) {
		return true
	}
	loose := LooseName(name)
	if (loose == "l" || loose == "lc") && strings.HasSuffix(name, "_") {
		return true // L_ and LC_ are names of their own
	}
	if t.names[loose] != nil {
		return true
	}
	bare, ok := strings.CutPrefix(loose, "is")
	p := t.names[bare]
	return ok && p != nil && !strings.HasPrefix(bare, "in")
}

// cutValue cuts Property=Value and Property:Value, but not Package::Name.
func cutValue(name string) (property, value string, ok bool) {
	for i := range len(name) {
		switch {
		case name[i] == '=', name[i] == ':' && (i+1 == len(name) || name[i+1] != ':') && (i == 0 || name[i-1] != ':'):
			return name[:i], strings.TrimLeft(name[i+1:], " \t\n\v\f\r"), true
		}
	}
	return name, "", false
}

// perlOwn reports whether a name may be that of a property which the user's
// program defines: Perl looks for it when it matches.
func perlOwn(name string) bool {
	if i := strings.LastIndex(name, "::"); i >= 0 {
		name = name[i+2:]
	}
	if len(name) < 3 || name[:2] != "In" && name[:2] != "Is" {
		return false
	}
	for i := range len(name) {
		c := name[i]
		if c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func (t *propertyTable) hasPerlValue(property, value string) bool {
	property = LooseName(property)
	if property == "name" || property == "na" {
		_, ok := charNames().perl(strings.ToUpper(strings.ReplaceAll(value, "_", " ")))
		return ok || isWildcard(value)
	}
	if values, ok := t.perlValued(property); ok && isWildcard(value) {
		return len(values.values) > 0
	}
	_, _, ok := t.perlValue(property, value)
	return ok
}

// perlValued finds a property that has values.
func (t *propertyTable) perlValued(name string) (valuedProperty, bool) {
	name = LooseName(name)
	if p, ok := t.valued[name]; ok {
		return p, true
	}
	p, ok := t.valued[strings.TrimPrefix(name, "is")]
	return p, ok
}

// perlValue finds a property and one of its values. Numbers are compared as such.
func (t *propertyTable) perlValue(name, value string) (property, found string, ok bool) {
	p, ok := t.perlValued(name)
	if !ok {
		return "", "", false
	}
	loose := LooseName(value)
	switch LooseName(p.name) {
	case "numericvalue":
		if found, ok = p.values[loose]; !ok || strings.Contains(value, "-") {
			found, ok = numberAmong(p.values, value)
		}
		return p.name, found, ok
	case "canonicalcombiningclass", "age", "presentin":
		if !strings.ContainsAny(strings.ToLower(value), "abcdefghijklmnopqrstuvwxyz") {
			loose = strictNumber(value)
		}
	case "generalcategory":
		if loose == "l" && strings.HasSuffix(value, "_") {
			return p.name, "LC", true
		}
	}
	found, ok = p.values[loose]
	return p.name, found, ok
}

// Wildcard returns the pattern that stands for all values of a property that it
// matches, as in Perl's \p{Block=/Latin/}, and reports whether the name has one.
func Wildcard(name string) (string, bool) {
	_, value, ok := cutValue(name)
	if !ok || len(value) < 2 || strings.IndexByte("-+_{", value[0]) >= 0 {
		return "", false
	}
	open := strings.TrimPrefix(value, `\`)
	if open == "" || !isPunct(open[0]) {
		return "", false
	}
	shut := open[:1]
	if i := strings.IndexByte("([<", open[0]); i >= 0 {
		shut = ")]>"[i : i+1]
	}
	inner, closed := strings.CutSuffix(open[1:], shut)
	if len(open) < len(value) { // the delimiters are escaped
		inner, ok = strings.CutSuffix(inner, `\`)
		closed = closed && ok
	}
	return inner, closed
}

func isWildcard(value string) bool {
	_, ok := Wildcard("=" + value)
	return ok
}

func isPunct(c byte) bool {
	return c > ' ' && c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z' && c < 0x7F
}

// strictNumber is a number without a plus, zeros in front, and underscores between
// digits.
func strictNumber(value string) string {
	value = strings.TrimPrefix(value, "+")
	digits := strings.TrimLeft(value, "0")
	if digits == "" || digits[0] == '.' {
		digits = "0" + digits
	}
	return digits
}

// numberAmong finds a number among the values, as integers and fractions.
func numberAmong(values map[string]string, value string) (string, bool) {
	if numerator, denominator, ok := strings.Cut(value, "/"); ok {
		sign := ""
		if rest, ok := strings.CutPrefix(numerator, "-"); ok {
			sign, numerator = "-", rest
		}
		found, ok := values[sign+strictNumber(numerator)+"/"+strictNumber(denominator)]
		return found, ok
	}
	number, err := strconv.ParseFloat(strings.TrimPrefix(value, "+"), 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return "", false
	}
	for name, found := range values {
		numerator, denominator, _ := strings.Cut(name, "/")
		n, err := strconv.ParseFloat(numerator, 64)
		if err != nil {
			continue
		}
		if d, err := strconv.ParseFloat(denominator, 64); err == nil {
			n /= d
		}
		if n == number {
			return found, true
		}
	}
	return "", false
}
