package regextest

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/sample"
	"github.com/regexdbg/regexdbg/regex/syntax"
	"github.com/regexdbg/regexdbg/regex/trace"
)

const (
	// attackBytes are the lengths at which candidates are compared, in bytes: long enough that what grows faster than the
	// text shows, even where a step in fifty does.
	attackShort, attackLong = 64, 128
	// attackMost is the longest text of the measurement, in bytes: where steps of a pattern that is linear are some
	// hundred thousand, and those of one that is quadratic ten million, which is more than attackSteps.
	attackMost = 4096
	// attackSteps is where one run ends: some 30 ms.
	attackSteps = 500_000
	// attackShown is the longest text that is reported, in bytes, so that a link holds it.
	attackShown = 1024
	// finalists is how many candidates are measured up to attackMost.
	finalists = 6
	// maxRepeats is how many repetitions of a pattern are attacked, and maxPumps with how many texts each.
	maxRepeats, maxPumps = 24, 4
	// linearPower is the power of the length up to which steps count as linear: their share that is constant makes it
	// less than 1, and a logarithm at these lengths adds 0.13.
	linearPower = 1.25
)

// ends are what comes behind a pump to keep the pattern from matching: nothing, and characters that few sets have.
var ends = []string{"", "!", "\n!", "\x00"}

// An attack is a text that is made longer: a part of it again and again.
type attack struct {
	before, pump, end string
	power             float64
}

func (a *attack) text(length int) []byte {
	times := max(1, (length-len(a.before)-len(a.end))/len(a.pump))
	return []byte(a.before + strings.Repeat(a.pump, times) + a.end)
}

// A growth is how steps grow with a text.
type growth struct {
	lengths []int
	steps   []int64
	// exponential says that the power itself grows with the length.
	exponential bool
	// capped says that the last run was ended at so many steps.
	capped bool
	power  float64
	// multiplying are the operators of two repeats that multiply each other's work, or "".
	multiplying string
}

// linear runs the attacks on a pattern, and reports the worst as a result of its own, with a text that shows it.
func (s *subject) linear(ctx context.Context) *Result {
	in := &Input{Name: LinearName, Times: 1, Line: s.pattern.Line}
	r := &Result{File: s.file, Pattern: s.pattern, Input: in, Engine: s.info, Status: Passed}
	if s.err != nil {
		r.Status, r.Err, r.Replacement = s.status, s.err, s.replacement
		return r
	}
	begun := time.Now()
	defer func() { r.Elapsed = time.Since(begun) }()
	tree, err := s.pattern.tree()
	if err != nil {
		r.Status, r.Err = Errored, err
		return r
	}
	limited, cancel := context.WithTimeoutCause(ctx, s.options.Timeout, errSpent)
	defer cancel()
	worst, g, err := attackTree(limited, tree)
	switch {
	case err == errSpent:
		r.Status, r.Err = Stopped, fmt.Errorf("attacks were not run to the end within %v", s.options.Timeout)
	case err != nil:
		r.Status, r.Err = Errored, fmt.Errorf("steps cannot be counted: %w", err)
	case worst != nil:
		in.Text = worst.text(min(attackShown, g.lengths[len(g.lengths)-1]))
		r.Steps = g.steps[len(g.steps)-1]
		if g.power > linearPower {
			r.Status = Failed
			r.Differences = []Difference{{Message: g.String() + fmt.Sprintf(", for %s again and again", quoted([]byte(worst.pump)))}}
		}
	}
	return r
}

// LinearName is the name of the input that the budget linear has besides those that are written.
const LinearName = "generated attack"

// String says how steps grow.
func (g *growth) String() string {
	n := len(g.steps) - 1
	words := ""
	for i := max(0, n-2); i <= n; i++ {
		words += fmt.Sprintf(", %d bytes: %d", g.lengths[i], g.steps[i])
	}
	if g.capped {
		words += ", where it was stopped"
	}
	how := fmt.Sprintf("steps grow with the length to the power of %.1f, and not linearly", g.power)
	if g.exponential {
		how = "steps grow exponentially with the length, and not linearly"
	}
	s := how + " (" + words[2:] + ")"
	if g.multiplying != "" {
		s += "; " + g.multiplying
	}
	return s
}

