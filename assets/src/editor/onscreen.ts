/// Which part of the pattern is on screen: its editor scrolls when it is long, and is
/// mostly one line, of which CodeMirror has all in the document.
import { type Extension, StateEffect } from "@codemirror/state"
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import type { Span } from "../state"

/// Another part of the pattern is on screen, as a span of the present document. It
/// holds a line more at each end: an edit that leaves the height as it was moves
/// what is below it by less than a line, and brings no such effect.
export const setOnScreen = StateEffect.define<Span>()

function spanOnScreen(view: EditorView): Span {
  const { top, bottom, left, right } = view.scrollDOM.getBoundingClientRect()
  const line = view.defaultLineHeight
  return {
    from: view.posAtCoords({ x: left, y: top - line }, false),
    to: view.posAtCoords({ x: right, y: bottom + line }, false),
  }
}

class OnScreen {
  private readonly request = {
    key: this,
    read: spanOnScreen,
    // Still before the frame is painted; there can be no update within a measure.
    write: (span: Span, view: EditorView) => queueMicrotask(() => view.dispatch({ effects: setOnScreen.of(span) })),
  }
  private readonly measure = () => this.view.requestMeasure(this.request)

  constructor(private readonly view: EditorView) {
    view.scrollDOM.addEventListener("scroll", this.measure)
    this.measure()
  }

  update({ heightChanged, geometryChanged, docChanged }: ViewUpdate): void {
    if (heightChanged || (geometryChanged && !docChanged)) this.measure()
  }

  destroy(): void {
    this.view.scrollDOM.removeEventListener("scroll", this.measure)
  }
}

export const onScreen: Extension = ViewPlugin.fromClass(OnScreen)
