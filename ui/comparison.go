package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/eventloop"
	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/compare"
	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/ui/socket"
	"github.com/regexdbg/regexdbg/ui/wire"
)

// laneComparison is the lane of a page's connection for comparisons.
const laneComparison = 2

// compareDelay is how long a state has to stand before it is compared. Each key
// supersedes the comparison before, which ends the processes that were searching
// for it; so they are not started for each key of a word.
const compareDelay = 200 * time.Millisecond

// compareMatches is the most matches of each engine that are compared in the page:
// their hashes are 10 MB for a dozen engines, of each of 64 pages. The command line
// compares ten times as many.
const compareMatches = 100_000

// maxSides is how many engines one page compares: more rows nobody reads, and a
// machine has fewer.
const maxSides = 40

// comparison runs one version of the page's state on several engines. It belongs
// to the loop; the fields below the line are its jobs', until the task has them.
type comparison struct {
	session  *session
	version  int
	query    wire.Query
	engine   string // that the page asks for, or ""
	flavor   *flavor.Flavor
	document *document
	choice   []string // names of engines; nil for all
	native   *native  // the page's own engine, or nil

	task  *eventloop.TaskOf[struct{}]
	base  int
	state wire.Comparison

	// ----
	pattern wire.ComparedPattern
	sides   []compare.Side
	reports []*compare.Report
	limits  compare.Limits
}

// compare begins the comparison of the page's state, when its panel is shown and
// that is not done yet.
func (s *session) compare() {
	i := panelIndex("compare")
	if i >= len(s.shown) || !s.shown[i] || s.asked == nil || s.asked.Query.Pattern == "" || s.analysis == nil {
		return
	}
	if c := s.comparison; c != nil && c.version == s.version && (c.choice == nil) == (s.choice == nil) && slices.Equal(c.choice, s.choice) {
		return
	}
	s.dropComparison()
	s.comparison = s.newComparison()
	s.comparison.task = s.background(s.comparison.run)
}

// newComparison is for the page's present state.
func (s *session) newComparison() *comparison {
	return &comparison{
		session: s, version: s.version, query: s.asked.Query, engine: s.asked.Engine, flavor: s.analysis.flavor,
		document: s.document, choice: s.choice, native: s.native, limits: compare.Limits{Timeout: s.server.options.Limits.Budget, Matches: compareMatches},
	}
}

// background starts a task of this session, whose failure is logged.
func (s *session) background(run func(*eventloop.Task) (struct{}, error)) *eventloop.TaskOf[struct{}] {
	task := eventloop.Go(s.server.loop, run)
	task.AddDoneCallback(func() {
		if err := task.Exception(); err != nil && !errors.Is(err, eventloop.ErrCancelled) {
			s.server.options.Log.Error("ui: a comparison failed", "err", err)
		}
	})
	return task
}

// dropComparison ends what compares engines for a state that is not the page's any
// more.
func (s *session) dropComparison() {
	s.conn.Lane(laneComparison).Supersede(s.version)
	if s.comparison != nil {
		s.comparison.task.Cancel(errSuperseded)
		s.comparison = nil
	}
}

// chooseEngines takes down which engines are compared.
func (s *session) chooseEngines(m *wire.Compare) {
	s.choice = nil
	if !m.All {
		s.choice = append([]string{}, m.Engines...)
	}
	s.compare()
}

// run is the comparison's task: engines, then differences, then other flavors, and
// a message as soon as any of it is known.
func (c *comparison) run(t *eventloop.Task) (struct{}, error) {
	if err := eventloop.Sleep(t, compareDelay); err != nil {
		return struct{}{}, err
	}
	c.state = wire.Comparison{
		Type: wire.TypeComparison, Version: c.version, Engines: []wire.ComparedEngine{}, Classes: []wire.Class{}, Differences: []wire.EngineDifference{},
	}
	err := inBackground(c, t, func(context.Context) (struct{}, error) { return struct{}{}, c.prepare() }, nil)
	switch {
	case err == nil && len(c.sides) < 2:
		c.state.Message = "It takes two engines to compare. Choose more of them."
	case err == nil:
		err = c.compareAll(t)
	}
	if t.Cancelling() > 0 {
		return struct{}{}, err
	}
	if err != nil {
		c.state.Message = c.failure(err)
	}
	c.state.Done = true
	c.send()
	if err != nil || c.state.Message != "" {
		return struct{}{}, nil
	}
	return struct{}{}, c.port(t)
}

