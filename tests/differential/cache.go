package differential

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Cached returns an oracle that keeps answers in CacheDir, and gives them again when the same engine is asked the same
// in the same way. Answers depend on nothing else.
func Cached(o Oracle) Oracle { return cachedOracle{o} }

type cachedOracle struct{ Oracle }

func (o cachedOracle) Ask(ctx context.Context, queries []Query) ([]Answer, error) {
	cache, err := CacheDir()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(cache, "answers", fmt.Sprintf("%s-%x", o.Flavor(), fingerprint(o, queries)))
	content, err := os.ReadFile(file)
	if err == nil {
		return decodeAnswers(content, len(queries))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	answers, err := o.Oracle.Ask(ctx, queries)
	if err != nil {
		return nil, err
	}
	return answers, replaceFile(file, encodeAnswers(answers))
}

func fingerprint(o Oracle, queries []Query) []byte {
	hash := sha256.New()
	w := bufio.NewWriter(hash)
	fmt.Fprintf(w, "%q\n", o.Fingerprint())
	for _, q := range queries {
		fmt.Fprintf(w, "%d %d\n%s%s", len(q.Flags), len(q.Pattern), q.Flags, q.Pattern)
	}
	if err := w.Flush(); err != nil {
		panic(err) // a hash takes everything
	}
	return hash.Sum(nil)[:16]
}

// encodeAnswers writes what readAnswer reads.
func encodeAnswers(answers []Answer) []byte {
	var b bytes.Buffer
	for _, a := range answers {
		verdict, text := "-", a.Error
		switch {
		case a.OK:
			verdict = "+"
		case a.Unknown != "":
			verdict, text = "!", a.Unknown
		}
		var names []string
		for _, n := range a.Names {
			names = append(names, fmt.Sprintf("%d:%s", n.Number, base64.StdEncoding.EncodeToString([]byte(n.Name))))
		}
		fmt.Fprintf(&b, "%s\t%d\t%s\t%d\t%s\n", verdict, a.Offset,
			base64.StdEncoding.EncodeToString([]byte(text)), a.Groups, strings.Join(names, ","))
	}
	return b.Bytes()
}

func decodeAnswers(content []byte, want int) ([]Answer, error) {
	answers := make([]Answer, 0, want)
	for line := range strings.Lines(string(content)) {
		a, err := readAnswer(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, fmt.Errorf("answer %q: %w", line, err)
		}
		answers = append(answers, a)
	}
	if len(answers) != want {
		return nil, fmt.Errorf("%d answers to %d questions", len(answers), want)
	}
	return answers, nil
}

// replaceFile writes a file in one step, so that nobody sees a part of it.
func replaceFile(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	unfinished, err := os.CreateTemp(filepath.Dir(file), "unfinished-")
	if err != nil {
		return err
	}
	_, err = unfinished.Write(content)
	if err = errors.Join(err, unfinished.Close()); err == nil {
		err = os.Rename(unfinished.Name(), file)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(unfinished.Name()))
	}
	return err
}
