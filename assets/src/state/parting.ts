/// The last words of a page that is going away. A transaction of IndexedDB that
/// has not begun when the page goes is dropped; sessionStorage is written at
/// once. It has little room, so a long text is said by what it is now of the one that
/// was saved last.
import { ChangeSet, Text } from "@codemirror/state"
import type { Recorded, Snapshot } from "./autosave"
import type { KeptUndo, Saved, SavedState } from "./storage"

// Browsers give 5 MB, in UTF-16, and an escape of JSON takes six characters.
const MaxLength = 400_000

// Of each editor's history, in the same units.
const MaxUndo = 40_000

const Key = "regexdbg.parting"

// Words about a text: all of it, or its changes since generations of it, of which one is
// saved.
interface Words extends Omit<Saved, "text"> {
  text?: string
  since?: { generation: number; changes?: unknown }[]
}

/// Says what a page shows. Returns whether the page that comes back has all of it, which it has
/// not when a long text is not that of `last`, the record in the storage, with some changes.
export function leave(id: string, snapshot: Snapshot, recorded: readonly Recorded[], last: Recorded | undefined): boolean {
  try {
    sessionStorage.removeItem(Key)
    if (snapshot.doc.length <= MaxLength) {
      sessionStorage.setItem(Key, JSON.stringify(whole(id, snapshot, MaxUndo)))
      return true
    }
    const near = recorded.filter(({ changes }) => !changes || inserted(changes) <= MaxLength)
    if (near.length == 0) return false
    const words: Words = {
      ...whole(id, { ...snapshot, doc: Text.empty }, MaxUndo),
      since: near.map(({ generation, changes }) => ({ generation, changes: changes?.toJSON() })),
    }
    delete words.text
    sessionStorage.setItem(Key, JSON.stringify(words))
    return last !== undefined && near.includes(last)
  } catch {
    // No room, or no session storage: the last save counts.
    return false
  }
}

function inserted(changes: ChangeSet): number {
  let length = 0
  changes.iterChanges((_fromA, _toA, _fromB, _toB, { length: added }) => (length += added))
  return length
}

function textOfWords({ text, since }: Words, saved: Saved | undefined): string | undefined {
  if (text !== undefined || !since) return text
  const own = saved && since.find(({ generation }) => generation == saved.state.generation)
  if (!own?.changes) return own && saved?.text
  return ChangeSet.fromJSON(own.changes).apply(Text.of(saved!.text.split("\n"))).toString()
}

/// A state in one piece, with so much of each editor's history.
export function whole(id: string, { doc, undo, ...rest }: Snapshot, limit: number): Saved {
  const state: SavedState = { ...rest, id, savedAt: Date.now(), generation: 0, pieces: 0 }
  return { state, text: doc.toString(), undo: Object.fromEntries(undo.map(({ editor, kept }) => [editor, kept(limit)])) }
}

/// What the page of this name said when it went, when that is newer than what
/// was saved. A history that had no room there is that which was saved of the same text.
export function comeBack(id: string, saved: Saved | undefined): Saved | undefined {
  try {
    const words = JSON.parse(sessionStorage.getItem(Key) ?? "null") as Words | null
    const text = words?.state.id == id && words.state.savedAt >= (saved?.state.savedAt ?? 0) ? textOfWords(words, saved) : undefined
    if (words && text !== undefined) {
      const { undo } = words
      const { generation, pieces } = text === saved?.text ? saved.state : words.state
      const now = { state: { ...words.state, generation, pieces }, text, undo }
      const longer = (editor: string, own: KeptUndo) => (saved && own.cut && textOf(now, editor) == textOf(saved, editor) && saved.undo[editor]) || own
      return { ...now, undo: Object.fromEntries(Object.entries(undo).map(([editor, own]) => [editor, longer(editor, own)])) }
    }
  } catch {
    // Damaged, or no session storage.
  }
  return saved
}

/// What an editor shows in a state, by the editor's name.
export function textOf({ state, text }: Saved, editor: string): string {
  const texts: Record<string, string | undefined> = { pattern: state.pattern, text, replacement: state.replace, tests: state.tests }
  return texts[editor] ?? ""
}
