/// What differs between two versions of a text.
import { diffChars, diffLines } from "diff"

/// A run of a text that is in both, or only in the older or the newer one.
export interface Run {
  kind: "same" | "old" | "new"
  text: string
}

// Longer patterns are compared by lines: a comparison by characters takes the product of the lengths.
const CharsLength = 4000
// What a comparison may take of the page's time.
const TimeoutMs = 150
// Lines around a change that are shown.
const Context = 2
/// Changed lines beyond this many are not shown: nobody reads them in a list of versions.
export const MaxPieces = 400

/// The pieces of a pattern, or undefined when that takes too long to find.
export function comparePatterns(older: string, newer: string): Run[] | undefined {
  const long = older.length > CharsLength || newer.length > CharsLength
  const changes = long ? diffLines(older, newer, { timeout: TimeoutMs }) : diffChars(older, newer, { timeout: TimeoutMs })
  return changes?.map(piece)
}

/// The changed lines of a text with those around them; "cut" is set when there are more. Undefined when that takes too
/// long to find.
export function compareTexts(older: string, newer: string): { pieces: Run[]; cut: boolean } | undefined {
  const changes = diffLines(older, newer, { timeout: TimeoutMs })
  if (!changes) return undefined
  const pieces: Run[] = []
  changes.forEach((change, i) => {
    const { kind, text } = piece(change)
    if (kind != "same") {
      pieces.push({ kind, text })
      return
    }
    const lines = text.split(/(?<=\n)/)
    const before = i > 0 ? Context : 0
    const after = i < changes.length - 1 ? Context : 0
    if (lines.length <= before + after + 1) pieces.push({ kind, text })
    else {
      const left = lines.length - before - after
      const rest = after > 0 ? lines.slice(-after).join("") : ""
      pieces.push({ kind, text: `${lines.slice(0, before).join("")}⋯ ${left} lines that are the same\n${rest}` })
    }
  })
  return { pieces: pieces.slice(0, MaxPieces), cut: pieces.length > MaxPieces }
}

function piece({ added, removed, value }: { added: boolean; removed: boolean; value: string }): Run {
  return { kind: added ? "new" : removed ? "old" : "same", text: value }
}
