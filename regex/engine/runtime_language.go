package engine

import (
	_ "embed"
	"regexp"
)

var (
	//go:embed runtimes/python.py
	pythonScript string
	//go:embed runtimes/node.js
	nodeScript string
	//go:embed runtimes/perl.pl
	perlScript string
)

// A language is a kind of local runtime: an interpreter that this program hands
// a script, which runs patterns.
type language struct {
	// name is what the engine is called, and flavor what it runs.
	name, flavor string
	// programs are the names that its interpreters have on PATH: the usual one
	// first, then how those are written that tell a version.
	usual     string
	versioned *regexp.Regexp
	// command is what starts the script.
	command func(program string) []string
	// unit is what its offsets count.
	unit unit
	// rewinds are what a pattern contains for which a search cannot go on after
	// an empty match by finding that once more: see runtimeSearch.after.
	rewinds []string
	// on names another language that has the same interpreters: they are those
	// that it has found.
	on string
	// install says how to get it.
	install string
}

// languages are the local runtimes that there can be, in the order in which
// those of one flavor are preferred.
var languages = []*language{
	{
		name: "node", flavor: "js", usual: "node", versioned: regexp.MustCompile(`^node(?:js)?-?\d*(?:\.\d+)*$`),
		command: func(program string) []string { return []string{program, "-e", nodeScript} },
		unit:    unitUTF16,
		install: "install Node.js (apt install nodejs, brew install node)",
	},
	{
		name: "python", flavor: "python", usual: "python3", versioned: regexp.MustCompile(`^python3\.\d+$`),
		// -I and -S keep out modules of the user and of the system, and save half of the start.
		command: func(program string) []string { return []string{program, "-I", "-S", "-c", pythonScript, "re"} },
		unit:    unitRunes,
		install: "install Python 3 (apt install python3, brew install python)",
	},
	{
		name: "python-regex", flavor: "python", on: "python", usual: "python3", versioned: regexp.MustCompile(`^python3\.\d+$`),
		command: func(program string) []string { return []string{program, "-E", "-c", pythonScript, "regex"} },
		unit:    unitRunes, rewinds: []string{`\G`, `\K`, `(?r`},
		install: "install the module regex (pip install regex, apt install python3-regex)",
	},
	{
		name: "perl", flavor: "perl", usual: "perl", versioned: regexp.MustCompile(`^perl5\.\d+(?:\.\d+)?$`),
		command: func(program string) []string { return []string{program, "-e", perlScript} },
		unit:    unitRunes, rewinds: []string{`\G`, `\K`},
		install: "install Perl (apt install perl, brew install perl)",
	},
}
