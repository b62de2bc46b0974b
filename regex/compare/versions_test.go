package compare

import (
	"cmp"
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

// pythons are the versions of Python that this machine has, those with the oldest and the newest Unicode first and last:
// of PATH, and what pyenv has installed, whose own commands run the chosen one of them only.
func pythons(t *testing.T) []engine.Entry {
	t.Helper()
	list := []string{"python"}
	root := os.Getenv("PYENV_ROOT")
	if home, err := os.UserHomeDir(); err == nil && root == "" {
		root = filepath.Join(home, ".pyenv")
	}
	installed, err := filepath.Glob(filepath.Join(root, "versions", "3.*", "bin", "python3"))
	if err != nil {
		t.Fatal(err)
	}
	runtimes, err := engine.NewRuntimes(strings.Join(append(list, installed...), ","))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = runtimes.Close(t.Context()) })
	entries := slices.DeleteFunc(runtimes.Entries("python"), func(e engine.Entry) bool { return e.Engine == nil || e.Info.Unicode == "" })
	slices.SortStableFunc(entries, func(a, b engine.Entry) int { return cmp.Compare(major(a), major(b)) })
	return entries
}

// major orders versions of Unicode that are written with two digits, as all since 10.0 are.
func major(e engine.Entry) string { return e.Info.Unicode }

// What two real versions of one engine take for other characters is proved by running it, with the versions of Unicode
// that they have.
func TestRealVersionsDiffer(t *testing.T) {
	all := pythons(t)
	if len(all) < 2 || all[0].Info.Unicode == all[len(all)-1].Info.Unicode {
		t.Skipf("this machine has not two versions of Python with different versions of Unicode: %+v", all)
	}
	older, newer := all[0], all[len(all)-1]
	letter := rune(0)
	for _, added := range addedIn {
		if older.Info.Unicode < added.unicode && added.unicode <= newer.Info.Unicode {
			letter = added.letter
		}
	}
	if letter == 0 {
		t.Skipf("no letter is known that is in Unicode %s and not in %s", newer.Info.Unicode, older.Info.Unicode)
	}
	f := flavorOf(t, "python")
	text := engine.NewText([]byte("1 a" + string(letter) + "b "))
	for _, test := range []struct{ pattern, token, reason string }{
		{`\w+`, `\w`, "`\\w` matches "},
		{`a[\d\w]`, `\w`, "`[\\d\\w]` matches "},
		{`(?i)a\W`, `\W`, "`\\W` matches "},
		{`\b.b\b`, `\b`, "`\\b` takes "},
		{`a\B.`, `\B`, "`\\B` takes "},
	} {
		d := differ(t, Side{Engine: older.Engine, Flavor: f}, Side{Engine: newer.Engine, Flavor: f}, test.pattern, text)
		if len(d.Blames) != 1 {
			t.Errorf("%s: %+v", test.pattern, d.Blames)
			continue
		}
		b := d.Blames[0]
		says := ": python " + older.Info.Version + " has Unicode " + older.Info.Unicode + ", python " + newer.Info.Version + " has " + newer.Info.Unicode
		if !b.Proved || test.pattern[b.Span.Start:b.Span.End] != test.token || !strings.HasPrefix(b.Reason, test.reason+charName(letter)) || !strings.HasSuffix(b.Reason, says) {
			t.Errorf("%s: %+v, want %s ... %s", test.pattern, b, test.reason, says)
		}
	}
}
