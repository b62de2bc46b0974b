/// The marks of the matches in some spans of the text.
import type { Range } from "@codemirror/state"
import { Decoration, WidgetType } from "@codemirror/view"
import { type Shown, pastPosition, presentRange } from "./results"

/// 2,400 marks cost 37 ms of the page's time at each key; 800 stay inside a frame.
export const MarkLimit = 800

// An empty match or group is an element of its own, which costs the layout
// several times as much as a mark on text that is there anyway: 266 of them made
// tasks of 24 ms, a hundred do not.
const EmptyWeight = 8

/// Group colours and underlines repeat after this many groups.
const GroupStyles = 8

export interface Span {
  from: number
  to: number
}

export class Drawing {
  marks = 0
  private hasActive = false
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

  /// A mark for each match, and for each group on demand. Returns how many
  /// matches there was room for.
  full(withGroups: boolean): number {
    const { groups, store } = this.shown.results!
    let covered = 0
    this.each((row) => {
      if (this.marks >= MarkLimit) return false
      covered++
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
    return covered
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

  /// The selected match, where the limit has left it out.
  selected(): void {
    const { results, active } = this.shown
    if (this.hasActive || active < 0 || active >= results!.store.count) return
    const { from, to } = presentRange(this.shown, active)
    if (this.spans.some((span) => from <= span.to && to >= span.from)) this.addMatch(from, to, active)
  }

  private addMatch(from: number, to: number, row: number): void {
    const active = row == this.shown.active
    this.hasActive ||= active
    this.marks += from == to ? EmptyWeight : 1
    if (from == to) this.matches.push(emptyMatch(row, active).range(from))
    else this.cut(from, to, (a, b) => this.matches.push(matchMark(row, active).range(a, b)))
  }

  private addGroup(from: number, to: number, group: number): void {
    this.marks += from == to ? EmptyWeight : 1
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

// Marks include their borders: only then does CodeMirror draw them around a box
// that stands for an invisible character and is all there is in the mark.
const around = { inclusive: true }

function matchMark(row: number, active: boolean): Decoration {
  return Decoration.mark({
    ...around,
    class: `m m${row % 2}${active ? " m-active" : ""}`,
    attributes: { "data-match": String(row) },
  })
}

const groupMarks = new Map<number, Decoration>()

function groupMark(group: number): Decoration {
  let mark = groupMarks.get(group)
  if (!mark) {
    mark = Decoration.mark({ ...around, class: `g ${groupClass(group)}`, attributes: { "data-group": String(group) } })
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
