package regextest_test

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/regextest"
)

// lineless is a file without the places of its parts.
func lineless(f *regextest.File) *regextest.File {
	for _, p := range f.Patterns {
		p.Line, p.Block = 0, regextest.Block{}
		for _, in := range p.Inputs {
			in.Line, in.Block = 0, regextest.Block{}
		}
	}
	return f
}

func roundTrip(t *testing.T, f *regextest.File) {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	again, err := regextest.Parse(f.Name, b.Bytes())
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	if !reflect.DeepEqual(lineless(f), lineless(again)) {
		t.Fatalf("is read otherwise:\n%s", b.String())
	}
}

func TestWriteAndReadAgain(t *testing.T) {
	f, err := regextest.Load("testdata/patterns.toml")
	if err != nil {
		t.Fatal(err)
	}
	roundTrip(t, f)
}

func FuzzWrite(f *testing.F) {
	for _, s := range []string{"", "'", "''", "'''", "a'", "\n", "\r\n", "a\nb", "\x00", "\\d'\n", "\"\\", "\xff", "\u007f", "\u0085"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		yes, times := true, 1+len(s)%2
		valid := strings.ToValidUTF8(s, "?")
		key := valid
		if key == "" {
			key = "1"
		}
		roundTrip(t, &regextest.File{Name: "f", Patterns: []*regextest.Pattern{{
			Name: "n" + valid, Flavor: "go", Pattern: valid, Replacement: &valid, Budget: regextest.Budget{Steps: 7},
			Inputs: []*regextest.Input{
				{Name: "n" + valid, Text: bytes.Repeat([]byte(s), times), Times: times, Match: &yes, Replaced: &valid,
					First: &regextest.Expected{Span: &[2]int{0, 2}, Groups: []regextest.ExpectedGroup{{Key: key, Text: &valid}}}},
			},
		}}})
	})
}

func TestImportRegex101(t *testing.T) {
	data, err := os.ReadFile("testdata/regex101.json")
	if err != nil {
		t.Fatal(err)
	}
	f, left, err := regextest.ImportRegex101(data)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/regex101.toml")
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if len(left) != 2 || !strings.Contains(left[0], "test string") || !strings.Contains(left[1], `unit test 3 (starts), because "STARTS_WITH" of "0"`) {
		t.Errorf("left out: %q", left)
	}
	for _, bad := range []string{"", "[]", "{}", `{"regex":"a","flavor":"rust"}`, `{"regex":"a","flavor":"pcre"}`} {
		if _, _, err := regextest.ImportRegex101([]byte(bad)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func TestImportRegex101Places(t *testing.T) {
	for _, c := range []struct{ json, want string }{
		{"{\n  \"regex\": \"a\",,\n}", "2:16: this is not the JSON of regex101: invalid character ','"},
		{"{\"regex\":\n 1}", "2:2: this is not the JSON of regex101: cannot unmarshal number"},
		{"", "1:1: this is not the JSON of regex101: unexpected end"},
	} {
		if _, _, err := regextest.ImportRegex101([]byte(c.json)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.json, err, c.want)
		}
	}
}
