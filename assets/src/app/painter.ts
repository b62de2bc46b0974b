/// Brings what the search has found to the screen, once per animation frame, and
/// says so on the document element: data-first when a version's first highlights
/// are painted, data-painted when its final result is, also beyond the screen.
/// What is known without a search has marks of its own, with the version that
/// brought the query: data-colored when the pattern has its colours, and
/// data-explained when the open explanation is in the document.
import {
  drawBeyondScreen,
  isPartial,
  matchAtCaret,
  setResults,
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

// While more matches stream in, the list is told of them this often: each time
// costs a rendering of its rows.
const ListEveryMs = 100

// After an edit the old marks may stay this long until the search comes to the
// screen. One that takes longer may never come there.
const StaleMs = 2000
// A smaller text is searched before anything could be seen to vanish, and what
// CodeMirror keeps of it beyond the edges of the screen is soon drawn.
const LargeText = 100_000

export class Painter {
  private frame = 0
  // The results that the text shows; the list shows them a frame later.
  private drawn: Results | undefined
  private listedAt = 0
  // Newer results that do not reach the screen yet, and since when.
  private early: { results: Results | undefined; since: number } = { results: undefined, since: 0 }

  constructor(private readonly app: App) {}

  schedule(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0
      this.paint()
    })
  }

  /// Something has come that may take several steps to show (see step). Does one
  /// at once, in the task that brought it, and leaves the others to the frames:
  /// so the parts of one frame are spread over tasks of which none is long.
  advance(): void {
    const { shown, status } = this.app.search
    if (this.step(shown, isFinal(status.phase)) != "early") {
      // The layout of this part now, that of the next in its own task.
      void this.app.text.contentDOM.offsetHeight
    }
    this.schedule()
  }

  private paint(): void {
    const { search, model } = this.app
    const { status } = search
    const final = isFinal(status.phase)
    const done = this.step(search.shown, final) != "more"
    if (!done) this.schedule()
    // A search that is soon over does not replace the words of the one before by
    // "searching", only by its result.
    if ((final && done) || status.progress) {
      model.status.value = status
    }
    // The views render in a microtask of their own, asked for just now.
    queueMicrotask(() => {
      const { dataset } = document.documentElement
      const version = String(status.version)
      if (search.status.version != status.version) return
      if (this.drawn?.version == status.version || (final && done)) dataset["first"] = version
      if (final && done) dataset["painted"] = version
    })
  }

  // Whether the search has not come to what is on screen, and the results there
  // are those of the same query before an edit: far down a large text, the edit
  // would blank the screen until the search has caught up.
  private isEarly(results: Results): boolean {
    const { query, store, doc } = results
    if (doc.length < LargeText || this.drawn?.query != query || store.order == "descending") return false
    if (store.count > 0 && store.start(store.count - 1, 0) >= this.app.text.viewport.to) return false
    if (this.early.results != results) this.early = { results, since: performance.now() }
    return performance.now() - this.early.since < StaleMs
  }

  // Draws other results in the text, or returns false when it is too early.
  private draw(results: Results | undefined, final: boolean): boolean {
    const { text } = this.app
    // The text changed between the results' coming and this frame: newer ones
    // are on their way, and those on screen have been moved with the edit.
    if (results && results.doc != text.state.doc) return false
    if (results && !final && this.isEarly(results)) return false
    this.drawn = results
    text.dispatch({ effects: setResults.of(results) })
    return true
  }

  // One of the steps that bring results on screen: the marks on screen, the
  // list, and the marks beyond the edges, which in a large text are a step of
  // their own. Returns whether there are more, or it is too early for any.
  private step(results: Results | undefined, final: boolean): "more" | "done" | "early" {
    const { text } = this.app
    if (results != this.drawn) {
      if (!this.draw(results, final)) return "early"
      if (results) return "more"
    }
    const listed = this.list(results, final)
    const beyond = isPartial(text)
    if (beyond && listed && results!.doc.length >= LargeText) return "more"
    if (beyond) drawBeyondScreen(text, text.hasFocus ? matchAtCaret(text.state) : -1)
    else if (results && listed) text.dispatch({ effects: setResults.of(results) })
    return "done"
  }

  // Shows results in the list, or that there are more of them. Returns whether
  // there was anything to show.
  private list(results: Results | undefined, final: boolean): boolean {
    const { model } = this.app
    const count = results?.store.count ?? 0
    const grown = results == model.listed.value.results
    if (grown && count == model.listed.value.count) return false
    const now = performance.now()
    if (grown && !final && now - this.listedAt < ListEveryMs) return false
    this.listedAt = now
    model.listed.value = { results, count }
    return true
  }
}
