import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { ChangeSet, Text } from "@codemirror/state"
import { NativeSearch } from "../src/browser"
import type { ToSearcher } from "../src/browser/messages"
import type { SearchMessage } from "../src/codec"

mock.timers.enable({ apis: ["setTimeout"] })

class FakeWorker {
  constructor(readonly script: string) {}
  sent: ToSearcher[] = []
  ended = false
  onmessage?: (event: { data: unknown }) => void
  onerror?: (event: { message: string }) => void
  postMessage(message: ToSearcher): void {
    this.sent.push(message)
  }
  terminate(): void {
    this.ended = true
  }
  take(): string[] {
    return this.sent.splice(0).map((message) => {
      if (message.type == "text") return `text ${message.text}`
      if (message.type == "edit") return `edit ${JSON.stringify(message.edits)}`
      return message.type
    })
  }
}

function fixture() {
  const workers: FakeWorker[] = []
  const messages: SearchMessage[] = []
  const frames: Uint8Array[] = []
  const native = new NativeSearch({
    open: (script) => {
      workers.push(new FakeWorker(script))
      return workers.at(-1) as unknown as Worker
    },
    known: () => ({ count: 2, searched: 3, bytes: 4, wallMs: 5 }),
    onMessage: (message) => void messages.push(message),
    onMatches: (frame) => frames.push(frame) > 0,
  })
  const state = { doc: Text.of(["abc"]), version: 0 }
  const edit = (from: number, to: number, insert: string) => {
    const changes = ChangeSet.of({ from, to, insert }, state.doc.length)
    state.doc = changes.apply(state.doc)
    native.change(changes)
  }
  const limits = { textBytes: 9, patternBytes: 9, matches: 9, spans: 9, budgetMs: 9, maxBudgetMs: 9 }
  const search = (pattern = "a") =>
    native.search({
      version: ++state.version, query: { flavor: "js", flags: "", pattern }, engine: { name: "", version: "" },
      doc: state.doc, bytes: state.doc.length, limits,
    })
  return { native, workers, messages, frames, edit, search }
}

test("the text is handed over once, and then what has become of it", () => {
  const f = fixture()
  f.edit(0, 0, "x")
  f.search()
  const worker = f.workers[0]!
  assert.deepEqual(worker.take(), ["text xabc", "search"])
  f.search()
  assert.deepEqual(worker.take(), ["search"])
  f.edit(0, 1, "")
  f.edit(2, 3, "yz")
  f.search()
  assert.deepEqual(worker.take(), ['edit [{"from":0,"to":1,"insert":""},{"from":3,"to":4,"insert":"yz"}]', "search"])
  // Another engine searched in the meantime.
  f.native.close()
  assert.equal(worker.ended, true)
  f.edit(0, 0, "q")
  f.search()
  assert.deepEqual(f.workers[1]!.take(), ["text qabyz", "search"])
})

test("frames are acknowledged, and a worker that fails is answered and replaced", () => {
  const f = fixture()
  f.search("\ud800")
  const worker = f.workers[0]!
  assert.equal((worker.sent[1] as { pattern: string }).pattern, "\ufffd")
  worker.take()
  worker.onmessage!({ data: Uint8Array.of(1) })
  assert.deepEqual([worker.take(), f.frames.length], [["taken"], 1])
  worker.onerror!({ message: "gone" })
  const [done] = f.messages
  assert.ok(done?.type == "done")
  assert.deepEqual([done.version, done.outcome, done.message], [1, "error", "The browser's worker failed: gone"])
  worker.onmessage!({ data: Uint8Array.of(1) })
  assert.equal(f.frames.length, 1)
  f.search()
  assert.deepEqual(f.workers[1]!.take(), ["text abc", "search"])
})

test("the page starts and ends the worker that runs RegExp, and says when it fails", () => {
  const f = fixture()
  f.search()
  const [searcher] = f.workers
  const say = (data: unknown) => searcher!.onmessage!({ data })
  const port = (name: string) => ({ name }) as unknown as MessagePort
  say({ type: "spawn", child: 1, port: port("first") })
  say({ type: "kill" })
  say({ type: "spawn", child: 2, port: port("second") })
  say({ type: "spawn", child: 3, port: port("third") })
  const [, first, second, third] = f.workers
  assert.deepEqual([searcher, first, second, third].map((w) => [w!.script, w!.ended]), [
    ["search.js", false], ["regexp.js", true], ["regexp.js", true], ["regexp.js", false],
  ])
  assert.deepEqual(third!.sent, [port("third")])
  searcher!.take()
  second!.onerror!({ message: "late" })
  third!.onerror!({ message: "out of memory" })
  assert.deepEqual(searcher!.sent, [{ type: "failed", child: 3, why: "out of memory" }])
  assert.deepEqual(f.messages, [])
  f.native.close()
  assert.deepEqual([searcher!.ended, third!.ended], [true, true])
})

test("a cancel has an end, also when the searcher says nothing", () => {
  const f = fixture()
  const ends = () => f.messages.splice(0).map((m) => m.type == "done" && `${m.version} ${m.outcome} ${m.count} ${m.searched}/${m.bytes} ${m.canContinue}`)
  const answer = (version: number) => f.workers.at(-1)!.onmessage!({ data: { type: "done", version, outcome: "cancelled", count: 1, searched: 1, bytes: 4, canContinue: true } })
  f.search()
  f.native.cancel(1)
  mock.timers.tick(1999)
  assert.deepEqual(ends(), [])
  mock.timers.tick(1)
  assert.deepEqual([ends(), f.workers[0]!.ended], [["1 cancelled 2 3/4 false"], true])
  f.workers[0]!.onmessage!({ data: { type: "progress", version: 1 } })
  f.native.cancel(1)
  mock.timers.tick(5000)
  assert.deepEqual(ends(), [])
  // The next search has new workers, with the text.
  f.search()
  assert.deepEqual(f.workers[1]!.take(), ["text abc", "search"])
  // What answers in time is all that is heard, and may be gone on with.
  f.native.cancel(2)
  answer(2)
  mock.timers.tick(5000)
  assert.deepEqual(ends(), ["2 cancelled 1 1/4 true"])
  // A newer search, another engine and an empty pattern need no answer for an older one.
  f.search()
  f.native.cancel(3)
  f.search()
  answer(3)
  f.native.cancel(4)
  f.native.drop()
  f.search()
  f.native.cancel(5)
  f.native.close()
  mock.timers.tick(5000)
  assert.deepEqual(ends(), ["3 cancelled 1 1/4 true"])
  // Nothing is asked for what is not searched here.
  f.search()
  f.workers.at(-1)!.take()
  f.native.cancel(7)
  assert.deepEqual(f.workers.at(-1)!.take(), [])
})
