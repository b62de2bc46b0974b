package main

import (
	"context"
	"flag"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/regexdbg/regexdbg/ui/demos"
)

const demoUsage = `usage: regexdbg demo [--addr 127.0.0.1:7332] [--open] [NAME]

Serves the demos of the event loop to a browser and prints their address, or
that of the demo NAME. Each shows a small program, runs it, and draws which task
or thread ran when.

  --addr HOST:PORT  where to listen; port 0 takes any free one
  --open            open the page in the default browser
`

// demo serves the demos until it is interrupted.
func demo(args []string, _ io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:7332", "")
	open := flags.Bool("open", false, "")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	if !ok {
		return exit
	}
	page := ""
	switch {
	case len(arguments) > 1:
		return usageError(stderr, "demo", "demo takes one NAME, and got %d arguments", len(arguments))
	case len(arguments) == 1:
		if !slices.Contains(demos.Names(), arguments[0]) {
			return usageError(stderr, "demo", "there is no demo %q (there are: %s)", arguments[0], strings.Join(demos.Names(), ", "))
		}
		page = arguments[0] + "/"
	}

	return web{
		addr: *addr, open: *open, page: page, what: "The demos are",
		start: func() (http.Handler, func(context.Context) error) {
			tool := demos.New(demos.Options{})
			return tool, tool.Shutdown
		},
	}.serve(stdout, stderr)
}
