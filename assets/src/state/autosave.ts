/// Saves the state some time after it changed. Small texts, and such as have just been
/// opened or pasted, are written at the next pause; edits of big ones less often, piece by
/// piece, only while the browser has nothing else to do.
import type { ChangeSet, Text } from "@codemirror/state"
import type { KeptUndo, SavedState, Storage } from "./storage"

// A pause in the typing.
const SmallDelayMs = 400
// Rewriting a big text at every pause would keep the disk busy for nothing.
const BigDelayMs = 10_000
const BigLength = 1_000_000
// What a page could not say any more when it is left (state/parting) is saved as soon as
// it has been painted.
const LongChange = 400_000
const LongDelayMs = 50
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

/// A generation of the text, and its changes since.
export interface Recorded {
  generation: number
  length: number
  changes?: ChangeSet
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
  private savedGeneration = 0
  // The histories that are saved.
  private readonly savedUndo = new Map<string, object>()
  private due = 0
  private run = 0
  /// What the record points to, when this page has written it.
  last: Recorded | undefined
  // That, and what is being saved.
  private readonly followed = new Set<Recorded>()

  constructor(
    private readonly storage: Storage,
    private readonly id: string,
    private readonly snapshot: () => Snapshot,
    // Cheap, unlike a snapshot, which reads the layout.
    private readonly length: () => number,
    private readonly told: (kept: Kept) => void,
  ) {}

  /// A text is that of a record: it is not written again.
  resume(doc: Text, { generation, pieces }: Pick<SavedState, "generation" | "pieces">): void {
    this.generation = Math.max(this.generation, generation)
    this.saved(doc, pieces, generation)
    this.last = { generation, length: doc.length }
    this.followed.add(this.last)
  }

  /// The state has changed.
  touch(): void {
    this.dirty = true
    this.told("keeping")
    const length = this.length()
    const delay = this.isAnother(length) ? LongDelayMs : length > BigLength ? BigDelayMs : SmallDelayMs
    const due = Date.now() + delay
    if (this.timer !== undefined && this.due <= due) return
    clearTimeout(this.timer)
    this.due = due
    this.timer = setTimeout(() => {
      this.due = 0 // it is running
      void this.save()
    }, delay)
  }

  // Whether most of a text of this length is not that which is saved.
  private isAnother(length: number): boolean {
    return Math.abs(length - (this.last?.length ?? 0)) > LongChange
  }

  /// The text has been changed.
  edited(changes: ChangeSet): void {
    for (const since of this.followed) since.changes = since.changes?.compose(changes) ?? changes
  }

  /// The texts that are saved, or about to be, and how they have been changed since: which
  /// one the record points to is known only a moment after it is written.
  recorded(): readonly Recorded[] {
    return [...this.followed]
  }

  /// Saves at once what waits to be saved: the page may be gone in a moment. Returns
  /// whether that is kept.
  async flush(): Promise<boolean> {
    if (this.timer === undefined) return true
    this.stop()
    const run = this.run
    this.dirty = false
    const { doc, undo, ...rest } = this.snapshot()
    const since = this.follow(doc)
    const texts = doc == this.savedDoc ? [] : [...pieces(doc)]
    if (doc != this.savedDoc) this.saved(doc, texts.length, since.generation)
    const kept = await this.put(rest, undo, since, texts)
    if (run == this.run && !this.dirty) this.told(kept ? "kept" : "failed")
    return kept
  }

  private async save(): Promise<void> {
    const run = ++this.run
    this.dirty = false
    const { doc, undo, ...rest } = this.snapshot()
    const since = this.follow(doc)
    let kept = false
    try {
      if (doc != this.savedDoc) {
        let n = 0
        const big = doc.length > BigLength
        const waits = big && !this.isAnother(doc.length)
        for (const text of pieces(doc)) {
          if (waits) await idle()
          if (run != this.run) return
          await this.storage.putPiece(this.id, since.generation, n++, text, big ? "relaxed" : "strict")
        }
        if (run != this.run) return
        this.saved(doc, n, since.generation)
      }
      kept = await this.put(rest, undo, since)
    } catch {
      // No room left, or storage was switched off: the page works without.
    } finally {
      if (this.last != since) this.followed.delete(since)
    }
    if (run != this.run) return
    this.timer = undefined
    if (this.dirty) this.touch()
    else this.told(kept ? "kept" : "failed")
  }

  // Writes the record with the histories that are other ones than before, all at once:
  // a history is of the text it was saved with.
  private async put(rest: Omit<Snapshot, "doc" | "undo">, undo: readonly Undo[], since: Recorded, texts: readonly string[] = []): Promise<boolean> {
    const changed = undo.filter(({ editor, of }) => this.savedUndo.get(editor) != of)
    const state = this.record(rest)
    const write = (limit: number) => this.storage.putState(state, texts, changed.map(({ editor, kept }) => [editor, kept(limit)]))
    try {
      await write(UndoLength)
    } catch {
      // No room, perhaps: what is typed comes first, with no history, since one that is
      // there is of another text.
      for (const { editor } of changed) this.savedUndo.delete(editor)
      try {
        await write(0)
      } catch {
        if (texts.length > 0) this.savedDoc = undefined // it is not there
        this.followed.delete(since)
        return false
      }
      this.recordedAs(since)
      return false
    }
    this.recordedAs(since)
    for (const { editor, of } of changed) this.savedUndo.set(editor, of)
    return true
  }

  private recordedAs(since: Recorded): void {
    if (this.last) this.followed.delete(this.last)
    this.last = since
  }

  // Follows the changes of the text from now on. Another one has another generation.
  private follow(doc: Text): Recorded {
    const since: Recorded = { length: doc.length, generation: doc == this.savedDoc ? this.savedGeneration : ++this.generation }
    this.followed.add(since)
    return since
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.run++
  }

  private saved(doc: Text, n: number, generation: number): void {
    this.savedDoc = doc
    this.savedPieces = n
    this.savedGeneration = generation
  }

  private record(rest: Omit<Snapshot, "doc" | "undo">): SavedState {
    return { ...rest, id: this.id, savedAt: Date.now(), generation: this.savedGeneration, pieces: this.savedPieces }
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
