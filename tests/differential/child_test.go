package differential

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// A child that dies of some patterns, and hangs at others.
const badChild = `
import json, os, sys
from binascii import a2b_base64
src, dst = sys.stdin.buffer, sys.stdout.buffer
dst.write(b'{"protocol":1,"name":"bad","version":"1"}\n')
dst.flush()
while line := src.readline():
    request = json.loads(line)
    rows = src.read(request["bytes"]).decode().splitlines()
    for row in rows:
        pattern = a2b_base64(row.split("\t")[1])
        while pattern == b"hang":
            pass
        if pattern == b"crash":
            os.abort()
    body = b"+\t-1\t\t%d\t\n" % len(rows) * len(rows)
    dst.write(b'{"id":%d,"done":true,"bytes":%d}\n' % (request["id"], len(body)) + body)
    dst.flush()
`

func TestOracleOutlivesItsEngine(t *testing.T) {
	o, err := openChild(t.Context(), "bad", childProgram{command: []string{python3, "-I", "-S", "-c", badChild}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}()
	o.limit = 3 * time.Second // also for a good batch on a slow machine
	var queries []Query
	for _, pattern := range strings.Fields("a crash b c d e f crash g hang h") {
		queries = append(queries, Query{"", pattern})
	}
	answers, err := o.Ask(t.Context(), queries)
	if err != nil || len(answers) != len(queries) {
		t.Fatal(answers, err)
	}
	for i, a := range answers {
		want := map[string]string{"crash": "crashes: signal: aborted", "hang": "hangs"}[queries[i].Pattern]
		if a.Unknown != want || a.OK != (want == "") {
			t.Errorf("%s: %v", queries[i].Pattern, a)
		}
	}
}

func TestMissingEngine(t *testing.T) {
	for _, command := range [][]string{{"no-such-engine"}, {"/no/such/engine"}, {python3, "-c", "import sys; sys.exit(127)"}} {
		if o, err := openChild(t.Context(), "bad", childProgram{command: command}); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%q: got %v, %v", command, o, err)
		}
	}
	o, err := openChild(t.Context(), "bad", childProgram{command: []string{python3, "-c", "import sys; sys.exit(1)"}})
	if err == nil || errors.Is(err, ErrUnavailable) {
		t.Errorf("an engine that is broken: got %v, %v", o, err)
	}
}

// What engines choke on is answered or unknown, and the oracle goes on.
func TestHostilePatterns(t *testing.T) {
	hostile := []string{
		strings.Repeat("(", 50000), strings.Repeat("(", 50000) + strings.Repeat(")", 50000),
		strings.Repeat("[", 50000), strings.Repeat("(?:", 5000) + "a" + strings.Repeat(")*", 5000),
		"((((a{1000}){1000}){1000}){1000})", "(?<a>" + strings.Repeat("b", 1<<20) + ")", strings.Repeat("a|", 1<<18),
		"\x00", "\x00(", "a\nb", "\t", "\\", "", strings.Repeat(`\Q`, 1000), strings.Repeat("(?i)", 20000),
	}
	for _, flavor := range Flavors {
		t.Run(flavor, func(t *testing.T) {
			o := open(t, flavor)
			var queries []Query
			for _, pattern := range hostile {
				queries = append(queries, Query{"", pattern}, Query{"", "(a)"})
			}
			answers, err := o.Ask(t.Context(), queries)
			if err != nil {
				t.Fatal(err)
			}
			for i, a := range answers {
				if i%2 == 1 && (!a.OK || a.Groups != 1) {
					t.Errorf("after %.20q: %v", queries[i-1].Pattern, a)
				}
				if a.Unknown != "" {
					t.Logf("%.20q: %v", queries[i].Pattern, a)
				}
				if a.OK && (a.Error != "" || a.Unknown != "") {
					t.Errorf("%.20q: %v", queries[i].Pattern, a)
				}
			}
		})
	}
}

func TestReadAnswer(t *testing.T) {
	for _, a := range []Answer{
		{OK: true, Offset: -1},
		{OK: true, Offset: -1, Groups: 3, Names: []Name{{1, "a"}, {3, "é,\t:"}}},
		{Error: "no\tgood", Offset: 7},
		{Unknown: "hangs", Offset: -1},
	} {
		got, err := decodeAnswers(encodeAnswers([]Answer{a}), 1)
		if err != nil || got[0].String() != a.String() {
			t.Errorf("got %v, %v, want %v", got, err, a)
		}
	}
	for _, line := range []string{"", "+\t-1\t\t0", "?\t-1\t\t0\t", "+\tx\t\t0\t", "+\t-1\t!\t0\t", "+\t-1\t\tx\t", "+\t-1\t\t0\ta:YQ==", "+\t-1\t\t0\t1:!"} {
		if a, err := readAnswer(line); err == nil {
			t.Errorf("%q: %v", line, a)
		}
	}
}

func TestGeneratedPatterns(t *testing.T) {
	others := []Pattern{{"x", "abc(d|e)"}, {"x", "a"}}
	patterns := Generate(1, others)
	if again := Generate(1, others); !slices.Equal(patterns, again) {
		t.Error("the same seed makes other patterns")
	}
	seen, counts := map[string]bool{}, map[string]int{}
	for _, p := range patterns {
		if seen[p.Text] || p.Text == "a" {
			t.Fatalf("%q comes twice", p.Text)
		}
		seen[p.Text] = true
		counts[p.Corpus]++
	}
	if !seen["(?#"] || !seen["a|)"] || counts[corpusShort] < 25000 || counts[corpusTokens] < 15000 || counts[corpusMutants] < 3000 {
		t.Error(counts)
	}
	if other := Generate(2, others); slices.Equal(patterns, other) {
		t.Error("another seed makes the same patterns")
	}
}
