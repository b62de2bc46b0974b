/// Draws the matches and groups that are on screen. Spans are looked up by
/// binary search for what is visible, so that the number of matches does not
/// matter; the number of marks on one screen does, and is bounded.
import { type EditorState, Prec, type Range, RangeSet } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view"
import { format } from "../state"
import { type Shown, pastPosition, presentRange, setActive, setResults, shownResults } from "./results"

/// 2,400 marks cost 37 ms of the page's time at each key; 800 stay inside a frame.
export const MarkLimit = 800

/// Group colours and underlines repeat after this many groups.
const GroupStyles = 8

/// What is not drawn, in words for the user; empty when everything is.
export type Note = string

interface Span {
  from: number
  to: number
}

class Drawing {
  marks = 0
  readonly matches: Range<Decoration>[] = []
  readonly groups: Range<Decoration>[] = []

  constructor(
    private readonly shown: Shown,
    private readonly spans: readonly Span[],
  ) {}

  count(): number {
    const { store } = this.shown.results!
    let n = 0
    for (const { from, to } of this.past()) n += store.countBetween(from, to)
    return n
  }

  // The spans in the text that the matches were found in.
  private past(): Span[] {
    return this.spans.map(({ from, to }) => ({
      from: pastPosition(this.shown, from, -1),
      to: pastPosition(this.shown, to, 1),
    }))
  }

  /// Calls `f` with each match on screen once, in the order of the text.
  private each(f: (row: number) => boolean | void): void {
    const { store } = this.shown.results!
    let last = -1
    for (const { from, to } of this.past()) {
      let full = false
      store.between(from, to, (row) => {
        if (row == last) return true // reaches from one span into the next
        last = row
        full = f(row) === false
        return !full
      })
      if (full) return
    }
  }

  full(withGroups: boolean): void {
    const { groups, store } = this.shown.results!
    this.each((row) => {
      if (this.marks >= MarkLimit) return false
      const { from, to } = presentRange(this.shown, row)
      if (from == to && store.start(row, 0) != store.end(row, 0)) return true // edited away
      this.addMatch(from, to, row)
      if (!withGroups) return true
      for (let g = 1; g < groups.length; g++) {
        if (store.start(row, g) < 0) continue
        const range = presentRange(this.shown, row, g)
        this.addGroup(range.from, range.to, groups[g]!.number)
      }
      return true
    })
  }

  /// One mark for each run of matches that touch. Returns how many matches the
  /// marks stand for.
  merged(): number {
    let run: { from: number; to: number; row: number } | undefined
    let covered = 0
    const close = () => {
      if (run) this.addMatch(run.from, run.to, run.row)
    }
    this.each((row) => {
      const { from, to } = presentRange(this.shown, row)
      if (run && from <= run.to && to >= run.from) {
        run.from = Math.min(run.from, from)
        run.to = Math.max(run.to, to)
      } else {
        close()
        run = undefined
        if (this.marks >= MarkLimit) return false
        run = { from, to, row }
      }
      covered++
      return true
    })
    close()
    return covered
  }

  private addMatch(from: number, to: number, row: number): void {
    const active = row == this.shown.active
    this.marks++
    if (from == to) this.matches.push(emptyMatch(row, active).range(from))
    else this.cut(from, to, (a, b) => this.matches.push(matchMark(row, active).range(a, b)))
  }

  private addGroup(from: number, to: number, group: number): void {
    this.marks++
    if (from == to) this.groups.push(emptyGroup(group).range(from))
    else this.cut(from, to, (a, b) => this.groups.push(groupMark(group).range(a, b)))
  }

  // A match of a megabyte is drawn where it is on screen only.
  private cut(from: number, to: number, f: (from: number, to: number) => void): void {
    for (const span of this.spans) {
      const a = Math.max(from, span.from)
      const b = Math.min(to, span.to)
      if (a < b) f(a, b)
    }
  }
}

function matchMark(row: number, active: boolean): Decoration {
  return Decoration.mark({
    class: `m m${row % 2}${active ? " m-active" : ""}`,
    attributes: { "data-match": String(row) },
  })
}

const groupMarks = new Map<number, Decoration>()

function groupMark(group: number): Decoration {
  let mark = groupMarks.get(group)
  if (!mark) {
    mark = Decoration.mark({ class: `g ${groupClass(group)}`, attributes: { "data-group": String(group) } })
    groupMarks.set(group, mark)
  }
  return mark
}

/// The style of a group, the same in the text and in the list.
export function groupClass(group: number): string {
  return "g" + (((group - 1) % GroupStyles) + 1)
}

