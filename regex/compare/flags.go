package compare

import (
	"fmt"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// A Lack is a flag that a flavor has not.
type Lack struct {
	Letter byte   // of the standard, see StandardFlags, or of the flavor that it comes from
	Name   string // such as "extended"
}

// String says it in words.
func (l Lack) String() string { return fmt.Sprintf("%c (%s)", l.Letter, l.Name) }

// A meaning is what a flag means, whatever its letter is in a flavor.
type meaning struct {
	// letter is that of the standard.
	letter byte
	name   string
	// in is the letter in each flavor that has it, by the flavor's name; "=" where
	// it is always so.
	in map[string]string
}

// letters makes the map of a meaning of words such as "go=i" or "ruby==".
func letters(words string) map[string]string {
	in := map[string]string{}
	for word := range strings.FieldsSeq(words) {
		name, letter, _ := strings.Cut(word, "=")
		in[name] = letter
	}
	return in
}

// meanings are the flags that more than one flavor has, or that one has and
// another always is. Letters deceive: m of Ruby is s of the others, U of Go
// is not that of Java.
var meanings = []meaning{
	{'i', "ignore case", letters("go=i dotnet=i pcre2=i js=i python=i perl=i java=i ruby=i")},
	{'m', "^ and $ at lines", letters("go=m dotnet=m pcre2=m js=m python=m perl=m java=m ruby==")},
	{'s', "dot matches all", letters("go=s dotnet=s pcre2=s js=s python=s perl=s java=s ruby=m")},
	{'x', "extended", letters("dotnet=x pcre2=x python=x perl=x java=x ruby=x")},
	{'n', "only named groups", letters("dotnet=n pcre2=n perl=n")},
	{'U', "ungreedy", letters("go=U pcre2=U")},
	{'u', "code points", letters("go== dotnet== pcre2=u js=u python== perl== java== ruby==")},
	{'a', "ASCII classes", letters("go== pcre2== python=a perl=a")},
	{'y', "only where the search begins", letters("pcre2=A js=y")},
	{'D', "$ only at the very end", letters("go== pcre2=D js==")},
	{'J', "duplicate names", letters("go== dotnet== pcre2=J perl== ruby==")},
	{'d', "only \\n ends lines", letters("go== dotnet== pcre2== python== perl== java=d ruby==")},
	{'c', "Unicode case", letters("go== dotnet== pcre2=u js=u python== perl== java=u ruby==")},
	{'W', "Unicode classes", letters("dotnet== pcre2=u python== perl== java=U")},
	{'v', "unicode sets", letters("js=v pcre2=u")},
}

// StandardFlags are the letters that ForFlavor takes without a flavor: those of
// Perl and PCRE2.
const StandardFlags = "imsxnUuaD"

// ForFlavor translates flags to those of another flavor by what they mean. Letters
// are those of from, or of StandardFlags when it is nil. What to has not is among
// the lacks. The error is a letter that there is not.
func ForFlavor(flags string, from, to *flavor.Flavor) (letters string, lacks []Lack, err error) {
	if from != nil {
		if flags, err = from.CheckFlags(flags); err != nil {
			return "", nil, err
		}
	}
	if from == to {
		return flags, nil, nil
	}
	var b strings.Builder
	for i := range len(flags) {
		m := meaningOf(flags[i], from)
		switch {
		case m == nil && from == nil:
			return "", nil, &flavor.UnknownError{Kind: "standard flag", Got: flags[i : i+1], Have: strings.Split(StandardFlags, "")}
		case m == nil: // it changes nothing of what matches, such as JavaScript's g and d
		case m.in[to.Name] == "":
			lacks = append(lacks, Lack{flags[i], m.name})
		case m.in[to.Name] != "=":
			b.WriteString(m.in[to.Name])
		}
	}
	letters, err = to.CheckFlags(b.String())
	return letters, lacks, err
}

// meaningOf returns what a letter means in a flavor, or as a standard letter when
// that is nil; nil when it means nothing that others have.
func meaningOf(letter byte, f *flavor.Flavor) *meaning {
	for i := range meanings {
		m := &meanings[i]
		if f == nil && m.letter == letter && strings.IndexByte(StandardFlags, letter) >= 0 || f != nil && m.in[f.Name] == string(letter) {
			return m
		}
	}
	return nil
}
