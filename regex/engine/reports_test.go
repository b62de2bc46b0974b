package engine

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/syntax"
)

// reports are what each engine says: of a pattern with two named groups, of empty matches, and of a pattern that it
// refuses, in its own words. An engine that is not in this table fails the test.
var reports = map[string]struct {
	named string // the pattern
	empty string // what b* finds in "ab"
	says  string // of é(a
}{
	"regexp":             {`(?P<y>é)|(?P<n>b)`, "[0 0] [1 2]", "missing closing )"},
	"regexp2":            {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "missing closing )"},
	"dotnet":             {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "Not enough )'s."},
	"PCRE2":              {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "missing closing parenthesis"},
	"php":                {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "missing closing parenthesis"},
	"regexp2-ecmascript": {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "missing closing )"},
	"node":               {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "Unterminated group"},
	"python":             {`(?P<y>é)|(?P<n>b)`, "[0 0] [1 2] [2 2]", "missing ), unterminated subpattern"},
	"python-regex":       {`(?P<y>é)|(?P<n>b)`, "[0 0] [1 2] [2 2]", "missing )"},
	"perl":               {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "Unmatched ("},
	"java":               {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "Unclosed group"},
	"ruby":               {`(?<y>é)|(?<n>b)`, "[0 0] [1 2] [2 2]", "end pattern with unmatched parenthesis"},
}

// Every engine of the machine says its name and version, matches and groups in bytes, their names, how a search ended,
// what is wrong with a pattern and where, and what of CPU time it used elsewhere.
func TestEveryEngineReports(t *testing.T) {
	for _, entry := range machine().Entries() {
		t.Run(entry.Info.Name, func(t *testing.T) {
			name, _, _ := strings.Cut(entry.Info.Name, "@")
			want, known := reports[name]
			if !known {
				t.Fatal("it is not in the table")
			}
			e := entry.Engine
			if e == nil {
				if entry.Info.Flavor == "" || entry.Missing == "" {
					t.Errorf("it is missing, and how to get it is not said: %+v", entry)
				}
				missing(t, entry.Info.Name, entry.Missing)
			}
			if e.Info() != entry.Info || e.Info().Version == "" || e.Info().Flavor == "" {
				t.Errorf("it says of itself %+v, the registry %+v", e.Info(), entry.Info)
			}
			p := compile(t, e, want.named)
			if got := fmt.Sprint(p.Groups()); got != "[{0 } {1 y} {2 n}]" {
				t.Errorf("groups %s", got)
			}
			text := NewText([]byte("xéb"))
			if got := fmt.Sprint(collect(t, p, text, 0)); got != "[[1 3 1 3 -1 -1] [3 4 -1 -1 3 4]]" {
				t.Errorf("matches %s", got)
			}
			if got := fmt.Sprint(collect(t, compile(t, e, "b*"), NewText([]byte("ab")), 0)); got != "["+want.empty+"]" {
				t.Errorf("empty matches %s, want [%s]", got, want.empty)
			}
			found, none := p.Search(t.Context(), text, Cursor{}, Budget{}, keep), compile(t, e, "z").Search(t.Context(), text, Cursor{}, Budget{}, keep)
			if found.Outcome != Match || found.Count != 2 || found.Searched != 4 || none.Outcome != NoMatch || none.Searched != 4 {
				t.Errorf("outcomes %+v and %+v", found, none)
			}
			bad := errorOf(t, e, "é(a", "")
			if bad.Code != "missing-paren" || bad.Span != (syntax.Span{Start: 2, End: 3}) || !strings.Contains(bad.Message, want.says) {
				t.Errorf("the error is %s at %v: %s, want %s", bad.Code, bad.Span, bad.Message, want.says)
			}
			if InProcess(e) {
				if found.ChildCPU != 0 {
					t.Errorf("a process that there is not: %+v", found)
				}
				return
			}
			long := compile(t, e, runtimeCatastrophe).Search(t.Context(), NewText([]byte(runtimeCatastropheText)), Cursor{}, Budget{Timeout: 100 * time.Millisecond}, keep)
			if told := runtime.GOOS == "linux"; told != (long.ChildCPU > 0) || !told && long.ChildCPU != -1 {
				t.Errorf("CPU time of its process: %+v", long)
			}
		})
	}
}
