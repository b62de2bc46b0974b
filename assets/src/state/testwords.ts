/// Tests in words, and short texts of forms.
import type { TestCoverage, TestInput, TestPattern, TestResult } from "../wire"

/// What an input has to do.
export function expectationWords(input: TestInput, pattern: TestPattern): string {
  const words: string[] = []
  if (input.match === true) words.push("must match")
  if (input.match === false) words.push("must not match")
  if (input.first) words.push("first match")
  if (input.all) words.push(input.matches.length == 1 ? "exactly this match" : input.matches.length == 0 ? "no matches" : `exactly ${input.matches.length} matches`)
  if (input.replaced !== undefined) words.push("replaced")
  const steps = input.steps ?? pattern.steps
  if (steps !== undefined) words.push(`at most ${steps} steps`)
  const speed = input.msPerMB ?? pattern.msPerMB
  if (speed !== undefined) words.push(`at most ${speed} ms per MB`)
  return words.join(", ")
}

/// The begin of a text in one line, with signs for what would end or hide it.
export function oneLine(text: string, limit: number): string {
  if (text == "") return "(empty)"
  const cut = text.length > limit ? text.slice(0, limit) + "…" : text
  return cut.replaceAll("\r", "␍").replaceAll("\n", "↵").replaceAll("\t", "⇥").replaceAll("\0", "␀").toWellFormed()
}

/// How many of each status there are: "2 passed, 1 failed".
export function countWords(results: Iterable<TestResult>): string {
  const order = ["passed", "failed", "error", "stopped"]
  const counts = new Map<string, number>()
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1)
  const parts = order.filter((status) => counts.has(status)).map((status) => `${counts.get(status)} ${status}`)
  return parts.join(", ")
}

/// How much of a pattern its inputs exercise.
export function coverageWords({ parts, exercised, matches, left }: TestCoverage, inputs: number): string {
  if (matches > 0) return `Tests exercise ${exercised} of ${parts} parts of the pattern`
  const nothing = `none of ${parts} parts of the pattern is exercised`
  if (inputs == 0) return `There is no text, so that ${nothing}`
  if (left.length == inputs) return "What the tests exercise is not known: no text could be followed"
  return `No text matched, so that ${nothing}`
}

/// The two offsets of "3-7"; undefined for nothing, null for what is no span.
export function parseSpan(text: string): number[] | undefined | null {
  if (text.trim() == "") return undefined
  const found = /^\s*(\d{1,9})\s*[-–,]\s*(\d{1,9})\s*$/.exec(text)
  const [from, to] = [Number(found?.[1]), Number(found?.[2])]
  return found && from <= to ? [from, to] : null
}

/// The number that a field says; undefined for nothing, null for what is no number above 0.
export function parseBudget(text: string, whole: boolean): number | undefined | null {
  if (text.trim() == "") return undefined
  const number = Number(text)
  return number > 0 && Number.isFinite(number) && (!whole || Number.isSafeInteger(number)) ? number : null
}

/// An object with a key that has this value, or that it has not.
export function withKey<T extends object, K extends keyof T>(object: T, key: K, value: T[K] | undefined): T {
  const { [key]: _, ...rest } = object
  return (value === undefined ? rest : { ...rest, [key]: value }) as T
}

/// A pattern in pieces, those that are in a gap and the others. A repetition that lacks
/// some number of rounds is a gap to its end.
export function uncovered(pattern: string, gaps: readonly { from: number; to: number }[]): { text: string; gap: boolean }[] {
  const borders = [...new Set([0, pattern.length, ...gaps.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b)
  const pieces: { text: string; gap: boolean }[] = []
  for (let i = 0; i + 1 < borders.length; i++) {
    const [from, to] = [borders[i]!, borders[i + 1]!]
    const gap = gaps.some((g) => g.from <= from && to <= g.to)
    const last = pieces[pieces.length - 1]
    if (last && last.gap == gap) last.text += pattern.slice(from, to)
    else pieces.push({ text: pattern.slice(from, to), gap })
  }
  return pieces
}
