/// A small editor in a form, for what a text field of the browser would change: it
/// keeps CR, NUL and bytes that are not UTF-8.
import { insertNewline } from "@codemirror/commands"
import { EditorState } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { common, loaded } from "./common"
import { invisibles } from "./invisibles"
import { dispatchUnseen } from "./unseen"
import { wrapping } from "./wrapping"

export function fieldEditor(label: string, text: string, onChange: (text: string) => void): EditorView {
  return new EditorView({
    dispatchTransactions: dispatchUnseen,
    state: EditorState.create({
      doc: EditorState.create({ extensions: EditorState.lineSeparator.of("\n") }).toText(text),
      extensions: [
        keymap.of([{ key: "Enter", run: insertNewline, shift: insertNewline }]),
        common({ label, multiline: true }),
        wrapping(),
        invisibles(false),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          if (docChanged && !transactions.some((tr) => tr.annotation(loaded))) onChange(state.doc.toString())
        }),
      ],
    }),
  })
}
