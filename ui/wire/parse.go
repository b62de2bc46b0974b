package wire

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Parse reads a text frame of the page, and returns one of the messages whose types
// are below. Unknown types, unknown or wrongly typed fields and anything after the
// object are errors that say where they are; the frame is not quoted, since it may be
// long.
func Parse(frame []byte) (any, error) {
	var head struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(frame, &head); err != nil {
		return nil, jsonError(err)
	}
	var message any
	switch head.Type {
	case TypeHello:
		message = new(Hello)
	case TypeUpdate:
		message = new(Update)
	case TypeCancel:
		message = new(Cancel)
	case TypeContinue:
		message = new(Continue)
	case TypeLoadFile:
		message = new(LoadFile)
	case TypeShow:
		message = new(Show)
	case TypeDebug:
		message = new(Debug)
	case TypeRefresh:
		message = new(Refresh)
	case TypeBenchmark:
		message = new(Benchmark)
	case TypeStopBenchmark:
		message = new(StopBenchmark)
	case TypeReplacement:
		message = new(Replacement)
	case TypeCompare:
		message = new(Compare)
	case TypeSeek:
		message = new(Seek)
	case TypeTests:
		message = new(Tests)
	case TypeInputs:
		message = new(Inputs)
	case TypeImportTests:
		message = new(ImportTests)
	case TypeLibrary:
		message = new(Library)
	case TypeNativeDone:
		message = new(NativeDone)
	case "":
		return nil, errors.New("a message needs a type")
	default:
		return nil, fmt.Errorf("unknown type %.40q", head.Type)
	}
	decoder := json.NewDecoder(bytes.NewReader(frame))
	if head.Type != TypeHello {
		// A hello of another protocol version may hold what we do not know, and
		// has to be answered by that version's number, not by a field's name.
		decoder.DisallowUnknownFields()
	}
	if err := decoder.Decode(message); err != nil {
		return nil, jsonError(err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("something follows the JSON object")
	}
	if update, ok := message.(*Update); ok {
		return update, update.check()
	}
	return message, nil
}

// check refuses what no page sends, as far as it can be told without the text.
func (u *Update) check() error {
	if u.Version <= 0 {
		return fmt.Errorf("version %d is not positive", u.Version)
	}
	if u.Units < 0 {
		return fmt.Errorf("units %d is negative", u.Units)
	}
	if u.BudgetMs < 0 {
		return fmt.Errorf("budgetMs %d is negative", u.BudgetMs)
	}
	last := 0
	for i, edit := range u.Edits {
		if edit.From < last || edit.To < edit.From {
			return fmt.Errorf("edit %d [%d, %d) is not in order", i, edit.From, edit.To)
		}
		last = edit.To
	}
	return nil
}

// Bytes returns the bytes that the edit inserts.
func (e Edit) Bytes() ([]byte, error) {
	if e.InsertBase64 == "" {
		return []byte(e.Insert), nil
	}
	return base64.StdEncoding.DecodeString(e.InsertBase64)
}

// ErrOutside is returned by Apply when an edit does not fit the text.
var ErrOutside = errors.New("an edit lies outside the text or inside a character")

// Apply returns a copy of text with edits done to it. It takes time linear in
// the text.
func Apply(text []byte, edits []Edit) ([]byte, error) {
	grown := len(text)
	inserts := make([][]byte, len(edits))
	for i, edit := range edits {
		insert, err := edit.Bytes()
		if err != nil {
			return nil, fmt.Errorf("edit %d: %w", i, err)
		}
		inserts[i] = insert
		grown += len(insert)
	}
	result := make([]byte, 0, grown)
	units, rest := 0, text
	for i, edit := range edits {
		from, ok := Offset(rest, edit.From-units)
		if !ok {
			return nil, ErrOutside
		}
		to, ok := Offset(rest[from:], edit.To-edit.From)
		if !ok {
			return nil, ErrOutside
		}
		result = append(result, rest[:from]...)
		result = append(result, inserts[i]...)
		rest, units = rest[from+to:], edit.To
	}
	return append(result, rest...), nil
}

// jsonError says where a message is broken without quoting it.
func jsonError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d: %w", syntax.Offset, err)
	case errors.As(err, &kind):
		return fmt.Errorf("field %.100q cannot hold a %.100s", kind.Field, kind.Value)
	}
	return fmt.Errorf("%.100s", err.Error()) // it may name an unknown field, of any length
}
