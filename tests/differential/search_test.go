package differential

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// Every engine finds the same where all flavors are the same, in bytes.
func TestSearch(t *testing.T) {
	searches := []Search{
		{Query{"", "é(b)|(c)"}, []string{"", "aéb", "😀éb\nx"}},
		{Query{"i", "a+"}, []string{"éaA b a a a a a"}},
		{Query{"", "a*"}, []string{"", "ab", "aba"}},
		{Query{"", ""}, []string{"ab"}},
		{Query{"", "("}, []string{"ab"}},
	}
	want := []string{
		"[[] [[1 4 3 4 -1 -1]] [[4 7 6 7 -1 -1]]]", "[[[2 4] [7 8] [9 10] [11 12]]]", "[[[0 0]] [[0 1] [1 1]] [[0 1] [1 1]]]", "[[[0 0]]]", "refused",
	}
	for _, flavor := range Flavors {
		t.Run(flavor, func(t *testing.T) {
			found, err := open(t, flavor).Search(t.Context(), searches)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range found {
				got := "refused"
				if f.Refused == "" {
					texts := make([][][]int, len(f.Texts))
					for i, m := range f.Texts {
						texts[i] = m.Spans
					}
					got = fmt.Sprint(texts)
				}
				if got != want[i] && !(flavor == "go" && i == 2) || f.Unknown != "" { // Go drops an empty match beside one
					t.Errorf("%q: got %s %s, want %s", searches[i].Pattern, got, f.Unknown, want[i])
				}
			}
		})
	}
}

// What takes for ever is unknown, and what is asked besides is known.
func TestSearchSlow(t *testing.T) {
	text := "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	slow := Search{Query{"", `^(?:(a|aa)\1?)*b?$`}, []string{text + "!"}}
	quick := Search{Query{"", "a+"}, []string{text}}
	for _, flavor := range Flavors {
		if flavor == "go" {
			continue // has no such patterns
		}
		t.Run(flavor, func(t *testing.T) {
			t.Parallel()
			o := open(t, flavor)
			if child, ok := o.(*childOracle); ok {
				child.searchLimit = 5 * time.Second // the quick ones need a fraction of it on a busy machine too
			}
			found, err := o.Search(t.Context(), []Search{quick, slow, quick})
			if err != nil {
				t.Fatal(err)
			}
			if len(found[0].Texts) != 1 || len(found[2].Texts) != 1 {
				t.Fatalf("the quick ones have no answer: %+v", found)
			}
			unknown := found[1].Unknown != "" || found[1].Texts[0].Unknown
			if !unknown || !slices.Equal(found[0].Texts[0].Spans[0], []int{0, 41}) || !slices.Equal(found[2].Texts[0].Spans[0], []int{0, 41}) {
				t.Errorf("got %+v", found)
			}
		})
	}
}

func TestReadFound(t *testing.T) {
	for _, test := range []struct {
		line string
		want Found
	}{
		{"+\t", Found{Texts: []Matches{{}}}},
		{"+\t0,1,-1,-1 1,2,1,2;;!", Found{Texts: []Matches{{Spans: [][]int{{0, 1, -1, -1}, {1, 2, 1, 2}}}, {}, {Unknown: true}}}},
		{"-\tbm8=", Found{Refused: "no"}},
		{"!\tbm8=", Found{Unknown: "no"}},
	} {
		if got, err := readFound(test.line); err != nil || fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", test.want) {
			t.Errorf("%q: got %#v %v, want %#v", test.line, got, err, test.want)
		}
	}
	for _, bad := range []string{"", "+", "+\tx", "+\t1,,2", "-\t!"} {
		if got, err := readFound(bad); err == nil {
			t.Errorf("%q: got %+v", bad, got)
		}
	}
}
