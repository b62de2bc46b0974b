package eventloop

import (
	"crypto/tls"
	"time"
)

// tlsCloseWait bounds the farewell of a TLS connection whose peer does not read.
const tlsCloseWait = 5 * time.Second

// TLSConn is TLS over a connection of the loop, a net.Conn under the same rules as [Conn]:
// one task reads while another one writes.
//
// crypto/tls holds locks while it writes to its transport, which a task must not do across
// an await: a reader that has to answer a key update, or to send an alert, would stop the
// loop for good. So tls.Conn writes into a buffer here, and what it wrote is sent when it
// has returned.
//
// A cancelled or late Write reports all of its data as written: they are encrypted and in
// the buffer, and go out before those of the next Write.
type TLSConn struct {
	*tls.Conn
	raw  *Conn
	link *tlsLink
}

// TLSClient shakes hands as a client on c. cfg needs a ServerName or InsecureSkipVerify, as
// for crypto/tls. On an error c is closed. The arithmetic of a handshake, some 0.1 ms to
// 1 ms, runs on the loop.
func TLSClient(t *Task, c *Conn, cfg *tls.Config) (*TLSConn, error) {
	return shakeHands(t, c, func(link *tlsLink) *tls.Conn { return tls.Client(link, cfg) })
}

// TLSServer shakes hands as a server on c, see [TLSClient].
func TLSServer(t *Task, c *Conn, cfg *tls.Config) (*TLSConn, error) {
	return shakeHands(t, c, func(link *tlsLink) *tls.Conn { return tls.Server(link, cfg) })
}

func shakeHands(t *Task, c *Conn, wrap func(*tlsLink) *tls.Conn) (*TLSConn, error) {
	if t == nil || c.loop.current != t {
		c.Close()
		return nil, ErrNotCurrent
	}
	link := &tlsLink{Conn: c, direct: true}
	tc := &TLSConn{Conn: wrap(link), raw: c, link: link}
	// Handshake, not HandshakeContext: that may close the connection on another goroutine.
	// It is done here so that no two tasks ever meet in it.
	err := tc.Conn.Handshake()
	if err != nil {
		c.Close()
		return nil, err
	}
	link.direct = false
	return tc, nil
}

// tlsLink is the transport of a tls.Conn.
type tlsLink struct {
	*Conn
	direct   bool // during the handshake only one task is here, and it may park
	flushing bool
	out      []byte
	spare    []byte
}

const (
	// tlsPart is how much of a Write is encrypted before it is sent.
	tlsPart = 64 << 10

	// tlsKeep bounds the buffers that an idle connection keeps.
	tlsKeep = 16 << 10
)

func (k *tlsLink) Write(p []byte) (int, error) {
	if k.direct || k.closed {
		return k.Conn.Write(p)
	}
	k.out = append(k.out, p...)
	return len(p), nil
}

// SetWriteDeadline is called by tls.Conn for its own farewell, which does not wait here.
func (k *tlsLink) SetWriteDeadline(time.Time) error { return nil }

// flush sends what tls.Conn has written. When another task is at it, that one goes on
// until nothing is left.
func (k *tlsLink) flush() error {
	if k.flushing {
		return nil
	}
	k.flushing = true
	defer func() { k.flushing = false }()
	for len(k.out) > 0 {
		batch := k.out
		k.out, k.spare = k.spare[:0], nil
		n, err := k.Conn.Write(batch)
		if err != nil {
			k.out = append(batch[n:], k.out...)
			return err
		}
		if cap(batch) <= tlsKeep {
			k.spare = batch[:0]
		}
	}
	return nil
}

// tryFlush is flush for a reader: it must not take the writer's place while it is parked.
// What the socket does not take goes out with the next Write.
func (k *tlsLink) tryFlush() {
	if k.flushing || len(k.out) == 0 {
		return
	}
	n, _ := k.tryWrite(k.out)
	k.out = k.out[n:]
}

// Read reads decrypted data, as [Conn.Read] does.
func (c *TLSConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.link.tryFlush()
	return n, err
}

// Write encrypts p and sends it, as [Conn.Write] does.
func (c *TLSConn) Write(p []byte) (n int, err error) {
	if c.raw.sides[writing].busy {
		return 0, c.raw.opError("write", ErrBusy)
	}
	for {
		part := p[n:min(len(p), n+tlsPart)]
		m, err := c.Conn.Write(part)
		n += m
		if err == nil {
			err = c.link.flush()
		}
		if err != nil || n == len(p) {
			return n, err
		}
	}
}

// SetDeadline sets both deadlines, see [Conn.SetReadDeadline].
func (c *TLSConn) SetDeadline(t time.Time) error { return c.raw.SetDeadline(t) }

// SetWriteDeadline sets the deadline of Writes, see [Conn.SetReadDeadline].
func (c *TLSConn) SetWriteDeadline(t time.Time) error { return c.raw.SetWriteDeadline(t) }

// CloseWrite sends the end of the encrypted stream; reading goes on.
func (c *TLSConn) CloseWrite() error {
	if err := c.Conn.CloseWrite(); err != nil {
		return err
	}
	return c.link.flush()
}

// Close says farewell to the peer and closes the connection. A task waits up to 5 s for a
// peer that does not read; a callback does not.
func (c *TLSConn) Close() error {
	if !c.raw.closed && !c.raw.sides[writing].busy {
		_ = c.Conn.CloseWrite() // the peer may be gone
		_ = c.raw.SetWriteDeadline(time.Now().Add(tlsCloseWait))
		_ = c.link.flush()
	}
	return c.raw.Close()
}

// NetConn returns the connection below.
func (c *TLSConn) NetConn() *Conn { return c.raw }
