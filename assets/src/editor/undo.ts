/// Undo histories that outlive the page: their newest steps as plain data, and back.
import { history, historyField } from "@codemirror/commands"
import { type ChangeDesc, type ChangeSet, Compartment, EditorSelection, EditorState, type Extension, type StateEffect, type TransactionSpec } from "@codemirror/state"
import type { KeptUndo } from "../state"
import { type DialectChange, dialectChangesOf, dialectEffect } from "./dialect"

// What the field of CodeMirror holds, whose type it keeps to itself; test/undo.test.ts
// holds true what is read of it here. The last step of a branch is undone first. A step
// without changes has only selections, and nothing below it.
interface Step {
  changes?: ChangeSet
  effects: readonly StateEffect<unknown>[]
  /// How the steps below have to be moved, for changes that are no step.
  mapped?: ChangeDesc
  startSelection?: EditorSelection
  selectionsAfter: readonly EditorSelection[]
}

interface Branches {
  done: readonly Step[]
  undone: readonly Step[]
}

// A step as CodeMirror reads it, with what it leaves out: flavor and flags.
interface KeptStep {
  changes: unknown
  mapped?: unknown
  startSelection: unknown
  selectionsAfter: readonly unknown[]
  dialect?: readonly DialectChange[]
}

// What a step and each of its changes take besides the text, in UTF-16 units.
const StepUnits = 64
const ChangeUnits = 16

const slot = new Compartment()

/// A history that undoRestored can replace.
export function undo(): Extension {
  return [history(), slot.of([])]
}

/// The history of a state: another object when it is another one.
export function undoOf(state: EditorState): object {
  return state.field(historyField) as object
}

/// The newest steps that take no more than `limit` UTF-16 units. Costs what has been done
/// since it was asked last.
export function keptUndo(of: object, limit: number): KeptUndo {
  const { done, undone } = of as Branches
  let left = limit
  let cut = false
  const newest = (branch: readonly Step[]) => {
    const kept: KeptStep[] = []
    for (let i = branch.length - 1; i >= 0 && branch[i]!.changes; i--) {
      left -= unitsOf(branch[i]!)
      const step = left < 0 ? undefined : plain(branch[i]!)
      if (!step) {
        cut = true
        break
      }
      kept.push(step)
    }
    return kept.reverse()
  }
  return { done: newest(done), undone: newest(undone), cut }
}

const sizes = new WeakMap<Step, number>()

function unitsOf(step: Step): number {
  let units = sizes.get(step)
  if (units !== undefined) return units
  units = StepUnits
  step.changes!.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => (units! += ChangeUnits + inserted.length), true)
  sizes.set(step, units)
  return units
}

const known = new WeakMap<Step, KeptStep>()

// Undefined for a step that would do less than it did.
function plain(step: Step): KeptStep | undefined {
  let kept = known.get(step)
  if (kept) return kept
  const { changes, effects, mapped, startSelection, selectionsAfter } = step
  const dialect = dialectChangesOf(effects)
  if (dialect.length != effects.length) return undefined
  kept = {
    changes: changes!.toJSON(),
    ...(mapped && { mapped: mapped.toJSON() }),
    startSelection: startSelection!.toJSON(),
    // The first is what redo selects; the others are for undoing selections alone.
    selectionsAfter: selectionsAfter.slice(0, 1).map((selection) => selection.toJSON()),
    ...(dialect.length > 0 && { dialect }),
  }
  known.set(step, kept)
  return kept
}

/// Makes the history of a state that which was kept of this text; without one, or with
/// one that is of another text, it is empty.
export function undoRestored({ doc }: EditorState, kept: KeptUndo | undefined): TransactionSpec {
  let branches: Branches
  try {
    branches = read(kept ?? nothing, doc.length)
  } catch {
    branches = read(nothing, 0) // damaged, or of a later version
  }
  return { effects: slot.reconfigure(historyField.init(() => branches)) }
}

const nothing: KeptUndo = { done: [], undone: [], cut: false }

function read(kept: KeptUndo, length: number): Branches {
  const json = { doc: "", selection: EditorSelection.single(0).toJSON(), history: kept }
  const read = EditorState.fromJSON(json, { extensions: history() }, { history: historyField }).field(historyField) as Branches
  const whole = (steps: readonly Step[], from: readonly KeptStep[]) =>
    fitting(
      steps.map((step, i) => Object.assign(step, { effects: (from[i]!.dialect ?? []).map(dialectEffect) })),
      length,
    )
  return Object.assign(read, { done: whole(read.done, kept.done as KeptStep[]), undone: whole(read.undone, kept.undone as KeptStep[]) })
}

// The steps that can be undone one after the other in a text of this length.
function fitting(steps: readonly Step[], length: number): readonly Step[] {
  let i = steps.length
  for (; i > 0; i--) {
    const { changes, mapped, startSelection, selectionsAfter } = steps[i - 1]!
    if (changes?.length !== length || !startSelection || beyond(startSelection, changes.newLength)) break
    if (mapped && mapped.newLength != changes.newLength) break
    if (selectionsAfter.some((selection) => beyond(selection, length))) break
    length = mapped ? mapped.length : changes.newLength
  }
  return steps.slice(i)
}

function beyond({ ranges }: EditorSelection, length: number): boolean {
  return ranges.some(({ to }) => to > length)
}
