// Command gen writes the TypeScript half of the protocol, assets/src/wire.ts,
// from the files of ui/wire that hold messages: an interface for each struct, a
// constant for each constant, with their comments.
//
// It reads the source rather than using reflection, so that comments survive.
// It knows just what these files use and fails on anything else.
package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"reflect"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("wire/gen: ")
	if len(os.Args) < 3 {
		log.Fatal("usage: gen MESSAGES.go ... OUT.ts")
	}
	last := len(os.Args) - 1
	var b bytes.Buffer
	fmt.Fprintf(&b, "// Code generated from ui/wire (%s) by ui/wire/gen; DO NOT EDIT.\n", strings.Join(os.Args[1:last], ", "))
	for _, path := range os.Args[1:last] {
		out, err := generate(path)
		if err != nil {
			log.Fatal(err)
		}
		b.Write(out)
	}
	if err := os.WriteFile(os.Args[last], b.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

func generate(path string) ([]byte, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok {
			return nil, fmt.Errorf("%s holds a function; it is for messages only", path)
		}
		for _, spec := range group.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				doc := spec.Doc
				if doc == nil && len(group.Specs) == 1 {
					doc = group.Doc
				}
				b.WriteString("\n")
				comment(&b, "", doc)
				value, ok := spec.Values[0].(*ast.BasicLit)
				if !ok {
					return nil, fmt.Errorf("%s is not a plain literal", spec.Names[0])
				}
				fmt.Fprintf(&b, "export const %s = %s", spec.Names[0].Name, value.Value)
				b.WriteString(trailing(spec.Comment))
			case *ast.TypeSpec:
				fields, ok := spec.Type.(*ast.StructType)
				if !ok {
					return nil, fmt.Errorf("%s is not a struct", spec.Name)
				}
				b.WriteString("\n")
				comment(&b, "", group.Doc)
				fmt.Fprintf(&b, "export interface %s {\n", spec.Name.Name)
				for _, field := range fields.Fields.List {
					if err := property(&b, spec.Name.Name, field); err != nil {
						return nil, err
					}
				}
				b.WriteString("}\n")
			default:
				return nil, fmt.Errorf("unexpected %T", spec)
			}
		}
	}
	return b.Bytes(), nil
}

// property writes one field. The Type field of a message becomes the literal
// that tells it apart, so that TypeScript can narrow a union of messages.
func property(b *bytes.Buffer, owner string, field *ast.Field) error {
	if field.Tag == nil {
		return fmt.Errorf("%s.%s has no json tag", owner, field.Names[0])
	}
	tag := reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("json")
	name, options, _ := strings.Cut(tag, ",")
	ts, err := typescript(field.Type)
	if err != nil {
		return fmt.Errorf("%s.%s: %w", owner, name, err)
	}
	if name == "type" {
		ts = "typeof Type" + owner
	}
	optional := ""
	if options == "omitempty" {
		optional = "?"
	}
	comment(b, "  ", field.Doc)
	fmt.Fprintf(b, "  %s%s: %s", name, optional, ts)
	b.WriteString(trailing(field.Comment))
	return nil
}

func typescript(expr ast.Expr) (string, error) {
	switch expr := expr.(type) {
	case *ast.Ident:
		switch expr.Name {
		case "string":
			return "string", nil
		case "int", "float64":
			return "number", nil
		case "bool":
			return "boolean", nil
		}
		if ast.IsExported(expr.Name) {
			return expr.Name, nil
		}
	case *ast.StarExpr:
		return typescript(expr.X)
	case *ast.ArrayType:
		element, err := typescript(expr.Elt)
		return element + "[]", err
	}
	return "", fmt.Errorf("no TypeScript for %T", expr)
}

func comment(b *bytes.Buffer, indent string, doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, line := range strings.Split(strings.TrimSpace(doc.Text()), "\n") {
		b.WriteString(strings.TrimRight(indent+"/// "+line, " ") + "\n")
	}
}

func trailing(doc *ast.CommentGroup) string {
	if doc == nil {
		return ";\n"
	}
	return "; // " + strings.TrimSpace(doc.Text()) + "\n"
}
