package compare

import (
	"slices"
	"testing"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// Whatever the pattern and the text: two sides agree, or the first match that
// differs is the one that a plain comparison of all matches finds, and what is
// blamed lies in the pattern.
func FuzzDiffer(f *testing.F) {
	for _, seed := range []struct{ pattern, text string }{
		{`x\d$`, "x1 x٣\n"}, {`(?:(a)|b)*\1`, "abba"}, {`[^\w.]\b|(?<n>é)+?`, "éa.\r\n"}, {`a*|(?i)ß(k)?`, "aSSK\xff"}, {"(?x) a # b\n [c d]", "a d"},
	} {
		for pair := range uint8(6) {
			f.Add(seed.pattern, seed.text, pair)
		}
	}
	pairs := [][2]string{{"go", "dotnet"}, {"go", "pcre2:u"}, {"pcre2", "js"}, {"dotnet:i", "js:iu"}, {"go:m", "go"}, {"pcre2:x", "go"}}
	f.Fuzz(func(t *testing.T, pattern, text string, pair uint8) {
		if len(pattern) > 200 || len(text) > 200 {
			t.Skip("long ones only take longer")
		}
		names := pairs[int(pair)%len(pairs)]
		limits := Limits{Timeout: 200 * time.Millisecond, Matches: 1000}
		subject := engine.NewText([]byte(text))
		a, b := Run(t.Context(), side(t, names[0]), pattern, subject, limits), Run(t.Context(), side(t, names[1]), pattern, subject, limits)
		agreement, index := Agree(a, b)
		if agreement != Differs {
			return
		}
		d, err := Differ(t.Context(), a, b, pattern, subject, limits)
		if err != nil {
			t.Fatal(err)
		}
		for i := range index + 1 {
			x, _ := a.match(t.Context(), i, subject, limits)
			y, _ := b.match(t.Context(), i, subject, limits)
			if same := slices.Equal(inOrder(a, x), inOrder(b, y)); same != (i < index) {
				t.Errorf("%q on %q: match %d is %v and %v, the first that differs %d", pattern, text, i, x, y, index)
			}
		}
		if d.Index != index || d.Offset < 0 || d.Offset > len(text) {
			t.Errorf("%+v", d)
		}
		for _, blame := range d.Blames {
			if blame.Span.Start < 0 || blame.Span.Start > blame.Span.End || blame.Span.End > len(pattern) || blame.Reason == "" {
				t.Errorf("%q: %+v", pattern, blame)
			}
		}
	})
}

// inOrder is a match with its groups by their numbers.
func inOrder(r *Report, m Match) (all []int) {
	if m == nil {
		return nil
	}
	for _, place := range r.order {
		all = append(all, m[2*place], m[2*place+1])
	}
	return all
}
