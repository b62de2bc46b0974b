/// What no test exercises, underlaid in the pattern.
import { type Extension, type Range, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view"
import type { Span } from "../state"

/// Parts of a pattern that no test exercises, and what is missing of each.
export interface Uncovered {
  pattern: string
  gaps: readonly (Span & { message: string })[]
}

export const setUncovered = StateEffect.define<Uncovered | undefined>()

const uncoveredParts = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    marks = marks.map(tr.changes)
    for (const effect of tr.effects) if (effect.is(setUncovered)) marks = marksOf(effect.value, tr.newDoc.toString())
    return marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

// What is about another pattern is not shown. An empty alternative has no width.
function marksOf(uncovered: Uncovered | undefined, pattern: string): DecorationSet {
  if (!uncovered || uncovered.pattern != pattern) return Decoration.none
  const titles = new Map<string, Span & { messages: string[] }>()
  for (const { from, to, message } of uncovered.gaps) {
    const key = `${from} ${to}`
    const known = titles.get(key)
    if (known) known.messages.push(message)
    else if (from < to) titles.set(key, { from, to, messages: [message] })
  }
  const all: Range<Decoration>[] = []
  for (const { from, to, messages } of titles.values()) {
    all.push(Decoration.mark({ class: "uncovered", attributes: { title: `Not exercised by the tests: ${messages.join("; ")}` } }).range(from, to))
  }
  return Decoration.set(all, true)
}

export const coveragePattern: Extension = uncoveredParts
