/// The page's own keys, and the words for them in the help.
import type { App } from "./app"
import { debugShortcuts, handleDebug } from "./debugkeys"
import { step } from "./navigate"

export const shortcuts: readonly [keys: string, what: string][] = [
  ["F3, Alt+↓", "Next match"],
  ["Shift+F3, Alt+↑", "Previous match"],
  ["Escape", "Cancel the running search"],
  ["Ctrl+Enter", "From the pattern to the text and back"],
  ["Alt+L", "To the list of matches"],
  ["Ctrl+S", "Save to the library: a new version of the entry that is open, or a new entry"],
  ["↑ ↓ Home End PageUp PageDown", "In the list: another match, selected in the text"],
  ["Enter", "In the list: go on in the text, at the match"],
  ["+, -, 0", "In the diagram: zoom in, zoom out, original size"],
  ["Ctrl+Space", "In the pattern: what could be typed next; then ↓ ↑ choose, Enter or Tab takes it, Escape closes"],
  ["↑ ↓ ← →", "In the explanation: another part, fold, unfold; Enter selects it in the pattern"],
  ["Shift+Enter", "In the pattern: a new line (Enter alone when flag x is on)"],
  ["Ctrl+Z, Ctrl+Shift+Z", "Undo and redo; a loaded file or link is one step"],
  ["Tab, Shift+Tab", "Leaves an editor (it is never typed)"],
  ...debugShortcuts,
  ["Ctrl+K, F1", "Everything that can be done, by its name"],
  ["?", "This help, outside of the editors"],
]

export function installKeys(app: App): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented && event.key != "Escape") return
    if (handle(app, event)) event.preventDefault()
  })
}

function handle(app: App, event: KeyboardEvent): boolean {
  const command = event.ctrlKey || event.metaKey
  if (document.querySelector("dialog[open]")) return false
  if (handleDebug(app, event)) return true
  switch (event.key) {
    case "F1":
    case "k":
      if (event.key == "k" && (!command || event.shiftKey || event.altKey)) return false
      app.model.dialog.value = "commands"
      return true
    case "s":
      if (!command || event.shiftKey || event.altKey || !app.library.offered.value) return false
      app.library.saveNow()
      return true
    case "F3":
      step(app.text, event.shiftKey ? -1 : 1)
      return true
    case "ArrowDown":
    case "ArrowUp":
      if (!event.altKey || command || event.shiftKey) return false
      step(app.text, event.key == "ArrowDown" ? 1 : -1)
      return true
    case "Escape":
      if (!app.debugging.stop()) app.cancel()
      return false
    case "Enter":
      if (!command) return false
      if (app.pattern.hasFocus) app.text.focus()
      else app.pattern.focus()
      return true
    case "?":
      if (event.target instanceof Element && event.target.closest("[contenteditable=true], input, select")) return false
      app.model.dialog.value = "help"
      return true
    default:
      if (!event.altKey || command || event.code != "KeyL") return false
      focusList()
      return true
  }
}

function focusList(): void {
  document.querySelector<HTMLElement>('[role=list] [role=listitem][tabindex="0"]')?.focus()
}
