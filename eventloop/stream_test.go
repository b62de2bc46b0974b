//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package eventloop

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"net"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestStreamReader(t *testing.T) {
	on(t, "lines, blocks and separators, however they come", func(e *env) {
		for _, wrap := range []func(io.Reader) io.Reader{
			func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.DataErrReader,
		} {
			r := NewStreamReader(wrap(strings.NewReader("one\ntwo\r\n12345a--b--\n\nrest")), 10)
			is := func(want string) func(b []byte, err error) {
				return func(b []byte, err error) {
					e.Helper()
					e.ok(err)
					e.true(string(b) == want, want)
				}
			}
			is("one\n")(r.ReadLine())
			is("two\r\n")(r.ReadLine())
			is("12345")(r.ReadExactly(5))
			is("a--")(r.ReadUntil([]byte("--")))
			is("b--")(r.ReadUntil([]byte("--")))
			is("\n")(r.ReadLine())
			is("\n")(r.ReadLine())
			is("rest")(r.ReadLine())
			_, err := r.ReadLine()
			e.is(err, io.EOF)
			e.true(r.AtEOF(), "at its end")
			is("")(r.ReadExactly(0))
		}
	})
	on(t, "limits", func(e *env) {
		r := NewStreamReader(strings.NewReader("0123456789\n01234567890\nx;y"), 10)
		b, err := r.ReadLine()
		e.true(len(b) == 11 && err == nil, "the limit itself is allowed")
		_, err = r.ReadUntil([]byte{'\n'})
		e.is(err, ErrLimit)
		_, err = r.ReadLine()
		e.is(err, ErrLimit)
		b, err = r.ReadUntil([]byte{';'})
		e.true(string(b) == "x;" && err == nil, "ReadLine has dropped it, ReadUntil had not")
		_, err = r.ReadUntil(nil)
		e.true(err != nil, "an empty separator")
		_, err = r.ReadExactly(-1)
		e.true(err != nil, "a negative count")
		var inc *IncompleteError
		_, err = r.ReadExactly(5)
		e.true(errors.As(err, &inc) && string(inc.Partial) == "y" && inc.Expected == 5, "incomplete")
		e.is(err, io.ErrUnexpectedEOF)
		_, err = r.ReadUntil([]byte("zz"))
		e.true(errors.As(err, &inc) && len(inc.Partial) == 0, "nothing left")
		e.true(NewStreamReader(nil, 0).limit == 64<<10, "asyncio's default")
	})
	on(t, "an error in between loses nothing", func(e *env) {
		r := NewStreamReader(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("ab\n"))), 0)
		_, err := r.ReadLine()
		e.is(err, iotest.ErrTimeout)
		b, err := r.ReadLine()
		e.true(string(b) == "ab\n" && err == nil, "goes on")
		b, err = r.ReadAll()
		e.true(len(b) == 0 && err == nil, "the end")
	})
}

func TestStreamWriter(t *testing.T) {
	conns(t, "flow control against a slow reader", func(e *env, t *Task, a, b *Conn) {
		const n, size = 400, 32 << 10
		w := NewStreamWriter(e.l, a)
		most := 0
		reader := e.spawn("reader", func(t *Task) error {
			e.ok(Sleep(t, time.Millisecond))
			got, err := io.ReadAll(b)
			e.true(len(got) == n*size, "all of it")
			for i := range n {
				if got[i*size] != byte(i) {
					e.Errorf("block %d is out of order", i)
					break
				}
			}
			return err
		})
		for i := range n {
			_, err := w.Write(bytes.Repeat([]byte{byte(i)}, size))
			e.ok(err)
			most = max(most, w.Buffered())
			e.ok(w.Drain(t))
		}
		e.true(most <= highWater+size, "the buffer is bounded")
		e.true(most > 0, "it was used")
		e.ok(w.WriteEOF())
		_, err := reader.Await(t)
		e.ok(err)
		_, err = w.Write([]byte("x"))
		e.is(err, io.ErrClosedPipe)
		w.Close()
		w.Close()
		e.true(w.Closing(), "closing")
		e.ok(w.WaitClosed(t))
	})
	conns(t, "Close sends what there is, Abort does not", func(e *env, t *Task, a, b *Conn) {
		w := NewStreamWriter(e.l, a)
		w.Write(make([]byte, 8<<20))
		w.Close()
		n, err := io.Copy(io.Discard, b)
		e.true(n == 8<<20 && err == nil, "all of it")
		e.ok(w.WaitClosed(t))
		c, d := e.pair(t)
		w = NewStreamWriter(e.l, c)
		w.Write(make([]byte, 64<<20))
		w.Abort()
		e.is(w.WaitClosed(t), net.ErrClosed)
		n, _ = io.Copy(io.Discard, d)
		e.true(n < 64<<20, "cut")
	})
	conns(t, "Drain tells of a peer that is gone, and can be cancelled", func(e *env, t *Task, a, b *Conn) {
		w := NewStreamWriter(e.l, a)
		w.SetLimits(0, 5)
		w.Write(make([]byte, 64<<20))
		e.is(WithTimeout(t, time.Millisecond, func() error { return w.Drain(t) }), ErrTimeout)
		e.ok(b.Close())
		e.true(w.Drain(t) != nil, "an error")
		_, err := w.Write([]byte("x"))
		e.true(err != nil, "the same from Write")
		e.is(w.Drain(nil), ErrNotCurrent)
		w.Abort()
		e.true(w.WaitClosed(t) != nil, "still known")
	})
}

