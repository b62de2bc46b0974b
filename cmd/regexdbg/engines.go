package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
)

const enginesUsage = `usage: regexdbg engines [--json] [--runtimes LIST]

Lists the flavors, their flags, and the engines that run them, with the versions
that this machine has, or how to get those that it does not have. The first
engine of a flavor is the one that is used.

  --json           one JSON array of objects: flavor, aliases, flags, name, version,
                   note, available, and for an engine that is missing how to get it
                   (missing)
  --runtimes LIST  which local runtimes to look for, with commas between them: all
                   (the default), none, languages such as python, programs such as
                   python3.13, paths of programs
`

// engineRow is one engine as engines --json prints it.
type engineRow struct {
	engine.Info
	Aliases   []string `json:"aliases"`
	Flags     string   `json:"flags"`
	Available bool     `json:"available"`
	Missing   string   `json:"missing,omitempty"`
}

func engines(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("engines", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "")
	runtimes := runtimesFlag(flags, "all")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	if !ok {
		return exit
	}
	if len(arguments) > 0 {
		return usageError(stderr, "engines", "engines takes no arguments")
	}
	registry, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()
	rows := []engineRow{}
	for _, e := range registry.Entries() {
		row := engineRow{Info: e.Info, Available: e.Engine != nil, Missing: e.Missing}
		if f, err := flavor.Lookup(e.Info.Flavor); err == nil {
			row.Aliases = f.Aliases
			for _, flag := range f.Flags {
				row.Flags += string(flag.Letter)
			}
		}
		rows = append(rows, row)
	}
	if *asJSON {
		out := json.NewEncoder(stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return status(out.Encode(rows), stderr)
	}
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FLAVOR\tALIASES\tFLAGS\tENGINE\tVERSION\tNOTE")
	for _, row := range rows {
		note := row.Note
		if !row.Available {
			note = "missing: " + row.Missing
		}
		fmt.Fprintln(table, strings.TrimRight(strings.Join([]string{
			row.Flavor, strings.Join(row.Aliases, ","), row.Flags, row.Name, row.Version, note,
		}, "\t"), "\t"))
	}
	return status(table.Flush(), stderr)
}

// status is the exit status of a command that has only to write.
func status(err error, stderr io.Writer) int {
	if err != nil {
		fmt.Fprintf(stderr, "regexdbg: %v\n", fileProblem(err))
		return exitUsage
	}
	return exitMatch
}
