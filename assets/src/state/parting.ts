/// The last words of a page that is going away. A transaction of IndexedDB that
/// has not begun when the page goes is dropped; sessionStorage is written at
/// once. It has little room, so this is for texts of a moderate length; for
/// longer ones the last save counts.
import type { Snapshot } from "./autosave"
import type { KeptUndo, Saved, SavedState } from "./storage"

// Browsers give 5 MB, in UTF-16, and an escape of JSON takes six characters.
const MaxLength = 400_000

// Of each editor's history, in the same units.
const MaxUndo = 40_000

const Key = "regexdbg.parting"

export function leave(id: string, snapshot: Snapshot): void {
  try {
    sessionStorage.removeItem(Key)
    if (snapshot.doc.length > MaxLength) return
    sessionStorage.setItem(Key, JSON.stringify(whole(id, snapshot, MaxUndo)))
  } catch {
    // No room, or no session storage: the last save counts.
  }
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
    const words = JSON.parse(sessionStorage.getItem(Key) ?? "null") as Saved | null
    if (words?.state.id == id && words.state.savedAt >= (saved?.state.savedAt ?? 0)) {
      const longer = (editor: string, own: KeptUndo) => (saved && own.cut && textOf(words, editor) == textOf(saved, editor) && saved.undo[editor]) || own
      return { ...words, undo: Object.fromEntries(Object.entries(words.undo).map(([editor, own]) => [editor, longer(editor, own)])) }
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
