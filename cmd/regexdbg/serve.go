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
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/library"
	"github.com/regexdbg/regexdbg/ui"
)

const serveUsage = `usage: regexdbg [serve] [--addr 127.0.0.1:7331] [--open] [--runtimes LIST] [--db FILE]
                        [--debug-steps N] [FILE|-]

Serves the tool to a browser and prints its address. FILE, or standard input
for -, becomes the test text; its bytes are taken as they are. One that the page
has saved, NAME.regexdbg.json, is opened with its pattern and all that is in it.

  --addr HOST:PORT  where to listen; port 0 takes any free one
  --open            open the page in the default browser
  --host NAMES      host names, separated by commas, under which browsers may
                    reach the server besides localhost ("*" for any)
  --origin URLS     origins, separated by commas, whose pages may connect
                    besides the server's own
  --runtimes LIST   which local runtimes to use, with commas between them: all,
                    none, languages such as python, programs such as python3.13,
                    paths of programs. The default is all where only this machine
                    reaches the server, and none elsewhere
  --db FILE         where the library of saved patterns is, :memory: to keep
                    nothing, or none. The default is regexdbg/library.db in the
                    user's data directory where only this machine reaches the
                    server, and none elsewhere. Nothing is written before
                    something is saved
  --debug-steps N   how many steps the debugger runs a pattern for before it
                    stops and asks whether to go on, to ten times as many each
                    time and 10^12 at most. The default is 1000000000

The server is for this machine: it listens on loopback, and refuses requests
for other host names. Whoever reaches it can keep its CPUs busy.
`

// serve runs the server until it is interrupted.
func serve(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	limits := ui.DefaultLimits()
	addr := flags.String("addr", "127.0.0.1:7331", "")
	open := flags.Bool("open", false, "")
	hosts := flags.String("host", "", "")
	origins := flags.String("origin", "", "")
	runtimes := runtimesFlag(flags, "")
	db := flags.String("db", "", "")
	debugSteps := flags.Int64("debug-steps", limits.DebugSteps, "")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	if !ok {
		return exit
	}
	if limits.DebugSteps = *debugSteps; *debugSteps < 1 || *debugSteps > limits.MaxDebugSteps {
		return usageError(stderr, "serve", "--debug-steps is a number from 1 to %d", limits.MaxDebugSteps)
	}
	if len(arguments) > 1 {
		return usageError(stderr, "serve", "serve takes one FILE, and got %d arguments", len(arguments))
	}
	var file *ui.File
	if len(arguments) == 1 {
		var err error
		if file, err = readFile(arguments[0], stdin, limits.TextBytes); err != nil {
			exit := status(err, stderr)
			if errors.Is(err, errTooLong) {
				exit = exitLimit
			}
			return exit
		}
	}

	off := byDefault(*addr, runtimes, db)
	engines, closeEngines, err := localEngines(*runtimes)
	if err != nil {
		return status(err, stderr)
	}
	defer closeEngines()
	var saved *library.Library
	if *db != "none" {
		if saved, err = libraryAt(*db); err != nil {
			return status(err, stderr)
		}
		defer func() { _ = saved.Close() }() // what it has acknowledged is written
	}

	floor := heapFloor()
	defer runtime.KeepAlive(floor)
	return web{
		addr: *addr, open: *open, what: "regexdbg is",
		start: func() (http.Handler, func(context.Context) error) {
			if len(off) > 0 {
				fmt.Fprintf(stderr, "regexdbg: since other machines may reach it, it %s\n", strings.Join(off, " and "))
			}
			pool := ui.NewPool()
			executor.RaiseMaxProcs(pool)
			tool := ui.Handler(ui.Options{
				Engines: engines, Pool: pool, File: file, Library: saved, Limits: limits, Version: version(),
				Hosts: splitList(*hosts), Origins: splitList(*origins),
			})
			return tool, func(ctx context.Context) error {
				err := tool.Shutdown(ctx)
				// Searches that ignore their cancellation end with the process.
				ended, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
				defer cancel()
				_ = pool.Shutdown(ended, executor.CancelAll)
				return err
			}
		},
	}.serve(stdout, stderr)
}

// byDefault sets what --runtimes and --db leave open, and says what the server goes without
// because other machines may reach it.
func byDefault(addr string, runtimes, db *string) (off []string) {
	local := onLoopback(addr)
	if *runtimes == "" && local {
		*runtimes = "all"
	} else if *runtimes == "" {
		off = append(off, "runs no local runtimes (see --runtimes)")
	}
	if *db == "" && !local {
		*db = "none"
		off = append(off, "has no library (see --db)")
	}
	return off
}

// onLoopback says whether an address to listen at is reached from this machine
// only, as far as it can be told without asking for the meaning of a name.
func onLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

var errTooLong = errors.New("the most that the page takes")

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
		return nil, err
	}
	if len(data) > limit {
		return nil, fmt.Errorf("%s has more than %d MiB, which is %w; "+
			"cut it (head -c %d), or search it with `regexdbg match`, which has no such limit", label, limit>>20, errTooLong, limit)
	}
	return &ui.File{Name: label, Bytes: data}, nil
}

func splitList(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
