package snippet

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// buildCSharp compiles a program in C#, and returns what runs it: the newest .NET of this machine. It is compiled by the
// SDK's own compiler or, where that does not start, by Mono's: .NET Core 3.1's wants an OpenSSL that new systems lack.
func buildCSharp(t *testing.T, file string) []string {
	t.Helper()
	list, err := exec.Command("dotnet", "--list-sdks").Output()
	if err != nil {
		t.Skipf("dotnet: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(string(list)), "\n")
	version, folder, ok := strings.Cut(strings.TrimSuffix(lines[len(lines)-1], "]"), " [")
	if !ok {
		t.Skip("dotnet has no SDK here")
	}
	compiler := filepath.Join(folder, version, "Roslyn", "bincore", "csc")
	program := file + ".exe"
	compile := []string{"exec", compiler + ".dll", "-nologo", "-nostdlib", "-noconfig", "-out:" + program, file}
	major, _, _ := strings.Cut(version, ".")
	for _, name := range []string{"System.Private.CoreLib", "System.Runtime", "System.Runtime.Extensions", "System.Console", "System.Collections", "System.Text.RegularExpressions"} {
		found, err := filepath.Glob(filepath.Join(folder, "..", "shared", "Microsoft.NETCore.App", major+".*", name+".dll"))
		if err != nil || len(found) == 0 {
			t.Fatalf("no %s of .NET %s (%v)", name, major, err)
		}
		compile = append(compile, "-r:"+found[len(found)-1])
	}
	if said, err := exec.Command("dotnet", compile...).CombinedOutput(); strings.Contains(string(said), "No usable version of libssl") {
		mono, err := exec.LookPath("mcs")
		if err != nil {
			t.Skip("the compiler of this .NET finds no libssl of its time, and there is no mcs")
		}
		if said, err := exec.Command(mono, "-out:"+program, file).CombinedOutput(); err != nil {
			t.Fatalf("mcs: %v\n%s", err, said)
		}
	} else if err != nil {
		t.Fatalf("csc: %v\n%s", err, said)
	}
	return []string{"dotnet", "exec", "--runtimeconfig", compiler + ".runtimeconfig.json", program}
}
