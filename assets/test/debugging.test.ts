import assert from "node:assert/strict"
import { test } from "node:test"
import { EditorState } from "@codemirror/state"
import { signal } from "@preact/signals"
import type { App } from "../src/app/app"
import { Debugging } from "../src/app/debugging"
import { textBytes } from "../src/editor"
import type { Debug, DebugCounts, DebugProgram, DebugStep, Query } from "../src/wire"
import { MovePlace } from "../src/wire"

// A page with the Debug tab open, whose messages to the server are kept.
class Page {
  readonly asked: Debug[] = []
  readonly query = { flavor: "js", flags: "", pattern: "[^]" } as Query
  readonly debugging: Debugging
  private version = 0
  private readonly text: { state: EditorState }

  constructor(doc: string) {
    this.text = { state: EditorState.create({ doc, extensions: textBytes }) }
    const model = { panel: signal("debug"), welcome: signal({}), query: signal(this.query) }
    const session = { debug: (msg: Debug) => this.asked.push(msg) > 0 }
    this.debugging = new Debugging({ text: this.text, model, session } as unknown as App)
    this.send()
  }

  edit(from: number, to: number, insert: string): void {
    const { changes, state } = this.text.state.update({ changes: { from, to, insert } })
    this.text.state = state
    this.debugging.textChanged(changes)
  }

  send(): void {
    this.debugging.sent(++this.version, this.text.state.doc, this.query, "node")
  }

  program(): void {
    this.debugging.received({ type: "debug-program", version: this.version, tokens: [0, 3], groups: [] } as unknown as DebugProgram)
  }

  counts(steps: number): void {
    this.debugging.received({ type: "debug-counts", version: this.version, tokens: [0, steps, 0, 0, 0] } as unknown as DebugCounts)
  }

  step(at: number): void {
    const place = { at, bytes: at }
    const event = { step: 3, kind: "matched", token: 0, from: place, pos: place }
    this.debugging.received({ type: "debug-step", version: this.version, request: this.asked.at(-1)!.request, found: true, event } as unknown as DebugStep)
  }
}

// The step on screen is of the text before while a program has come without its
// first step. An edit in this moment asks for that step's place.
test("an edit between a program and its first step", () => {
  const page = new Page("1999-12 and 2024-06 and so on")
  const { debugging } = page
  page.program()
  page.step(24)
  debugging.addBreakpoint({ pos: 24 })

  page.edit(0, 20, "")
  page.send()
  page.program()
  page.counts(7)
  assert.equal(debugging.debugged.value!.doc.length, 29)
  assert.equal(debugging.present(24), 4)
  assert.equal(debugging.counts.value, undefined) // they are not of what is on screen

  page.edit(0, 0, "so")
  page.send()
  const asked = page.asked.at(-1)!
  assert.equal(asked.move, MovePlace)
  assert.equal(asked.place!.pos, 6)
  assert.equal(debugging.breakpoints.value[0]!.pos, 24)

  page.program()
  page.counts(8)
  page.step(6)
  assert.equal(debugging.debugged.value!.doc.length, 11)
  assert.equal(debugging.present(6), 6)
  assert.equal(debugging.breakpoints.value[0]!.pos, 6)
  assert.equal(debugging.counts.value!.tokens[1], 8)
})
