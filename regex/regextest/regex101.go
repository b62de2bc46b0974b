package regextest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// regex101 is the JSON that regex101.com exports, as far as it says what we can say. The names are those of its API as
// its issue tracker shows them (firasdib/Regex101, issues 1041 and 2673).
type regex101 struct {
	Title        string  `json:"title"`
	Regex        *string `json:"regex"`
	Flags        string  `json:"flags"`
	Flavor       string  `json:"flavor"`
	TestString   *string `json:"testString"`
	Substitution *string `json:"substitution"`
	UnitTests    []struct {
		Description   string          `json:"description"`
		TestString    string          `json:"testString"`
		Criteria      string          `json:"criteria"`
		Target        json.RawMessage `json:"target"`
		CompareString *string         `json:"compareString"`
	} `json:"unitTests"`
}

// regex101Flavors are our names of regex101's flavors, which have the same languages' engines.
var regex101Flavors = map[string]string{
	"pcre": "pcre2", "pcre2": "pcre2", "javascript": "js", "python": "python", "golang": "go", "java": "java", "java8": "java",
	".net": "dotnet", "dotnet": "dotnet", "c#": "dotnet",
}

// ImportRegex101 reads the JSON of regex101.com: a pattern with its unit tests. The slice names what cannot be said in
// our format, each in a sentence without its end. It is an error when nothing is left that could be tested, and one
// with a place, a [*Problem], when it is not such JSON.
func ImportRegex101(data []byte) (*File, []string, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // which JSON has no place for
	var in regex101
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, nil, notJSON(err, data)
	}
	if in.Regex == nil {
		return nil, nil, errors.New(`this is not the JSON of regex101: it has no "regex"`)
	}
	name, known := regex101Flavors[strings.ToLower(in.Flavor)]
	if !known {
		return nil, nil, fmt.Errorf("there is no flavor here for regex101's %q", in.Flavor)
	}
	f, err := flavor.Lookup(name)
	if err != nil {
		return nil, nil, err
	}
	p := &Pattern{Name: in.Title, Flavor: f.Name, Pattern: *in.Regex}
	if p.Name == "" {
		p.Name = p.Pattern
	}
	var left []string
	for _, letter := range in.Flags {
		switch {
		case letter == 'g': // all matches are wanted, as they always are here
		case f.HasFlag(letter):
			p.Flags += string(letter)
		default:
			left = append(left, fmt.Sprintf("the flag %c, which %s does not have", letter, f.Label))
		}
	}
	all := strings.Contains(in.Flags, "g")
	if in.Substitution != nil && *in.Substitution != "" {
		p.Replacement = in.Substitution
		left = append(left, "what the substitution makes of a text, which regex101 does not test (the substitution itself is kept)")
	}
	if in.TestString != nil && *in.TestString != "" {
		left = append(left, "the test string, of which nothing is said")
	}
	for i, u := range in.UnitTests {
		test := &Input{Name: u.Description, Text: []byte(u.TestString), Times: 1}
		if test.Name == "" {
			test.Name = DefaultName(len(p.Inputs))
		}
		target := strings.Trim(string(u.Target), `"`)
		whole := target == "" || strings.EqualFold(target, "REGEX")
		switch {
		case u.Criteria == "DOES_MATCH" && whole, u.Criteria == "DOES_NOT_MATCH" && whole:
			match := u.Criteria == "DOES_MATCH"
			test.Match = &match
		case u.Criteria == "EQUALS" && !whole && u.CompareString != nil:
			test.First = &Expected{Text: u.CompareString}
			if number, err := strconv.Atoi(target); err != nil || number != 0 {
				test.First = &Expected{Groups: []ExpectedGroup{{Key: target, Text: u.CompareString}}}
			}
		default:
			left = append(left, fmt.Sprintf("unit test %d (%s), because %q of %q cannot be said here", i+1, u.Description, u.Criteria, target))
			continue
		}
		p.Inputs = append(p.Inputs, test)
	}
	if !all && len(p.Inputs) > 0 && p.Replacement != nil {
		left = append(left, "that only the first match is replaced, since all are here")
	}
	if len(p.Inputs) == 0 {
		return nil, left, errors.New("it has no unit tests that could be said in a file of tests")
	}
	return &File{Patterns: []*Pattern{p}}, left, nil
}

// notJSON says where it is not what it has to be.
func notJSON(err error, data []byte) error {
	p := &Problem{Message: "this is not the JSON of regex101: " + strings.TrimPrefix(err.Error(), "json: "), Offset: len(data)}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		p.Offset = int(syntax.Offset)
	} else if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		p.Offset = int(kind.Offset)
	}
	p.Offset = max(0, p.Offset-1) // both are behind the byte that is wrong
	before := data[:min(p.Offset, len(data))]
	p.Line = 1 + bytes.Count(before, []byte("\n"))
	p.Column = 1 + len(before) - (bytes.LastIndexByte(before, '\n') + 1)
	return p
}
