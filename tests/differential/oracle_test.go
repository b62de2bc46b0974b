package differential

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
)

// everything is set by tests/run, which installs all engines and fetches all corpora: then nothing may be missing.
const everything = "REGEXDBG_DIFFERENTIAL"

// need ends a test that has got an error. Where something is missing the test is skipped.
func need(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case errors.Is(err, ErrUnavailable) && os.Getenv(everything) == "":
		t.Skip(err)
	default:
		t.Fatal(err)
	}
}

// open starts an oracle for a test.
func open(t *testing.T, flavor string) Oracle {
	t.Helper()
	o, err := Open(t.Context(), flavor)
	need(t, err)
	t.Cleanup(func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

// known is what the engines are known to answer. An answer is "accepted, groups N, names" or the offset of the error.
var known = []struct{ flavor, flags, pattern, want string }{
	{"go", "", `a(b)(?P<x>c)(?:d)`, "2 [{2 x}]"},
	{"go", "", `a(?=b)`, "error at 1"},
	{"go", "", `a\8`, "error at 1"},
	{"go", "", "a\xff", "error at 1"},
	{"dotnet", "", `(?<x>a)(b)(?<7>c)`, "3 [{2 x}]"},
	{"dotnet", "n", `(?<x>a)(b)`, "1 [{1 x}]"},
	{"dotnet", "x", "a # (\n(b)", "1 []"},
	{"dotnet", "", `(?<a>.)(?<b-a>.)`, "2 [{1 a} {2 b}]"},
	{"dotnet", "", `a)`, "error at -1"},
	{"pcre2", "", `(?<a>x)(?|(?<b>y)|(?<b>z))(q)`, "3 [{1 a} {2 b}]"},
	{"pcre2", "", `(?J)(?<a>x)(?<a>y)`, "2 [{1 a} {2 a}]"},
	{"pcre2", "", `(?<a>x)(?<a>y)`, "error at 12"},
	{"pcre2", "", "é(", "error at 3"},
	{"pcre2", "", `(*UTF)\x{100}`, "0 []"},
	{"pcre2", "", `\x{100}`, "error at 6"},
	{"pcre2", "u", `\x{100}`, "0 []"},
	{"pcre2", "x", "a # (\n(b)", "1 []"},
	{"js", "", `(?<y>\d)(z)(?<a>b)`, "3 [{0 y} {0 a}]"},
	{"js", "", `\p{L}{`, "0 []"},
	{"js", "u", `\p{L}{`, "error at -1"},
	{"js", "v", `[\p{L}--[a-z]]`, "0 []"},
	{"js", "u", `[\p{L}--[a-z]]`, "error at -1"},
	{"python", "", `(?P<a>x)(y)(?P<b>z)`, "3 [{1 a} {3 b}]"},
	{"python", "", "é(", "error at 2"},
	{"python", "", `a**`, "error at 2"},
	{"python", "x", "a # (\n(b)", "1 []"},
	{"python", "", `[[a]`, "0 []"}, // with a FutureWarning
	{"perl", "", `(?<a>x)(?|(?<b>y)|(?<c>z))(?<a>q)`, "3 [{1 a} {2 b} {2 c} {3 a}]"},
	{"perl", "", "é(", "error at 3"},
	{"perl", "", `$x@y{z}`, "0 []"}, // nothing is interpolated
	{"perl", "", `(?{ die })`, "error at -1"},
	{"perl", "", `(??{ die })`, "error at -1"},
	{"perl", "n", `(?<x>a)(b)`, "1 [{1 x}]"},
	{"perl", "x", "a # (\n(b)", "1 []"},
	{"java", "", `(?<aa>x)(y)(?<b>z)`, "3 [{1 aa} {3 b}]"},
	{"java", "", "é(", "error at 3"},
	{"java", "", `[a&&[^b]]`, "0 []"},
	{"java", "x", "a # (\n(b)", "1 []"},
	{"ruby", "", `(?<a>x)(y)(?<b>z)(?<a>.)`, "3 [{1 a} {2 b} {3 a}]"},
	{"ruby", "", `(y)(?:b)`, "1 []"},
	{"ruby", "", `(`, "error at -1"},
	{"ruby", "", "a\xff", "error at -1"},
	{"ruby", "x", "a # (\n(b)", "1 []"},
}

func TestOraclesAnswer(t *testing.T) {
	for _, flavor := range Flavors {
		t.Run(flavor, func(t *testing.T) {
			o := open(t, flavor)
			if o.Flavor() != flavor || o.Engine() == "" {
				t.Errorf("%q, %q", o.Flavor(), o.Engine())
			}
			var queries []Query
			var want []string
			for _, k := range known {
				if k.flavor == flavor {
					queries, want = append(queries, Query{k.flags, k.pattern}), append(want, k.want)
				}
			}
			answers, err := o.Ask(t.Context(), queries)
			if err != nil || len(queries) < 4 {
				t.Fatal(len(queries), err)
			}
			for i, a := range answers {
				got := fmt.Sprint(a.Groups, " ", a.Names)
				if !a.OK {
					got = fmt.Sprintf("error at %d", a.Offset)
				}
				if got != want[i] || a.Unknown != "" || a.OK == (a.Error != "") {
					t.Errorf("%s %q: got %v, want %s", queries[i].Flags, queries[i].Pattern, a, want[i])
				}
			}
		})
	}
}

func TestFlavorsHaveFlagSets(t *testing.T) {
	for _, flavor := range Flavors {
		if !slices.Contains(FlagSets[flavor], "") {
			t.Errorf("%s: %q", flavor, FlagSets[flavor])
		}
	}
}
