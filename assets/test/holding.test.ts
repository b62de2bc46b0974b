import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { EditorState, StateEffect, type Transaction, type TransactionSpec } from "@codemirror/state"
import type { ViewUpdate } from "@codemirror/view"
import { Holding } from "../src/app/holding"

mock.timers.enable({ apis: ["setTimeout"] })

// An editor without a view, whose keys go to a holding as those of the page do.
function fixture(doc: string) {
  const f = { state: EditorState.create({ doc }), now: 0, sends: true, sent: [] as string[], drawn: [] as string[], frames: 0 }
  const query = () => ({ flavor: "go", flags: "", pattern: f.state.doc.toString() })
  const update = (tr: Transaction) => {
    f.state = tr.state
    holding.edited({ changes: tr.changes, docChanged: tr.docChanged } as ViewUpdate)
  }
  const holding: Holding = new Holding({
    query,
    send: () => {
      if (!f.sends) return false
      f.sent.push(holding.query!.pattern)
      holding.sent(holding.query!)
      holding.afterwards(() => f.frames++)
      return true
    },
    draw: (spec: TransactionSpec) => {
      f.drawn.push(holding.drawing!.pattern)
      update(f.state.update(spec))
    },
    now: () => f.now,
  })
  const transaction = (from: number, to: number, insert: string, userEvent = "input.type") =>
    f.state.update({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent })
  const key = (insert: string) => holding.take(transaction(f.state.doc.length, f.state.doc.length, insert))
  const pass = (ms: number) => {
    f.now += ms
    mock.timers.tick(ms)
  }
  return { f, holding, key, pass, update, transaction }
}

test("a key is sent at once and drawn with the answer", () => {
  const { f, holding, key, pass } = fixture("ab")
  assert.equal(key("c"), true)
  assert.deepEqual([f.sent, f.state.doc.toString(), f.frames], [["abc"], "ab", 0])
  pass(3)
  holding.answered()
  const effect = StateEffect.define<string>()
  assert.equal(holding.release([effect.of("colours")]), true)
  assert.deepEqual([f.drawn, f.state.doc.toString(), f.frames], [["abc"], "abc", 1])
  assert.equal(f.state.selection.main.head, 3)
  assert.equal(holding.query, undefined)
  pass(1000)
  assert.equal(f.state.doc.toString(), "abc", "nothing is drawn twice")
  assert.equal(holding.release(), false)
})

test("a key is drawn without an answer after a frame's time", () => {
  const { f, key, pass } = fixture("ab")
  key("c")
  pass(15)
  assert.equal(f.state.doc.toString(), "ab")
  pass(1)
  assert.deepEqual([f.state.doc.toString(), f.frames], ["abc", 1])
})

test("no key waits for a server that is slow, until it is not", () => {
  const { f, holding, key, pass } = fixture("")
  for (const [typed, held] of [["a", true], ["b", true], ["c", false]] as const) {
    assert.equal(key(typed), held, typed)
    pass(60)
    holding.answered()
  }
  assert.equal(f.state.doc.toString(), "ab")
  holding.sent({ flavor: "go", flags: "", pattern: "abc" })
  pass(4)
  holding.answered()
  assert.equal(key("d"), true)
})

test("what the editor draws meanwhile moves the key", () => {
  const { f, holding, update, transaction } = fixture("abc")
  holding.take(transaction(1, 2, "X"))
  update(f.state.update({ changes: { from: 0, insert: "(((" } }))
  holding.release()
  assert.equal(f.state.doc.toString(), "(((aXc")
  assert.equal(f.state.selection.main.head, 5)
})

test("a key that takes something away is held too", () => {
  const { f, holding, transaction } = fixture("abc")
  assert.equal(holding.take(transaction(2, 3, "", "delete.backward")), true)
  assert.deepEqual(f.sent, ["ab"])
  holding.release()
  assert.deepEqual([f.state.doc.toString(), f.state.selection.main.head], ["ab", 2])
})

test("a second key, a long pattern, and one that cannot be sent are not held", () => {
  const { f, holding, key } = fixture("ab")
  key("c")
  assert.equal(key("d"), false, "one is held")
  holding.release()
  f.sends = false
  assert.equal(key("e"), false)
  assert.equal(holding.query, undefined, "what was not sent")
  assert.equal(fixture("a".repeat(8 << 10)).key("b"), false)
})

test("whatever else happens on the page finds the key drawn", () => {
  for (const event of ["keydown", "pointerdown", "paste", "blur", "pagehide"]) {
    const { f, holding, key } = fixture("ab")
    const page = new EventTarget()
    holding.watch(page)
    key("c")
    page.dispatchEvent(new Event(event))
    assert.equal(f.state.doc.toString(), "abc", event)
  }
})
