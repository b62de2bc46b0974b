/// From match to match.
import { EditorView } from "@codemirror/view"
import { pastPosition, presentRange, setActive, shownResults } from "../editor"

/// Selects a match in the text and brings it on screen.
export function goTo(view: EditorView, match: number): void {
  const shown = view.state.field(shownResults)
  if (!shown.results || match < 0 || match >= shown.results.store.count) return
  const { from, to } = presentRange(shown, match)
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: [setActive.of(match), EditorView.scrollIntoView(from, { y: "center", x: "nearest", yMargin: 40 })],
  })
}

/// The match after (1) or before (-1) the caret, or the selected one.
export function step(view: EditorView, direction: 1 | -1): void {
  const shown = view.state.field(shownResults)
  if (!shown.results) return
  const { from } = view.state.selection.main
  goTo(view, shown.results.store.next(pastPosition(shown, from, 1), direction))
}
