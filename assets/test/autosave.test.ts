import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { ChangeSet, Text } from "@codemirror/state"
import { Autosave, type Kept, type KeptUndo, type SavedState, type Snapshot, type Storage } from "../src/state"

mock.timers.enable({ apis: ["setTimeout", "Date"] })

// What a storage was asked to write. It refuses what is longer than its room.
class FakeStorage {
  room = Infinity
  written: { pattern: string; text: string; undo: Record<string, number> }[] = []
  private readonly pieces = new Map<string, string>()
  async putPiece(_id: string, generation: number, index: number, text: string): Promise<void> {
    if (text.length > this.room) throw new Error("full")
    this.pieces.set(`${generation} ${index}`, text)
  }
  async putState(state: SavedState, texts: readonly string[], undo: readonly [string, KeptUndo][]): Promise<void> {
    const steps = undo.map(([editor, { done }]) => [editor, done.length] as const)
    if (texts.join("").length + steps.reduce((sum, [, n]) => sum + 10 * n, 0) > this.room) throw new Error("full")
    texts.forEach((text, index) => this.pieces.set(`${state.generation} ${index}`, text))
    const text = Array.from({ length: state.pieces }, (_, index) => this.pieces.get(`${state.generation} ${index}`)).join("")
    this.written.push({ pattern: state.pattern, text, undo: Object.fromEntries(steps) })
  }
}

