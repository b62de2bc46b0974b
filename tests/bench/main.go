// Command bench measures the event loop beside Python's asyncio and uvloop,
// Node, and plain goroutines with channels, in one run, and prints a table.
//
//	go run ./tests/bench > tests/record/$(date +%F)-eventloop.md
//
// Each program measures itself and prints a JSON line a figure. Of times, and
// of HTTP, the best of three runs counts; memory is that of the first run, and
// for connections in a process that did nothing before. The load on the servers
// comes from this program in a process of its own.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// figure is one line of a program's output: the program's name, or a value.
type figure struct {
	Program string  `json:"program,omitempty"`
	Name    string  `json:"name,omitempty"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit,omitempty"`
}

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 {
		if err := part(os.Args[1], os.Args[2:]); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := compare(); err != nil {
		log.Fatal(err)
	}
}

// part runs what compare starts in processes of their own.
func part(name string, args []string) error {
	switch name {
	case "loop":
		measureLoop(slices.Contains(args, "connections"))
		return nil
	case "floor":
		measureFloor(slices.Contains(args, "connections"))
		return nil
	case "connect", "load":
		port, err := strconv.Atoi(args[0])
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		if name == "connect" {
			return connect(fmt.Sprintf("127.0.0.1:%d", port), n)
		}
		requests, err := load(port, time.Duration(n)*time.Second)
		fmt.Println(requests)
		return err
	}
	return fmt.Errorf("there is no part %q", name)
}

// say prints one figure.
func say(name string, value float64, unit string) {
	if err := json.NewEncoder(os.Stdout).Encode(figure{Name: name, Value: value, Unit: unit}); err != nil {
		log.Fatal(err)
	}
}

// best returns the nanoseconds of one operation in the best of three runs.
func best(n int, run func(n int) time.Duration) float64 {
	least := time.Duration(1<<63 - 1)
	for range 3 {
		runtime.GC()
		least = min(least, run(n))
	}
	return float64(least) / float64(n)
}

// compare runs every program that this machine has and prints the table.
func compare() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	_, source, _, _ := runtime.Caller(0)
	here := filepath.Dir(source)
	commands := [][]string{
		{self, "floor"},
		{self, "loop"},
		{"/usr/bin/python3", filepath.Join(here, "asyncio_bench.py"), "asyncio"},
		{"/usr/bin/python3", filepath.Join(here, "asyncio_bench.py"), "uvloop"},
		{"node", "--expose-gc", filepath.Join(here, "node_bench.mjs")},
	}
	var names []string // of the figures, in order
	units := map[string]string{}
	var programs []string
	values := map[string]map[string]float64{} // by program and figure
	for _, command := range commands {
		out, err := runProgram(self, command)
		if err == nil {
			// In a process that has sleepers behind it, connections would get their memory.
			var idle []figure
			idle, err = runProgram(self, append(slices.Clip(command), "connections"))
			out = append(out, idle...)
		}
		if err != nil {
			log.Printf("%s: %v", strings.Join(command, " "), err)
			continue
		}
		program := ""
		for _, f := range out {
			if f.Program != "" {
				program = f.Program
				if values[program] == nil {
					programs = append(programs, program)
					values[program] = map[string]float64{}
				}
				continue
			}
			if !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
			units[f.Name] = f.Unit
			values[program][f.Name] = f.Value
		}
	}
	fmt.Printf("# Event loop, %s\n\n%s\n\n", time.Now().Format(time.DateOnly), machine())
	fmt.Print("Command: `go run ./tests/bench`: all programs, one after the other. Times, and HTTP, are the best of three\n" +
		"runs in one process; memory is that of the first, cold run, for connections in a process of its own.\n\n")
	fmt.Printf("| | unit | %s |\n|---|---|%s\n", strings.Join(programs, " | "), strings.Repeat("---|", len(programs)))
	for _, name := range names {
		fmt.Printf("| %s | %s |", name, units[name])
		for _, program := range programs {
			if v, ok := values[program][name]; ok {
				fmt.Printf(" %s |", round(v))
			} else {
				fmt.Print(" |")
			}
		}
		fmt.Println()
	}
	return nil
}

func runProgram(self string, command []string) ([]figure, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "BENCH_CLIENT="+self)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var figures []figure
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		var f figure
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			return nil, fmt.Errorf("%q: %w", lines.Text(), err)
		}
		figures = append(figures, f)
	}
	return figures, nil
}

// round keeps three digits: the machines are noisier than that.
func round(v float64) string {
	digits := 0
	for limit := 100.0; v < limit && digits < 3; limit /= 10 {
		digits++
	}
	return strconv.FormatFloat(v, 'f', digits, 64)
}

// machine names what was measured on.
func machine() string {
	model := "unknown processor"
	if data, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(data)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				model = strings.TrimSpace(strings.TrimLeft(name, " \t:"))
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s, %s.", model, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