// prepare finds the engines and makes the text. It runs on a worker.
func (c *comparison) prepare() (err error) {
	text, err := c.document.resolve()
	if err != nil {
		return err
	}
	engines := c.native.registry(c.session.server.options.Engines, c.version, text)
	choice := compare.Choice{Flags: c.query.Flags, From: c.flavor}
	if c.choice != nil {
		known := map[string]bool{}
		for _, e := range engines.Entries() {
			known[e.Info.Name] = e.Engine != nil
		}
		for _, spec := range c.choice {
			name, _, _ := strings.Cut(spec, ":")
			if known[name] && len(choice.Engines) < maxSides { // the page may remember what this machine had once
				choice.Engines = append(choice.Engines, spec)
			}
		}
		if choice.Engines == nil {
			return nil
		}
	}
	if c.sides, _, err = choice.Sides(engines); err != nil {
		return err
	}
	c.pattern = wire.ComparedPattern{Positions: wire.NewPositions(c.query.Pattern), Text: text}
	c.reports = make([]*compare.Report, len(c.sides))
	c.base = c.findBase()
	return nil
}

// findBase returns the side that the page itself runs: its engine, or one of its
// flavor.
func (c *comparison) findBase() int {
	own := func(side compare.Side) bool { return side.Flavor == c.flavor }
	name := c.engine
	if name == wire.EngineBrowser && c.native != nil {
		name = c.native.info.Name
	}
	if i := slices.IndexFunc(c.sides, func(side compare.Side) bool {
		return own(side) && strings.EqualFold(side.Engine.Info().Name, name)
	}); i >= 0 {
		return i
	}
	return max(0, slices.IndexFunc(c.sides, own))
}

// compareAll runs all sides, and then finds where those part that differ.
func (c *comparison) compareAll(t *eventloop.Task) error {
	c.state.Base = c.base
	for _, side := range c.sides {
		c.state.Engines = append(c.state.Engines, c.pattern.Engine(side, nil))
	}
	c.send()
	type ran struct {
		side   int
		report *compare.Report
	}
	var jobs []*eventloop.Future[ran]
	defer func() {
		for _, job := range jobs {
			job.Cancel(errSuperseded)
		}
	}()
	for i, side := range c.sides {
		jobs = append(jobs, eventloop.RunInExecutor(c.session.server.loop, c.session.client.At(executor.Background), func(ctx context.Context) (ran, error) {
			return ran{i, compare.Run(ctx, side, c.query.Pattern, c.pattern.Text, c.limits)}, nil
		}))
	}
	for _, next := range eventloop.AsCompleted(c.session.server.loop, eventloop.Forever, jobs) {
		job, err := next.Await(t)
		if err != nil {
			return err
		}
		done, err := job.Result()
		if err != nil {
			return err
		}
		c.reports[done.side] = done.report
		c.state.Engines[done.side] = c.pattern.Engine(c.sides[done.side], done.report)
		c.classify()
		c.send()
	}
	return c.differences(t)
}

// classify says which of the sides that have run agree.
func (c *comparison) classify() {
	var ran []*compare.Report
	var sides []int
	for i, r := range c.reports {
		if r != nil {
			ran, sides = append(ran, r), append(sides, i)
		}
	}
	classes := compare.Classes(ran)
	for _, class := range classes {
		for i, member := range class {
			class[i] = sides[member]
		}
	}
	c.state.Classes = wire.NewClasses(classes, c.base)
}

