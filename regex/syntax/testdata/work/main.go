// Work counts how much work it is to parse patterns. It has to be built with
// -cover -covermode=atomic: what it counts is how many blocks of code run.
//
// It reads a line of JSON for each pattern, {"flavor": "go", "pattern": "YSo="} with
// the pattern in base64, and answers each with a line that is the number.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/coverage"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

func main() {
	requests := json.NewDecoder(bufio.NewReader(os.Stdin))
	for {
		var request struct {
			Flavor  string
			Pattern []byte
		}
		err := requests.Decode(&request)
		if err == io.EOF {
			return
		}
		if err != nil {
			log.Fatal(err)
		}
		f, err := flavor.Lookup(request.Flavor)
		if err != nil {
			log.Fatal(err)
		}
		blocks, err := work(string(request.Pattern), f)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(blocks)
	}
}

func work(pattern string, f *flavor.Flavor) (uint64, error) {
	if err := coverage.ClearCounters(); err != nil {
		return 0, err
	}
	syntax.Parse(pattern, f, 0)
	var counters bytes.Buffer
	if err := coverage.WriteCounters(&counters); err != nil {
		return 0, err
	}
	return sum(counters.Bytes())
}

// sum adds up what coverage.WriteCounters writes: a header of 32 bytes whose byte 24
// says that numbers are in LEB128; how many functions there are, and how many bytes
// of strings and of arguments, which come first, up to a multiple of 4; for each
// function how many counters it has, its package, its number, and the counters; a
// footer. See internal/coverage/defs.go of Go 1.26.
func sum(data []byte) (uint64, error) {
	const header, segment, leb128 = 32, 16, 2
	if len(data) < header+segment || string(data[:4]) != "\x00cwm" || data[24] != leb128 {
		return 0, fmt.Errorf("these are no counters: %.40q", data)
	}
	functions := binary.LittleEndian.Uint64(data[header:])
	skip := header + segment + int(binary.LittleEndian.Uint32(data[header+8:])) + int(binary.LittleEndian.Uint32(data[header+12:]))
	rest := bytes.NewReader(data)
	if _, err := rest.Seek(int64(skip+3)/4*4, io.SeekStart); err != nil {
		return 0, err
	}
	all := uint64(0)
	for range functions {
		counters, err := binary.ReadUvarint(rest)
		if err != nil {
			return 0, err
		}
		for i := range counters + 2 {
			n, err := binary.ReadUvarint(rest)
			if err != nil {
				return 0, err
			}
			if i >= 2 {
				all += n
			}
		}
	}
	return all, nil
}
