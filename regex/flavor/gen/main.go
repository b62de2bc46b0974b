// Command gen writes docs/flavors.md from the feature table and from what it
// says of meanings: the page that answers what a flavor has.
package main

import (
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("flavor/gen: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: gen OUT.md")
	}
	if err := os.WriteFile(os.Args[1], page(), 0o644); err != nil {
		log.Fatal(err)
	}
}
