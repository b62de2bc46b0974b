package demos

import (
	"embed"
	"go/scanner"
	"go/token"
	"html/template"
	"strings"

	"github.com/regexdbg/regexdbg/ui/viol"
)

// sources are the files of the demos, as they were compiled.
//
//go:embed serial.go simultaneous.go wait_for_both.go as_completed.go run_in_executor.go
//go:embed call_soon_threadsafe.go regex.go chat.go fetch.go http_server.go
var sources embed.FS

func source(file string) string {
	data, err := sources.ReadFile(file)
	if err != nil {
		panic(err) // a demo whose file is not in the list above
	}
	return string(data)
}

// highlight marks up Go: comments, keywords, and literals.
func highlight(code string) template.HTML {
	var b strings.Builder
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), nil, scanner.ScanComments)
	done := 0
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			break
		}
		class := ""
		switch {
		case kind == token.COMMENT:
			class = "comment"
		case kind.IsKeyword():
			class = "keyword"
		case kind == token.STRING, kind == token.CHAR, kind == token.INT, kind == token.FLOAT:
			class = "literal"
		default:
			continue
		}
		begin := file.Offset(pos)
		b.WriteString(string(viol.HTML("%s", code[done:begin])))
		b.WriteString(string(viol.HTML(`<span class="%s">%s</span>`, class, text)))
		done = begin + len(text)
	}
	b.WriteString(string(viol.HTML("%s", code[done:])))
	return template.HTML(b.String())
}
