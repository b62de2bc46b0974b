/// Brings what the search has found to the screen, once per animation frame, and
/// says so on the document element: data-first when a version's first highlights
/// are painted, data-painted when its final result is, also beyond the screen.
import {
  drawBeyondScreen,
  isPartial,
  matchAtCaret,
  setActive,
  setError,
  setResults,
  shownResults,
} from "../editor"
import { type Results, isFinal } from "../state"
import type { App } from "./app"

// Frames do not come in a hidden page; what waits for one must not wait for ever.
const HiddenFrameMs = 100

export function nextFrame(f: () => void): void {
  let done = false
  const once = () => {
    if (done) return
    done = true
    clearTimeout(timer)
    f()
  }
  const timer = setTimeout(once, HiddenFrameMs)
  requestAnimationFrame(once)
}

export class Painter {
  private frame = 0
  constructor(private readonly app: App) {}

  schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      this.paint()
    })
  }

  private paint(): void {
    const { search, model } = this.app
    const { status } = search
    if (search.shown == model.listed.value.results && isPartial(this.app.text)) drawBeyondScreen(this.app.text)
    this.paintResults(search.shown)
    const partial = isPartial(this.app.text)
    if (partial) this.schedule()
    // A search that is soon over does not replace the words of the one before by
    // "searching", only by its result.
    if (isFinal(status.phase) || status.progress) {
      if (status.error != model.status.value.error) {
        this.app.pattern.dispatch({ effects: setError.of(status.error) })
      }
      model.status.value = status
    }
    // The views render in a microtask of their own, asked for just now.
    queueMicrotask(() => {
      const { dataset } = document.documentElement
      if (search.status.version != status.version) return
      const final = isFinal(status.phase)
      if (final || model.listed.value.results?.version == status.version) dataset["first"] = String(status.version)
      if (final && !partial) dataset["painted"] = String(status.version)
    })
  }

  private paintResults(results: Results | undefined): void {
    const { text, model } = this.app
    const painted = model.listed.value.results
    const count = results?.store.count ?? 0
    if (results == painted && count == model.listed.value.count) return
    // The text changed between the results' coming and this frame: newer ones
    // are on their way, and those on screen have been moved with the edit.
    if (results && results != painted && results.doc != text.state.doc) return
    model.listed.value = { results, count }
    text.dispatch({ effects: setResults.of(results) })
    if (results && text.hasFocus && text.state.field(shownResults).active < 0) {
      const active = matchAtCaret(text.state)
      if (active >= 0) text.dispatch({ effects: setActive.of(active) })
    }
  }
}
