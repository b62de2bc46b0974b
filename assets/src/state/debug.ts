/// What the step debugger says, without a page: words, movements, places.
import type { ChangeDesc } from "@codemirror/state"
import type { DebugCondition, DebugEvent, DebugProgram } from "../wire"
import { mapSpan } from "./difference"

/// What a step means for who looks for a match, as the server names it.
export type Sign = "trying" | "matched" | "failed" | "backtracked"

/// The signs beside the colours.
export const signs: Record<Sign, string> = { trying: "▸", matched: "✓", failed: "✗", backtracked: "↩" }

export interface Span {
  from: number
  to: number
}

/// The span of a token in its pattern.
export function tokenSpan({ tokens }: DebugProgram, token: number): Span {
  return { from: tokens[2 * token] ?? 0, to: tokens[2 * token + 1] ?? 0 }
}

// The repeats of a program, by token.
const repeats = new WeakMap<DebugProgram, Map<number, Span>>()

/// The span of all that a token is of: of a repeat, not the operator alone.
export function wholeSpan(program: DebugProgram, token: number): Span {
  let all = repeats.get(program)
  if (!all) repeats.set(program, (all = new Map(program.repeats.map(({ token, span }) => [token, span]))))
  return all.get(token) ?? tokenSpan(program, token)
}

/// The token of a span, or -1.
export function tokenAt({ tokens }: DebugProgram, { from, to }: Span): number {
  for (let i = 0; i < tokens.length; i += 2) if (tokens[i] == from && tokens[i + 1] == to) return i / 2
  return -1
}

/// A piece of the pattern and the smallest token that it is of.
export interface PatternPiece extends Span {
  token: number
}

/// The pattern in pieces, in order and without gaps.
export function patternPieces({ tokens }: DebugProgram, length: number): PatternPiece[] {
  const spans: PatternPiece[] = []
  for (let i = 0; i < tokens.length; i += 2) spans.push({ token: i / 2, from: tokens[i]!, to: tokens[i + 1]! })
  // The outer first; of equal spans the later is the inner.
  spans.sort((a, b) => a.from - b.from || b.to - a.to || a.token - b.token)
  const all: PatternPiece[] = []
  const open: PatternPiece[] = []
  let at = 0
  const close = (to: number) => {
    const token = open[open.length - 1]?.token ?? 0
    if (to > at) all.push({ token, from: at, to })
    at = Math.max(at, to)
  }
  for (const span of spans) {
    while (open.length > 0 && open[open.length - 1]!.to <= span.from) {
      close(open[open.length - 1]!.to)
      open.pop()
    }
    close(span.from)
    open.push(span)
  }
  while (open.length > 0) {
    close(open[open.length - 1]!.to)
    open.pop()
  }
  close(length)
  return all
}

/// The movements, each to the right and back.
export const moves = ["step", "over", "out", "match", "failure", "groupfailure", "attempt"] as const
export type Move = (typeof moves)[number]

/// What a movement looks for from a step on; undefined for the very next step.
export function conditionsOf(move: Move, backward: boolean, { kind, depth, token }: DebugEvent): DebugCondition[] | undefined {
  switch (move) {
    case "step":
      return undefined
    case "match":
      return [{ kinds: ["match"] }]
    case "failure":
      return [{ kinds: ["failed"] }]
    case "groupfailure":
      return [{ kinds: ["failed"], around: token }]
    case "attempt":
      return [{ kinds: ["attempt"] }]
    case "out":
      if (depth > 0) return [{ maxDepth: depth - 1 }]
      return [{ kinds: backward ? ["attempt"] : ["match", "no-match"] }]
    case "over": {
      // A group's own steps are as deep as what is in it.
      const whole = depth > 0 && kind == (backward ? "capture" : "enter")
      return whole ? [{ maxDepth: depth - 1 }, { token }] : [{ maxDepth: depth }]
    }
  }
}

/// A place to stop at: a step that meets all that is set. Spans and offsets are
/// those of the pattern and the text that are debugged.
export interface Breakpoint {
  id: number
  token?: Span
  /// In UTF-16 units of the text.
  pos?: number
  group?: number
  /// Which backtrack of the token.
  backtrack?: number
  /// The kind that the step has to be of.
  kind?: "matched" | "failed"
}

/// What a breakpoint looks for, or undefined when its token is not there any more.
export function conditionOf({ token, pos, group, backtrack, kind }: Breakpoint, program: DebugProgram): DebugCondition | undefined {
  const index = token && tokenAt(program, token)
  if (index == -1) return undefined
  return {
    ...(index !== undefined && { token: index }),
    ...(pos !== undefined && { pos }),
    ...(group !== undefined && { group }),
    ...(backtrack !== undefined && { backtrack }),
    ...(kind && { kinds: [kind] }),
  }
}

/// What the comments (?#BREAK) of a pattern look for.
export function breakConditions({ breaks = [] }: DebugProgram): DebugCondition[] {
  return breaks.map(({ token, kinds }) => ({ token, kinds }))
}

/// The breakpoint after edits of the pattern and the text, or undefined when its
/// token is gone.
export function mapBreakpoint(b: Breakpoint, pattern: ChangeDesc | undefined, text: ChangeDesc | undefined): Breakpoint | undefined {
  const mapped = { ...b }
  if (b.token) {
    mapped.token = mapSpan(b.token, pattern)
    if (mapped.token.from == mapped.token.to && b.token.from < b.token.to) return undefined
  }
  if (b.pos !== undefined && text) mapped.pos = text.mapPos(b.pos)
  return mapped
}

/// What the ribbon shows at each stretch: six numbers, as in the message.
export const RibbonFields = 6

/// The cost of a token.
export interface Cost {
  token: number
  entered: number
  matched: number
  failed: number
  backtracks: number
  steps: number
}

/// The costs of the tokens, the highest first.
export function costsOf(flat: readonly number[]): Cost[] {
  const all: Cost[] = []
  for (let i = 0; i + 4 < flat.length; i += 5) {
    const [token, entered, matched, failed, backtracks] = [flat[i]!, flat[i + 1]!, flat[i + 2]!, flat[i + 3]!, flat[i + 4]!]
    all.push({ token, entered, matched, failed, backtracks, steps: entered + matched + failed + backtracks })
  }
  return all.sort((a, b) => b.steps - a.steps || a.token - b.token)
}
