/// The page's own storage (IndexedDB): one record per tab, so that two tabs do
/// not overwrite each other, and the texts in pieces, so that saving 10 MB never
/// holds up the page. A text is written under a new generation before the record
/// points to it: whenever the page is closed, one whole state is there. Histories are
/// written with the record, in one transaction: they are of the text it points to.
///
/// Transactions are strict: when one has finished, it is on the disk, and neither the end
/// of the browser nor that of the machine undoes it. Only the pieces of a big text are not
/// synced one by one: a page that is left before the last one is there has lost the text.

import type { LibraryAbout } from "../wire"

/// What an editor can undo and redo, the newest step last; made and read by
/// editor/undo. `cut` tells that there were older steps.
export interface KeptUndo {
  done: readonly object[]
  undone: readonly object[]
  cut: boolean
}

/// A state with its text and the histories of the editors, by their names.
export interface Saved {
  state: SavedState
  text: string
  undo: Readonly<Record<string, KeptUndo>>
}

export interface SavedState {
  id: string
  savedAt: number
  flavor: string
  flags: string
  pattern: string
  engine?: string
  replace?: string
  list?: string
  /// The file of tests.
  tests?: string
  /// The entry of the library that this is, and whether it was edited since.
  entry?: { id: string; version: string; latest?: string; about: LibraryAbout; unheard?: readonly string[] }
  edited?: boolean
  /// How the text is many inputs.
  inputs?: string
  /// The fragment that the page showed for this state, with "#".
  hash: string
  /// The entry of the tab's history that it was shown in.
  visit?: string
  anchor: number
  head: number
  scrollTop: number
  generation: number
  pieces: number
}

/// Records older than this, or beyond the newest few, are removed: texts are
/// large and tabs are forgotten.
const KeepMs = 30 * 24 * 3600 * 1000
const KeepCount = 20

const States = "states"
const Pieces = "pieces"

// Of the histories of a state, among its pieces.
const Undo = "undo"

const strict: IDBTransactionOptions = { durability: "strict" }

export class Storage {
  private constructor(private readonly db: IDBDatabase) {}

  /// Undefined where the browser allows no storage (private windows, settings).
  static async open(): Promise<Storage | undefined> {
    try {
      const request = indexedDB.open("regexdbg", 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore(States, { keyPath: "id" })
        request.result.createObjectStore(Pieces)
      }
      return new Storage(await result(request))
    } catch {
      return undefined
    }
  }

  /// A state, or undefined where none is, or not the whole of its text.
  async load(id: string): Promise<Saved | undefined> {
    const tx = this.db.transaction([States, Pieces])
    const state = (await result(tx.objectStore(States).get(id))) as SavedState | undefined
    if (!state) return undefined
    const pieces = await result(tx.objectStore(Pieces).getAll(range(id, state.generation)))
    if (pieces.length != state.pieces) return undefined
    const histories = (await result(tx.objectStore(Pieces).getAll(range(id, Undo)))) as { editor: string; kept: KeptUndo }[]
    const undo = Object.fromEntries(histories.map(({ editor, kept }) => [editor, kept]))
    return { state, text: (pieces as string[]).join(""), undo }
  }

  /// Writes one piece of a generation that no record points to yet.
  async putPiece(id: string, generation: number, index: number, text: string, durability: IDBTransactionDurability): Promise<void> {
    const tx = this.db.transaction(Pieces, "readwrite", { durability })
    tx.objectStore(Pieces).put(text, [id, generation, index])
    await finished(tx)
  }

  /// Points the record to its generation, removing older ones; with `texts`
  /// writes those pieces in the same transaction, and the histories of some editors.
  async putState(state: SavedState, texts: readonly string[], undo: readonly [string, KeptUndo][]): Promise<void> {
    const tx = this.db.transaction([States, Pieces], "readwrite", strict)
    const pieces = tx.objectStore(Pieces)
    texts.forEach((text, index) => pieces.put(text, [state.id, state.generation, index]))
    for (const [editor, kept] of undo) pieces.put({ editor, kept }, [state.id, Undo, editor])
    tx.objectStore(States).put(state)
    pieces.delete(IDBKeyRange.bound([state.id], [state.id, state.generation], false, true))
    tx.commit()
    await finished(tx)
  }

  /// Removes what nobody will come back for, but not what pages that are there have saved.
  /// Returns the names of the others, that which was saved last first.
  async prune(now: number, there: ReadonlySet<string>): Promise<string[]> {
    const tx = this.db.transaction([States, Pieces], "readwrite")
    const all = (await result(tx.objectStore(States).getAll())) as SavedState[]
    all.sort((a, b) => b.savedAt - a.savedAt)
    const kept = all.filter(({ id, savedAt }, i) => there.has(id) || (i < KeepCount && now - savedAt < KeepMs))
    for (const { id } of all.filter((state) => !kept.includes(state))) {
      tx.objectStore(States).delete(id)
      tx.objectStore(Pieces).delete(range(id))
    }
    await finished(tx)
    return kept.map(({ id }) => id)
  }
}

function range(id: string, generation?: number | string): IDBKeyRange {
  // In IndexedDB's order of keys, an array is greater than any number or string.
  return generation === undefined
    ? IDBKeyRange.bound([id], [id, []])
    : IDBKeyRange.bound([id, generation], [id, generation, []])
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function finished(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = tx.onerror = () => reject(tx.error)
  })
}