// differences finds where the first side of each other class parts from that of
// the first class.
func (c *comparison) differences(t *eventloop.Task) error {
	classes := c.state.Classes
	for _, class := range classes[min(1, len(classes)):] {
		a, b := classes[0].Members[0], class.Members[0]
		if slices.Contains(classes[0].Members, c.base) {
			a = c.base
		}
		x, y := c.reports[a], c.reports[b]
		err := inBackground(c, t, func(ctx context.Context) (wire.EngineDifference, error) {
			d, err := compare.Differ(ctx, x, y, c.query.Pattern, c.pattern.Text, c.limits)
			if err != nil {
				return wire.EngineDifference{A: a, B: b, Message: err.Error(), Blames: []wire.Blame{}}, nil
			}
			return c.pattern.Difference(a, b, x, y, d), nil
		}, func(d wire.EngineDifference) { c.state.Differences = append(c.state.Differences, d) })
		if err != nil {
			return err
		}
		c.send()
	}
	return nil
}

// port says what becomes of the pattern in each other flavor.
func (c *comparison) port(t *eventloop.Task) error {
	base := c.reports[c.base]
	if base.Side.Flavor != c.flavor {
		return nil
	}
	all := wire.Portability{Type: wire.TypePortability, Version: c.version, Flavors: []wire.PortableFlavor{}}
	for _, to := range flavor.All() {
		if to == c.flavor {
			continue
		}
		there := c.reportOf(to)
		err := inBackground(c, t, func(ctx context.Context) (wire.PortableFlavor, error) {
			return c.pattern.Portable(compare.Port(ctx, base, there, to, c.query.Pattern, c.pattern.Text, c.limits)), nil
		}, func(f wire.PortableFlavor) { all.Flavors = append(all.Flavors, f) })
		if t.Cancelling() > 0 {
			return err
		}
		if err != nil {
			all.Flavors = append(all.Flavors, wire.PortableFlavor{
				Flavor: to.Name, Label: to.Label, AsItIs: wire.AgreementUnknown, Converted: wire.AgreementUnknown,
				Conversion: wire.Conversion{Flavor: to.Name, Changes: []wire.Change{}, Error: c.failure(err)},
			})
		}
	}
	c.session.conn.Lane(laneComparison).PutText(c.version, socket.Marshal(all))
	return nil
}

// reportOf returns the first report of a flavor, or nil.
func (c *comparison) reportOf(f *flavor.Flavor) *compare.Report {
	for _, r := range c.reports {
		if r.Side.Flavor == f {
			return r
		}
	}
	return nil
}

func (c *comparison) send() {
	c.session.conn.Lane(laneComparison).PutText(c.version, socket.Marshal(c.state))
}

// inBackground awaits a job on a worker, and hands its result to take on the loop.
func inBackground[T any](c *comparison, t *eventloop.Task, job func(context.Context) (T, error), take func(T)) error {
	result, err := eventloop.RunInExecutor(c.session.server.loop, c.session.client.At(executor.Background), job).Await(t)
	if err == nil && take != nil {
		take(result)
	}
	return err
}

// failure says to the user why there is no comparison.
func (c *comparison) failure(err error) string {
	var panicked *executor.PanicError
	switch {
	case errors.Is(err, errDrift):
		return "The text is being sent again." // the search asks for it
	case errors.Is(err, executor.ErrQueueFull):
		return "Too many searches are waiting. Change the pattern to try again."
	case errors.As(err, &panicked):
		c.session.server.options.Log.Error("ui: a comparison panicked", "flavor", c.flavor.Name, "value", panicked.Value, "stack", string(panicked.Stack))
		return fmt.Sprintf("This failed: %.200v. It is a defect; the program's log has its stack.", panicked.Value)
	}
	return err.Error()
}

// textOf is the text that a search for disagreement begins with.
func textOf(text *engine.Text) []byte {
	const most = 64 << 10 // pieces of it are short, and from its beginning as good as from anywhere
	return text.Bytes()[:min(text.Len(), most)]
}
