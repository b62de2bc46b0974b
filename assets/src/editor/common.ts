/// What the two editors have in common.
import { deleteCharBackwardStrict, historyKeymap, isolateHistory, standardKeymap } from "@codemirror/commands"
import { Annotation, EditorState, type Extension, type Text, type TransactionSpec } from "@codemirror/state"
import { EditorView, keymap } from "@codemirror/view"
import { undo } from "./undo"

/// On a change that the editor has written, and the browser has not.
export const written = Annotation.define<true>()

/// On a change that the page itself makes: a file, a link, a restored state.
export const loaded = Annotation.define<"local" | "server">()

export interface EditorOptions {
  label: string
  multiline: boolean
  /// Whether the editor writes what is typed by itself, for its dispatch to be heard.
  writes?(view: EditorView): boolean
}

export function common({ label, multiline, writes }: EditorOptions): Extension {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ""
  return [
    // Only LF ends a line: a CR is a character like any other.
    EditorState.lineSeparator.of("\n"),
    undo(),
    // No key for Tab: it leaves the editor. Backspace deletes one character, also
    // in a line's leading spaces.
    keymap.of([{ key: "Backspace", run: deleteCharBackwardStrict }, ...historyKeymap, ...standardKeymap]),
    EditorView.cspNonce.of(nonce),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-multiline": String(multiline),
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
    }),
    EditorView.domEventHandlers({
      // Files are dropped on the page as a whole.
      drop: (event) => (event.dataTransfer?.files.length ?? 0) > 0,
      beforeinput: (event, view) => insertText(event, view, writes),
    }),
  ]
}

// Typing over a selection: left to the browser, it would give what is typed the
// style of the selection's first character, by a style attribute, which the
// page's policy forbids and its console reports. Without a selection the browser
// is quicker: it changes a text in place, where CodeMirror makes a new one, whose
// line is laid out from its start (4.3 ms for a key in a pattern of 2,000
// characters, against 2.8).
function insertText(event: InputEvent, view: EditorView, writes?: (view: EditorView) => boolean): boolean {
  const { data, inputType, isComposing, cancelable } = event
  if (inputType != "insertText" || data === null || isComposing || view.composing || !cancelable) return false
  if (view.state.readOnly || (view.state.selection.main.empty && !(writes?.(view) && knowsCaret(view)))) return false
  event.preventDefault()
  view.dispatch(view.state.replaceSelection(data), { userEvent: "input.type", annotations: written.of(true), scrollIntoView: true })
  return true
}

// Whether the browser has nothing selected, and its caret where the editor has it. Of a
// letter that was selected for its accent the editor has not heard yet.
function knowsCaret(view: EditorView): boolean {
  const { focusNode, focusOffset, isCollapsed } = document.getSelection()!
  if (!isCollapsed || !focusNode || !view.contentDOM.contains(focusNode)) return false
  return view.posAtDOM(focusNode, focusOffset) == view.state.selection.main.head
}

/// Replaces the whole text as one step of undo.
export function replaceAll(view: EditorView, text: string | Text, from: "local" | "server"): void {
  const insert = typeof text == "string" ? view.state.toText(text) : text
  const spec: TransactionSpec = {
    changes: { from: 0, to: view.state.doc.length, insert },
    selection: { anchor: 0 },
    scrollIntoView: true,
    annotations: [loaded.of(from), isolateHistory.of("full")],
  }
  view.dispatch(spec)
}