// attackTree returns the attack whose steps grow fastest, or nil when the pattern has nothing that can be repeated.
func attackTree(ctx context.Context, tree *syntax.Tree) (*attack, *growth, error) {
	all := attacks(tree)
	for _, a := range all {
		short, _, err := stepsOf(ctx, tree, a.text(attackShort))
		if err != nil {
			return nil, nil, err
		}
		if short.capped {
			g, err := grow(ctx, tree, a) // nothing is worse
			return a, g, err
		}
		long, _, err := stepsOf(ctx, tree, a.text(attackLong))
		if err != nil {
			return nil, nil, err
		}
		a.power = powerOf(short.length, long.length, short.steps, long.steps)
		if long.capped {
			a.power = math.Inf(1)
		}
	}
	slices.SortStableFunc(all, func(a, b *attack) int { return cmp.Compare(b.power, a.power) })
	var worst *attack
	var most *growth
	for _, a := range all[:min(len(all), finalists)] {
		g, err := grow(ctx, tree, a)
		if err != nil {
			return nil, nil, err
		}
		if most == nil || g.power > most.power {
			worst, most = a, g
		}
		if g.exponential {
			break // nothing is worse
		}
	}
	return worst, most, nil
}

// grow measures an attack on texts each twice as long as the one before.
func grow(ctx context.Context, tree *syntax.Tree, a *attack) (*growth, error) {
	g := &growth{}
	for length := 8; length <= attackMost; length *= 2 {
		c, multiplying, err := stepsOf(ctx, tree, a.text(length))
		if err != nil {
			return nil, err
		}
		if n := len(g.lengths); n > 0 && c.length == g.lengths[n-1] {
			continue // what is around the pump is as long as that
		}
		g.lengths, g.steps = append(g.lengths, c.length), append(g.steps, c.steps)
		if multiplying != "" {
			g.multiplying = multiplying
		}
		if n := len(g.steps) - 1; n > 0 && (!c.capped || g.power == 0) { // a run that was ended says little
			before := g.power
			g.power = powerOf(g.lengths[n-1], g.lengths[n], g.steps[n-1], g.steps[n])
			g.exponential = g.power > 3 && g.power > 1.5*before
		}
		if c.capped {
			g.capped = true
			break
		}
	}
	return g, nil
}

func powerOf(shortLength, longLength int, short, long int64) float64 {
	if shortLength >= longLength || short <= 0 || long <= 0 {
		return 0
	}
	return math.Log(float64(long)/float64(short)) / math.Log(float64(longLength)/float64(shortLength))
}

type counted struct {
	length int
	steps  int64
	capped bool
}

// stepsOf counts the steps of a search of the whole text, and says which repeats multiply each other's work in it.
func stepsOf(ctx context.Context, tree *syntax.Tree, text []byte) (counted, string, error) {
	run, err := trace.New(tree, text, trace.Limits{Steps: attackSteps})
	if err != nil {
		return counted{}, "", err
	}
	outcome, err := run.Advance(ctx, -1)
	if err != nil {
		return counted{}, "", err
	}
	c := run.Counters()
	multiplying := ""
	if a, b, ok := trace.Multiplying(run.Tokens(), c, len(text)); ok {
		operator := func(token int) string {
			at := run.Tokens()[token].Span
			return fmt.Sprintf("%s at %d", tree.Pattern[at.Start:at.End], at.Start)
		}
		multiplying = operator(a) + " and " + operator(b) + " multiply each other's work"
	}
	return counted{len(text), c.Steps, outcome != trace.Matched && outcome != trace.NoMatch}, multiplying, nil
}

// attacks makes candidates: for each repetition without a bound, or with a high one, texts that lead to it, what it may
// take again and again, and what ends it.
func attacks(tree *syntax.Tree) (all []*attack) {
	s := sample.New(tree)
	repeats := 0
	tree.Root.Walk(func(n *syntax.Node) bool {
		if n.Kind != syntax.KindRepetition || n.Max != syntax.Unlimited && n.Max < attackShort || repeats == maxRepeats {
			return true
		}
		repeats++
		random := rand.New(rand.NewPCG(1, uint64(n.Span.Start)))
		pumps := map[string]bool{}
		for range 4 * maxPumps {
			pump := s.Part(random, n.Sub[0])
			if pump == "" || len(pumps) == maxPumps || pumps[pump] {
				continue
			}
			pumps[pump] = true
			before := s.Before(random, n)
			for _, end := range ends {
				all = append(all, &attack{before: before, pump: pump, end: end})
			}
		}
		return true
	})
	return all
}

// tree parses the pattern for the stepping machine.
func (p *Pattern) tree() (*syntax.Tree, error) {
	f, err := flavor.Lookup(p.Flavor)
	if err != nil {
		return nil, err
	}
	tree := syntax.Parse(p.Pattern, f, flavor.FlagsOf(p.Flags))
	if len(tree.Errors) > 0 {
		return nil, tree.Errors[0]
	}
	return tree, nil
}
