package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// Engines in process only, so that what is printed is the same on any machine
// that has PCRE2.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		name   string
		stdin  string
		args   []string
		status int
		stdout []string // contained
		stderr string   // contained
	}{
		{"agree", "a b", []string{"a"}, 0, []string{"A  go", "A  dotnet", "find the same"}, ""},
		{"differ", "x1 x٣", []string{"-f", "go,dotnet", `x\d`}, 1, []string{
			"B differs from A at match 2, byte 3:", "no such match", `3-6 "x٣"`,
			"because: `\\d` matches ٣ (U+0663) in .NET, not in Go", "| x\\d\n    |  ^^\n",
		}, ""},
		{"engines", "aa", []string{"-e", "regexp,regexp2", "a+"}, 0, []string{"All 2 engines that ran find the same."}, ""},
		{"flags translated", "A\nb", []string{"-f", "go,dotnet", "-F", "im", "^B$|^a$"}, 0, []string{"go      im", "dotnet  im"}, ""},
		{"flags of one", "a\nb", []string{"-f", "go,go:s", "a.b"}, 1, []string{"`.` matches \\n in Go with s, not in Go without flags"}, ""},
		{"lacking flag", "ab", []string{"-f", "go,dotnet", "-F", "x", "a b"}, 1, []string{"Go has no flag x (extended): it ran without.", "because: Go has no flag x (extended), .NET runs with it"}, ""},
		{"refused by one", "aa", []string{"-f", "go,dotnet", `(?=a)`}, 1, []string{"One engine ran the pattern.", "regexp go1", "refuses the pattern:\nerror: ", "| (?=a)"}, ""},
		{"refused by all", "aa", []string{"-f", "go,dotnet", `(`}, 2, []string{"No engine ran the pattern."}, "every engine refuses the pattern"},
		{"stopped", strings.Repeat("a", 40) + "!", []string{"-e", "regexp2,regexp2-ecmascript", "--timeout", "30ms", "(a+)+$"}, 3, []string{"timeout", "2 were stopped"}, "nothing differs"},
		{"search", "not read", []string{"-f", "go,dotnet", "--search", `^x\d$`}, 1, []string{"They differ on \"x", "No shorter text makes them differ", "B differs from A at match 1", "because: "}, ""},
		{"search in vain", "", []string{"-f", "go,dotnet", "--search", "--timeout", "1m", "ab"}, 0, []string{"They found the same in all 3000 texts"}, ""},
		{"search without time", "", []string{"-f", "go,dotnet", "--search", "--timeout", "1ns", "ab"}, 3, []string{"in the first 0 of 3000 texts"}, "stopped at its timeout"},
		{"search in vain, portability", "", []string{"-f", "go,dotnet", "--search", "--timeout", "1m", "--portability", "ab"}, 0, []string{"in all 3000 texts", "In other flavors", "converted  ab"}, ""},
		{"search with one, portability", "", []string{"-f", "go,dotnet", "--search", "--portability", `(?=a)`}, 2, nil, "fewer than two engines"},
		{"search with one", "", []string{"-f", "go,dotnet", "--search", `(?=a)`}, 2, nil, "fewer than two engines take the pattern"},
		{"seed alone", "", []string{"--seed", "2", "a"}, 2, nil, "--seed is for --search"},
		{"negative timeout", "", []string{"--timeout", "-1s", "a"}, 2, nil, "cannot be negative"},
		{"portability", "x٣", []string{"-f", "dotnet,go", "--portability", `x\d$`}, 1, []string{
			"In other flavors, to mean what it does in .NET:", "Go\n  as it is   finds something else in this text (regexp go1.", ")\n  converted  x\\p{Nd}",
			"Ruby\n  as it is   is taken; it was not run",
		}, ""},
		{"one engine", "", []string{"-f", "go", "a"}, 2, nil, "two engines to compare, and there are 1"},
		{"no such engine", "", []string{"-e", "regexp,cobol", "a"}, 2, nil, `unknown engine "cobol"`},
		{"no such flavor", "", []string{"-f", "cobol", "a"}, 2, nil, "there are: go, dotnet"},
		{"no such flag", "", []string{"-F", "q", "a"}, 2, nil, `unknown standard flag "q"`},
		{"no such own flag", "", []string{"-f", "go:q,js", "a"}, 2, nil, `unknown Go flag "q"`},
		{"no pattern", "", nil, 2, nil, "compare needs a PATTERN"},
		{"no such option", "", []string{"-z", "a"}, 2, nil, "put -- before a pattern"},
		{"no such file", "", []string{"a", "/no/such/file"}, 2, nil, "no such file"},
	} {
		status, stdout, stderr := call(test.stdin, append([]string{"compare", "--runtimes", "none"}, test.args...)...)
		if status != test.status || !strings.Contains(stderr, test.stderr) || test.stderr == "" && stderr != "" {
			t.Errorf("%s: status %d\n%s%s", test.name, status, stdout, stderr)
		}
		for _, want := range test.stdout {
			if !strings.Contains(stdout, want) {
				t.Errorf("%s: no %q in\n%s", test.name, want, stdout)
			}
		}
	}
}

func TestCompare_JSON(t *testing.T) {
	_, stdout, stderr := call("x1 x٣", "compare", "--runtimes", "none", "-f", "go,dotnet,js", "--json", "--portability", `x\d(?!y)`)
	var got struct {
		Engines []struct {
			Name    string
			Outcome string
			Refused bool
			Class   *int
			Error   *struct{ Span *[2]int }
		}
		Classes     [][]int
		Differences []comparedDifference
		Search      *sought
		Portability []portedPattern
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatalf("%v\n%s%s", err, stdout, stderr)
	}
	if len(got.Engines) != 3 || !got.Engines[0].Refused || got.Engines[0].Class != nil || got.Engines[0].Error.Span == nil || *got.Engines[2].Class != 1 {
		t.Errorf("%s", stdout)
	}
	if len(got.Classes) != 2 || len(got.Differences) != 1 {
		t.Fatalf("%s", stdout)
	}
	if len(got.Portability) != 7 || got.Portability[0].Flavor != "go" || got.Portability[0].Refused == nil || got.Portability[0].Engine.Name != "regexp" || got.Portability[6].Engine != nil || got.Search != nil {
		t.Errorf("%s", stdout)
	}
	d := got.Differences[0]
	if d.A != 1 || d.B != 2 || d.Match != 1 || d.Offset != 3 || !strings.Contains(string(d.AMatch), "3") || string(d.BMatch) != "null" ||
		len(d.Blames) != 1 || d.Blames[0].Span != [2]int{1, 3} || !d.Blames[0].Proved {
		t.Errorf("%+v", d)
	}
}
