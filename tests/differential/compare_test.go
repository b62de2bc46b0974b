package differential

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// answers is an oracle whose answers are known, and which counts the questions.
type answers struct {
	known map[Query]Answer
	asked int
}

func (*answers) Flavor() string      { return "go" }
func (*answers) Engine() string      { return "table 1" }
func (*answers) Fingerprint() string { return "table" }
func (*answers) Text() bool          { return true }
func (*answers) Close() error        { return nil }

func (*answers) Search(context.Context, []Search) ([]Found, error) { return nil, errors.ErrUnsupported }

func (o *answers) Ask(_ context.Context, queries []Query) ([]Answer, error) {
	o.asked += len(queries)
	var found []Answer
	for _, q := range queries {
		found = append(found, o.known[q])
	}
	return found, nil
}

func TestCached(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir()) // where it counts instead
	o := &answers{known: map[Query]Answer{{"", "a"}: {OK: true, Groups: 2, Offset: -1}, {"x", "a"}: {Error: "no", Offset: 1}}}
	ask := func(asked int, queries ...Query) {
		t.Helper()
		got, err := Cached(o).Ask(t.Context(), queries)
		if err != nil || o.asked != asked {
			t.Fatal(err, o.asked)
		}
		for i, q := range queries {
			if got[i].String() != o.known[q].String() {
				t.Errorf("%v: got %v", q, got[i])
			}
		}
	}
	ask(2, Query{"", "a"}, Query{"x", "a"})
	ask(2, Query{"", "a"}, Query{"x", "a"})
	ask(3, Query{"", "a"})
	ask(4, Query{"x", "a"})
}

func TestCompare(t *testing.T) {
	two := []Name{{1, "a"}, {2, "b"}}
	for _, test := range []struct {
		engine Answer
		ours   Parsed
		want   Kind
	}{
		{Answer{OK: true, Groups: 2, Names: two}, Parsed{OK: true, Groups: 2, Names: two}, ""},
		{Answer{OK: true, Groups: 2, Names: []Name{{0, "a"}, {0, "b"}}}, Parsed{OK: true, Groups: 2, Names: two}, ""},
		{Answer{OK: true, Groups: 2, Names: []Name{{0, "b"}, {0, "a"}}}, Parsed{OK: true, Groups: 2, Names: two}, Names},
		{Answer{OK: true, Groups: 2, Names: []Name{{1, "a"}, {3, "b"}}}, Parsed{OK: true, Groups: 2, Names: two}, Names},
		{Answer{OK: true, Groups: 2}, Parsed{OK: true, Groups: 2, Names: two}, Names},
		{Answer{OK: true, Groups: 1}, Parsed{OK: true, Groups: 2, Names: two}, Groups},
		{Answer{OK: true, Groups: 1}, Parsed{Code: "invalid"}, TooStrict},
		{Answer{Error: "no"}, Parsed{OK: true}, TooLax},
		{Answer{Error: "no"}, Parsed{Code: "invalid"}, ""},
	} {
		if got, differs := disagree(test.engine, test.ours); got != test.want || differs != (test.want != "") {
			t.Errorf("%v and %v: got %q, want %q", test.engine, test.ours, got, test.want)
		}
	}
}

func TestReport(t *testing.T) {
	record := func(corpus, flags, pattern string, a Answer) Record {
		return newRecord(corpus, Query{flags, pattern}, a)
	}
	records := []Record{
		record("one", "", "a", Answer{OK: true, Offset: -1}),
		record("one", "", "b)", Answer{Error: "unmatched ) at position 1", Offset: 1}),
		record("two", "x", "cc)\n", Answer{Error: "unmatched ) at position 2", Offset: 2}),
		record("two", "", "ddd)", Answer{Error: "unmatched ) at position 3", Offset: 3}),
		record("two", "", "e", Answer{Unknown: "hangs", Offset: -1}),
		record(corpusTokens, "", "\xff)", Answer{Error: "unmatched ) at position 3", Offset: 3}),
	}
	parse := func(flavor, flags, pattern string) Parsed {
		if flavor != "table" || pattern == "b)" {
			return Parsed{Code: "unmatched", Offset: 1}
		}
		return Parsed{OK: true, Offset: -1}
	}
	report := Compare("table", "table 1", records, parse)
	want := []Tally{{"one", 2, 0, 0, 1, 1}, {"two", 0, 2, 1, 0, 0}, {corpusTokens, 0, 1, 0, 0, 0}}
	if !slices.Equal(report.Tallies, want) {
		t.Errorf("%+v", report.Tallies)
	}
	if total := report.Total(false); total.Rate() != 0.5 || total.Unknown != 1 {
		t.Errorf("%+v", total)
	}
	var summary, table bytes.Buffer
	if err := report.Summarize(&summary); err != nil || !strings.Contains(summary.String(), "3 too-lax unmatched ) at position #\n") {
		t.Errorf("%v\n%s", err, &summary)
	}
	if err := report.WriteTSV(&table); err != nil || strings.Count(table.String(), "\n") != 3 ||
		!strings.HasPrefix(table.String(), "too-lax\ttwo\tx\t\"cc)\\n\"\t") {
		t.Errorf("%v\n%s", err, &table)
	}

	// The rates of the corpora and of what is generated are too low; of the two differences on the corpora one is listed;
	// one exception is none.
	report.exceptions = []Exception{{Query{"x", "cc)\n"}, "why", 1}, {Query{"", "b)"}, "why", 2}}
	problems := report.Problems()
	if len(problems) != 4 || !strings.Contains(problems[2], "ddd)") || !strings.Contains(problems[3], "table.txt:2") {
		t.Errorf("%s", strings.Join(problems, "\n"))
	}
}

func TestGeneralize(t *testing.T) {
	for text, want := range map[string]string{
		"bad escape \\q at position 10":         "bad escape ... at position #",
		"unknown group name 'it''s'":            "unknown group name ...",
		"unknown category 'a":                   "unknown category ...a",
		"undefined name <foo> call":             "undefined name ... call",
		"Illegal repetition near {a}":           "Illegal repetition near ...",
		"ends with \\":                          "ends with ...",
		"165: value in \\x{} or \\o{} is large": "#: value in ...... is large",
	} {
		if got := generalize(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

func TestExceptions(t *testing.T) {
	got, err := parseExceptions("# comment\n\n-\t\"a\\xff\"\twhy so\nix\t`b`\tbecause\tof this\n", nil)
	want := []Exception{{Query{"", "a\xff"}, "why so", 3}, {Query{"ix", "b"}, "because\tof this", 4}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"-\t\"a\"", "-\ta\twhy", "-\t\"a\"\t ", "\t\"a\"\twhy", "-\t\"a\"\twhy\n-\t`a`\twhy"} {
		if got, err := parseExceptions(bad, nil); err == nil {
			t.Errorf("%q: %v", bad, got)
		}
	}
	long := strings.Repeat("é(x)*", 20)
	reference := "-\t" + quotePattern(long) + "\twhy"
	got, err = parseExceptions(reference, hashed([]Pattern{{"", "a"}, {"", long}}))
	if err != nil || !slices.Equal(got, []Exception{{Query{"", long}, "why", 1}}) {
		t.Errorf("%s: %+v, %v", reference, got, err)
	}
	for _, bad := range []string{strconv.Quote(long), `"a"...1234`, `"a"..0123456789abcdef`, `"a"...0123456789abcdeg`, `"a"...0123456789abcdef`} {
		if got, err := parseExceptions("-\t"+bad+"\twhy", hashed([]Pattern{{"", long}})); err == nil {
			t.Errorf("%q: %v", bad, got)
		}
	}
}
