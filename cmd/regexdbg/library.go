package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/library"
)

const libraryUsage = `usage: regexdbg library [list] [--db FILE] [WORD ...]
       regexdbg library export [--db FILE] [FILE|-]
       regexdbg library import [--db FILE] [FILE|-]

Lists the entries that were saved in the page, or writes or reads all of them
as one text file, with every version.

  list    a line for each entry: its id, flavor, flags, name and pattern; with
          WORDs, those that have all of them, or parts of them, in their name,
          tags, description, pattern or the beginning of their text
  export  writes the library; - is standard output, as is no FILE. Where there is
          no library it writes nothing, so that no archive is lost to an empty one
  import  adds what a file has and the library has not: all of it, or nothing
          when the file is damaged; - is standard input, as is no FILE

  --db FILE  the library; the default is where regexdbg serve keeps it
`

// libraryCommand lists, writes or reads the library.
func libraryCommand(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("library", flag.ContinueOnError)
	db := flags.String("db", "", "")
	arguments, exit, ok := parseFlags(flags, args, stdout, stderr)
	if !ok {
		return exit
	}
	l, err := libraryAt(*db)
	if err != nil {
		return status(err, stderr)
	}
	verb, rest := "list", arguments
	if len(arguments) > 0 {
		switch arguments[0] {
		case "list", "export", "import":
			verb, rest = arguments[0], arguments[1:]
		}
	}
	switch {
	case verb == "list":
		exit, err = listLibrary(l, strings.Join(rest, " "), stdout)
		if err == nil && exit == exitNoMatch {
			nothingSaved(arguments, rest, stderr)
		}
	case len(rest) > 1:
		return usageError(stderr, "library", "%s takes one FILE, and got %d", verb, len(rest))
	case verb == "export":
		err = exportLibrary(l, rest, stdout, stderr)
	default:
		err = importLibrary(l, rest, stdin, stdout)
	}
	if closeErr := l.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return status(err, stderr)
	}
	return exit
}

// nothingSaved says that a list is empty.
func nothingSaved(arguments, words []string, stderr io.Writer) {
	if len(words) == 0 {
		fmt.Fprintln(stderr, "regexdbg: nothing is saved in this library (the page saves with Ctrl+S; --db names another library)")
		return
	}
	fmt.Fprintf(stderr, "regexdbg: no entry of the library has %q\n", strings.Join(words, " "))
	if near := flavor.Nearest(arguments[0], []string{"list", "export", "import"}); len(words) == len(arguments) && near != "" {
		fmt.Fprintf(stderr, "Did you mean regexdbg library %s?\n", near)
	}
}

// count is a number of things in words, such as "1 entry".
func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// libraryAt is the library in the file that a user named, or the user's own for "".
func libraryAt(path string) (*library.Library, error) {
	if path == "" {
		var err error
		if path, err = library.DefaultPath(); err != nil {
			return nil, fmt.Errorf("there is no place for a library (name one with --db): %w", err)
		}
	}
	return library.At(path), nil
}

func listLibrary(l *library.Library, words string, stdout io.Writer) (int, error) {
	shown := 0
	for {
		list, err := l.Find(context.Background(), library.Filter{Words: words, Skip: shown})
		if err != nil {
			return 0, err
		}
		for _, r := range list.Rows {
			pattern := fmt.Sprintf("%q", r.Pattern)
			if r.Cut {
				pattern += "…"
			}
			fmt.Fprintf(stdout, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Flavor, r.Flags, r.Name, pattern)
		}
		shown += len(list.Rows)
		switch {
		case shown < list.Total && len(list.Rows) > 0:
		case shown == 0:
			return exitNoMatch, nil
		default:
			return exitMatch, nil
		}
	}
}

func exportLibrary(l *library.Library, files []string, stdout, stderr io.Writer) error {
	if _, err := os.Stat(l.Path()); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no library at %q, and nothing is written (the page makes one when it saves, with Ctrl+S; --db names another library)", l.Path())
	}
	if len(files) == 0 || files[0] == "-" {
		_, err := l.Export(context.Background(), stdout)
		return err
	}
	// Whole or not at all: an archive that was there before is not lost to a full disk.
	part, err := os.CreateTemp(filepath.Dir(files[0]), filepath.Base(files[0])+".*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(part.Name()) }() // it has another name by then, or is of no use
	n, err := l.Export(context.Background(), part)
	if err == nil {
		err = part.Sync()
	}
	if closeErr := part.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	if err := os.Rename(part.Name(), files[0]); err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%s written to %s.\n", count(n, "entry", "entries"), files[0])
	return nil
}

func importLibrary(l *library.Library, files []string, stdin io.Reader, stdout io.Writer) error {
	from := stdin
	if len(files) > 0 && files[0] != "-" {
		file, err := os.Open(files[0])
		if err != nil {
			return err
		}
		defer file.Close()
		from = file
	}
	done, err := l.Import(context.Background(), from)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%s new, %d changed, %d there already.\n", count(done.New, "entry is", "entries are"), done.Changed, done.Same)
	return err
}
