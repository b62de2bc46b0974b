// The Node half of the event loop's benchmarks: prints a JSON line a figure.
// Of times, and of HTTP, the best of three runs counts; memory is that of the
// first run, as for the other programs.
import { spawn } from "node:child_process"
import { createServer } from "node:http"
import { createServer as createTcp } from "node:net"
import { once } from "node:events"
import { Worker, isMainThread, parentPort } from "node:worker_threads"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const say = (name, value, unit) => console.log(JSON.stringify({ name, value, unit }))
const now = () => Number(process.hrtime.bigint())

async function best(n, run) {
  let least = Infinity
  for (let i = 0; i < 3; i++) least = Math.min(least, await run(n))
  return least / n
}

const pass = () => new Promise((resolve) => setImmediate(resolve))

async function callSoon(n) {
  let left = n
  const start = now()
  await new Promise((resolve) => {
    const callback = () => --left === 0 && resolve()
    const fill = (queued) => {
      for (let i = 0; i < 1000 && queued < n; i++, queued++) setImmediate(callback)
      if (queued < n) setImmediate(fill, queued)
    }
    fill(0)
  })
  return now() - start
}

async function spawnAwait(n) {
  const child = async () => 1
  const start = now()
  for (let i = 0; i < n; i++) await child()
  return now() - start
}

async function sleep0(n) {
  const start = now()
  for (let i = 0; i < n; i++) await pass()
  return now() - start
}

async function startWorkers(count) {
  const workers = Array.from({ length: count }, () => new Worker(fileURLToPath(import.meta.url)))
  await Promise.all(workers.map((w) => once(w, "online")))
  return workers
}

const roundTrip = (worker) => new Promise((resolve) => {
  worker.once("message", resolve)
  worker.postMessage(0)
})

const executor = (inflight) => async (n) => {
  const workers = await startWorkers(Math.min(inflight, 4))
  await Promise.all(workers.map(roundTrip))
  const start = now()
  // A worker answers in order, so several in flight share it.
  await Promise.all(workers.map((w) => new Promise((resolve) => {
    const each = n / workers.length
    let answered = 0, sent = 0
    w.on("message", () => {
      if (++answered >= each) return resolve()
      if (sent < each) { sent++; w.postMessage(0) }
    })
    for (let i = 0; i < inflight / workers.length; i++) { sent++; w.postMessage(0) }
  })))
  const took = now() - start
  await Promise.all(workers.map((w) => w.terminate()))
  return took
}

// A queue of one between two async functions, as one writes it by hand.
async function queue(n) {
  let item, full = false, wakeGetter, wakePutter
  const put = async (v) => {
    while (full) await new Promise((r) => (wakePutter = r))
    item = v; full = true
    if (wakeGetter) { const w = wakeGetter; wakeGetter = undefined; w() }
  }
  const get = async () => {
    while (!full) await new Promise((r) => (wakeGetter = r))
    full = false
    if (wakePutter) { const w = wakePutter; wakePutter = undefined; w() }
    return item
  }
  const start = now()
  const producer = (async () => { for (let i = 0; i < n; i++) await put(i) })()
  for (let i = 0; i < n; i++) await get()
  await producer
  return now() - start
}

async function sleepers(n) {
  let memory
  const over = await best(1, async () => {
    globalThis.gc?.()
    const before = process.memoryUsage().rss, start = now()
    const child = async () => { await sleep(1000) }
    const all = Array.from({ length: n }, child)
    await sleep(500)
    memory ??= process.memoryUsage().rss - before
    await Promise.all(all)
    return now() - start - 1e9
  })
  say("100,000 sleeping tasks: time beyond the sleep", over / 1e6, "ms")
  say("100,000 sleeping tasks: memory each", memory / n, "B")
}

async function connections(n) {
  let accepted = 0
  const sockets = []
  const server = createTcp().listen({ port: 0, host: "127.0.0.1", backlog: 1024 })
  await once(server, "listening")
  const before = process.memoryUsage().rss
  const enough = new Promise((resolve) => server.on("connection", (s) => {
    s.on("error", () => {})
    sockets.push(s)
    if (++accepted === n) resolve()
  }))
  const client = spawn(process.env.BENCH_CLIENT, ["connect", String(server.address().port), String(n)], { stdio: ["pipe", "inherit", "inherit"] })
  await enough
  say("10,000 idle connections: memory each", (process.memoryUsage().rss - before) / n, "B")
  client.kill("SIGKILL")
  for (const s of sockets) s.destroy()
  server.close()
}

async function http(seconds) {
  const server = createServer((_, response) => response.end("Hello, world\n")).listen(0, "127.0.0.1")
  await once(server, "listening")
  let most = 0, least = Infinity, kernel
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage()
    const client = spawn(process.env.BENCH_CLIENT, ["load", String(server.address().port), String(seconds)])
    let out = ""
    client.stdout.on("data", (data) => (out += data))
    await once(client, "close")
    const { user, system } = process.cpuUsage(before), requests = Number(out)
    most = Math.max(most, requests)
    if ((user + system) / requests < least) {
      least = (user + system) / requests
      kernel = system / requests
    }
  }
  server.close()
  say("HTTP hello world", most / seconds, "requests/s")
  say("HTTP hello world: server CPU a request", least, "µs")
  say("HTTP hello world: of that, in the kernel", kernel, "µs")
}

if (isMainThread) console.log(JSON.stringify({ program: "Node " + process.version }))
if (isMainThread && process.argv.includes("connections")) {
  await connections(10_000)
} else if (isMainThread) {
  say("CallSoon, 1,000 a pass", await best(500_000, callSoon), "ns")
  say("spawn a task and await it", await best(1_000_000, spawnAwait), "ns")
  say("Sleep(0), one task", await best(200_000, sleep0), "ns")
  const [worker] = await startWorkers(1)
  say("CallSoonThreadsafe and back, idle loop", await best(5_000, async (n) => {
    const start = now()
    for (let i = 0; i < n; i++) await roundTrip(worker)
    return now() - start
  }), "ns")
  await worker.terminate()
  say("RunInExecutor, 1 in flight", await best(10_000, executor(1)), "ns")
  say("RunInExecutor, 8 in flight", await best(20_000, executor(8)), "ns")
  say("Queue(1), put and get between two tasks", await best(100_000, queue), "ns")
  await sleepers(100_000)
  await http(2)
} else {
  parentPort.on("message", (m) => parentPort.postMessage(m))
}
