/// The editor of the test text.
import { insertNewline } from "@codemirror/commands"
import { Compartment, EditorState } from "@codemirror/state"
import { EditorView, keymap, lineNumbers, placeholder, type ViewUpdate } from "@codemirror/view"
import { common } from "./common"
import { debugText } from "./debugmarks"
import { heatText } from "./heatmarks"
import { highlights } from "./highlights"
import { invisibles } from "./invisibles"
import { byteLimit } from "./limits"
import { matchAt } from "./pointing"
import { dispatchUnseen } from "./unseen"
import { wrapping } from "./wrapping"

export interface TextHooks {
  onUpdate(update: ViewUpdate): void
  onNote(note: string): void
  onHover(match: number): void
  limit(): number
  onRefused(bytes: number, limit: number): void
  everything: boolean
}

const access = new Compartment()

export function textEditor(hooks: TextHooks): EditorView {
  return new EditorView({
    dispatchTransactions: dispatchUnseen,
    state: EditorState.create({
      extensions: [
        // Before the common keys, whose Enter would copy the indentation.
        keymap.of([{ key: "Enter", run: insertNewline, shift: insertNewline }]),
        common({ label: "Test text", multiline: true }),
        placeholder("Type or paste the text to search, or drop a file here"),
        lineNumbers(),
        wrapping(),
        invisibles(hooks.everything),
        highlights(hooks.onNote),
        debugText,
        heatText,
        byteLimit(hooks.limit, hooks.onRefused),
        access.of([]),
        EditorView.domEventHandlers({
          mouseover: (event) => {
            const match = matchAt(event.target)
            if (match >= 0) hooks.onHover(match)
          },
        }),
        EditorView.updateListener.of(hooks.onUpdate),
      ],
    }),
  })
}

/// Locks the text while something is on its way that will replace it.
export function setReadOnly(view: EditorView, readOnly: boolean): void {
  view.dispatch({
    effects: access.reconfigure(readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []),
  })
}
