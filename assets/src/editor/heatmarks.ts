/// A heat map over the text: stretches in a colour by their level.
import { type Extension, Prec, type Range, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view"
import type { Span } from "../state"

/// A stretch with its level, 1 to 5, and its index for who asks what it is.
export interface HeatMark extends Span {
  level: number
  index: number
  /// Its exact numbers.
  title: string
}

/// The stretches in order, in positions of the present text; none for no map.
export const setHeat = StateEffect.define<readonly HeatMark[]>()

const heat = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    marks = marks.map(tr.changes)
    for (const effect of tr.effects) {
      if (!effect.is(setHeat)) continue
      const { newDoc } = tr
      const all: Range<Decoration>[] = []
      for (const { from, to, level, index, title } of effect.value) {
        const start = Math.min(from, newDoc.length)
        const end = Math.min(to, newDoc.length)
        // A line end has no width: neither has the end of the text.
        if (start == newDoc.lineAt(start).to) all.push(Decoration.widget({ widget: new LineEnd(level, index, title), side: 1 }).range(start))
        if (start < end) {
          const attributes = { "data-heat": String(index), title }
          all.push(Decoration.mark({ class: `heat heat-${level}`, attributes }).range(start, end))
        }
      }
      marks = Decoration.set(all, true)
    }
    return marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

class LineEnd extends WidgetType {
  constructor(
    readonly level: number,
    readonly index: number,
    readonly title: string,
  ) {
    super()
  }
  override eq(other: LineEnd): boolean {
    return other.level == this.level && other.index == this.index && other.title == this.title
  }
  toDOM(): HTMLElement {
    const dom = document.createElement("span")
    dom.className = `heat heat-end heat-${this.level}`
    dom.dataset["heat"] = String(this.index)
    dom.title = this.title
    dom.setAttribute("aria-hidden", "true")
    return dom
  }
  override ignoreEvent(): boolean {
    return false
  }
}

// Inside of all other marks, whose backgrounds it covers: of the highest precedence.
export const heatText: Extension = Prec.highest(heat)
