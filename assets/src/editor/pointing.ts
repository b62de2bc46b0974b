/// Which match is under the pointer or at the caret.
import type { EditorState } from "@codemirror/state"
import { pastPosition, shownResults } from "./results"

/// The index of the match that the event's target is part of, or -1.
export function matchAt(target: EventTarget | null): number {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-match]") : null
  return element ? Number(element.dataset["match"]) : -1
}

/// The match that holds the caret, or -1.
export function matchAtCaret(state: EditorState): number {
  const shown = state.field(shownResults)
  if (!shown.results) return -1
  const { head } = state.selection.main
  const pos = pastPosition(shown, head, 1)
  let found = -1
  shown.results.store.between(pos, pos, (row) => {
    // Where two matches meet, the one that begins here.
    found = row
    return shown.results!.store.start(row, 0) < pos
  })
  return found
}
