package main

import (
	"io"
	"log"
	"net"
	"os"
	"os/exec"
	"strconv"
)

// connect opens n connections and keeps them until it is killed or its standard
// input ends.
func connect(address string, n int) error {
	conns := make([]net.Conn, n)
	for i := range conns {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		conns[i] = conn
	}
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// client is this program again, as a load on a server of the parent.
type client struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
}

func startClient(part string, address net.Addr, n int) *client {
	self, err := os.Executable()
	fail(err)
	cmd := exec.Command(self, part, strconv.Itoa(address.(*net.TCPAddr).Port), strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	fail(err)
	fail(cmd.Start())
	return &client{cmd, stdin}
}

func (c *client) stop() {
	_ = c.stdin.Close()
	_ = c.cmd.Wait()
}

func fail(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
