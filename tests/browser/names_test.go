package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/regexdbg/regexdbg/tests/load"
)

// named is what a screen reader hears of an element.
type named struct{ role, name string }

// tree is all that a screen reader finds, by Chromium's own accessibility tree.
func (p *tab) tree() []named {
	p.t.Helper()
	value := func(v *accessibility.Value) (s string) {
		if v != nil {
			_ = json.Unmarshal(v.Value, &s)
		}
		return s
	}
	var all []named
	for _, node := range call(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{}).Nodes {
		if !node.Ignored {
			all = append(all, named{value(node.Role), value(node.Name)})
		}
	}
	return all
}

func (p *tab) hears(want ...named) {
	p.t.Helper()
	all := p.tree()
	for _, w := range want {
		if !slices.Contains(all, w) {
			var near []string
			for _, n := range all {
				if n.role == w.role {
					near = append(near, fmt.Sprintf("%q", n.name))
				}
			}
			p.t.Errorf("no %s named %q; there are %v", w.role, w.name, near)
		}
	}
}

// The names that links, screen readers and tests rely on (design, section 7).
func TestAccessibleNames(t *testing.T) {
	s := common(t)
	p := openState(t, s, state{flavor: "go", pattern: "(a)", text: "ab a"})
	p.hears(
		named{"textbox", "Regular expression"}, named{"textbox", "Test text"}, named{"combobox", "Flavor"},
		named{"group", "Flags"}, named{"button", "i: ignore case"}, named{"status", ""}, named{"alert", ""},
		named{"tab", "Matches"}, named{"tabpanel", "Matches"}, named{"list", "Matches"},
		named{"button", "Go to next match"}, named{"button", "Go to previous match"}, named{"button", "Copy link"},
	)
	items := 0
	for _, n := range p.tree() {
		if n.role == "listitem" {
			items++
		}
		if slices.Contains([]string{"button", "textbox", "combobox", "tab", "list", "progressbar", "slider", "link"}, n.role) && n.name == "" {
			t.Errorf("a %s has no name", n.role)
		}
	}
	if items != 2 {
		t.Errorf("%d items in the list, want 2", items)
	}
	p.check("[...document.querySelectorAll('[role=group][aria-label=Flags] button')].every((b) => /^[a-zA-Z]: ./.test(probe.name(b)) && ['true', 'false'].includes(b.getAttribute('aria-pressed')))")
	p.check("document.documentElement.lang == 'en' && document.title != ''")
	p.check("document.querySelectorAll('h1').length == 1 && document.querySelectorAll('main').length == 1")

	slow := openTab(t, s.url+state{flavor: "dotnet", pattern: load.Catastrophic, text: load.CatastrophicText}.fragment())
	slow.wait("probe.find('progressbar')")
	slow.hears(named{"progressbar", "Search"}, named{"button", "Cancel"})
}

// Each highlighted range names its match, and each group its number, also where
// a match is drawn in several pieces.
func TestHighlightsNameTheirMatch(t *testing.T) {
	p := openState(t, common(t), state{flavor: "go", flags: "s", pattern: `a(b)?.(c(d))`, text: "abxcd\naxcd\na\ncd"})
	p.marks("abxcd", "axcd", "acd")
	p.check("probe.groups().join() == '1:b,2:c,3:d,2:c,3:d,2:c,3:d' || probe.groups().join() == '1:b,2:cd,3:d,2:cd,3:d,2:cd,3:d'")
	p.check("[...document.querySelectorAll('[data-match]')].every((m) => m.closest('[role=textbox]').getAttribute('aria-label') == 'Test text')")
	p.check("[...document.querySelectorAll('[data-group]')].every((g) => g.closest('[data-match]') || g.querySelector('[data-match]'))")
	// Not by colour alone.
	p.check(`[...document.querySelectorAll("[data-match]")].every((m) => {
		const s = getComputedStyle(m)
		return s.textDecorationLine != "none" || s.borderBottomStyle != "none" || s.outlineStyle != "none" || s.boxShadow != "none"
	})`)
}
