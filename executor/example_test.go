package executor_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/regexdbg/regexdbg/executor"
)

func Example() {
	pool := executor.New(executor.Options{Workers: 2})
	session := pool.NewClient("session 1")
	defer session.Close()

	superseded := errors.New("superseded")
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(superseded) // the next keystroke would do this

	var found []int // the pool hands it over: written by run, read after finished
	done := make(chan error, 1)
	job, err := session.At(executor.Interactive).SubmitJob(ctx, func(context.Context) {
		found = regexp.MustCompile(`b+`).FindStringIndex("abbc")
	}, func(err error) { done <- err })
	if err != nil {
		fmt.Println(err) // such as executor.ErrQueueFull
		return
	}
	fmt.Println(<-done, found, job.Usage().Wall > 0)

	fmt.Println(pool.Shutdown(context.Background(), executor.CancelAll))
	// Output:
	// <nil> [1 3] true
	// <nil>
}

func ExampleMap() {
	pool := executor.New(executor.Options{Workers: 2})
	batch := pool.NewClient("batch").At(executor.Background)
	patterns := []string{`a+`, `\d`, `c(o)`}
	counts, err := executor.Map(context.Background(), batch, patterns, func(_ context.Context, p string) (int, error) {
		re, err := regexp.Compile(p)
		if err != nil {
			return 0, err
		}
		return len(re.FindAllString("banana co 12", -1)), nil
	})
	fmt.Println(counts, err)
	// Output: [3 2 1] <nil>
}

func ExampleGo() {
	pool := executor.New(executor.Options{Workers: 2})
	view := pool.NewClient("tool").At(executor.Interactive)
	matched := executor.Go(context.Background(), view, func(context.Context) (bool, error) {
		return regexp.MatchString(`b+$`, "abb")
	})
	fmt.Println(matched.Wait(context.Background()))
	// Output: true <nil>
}

func ExampleProcessPool() {
	pool := executor.NewProcessPool(executor.ProcessOptions{
		Command: []string{"python3", "-I", "-S", "-c", `
import json, re, sys
def send(body=b"", **header):
    sys.stdout.buffer.write(json.dumps(header | {"bytes": len(body)}).encode() + b"\n" + body)
    sys.stdout.buffer.flush()
send(protocol=1, name="python", version=sys.version.split()[0])
while line := sys.stdin.buffer.readline():
    request = json.loads(line)
    text = sys.stdin.buffer.read(request.get("bytes", 0)).decode()
    try:
        for m in re.finditer(request["data"]["pattern"], text):
            send(id=request["id"], data=m.span())
        send(id=request["id"], done=True)
    except re.error as e:
        send(id=request["id"], error=str(e))
`},
		Memory: 512 << 20,
	})
	defer pool.Shutdown(context.Background(), executor.CancelAll)

	search := func(pattern string) {
		req := executor.Request{Data: map[string]string{"pattern": pattern}, Body: []byte("abbbcb")}
		_, err := pool.Do(context.Background(), req, func(r executor.Response) error {
			if !r.Final {
				fmt.Println(string(r.Data))
			}
			return nil
		})
		fmt.Println(err)
	}
	search(`b+`)
	search(`(`)
	// On a machine with python3:
	// [1, 4]
	// [5, 6]
	// <nil>
	// missing ), unterminated subpattern at position 0
}
