package differential

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ErrUnavailable says that this machine has not got something that the comparison needs, and could not fetch it:
// tests/run installs and fetches everything.
var ErrUnavailable = errors.New("not available on this machine")

// CacheDir is where sources and answers are kept, outside the repository: regexdbg-oracle in the user's cache.
func CacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "regexdbg-oracle"), nil
}

// once returns the cached folder of a name. If there is none, fill makes its content first.
func once(name string, fill func(dir string) error) (string, error) {
	cache, err := CacheDir()
	if err != nil {
		return "", err
	}
	final := filepath.Join(cache, "sources", name)
	if _, err := os.Stat(final); err == nil {
		return final, nil
	}
	if err := os.MkdirAll(filepath.Dir(final), 0o755); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(filepath.Dir(final), "fetching-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.Chmod(dir, 0o755); err != nil {
		return "", err
	}
	if err := fill(dir); err != nil {
		return "", fmt.Errorf("%s: %w: %w", name, ErrUnavailable, err)
	}
	if err := os.Rename(dir, final); err != nil {
		if _, exists := os.Stat(final); exists == nil {
			return final, nil // another process was faster
		}
		return "", err
	}
	return final, nil
}

// command runs a program in a folder and returns its standard output. The error holds its standard error.
func command(ctx context.Context, dir, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if err != nil {
		return out, fmt.Errorf("%s: %w\n%s", cmd, err, problems.String())
	}
	return out, nil
}

// goModule returns the folder of module@version in the module cache.
func goModule(ctx context.Context, module string) (string, error) {
	// Outside of a module, so that nothing is added to ours.
	out, err := command(ctx, os.TempDir(), "go", "mod", "download", "-json", module)
	var answer struct{ Dir, Error string }
	if json.Unmarshal(out, &answer) == nil && answer.Error != "" {
		err = errors.New(answer.Error)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w: %w", module, ErrUnavailable, err)
	}
	return answer.Dir, nil
}

// npmPackage returns a folder with the content of a package, of name@version, without anything that it depends on.
func npmPackage(ctx context.Context, spec string) (string, error) {
	dir, err := once("npm-"+spec, func(dir string) error {
		out, err := command(ctx, dir, "npm", "pack", "--silent", spec)
		if err != nil {
			return err
		}
		_, err = command(ctx, dir, "tar", "xzf", strings.TrimSpace(string(out)))
		return err
	})
	return filepath.Join(dir, "package"), err
}

// apt runs an apt program, with package lists of its own that also name the sources, so that neither the machine's
// configuration nor its lists change, and nobody has to be root.
func apt(ctx context.Context, dir, program string, args ...string) error {
	lists, err := once("apt", func(dir string) error {
		// What the machine has, without the archives of updates and of security fixes: they drop an old version of
		// a source as soon as there is a new one, and a mirror need not have it.
		out, err := command(ctx, dir, "apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages")
		if err != nil {
			return err
		}
		var entries strings.Builder
		for line := range strings.Lines(string(out)) {
			if f := strings.Fields(line); len(f) == 3 && f[2] == "main" && !strings.Contains(f[1], "-") {
				fmt.Fprintf(&entries, "deb %s\ndeb-src %s\n", strings.Join(f, " "), strings.Join(f, " "))
			}
		}
		for _, folder := range []string{"parts", "lists/partial", "cache/archives/partial"} {
			if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(dir, "parts/main.list"), []byte(entries.String()), 0o644); err != nil {
			return err
		}
		_, err = command(ctx, dir, "apt-get", append(aptOptions(dir), "-q", "update")...)
		return err
	})
	if err != nil {
		return err
	}
	_, err = command(ctx, dir, program, append(append(aptOptions(lists), "-q"), args...)...)
	return err
}

// aptOptions have apt keep everything in dir. Lists and downloads are unpacked by who runs this, also by root, for whom
// apt would want a user of its own that cannot write here.
func aptOptions(dir string) []string {
	var options []string
	for _, option := range []string{
		"Dir::Etc::SourceList=/dev/null", "Dir::Etc::SourceParts=" + filepath.Join(dir, "parts"),
		"Dir::State::Lists=" + filepath.Join(dir, "lists"), "Dir::Cache=" + filepath.Join(dir, "cache"),
		"APT::Sandbox::User=",
	} {
		options = append(options, "-o", option)
	}
	return options
}

// debianSource returns a folder with the files of a source package's upstream archive that match the tar patterns.
func debianSource(ctx context.Context, source string, wanted ...string) (string, error) {
	return once(fmt.Sprintf("debian-%s-%.4x", source, sha256.Sum256([]byte(strings.Join(wanted, " ")))), func(dir string) error {
		if err := apt(ctx, dir, "apt-get", "source", "--download-only", "--only-source", source); err != nil {
			return err
		}
		return unpack(ctx, dir, "*.orig.tar.*", "tar", append([]string{"--strip-components=1", "--wildcards"}, wanted...))
	})
}

// debianPackage returns a folder with the content of a binary package, which is not installed.
func debianPackage(ctx context.Context, name string) (string, error) {
	return once("debian-"+name, func(dir string) error {
		if err := apt(ctx, dir, "apt-get", "download", name); err != nil {
			return err
		}
		return unpack(ctx, dir, "*.deb", "dpkg-deb", nil)
	})
}

// unpack unpacks the archive that the file pattern finds in dir, and removes what was downloaded.
func unpack(ctx context.Context, dir, archive, program string, wanted []string) error {
	downloaded, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	found, err := filepath.Glob(filepath.Join(dir, archive))
	if err != nil || len(found) != 1 {
		return fmt.Errorf("%d files %s: %v", len(found), archive, err)
	}
	if program == "tar" {
		_, err = command(ctx, dir, "tar", append([]string{"-xf", found[0]}, wanted...)...)
	} else {
		_, err = command(ctx, dir, program, "-x", found[0], dir)
	}
	for _, entry := range downloaded {
		if err == nil {
			err = os.Remove(filepath.Join(dir, entry.Name()))
		}
	}
	return err
}
