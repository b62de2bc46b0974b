package syntax

import (
	"strings"
	"testing"
)

func TestCaret(t *testing.T) {
	long := strings.Repeat("a", 200)
	for _, test := range []struct {
		name, pattern string
		start, end    int
		want          string
	}{
		{"one character", "a(b", 1, 2, "  | a(b\n  |  ^\n"},
		{"a range", "foo(?=bar)", 3, 6, "  | foo(?=bar)\n  |    ^^^\n"},
		{"a position", "abc", 1, 1, "  | abc\n  |  ^\n"},
		{"the end", "abc", 3, 3, "  | abc\n  |    ^\n"},
		{"empty", "", 0, 0, "  | \n  | ^\n"},
		{"out of the pattern", "ab", 7, 9, "  | ab\n  |   ^\n"},
		{"tab", "a\tb(", 3, 4, "  | a    b(\n  |       ^\n"},
		{"wide", "世界(", 6, 7, "  | 世界(\n  |     ^\n"},
		{"marked wide", "a世b", 1, 4, "  | a世b\n  |  ^^\n"},
		{"combining", "e\u0301(", 3, 4, "  | e\u0301(\n  |  ^\n"},
		{"NUL", "\x00(", 1, 2, "  | \\x00(\n  |     ^\n"},
		{"carriage return", "a\r(", 2, 3, "  | a\\x0d(\n  |      ^\n"},
		{"escape", "\x1b[31m(", 5, 6, "  | \\x1b[31m(\n  |         ^\n"},
		{"invalid UTF-8", "a\xffb", 1, 2, "  | a\\xffb\n  |  ^^^^\n"},
		{"direction mark", "\u202e(", 3, 4, "  | \\u202e(\n  |       ^\n"},
		{"second line", "abc\nde(f", 6, 7, "  2 | de(f\n    |   ^\n"},
		{"after a newline", "abc\n", 4, 4, "  2 | \n    | ^\n"},
		{"at a newline", "abc\nd", 3, 4, "  1 | abc\n    |    ^\n"},
		{"two lines", "ab(\ncd", 2, 6, "  1 | ab(\n    |   ^\n  2 | cd\n    | ^^\n"},
		{"many lines", "a\nb\nc\nd\ne", 0, 9, "  1 | a\n    | ^\n  2 | b\n    | ^\n  3 | c\n    | ^\n    | ...\n"},
		{"long, in the middle", long + "(" + long, 200, 201,
			"  | ..." + strings.Repeat("a", 35) + "(" + strings.Repeat("a", 36) + "...\n  |    " + strings.Repeat(" ", 35) + "^\n"},
		{"long, at the start", "(" + long, 0, 1, "  | (" + strings.Repeat("a", 71) + "...\n  | ^\n"},
		{"long, at the end", long + "(", 200, 201, "  | ..." + strings.Repeat("a", 35) + "(\n  |    " + strings.Repeat(" ", 35) + "^\n"},
		{"long, a position at the end", long, 200, 200, "  | ..." + strings.Repeat("a", 36) + "\n  |    " + strings.Repeat(" ", 36) + "^\n"},
		{"long, all of it", long, 0, 200, "  | " + strings.Repeat("a", 72) + "...\n  | " + strings.Repeat("^", 72) + "\n"},
	} {
		got := Caret(&Error{Message: "m", Span: Span{test.start, test.end}}, []byte(test.pattern))
		if want := "error: m\n" + test.want; got != want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, want)
		}
	}
}

func TestCaretNotes(t *testing.T) {
	e := &Error{
		Message: "missing closing )", Span: Span{3, 3}, Hint: `write \( for the character itself`,
		Aux: &Note{Span: Span{1, 2}, Message: "this group opened here"},
	}
	want := "error: missing closing )\n  | a(b\n  |    ^\n  | a(b\n  |  - this group opened here\n  = help: write \\( for the character itself\n"
	if got := Caret(e, []byte("a(b")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	e = &Error{Severity: SeverityWarning, Message: "m", Span: Span{1, 2}}
	if got, want := Caret(e, []byte("abc")), "warning: m\n  | abc\n  |  ^\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	e = &Error{Message: "missing closing )", Hint: `write \( for the character itself`}
	if got := e.Error(); got != `missing closing ) (write \( for the character itself)` {
		t.Errorf("Error: %s", got)
	}
}

func FuzzCaret(f *testing.F) {
	f.Add([]byte("a\n(b\xff"), 1, 3)
	f.Fuzz(func(t *testing.T, pattern []byte, start, end int) {
		got := Caret(&Error{Message: "m", Span: Span{start, end}}, pattern)
		for _, r := range got {
			if r < ' ' && r != '\n' {
				t.Fatalf("control character %U in %q", r, got)
			}
		}
	})
}
