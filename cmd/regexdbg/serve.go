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
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/ui"
)

const serveUsage = `usage: regexdbg [serve] [--addr 127.0.0.1:7331] [--open] [FILE|-]

Serves the tool to a browser and prints its address. FILE, or standard input
for -, becomes the test text; its bytes are taken as they are.

  --addr HOST:PORT  where to listen; port 0 takes any free one
  --open            open the page in the default browser
  --host NAMES      host names, separated by commas, under which browsers may
                    reach the server besides localhost ("*" for any)
  --origin URLS     origins, separated by commas, whose pages may connect
                    besides the server's own

The server is for this machine: it listens on loopback, and refuses requests
for other host names. Whoever reaches it can keep its CPUs busy.
`

// serve runs the server until it is interrupted.
func serve(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:7331", "")
	open := flags.Bool("open", false, "")
	hosts := flags.String("host", "", "")
	origins := flags.String("origin", "", "")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	if !ok {
		return exit
	}
	if len(arguments) > 1 {
		return usageError(stderr, "serve", "serve takes one FILE, and got %d arguments", len(arguments))
	}
	limits := ui.DefaultLimits()
	var file *ui.File
	if len(arguments) == 1 {
		var err error
		if file, err = readFile(arguments[0], stdin, limits.TextBytes); err != nil {
			fmt.Fprintf(stderr, "regexdbg: %v\n", err)
			return exitUsage
		}
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
		if errors.Is(err, syscall.EADDRINUSE) {
			fmt.Fprintln(stderr, "Another program has this port, perhaps another regexdbg. Choose one with --addr, such as --addr 127.0.0.1:0 for any free port.")
		}
		return exitUsage
	}
	pool := ui.NewPool()
	executor.RaiseMaxProcs(pool)
	tool := ui.Handler(ui.Options{
		Pool: pool, File: file, Limits: limits, Version: version(),
		Hosts: splitList(*hosts), Origins: splitList(*origins),
	})
	server := &http.Server{Handler: tool, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	address := browserAddress(listener.Addr())
	fmt.Fprintf(stdout, "regexdbg is at %s (stop with Ctrl-C)\n", address)
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		fmt.Fprintf(stderr, "regexdbg: warning: %s is reachable from other machines, and nobody has to log in. Requests need a host that --host names.\n", *addr)
	}
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
	return shutDown(server, tool, pool, stderr)
}

// shutDown closes the pages' sockets first: http.Server does not know them.
func shutDown(server *http.Server, tool *ui.Server, pool *executor.Pool, stderr io.Writer) int {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	err := errors.Join(tool.Shutdown(ctx), server.Shutdown(ctx))
	if err != nil {
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
	}
	// Searches that ignore their cancellation end with the process.
	ended, cancelEnded := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancelEnded()
	_ = pool.Shutdown(ended, executor.CancelAll)
	return exitMatch
}

// readFile reads a test text of at most limit bytes.
func readFile(name string, stdin io.Reader, limit int) (*ui.File, error) {
	source, label := stdin, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		source, label = f, filepath.Base(name)
	}
	data, err := io.ReadAll(io.LimitReader(source, int64(limit)+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", label, err)
	}
	if len(data) > limit {
		return nil, fmt.Errorf("%s has more than %d MiB, which is the most that the page takes; "+
			"cut it (head -c %d), or search it with `regexdbg match`, which has no such limit", label, limit>>20, limit)
	}
	return &ui.File{Name: label, Bytes: data}, nil
}

// browserAddress is where a browser on this machine finds the listener.
func browserAddress(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

func openBrowser(address string) error {
	opener := exec.Command("xdg-open", address)
	switch runtime.GOOS {
	case "darwin":
		opener = exec.Command("open", address)
	case "windows":
		opener = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	}
	if err := opener.Start(); err != nil {
		return err
	}
	go opener.Wait() // or it stays a zombie
	return nil
}

func splitList(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
