/// From CodeMirror's changes to the edits of one update.
import type { ChangeSet, Text } from "@codemirror/state"
import { encode, isPair, toBase64, utf8Length } from "../codec"
import type { Edit } from "../wire"

/// A piece of the text before and what takes its place in the text after, both
/// as ranges, grown where a boundary would cut a surrogate pair: the server
/// holds bytes and cannot cut a character.
interface Piece {
  fromA: number
  toA: number
  fromB: number
  toB: number
}

export function pieces(before: Text, after: Text, changes: ChangeSet): Piece[] {
  const out: Piece[] = []
  changes.iterChanges((fromA, toA, fromB, toB) => {
    if (cutsPair(before, fromA) || cutsPair(after, fromB)) {
      fromA--
      fromB--
    }
    if (cutsPair(before, toA) || cutsPair(after, toB)) {
      toA++
      toB++
    }
    const last = out[out.length - 1]
    if (last && last.toA >= fromA) {
      last.toA = toA
      last.toB = toB
    } else out.push({ fromA, toA, fromB, toB })
  })
  return out
}

function cutsPair(doc: Text, pos: number): boolean {
  if (pos <= 0 || pos >= doc.length) return false
  const around = doc.sliceString(pos - 1, pos + 1)
  return isPair(around.charCodeAt(0), around.charCodeAt(1))
}

/// The edits that take the server's text from `before` to `after`.
export function wireEdits(before: Text, after: Text, changes: ChangeSet): Edit[] {
  return pieces(before, after, changes).map(({ fromA, toA, fromB, toB }) => {
    const insert = after.sliceString(fromB, toB)
    if (insert == "") return { from: fromA, to: toA }
    if (insert.isWellFormed()) return { from: fromA, to: toA, insert }
    return { from: fromA, to: toA, insertBase64: toBase64(encode(insert)) }
  })
}

/// By how many bytes the changes make the text longer. Costs only what is
/// replaced and inserted, not the length of the text.
export function bytesAdded(before: Text, after: Text, changes: ChangeSet): number {
  let n = 0
  for (const { fromA, toA, fromB, toB } of pieces(before, after, changes)) {
    n += docBytes(after, fromB, toB) - docBytes(before, fromA, toA)
  }
  return n
}

/// Length in bytes of a part of a text, without making one string of it.
export function docBytes(doc: Text, from = 0, to = doc.length): number {
  let n = 0
  // Parts end at line ends, where no pair can be cut.
  for (const part of doc.iterRange(from, to)) n += utf8Length(part)
  return n
}
