import assert from "node:assert/strict"
import { test } from "node:test"
import { invertedEffects, isolateHistory, redo, redoDepth, undo as undoStep, undoDepth } from "@codemirror/commands"
import { EditorState, StateEffect, Transaction } from "@codemirror/state"
import { dialect, dialectEffect, dialectOf } from "../src/editor/dialect"
import { keptUndo, undo, undoOf, undoRestored } from "../src/editor/undo"
import { type KeptUndo, type Recorded, type Saved, type Snapshot, comeBack, leave } from "../src/state"

const Limit = 100_000

function create(doc = "", ...more: Parameters<typeof invertedEffects.of>[0][]): EditorState {
  return EditorState.create({ doc, extensions: [EditorState.lineSeparator.of("\n"), undo(), dialect, more.map((f) => invertedEffects.of(f))] })
}

// Each a step of its own.
function type(state: EditorState, insert: string, from = state.doc.length, to = from): EditorState {
  return state.update({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, annotations: isolateHistory.of("full") }).state
}

// As the page that comes back makes it, of what went through JSON and a clone.
function again(state: EditorState, kept: unknown = keptUndo(undoOf(state), Limit), doc = state.doc.toString()): EditorState {
  const stored = structuredClone(JSON.parse(JSON.stringify(kept))) as KeptUndo
  let fresh = type(create(), doc)
  fresh = fresh.update({ selection: { anchor: Math.min(doc.length, state.selection.main.head) } }).state
  return fresh.update(undoRestored(fresh, stored)).state
}

function run(state: EditorState, command: typeof undoStep): [EditorState, Transaction] | undefined {
  let tr: Transaction | undefined
  command({ state, dispatch: (t) => (tr = t) })
  return tr && [tr.state, tr]
}

// What undoing, or redoing, shows one after the other, with the caret.
function walk(state: EditorState, command: typeof undoStep): string[] {
  const seen: string[] = []
  for (let next = run(state, command); next; next = run(next[0], command)) seen.push(`${next[0].doc.toString()}@${next[0].selection.main.head}`)
  return seen
}

test("what comes back undoes and redoes as what was kept", () => {
  let state = type(type(type(create(), "one\r\n"), "\udc80 two"), "2", 0, 3)
  state = type(state, "", 1, 4)
  for (const undone of [0, 1, 2, 4]) {
    let now = state
    for (let i = 0; i < undone; i++) now = run(now, undoStep)![0]
    const back = again(now)
    assert.equal(undoDepth(back), undoDepth(now))
    assert.equal(redoDepth(back), redoDepth(now))
    assert.deepEqual(walk(back, undoStep), walk(now, undoStep))
    assert.deepEqual(walk(back, redo), walk(now, redo))
    // It goes on from there, and can be kept again.
    const more = type(back, "!")
    assert.deepEqual(walk(again(more), undoStep), walk(type(now, "!"), undoStep))
    assert.equal(redoDepth(more), 0)
  }
})

test("changes that are no step move the steps below them", () => {
  let state = type(type(create("abc"), "1", 0), "2", 4)
  state = state.update({ changes: { from: 0, insert: "server" }, annotations: Transaction.addToHistory.of(false) }).state
  state = type(state, "3")
  assert.deepEqual(walk(again(state), undoStep), walk(state, undoStep))
  const once = run(state, undoStep)![0]
  assert.deepEqual(walk(again(once), undoStep), walk(once, undoStep))
})

test("a change of the flavor comes back with its step", () => {
  const from = { flavor: "go", flags: "" }
  const to = { flavor: "js", flags: "i" }
  const before = type(create(), "a")
  const state = before.update({ changes: { from: 0, to: 1, insert: "b" }, effects: dialectEffect({ from, to }), annotations: isolateHistory.of("full") }).state
  const [undone, tr] = run(again(state), undoStep)!
  assert.deepEqual(dialectOf([tr]), from)
  assert.deepEqual(dialectOf([run(again(undone), redo)![1]]), to)
})

test("a step that would do less than it did is not kept, nor any below it", () => {
  const other = StateEffect.define<number>()
  const state = type(create("", (tr) => tr.effects.filter((effect) => effect.is(other))), "a")
  const mixed = state.update({ changes: { from: 1, insert: "b" }, effects: other.of(1), annotations: isolateHistory.of("full") }).state
  const kept = keptUndo(undoOf(type(mixed, "c")), Limit)
  assert.deepEqual([kept.done.length, kept.cut], [1, true])
  assert.deepEqual(walk(again(type(mixed, "c"), kept), undoStep), ["ab@1"])
})

test("the newest steps are kept, up to the limit", () => {
  let state = create()
  for (let i = 0; i < 50; i++) state = type(state, String(i % 10).repeat(1000), 0, state.doc.length)
  const kept = keptUndo(undoOf(state), 10_000)
  assert.equal(kept.cut, true)
  assert.deepEqual(walk(again(state, kept), undoStep), walk(state, undoStep).slice(0, 9))
  const large = type(state, "small", 0, state.doc.length)
  assert.deepEqual(keptUndo(undoOf(type(create("x".repeat(Limit)), "", 0, Limit)), Limit), { done: [], undone: [], cut: true })
  assert.equal(keptUndo(undoOf(large), Limit).cut, false)
  // An edit costs only its own step.
  const [one, two] = [keptUndo(undoOf(large), Limit), keptUndo(undoOf(type(large, "!")), Limit)]
  assert.equal(two.done[one.done.length - 1], one.done[one.done.length - 1])
})

