// Package assets holds the page: TypeScript in src/, built by build.mjs into
// dist/, which is committed and embedded here, so that building the Go program
// needs neither Node nor a network.
//
// index.html contains the literal __NONCE__ in a meta element. Whoever serves it
// replaces that by the nonce of the response's Content-Security-Policy, which
// CodeMirror puts on the style elements it makes. All addresses in it are
// relative: the page may be mounted under any prefix that ends in a slash.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed dist
var files embed.FS

// Nonce is the text in index.html that stands for the nonce.
const Nonce = "__NONCE__"

// Dist returns the files of the page: index.html and what it refers to.
func Dist() fs.FS {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		panic(err) // "dist" is a constant and a valid path
	}
	return dist
}