function fixture() {
  const storage = new FakeStorage()
  const shown = { pattern: "a", doc: Text.of(["text"]), histories: { pattern: {}, text: {} } as Record<string, object> }
  const told: Kept[] = []
  const snapshot = (): Snapshot => ({
    flavor: "go", flags: "", pattern: shown.pattern, hash: "", anchor: 0, head: 0, scrollTop: 0, doc: shown.doc,
    undo: Object.entries(shown.histories).map(([editor, of]) => ({ editor, of, kept: (limit: number) => ({ done: limit > 0 ? [{}, {}] : [], undone: [], cut: false }) })),
  })
  const autosave = new Autosave(storage as unknown as Storage, "tab", snapshot, () => shown.doc.length, (kept) => told.push(kept))
  const pause = async () => {
    mock.timers.tick(400)
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  return { storage, shown, told, autosave, pause }
}

test("what is kept is said after it is written, and only histories that are others are written", async () => {
  const { storage, shown, told, autosave, pause } = fixture()
  autosave.touch()
  assert.deepEqual([told, storage.written], [["keeping"], []])
  await pause()
  shown.pattern = "b"
  shown.histories["pattern"] = {}
  autosave.touch()
  await pause()
  assert.deepEqual(told, ["keeping", "kept", "keeping", "kept"])
  assert.deepEqual(storage.written, [
    { pattern: "a", text: "text", undo: { pattern: 2, text: 2 } },
    { pattern: "b", text: "text", undo: { pattern: 2 } },
  ])
})

test("a key while it is written is not said to be kept", async () => {
  const { storage, shown, told, autosave, pause } = fixture()
  autosave.touch()
  mock.timers.tick(400)
  shown.pattern = "ab"
  autosave.touch()
  await pause()
  assert.equal(told.includes("kept"), storage.written.some(({ pattern }) => pattern == "ab"))
  await pause()
  assert.equal(storage.written.at(-1)!.pattern, "ab")
  assert.equal(told.at(-1), "kept")
})

test("where histories have no room what is typed is written without, and not said to be kept", async () => {
  const { storage, told, autosave, shown, pause } = fixture()
  storage.room = 4
  shown.doc = Text.of(["abcd"])
  autosave.touch()
  await pause()
  assert.equal(await autosave.flush(), true) // nothing waits
  assert.deepEqual(storage.written.map(({ pattern, text }) => [pattern, text]), [["a", "abcd"]])
  assert.deepEqual(storage.written[0]!.undo, { pattern: 0, text: 0 })
  assert.deepEqual(told, ["keeping", "failed"])
  storage.room = Infinity
  autosave.touch()
  assert.equal(await autosave.flush(), true)
  assert.deepEqual(storage.written.at(-1), { pattern: "a", text: "abcd", undo: { pattern: 2, text: 2 } })
  assert.equal(told.at(-1), "kept")
})

test("a text that was refused is written again", async () => {
  const { storage, shown, told, autosave } = fixture()
  storage.room = 2
  autosave.touch()
  assert.equal(await autosave.flush(), false)
  assert.deepEqual([storage.written, told.at(-1)], [[], "failed"])
  storage.room = 100
  shown.pattern = "c"
  autosave.touch()
  assert.equal(await autosave.flush(), true)
  assert.deepEqual(storage.written, [{ pattern: "c", text: "text", undo: { pattern: 2, text: 2 } }])
})

test("edits of a big text wait, another big text does not", async () => {
  const { storage, shown, autosave, pause } = fixture()
  shown.doc = Text.of(["x".repeat(1_500_000)])
  autosave.touch()
  await pause()
  assert.equal(storage.written.length, 1)
  shown.pattern = "b"
  autosave.touch()
  await pause()
  assert.equal(storage.written.length, 1)
  // It was pasted while an edit waited.
  shown.doc = Text.of(["y".repeat(2_500_000)])
  autosave.touch()
  await pause()
  assert.deepEqual(storage.written.slice(1).map(({ pattern, text }) => [pattern, text.length, text[0]]), [["b", 2_500_000, "y"]])
  shown.pattern = "c"
  autosave.touch()
  mock.timers.tick(9_000)
  await pause()
  assert.equal(storage.written.length, 2)
  mock.timers.tick(600)
  await pause()
  assert.equal(storage.written.length, 3)
})

test("the changes of the text are followed from what is saved on", async () => {
  const { shown, autosave, pause } = fixture()
  const edit = (insert: string) => {
    const changes = ChangeSet.of({ from: shown.doc.length, insert }, shown.doc.length)
    shown.doc = changes.apply(shown.doc)
    autosave.edited(changes)
    autosave.touch()
  }
  const since = () => autosave.recorded().map(({ generation, changes }) => [generation, changes ? JSON.stringify(changes) : ""])
  edit("1")
  assert.deepEqual(since(), [])
  await pause()
  const first = since()[0]![0] as number
  assert.deepEqual(since(), [[first, ""]])
  edit("2")
  edit("3")
  assert.deepEqual(since(), [[first, '[5,[0,"23"]]']])
  // While that is being saved it may be either, and one that is given up is not followed.
  mock.timers.tick(400)
  edit("4")
  assert.deepEqual(since(), [[first, '[5,[0,"234"]]'], [first + 1, '[7,[0,"4"]]']])
  const flushed = autosave.flush()
  edit("5")
  assert.deepEqual(since().at(-1), [first + 2, '[8,[0,"5"]]'])
  await flushed
  edit("6")
  assert.deepEqual(since(), [[first + 2, '[8,[0,"56"]]']])
  await pause()
  assert.deepEqual(since(), [[first + 3, ""]])
})

test("a text that is saved stays so when another one could not be", async () => {
  const { storage, shown, autosave, pause } = fixture()
  const first = shown.doc
  autosave.touch()
  await pause()
  storage.room = 5
  shown.doc = Text.of(["too long"])
  autosave.touch()
  await pause()
  shown.doc = first
  storage.room = Infinity
  autosave.touch()
  await pause()
  assert.deepEqual(storage.written.map(({ text }) => text), ["text", "text"])
})

test("a text that came back from the storage is followed, and not written again", async () => {
  const { storage, shown, autosave, pause } = fixture()
  await storage.putPiece("tab", 7, 0, "text")
  storage.room = 2 * 10 * 2 // for the histories alone
  storage.putPiece = () => Promise.reject(new Error("not again"))
  autosave.resume(shown.doc, { generation: 7, pieces: 1 })
  const changes = ChangeSet.of({ from: 4, insert: "1" }, 4)
  autosave.edited(changes)
  assert.deepEqual(autosave.recorded(), [autosave.last])
  assert.deepEqual(autosave.last?.changes?.toJSON(), [4, [0, "1"]])
  autosave.touch() // the caret
  await pause()
  assert.deepEqual(storage.written, [{ pattern: "a", text: "text", undo: { pattern: 2, text: 2 } }])
})