test("selections alone are no steps, and no reason to keep another history", () => {
  const state = type(create(), "abc")
  const moved = state.update({ selection: { anchor: 1 }, userEvent: "select" }).state
  assert.deepEqual(walk(again(moved), undoStep), walk(moved, undoStep))
  const caretOnly = create("abc").update({ selection: { anchor: 2 }, userEvent: "select" }).state
  assert.deepEqual(keptUndo(undoOf(caretOnly), Limit), { done: [], undone: [], cut: false })
})

test("a history of another text, or a damaged one, is none", () => {
  const state = type(type(create(), "one"), "two")
  const kept = keptUndo(undoOf(state), Limit)
  const damaged = { done: [{ changes: "x", startSelection: {}, selectionsAfter: [] }], undone: [], cut: false }
  for (const [what, doc] of [[kept, "one"], [kept, ""], [damaged, "onetwo"], [{}, "onetwo"], [null, "onetwo"]] as const) {
    const back = again(state, what, doc)
    assert.deepEqual([undoDepth(back), redoDepth(back), back.doc.toString()], [0, 0, doc])
  }
  // Of a chain that is broken lower down, what is above it.
  const [first, second] = kept.done as [object, object]
  assert.deepEqual(walk(again(state, { ...kept, done: [{ ...first, changes: [7] }, second] }), undoStep), ["one@3"])
})

test("last words have the histories, or the saved ones of the same text", () => {
  const items = new Map<string, string>()
  Object.assign(globalThis, {
    sessionStorage: { getItem: (key: string) => items.get(key) ?? null, setItem: (key: string, value: string) => items.set(key, value), removeItem: (key: string) => items.delete(key) },
  })
  const short = type(create(), "a")
  const long = type(type(create(), "y".repeat(60_000)), "z", 0, 60_000)
  const of = (editor: string, state: EditorState) => ({ editor, of: undoOf(state), kept: (limit: number) => keptUndo(undoOf(state), limit) })
  const rest = { flavor: "go", flags: "", pattern: "a", hash: "#", anchor: 0, head: 0, scrollTop: 0 }
  const say = (snapshot: Snapshot, recorded: readonly Recorded[], last = recorded.at(-1)) => leave("tab", snapshot, recorded, last)
  assert.ok(say({ ...rest, doc: long.doc, undo: [of("pattern", short), of("text", long)] }, []))
  const alone = comeBack("tab", undefined)!
  assert.equal(alone.text, "z")
  assert.deepEqual(walk(again(short, alone.undo["pattern"]), undoStep), ["@0"])
  assert.equal(alone.undo["text"]!.done.length, 0)
  const state = { ...rest, id: "tab", savedAt: 0, generation: 1, pieces: 1 }
  const saved = (text: string): Saved => ({ state, text, undo: { pattern: { done: [], undone: [], cut: false }, text: keptUndo(undoOf(long), Limit) } })
  const same = comeBack("tab", saved("z"))!
  assert.equal(same.undo["text"]!.done.length, 2)
  assert.equal(same.undo["pattern"]!.done.length, 1)
  // A long text is said by its changes since it was saved.
  const old = "line\r\n".repeat(100_000)
  const grown = type(create(old), "\udc80new", 3, 5)
  const changes = create(old).changes({ from: 3, to: 5, insert: "\udc80new" })
  const was = (text: string, generation: number): Saved => ({ state: { ...state, generation }, text, undo: {} })
  assert.ok(say({ ...rest, pattern: "later", doc: grown.doc, undo: [of("text", grown)] }, [{ generation: 6, length: 1, changes: create("x").changes([]) }, { generation: 7, length: old.length, changes }]))
  assert.ok(items.get("regexdbg.parting")!.length < 2000)
  const back = comeBack("tab", was(old, 7))!
  assert.equal(back.text, grown.doc.toString())
  assert.equal(back.state.pattern, "later")
  assert.deepEqual(walk(again(grown, back.undo["text"], back.text), undoStep).length, 1)
  assert.equal(comeBack("tab", was(old, 8))!.text, old) // of another one they say nothing
  assert.equal(back.state.pieces, 0)
  const longer = { ...rest, doc: grown.doc, undo: [] }
  assert.ok(say(longer, [{ generation: 7, length: old.length }]))
  assert.equal(comeBack("tab", was(old, 7))!.text, old)
  assert.deepEqual([comeBack("tab", was(old, 7))!.state.generation, comeBack("tab", was(old, 7))!.state.pieces], [7, 1]) // it is in the storage as it is
  assert.ok(!say(longer, []))
  assert.equal(items.size, 0)
  // What takes as much room as the text itself is not said, and neither is it that the text is there while it is written.
  const pasted = { generation: 6, length: 1, changes: create("x").changes({ from: 0, to: 1, insert: old }) }
  assert.ok(!say(longer, [pasted]))
  assert.equal(items.size, 0)
  assert.ok(!say(longer, [pasted, { generation: 7, length: old.length }], pasted))
  assert.equal(comeBack("tab", was(old, 7))!.text, old) // it may have been written yet

  say({ ...rest, doc: long.doc, undo: [of("pattern", short), of("text", long)] }, [])
  assert.equal(comeBack("tab", saved("another"))!.undo["text"]!.done.length, 0)
})
