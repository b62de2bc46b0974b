"""The asyncio half of the event loop's benchmarks: prints a JSON line a figure.

usage: asyncio_bench.py asyncio|uvloop [connections]

Each function does n operations and returns seconds. Of times, and of HTTP, the
best of three runs counts; memory is that of the first run, as for the other
programs.
"""
import asyncio
import json
import os
import resource
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def say(name, value, unit):
    print(json.dumps({"name": name, "value": value, "unit": unit}), flush=True)


def best(n, run, times=3):
    return min(run(n) for _ in range(times)) / n * 1e9


def call_soon(n):
    async def main():
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        left = n

        def callback():
            nonlocal left
            left -= 1
            if left == 0:
                done.set_result(None)

        start = time.perf_counter()
        queued = 0
        while queued < n:
            for _ in range(min(1000, n - queued)):
                loop.call_soon(callback)
                queued += 1
            await asyncio.sleep(0)
        await done
        return time.perf_counter() - start

    return run(main())


def spawn(n):
    async def child():
        return 1

    async def main():
        start = time.perf_counter()
        for _ in range(n):
            await asyncio.create_task(child())
        return time.perf_counter() - start

    return run(main())


def sleep0(n):
    async def main():
        start = time.perf_counter()
        for _ in range(n):
            await asyncio.sleep(0)
        return time.perf_counter() - start

    return run(main())


def wake(n):
    """Round trips: a thread calls into an idle loop, and waits for it."""

    async def main():
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        took = []

        def thread():
            turn = threading.Event()
            for _ in range(n):
                turn.clear()
                start = time.perf_counter()
                loop.call_soon_threadsafe(turn.set)
                turn.wait()
                took.append(time.perf_counter() - start)
            loop.call_soon_threadsafe(done.set_result, None)

        threading.Thread(target=thread).start()
        await done
        return sum(took)

    return run(main())


def executor(inflight):
    def bench(n):
        async def main():
            loop = asyncio.get_running_loop()
            with ThreadPoolExecutor(4) as pool:
                async def worker():
                    for _ in range(n // inflight):
                        await loop.run_in_executor(pool, int)

                await worker()  # starts the threads
                start = time.perf_counter()
                await asyncio.gather(*(worker() for _ in range(inflight)))
                return time.perf_counter() - start

        return run(main())

    return bench


def queue(n):
    async def main():
        q = asyncio.Queue(1)

        async def producer():
            for i in range(n):
                await q.put(i)

        task = asyncio.create_task(producer())
        start = time.perf_counter()
        for _ in range(n):
            await q.get()
        await task
        return time.perf_counter() - start

    return run(main())


def rss():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * resource.getpagesize()


def sleepers(n):
    async def main():
        before, start = rss(), time.perf_counter()
        tasks = [asyncio.create_task(asyncio.sleep(1)) for _ in range(n)]
        await asyncio.sleep(0.5)
        memory = rss() - before
        await asyncio.gather(*tasks)
        return time.perf_counter() - start - 1, memory

    results = [run(main()) for _ in range(3)]
    say("100,000 sleeping tasks: time beyond the sleep", min(seconds for seconds, _ in results) * 1e3, "ms")
    say("100,000 sleeping tasks: memory each", results[0][1] / n, "B")


def connections(n):
    """Memory of idle accepted connections; the clients are another process."""

    async def main():
        accepted = 0
        enough = asyncio.Event()

        async def handle(reader, writer):
            nonlocal accepted
            accepted += 1
            if accepted == n:
                enough.set()
            await reader.read(1)

        server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)
        before = rss()
        client = await asyncio.create_subprocess_exec(
            os.environ["BENCH_CLIENT"], "connect", str(server.sockets[0].getsockname()[1]), str(n),
            stdin=asyncio.subprocess.PIPE)
        await enough.wait()
        memory = rss() - before
        client.kill()
        await client.wait()
        server.close()
        return memory

    say("10,000 idle connections: memory each", run(main()) / n, "B")


def http(seconds):
    """The smallest honest HTTP/1.1 server on streams; the load is another process."""
    body = b"Hello, world\n"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    async def main():
        async def handle(reader, writer):
            try:
                while True:
                    await reader.readuntil(b"\r\n\r\n")
                    writer.write(answer)
                    await writer.drain()
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.close()

        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        runs = []
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_SELF)
            client = await asyncio.create_subprocess_exec(
                os.environ["BENCH_CLIENT"], "load", str(server.sockets[0].getsockname()[1]), str(seconds),
                stdout=asyncio.subprocess.PIPE)
            out, _ = await client.communicate()
            after, requests = resource.getrusage(resource.RUSAGE_SELF), int(out)
            kernel = after.ru_stime - before.ru_stime
            runs.append((requests, (after.ru_utime - before.ru_utime + kernel) / requests, kernel / requests))
        server.close()
        return runs

    runs = run(main())
    _, cpu, kernel = min(runs, key=lambda r: r[1])
    say("HTTP hello world", max(r[0] for r in runs) / seconds, "requests/s")
    say("HTTP hello world: server CPU a request", cpu * 1e6, "µs")
    say("HTTP hello world: of that, in the kernel", kernel * 1e6, "µs")


def main():
    global run
    if sys.argv[1] == "uvloop":
        import uvloop

        run = uvloop.run if hasattr(uvloop, "run") else None
        if run is None:
            uvloop.install()
            run = asyncio.run
        version = "uvloop " + uvloop.__version__
    else:
        run = asyncio.run
        version = "asyncio, Python " + sys.version.split()[0]
    print(json.dumps({"program": version}), flush=True)
    if "connections" in sys.argv:
        connections(10_000)
        return
    say("CallSoon, 1,000 a pass", best(500_000, call_soon), "ns")
    say("spawn a task and await it", best(100_000, spawn), "ns")
    say("Sleep(0), one task", best(200_000, sleep0), "ns")
    say("CallSoonThreadsafe and back, idle loop", best(5_000, wake), "ns")
    say("RunInExecutor, 1 in flight", best(10_000, executor(1)), "ns")
    say("RunInExecutor, 8 in flight", best(20_000, executor(8)), "ns")
    say("Queue(1), put and get between two tasks", best(50_000, queue), "ns")
    sleepers(100_000)
    http(2)


main()
