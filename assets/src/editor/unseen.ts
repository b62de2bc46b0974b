/// Editors that are not on screen.
import type { Transaction } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"

/// The `dispatchTransactions` of an editor whose text may be long.
///
/// CodeMirror 6.43 asks of an editor that is scrolled away, or hidden, not whether it draws
/// more than it has to: a text that replaces what was drawn is drawn whole, which takes a
/// second for 100,000 lines. It asks as long as it has not noticed.
export function dispatchUnseen(transactions: readonly Transaction[], view: EditorView): void {
  if (!view.inView && transactions.some(({ docChanged }) => docChanged)) {
    const { viewState } = view as unknown as { viewState: { inView: boolean } }
    viewState.inView = true // until it measures
  }
  view.update(transactions)
}
