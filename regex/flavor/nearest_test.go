package flavor

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	names := []string{"go", "dotnet", "pcre2", "python", "perl", "java", "javascript"}
	for got, want := range map[string]string{
		"pyton": "python", "pyhton": "python", "perll": "perl", "jav": "java", "javscript": "javascript", "pcre": "pcre2", "dotnot": "dotnet",
		"cobol": "", "": "", "g": "", strings.Repeat("p", 1<<20): "",
	} {
		if found := Nearest(got, names); found != want {
			t.Errorf("%.20s: got %q, want %q", got, found, want)
		}
	}
}
