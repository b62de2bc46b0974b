package main

import (
	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
)

// hello measures the smallest honest HTTP/1.1 server on the loop's streams, the
// twin of that in asyncio_bench.py.
func hello() {
	const body = "Hello, world\n"
	answer := []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\n" + body)
	result := onLoop(func(t *eventloop.Task) (served, error) {
		server, err := eventloop.StartServer(t, "tcp", "127.0.0.1:0", func(_ *eventloop.Task, c *eventloop.Conn) {
			reader := eventloop.NewStreamReader(c, 0)
			for {
				if _, err := reader.ReadUntil([]byte("\r\n\r\n")); err != nil {
					return
				}
				if _, err := c.Write(answer); err != nil {
					return
				}
			}
		})
		if err != nil {
			return served{}, err
		}
		defer server.Close()
		pool := executor.New(executor.Options{})
		load := eventloop.RunInExecutor(t.Loop(), pool, loadJob(server.Addr()))
		return load.Await(t)
	})
	result.say()
}

// connections measures the memory of n accepted connections whose tasks wait
// for a byte.
func connections(n int) {
	memory := onLoop(func(t *eventloop.Task) (int64, error) {
		enough := eventloop.NewEvent(t.Loop())
		accepted := 0
		server, err := eventloop.StartServer(t, "tcp", "127.0.0.1:0", func(_ *eventloop.Task, c *eventloop.Conn) {
			if accepted++; accepted == n {
				enough.Set()
			}
			_, _ = c.Read(make([]byte, 1))
		})
		if err != nil {
			return 0, err
		}
		defer server.Close()
		before := residentBytes()
		client := startClient("connect", server.Addr(), n)
		err = enough.Wait(t)
		memory := residentBytes() - before
		client.stop()
		return memory, err
	})
	say("10,000 idle connections: memory each", float64(memory)/float64(n), "B")
}
