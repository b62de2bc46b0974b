package assets

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

func TestIndexRefersToWhatIsThere(t *testing.T) {
	index, err := fs.ReadFile(Dist(), "index.html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(index)
	refs := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1)
	if len(refs) != 4 {
		t.Errorf("index.html refers to %d files, want icon, manifest, style sheet and script", len(refs))
	}
	for _, ref := range refs {
		if info, err := fs.Stat(Dist(), ref[1]); err != nil {
			t.Errorf("index.html refers to %q (must be relative and in dist): %v", ref[1], err)
		} else if info.Size() == 0 {
			t.Errorf("%s is empty", ref[1])
		}
	}
	if n := strings.Count(page, Nonce); n != 1 {
		t.Errorf("index.html holds %s %d times, want once", Nonce, n)
	}
	if regexp.MustCompile(`<script>|<style|\son\w+=|\sstyle=`).MatchString(page) {
		t.Error("index.html has inline script or style, which the Content-Security-Policy forbids")
	}
}

func TestDistCarriesLicences(t *testing.T) {
	notices, err := fs.ReadFile(Dist(), "THIRD_PARTY_LICENSES.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"@codemirror/view", "preact", "style-mod"} {
		if !strings.Contains(string(notices), name) {
			t.Errorf("THIRD_PARTY_LICENSES.txt does not name %s", name)
		}
	}
}
