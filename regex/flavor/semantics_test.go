package flavor

import (
	"testing"
	"unicode"
)

func TestChoice(t *testing.T) {
	js, err := Lookup("js")
	if err != nil {
		t.Fatal(err)
	}
	for flags, want := range map[string]bool{"": false, "i": false, "u": false, "iu": true, "giv": true} {
		if got := js.Semantics.Word.With(FlagsOf(flags)).Contains('\u212a'); got != want {
			t.Errorf(`\w with %q takes the Kelvin sign: %v`, flags, got)
		}
	}
	perl, err := Lookup("perl")
	if err != nil {
		t.Fatal(err)
	}
	if one, two := perl.Semantics.Fold.With(FlagsOf("ia")), perl.Semantics.Fold.With(FlagsOf("ia")|ASCIIMore); one == two {
		t.Errorf("a and aa both mean: %v", one)
	}
}

// Every set that a flavor has is what Contains says of it, whole and in order.
func TestRanges(t *testing.T) {
	seen := map[*CharSet]bool{}
	for _, f := range All() {
		s := f.Semantics
		for name, choice := range map[string]Choice[*CharSet]{
			"dot": s.DotExcludes, "line ends": s.LineEnds, "digit": s.Digit, "word": s.Word, "space": s.Space, "boundary": s.Boundary,
		} {
			sets := []*CharSet{choice.Plain}
			for _, when := range choice.When {
				if when.Flags == 0 {
					t.Errorf("%s: %s: a meaning for no flag", f.Name, name)
				}
				sets = append(sets, when.Then)
			}
			for _, set := range sets {
				if !seen[set] {
					checkRanges(t, f.Name+": "+name, set)
				}
				seen[set] = true
			}
		}
	}
}

func checkRanges(t *testing.T, where string, set *CharSet) {
	if set.Words == "" {
		t.Errorf("%s: no words", where)
	}
	count, last := 0, rune(-2)
	for _, r := range set.Ranges() {
		if r[0] <= last+1 || r[1] < r[0] {
			t.Fatalf("%s: the range %x behind %x", where, r, last)
		}
		last = r[1]
		count += int(r[1]-r[0]) + 1
	}
	if count != set.Len() {
		t.Errorf("%s: %d characters, Len says %d", where, count, set.Len())
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r == 0x40000 {
			r = 0xe0000 // the planes between are empty
		}
		if set.Contains(r) {
			count--
		}
	}
	if count != 0 {
		t.Errorf("%s: %d characters too many or too few", where, count)
	}
}

// TestAlphabetic guards how the property is made of the tables that package
// unicode has: Alphabetic has 137,765 characters in DerivedCoreProperties.txt of Unicode 15.0.
func TestAlphabetic(t *testing.T) {
	if unicode.Version != "15.0.0" {
		t.Skipf("the number is that of Unicode 15.0.0, and this toolchain has %s", unicode.Version)
	}
	if got := (&CharSet{tables: alphabetic}).Len(); got != 137765 {
		t.Errorf("%d characters", got)
	}
}
