// Package guard keeps other web pages away from a server on this machine: who
// may ask (Host), who may connect (Origin), and what a page may do (its content
// security policy).
package guard

import (
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// HostAllowed reports whether the request's Host header names this machine, or
// a host that the options allow.
func HostAllowed(header string, allowed []string) bool {
	host := Hostname(header)
	if strings.EqualFold(host, "localhost") {
		return true
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Unmap().IsLoopback() {
		return true
	}
	return slices.ContainsFunc(allowed, func(a string) bool {
		return a == "*" || strings.EqualFold(a, host)
	})
}

// Hostname strips the port and the brackets of an IPv6 address.
func Hostname(header string) string {
	if host, _, err := net.SplitHostPort(header); err == nil {
		return host
	}
	return strings.TrimSuffix(strings.TrimPrefix(header, "["), "]")
}

// OriginAllowed reports whether a websocket may be opened from where the
// request comes from. Programs that are not browsers send no Origin; they are
// not what the check is against, since they act for nobody else.
func OriginAllowed(r *http.Request, allowed []string) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || slices.Contains(allowed, origin) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// Policy lets the page use its own files, its own socket, workers of its own, and
// the style elements that carry nonce (CodeMirror makes them), and nothing
// else: no inline script, no frame, no form, no other host.
//
// Some browsers do not take a websocket of the same host for 'self', so it is
// named, unless the Host header holds what would mean something in a policy.
func Policy(host, nonce string) string {
	socket := ""
	if !strings.ContainsFunc(host, func(r rune) bool { return !strings.ContainsRune(hostRunes, r) }) {
		socket = fmt.Sprintf(" ws://%s wss://%s", host, host)
	}
	return fmt.Sprintf("default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'nonce-%s'; "+
		"img-src 'self' data:; manifest-src 'self'; connect-src 'self'%s; "+
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'", nonce, socket)
}

// FilePolicy is for what is no page: a worker may start another one of the same
// server, and nothing else is taken from anywhere.
const FilePolicy = "default-src 'none'; worker-src 'self'"

// hostRunes are what host names, addresses and ports consist of.
const hostRunes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]"

// Admit sets the headers of an answer and reports whether to go on with the
// request; if not, because of its host or its method, it has answered.
func Admit(w http.ResponseWriter, r *http.Request, hosts []string) bool {
	SetHeaders(w.Header())
	if !HostAllowed(r.Host, hosts) {
		http.Error(w, "regexdbg: the host "+Hostname(r.Host)+" is not one of this server's.\n"+
			"Open it as localhost, or have its owner allow the name (serve --host NAME, or Options.Hosts).", http.StatusForbidden)
		return false
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "regexdbg: only GET and HEAD", http.StatusMethodNotAllowed)
		return false
	}
	return true
}

// SetHeaders says what a browser may do with anything that comes from here.
func SetHeaders(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// NewNonce is for one answer's policy: 128 random bits.
func NewNonce() string { return rand.Text() }
