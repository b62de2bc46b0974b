package regextest_test

import (
	"context"
	"fmt"

	"github.com/regexdbg/regexdbg/regex/engine"
	"github.com/regexdbg/regexdbg/regex/regextest"
)

func ExampleRun() {
	f, err := regextest.Parse("words.toml", []byte(`
[[pattern]]
name = "words"
pattern = '\b(\w+)ing\b'

[[pattern.input]]
name = "a word"
text = "is singing"
first = { span = [3, 10], groups = { 1 = "song" } }
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	err = regextest.Run(context.Background(), f, engine.Local(), regextest.Options{}, func(r *regextest.Result) bool {
		fmt.Printf("%s: %s\n%s", r.Name(), r.Status, r.Describe())
		return true
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// words: a word: failed
	// group 1 of match 1 is 3-7 "sing", expected is "song"
	//   | is singing
	//   |    ^^^^
}
