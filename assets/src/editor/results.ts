/// Which matches the text editor shows, and how the text has changed since they
/// were found: until newer ones come, the old are shown where the edits moved
/// them.
import { type ChangeDesc, StateEffect, StateField } from "@codemirror/state"
import type { Results } from "../state"

export interface Shown {
  results: Results | undefined
  /// From the text of the results to the present one; absent when they are one.
  changes: ChangeDesc | undefined
  /// The match that is selected in the list, or -1.
  active: number
}

/// Shows other results, or says that those shown have grown.
export const setResults = StateEffect.define<Results | undefined>()

export const setActive = StateEffect.define<number>()

export const shownResults = StateField.define<Shown>({
  create: () => ({ results: undefined, changes: undefined, active: -1 }),
  update(shown, tr) {
    let { results, changes, active } = shown
    if (tr.docChanged && results) changes = changes ? changes.composeDesc(tr.changes.desc) : tr.changes.desc
    for (const effect of tr.effects) {
      if (effect.is(setActive)) active = effect.value
      else if (effect.is(setResults)) {
        if (effect.value != results) {
          results = effect.value
          changes = undefined
        } else return { results, changes, active } // grown: listeners look at identity
      }
    }
    if (results == shown.results && changes == shown.changes && active == shown.active) return shown
    return { results, changes, active }
  },
})

/// Where a group of a match is in the present text.
export function presentRange(shown: Shown, row: number, group = 0): { from: number; to: number } {
  const { store } = shown.results!
  const from = store.start(row, group)
  const to = store.end(row, group)
  if (!shown.changes) return { from, to }
  const start = shown.changes.mapPos(from, from == to ? -1 : 1)
  return { from: start, to: Math.max(start, shown.changes.mapPos(to, -1)) }
}

/// A position of the present text in the text of the results.
export function pastPosition(shown: Shown, pos: number, side: -1 | 1): number {
  return shown.changes ? shown.changes.invertedDesc.mapPos(pos, side) : pos
}
