package differential

import (
	"slices"
	"sync"
	"testing"
)

// sampled is how many patterns of each corpus are converted: with all of them the
// test would take half an hour, and more on a race detector. The command conversions takes any number.
const sampled = 8

// Conversions that call themselves exact find what their source finds, on the real engines of both flavors, between any
// two flavors. What is known to differ is in exceptions/conversions.txt.
func TestConversions(t *testing.T) {
	patterns, err := Load(t.Context())
	need(t, err)
	patterns = Sample(append(patterns, Generate(1, patterns)...), sampled)
	oracles := map[string]Oracle{}
	for _, name := range Flavors {
		oracles[name] = open(t, name)
	}
	c := conversionCheck{T: t, used: map[int]bool{}}
	if c.exceptions, err = ConversionExceptions(); err != nil {
		t.Fatal(err)
	}
	for _, from := range Flavors {
		sources, err := Sources(t.Context(), oracles[from], patterns)
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for _, to := range Flavors {
			if to != from {
				group.Go(func() { c.pair(from, oracles[to], sources) })
			}
		}
		group.Wait()
	}
	for _, e := range c.exceptions {
		if !c.used[e.Line] && slices.ContainsFunc(patterns, func(p Pattern) bool { return p.Text == e.Pattern }) {
			t.Errorf("exceptions/conversions.txt:%d: %q does not differ any more", e.Line, e.Pattern)
		}
	}
}

type conversionCheck struct {
	*testing.T
	exceptions []ConversionException
	mu         sync.Mutex
	used       map[int]bool // lines of exceptions
}

func (c *conversionCheck) pair(from string, to Oracle, sources []*Source) {
	conversions, err := Conversions(c.Context(), to, sources)
	if err != nil {
		c.Error(err)
		return
	}
	all, differ := map[string]int{}, map[string]int{}
	for _, conversion := range conversions {
		kept := conversion.Kept()
		all[kept]++
		if len(conversion.Differs) == 0 && conversion.Refused == "" {
			continue
		}
		differ[kept]++
		if kept == "exact" && !c.excepted(conversion) {
			c.Error(conversion)
		}
	}
	c.Logf("%s to %s: %d exact; %d warned, of which %d differ in these texts; %d lost, of which %d differ",
		from, to.Flavor(), all["exact"], all["warned"], differ["warned"], all["lost"], differ["lost"])
	if all["exact"] < len(sources)/3 {
		c.Errorf("%s to %s: of %d patterns, only %d are converted exactly", from, to.Flavor(), len(sources), all["exact"])
	}
}

func (c *conversionCheck) excepted(conversion *Conversion) bool {
	i := slices.IndexFunc(c.exceptions, func(e ConversionException) bool { return e.Covers(conversion) })
	if i < 0 {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.used[c.exceptions[i].Line] = true
	return true
}

func TestConversionExceptions(t *testing.T) {
	got, err := parseConversionExceptions("# comment\n\ngo\tjs\t\"a\\xff\"\twhy\tso\nruby\t*\t`b`\tbecause\n")
	want := []ConversionException{{"go", "js", "a\xff", "why\tso", 3}, {"ruby", "*", "b", "because", 4}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"go\t\"a\"\twhy", "go\tcobol\t\"a\"\twhy", "go\tjs\ta\twhy", "go\tjs\t\"a\"\t "} {
		if got, err := parseConversionExceptions(bad); err == nil {
			t.Errorf("%q: %v", bad, got)
		}
	}
	c := &Conversion{Source: &Source{Search: Search{Query: Query{"i", "b"}}}, From: "ruby", To: "go"}
	if !want[1].Covers(c) || want[0].Covers(c) {
		t.Error("an exception covers the wrong conversion")
	}
}

func TestSample(t *testing.T) {
	var patterns []Pattern
	for i := range 100 {
		patterns = append(patterns, Pattern{"many", string(rune(i))})
	}
	patterns = append(patterns, Pattern{"few", "x"}, Pattern{"few", "y"})
	got := Sample(patterns, 10)
	if len(got) != 12 || got[9].Text < string(rune(80)) || got[11].Text != "y" {
		t.Errorf("%q", got)
	}
}
