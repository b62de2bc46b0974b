/// A key in the pattern that is drawn together with what the server says of it, when
/// that comes at once. One frame then shows the character, its colours and the
/// explanation; were the character drawn first, the answer would wait for its frame,
/// and there would be another.
import { type ChangeSet, type EditorSelection, type StateEffect, Transaction, type TransactionSpec } from "@codemirror/state"
import type { ViewUpdate } from "@codemirror/view"
import { sameQuery } from "../state"
import type { Query } from "../wire"

// How long a key waits: a frame of 60 in a second. A server on the same machine has
// answered after 2 to 5 ms, for a pattern of 2,000 characters; of 180 times it
// took longer than 10 ms three times.
const HoldMs = 16

// After so many keys that have waited in vain the server is far away, or busy, and no
// key waits until it has answered within HoldMs again.
const Misses = 2

// The longest pattern whose keys wait, in UTF-16 units: of a longer one the server does
// not say all at once (shortPattern in ui/analysis.go).
const HeldUnits = 8 << 10

// Whoever does one of these finds the character drawn.
const Events = [
  "keydown", "beforeinput", "compositionstart", "pointerdown", "cut", "paste", "drop", "blur", "visibilitychange", "pagehide",
]

/// What holding needs of the page.
export interface Editor {
  query(): Query
  /// Sends the held query, unless an update just now is not possible.
  send(): boolean
  draw(spec: TransactionSpec): void
  now(): number
}

interface Held {
  changes: ChangeSet
  selection: EditorSelection
  userEvent: string
}

export class Holding {
  /// The query that has been sent and is not drawn yet.
  query: Query | undefined
  /// The same while it is drawn.
  drawing: Query | undefined
  private held: Held | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  // What waits for the key to be drawn.
  private readonly waiting: (() => void)[] = []
  // How many keys have waited in vain since the server answered in time.
  private misses = 0
  private asked: { query: Query; at: number; answered: boolean } | undefined

  constructor(private readonly editor: Editor) {}

  /// Has what happens on the page wait for nothing that is held.
  watch(page: EventTarget): void {
    for (const event of Events) page.addEventListener(event, () => this.release(), { capture: true })
  }

  /// Whether a key would be held in a pattern of so many UTF-16 units.
  expects(units: number): boolean {
    return this.misses < Misses && !this.query && units < HeldUnits
  }

  /// Sends what a key makes of the pattern, to draw it when the answer is here. False
  /// when it has to be drawn at once.
  take(tr: Transaction): boolean {
    if (!this.expects(tr.newDoc.length)) return false
    this.query = { ...this.editor.query(), pattern: tr.newDoc.toString() }
    if (!this.editor.send()) {
      this.query = undefined
      return false
    }
    this.held = { changes: tr.changes, selection: tr.newSelection, userEvent: tr.annotation(Transaction.userEvent)! }
    this.timer = setTimeout(() => {
      this.misses++
      this.release()
    }, HoldMs)
    return true
  }

  /// The editor has drawn other changes than those that are held.
  edited({ changes, docChanged }: ViewUpdate): void {
    const { held } = this
    if (!docChanged || !held) return
    held.selection = held.selection.map(changes.mapDesc(held.changes, true))
    held.changes = held.changes.map(changes)
  }

  /// Draws what is held, with these effects. False when nothing is.
  release(effects: readonly StateEffect<unknown>[] = []): boolean {
    const { held } = this
    if (!held) return false
    clearTimeout(this.timer)
    this.held = undefined
    this.drawing = this.query
    this.query = undefined
    this.editor.draw({ ...held, effects, scrollIntoView: true })
    this.drawing = undefined
    this.waiting.splice(0).forEach((f) => f())
    return true
  }

  /// Calls back when nothing is held: what asks for a frame would have that come first.
  afterwards(f: () => void): void {
    if (this.query) this.waiting.push(f)
    else f()
  }

  /// An update has been sent.
  sent(query: Query): void {
    if (this.asked && sameQuery(this.asked.query, query)) return
    this.asked = { query, at: this.editor.now(), answered: false }
  }

  /// The server has said what the query is that was sent last.
  answered(): void {
    const { asked } = this
    if (!asked || asked.answered) return
    asked.answered = true
    if (this.editor.now() - asked.at <= HoldMs) this.misses = 0
  }
}
