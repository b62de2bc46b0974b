/// Saves the state some time after it changed. Small texts are written at the
/// next pause; big ones less often, piece by piece, only while the browser has
/// nothing else to do.
import type { Text } from "@codemirror/state"
import type { SavedState, Storage } from "./storage"

// A pause in the typing.
const SmallDelayMs = 400
// Rewriting a big text at every pause would keep the disk busy for nothing.
const BigDelayMs = 10_000
const BigLength = 1_000_000
// Cloning this much into the database takes about 2 ms.
const PieceLength = 512 * 1024

export type Snapshot = Omit<SavedState, "id" | "savedAt" | "generation" | "pieces"> & { doc: Text }

export class Autosave {
  // Set from the first change until it is saved.
  private timer: ReturnType<typeof setTimeout> | undefined
  // Whether anything changed since the snapshot that is being saved.
  private dirty = false
  private generation = Date.now()
  private savedDoc: Text | undefined
  private savedPieces = 0
  private run = 0

  constructor(
    private readonly storage: Storage,
    private readonly id: string,
    private readonly snapshot: () => Snapshot,
    // Cheap, unlike a snapshot, which reads the layout.
    private readonly length: () => number,
  ) {}

  /// The state has changed.
  touch(): void {
    this.dirty = true
    if (this.timer !== undefined) return
    const big = this.length() > BigLength
    this.timer = setTimeout(() => void this.save(), big ? BigDelayMs : SmallDelayMs)
  }

  /// Saves at once what waits to be saved: the page may be gone in a moment.
  flush(): void {
    if (this.timer === undefined) return
    this.stop()
    const { doc, ...rest } = this.snapshot()
    if (doc == this.savedDoc) {
      void this.storage.putState(this.record(rest, this.savedPieces)).catch(() => {})
      return
    }
    this.generation++
    const texts = [...pieces(doc)]
    void this.storage.putState(this.record(rest, texts.length), texts).catch(() => {})
    this.saved(doc, texts.length)
  }

  private async save(): Promise<void> {
    const run = ++this.run
    this.dirty = false
    const { doc, ...rest } = this.snapshot()
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
      await this.storage.putState(this.record(rest, this.savedPieces))
    } catch {
      // No room left, or storage was switched off: the page works without.
    }
    if (run != this.run) return
    this.timer = undefined
    if (this.dirty) this.touch()
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

  private record(rest: Omit<Snapshot, "doc">, n: number): SavedState {
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
