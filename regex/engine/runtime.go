package engine

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/regexdbg/regexdbg/executor"
	"github.com/regexdbg/regexdbg/regex/flavor"
	"github.com/regexdbg/regexdbg/regex/syntax"
)

// A runtime is an interpreter on this machine with a script that runs patterns
// on it, in child processes that package executor starts, limits and kills.
//
// What the script reads are executor's frames with a runtimeRequest as data, and
// for a search the text as the body, unless the child has it already. It says
// hello with a runtimeHello, and answers with runtimeAnswer, or an error with a
// runtimeFault. The matches of a search are bodies of 32-bit little-endian
// numbers: the start and the end of each group of each match, or -1, -1, in the
// language's own unit. It sends the first ones as it finds them, and then those
// of about a millisecond together.

const (
	// MaxRuntimeText is the longest text in bytes that a local runtime gets.
	// Interpreters hold a text up to six times, and MaxRuntimeMemory has to do.
	MaxRuntimeText = 64 << 20

	// runtimeMemory bounds each child process, where the system can: what it
	// takes for the longest text in the widest form, and as much again.
	runtimeMemory = 1 << 30
	// runtimeProcesses bounds the processes of one runtime. A pattern that is
	// catastrophic has one until its time is over.
	runtimeProcesses = 4
	// runtimeCompile is what a compilation may take, with the start of the
	// process. Patterns take milliseconds. A start takes 30 to 250 ms, and one of
	// java or dotnet, which compile the script, a second or two; on a machine of two
	// cores where forty other processes want to run it took over thirty.
	runtimeCompile = 75 * time.Second
	runtimeStart   = 60 * time.Second
	// inlineText is the length up to which a text is sent with each search
	// instead of asking whether it is known: it costs less than asking.
	inlineText = 16 << 10
)

// runtimeRequest is what a child is asked.
type runtimeRequest struct {
	Op      string `json:"op"`      // "compile", "search" or "measure"
	Flags   string `json:"flags"`   // letters of the flavor
	Pattern string `json:"pattern"` // in hexadecimal digits, which every language reads easily
	Text    uint64 `json:"text"`    // the text's id
	Sent    bool   `json:"sent"`    // the text is the body
	Start   int    `json:"start"`   // where to search from, in the language's unit
	Skip    int    `json:"skip"`    // how many matches to drop
	Max     int    `json:"max"`     // after how many more to end; 0: none
	Repeat  int    `json:"repeat"`  // how often to search, of a measurement
}

// runtimeHello is what a child says of itself.
type runtimeHello struct {
	Program string `json:"program"` // the path of the interpreter, behind all launchers
	Prefix  string `json:"prefix"`  // what else tells installations apart
	Note    string `json:"note"`
	Unicode string `json:"unicode"` // the version of its data, where it tells
}

// runtimeAnswer is the data of a frame of an answer: of the last one, but for marks.
type runtimeAnswer struct {
	Resend bool        `json:"resend"` // the child does not have the text
	Groups int         `json:"groups"` // how many there are, the whole match not counted
	Names  []groupName `json:"names"`  // by the place of the group; nil where the language does not tell
	// Numbers are those of the groups, the whole match counted, where they can have gaps.
	Numbers []int       `json:"numbers"`
	Marks   []groupName `json:"marks"` // of the matches in this frame that have one, by their number in it
	// Of a measurement: the number of matches, and what the search took on the
	// child's own clock.
	Count   int     `json:"count"`
	Seconds float64 `json:"seconds"`
}

// groupName is a pair of a number, of a group or a match, and a name.
type groupName struct {
	number int
	name   string
}

func (n *groupName) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&n.number, &n.name})
}

// runtimeFault is what a child adds to an error.
type runtimeFault struct {
	Kind   string `json:"kind"`   // "pattern": it is refused; "limit"; anything else: the script failed
	Offset int    `json:"offset"` // in the pattern, in the language's unit, or -1
}