// certificate returns configurations of a server and of a client that trusts it.
func certificate(e *env) (server, client *tls.Config) {
	e.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	e.ok(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"loop.test"},
		BasicConstraintsValid: true, IsCA: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	e.ok(err)
	cert, err := x509.ParseCertificate(der)
	e.ok(err)
	roots := x509.NewCertPool()
	roots.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}},
		&tls.Config{RootCAs: roots, ServerName: "loop.test"}
}

// tlsPair is pair with a handshake between two tasks.
func (e *env) tlsPair(t *Task, a, b *Conn) (client, server *TLSConn) {
	e.Helper()
	sc, cc := certificate(e)
	task := Go(e.l, func(t *Task) (*TLSConn, error) { return TLSServer(t, b, sc) })
	client, err := TLSClient(t, a, cc)
	if err != nil {
		e.Fatal(err)
	}
	server, err = task.Await(t)
	e.ok(err)
	return client, server
}

func TestTLS(t *testing.T) {
	conns(t, "handshake and megabytes both ways at once", func(e *env, t *Task, a, b *Conn) {
		c, s := e.tlsPair(t, a, b)
		e.true(c.ConnectionState().HandshakeComplete && c.NetConn() == a, "state")
		data := bytes.Repeat([]byte("0123456789abcdef"), 1<<17) // 2 MiB
		var tasks []*TaskOf[int]
		for _, conn := range []*TLSConn{c, s} {
			tasks = append(tasks, e.spawn("writer", func(*Task) error {
				n, err := conn.Write(data)
				e.true(n == len(data), "all of it")
				return errors.Join(err, conn.CloseWrite())
			}), e.spawn("reader", func(*Task) error {
				got, err := io.ReadAll(conn)
				e.true(bytes.Equal(got, data), "all of it")
				return err
			}))
		}
		for _, task := range tasks {
			_, err := task.Await(t)
			e.ok(err)
		}
		e.ok(c.Close())
		e.ok(s.Close())
	})
	conns(t, "a reader that is cancelled or late goes on", func(e *env, t *Task, a, b *Conn) {
		c, s := e.tlsPair(t, a, b)
		one := make([]byte, 1)
		e.is(WithTimeout(t, time.Millisecond, func() error { _, err := c.Read(one); return err }), ErrTimeout)
		e.ok(c.SetReadDeadline(time.Now().Add(time.Millisecond)))
		_, err := c.Read(one)
		e.is(err, os.ErrDeadlineExceeded)
		e.ok(c.SetReadDeadline(time.Time{}))
		_, err = s.Write([]byte("x"))
		e.ok(err)
		n, err := c.Read(one)
		e.true(n == 1 && err == nil, "goes on")
		e.ok(s.Close())
		_, err = c.Read(one)
		e.is(err, io.EOF)
		e.ok(c.Close())
	})
	conns(t, "a writer that is cancelled goes on, and holds no lock while parked", func(e *env, t *Task, a, b *Conn) {
		c, s := e.tlsPair(t, a, b)
		data := make([]byte, 64<<20)
		n := 0
		task := e.spawn("writer", func(*Task) (err error) { n, err = c.Write(data); return err })
		for !a.sides[writing].busy || a.sides[writing].ready {
			e.ok(Yield(t))
		}
		_, err := c.Write([]byte("x"))
		e.is(err, ErrBusy)
		task.Cancel(nil)
		_, err = task.Await(t)
		e.is(err, ErrCancelled)
		reader := e.spawn("reader", func(*Task) error {
			m, err := io.Copy(io.Discard, s)
			e.true(int(m) == n+1, "no byte lost or twice")
			return err
		})
		_, err = c.Write([]byte("x"))
		e.ok(err)
		e.ok(c.Close())
		_, err = reader.Await(t)
		e.ok(err)
	})
	conns(t, "a certificate that is not trusted", func(e *env, t *Task, a, b *Conn) {
		sc, _ := certificate(e)
		task := Go(e.l, func(t *Task) (*TLSConn, error) { return TLSServer(t, b, sc) })
		_, err := TLSClient(t, a, &tls.Config{ServerName: "loop.test"})
		var bad *tls.CertificateVerificationError
		e.true(errors.As(err, &bad), "refused")
		_, err = task.Await(t)
		e.true(err != nil, "the server is told")
		e.true(a.closed && b.closed, "closed")
	})
	conns(t, "a handshake can be cancelled", func(e *env, t *Task, a, b *Conn) {
		err := WithTimeout(t, time.Millisecond, func() error {
			_, err := TLSClient(t, a, &tls.Config{ServerName: "loop.test"})
			return err
		})
		e.is(err, ErrTimeout)
		e.true(a.closed, "closed")
	})
	conns(t, "a stream writer over TLS", func(e *env, t *Task, a, b *Conn) {
		c, s := e.tlsPair(t, a, b)
		w := NewStreamWriter(e.l, c)
		w.Write([]byte("line\n"))
		w.Write(make([]byte, 1<<20))
		w.Close()
		r := NewStreamReader(s, 0)
		line, err := r.ReadLine()
		e.true(string(line) == "line\n" && err == nil, "line")
		rest, err := r.ReadAll()
		e.true(len(rest) == 1<<20 && err == nil, "rest")
		e.ok(w.WaitClosed(t))
	})
}
