package engine

import (
	"context"
	_ "embed"
	"os"
	"regexp"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

var (
	//go:embed runtimes/python.py
	pythonScript string
	//go:embed runtimes/node.js
	nodeScript string
	//go:embed runtimes/perl.pl
	perlScript string
	//go:embed runtimes/Runtime.java
	javaScript string
	//go:embed runtimes/ruby.rb
	rubyScript string
	//go:embed runtimes/php.php
	phpScript string
	//go:embed runtimes/dotnet.fsx
	dotnetScript string
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
	// variables are what its environment has besides PATH and the locale, which is
	// that of no country; nil for nothing.
	variables func() []string
	// programs are the ones behind a program on PATH, which is then only what knows
	// them, or why there are none; nil where it is the one.
	programs func(ctx context.Context, program string) ([]string, error)
	// file is the script where it has to be a file, and "" where it is an argument.
	file string
	// unit is what its offsets count.
	unit unit
	// character is what the dot takes one of, where that is not what the table of
	// flavors says; nil where it is.
	character *flavor.Unit
	// rewinds are what a pattern contains for which a search cannot go on after
	// an empty match by finding that once more: see runtimeSearch.after.
	rewinds []string
	// bytes says that with these flags any bytes are a text and a pattern; nil
	// for a language where only UTF-8 is.
	bytes func(flags string) bool
	// on names another language that has the same interpreters: they are those
	// that it has found.
	on string
	// install says how to get it.
	install string
}

// takes says whether a text may be any bytes.
func (l *language) takes(flags string) bool { return l.bytes != nil && l.bytes(flags) }

// environment is that of its processes; nil: executor's default.
func (l *language) environment() []string {
	if l.variables == nil {
		return nil
	}
	env := append([]string{"LC_ALL=C.UTF-8"}, inherited("PATH", "SYSTEMROOT")...)
	return append(env, l.variables()...)
}

// inherited returns those variables of our own environment that are set.
func inherited(names ...string) (env []string) {
	for _, name := range names {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return env
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
		// -I and -S keep out modules of the user and of the system, and save half of the start; with -B what is
		// imported is not compiled into files.
		command: func(program string) []string { return []string{program, "-B", "-I", "-S", "-c", pythonScript, "re"} },
		unit:    unitRunes,
		install: "install Python 3 (apt install python3, brew install python)",
	},
	{
		name: "python-regex", flavor: "python", on: "python", usual: "python3", versioned: regexp.MustCompile(`^python3\.\d+$`),
		command: func(program string) []string { return []string{program, "-B", "-E", "-c", pythonScript, "regex"} },
		unit:    unitRunes, rewinds: []string{`\G`, `\K`, `(?r`},
		install: "install the module regex (pip install regex, apt install python3-regex)",
	},
	{
		name: "perl", flavor: "perl", usual: "perl", versioned: regexp.MustCompile(`^perl5\.\d+(?:\.\d+)?$`),
		command: func(program string) []string { return []string{program, "-e", perlScript} },
		unit:    unitRunes, rewinds: []string{`\G`, `\K`},
		install: "install Perl (apt install perl, brew install perl)",
	},
	{
		name: "java", flavor: "java", usual: "java", versioned: regexp.MustCompile(`^java-?\d+$`),
		command: javaCommand, file: javaScript,
		unit: unitUTF16, rewinds: []string{`\G`},
		install: "install a JDK from version 11 on (apt install default-jdk-headless, brew install openjdk)",
	},
	{
		name: "ruby", flavor: "ruby", usual: "ruby", versioned: regexp.MustCompile(`^ruby-?\d+(?:\.\d+)*$`),
		command: func(program string) []string { return []string{program, "--disable-gems", "-e", rubyScript} },
		unit:    unitBytes, rewinds: []string{`\G`, `\K`},
		install: "install Ruby (apt install ruby, brew install ruby)",
	},
	{
		name: "php", flavor: "pcre2", usual: "php", versioned: regexp.MustCompile(`^php-?\d+(?:\.\d+)*$`),
		// Errors have their place in answers, and the limit is that of the process.
		command: func(program string) []string {
			return []string{program, "-d", "memory_limit=-1", "-d", "display_errors=stderr", "-r", phpScript}
		},
		unit: unitBytes, rewinds: []string{`\G`, `\K`},
		bytes:   func(flags string) bool { return !strings.Contains(flags, "u") },
		install: "install PHP (apt install php-cli, brew install php)",
	},
	{
		name: "dotnet", flavor: "dotnet", usual: "dotnet", versioned: regexp.MustCompile(`^dotnet-?\d+(?:\.\d+)*$`),
		programs: dotnetPrograms, command: dotnetCommand, variables: dotnetVariables, file: dotnetScript,
		unit: unitUTF16, character: new(flavor.UTF16), rewinds: []string{`\G`},
		install: "install the .NET SDK (https://dotnet.microsoft.com/download, brew install dotnet)",
	},
}

// javaCommand has java compile and run the script, which it takes from a file
// only: one in memory, see executor.ProcessOptions.Script. Without being told, java has
// its counters in a file of /tmp, which stays when it is killed, and writes one when it
// dies of a lack of memory; the option for the latter is not in each version 11.
func javaCommand(program string) []string {
	return []string{
		program, "-XX:+UseSerialGC", "-Xmx512m", "-XX:-UsePerfData", "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+ErrorFileToStderr", "--add-opens", "java.base/java.util.regex=ALL-UNNAMED",
		"--source", "11", "/proc/self/fd/3",
	}
}