// runtimeEngine is an Engine whose searches end at once with ctx or at the
// deadline: the process is killed.
type runtimeEngine struct {
	language *language
	flavor   *flavor.Flavor
	info     Info
	program  string // the interpreter's path
	pool     *executor.ProcessPool
}

func newRuntimeEngine(l *language, info Info, program string) *runtimeEngine {
	f, err := flavor.Lookup(l.flavor)
	if err != nil {
		panic(err) // a row of languages names no flavor
	}
	return &runtimeEngine{language: l, flavor: f, info: info, program: program, pool: executor.NewProcessPool(executor.ProcessOptions{
		Command: l.command(program), Script: l.file, Env: l.environment(), Workers: runtimeProcesses, Memory: runtimeMemory,
		StartTimeout: runtimeStart, Accept: func(now executor.Info) error { return sameVersion(info.Version, now.Version) },
	})}
}

// sameVersion says why a program is not that which was found: its results would have the name of another one.
func sameVersion(found, now string) error {
	if now == found {
		return nil
	}
	return fmt.Errorf("it is version %s now, and was %s when it was found: look for engines again", clip(now), found)
}

func (e *runtimeEngine) Info() Info { return e.info }

// InProcess reports whether an engine searches on the goroutine that calls it, and not in a
// process of its own.
func InProcess(e Engine) bool {
	_, child := e.(*runtimeEngine)
	return !child
}

// Character returns what one character is to an engine under flags: what the table of
// its flavor says, but for .NET itself, whose flavor's table is regexp2's.
func Character(e Engine, f *flavor.Flavor, flags flavor.Flags) flavor.Unit {
	if r, ok := e.(*runtimeEngine); ok && r.language.character != nil {
		return *r.language.character
	}
	return f.Semantics.Unit.With(flags)
}

func (e *runtimeEngine) Compile(pattern []byte, flags string) (Program, error) {
	if err := checkLength(pattern); err != nil {
		return nil, err
	}
	flags, err := e.flavor.CheckFlags(flags)
	if err != nil {
		return nil, err
	}
	if at := NewText(pattern).invalid(); at >= 0 && !e.language.takes(flags) {
		return nil, &syntax.Error{
			Code: "invalid-utf8", Message: "the pattern is not valid UTF-8 here", Span: syntax.Span{Start: at, End: at + 1},
		}
	}
	p := &runtimeProgram{engine: e, request: runtimeRequest{Flags: flags, Pattern: hex.EncodeToString(pattern)}}
	request := p.request
	request.Op = "compile"
	ctx, cancel := context.WithTimeoutCause(context.Background(), runtimeCompile, errSpent)
	defer cancel()
	var answer runtimeAnswer
	if _, err := e.pool.Do(ctx, executor.Request{Data: request}, func(r executor.Response) error {
		return json.Unmarshal(r.Data, &answer)
	}); err != nil {
		return nil, e.refusal(err, string(pattern), flags)
	}
	p.groups = e.groups(answer, string(pattern), flags)
	for _, part := range e.language.rewinds {
		p.rewinds = p.rewinds || strings.Contains(string(pattern), part)
	}
	return p, nil
}

// groups returns the groups of a pattern. Where the language does not tell their
// names, they are those that our parser sees, if it counts the same groups.
func (e *runtimeEngine) groups(answer runtimeAnswer, pattern, flags string) []Group {
	groups := make([]Group, answer.Groups+1)
	for i := range groups {
		groups[i].Number = i
		if len(answer.Numbers) == len(groups) {
			groups[i].Number = answer.Numbers[i]
		}
	}
	for _, n := range answer.Names {
		if n.number >= 0 && n.number < len(groups) {
			groups[n.number].Name = n.name
		}
	}
	if answer.Names == nil {
		tree := syntax.Parse(pattern, e.flavor, flavor.FlagsOf(flags))
		for i := range groups {
			if len(tree.Groups) == len(groups) {
				groups[i].Name = tree.Groups[i].Name
			}
		}
	}
	return groups
}

