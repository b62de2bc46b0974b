package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

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

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
		if errors.Is(err, syscall.EADDRINUSE) {
			fmt.Fprintln(stderr, "Choose another port with --addr, such as --addr 127.0.0.1:0 for any free one.")
		}
		return exitUsage
	}
	tool := demos.New(demos.Options{})
	server := &http.Server{Handler: tool, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	address := browserAddress(listener.Addr()) + page
	fmt.Fprintf(stdout, "The demos are at %s (stop with Ctrl-C)\n", address)
	if *open {
		if err := openBrowser(address); err != nil {
			fmt.Fprintf(stderr, "regexdbg: cannot open a browser (%v); open the address yourself\n", err)
		}
	}

	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
		return exitUsage
	case <-ctx.Done():
	}
	stop() // a second interrupt ends the program at once
	ended, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := errors.Join(tool.Shutdown(ended), server.Shutdown(ended)); err != nil {
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
	}
	return exitMatch
}
