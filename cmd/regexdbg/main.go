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
		{"engines", "list the engines that this machine has", enginesUsage, engines},
		{"batch", "answer requests in JSON, one a line", batchUsage, batch},
		{"demo", "serve the demos of the event loop to a browser", demoUsage, demo},
		{"licenses", "print the licences of what is in the program", "usage: regexdbg licenses\n", noArguments("licenses", licenses)},
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
		return help(args[1:], stdout, stderr)
	case "-h", "-help", "--help":
		return help(nil, stdout, stderr)
	case "-version", "--version":
		fmt.Fprintf(stdout, "regexdbg %s\n", version())
		return exitMatch
	}
	if c, ok := find(args[0]); ok {
		if len(args) > 1 && (args[1] == "-h" || args[1] == "-help" || args[1] == "--help") {
			fmt.Fprint(stdout, c.usage)
			return exitMatch
		}
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
	if len(args) > 0 {
		c, ok := find(args[0])
		if !ok {
			fmt.Fprintf(stderr, "regexdbg: there is no command %q\n", args[0])
			if near := nearest(args[0]); near != "" {
				fmt.Fprintf(stderr, "Did you mean regexdbg help %s?\n", near)
			}
			return exitUsage
		}
		fmt.Fprint(stdout, c.usage)
		return exitMatch
	}
	fmt.Fprint(stdout, "regexdbg debugs regular expressions on the engines that will run them.\n\n"+
		"usage: regexdbg [COMMAND] [ARGUMENTS]\n"+
		"       regexdbg FILE          open FILE in the browser\n\ncommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(stdout, "  %-9s %s\n", c.name, c.summary)
	}
	fmt.Fprintf(stdout, "  %-9s %s\n", "help", "say all about a command: regexdbg help match")
	fmt.Fprint(stdout, "\nregexdbg --version prints the version.\n\n"+
		"Exit status: 0 matched or done, 1 no match, 2 bad usage or bad pattern,\n3 timeout or limit, 130 interrupted.\n")
	return exitMatch
}

// nearest returns the command that somebody may have meant, or "".
func nearest(name string) string {
	best, least := "", 3 // so many wrong letters cannot be a slip
	for _, c := range append(commands(), command{name: "help"}) {
		if d := distance(name, c.name); d < least && d < len(c.name)-1 {
			best, least = c.name, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
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
		if len(args) > 0 {
			return usageError(stderr, name, "%s takes no arguments", name)
		}
		return run(stdout, stderr)
	}
}

// parseFlags parses flags before, between and after the arguments, which it
// returns; what follows -- is arguments. It reports an error itself.
func parseFlags(flags *flag.FlagSet, args []string, stderr io.Writer) (arguments []string, ok bool) {
	flags.SetOutput(io.Discard)
	for {
		if err := flags.Parse(args); err != nil {
			message := strings.Replace(err.Error(), "flag provided but not defined:", "there is no flag", 1)
			usageError(stderr, flags.Name(), "%s (put -- before a pattern that starts with -)", message)
			return nil, false
		}
		rest := flags.Args()
		if len(rest) == 0 {
			return arguments, true
		}
		if parsed := len(args) - len(rest); parsed > 0 && args[parsed-1] == "--" {
			return append(arguments, rest...), true
		}
		arguments = append(arguments, rest[0])
		args = rest[1:]
	}
}

// usageError says what is wrong with the arguments of a command.
func usageError(stderr io.Writer, command, format string, args ...any) int {
	fmt.Fprintf(stderr, "regexdbg: "+format+"\nRun regexdbg help %s for its usage.\n", append(args, command)...)
	return exitUsage
}
