package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// The program that runs .NET's script is F# Interactive, which is in every SDK and
// in no mere runtime. It compiles the script in memory; C#'s compiler would need a
// file for what it makes, and .NET does not start one that is only in memory.

const (
	// dotnetHeap bounds .NET's own heap, in hexadecimal bytes: 512 MiB, so that it
	// ends with an OutOfMemoryException before the system's limit ends the process.
	dotnetHeap = "0x20000000"
	// dotnetListing is what listing the SDKs may take: a few milliseconds, or a
	// second where a launcher is in front.
	dotnetListing = 10 * time.Second
)

// dotnetPrograms returns the F# Interactive of the SDKs that a dotnet has, of each
// minor version (8.0, 9.0) the newest, the highest first.
func dotnetPrograms(ctx context.Context, program string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, dotnetListing)
	defer cancel()
	list := exec.CommandContext(ctx, program, "--list-sdks")
	list.Env = append(inherited(probeVariables...), dotnetVariables()...)
	out, err := list.Output()
	if err != nil {
		return nil, err
	}
	programs := dotnetSDKs(string(out))
	if len(programs) == 0 {
		return nil, errors.New("it has a runtime only, and this needs the SDK")
	}
	return programs, nil
}

// dotnetSDKs reads the lines of dotnet --list-sdks: "8.0.404 [/usr/share/dotnet/sdk]".
func dotnetSDKs(list string) (programs []string) {
	lines := strings.Split(strings.TrimSpace(list), "\n")
	slices.SortStableFunc(lines, func(a, b string) int {
		versionA, _, _ := strings.Cut(a, " ")
		versionB, _, _ := strings.Cut(b, " ")
		return compareVersions(versionB, versionA)
	})
	known := map[string]bool{}
	for _, line := range lines {
		version, dir, ok := strings.Cut(strings.TrimSpace(line), " [")
		parts := strings.SplitN(version, ".", 3)
		if !ok || len(parts) < 3 || known[parts[0]+"."+parts[1]] {
			continue
		}
		for _, file := range []string{"fsi.dll", "fsi.exe"} { // the latter up to 3.1, although no program of Windows
			path := filepath.Join(strings.TrimSuffix(dir, "]"), version, "FSharp", file)
			if _, err := os.Stat(path); err == nil {
				known[parts[0]+"."+parts[1]] = true
				programs = append(programs, path)
				break
			}
		}
	}
	return programs
}

// dotnetCommand starts F# Interactive, whose path is DOTNET/sdk/VERSION/FSharp/fsi.dll,
// by the dotnet that it belongs to, which needs no variables and writes nothing.
func dotnetCommand(program string) []string {
	host := filepath.Join(filepath.Dir(program), "..", "..", "..", "dotnet")
	if runtime.GOOS == "windows" {
		host += ".exe"
	}
	// --exec leaves standard input to the script.
	return []string{host, "exec", program, "--nologo", "--quiet", "--exec", "--optimize+", "--debug-", "--use:/proc/self/fd/3"}
}

// dotnetVariables are the settings of .NET, of which those up to version 5 begin
// with COMPlus; and what a user may have to set so that it starts on a system that
// is newer or older than it.
func dotnetVariables() []string {
	env := inherited("CLR_ICU_VERSION_OVERRIDE", "DOTNET_ICU_VERSION_OVERRIDE", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "LD_LIBRARY_PATH")
	// .NET up to 3.1 makes and removes an empty file to see whether names have case: in memory here.
	env = append(env, "TMPDIR=/dev/shm")
	for _, prefix := range []string{"DOTNET_", "COMPlus_"} {
		env = append(env,
			prefix+"GCHeapHardLimit="+dotnetHeap,
			prefix+"gcConcurrent=0",      // a thread less
			prefix+"EnableDiagnostics=0", // which are a socket and a pipe in the folder for temporary files
		)
	}
	return env
}

// behind returns the programs behind those on PATH, and why some have none.
func (l *language) behind(ctx context.Context, paths []string) (programs, broken []string) {
	if l.programs == nil {
		return paths, nil
	}
	for _, path := range paths {
		found, err := l.programs(ctx, path)
		if err != nil {
			broken = append(broken, doesNotWork(path, err))
		}
		for _, program := range found {
			if !slices.Contains(programs, program) {
				programs = append(programs, program)
			}
		}
	}
	return programs, broken
}

// doesNotWork says so of a program, and why.
func doesNotWork(program string, err error) string {
	return fmt.Sprintf("%s does not work (%s)", program, firstLine(err.Error()))
}
