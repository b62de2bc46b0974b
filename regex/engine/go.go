package engine

import (
	"context"
	"regexp"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/regexdbg/regexdbg/regex/flavor"
)

// Go returns the regexp package of the toolchain that built this program.
//
// Its searches take time linear in the text, and end within a few
// milliseconds of ctx's end or of the deadline.
func Go() Engine { return goEngine{} }

type goEngine struct{}

func (goEngine) Info() Info {
	return Info{Flavor: "go", Name: "regexp", Version: runtime.Version()}
}

func (goEngine) Compile(pattern []byte, flags string) (Program, error) {
	if err := checkLength(pattern); err != nil {
		return nil, err
	}
	flags, err := checkFlags("go", flags)
	if err != nil {
		return nil, err
	}
	source := goSource{pattern: string(pattern), flags: flags}
	re, err := regexp.Compile(source.whole())
	if err != nil {
		tree, bad := treeOf("go", source.pattern, flags)
		if bad != nil {
			return nil, bad
		}
		return nil, refused(tree, err)
	}
	return newGoProgram(source, re)
}

func checkFlags(name, flags string) (string, error) {
	f, err := flavor.Lookup(name)
	if err != nil {
		return "", err
	}
	return f.CheckFlags(flags)
}

// A goSource is a pattern with its flags as the text that regexp compiles.
type goSource struct {
	pattern, flags string
}

// prefix is what stands before the user's pattern in whole.
func (s goSource) prefix() string {
	if s.flags == "" {
		return ""
	}
	return "(?" + s.flags + ")"
}

func (s goSource) whole() string { return s.prefix() + s.pattern }

// compileIn compiles the pattern as a part of another one: before, the pattern
// as one operand, after.
func (s goSource) compileIn(before, after string) (*regexp.Regexp, error) {
	group := before + "(?" + s.flags + ":" + s.pattern
	re, err := regexp.Compile(group + ")" + after)
	if err != nil && strings.Contains(s.pattern, `\Q`) {
		// A pattern may end inside \Q...: close it, or it swallows our ).
		return regexp.Compile(group + `\E)` + after)
	}
	return re, err
}

type goProgram struct {
	re     *regexp.Regexp
	groups []Group
	prefix string // every match starts with it
	goShape
	goCuts
	variants goVariants
}

func newGoProgram(source goSource, re *regexp.Regexp) (*goProgram, error) {
	names := re.SubexpNames()
	p := &goProgram{re: re, groups: make([]Group, len(names))}
	for i, name := range names {
		p.groups[i] = Group{Number: i, Name: name}
	}
	p.prefix, _ = re.LiteralPrefix()
	shape, err := shapeOf(source.whole())
	if err != nil {
		return nil, err
	}
	p.goShape = shape
	p.goCuts = cutsOf(shape, p.prefix)
	if utf8.UTFMax*p.longest > p.piece/4 {
		p.longest = -1 // too much would be searched twice
	}
	p.variants = newGoVariants(source)
	return p, nil
}

func (p *goProgram) Groups() []Group { return p.groups }

func (p *goProgram) Search(ctx context.Context, text *Text, from Cursor, budget Budget, yield func(groups []int) bool) Result {
	run, end := begin(ctx, text, from, budget, yield)
	defer end()
	s := goSearch{goProgram: p, run: run, b: text.Bytes()}
	return s.search(from)
}