// refusal makes the error of a compilation.
func (e *runtimeEngine) refusal(err error, pattern, flags string) error {
	remote, ok := err.(*executor.RemoteError) // and not why a process did not start
	if !ok {
		_, err = e.failure(err)
		return err
	}
	fault := faultOf(remote)
	if fault.Kind != "pattern" && fault.Kind != "limit" {
		return fmt.Errorf("%s failed: %s", e.info.Name, clip(remote.Message))
	}
	offset := -1
	if fault.Offset >= 0 {
		offset = e.language.unit.offset(pattern, fault.Offset)
	}
	return e.diagnose(pattern, flags, remote.Message, offset)
}

func faultOf(err *executor.RemoteError) (fault runtimeFault) {
	if json.Unmarshal(err.Data, &fault) != nil {
		return runtimeFault{Kind: "failed", Offset: -1}
	}
	return fault
}

// diagnose makes an error from a runtime's own words and the place that it
// gives, in bytes, or -1. Where our parser sees an error at this place, or only
// one, or any when there is no place, it is taken to be the same one: then its
// span is more exact, and it may know what would work instead.
func (e *runtimeEngine) diagnose(pattern, flags, message string, offset int) *syntax.Error {
	bad := &syntax.Error{Code: "invalid", Message: clip(message), Span: syntax.Span{Start: 0, End: len(pattern)}}
	tree := syntax.Parse(pattern, e.flavor, flavor.FlagsOf(flags))
	for _, seen := range tree.Errors {
		// A lone one is it also where the place is another: where it was found out,
		// such as the end for what is never closed.
		if offset < 0 || len(tree.Errors) == 1 || seen.Span.Start <= offset && offset <= seen.Span.End {
			bad.Code, bad.Span, bad.Aux, bad.Hint, bad.Fix = seen.Code, seen.Span, seen.Aux, seen.Hint, seen.Fix
			return bad
		}
	}
	if offset >= 0 {
		bad.Span = syntax.Span{Start: offset, End: offset}
		for _, token := range tree.Tokens() {
			if span := token.Span(); span.Start <= offset && offset < span.End {
				bad.Span = span
			}
		}
	}
	return bad
}

// failure is the outcome and the error of a request that a child did not answer
// well.
func (e *runtimeEngine) failure(err error) (Outcome, error) {
	if err == errSpent {
		return Timeout, fmt.Errorf("%s did not answer within %v", e.info.Name, runtimeCompile)
	}
	if start, ok := errors.AsType[*executor.StartError](err); ok {
		return Error, fmt.Errorf("%s did not start: %s", e.info.Name, clip(start.Err.Error()))
	}
	if remote, ok := errors.AsType[*executor.RemoteError](err); ok {
		if faultOf(remote).Kind == "limit" {
			return Limit, errors.New(clip(remote.Message))
		}
		return Error, fmt.Errorf("%s failed: %s", e.info.Name, clip(remote.Message))
	}
	if crash, ok := errors.AsType[*executor.CrashError](err); ok {
		if strings.Contains(strings.ToLower(crash.Stderr), "out of memory") {
			return Limit, fmt.Errorf("%s needs more than %d MiB of memory", e.info.Name, runtimeMemory>>20)
		}
		words := ""
		if crash.Stderr != "" {
			words = ": " + crash.Stderr
		}
		return Error, fmt.Errorf("%s ended: %s", e.info.Name, clip(crash.State+words))
	}
	if errors.Is(err, executor.ErrQueueFull) {
		return Error, fmt.Errorf("too many searches wait for %s", e.info.Name)
	}
	return Error, fmt.Errorf("%s failed: %s", e.info.Name, clip(err.Error()))
}

// close kills its processes and waits until they are gone, or ctx is.
func (e *runtimeEngine) close(ctx context.Context) error {
	return e.pool.Shutdown(ctx, executor.CancelAll)
}
