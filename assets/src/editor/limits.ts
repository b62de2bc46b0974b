/// The length of the text in bytes, kept up to date at the cost of each edit, and
/// the refusal of edits that would make it longer than the server takes.
import { EditorState, type Extension, StateField, type Text, type Transaction } from "@codemirror/state"
import { bytesAdded, docBytes } from "../state"

const known = new WeakMap<Text, number>()

function bytesAfter(tr: Transaction): number {
  const after = tr.newDoc
  let bytes = known.get(after)
  if (bytes === undefined) {
    bytes = tr.startState.field(textBytes) + bytesAdded(tr.startState.doc, after, tr.changes)
    known.set(after, bytes)
  }
  return bytes
}

export const textBytes = StateField.define<number>({
  create: (state) => docBytes(state.doc),
  update: (bytes, tr) => (tr.docChanged ? bytesAfter(tr) : bytes),
})

/// Refuses what makes the text longer than `limit()` bytes, telling `refused`.
/// Making a text that is too long shorter is always allowed.
export function byteLimit(limit: () => number, refused: (bytes: number, limit: number) => void): Extension {
  return [
    textBytes,
    EditorState.transactionFilter.of((tr) => {
      if (!tr.docChanged) return tr
      const bytes = bytesAfter(tr)
      const most = limit()
      if (bytes <= most || bytes <= tr.startState.field(textBytes)) return tr
      queueMicrotask(() => refused(bytes, most))
      return []
    }),
  ]
}
