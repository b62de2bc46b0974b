package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// What all tests share: the binary that is tested, a folder that goes with the tests, and
// one Chromium, in which each test has a profile (browser context) of its own.
var (
	chromium  context.Context
	artifacts string
	scratch   string
)

// Not the program of these sources, but another one.
var binary = flag.String("binary", "", "the `program` to test (default: built from the sources)")

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if scratch, err = os.MkdirTemp("", "regexdbg-browser"); err != nil {
		return fail(err)
	}
	defer os.RemoveAll(scratch)
	if artifacts, err = filepath.Abs("../artifacts"); err != nil {
		return fail(err)
	}
	if err := os.MkdirAll(artifacts, 0o755); err != nil {
		return fail(err)
	}
	if *binary == "" {
		*binary = filepath.Join(scratch, "regexdbg")
		build := exec.Command("go", "build", "-o", *binary, "./cmd/regexdbg")
		build.Dir = filepath.Join("..", "..")
		if out, err := build.CombinedOutput(); err != nil {
			return fail(fmt.Errorf("building the program: %w\n%s", err, out))
		}
	}

	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options(filepath.Join(scratch, "profile"))...)
	defer cancelAllocator()
	var cancel context.CancelFunc
	chromium, cancel = chromedp.NewContext(allocator)
	defer cancel()
	if err := chromedp.Do(chromium); err != nil {
		return fail(fmt.Errorf("starting Chromium: %w", err))
	}
	defer func() {
		if shared != nil {
			_ = shared.cmd.Process.Kill()
			_ = shared.cmd.Wait()
		}
	}()
	return m.Run()
}

// options are those of a Chromium with its profile in a folder.
func options(profile string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, // the tests may run as root, in a container
		chromedp.UserDataDir(profile),
		chromedp.WindowSize(1280, 800),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// What a page's memory is, to the byte and not to the bucket.
		chromedp.Flag("enable-precise-memory-info", true),
		// The default, and the pages behind Chromium's address bar: it makes two of them for
		// each window, which cost more than this page does, and no test types an address.
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,WebUIOmniboxPopup,WebUIOmniboxAimPopup"),
	)
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}
