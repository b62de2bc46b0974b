package executor

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

func encode(t testing.TB, h header, body []byte) []byte {
	h.Bytes = int64(len(body))
	b, err := appendHeader(nil, h)
	if err != nil {
		t.Fatal(err)
	}
	return append(b, body...)
}

func TestFrameReader(t *testing.T) {
	message := "x"
	body := bytes.Repeat([]byte("\n\x00{"), firstBody)
	var source []byte
	source = append(source, encode(t, header{ID: 1, Data: []byte(`{"a":"` + strings.Repeat("b", 200<<10) + `"}`)}, nil)...)
	source = append(source, encode(t, header{ID: 2, Done: true}, body)...)
	source = append(source, encode(t, header{ID: 3, Error: &message}, []byte("\n"))...)
	source = append(source, " \t{ \"id\" : 4, \"unknown\":[1] }\r\n"...)
	for name, r := range map[string]io.Reader{
		"whole": bytes.NewReader(source),
		"half":  iotest.HalfReader(bytes.NewReader(source)),
		"late":  iotest.DataErrReader(bytes.NewReader(source)),
	} {
		f := newFrameReader(r, 1<<20, 4<<20)
		var got []frame
		for {
			fr, err := f.read()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got = append(got, fr)
		}
		if len(got) != 4 || len(got[0].Data) < 200<<10 || !got[1].Done || !bytes.Equal(got[1].body, body) ||
			*got[2].Error != "x" || string(got[2].body) != "\n" || got[3].ID != 4 {
			t.Errorf("%s: %d frames", name, len(got))
		}
	}
}

func TestFrameReaderErrors(t *testing.T) {
	for source, want := range map[string]error{
		"":                               io.EOF,
		"{":                              io.ErrUnexpectedEOF,
		"{\"bytes\":2}\nx":               io.ErrUnexpectedEOF,
		"{\"bytes\":2}\n":                io.ErrUnexpectedEOF,
		"\n":                             errNoObject,
		"[]\n":                           errNoObject,
		"{\"bytes\":1001}\n":             errBodyTooLong,
		strings.Repeat(" ", 101) + "\n":  errLineTooLong,
		strings.Repeat(" ", 1<<20):       errLineTooLong,
		"{\"id\":1,\"data\":\"\xff\"}\n": nil,
	} {
		f := newFrameReader(strings.NewReader(source), 100, 1000)
		if _, err := f.read(); !errors.Is(err, want) {
			t.Errorf("%.40q: %v, want %v", source, err, want)
		}
	}
	for _, source := range []string{"{\"id\":-1}\n", "{\"bytes\":1.5}\n", "{\"done\":1}\n", "{}{}\n", "{\"bytes\":99999999999999999999}\n"} {
		f := newFrameReader(strings.NewReader(source), 100, 1000)
		_, err := f.read()
		if fe, ok := errors.AsType[*frameError](err); !ok || fe.line != source {
			t.Errorf("%q: %v", source, err)
		}
	}
}

// An announcement costs nothing until the bytes come.
func TestFrameReaderTrustsNoAnnouncement(t *testing.T) {
	source := []byte("{\"bytes\":1000000000}\nabc")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f := newFrameReader(bytes.NewReader(source), 100, 1<<30)
	if _, err := f.read(); err != io.ErrUnexpectedEOF {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 10*firstBody {
		t.Errorf("%d bytes", n)
	}
}

// FuzzFrameReader: whatever comes, the reader does not panic, keeps its limits, does not depend on how the bytes are
// cut, and understands again what it has understood.
func FuzzFrameReader(f *testing.F) {
	f.Add([]byte("{\"id\":1,\"bytes\":3,\"data\":[1]}\nabc{\"done\":true}\n"))
	f.Add([]byte("{\"protocol\":1,\"name\":\"x\",\"version\":\"1\"}\r\n"))
	f.Add([]byte("{\"bytes\":-1}\n{\"bytes\":9}\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		const maxLine, maxBody = 200, 300
		whole := newFrameReader(bytes.NewReader(source), maxLine, maxBody)
		cut := newFrameReader(iotest.OneByteReader(bytes.NewReader(source)), maxLine, maxBody)
		for {
			a, err := whole.read()
			b, err2 := cut.read()
			if (err == nil) != (err2 == nil) || err != nil && err.Error() != err2.Error() {
				t.Fatalf("%v, in single bytes %v", err, err2)
			}
			if err != nil {
				return
			}
			if !bytes.Equal(a.body, b.body) || a.ID != b.ID || int64(len(a.body)) != a.Bytes || len(a.body) > maxBody {
				t.Fatalf("%+v, in single bytes %+v", a, b)
			}
			again := newFrameReader(bytes.NewReader(encode(t, a.header, a.body)), 10*maxLine, maxBody)
			if c, err := again.read(); err != nil || c.ID != a.ID || c.Done != a.Done || !bytes.Equal(c.body, a.body) {
				t.Fatalf("%+v, again %+v, %v", a, c, err)
			}
		}
	})
}

func TestTail(t *testing.T) {
	x := tail{limit: 10}
	for _, c := range []struct{ write, want string }{
		{"", ""},
		{"abc\n", "abc"},
		{"defgh", "abc\ndefgh"},
		{"ij", "defghij"},
		{strings.Repeat("k", 30), strings.Repeat("k", 10)},
		{"\nl\n", "l"},
	} {
		if _, _ = x.Write([]byte(c.write)); x.String() != c.want || len(x.buf) > 20 {
			t.Errorf("after %q: %q, want %q", c.write, x.String(), c.want)
		}
	}
}
