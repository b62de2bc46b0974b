import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { ChangeSet, Text } from "@codemirror/state"
import { type Connection, Search, Session } from "../src/state"
import type { Done, Started, Update } from "../src/wire"
import type { ServerMessage } from "../src/codec"
import { matchesFrame } from "./frames"

// Nothing tries again, or gives up waiting, behind a test's back.
mock.timers.enable({ apis: ["setTimeout"] })

class FakeSocket {
  readyState = 0
  sent: (string | Uint8Array)[] = []
  onopen?: () => void
  onmessage?: (event: { data: string | ArrayBuffer }) => void
  onclose?: () => void
  send(data: string | Uint8Array): void {
    this.sent.push(data)
  }
  close(): void {
    this.readyState = 3
    this.onclose?.()
  }
  open(): void {
    this.readyState = 1
    this.onopen!()
  }
  receive(msg: object): void {
    this.onmessage!({ data: JSON.stringify(msg) })
  }
  take(): (string | Uint8Array)[] {
    return this.sent.splice(0)
  }
}

function fixture(text: string) {
  const sockets: FakeSocket[] = []
  const frames: (() => void)[] = []
  const connections: Connection[] = []
  const state = { doc: Text.of(text.split("\n")), pattern: "a", engine: "", resyncs: 0, blocked: false, cancelled: [] as number[], panels: [] as string[], messages: [] as ServerMessage[] }
  const session = new Session({
    doc: () => state.doc,
    query: () => ({ flavor: "go", flags: "", pattern: state.pattern }),
    native: () => ({ name: "RegExp in Test", version: "1" }),
    budget: () => 0,
    engine: () => state.engine,
    shows: () => ({ panels: state.panels }),
    blocked: () => state.blocked,
    nextFrame: (f) => void frames.push(f),
    open: () => {
      sockets.push(new FakeSocket())
      return sockets.at(-1) as unknown as WebSocket
    },
    onConnection: (connection) => void connections.push(connection),
    onVersion: () => {},
    onFrame: () => {},
    onSent: () => {},
    onCancel: (version) => void state.cancelled.push(version),
    onMessage: (msg) => void state.messages.push(msg),
    onMatches: () => {},
    onFile: () => {},
    onResync: () => void state.resyncs++,
  })
  const type = (from: number, insert: string) => {
    const changes = ChangeSet.of({ from, insert }, state.doc.length)
    state.doc = changes.apply(state.doc)
    session.change(changes)
  }
  const frame = () => frames.splice(0).forEach((f) => f())
  return { session, sockets, connections, state, type, frame }
}

const microtasks = () => new Promise<void>((resolve) => setImmediate(resolve))

async function ready(text: string) {
  const f = fixture(text)
  f.session.connect()
  const socket = f.sockets[0]!
  socket.open()
  assert.equal(socket.take()[0], '{"type":"hello","protocol":5,"native":{"name":"RegExp in Test","version":"1"}}')
  socket.receive({ type: "welcome" })
  assert.equal(socket.take()[0], '{"type":"show","panels":[]}')
  await microtasks()
  return { ...f, socket }
}

const update = (frame: string | Uint8Array | undefined) => JSON.parse(frame as string) as Update

test("the text goes whole once, then as edits, at most one update a frame", async () => {
  const { socket, type, frame } = await ready("text")
  const [put, first] = socket.take()
  assert.deepEqual([...(put as Uint8Array)], [1, ...new TextEncoder().encode("text")])
  assert.deepEqual([update(first).version, update(first).units, update(first).edits], [1, 4, undefined])

  frame()
  type(0, "A")
  await microtasks()
  assert.deepEqual(update(socket.take()[0]).edits, [{ from: 0, to: 0, insert: "A" }])

  type(1, "B")
  type(2, "C")
  await microtasks()
  assert.deepEqual(socket.take(), [], "the frame has had its update")
  frame()
  const third = update(socket.take()[0])
  assert.deepEqual([third.version, third.units, third.edits], [3, 7, [{ from: 1, to: 1, insert: "BC" }]])
  frame()
  assert.deepEqual(socket.take(), [])
})

test("a query that is about to be shown is sent at once, once a frame", async () => {
  const { session, socket, state, frame } = await ready("text")
  socket.take()
  state.pattern = "ab"
  assert.equal(session.ahead(), false, "this frame has had its update")
  assert.equal(session.version, 1)
  frame()
  assert.equal(session.ahead(), true)
  const [sent] = socket.take()
  assert.deepEqual([update(sent).version, update(sent).query.pattern], [2, "ab"])
  session.change()
  assert.equal(session.ahead(), false, "something else is to be sent")
})

test("a lost connection comes back with everything", async () => {
  const { sockets, socket, connections, type, frame } = await ready("text")
  frame()
  socket.close()
  assert.equal(connections.at(-1)!.state, "disconnected")
  assert.ok(connections.at(-1)!.retryAt! > Date.now())
  type(4, "!")
  await microtasks()
  mock.timers.tick(1000)
  const next = sockets[1]!
  next.open()
  next.take()
  next.receive({ type: "welcome" })
  await microtasks()
  const [, put, again] = next.take()
  assert.equal(new TextDecoder().decode((put as Uint8Array).subarray(1)), "text!")
  assert.equal(update(again).units, 5)
  assert.ok(update(again).version >= 2)
})

