// Command record runs the benchmarks of the whole program and writes what they
// say, beside the targets, to a dated file in this folder:
//
//	go run ./tests/record -name live-tool
//
// The analysis below the tables is for people to write.
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// suite is one run of `go test -bench`.
type suite struct {
	dir   string
	bench string
	times string // -benchtime
}

var suites = []suite{
	{"tests/browser", "Typing|LongestTask|AllMatches|Memory", "30x"},
	{"tests/load", "StreamedMatches", "7x"},
	{"tests/load", "Supersede", "100x"},
	{"tests/load", "BesideFourPages", "3x"},
}

// target is what a figure has to be.
type target struct {
	bench, metric string
	least, most   float64 // 0 for no bound
}

var targets = []target{
	{bench: "Typing/1KB", metric: "shown-p50-ms", most: 35},
	{bench: "Typing/100KB", metric: "shown-p50-ms", most: 45},
	{bench: "Typing/1MB", metric: "shown-p50-ms", most: 70},
	{bench: "Typing/10MB", metric: "shown-p50-ms", most: 150},
	{bench: "LongestTask/*", metric: "longest-ms", most: 16},
	{bench: "AllMatches/*", metric: "beyond-1.25-engine-ms", most: 50},
	{bench: "StreamedMatches/*", metric: "ratio-p50", least: 0.8},
	{bench: "Supersede", metric: "first-p95-ms", most: 100},
}

// figure is one number of one benchmark.
type figure struct {
	bench, metric string
	value         float64
}

func main() {
	name := flag.String("name", "benchmarks", "what the file is called after its date")
	binary := flag.String("binary", "", "the `program` to measure (default: built from the sources)")
	flag.Parse()
	if err := record(*name, *binary); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func record(name, binary string) error {
	var figures []figure
	for _, s := range suites {
		fmt.Fprintf(os.Stderr, "%s: %s\n", s.dir, s.bench)
		found, err := s.run(binary)
		if err != nil {
			return err
		}
		figures = append(figures, found...)
	}
	now := time.Now()
	var page bytes.Buffer
	fmt.Fprintf(&page, "# Benchmarks of %s: %s\n\n", now.Format("2 January 2006"), name)
	fmt.Fprintf(&page, "Machine: %s, %d cores, %s; %s; %s; load average before the run's end %s.\n\n",
		processor(), runtime.NumCPU(), system(), runtime.Version(), chromium(), load())
	fmt.Fprintf(&page, "Command: `go run ./tests/record -name %s`, which runs\n\n", name)
	for _, s := range suites {
		fmt.Fprintf(&page, "- in `%s`: `go test -run '^$' -bench '%s' -benchtime %s`\n", s.dir, s.bench, s.times)
	}
	writeTargets(&page, figures)
	writeFigures(&page, figures)
	file := filepath.Join("tests", "record", now.Format("2006-01-02")+"-"+name+".md")
	fmt.Fprintln(os.Stderr, "writing", file)
	return os.WriteFile(file, page.Bytes(), 0o644)
}

func (s suite) run(binary string) ([]figure, error) {
	cmd := exec.Command("go", "test", "-run", "^$", "-bench", s.bench, "-benchtime", s.times, "-timeout", "30m", ".")
	if binary != "" {
		cmd.Args = append(cmd.Args, "-binary", binary)
	}
	cmd.Dir = s.dir
	cmd.Stderr = os.Stderr
	var out bytes.Buffer
	cmd.Stdout = io.MultiWriter(&out, os.Stderr)
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w", s.dir, err)
	}
	return parse(out.String()), nil
}

// parse reads the lines of `go test -bench`: a name, a number of runs, and pairs
// of a value and its unit.
func parse(out string) []figure {
	processors := regexp.MustCompile(`-\d+$`)
	var figures []figure
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		bench := processors.ReplaceAllString(strings.TrimPrefix(fields[0], "Benchmark"), "")
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err == nil && fields[i+1] != "ns/op" {
				figures = append(figures, figure{bench, fields[i+1], value})
			}
		}
	}
	return figures
}

func (t target) appliesTo(f figure) bool {
	prefix, any := strings.CutSuffix(t.bench, "*")
	return t.metric == f.metric && (f.bench == t.bench || any && strings.HasPrefix(f.bench, prefix))
}

func (t target) String() string {
	if t.least > 0 {
		return fmt.Sprintf("at least %g", t.least)
	}
	return fmt.Sprintf("at most %g", t.most)
}

func (t target) met(value float64) bool {
	return (t.least == 0 || value >= t.least) && (t.most == 0 || value <= t.most)
}

func writeTargets(w io.Writer, figures []figure) {
	fmt.Fprint(w, "\n## Against the targets\n\n| benchmark | figure | target | measured | |\n|---|---|---|---|---|\n")
	for _, t := range targets {
		for _, f := range figures {
			if !t.appliesTo(f) {
				continue
			}
			verdict := "met"
			if !t.met(f.value) {
				verdict = "**missed**"
			}
			fmt.Fprintf(w, "| %s | %s | %s | %.4g | %s |\n", f.bench, f.metric, t, f.value, verdict)
		}
	}
}

func writeFigures(w io.Writer, figures []figure) {
	fmt.Fprint(w, "\n## All figures\n\n| benchmark | figures |\n|---|---|\n")
	for i, f := range figures {
		if i == 0 || figures[i-1].bench != f.bench {
			fmt.Fprintf(w, "| %s | ", f.bench)
		}
		fmt.Fprintf(w, "%s %.4g", f.metric, f.value)
		if i+1 == len(figures) || figures[i+1].bench != f.bench {
			fmt.Fprint(w, " |\n")
		} else {
			fmt.Fprint(w, ", ")
		}
	}
}

func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	found := regexp.MustCompile(`model name\s*: (.*)`).FindSubmatch(info)
	if found == nil {
		return runtime.GOARCH
	}
	return string(found[1])
}

func system() string {
	release, err := os.ReadFile("/etc/os-release")
	if err != nil {
		return runtime.GOOS
	}
	found := regexp.MustCompile(`PRETTY_NAME="(.*)"`).FindSubmatch(release)
	if found == nil {
		return runtime.GOOS
	}
	return string(found[1])
}

func chromium() string {
	out, err := exec.Command("chromium", "--version").Output()
	if err != nil {
		return "no chromium"
	}
	return strings.TrimSpace(string(out))
}

func load() string {
	averages, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(averages), " ")
	return cmp.Or(first, "unknown")
}
