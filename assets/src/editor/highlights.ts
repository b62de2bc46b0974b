/// Draws the matches and groups that are on screen. Spans are looked up by
/// binary search for what is visible, so that the number of matches does not
/// matter; the number of marks on one screen does, and is bounded.
import { type Extension, Facet, Prec, type Range, RangeSet, StateEffect } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import { format } from "../state"
import { Drawing, MarkLimit, type Span } from "./drawing"
import { type Shown, pastPosition, setActive, shownResults } from "./results"

/// Takes what is not drawn, in words for the user; empty when everything is.
const onNote = Facet.define<(note: string) => void, (note: string) => void>({ combine: (values) => values[0] ?? (() => {}) })

/// Draws what CodeMirror keeps beyond the edges of the screen. New results are
/// drawn on screen first, so that each of the two fits a frame.
const drawRest = StateEffect.define<null>()

class Highlights {
  matches: DecorationSet = Decoration.none
  groups: DecorationSet = Decoration.none
  private note = ""
  /// Whether beyond the screen there still are the marks of older results.
  partial = false
  // Whether there are too many marks to draw more than the screen.
  private crowded = false
  private drawn: { count: number; end: number } = { count: 0, end: 0 }
  // The part of the text on screen when it was last measured.
  private screen: Span

  constructor(private readonly view: EditorView) {
    this.screen = view.viewport
    this.draw(view.visibleRanges)
    view.scrollDOM.addEventListener("scroll", this.measure, { passive: true })
  }

  update(update: ViewUpdate): void {
    const { changes, startState, state, view } = update
    if (update.docChanged) {
      const { from, to } = this.screen
      this.screen = { from: changes.mapPos(from, -1), to: changes.mapPos(to, 1) }
      this.matches = this.matches.map(changes)
      this.groups = this.groups.map(changes)
    }
    if (update.geometryChanged) this.measure()
    const before = startState.field(shownResults)
    const now = state.field(shownResults)
    if (now.results != before.results) this.partial = now.results !== undefined
    const rest = update.transactions.some((tr) => tr.effects.some((effect) => effect.is(drawRest)))
    if (rest || update.viewportChanged) this.partial = false
    else if (now.results == before.results && now.active == before.active && !this.missing(now)) return
    this.draw(this.partial ? intersect(view.visibleRanges, this.screen) : view.visibleRanges)
  }

  destroy(): void {
    this.view.scrollDOM.removeEventListener("scroll", this.measure)
  }

  // Whether more matches of the same search may belong to what is drawn.
  private missing({ results }: Shown): boolean {
    if (!results) return false
    const { store } = results
    const { count, end } = this.drawn
    return store.count > count && !(store.order == "ascending" && count > 0 && store.start(count - 1, 0) > end)
  }

  private measure = (): void => {
    this.view.requestMeasure({
      key: this,
      read: (view) => onScreen(view),
      write: (screen) => {
        if (screen.from == this.screen.from && screen.to == this.screen.to) return
        this.screen = screen
        if (this.crowded) queueMicrotask(() => this.view.dispatch({ effects: drawRest.of(null) }))
      },
    })
  }

  // Draws the spans anew. Marks elsewhere stay while the drawing is partial.
  private draw(spans: readonly Span[]): void {
    const shown = this.view.state.field(shownResults)
    this.crowded = false
    let note = ""
    let [matches, groups]: [Range<Decoration>[], Range<Decoration>[]] = [[], []]
    if (shown.results) {
      this.drawn = { count: shown.results.store.count, end: pastPosition(shown, this.view.viewport.to, 1) }
      const perMatch = shown.results.groups.length
      let drawing = new Drawing(shown, spans)
      let n = drawing.count()
      if (n * perMatch > MarkLimit) {
        this.crowded = true
        drawing = new Drawing(shown, intersect(spans, this.screen))
        n = drawing.count()
      }
      const separate = n <= MarkLimit
      const withGroups = n * perMatch <= MarkLimit
      const covered = separate ? drawing.full(withGroups) : drawing.merged()
      if (covered < n) note = `Showing ${format.count(covered)} of ${format.count(n)} matches on this screen`
      else if (!separate) note = `${format.count(n)} matches on this screen: neighbours are drawn as one`
      else if (!withGroups) note = `Groups are not coloured: ${n} matches on this screen`
      drawing.selected()
      matches = drawing.matches
      groups = drawing.groups
    }
    const keep = this.partial && !this.crowded
    this.matches = keep ? replaced(this.matches, spans, matches) : RangeSet.of(matches, true)
    this.groups = keep ? replaced(this.groups, spans, groups) : RangeSet.of(groups, true)
    const tell = this.view.state.facet(onNote)
    if (note != this.note) queueMicrotask(() => tell(note))
    this.note = note
  }
}

function replaced(set: DecorationSet, spans: readonly Span[], add: Range<Decoration>[]): DecorationSet {
  for (const { from, to } of spans) {
    set = set.update({ filterFrom: from, filterTo: to, filter: (a, b) => b < from || a > to })
  }
  return set.update({ add, sort: true })
}

// The part of the text on screen, and a line or two on each side.
function onScreen(view: EditorView): Span {
  const { scrollTop, clientHeight } = view.scrollDOM
  const margin = 50
  return {
    from: view.lineBlockAtHeight(scrollTop - margin).from,
    to: view.lineBlockAtHeight(scrollTop + clientHeight + margin).to,
  }
}

function intersect(ranges: readonly Span[], span: Span): Span[] {
  return ranges
    .map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter(({ from, to }) => from <= to)
}

const plugin = ViewPlugin.fromClass(Highlights, {
  provide: (p) => [
    // The inner element of two is that of the higher precedence.
    Prec.low(EditorView.decorations.of((view) => view.plugin(p)?.matches ?? Decoration.none)),
    Prec.high(EditorView.decorations.of((view) => view.plugin(p)?.groups ?? Decoration.none)),
  ],
})

export function highlights(note: (note: string) => void): Extension {
  return [shownResults, onNote.of(note), plugin]
}

/// Whether the last new results left something for a later frame: drawBeyondScreen.
export function isPartial(view: EditorView): boolean {
  return view.plugin(plugin)?.partial ?? false
}

/// Draws what is beyond the edges of the screen, and selects a match.
export function drawBeyondScreen(view: EditorView, active: number): void {
  view.dispatch({ effects: [drawRest.of(null), setActive.of(active)] })
}
