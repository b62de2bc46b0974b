package main

import (
	"context"
	"flag"
	"time"

	"github.com/regexdbg/regexdbg/regex/engine"
)

// runtimesFlag adds --runtimes to the flags of a command.
func runtimesFlag(flags *flag.FlagSet, byDefault string) *string {
	return flags.String("runtimes", byDefault, "")
}

// localEngines returns the engines of this machine with the runtimes of a list.
// Nothing is looked for yet. close ends their processes.
func localEngines(list string) (engines *engine.Registry, close func(), err error) {
	runtimes, err := engine.NewRuntimes(list)
	if err != nil {
		return nil, nil, err
	}
	return engine.Local().With(runtimes), func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = runtimes.Close(ctx) // what is left then ends with this process
	}, nil
}
