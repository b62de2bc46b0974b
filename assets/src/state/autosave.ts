/// Saves the state some time after it changed. Small texts are written at the
/// next pause; big ones less often, piece by piece, only while the browser has
/// nothing else to do.
import type { Text } from "@codemirror/state"
import type { KeptUndo, SavedState, Storage } from "./storage"

// A pause in the typing.
const SmallDelayMs = 400
// Rewriting a big text at every pause would keep the disk busy for nothing.
const BigDelayMs = 10_000
const BigLength = 1_000_000
// Cloning this much into the database takes about 2 ms.
const PieceLength = 512 * 1024

/// How much of each editor's history is kept, in UTF-16 units: a quarter of an hour of
/// typing is some ten thousand, and cloning this much takes as long as a piece.
export const UndoLength = 512 * 1024

/// The history of an editor. `of` is another object when it is another history.
export interface Undo {
  editor: string
  of: object
  kept(limit: number): KeptUndo
}

export type Snapshot = Omit<SavedState, "id" | "savedAt" | "generation" | "pieces"> & { doc: Text; undo: readonly Undo[] }

/// Whether what the page shows is in the browser's storage, on its disk: "keeping" until
/// it is, "failed" when the storage took it not.
export type Kept = "keeping" | "kept" | "failed"

export class Autosave {
  // Set from the first change until it is saved.
  private timer: ReturnType<typeof setTimeout> | undefined
  // Whether anything changed since the snapshot that is being saved.
  private dirty = false
  private generation = Date.now()
  private savedDoc: Text | undefined
  private savedPieces = 0
  // The histories that are saved.
  private readonly savedUndo = new Map<string, object>()
  private run = 0

  constructor(
    private readonly storage: Storage,
    private readonly id: string,
    private readonly snapshot: () => Snapshot,
    // Cheap, unlike a snapshot, which reads the layout.
    private readonly length: () => number,
    private readonly told: (kept: Kept) => void,
  ) {}

  /// The state has changed.
  touch(): void {
    this.dirty = true
    this.told("keeping")
    if (this.timer !== undefined) return
    const big = this.length() > BigLength
    this.timer = setTimeout(() => void this.save(), big ? BigDelayMs : SmallDelayMs)
  }

  /// Saves at once what waits to be saved: the page may be gone in a moment. Returns
  /// whether that is kept.
  async flush(): Promise<boolean> {
    if (this.timer === undefined) return true
    this.stop()
    const run = this.run
    this.dirty = false
    const { doc, undo, ...rest } = this.snapshot()
    const texts = doc == this.savedDoc ? [] : [...pieces(doc)]
    if (doc != this.savedDoc) {
      this.generation++
      this.saved(doc, texts.length)
    }
    const kept = await this.put(rest, undo, texts)
    if (run == this.run && !this.dirty) this.told(kept ? "kept" : "failed")
    return kept
  }

  private async save(): Promise<void> {
    const run = ++this.run
    this.dirty = false
    const { doc, undo, ...rest } = this.snapshot()
    let kept = false
    try {
      if (doc != this.savedDoc) {
        const generation = ++this.generation
        let n = 0
        for (const text of pieces(doc)) {
          if (doc.length > BigLength) await idle()
          if (run != this.run) return
          await this.storage.putPiece(this.id, generation, n++, text)
        }
        if (run != this.run) return
        this.saved(doc, n)
      }
      kept = await this.put(rest, undo)
    } catch {
      // No room left, or storage was switched off: the page works without.
    }
    if (run != this.run) return
    this.timer = undefined
    if (this.dirty) this.touch()
    else this.told(kept ? "kept" : "failed")
  }

  // Writes the record with the histories that are other ones than before, all at once:
  // a history is of the text it was saved with.
  private async put(rest: Omit<Snapshot, "doc" | "undo">, undo: readonly Undo[], texts: readonly string[] = []): Promise<boolean> {
    const changed = undo.filter(({ editor, of }) => this.savedUndo.get(editor) != of)
    try {
      await this.storage.putState(
        this.record(rest, this.savedPieces),
        texts,
        changed.map(({ editor, kept }) => [editor, kept(UndoLength)]),
      )
    } catch {
      if (texts.length > 0) this.savedDoc = undefined // it is not there
      return false
    }
    for (const { editor, of } of changed) this.savedUndo.set(editor, of)
    return true
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.run++
  }

  private saved(doc: Text, n: number): void {
    this.savedDoc = doc
    this.savedPieces = n
  }

  private record(rest: Omit<Snapshot, "doc" | "undo">, n: number): SavedState {
    return { ...rest, id: this.id, savedAt: Date.now(), generation: this.generation, pieces: n }
  }
}

function* pieces(doc: Text): Generator<string> {
  let text = ""
  for (const part of doc.iter()) {
    text += part
    if (text.length < PieceLength) continue
    yield text
    text = ""
  }
  yield text
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: 2000 })
    else setTimeout(resolve, 50)
  })
}
