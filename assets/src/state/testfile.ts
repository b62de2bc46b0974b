/// Changes of a file of tests where its patterns and inputs are written, so that
/// comments and all else stay.
import type { Query, TestInput, TestPattern } from "../wire"
import { inputBlock, patternBlock } from "./testtoml"

/// A file of tests: its text, and what that says.
export interface TestDocument {
  text: string
  patterns: readonly TestPattern[]
}

/// What to replace in the text, and what it says then.
export interface TestChange {
  from: number
  to: number
  insert: string
  patterns: TestPattern[]
}

/// Writes a pattern anew, but for its inputs. Undefined when it is not in a block of
/// its own, here and below.
export function changePattern(file: TestDocument, index: number, next: TestPattern): TestChange | undefined {
  const old = file.patterns[index]
  if (!old || old.from == old.to) return undefined
  return replace(file, old, patternBlock(next), (patterns, block) => (patterns[index] = { ...next, ...block, inputs: patterns[index]!.inputs }))
}

export function changeInput(file: TestDocument, pattern: number, index: number, next: TestInput): TestChange | undefined {
  const old = file.patterns[pattern]?.inputs[index]
  if (!old || old.from == old.to) return undefined
  return replace(file, old, inputBlock(next), (patterns, block) => (patterns[pattern]!.inputs[index] = { ...next, ...block }))
}

/// Takes an input out; with the last one goes a pattern that has no other test.
export function removeInput(file: TestDocument, pattern: number, index: number): TestChange | undefined {
  const owner = file.patterns[pattern]
  const old = owner?.inputs[index]
  if (!owner || !old || old.from == old.to) return undefined
  if (owner.inputs.length == 1 && !owner.linear) return removePattern(file, pattern)
  return replace(file, withLineEnds(file, old), "", (patterns) => patterns[pattern]!.inputs.splice(index, 1))
}

export function removePattern(file: TestDocument, pattern: number): TestChange | undefined {
  const old = file.patterns[pattern]
  if (!old || old.from == old.to) return undefined
  return replace(file, withLineEnds(file, { from: old.from, to: endOf(old) }), "", (patterns) => patterns.splice(pattern, 1))
}

/// Adds an input behind the others of a pattern.
export function addInput(file: TestDocument, pattern: number, input: TestInput): TestChange | undefined {
  const owner = file.patterns[pattern]
  if (!owner || owner.from == owner.to) return undefined
  const at = endOf(owner)
  const block = inputBlock(input)
  return replace(file, { from: at, to: at }, "\n\n" + block, (patterns) =>
    patterns[pattern]!.inputs.push({ ...input, from: at + 2, to: at + 2 + block.length }),
  )
}

/// Adds a pattern with its inputs at the end.
export function addPattern(file: TestDocument, pattern: TestPattern): TestChange {
  const at = file.text.length
  const head = at == 0 ? "" : file.text.endsWith("\n") ? "\n" : "\n\n"
  let insert = head + patternBlock(pattern)
  const next: TestPattern = { ...pattern, from: at + head.length, to: at + insert.length, inputs: [] }
  for (const input of pattern.inputs) {
    const block = inputBlock(input)
    const from = at + insert.length + 2
    insert += "\n\n" + block
    next.inputs.push({ ...input, from, to: from + block.length })
  }
  return replace(file, { from: at, to: at }, insert + "\n", (patterns) => patterns.push(next))
}

/// Whether a pattern of a file is what a query and an engine say.
export function isPattern(p: TestPattern, query: Query, engine: string): boolean {
  const letters = (flags: string | undefined) => [...(flags ?? "")].sort().join("")
  return p.flavor == query.flavor && p.pattern == query.pattern && letters(p.flags) == letters(query.flags) && (p.engine ?? "") == engine
}

function endOf(pattern: TestPattern): number {
  return Math.max(pattern.to, ...pattern.inputs.map(({ to }) => to))
}

// With the empty lines that follow, or else the ones before.
function withLineEnds({ text }: TestDocument, { from, to }: { from: number; to: number }): { from: number; to: number } {
  const after = /^[ \t]*(?:\n[ \t]*)*\n/.exec(text.slice(to))
  if (after) return { from, to: to + after[0].length }
  return { from: text.slice(0, from).trimEnd().length, to }
}

function replace(
  file: TestDocument,
  { from, to }: { from: number; to: number },
  insert: string,
  change: (patterns: TestPattern[], block: { from: number; to: number }) => void,
): TestChange {
  const delta = insert.length - (to - from)
  const move = <T extends { from: number; to: number }>(block: T): T =>
    block.from >= to && block.to > from ? { ...block, from: block.from + delta, to: block.to + delta } : { ...block }
  const patterns = file.patterns.map((p) => ({ ...move(p), inputs: p.inputs.map(move) }))
  change(patterns, { from, to: from + insert.length })
  return { from, to, insert, patterns }
}

/// Whether an input of a file has this text, and no repetitions of it.
export function sameInput(own: string, input: TestInput, text: string): boolean {
  return own == text && input.times === undefined
}
