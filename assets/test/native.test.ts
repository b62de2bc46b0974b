import assert from "node:assert/strict"
import { test } from "node:test"
import { ChangeSet, Text } from "@codemirror/state"
import { NativeSearch } from "../src/browser"
import type { ToSearcher } from "../src/browser/messages"
import type { SearchMessage } from "../src/codec"

class FakeWorker {
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
    open: () => {
      workers.push(new FakeWorker())
      return workers.at(-1) as unknown as Worker
    },
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
