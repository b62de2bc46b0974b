package differential

import (
	"math/rand/v2"
	"testing"
	"unicode"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// The machine finds the breaks of Perl's \b{...}, and script runs, where the engines do, in texts of characters that the
// rules are about.
func TestUnicodeRules(t *testing.T) {
	for _, c := range []struct {
		flavor, flags, pattern string
		palette                []rune
	}{
		{"perl", "s", `.+?\b{gcb}`, valuesOf(t, "graphemeclusterbreak")},
		{"perl", "", `\X`, valuesOf(t, "graphemeclusterbreak")},
		{"pcre2", "u", `\X`, valuesOf(t, "graphemeclusterbreak")},
		{"dotnet", "", `\X`, valuesOf(t, "17graphemeclusterbreak")},
		{"dotnet", "", `(?<=(\X)).`, valuesOf(t, "17graphemeclusterbreak")},
		{"java", "", `\X`, valuesOf(t, "graphemeclusterbreak")},
		{"ruby", "", `\X`, valuesOf(t, "graphemeclusterbreak")},
		{"perl", "s", `.+?\b{wb}`, valuesOf(t, "wordbreak")},
		{"perl", "s", `\B{wb}.`, valuesOf(t, "wordbreak")},
		{"perl", "s", `.+?\b{sb}`, valuesOf(t, "sentencebreak")},
		{"perl", "s", `.+?\b{lb}`, valuesOf(t, "linebreak")},
		{"perl", "s", `(*sr:.{2,})`, scriptChars},
		{"perl", "s", `(*asr:.{2,3}?).`, scriptChars},
		{"pcre2", "us", `(*sr:.{2,})`, scriptChars},
		{"pcre2", "us", `(*asr:.{2,3}?).`, scriptChars},
		{"pcre2", "s", `(*sr:.{2,})`, scriptChars},
	} {
		t.Run(c.flavor+" "+c.flags+" "+c.pattern, func(t *testing.T) {
			f, err := flavor.Lookup(c.flavor)
			if err != nil {
				t.Fatal(err)
			}
			o := open(t, c.flavor)
			tree := syntax.Parse(c.pattern, f, flavor.FlagsOf(c.flags))
			random := rand.New(rand.NewPCG(1, 2))
			var searches []Search
			for range 40 {
				s := Search{Query: Query{c.flags, c.pattern}}
				for range 50 {
					s.Texts = append(s.Texts, fromPalette(random, c.palette))
				}
				searches = append(searches, s)
			}
			found, err := o.Search(t.Context(), searches)
			need(t, err)
			compared := 0
			for i, search := range searches {
				s, err := Step(t.Context(), &Source{Search: search, Found: found[i], tree: tree})
				if err != nil || s.Unsupported != "" {
					t.Fatalf("%v, %s, %s", err, s.Unsupported, found[i].Refused)
				}
				compared += s.Compared
				for _, d := range s.Differs {
					t.Errorf("%s", d)
				}
			}
			if compared < 1900 {
				t.Errorf("%d texts compared", compared)
			}
		})
	}
}

// scriptChars are of some scripts, of none, and digits, among them marks and signs that are used with some scripts only.
var scriptChars = append([]rune("aé1３٣۳१αйあア漢ㄅ한ᄀ、ー・〆\u0301\u0342\u0951\u093C\u0660क𝟎𝟙𝟚!😀\u0378\u200D־ـ،\u1CD0\u3099ー々Ꙁ\u0483\u0589ა\n"), 0x102E0, 0x1BCA0, 0x10FB)

// fromPalette makes a text of up to 7 characters, of which some come more than once.
func fromPalette(random *rand.Rand, palette []rune) string {
	few := make([]rune, 2+random.IntN(4))
	for i := range few {
		few[i] = palette[random.IntN(len(palette))]
	}
	text := make([]rune, 2+random.IntN(6))
	for i := range text {
		text[i] = few[random.IntN(len(few))]
	}
	return string(text)
}

// valuesOf returns some characters for each value of a property.
func valuesOf(t *testing.T, property string) []rune {
	random := rand.New(rand.NewPCG(3, 4))
	var chars []rune
	for _, value := range syntax.Values(property) {
		set, ok := syntax.ValueSet(property, value)
		if !ok {
			t.Fatalf("no %s=%s", property, value)
		}
		for i := range 4 {
			if len(set) == 0 {
				break
			}
			r := set[random.IntN(len(set))]
			if char := r.First + random.Int32N(r.Last-r.First+1); i > 0 && !unicode.Is(unicode.Cs, char) {
				chars = append(chars, char)
			} else if first := set[0].First; !unicode.Is(unicode.Cs, first) {
				chars = append(chars, first)
			}
		}
	}
	return append(chars, 'a', 'A', '.', ' ', '1', '\t', 0x1F600)
}
