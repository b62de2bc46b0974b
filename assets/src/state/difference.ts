/// From an older pattern to the present one. What is known of a pattern comes a
/// moment after the key that made it; by then more may have been typed.
import { type ChangeDesc, ChangeSet } from "@codemirror/state"

/// The one piece that differs between two texts, as changes of the first; or
/// undefined when they are equal. It takes time linear in their length.
export function difference(before: string, after: string): ChangeDesc | undefined {
  if (before == after) return undefined
  const most = Math.min(before.length, after.length)
  let from = 0
  while (from < most && before.charCodeAt(from) == after.charCodeAt(from)) from++
  let end = 0
  while (end < most - from && before.charCodeAt(before.length - 1 - end) == after.charCodeAt(after.length - 1 - end)) end++
  const insert = after.slice(from, after.length - end)
  return ChangeSet.of({ from, to: before.length - end, insert }, before.length).desc
}

/// Where a span of the text before is after the changes. It does not grow by what
/// was typed at its ends, and is empty when all of it is gone.
export function mapSpan(span: { from: number; to: number }, changes: ChangeDesc | undefined): { from: number; to: number } {
  if (!changes) return { from: span.from, to: span.to }
  const from = changes.mapPos(span.from, 1)
  return { from, to: Math.max(from, changes.mapPos(span.to, -1)) }
}
