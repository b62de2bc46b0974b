package ui_test

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"github.com/regexdbg/regexdbg/ui"
)

// Mount the tool in a server of your own, as one does with net/http/pprof.
func ExampleHandler() {
	tool := ui.Handler(ui.Options{})
	defer tool.Close()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "the program's own page")
	})
	mux.Handle("/debug/regex/", tool)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	server := &http.Server{Handler: mux}
	server.RegisterOnShutdown(func() { tool.Close() })
	go server.Serve(listener)

	response, err := http.Get("http://" + listener.Addr().String() + "/debug/regex/")
	if err != nil {
		fmt.Println(err)
		return
	}
	response.Body.Close()
	fmt.Println(response.Status)

	if err := server.Shutdown(context.Background()); err != nil {
		fmt.Println(err)
	}
	// Output: 200 OK
}