class EmptyWidget extends WidgetType {
  constructor(
    readonly kind: "match" | "group",
    readonly index: number,
    readonly className: string,
  ) {
    super()
  }
  override eq(other: EmptyWidget): boolean {
    return other.kind == this.kind && other.index == this.index && other.className == this.className
  }
  toDOM(): HTMLElement {
    const dom = document.createElement("span")
    dom.className = this.className
    dom.dataset[this.kind] = String(this.index)
    dom.setAttribute("aria-hidden", "true")
    return dom
  }
  override ignoreEvent(): boolean {
    return false
  }
}

function emptyMatch(row: number, active: boolean): Decoration {
  const className = `m-empty m${row % 2}${active ? " m-active" : ""}`
  return Decoration.widget({ widget: new EmptyWidget("match", row, className), side: 1 })
}

function emptyGroup(group: number): Decoration {
  return Decoration.widget({ widget: new EmptyWidget("group", group, `g-empty ${groupClass(group)}`), side: 1 })
}

class Highlights {
  matches: DecorationSet = Decoration.none
  groups: DecorationSet = Decoration.none
  note: Note = ""
  // Only what is on screen is drawn, without the margin that CodeMirror keeps.
  private screenOnly = false
  private drawn: { count: number; end: number } = { count: 0, end: 0 }
  // The part of the text on screen when it was last measured.
  private screen: Span

  constructor(
    private readonly view: EditorView,
    private readonly onNote: (note: Note) => void,
  ) {
    this.screen = view.viewport
    this.build()
    view.scrollDOM.addEventListener("scroll", this.measure, { passive: true })
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) {
      const { from, to } = this.screen
      this.screen = { from: update.changes.mapPos(from, -1), to: update.changes.mapPos(to, 1) }
    }
    if (update.geometryChanged) this.measure()
    if (update.docChanged || update.viewportChanged || this.shownChanged(update)) this.build()
  }

  destroy(): void {
    this.view.scrollDOM.removeEventListener("scroll", this.measure)
  }

  private shownChanged({ transactions, startState, state }: ViewUpdate): boolean {
    if (startState.field(shownResults) == state.field(shownResults)) return false
    const grown = transactions.every((tr) => tr.effects.every((e) => !e.is(setActive)))
    const { results } = state.field(shownResults)
    if (!grown || results != startState.field(shownResults).results || !results) return true
    // More matches of the same search, all of them below what is drawn?
    const { store } = results
    const { count, end } = this.drawn
    return !(store.order == "ascending" && count > 0 && store.start(count - 1, 0) > end)
  }

  private measure = (): void => {
    this.view.requestMeasure({
      key: this,
      read: (view) => onScreen(view),
      write: (screen) => {
        if (screen.from == this.screen.from && screen.to == this.screen.to) return
        this.screen = screen
        if (this.screenOnly) queueMicrotask(() => this.redraw())
      },
    })
  }

  private redraw(): void {
    const { results } = this.view.state.field(shownResults)
    this.drawn.count = 0 // whatever is drawn already
    this.view.dispatch({ effects: setResults.of(results) })
  }

  private build(): void {
    const shown = this.view.state.field(shownResults)
    this.matches = this.groups = Decoration.none
    this.screenOnly = false
    let note = ""
    if (shown.results) {
      const ranges = this.view.visibleRanges
      this.drawn = { count: shown.results.store.count, end: pastPosition(shown, this.view.viewport.to, 1) }
      const perMatch = shown.results.groups.length
      let drawing = new Drawing(shown, ranges)
      let n = drawing.count()
      if (n * perMatch > MarkLimit) {
        this.screenOnly = true
        drawing = new Drawing(shown, intersect(ranges, this.screen))
        n = drawing.count()
      }
      if (n <= MarkLimit) {
        const withGroups = n * perMatch <= MarkLimit
        drawing.full(withGroups)
        if (!withGroups) note = `Groups are not coloured: ${n} matches on this screen`
      } else {
        const covered = drawing.merged()
        note =
          covered < n
            ? `Showing ${format.count(covered)} of ${format.count(n)} matches on this screen`
            : `${format.count(n)} matches on this screen: neighbours are drawn as one`
      }
      this.matches = RangeSet.of(drawing.matches, true)
      this.groups = RangeSet.of(drawing.groups, true)
    }
    if (note != this.note) queueMicrotask(() => this.onNote(note))
    this.note = note
  }
}

// The part of the text on screen, and half a screen on each side.
function onScreen(view: EditorView): Span {
  const { scrollTop, clientHeight } = view.scrollDOM
  const margin = clientHeight / 2
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

export function highlights(onNote: (note: Note) => void) {
  const plugin = ViewPlugin.define((view) => new Highlights(view, onNote), {
    provide: (p) => [
      Prec.low(EditorView.decorations.of((view) => view.plugin(p)?.matches ?? Decoration.none)),
      Prec.high(EditorView.decorations.of((view) => view.plugin(p)?.groups ?? Decoration.none)),
    ],
  })
  return [shownResults, plugin]
}
