/// Shows a step of the debugger in both editors: the current token in a box, with
/// its outcome in colour and sign; in the text where the attempt began, what has
/// been consumed, where the machine is, where a token failed, and the furthest that
/// anything matched up to.
import { type Extension, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view"
import { type Sign, type Span, difference, mapSpan, signs } from "../state"

/// The token of a step; the span is of a pattern that may be an older one.
export interface TokenMark extends Span {
  sign: Sign
  pattern: string
}

export const setTokenMark = StateEffect.define<TokenMark | undefined>()

const tokenMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    marks = marks.map(tr.changes)
    for (const effect of tr.effects) {
      if (!effect.is(setTokenMark)) continue
      const mark = effect.value
      if (!mark) return Decoration.none
      const { from, to } = mapSpan(mark, difference(mark.pattern, tr.newDoc.toString()))
      const className = `debug-token debug-${mark.sign}`
      const attributes = { "data-debug-token": mark.sign, "data-sign": signs[mark.sign] }
      const empty = Decoration.widget({ widget: new Tick(`debug-token-empty debug-${mark.sign}`, "", signs[mark.sign]), side: 1 })
      marks = Decoration.set(from < to ? Decoration.mark({ class: className, attributes, inclusive: true }).range(from, to) : empty.range(from))
    }
    return marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

/// A step in the text, in positions of the present one.
export interface TextMark {
  attempt: number
  /// What the attempt has consumed.
  from: number
  to: number
  /// The innermost lookaround that is under way: where it was asked, and what it has
  /// looked at from there, to the left or to the right.
  look: { asked: number; to: number; title: string } | undefined
  pos: number
  /// Where a token failed.
  failed: number | undefined
  furthest: number
  furthestEver: number
  sign: Sign
}

export const setTextMark = StateEffect.define<TextMark | undefined>()

const textMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    marks = marks.map(tr.changes)
    for (const effect of tr.effects) {
      if (effect.is(setTextMark)) marks = effect.value ? marksOf(effect.value, tr.newDoc.length) : Decoration.none
    }
    return marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

function marksOf(mark: TextMark, length: number): DecorationSet {
  const ranges: Range<Decoration>[] = []
  const at = (pos: number, className: string, what: string, title: string, side: number) => {
    ranges.push(Decoration.widget({ widget: new Tick(className, what, title), side }).range(Math.min(pos, length)))
  }
  const [from, to] = [Math.min(mark.from, length), Math.min(mark.to, length)]
  if (from < to) {
    ranges.push(Decoration.mark({ class: "debug-consumed", attributes: { "data-debug": "consumed" }, inclusive: true }).range(from, to))
  }
  if (mark.look) {
    const { asked, to, title } = mark.look
    const [start, end] = [Math.min(asked, to, length), Math.min(Math.max(asked, to), length)]
    if (start < end) ranges.push(Decoration.mark({ class: "debug-looked", attributes: { "data-debug": "looked" }, inclusive: true }).range(start, end))
    at(asked, "debug-look", "look", title, -1)
  }
  at(mark.attempt, "debug-attempt", "attempt", "The attempt began here", -2)
  if (mark.furthestEver > mark.furthest) at(mark.furthestEver, "debug-furthest ever", "furthest-ever", "The furthest that any attempt came", 2)
  at(mark.furthest, "debug-furthest", "furthest", "The furthest that this attempt came", 3)
  at(mark.pos, `debug-pos debug-${mark.sign}`, "pos", "Here", 4)
  if (mark.failed !== undefined) {
    if (mark.failed < length) {
      const attributes = { "data-debug": "failed" }
      ranges.push(Decoration.mark({ class: "debug-failed-at", attributes, inclusive: true }).range(mark.failed, mark.failed + 1))
    } else at(length, "debug-failed-end", "failed", "It failed at the end", 5)
  }
  return RangeSet.of(ranges, true)
}

// A place without a width.
class Tick extends WidgetType {
  constructor(
    readonly className: string,
    readonly what: string,
    readonly title: string,
  ) {
    super()
  }
  override eq(other: Tick): boolean {
    return other.className == this.className && other.what == this.what && other.title == this.title
  }
  toDOM(): HTMLElement {
    const dom = document.createElement("span")
    dom.className = `debug-tick ${this.className}`
    if (this.what != "") dom.dataset["debug"] = this.what
    dom.title = this.title
    dom.setAttribute("aria-hidden", "true")
    return dom
  }
  override ignoreEvent(): boolean {
    return false
  }
}

export const debugPattern: Extension = tokenMark
export const debugText: Extension = textMark
