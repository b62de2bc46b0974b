// Regexdbg debugs regular expressions on the engines that will run them: in the
// browser, from the command line, and in bulk for programs.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// Exit statuses, a contract with scripts.
const (
	exitMatch       = 0 // matched, or done
	exitNoMatch     = 1
	exitUsage       = 2 // bad usage or a bad pattern
	exitLimit       = 3 // timeout or limit
	exitInterrupted = 130
)

// A command is one word after "regexdbg".
type command struct {
	name    string
	summary string // one line for the list of commands
	usage   string // all that help says
	run     func(args []string, stdin io.Reader, stdout, stderr io.Writer) int
}

// commands is every command that works, in the order of the list. A new command
// is a row here and a file with its name.
func commands() []command {
	return []command{
		{"serve", "serve the tool to a browser (when no command is named)", serveUsage, serve},
		{"match", "print all matches of a pattern", matchUsage, match},
		{"replace", "print a text with all matches of a pattern replaced", replaceHelp(), replaceCommand},
		{"explain", "say in words what a pattern means", explainUsage, explainPattern},
		{"convert", "write a pattern for another flavor, or as source code", convertUsage, convertPattern},
		{"debug", "match a pattern step by step, and say what happens", debugUsage, debugPattern},
		{"compare", "run a pattern on several engines, and say where they differ and why", compareUsage, comparePattern},
		{"test", "run tests of patterns that are in files", testUsage, testPatterns},
		{"library", "list what was saved in the page, or export or import it", libraryUsage, libraryCommand},
		{"engines", "list the engines that this machine has", enginesUsage, engines},
		{"batch", "answer requests in JSON, one a line", batchUsage, batch},
		{"demo", "serve the demos of the event loop to a browser", demoUsage, demo},
		{"licenses", "print the licences of what is in the program", licensesUsage, noArguments("licenses", licenses)},
	}
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs the program and returns its exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		return serve(nil, stdin, stdout, stderr)
	}
	switch args[0] {
	case "help":
		if len(args) > 1 && isHelp(args[1]) {
			return help(nil, stdout, stderr)
		}
		return help(args[1:], stdout, stderr)
	case "-version", "--version":
		_, err := fmt.Fprintf(stdout, "regexdbg %s\n", version())
		return status(err, stderr)
	}
	if isHelp(args[0]) {
		return help(nil, stdout, stderr)
	}
	if c, ok := find(args[0]); ok {
		return c.run(args[1:], stdin, stdout, stderr)
	}
	if name := args[0]; name != "-" && !strings.HasPrefix(name, "-") && !exists(name) {
		fmt.Fprintf(stderr, "regexdbg: there is no command and no file %q\n", name)
		if near := nearest(name); near != "" {
			fmt.Fprintf(stderr, "Did you mean regexdbg %s?\n", near)
		} else {
			fmt.Fprintln(stderr, "Run regexdbg help for the commands there are.")
		}
		return exitUsage
	}
	return serve(args, stdin, stdout, stderr)
}

func isHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, os.ErrNotExist)
}

func help(args []string, stdout, stderr io.Writer) int {
	if len(args) > 1 {
		return usageError(stderr, "", "help is about one command, and got %d", len(args))
	}
	if len(args) > 0 {
		c, ok := find(args[0])
		if !ok {
			fmt.Fprintf(stderr, "regexdbg: there is no command %q\n", args[0])
			if near := nearest(args[0]); near != "" {
				fmt.Fprintf(stderr, "Did you mean regexdbg help %s?\n", near)
			} else {
				fmt.Fprintln(stderr, "Run regexdbg help for the commands there are.")
			}
			return exitUsage
		}
		_, err := fmt.Fprint(stdout, c.usage)
		return status(err, stderr)
	}
	var list strings.Builder
	list.WriteString("regexdbg debugs regular expressions on the engines that will run them.\n\n" +
		"usage: regexdbg [COMMAND] [ARGUMENTS]\n" +
		"       regexdbg FILE          open FILE in the browser\n\ncommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&list, "  %-9s %s\n", c.name, c.summary)
	}
	fmt.Fprintf(&list, "  %-9s %s\n", "help", "say all about a command: regexdbg help match")
	list.WriteString("\nregexdbg --version prints the version.\n\n" +
		"Exit status: 0 matched or done, 1 no match, 2 bad usage or bad pattern,\n3 timeout or limit, 130 interrupted.\n")
	_, err := io.WriteString(stdout, list.String())
	return status(err, stderr)
}

// nearest returns the command that somebody may have meant, or "".
func nearest(name string) string {
	names := []string{"help"}
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return flavor.Nearest(name, names)
}

// version is the program's own version, as far as the build knows it.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok || build.Main.Version == "" {
		return "(devel)"
	}
	return build.Main.Version
}

func noArguments(name string, run func(stdout, stderr io.Writer) int) func([]string, io.Reader, io.Writer, io.Writer) int {
	return func(args []string, _ io.Reader, stdout, stderr io.Writer) int {
		arguments, exit, ok := parseFlags(flag.NewFlagSet(name, flag.ContinueOnError), args, stdout, stderr)
		if !ok {
			return exit
		}
		if len(arguments) > 0 {
			return usageError(stderr, name, "%s takes no arguments", name)
		}
		return run(stdout, stderr)
	}
}

// stringFlag adds a flag that has a letter and a name.
func stringFlag(flags *flag.FlagSet, p *string, letter, name, byDefault string) {
	flags.StringVar(p, letter, byDefault, "")
	flags.StringVar(p, name, byDefault, "")
}

// parseFlags parses flags before, between and after the arguments, which it
// returns; what follows -- is arguments. When they ask for help, or are wrong,
// it says so itself, and the command has to return exit.
func parseFlags(flags *flag.FlagSet, args []string, stdout, stderr io.Writer) (arguments []string, exit int, ok bool) {
	flags.SetOutput(io.Discard)
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil, help([]string{flags.Name()}, stdout, stderr), false
		} else if err != nil {
			return nil, usageError(stderr, flags.Name(), "%s", flagProblem(flags, err)), false
		}
		rest := flags.Args()
		if len(rest) == 0 {
			return arguments, 0, true
		}
		if parsed := len(args) - len(rest); parsed > 0 && args[parsed-1] == "--" {
			return append(arguments, rest...), 0, true
		}
		arguments = append(arguments, rest[0])
		args = rest[1:]
	}
}

// usageError says what is wrong with the arguments of a command, or with the program's own for "".
func usageError(stderr io.Writer, command, format string, args ...any) int {
	fmt.Fprintf(stderr, "regexdbg: "+format+"\n", args...)
	if command == "" {
		fmt.Fprintln(stderr, "Run regexdbg help for the commands there are.")
	} else {
		fmt.Fprintf(stderr, "Run regexdbg help %s for its usage.\n", command)
	}
	return exitUsage
}
