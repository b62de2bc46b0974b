package main

import (
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// measureFloor prints what plain goroutines and channels take for the same: the
// least that Go can do it for, without a loop's order, cancellation or futures.
func measureFloor(idle bool) {
	program("plain Go, " + runtime.Version())
	if idle {
		floorConnections(10_000)
		return
	}
	say("CallSoon, 1,000 a pass", best(5_000_000, floorCallSoon), "ns")
	say("spawn a task and await it", best(1_000_000, floorSpawn), "ns")
	say("Sleep(0), one task", best(2_000_000, floorYield), "ns")
	say("CallSoonThreadsafe and back, idle loop", best(500_000, floorPingPong), "ns")
	say("RunInExecutor, 1 in flight", best(500_000, floorWorkers(1)), "ns")
	say("RunInExecutor, 8 in flight", best(500_000, floorWorkers(8)), "ns")
	say("Queue(1), put and get between two tasks", best(1_000_000, floorQueue), "ns")
	measureSleepers(100_000, floorSleepers)
	floorHello()
}

func floorCallSoon(n int) time.Duration {
	calls := make(chan func(), 1000)
	left := n
	start := time.Now()
	go func() {
		for range n {
			calls <- func() { left-- }
		}
		close(calls)
	}()
	for call := range calls {
		call()
	}
	return time.Since(start)
}

func floorSpawn(n int) time.Duration {
	start := time.Now()
	for range n {
		result := make(chan int, 1)
		go func() { result <- 1 }()
		<-result
	}
	return time.Since(start)
}

func floorYield(n int) time.Duration {
	start := time.Now()
	for range n {
		runtime.Gosched()
	}
	return time.Since(start)
}

func floorPingPong(n int) time.Duration {
	calls, turn := make(chan func()), make(chan struct{})
	go func() {
		for call := range calls {
			call()
		}
	}()
	start := time.Now()
	for range n {
		calls <- func() { turn <- struct{}{} }
		<-turn
	}
	close(calls)
	return time.Since(start)
}

func floorWorkers(inflight int) func(n int) time.Duration {
	return func(n int) time.Duration {
		type job struct{ result chan int }
		jobs := make(chan job)
		for range 4 {
			go func() {
				for j := range jobs {
					j.result <- 0
				}
			}()
		}
		var waiting sync.WaitGroup
		start := time.Now()
		for range inflight {
			waiting.Go(func() {
				result := make(chan int)
				for range n / inflight {
					jobs <- job{result}
					<-result
				}
			})
		}
		waiting.Wait()
		close(jobs)
		return time.Since(start)
	}
}

func floorQueue(n int) time.Duration {
	q := make(chan int, 1)
	go func() {
		for i := range n {
			q <- i
		}
	}()
	start := time.Now()
	for range n {
		<-q
	}
	return time.Since(start)
}

func floorSleepers(n int) (over time.Duration, memory int64) {
	var waiting sync.WaitGroup
	before, start := residentBytes(), time.Now()
	for range n {
		waiting.Go(func() { time.Sleep(time.Second) })
	}
	time.Sleep(time.Second / 2)
	memory = residentBytes() - before
	waiting.Wait()
	return time.Since(start) - time.Second, memory
}

func floorConnections(n int) {
	listener := listen()
	defer listener.Close()
	before := residentBytes()
	client := startClient("connect", listener.Addr(), n)
	defer client.stop()
	for range n {
		conn, err := listener.Accept()
		fail(err)
		go func() {
			defer conn.Close()
			_, _ = conn.Read(make([]byte, 1))
		}()
	}
	say("10,000 idle connections: memory each", float64(residentBytes()-before)/float64(n), "B")
}

func floorHello() {
	listener := listen()
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("Hello, world\n"))
	})}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	result, err := measureLoad(listener.Addr())
	fail(err)
	result.say()
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	fail(err)
	return listener
}
