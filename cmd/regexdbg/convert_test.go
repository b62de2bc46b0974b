package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/convert"
	"github.com/regexdbg/regexdbg/regex/flavor"
)

func TestConvert(t *testing.T) {
	const nothing = "\x00" // on standard error
	for _, test := range []struct {
		name   string
		args   []string
		status int
		stdout string
		stderr string // contained
	}{
		{"exact", []string{"-f", "python", "-t", "dotnet", `(?P<n>a)(?P=n)`}, 0, `(?<n>a)\k<n>` + "\n", nothing},
		{"flags", []string{"-F", "im", "-t", "js", `^a`}, 0, "^a\n", "flags: imu\n"},
		{"written otherwise", []string{"-t", "dotnet", `a\d`}, 0, "a[0-9]\n", "hint: \\d is [0-9] in .NET\n  | a\\d\n  |  ^^\n"},
		{"may differ", []string{"-f", "python", "-t", "go", `a$`}, 0, "a$\n", "warning: $ also matches before a line end"},
		{"lost", []string{"-f", "dotnet", "-t", "go", `a(?<=b)`}, 1, "", "error: Go has no lookbehind: (?<=b) is left out\n  | a(?<=b)\n  |  ^^^^^^\nregexdbg: the pattern cannot be converted; the nearest is: a\n"},
		{"own flavor", []string{"-f", "js", "-t", "js", "-F", "s", `a\d`}, 0, "a\\d\n", "flags: s\n"},
		{"dashes", []string{"-t", "java", "--", "-a"}, 0, "-a\n", nothing},
		{"literal", []string{"--literal", "go-raw", "-F", "i", `a\d`}, 0, "`(?i)a\\d`\n", nothing},
		{"literal of the result", []string{"-F", "i", "-t", "js", "--literal", "js-literal", `a/\Q.\E`}, 0, "/a\\/\\./iu\n", nothing},
		{"literal without its flags", []string{"-f", "java", "-F", "im", "--literal", "java", `a\d`}, 0, `"a\\d"` + "\n", "flags: im\n"},
		{"literal of another language", []string{"-f", "java", "-F", "m", "--literal", "php", `a`}, 0, `'/a/'` + "\n", "flags: m\n"},
		{"no literal", []string{"--literal", "shell", "\x00"}, 1, "", "regexdbg: an argument cannot hold a NUL"},
		{"bad pattern", []string{"-t", "js", "a(b"}, 2, "", "error: missing closing ): this group opened here\n  | a(b\n  |  ^\n"},
		{"nothing to do", []string{"a"}, 2, "", "convert needs a flavor (-t FLAVOR) or a style"},
		{"no pattern", []string{"-t", "js"}, 2, "", "convert needs a PATTERN"},
		{"too many", []string{"-t", "js", "a", "b"}, 2, "", "got 2 arguments"},
		{"too long", []string{"-t", "js", strings.Repeat("a", convert.MaxPattern+1)}, 2, "", "65536 are the most"},
		{"bad flavor", []string{"-f", "cobol", "-t", "js", "a"}, 2, "", `unknown flavor "cobol"`},
		{"bad target", []string{"-t", "cobol", "a"}, 2, "", `unknown flavor "cobol"`},
		{"bad flag", []string{"-t", "js", "-F", "q", "a"}, 2, "", `unknown Go flag "q"`},
		{"bad style", []string{"--literal", "cobol", "a"}, 2, "", `unknown style "cobol" (there are: go-raw`},
		{"no such option", []string{"-z", "a"}, 2, "", "there is no flag -z (put -- before a pattern"},
	} {
		status, stdout, stderr := call("", append([]string{"convert"}, test.args...)...)
		if test.stderr == nothing && stderr != "" || test.stderr != nothing && !strings.Contains(stderr, test.stderr) || status != test.status || stdout != test.stdout {
			t.Errorf("%s: status %d\n%s%s", test.name, status, stdout, stderr)
		}
	}
}

func TestConvert_JSON(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"-t", "python", "-F", "i", "--literal", "python-raw", `é\d`}, 0,
			`{"from":"go","to":"python","kept":"exact","pattern":"é[0-9]","flags":"i",` +
				`"changes":[{"severity":"hint","message":"\\d is [0-9] in Python","span":[2,4]}],"literal":{"style":"python-raw","text":"r\"é[0-9]\"","missing":"i"}}`},
		{[]string{"-f", "pcre2", "-t", "go", `(?!a)`}, 1,
			`{"from":"pcre2","to":"go","kept":"lost","pattern":"","flags":"","changes":[{"severity":"error","message":"Go has no lookahead: (?!a) is left out","span":[0,5]}]}`},
		{[]string{"--literal", "shell", "a\x00"}, 1,
			`{"from":"go","kept":"exact","pattern":"a\u0000","flags":"","literal":{"style":"shell","error":"an argument cannot hold a NUL: write it as \\x00"}}`},
		{[]string{"-t", "js", `a)`}, 2,
			`{"from":"go","to":"js","flags":"","errors":[{"code":"unexpected-paren","message":"this ) closes no group","span":[1,2],"hint":"write \\) for the character itself"}]}`},
	} {
		status, stdout, stderr := call("", append([]string{"convert", "--json"}, test.args...)...)
		var got, want any
		if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != test.status || stderr != "" {
			t.Errorf("%q: status %d, %v\n%s%s", test.args, status, err, stdout, stderr)
		}
		if err := json.Unmarshal([]byte(test.want), &want); err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(got)
		if b, _ := json.Marshal(want); string(a) != string(b) {
			t.Errorf("%q: got\n%s\nwant\n%s", test.args, a, b)
		}
	}
}

// The help names every style and every flavor.
func TestConvert_Help(t *testing.T) {
	for _, s := range convert.Styles() {
		if !strings.Contains(convertUsage, s.ID) {
			t.Errorf("the help does not name the style %s", s.ID)
		}
	}
	for _, f := range flavor.All() {
		if !strings.Contains(convertUsage, f.Name) {
			t.Errorf("the help does not name the flavor %s", f.Name)
		}
	}
}
