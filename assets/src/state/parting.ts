/// The last words of a page that is going away. A transaction of IndexedDB that
/// has not begun when the page goes is dropped; sessionStorage is written at
/// once. It has little room, so this is for texts of a moderate length; for
/// longer ones the last save counts.
import type { Snapshot } from "./autosave"
import type { SavedState } from "./storage"

// Browsers give 5 MB, in UTF-16, and an escape of JSON takes six characters.
const MaxLength = 400_000

const Key = "regexdbg.parting"

interface Words {
  state: SavedState
  text: string
}

export function leave(id: string, snapshot: Snapshot): void {
  const { doc, ...rest } = snapshot
  try {
    sessionStorage.removeItem(Key)
    if (doc.length > MaxLength) return
    const state: SavedState = { ...rest, id, savedAt: Date.now(), generation: 0, pieces: 0 }
    const words: Words = { state, text: doc.toString() }
    sessionStorage.setItem(Key, JSON.stringify(words))
  } catch {
    // No room, or no session storage: the last save counts.
  }
}

/// What the page of this name said when it went, when that is newer than what
/// was saved.
export function comeBack(id: string, saved: Words | undefined): Words | undefined {
  try {
    const words = JSON.parse(sessionStorage.getItem(Key) ?? "null") as Words | null
    if (words?.state.id == id && words.state.savedAt >= (saved?.state.savedAt ?? 0)) return words
  } catch {
    // Damaged, or no session storage.
  }
  return saved
}
