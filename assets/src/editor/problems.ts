/// Underlines what is wrong with the pattern or suspicious about it. The pointer
/// on it brings the words, a second place that explains it, and a button that
/// writes what is meant.
import { type Extension, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, type Tooltip, hoverTooltip } from "@codemirror/view"
import { type Problem, difference, mapSpan } from "../state"
import { setPart } from "./part"

/// Underlines these problems and no others.
export const setProblems = StateEffect.define<readonly Problem[]>()

const problemMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    if (tr.docChanged) marks = marks.map(tr.changes)
    for (const effect of tr.effects) if (effect.is(setProblems)) marks = marksOf(effect.value, tr.newDoc.toString())
    return marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

function marksOf(problems: readonly Problem[], present: string): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const problem of problems) {
    const { diagnostic, pattern } = problem
    const changes = difference(pattern, present)
    const add = (span: { from: number; to: number }, className: string) => {
      const at = widened(mapSpan(span, changes), present.length)
      if (at) ranges.push(Decoration.mark({ class: className, problem }).range(at.from, at.to))
    }
    add(diagnostic.span, `squiggle ${diagnostic.severity}-squiggle`)
    if (diagnostic.related && diagnostic.severity == "error") add(diagnostic.related, "err-related")
  }
  return RangeSet.of(ranges, true)
}

// What is between two characters is underlined at the one after, or the last.
function widened({ from, to }: { from: number; to: number }, length: number): { from: number; to: number } | undefined {
  if (from >= to) to = Math.min(length, from + 1)
  if (from >= to) from = Math.max(0, to - 1)
  return from < to ? { from, to } : undefined
}

/// Writes a problem's fix into the pattern. False when there is none, or the text
/// that it would replace has changed meanwhile.
export function applyFix(view: EditorView, { diagnostic, pattern }: Problem): boolean {
  const { fix } = diagnostic
  if (!fix) return false
  const present = view.state.doc.toString()
  const { from, to } = mapSpan(fix.span, difference(pattern, present))
  if (present.slice(from, to) != pattern.slice(fix.span.from, fix.span.to)) return false
  view.dispatch({ changes: { from, to, insert: fix.text }, userEvent: "input.fix", scrollIntoView: true })
  return true
}

/// What a fix's button says.
export function fixLabel({ diagnostic, pattern }: Problem): string {
  const { span, text } = diagnostic.fix!
  if (text == "") return `Remove ${pattern.slice(span.from, span.to)}`
  return span.from < span.to ? `Replace with ${text}` : `Insert ${text}`
}

function tooltipAt(view: EditorView, pos: number, side: -1 | 1): Tooltip | null {
  const found: { from: number; to: number; problem: Problem }[] = []
  view.state.field(problemMarks).between(pos, pos, (from, to, mark) => {
    const inside = side < 0 ? from < pos : to > pos
    const { problem } = mark.spec as { problem: Problem }
    if (inside && !found.some((f) => f.problem == problem)) found.push({ from, to, problem })
  })
  if (found.length == 0) return null
  return {
    pos: Math.min(...found.map((f) => f.from)),
    end: Math.max(...found.map((f) => f.to)),
    above: false,
    create: () => {
      const dom = document.createElement("div")
      dom.className = "problem-tip"
      for (const { problem } of found) dom.append(words(view, problem))
      const related = found.find(({ problem }) => problem.diagnostic.related)?.problem
      const { from, to } = related?.diagnostic.related ?? { from: 0, to: 0 }
      // Tooltips come and go inside of updates, which cannot hold another.
      const mark = (on: boolean) =>
        related &&
        queueMicrotask(() => view.dispatch({ effects: setPart.of(on ? { from, to, pattern: related.pattern } : undefined) }))
      return { dom, mount: () => mark(true), destroy: () => mark(false) }
    },
  }
}

function words(view: EditorView, problem: Problem): HTMLElement {
  const { diagnostic } = problem
  const box = element("div", `problem ${diagnostic.severity}`)
  box.append(element("p", "problem-message", diagnostic.message))
  if (diagnostic.relatedNote) box.append(element("p", "", diagnostic.relatedNote))
  if (diagnostic.hint) box.append(element("p", "muted", diagnostic.hint))
  if (diagnostic.fix) {
    const button = element("button", "button", fixLabel(problem)) as HTMLButtonElement
    button.type = "button"
    button.onclick = () => {
      applyFix(view, problem)
      view.focus()
    }
    box.append(button)
  }
  return box
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const dom = document.createElement(tag)
  dom.className = className
  if (text !== undefined) dom.textContent = text
  return dom
}

export const problems: Extension = [problemMarks, hoverTooltip(tooltipAt, { hideOnChange: true })]
