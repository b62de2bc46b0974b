package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// choose takes an option of a combobox, as its user does.
func (p *tab) choose(combobox, value string) {
	p.t.Helper()
	p.wait("[...probe.find('combobox', %s).options].some((o) => o.value == %s && !o.disabled)", combobox, value)
	p.run(insert("(() => { const s = probe.find('combobox', %s); s.value = %s; s.dispatchEvent(new Event('change', { bubbles: true })) })()", []any{combobox, value}))
}

// interpreter puts a program into a folder that runs another one.
func interpreter(t *testing.T, folder, name, runs string) {
	t.Helper()
	script := "#!/bin/sh\nexec " + runs + " \"$@\"\n"
	if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
}

// program returns the path of an interpreter, which tests/run has seen to.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(err)
	}
	return path
}

// A flavor's engines are listed; one is chosen, kept, and named by the link.
func TestEngineIsChosen(t *testing.T) {
	program(t, "node")
	s := serve(t, "--runtimes", "node")
	p := openState(t, s, state{flavor: "pcre2", pattern: `a`, text: "a"})
	p.check("probe.find('combobox', 'Engine').value == 'PCRE2'")
	p.check("probe.status().includes(probe.find('combobox', 'Engine').selectedOptions[0].textContent)")
	// A flavor that has only one shows it, and makes nothing of it.
	p.check("probe.find('combobox', 'Engine').closest('.quiet')")
	p.check("!probe.find('note') && !location.hash.includes('engine=')")

	p.choose("Flavor", "js")
	p.choose("Engine", "regexp2-ecmascript")
	p.wait("probe.settled() && probe.status().includes('regexp2-ecmascript')")
	p.marks("a")
	p.wait("location.hash.includes('&engine=regexp2-ecmascript&')")
	p.sibling(get[string](p, "location.href")).wait("probe.settled() && probe.status().includes('regexp2-ecmascript')")
	p.reload()
	p.wait("probe.settled() && probe.status().includes('regexp2-ecmascript')")
	p.choose("Engine", "node")
	p.wait("probe.settled() && probe.status().includes('node v')")

	// It is remembered, for each flavor, in other tabs as well.
	other := p.sibling(s.url + state{flavor: "go", pattern: `a`, text: "a"}.fragment())
	other.wait("probe.settled() && probe.status().includes('regexp go')")
	p.choose("Engine", "regexp2-ecmascript")
	other.reload()
	other.settle()
	other.choose("Flavor", "js")
	other.wait("probe.settled() && probe.status().includes('regexp2-ecmascript')")
}

// Engines that are installed while the page is open are found when it asks.
func TestEnginesAreLookedForAgain(t *testing.T) {
	perl := program(t, "perl")
	folder := t.TempDir()
	s := &server{t: t, args: []string{"--runtimes", "perl"}, env: []string{"PATH=" + folder}, log: new(output)}
	s.start("127.0.0.1:0")
	t.Cleanup(s.kill)
	p := openState(t, s, state{flavor: "perl", pattern: `a++`, text: "baa"})
	p.wait("probe.status().startsWith('No engine')")
	p.wait("[...probe.find('combobox', 'Engine').options].some((o) => o.disabled && /^perl is missing: .*apt install perl/.test(o.textContent))")

	interpreter(t, folder, "perl", perl)
	p.click("button", "Look for engines again")
	p.wait("probe.status().includes('perl 5') || probe.status().includes('perl v5')")
	p.marks("aa")
	p.check("/Looked again: \\d+ engines/.test(document.querySelector('.notices').textContent)")

	// And those that are gone are missing.
	if err := os.Remove(filepath.Join(folder, "perl")); err != nil {
		t.Fatal(err)
	}
	p.click("button", "Look for engines again")
	p.wait("probe.status().startsWith('No engine')")
	p.marks()
}

// A link asks for an engine that this machine has not: another one is used, and the
// page says so as long as that is so.
func TestLinkAsksForAnEngineThatIsNotHere(t *testing.T) {
	s := serve(t, "--runtimes", "none")
	link := strings.Replace(state{flavor: "golang", pattern: `a`, text: "ba"}.fragment(), "&text", "&engine=re2%4099&text", 1)
	p := openTab(t, s.url+link)
	p.settle()
	p.marks("a")
	p.check("/^re2@99 is not on this machine: regexp go\\S+ is used instead\\.$/.test(probe.find('note').textContent)")
	p.check("probe.status().includes('regexp go')")
	// The link is not made to say something else.
	p.replace("Regular expression", "b")
	p.marks("b")
	p.wait("location.hash.includes('pattern=b') && location.hash.includes('engine=re2%%4099')")
	p.reload()
	p.marks("b")
	p.wait("probe.find('note')")
	p.choose("Flavor", "dotnet")
	p.settle()
	p.check("!probe.find('note')")
}
