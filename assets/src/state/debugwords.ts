/// What of a step the server does not say in words.
import type { DebugChoice, DebugEvent, DebugProgram, Place } from "../wire"
import { wholeSpan } from "./debug"

// More of a token does not fit a sentence.
const SourceLimit = 24

/// The token as it is written, a repeat with what it repeats; cut short when it is long.
export function sourceOf(program: DebugProgram, pattern: string, token: number): string {
  const { from, to } = wholeSpan(program, token)
  return to - from > SourceLimit ? pattern.slice(from, from + SourceLimit) + "…" : pattern.slice(from, to)
}

/// What is left at an open choice point.
export function choiceWords({ what, left }: DebugChoice): string {
  switch (what) {
    case "alternative":
      return left == 1 ? "one other alternative" : `${left} other alternatives`
    case "fewer":
      return left == 1 ? "stop with fewer" : `fewer, ${left} ways`
    case "more":
      return "another round"
    case "outcome":
      return "end without a match"
    case "width":
      return left == 1 ? "another start" : `${left} other starts`
    default:
      return "a verb"
  }
}

/// The sentence of a step with its offsets as `say` says them.
export function placedWords({ words, offsets }: DebugEvent, say: (place: Place) => string): string {
  let placed = ""
  let end = 0
  for (let i = 0; i + 2 < offsets.length; i += 3) {
    const [start, length, at] = [offsets[i]!, offsets[i + 1]!, offsets[i + 2]!]
    placed += words.slice(end, start) + say({ at, bytes: Number(words.slice(start, start + length)) })
    end = start + length
  }
  return placed + words.slice(end)
}
