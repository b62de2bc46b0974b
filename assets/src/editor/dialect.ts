/// Flavor and flags in the pattern's history: where they change together with the
/// pattern, undo brings back all three.
import { invertedEffects, isolateHistory } from "@codemirror/commands"
import { type Extension, StateEffect, type Transaction } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import type { Query } from "../wire"

type Dialect = Omit<Query, "pattern">

/// Flavor and flags before a change of them, and after it.
export interface DialectChange {
  from: Dialect
  to: Dialect
}

const changeDialect = StateEffect.define<DialectChange>()

export const dialect: Extension = invertedEffects.of((tr) =>
  tr.effects
    .filter((effect) => effect.is(changeDialect))
    .map(({ value: { from, to } }) => changeDialect.of({ from: to, to: from })),
)

/// The changes of flavor and flags among effects.
export function dialectChangesOf(effects: readonly StateEffect<unknown>[]): DialectChange[] {
  return effects.flatMap((effect) => (effect.is(changeDialect) ? [effect.value] : []))
}

export function dialectEffect(change: DialectChange): StateEffect<unknown> {
  return changeDialect.of(change)
}

/// Flavor and flags after the transactions, when these change them.
export function dialectOf(transactions: readonly Transaction[]): Dialect | undefined {
  let found: Dialect | undefined
  for (const { effects } of transactions) {
    for (const effect of effects) if (effect.is(changeDialect)) found = effect.value.to
  }
  return found
}

/// Replaces the pattern, the flavor and the flags as one step of undo.
export function replaceQuery(view: EditorView, from: Dialect, { flavor, flags, pattern }: Query): void {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: view.state.toText(pattern) },
    effects: changeDialect.of({ from, to: { flavor, flags } }),
    selection: { anchor: 0 },
    annotations: isolateHistory.of("full"),
    scrollIntoView: true,
  })
}
