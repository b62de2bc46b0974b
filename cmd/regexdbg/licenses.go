package main

import (
	"embed"
	"fmt"
	"io"
	"io/fs"

	"github.com/regexdbg/regexdbg/assets"
)

// The licences of what is linked into the binary, one file a module named by
// its path with "_" for "/", each a copy of the module's own LICENSE files (and
// ATTRIB); go.txt is that of Go's standard library and runtime.
//
//go:embed licenses/*.txt
var licenseFiles embed.FS

const licensesUsage = `usage: regexdbg licenses

Prints the licence of regexdbg's parts that others have written, of the program and of
the page in it.
`

// pageLicenses is the file that the page's build makes of what it bundles.
const pageLicenses = "THIRD_PARTY_LICENSES.txt"

// licenses prints the notices of everything that the binary contains of others.
func licenses(stdout, stderr io.Writer) int {
	names, err := fs.Glob(licenseFiles, "licenses/*.txt")
	if err != nil {
		panic(err) // the pattern is constant
	}
	fmt.Fprint(stdout, "regexdbg is under the MIT licence. It contains the following works of others.\n")
	for _, name := range names {
		if err := printLicense(stdout, licenseFiles, name); err != nil {
			fmt.Fprintf(stderr, "regexdbg: %v\n", err)
			return exitUsage
		}
	}
	if err := printLicense(stdout, assets.Dist(), pageLicenses); err != nil {
		fmt.Fprintf(stderr, "regexdbg: %v\n", err)
		return exitUsage
	}
	return exitMatch
}

func printLicense(w io.Writer, files fs.FS, name string) error {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\n==== %s ====\n\n%s", name, text)
	return err
}
