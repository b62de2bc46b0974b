package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

// web is a server of pages on this machine, until it is interrupted.
type web struct {
	addr string // where to listen
	open bool   // in the default browser
	page string // below the server's address, "" for its first page
	what string // what one finds at the address, such as "regexdbg is"

	// start makes the handler once the address is known to be free. shutdown
	// closes what http.Server does not know: the pages' websockets.
	start func() (handler http.Handler, shutdown func(context.Context) error)
}

// serve listens, says where, and serves. It returns the exit status.
func (w web) serve(stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var listener net.Listener
	_, _, err := net.SplitHostPort(w.addr) // "" would be any port of all addresses
	if err == nil {
		listener, err = net.Listen("tcp", w.addr)
	}
	if err != nil {
		if bad, ok := errors.AsType[*net.AddrError](err); ok {
			err = fmt.Errorf("--addr has to be HOST:PORT, such as 127.0.0.1:7331, and is %q: %s", w.addr, bad.Err)
		}
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
		if errors.Is(err, syscall.EADDRINUSE) {
			fmt.Fprintln(stderr, "Another program has this port, perhaps another regexdbg. Choose one with --addr, such as --addr 127.0.0.1:0 for any free port.")
		}
		return exitUsage
	}
	handler, shutdown := w.start()
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	address := browserAddress(listener.Addr()) + w.page
	fmt.Fprintf(stdout, "%s at %s (stop with Ctrl-C)\n", w.what, address)
	if tcp, ok := listener.Addr().(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		fmt.Fprintf(stderr, "regexdbg: warning: %s is reachable from other machines, and nobody has to log in. It answers to the host names that it was told to, besides localhost's.\n", w.addr)
	}
	if w.open {
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
	if err := errors.Join(shutdown(ended), server.Shutdown(ended)); err != nil {
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
	}
	return exitMatch
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