test("several messages of one frame are taken up in their order", async () => {
  const { socket, state } = await ready("text")
  socket.take()
  socket.receive([{ type: "resync", version: 1 }, { type: "resync", version: 1 }, { type: "idle", version: 1 }])
  await microtasks()
  assert.equal(state.resyncs, 1)
  assert.deepEqual(state.messages.at(-1), { type: "idle", version: 1 })
})

test("resync sends the text again", async () => {
  const { socket, state, frame } = await ready("text")
  socket.take()
  frame()
  socket.receive({ type: "resync", version: 1 })
  await microtasks()
  const [put, again] = socket.take()
  assert.equal(state.resyncs, 1)
  assert.equal((put as Uint8Array)[0], 1)
  assert.equal(update(again).version, 2)
})

test("a refused protocol is not tried again", async () => {
  const { socket, connections } = await ready("")
  socket.receive({ type: "fault", code: "protocol", message: "reload", fatal: true })
  socket.close()
  assert.equal(connections.at(-1)!.retryAt, undefined)
  assert.equal(connections.at(-1)!.fault!.message, "reload")
})

test("a version that is cancelled before it is sent is so as soon as it has been", async () => {
  const { session, socket, state, type, frame } = await ready("text")
  assert.equal(session.cancel(), true)
  assert.deepEqual(state.cancelled.splice(0), [1])
  // The frame of the first update has not passed.
  type(0, "a")
  socket.take()
  assert.equal(session.cancel(), true)
  assert.deepEqual([state.cancelled, session.version], [[], 2])
  frame()
  assert.deepEqual([update(socket.take()[0]).version, state.cancelled.splice(0)], [2, [2]])
  frame()
  // A key after the cancel is another search, which nobody has cancelled.
  type(0, "b")
  session.cancel()
  type(0, "c")
  await microtasks()
  assert.deepEqual([update(socket.take()[0]).version, state.cancelled], [4, []])
  frame()
  assert.deepEqual(state.cancelled, [])
})

test("who cancels what cannot be sent waits for nobody, and what is sent later is searched", async () => {
  const { session, sockets, socket, state, type, frame } = await ready("text")
  frame()
  state.blocked = true
  type(0, "a")
  await microtasks()
  assert.equal(session.cancel(), false)
  state.blocked = false
  type(0, "b")
  await microtasks()
  assert.deepEqual([session.version, state.cancelled], [3, []])
  frame()
  socket.close()
  type(0, "c")
  assert.equal(session.cancel(), false)
  mock.timers.tick(1000)
  const next = sockets[1]!
  next.open()
  next.receive({ type: "welcome" })
  await microtasks()
  assert.deepEqual([update(next.take().at(-1)).version, state.cancelled], [5, []])
})

test("a search that is cancelled before anybody has begun with it is over", () => {
  const search = new Search()
  search.supersede(1)
  search.cancelling()
  search.supersede(2)
  assert.equal(search.status.cancelling, false)
  search.cancelled()
  const { phase, done, cancelling } = search.status
  assert.deepEqual([phase, done!.outcome, done!.version, done!.canContinue, cancelling], ["done", "cancelled", 2, false, false])
})

test("results of older versions are ignored, and shown ones stay until there are new", () => {
  const search = new Search()
  const doc = Text.of(["aa"])
  const started = (version: number): Started =>
    ({ type: "started", version, engine: { name: "e", version: "1" }, groups: [{ number: 0, name: "" }], bytes: 2, continued: false })
  const done = (version: number, count: number): Done =>
    ({ type: "done", version, outcome: "match", count, searched: 2, bytes: 2, wallMs: 1, queueMs: 0, canContinue: false })

  search.supersede(1)
  search.sent(doc, { flavor: "go", flags: "", pattern: "a" }, "")
  search.started(started(1))
  assert.equal(search.matches(matchesFrame(1, 0, 2, [[[0, 1]], [[1, 2]]])), true)
  search.done(done(1, 2))
  const shown = search.shown
  assert.equal(shown!.store.count, 2)

  search.supersede(2)
  assert.equal(search.done(done(1, 2)), false)
  search.sent(doc, { flavor: "go", flags: "", pattern: "b" }, "")
  search.started(started(2))
  assert.equal(search.shown, shown)
  assert.equal(search.matches(matchesFrame(1, 2, 2, [[[0, 1]]])), false)
  assert.equal(search.done(done(2, 0)), true)
  assert.equal(search.shown!.store.count, 0)
})

test("the server is told which panels are on screen, again after a reconnect", async () => {
  const { session, sockets, socket, state, frame } = await ready("text")
  socket.take()
  frame()
  state.panels = ["diagram"]
  session.show()
  session.show()
  assert.deepEqual(socket.take(), ['{"type":"show","panels":["diagram"]}'])
  socket.close()
  session.show()
  mock.timers.tick(1000)
  const next = sockets[1]!
  next.open()
  next.take()
  next.receive({ type: "welcome" })
  await microtasks()
  const [show, , again] = next.take()
  assert.equal(show, '{"type":"show","panels":["diagram"]}')
  assert.equal(update(again).type, "update")
})
