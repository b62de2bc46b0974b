/// The editor of the pattern: one line that grows, more lines when asked for.
import { insertNewline } from "@codemirror/commands"
import { EditorState, Prec, type Transaction } from "@codemirror/state"
import { EditorView, ViewPlugin, keymap, placeholder, type ViewUpdate } from "@codemirror/view"
import { common, written } from "./common"
import { type Known, completion } from "./completion"
import { coveragePattern } from "./coveragemarks"
import { debugPattern } from "./debugmarks"
import { dialect } from "./dialect"
import { invisibles } from "./invisibles"
import { byteLimit } from "./limits"
import { type Place, parts } from "./part"
import { patternTokens } from "./patterntokens"
import { problems } from "./problems"

export interface PatternHooks {
  /// The pattern has been edited, and nothing of that is in the document yet.
  onEdit(update: ViewUpdate): void
  onUpdate(update: ViewUpdate): void
  /// Whether what a key does may be for onKey.
  expectsKey(units: number): boolean
  /// Takes what a key does, to dispatch it a moment later, or returns false.
  onKey(tr: Transaction): boolean
  /// The pointer is at another place, or elsewhere.
  onPointer(place: Place | undefined): void
  /// What can be completed, once that is here; undefined when it cannot be had.
  known(): Promise<Known | undefined>
  /// Whether Enter begins a new line (with flag x white space means nothing).
  multiline(): boolean
  limit(): number
  onRefused(bytes: number, limit: number): void
}

export function patternEditor(hooks: PatternHooks): EditorView {
  return new EditorView({
    dispatchTransactions: (trs, view) => {
      const [tr] = trs
      if (trs.length != 1 || !tr || !byKey(tr) || !hooks.onKey(tr)) view.update(trs)
    },
    state: EditorState.create({
      extensions: [
        Prec.high(
          keymap.of([
            { key: "Shift-Enter", run: insertNewline },
            {
              key: "Enter",
              run: (view) => {
                if (hooks.multiline()) return insertNewline(view)
                return true
              },
            },
          ]),
        ),
        common({ label: "Regular expression", multiline: true, writes: ({ state }) => hooks.expectsKey(state.doc.length) }),
        placeholder("Type a regular expression"),
        EditorView.lineWrapping,
        invisibles(false),
        dialect,
        patternTokens,
        completion(hooks.known),
        problems,
        coveragePattern,
        debugPattern,
        parts(hooks.onPointer),
        byteLimit(hooks.limit, hooks.onRefused),
        // A line copied from elsewhere brings its line end along.
        EditorView.clipboardInputFilter.of((text, state) =>
          hooks.multiline() || state.doc.lines > 1 ? text : text.replace(/^([^\n]*?)\r?\n$/, "$1"),
        ),
        // Plugins hear of an update before it is drawn, listeners when it has been.
        ViewPlugin.define(() => ({ update: hooks.onEdit })),
        EditorView.updateListener.of(hooks.onUpdate),
      ],
    }),
  })
}

// Whether all of a change is what a key has done. What the browser has written is in the
// document already.
function byKey(tr: Transaction): boolean {
  const typed = tr.annotation(written) || tr.isUserEvent("delete.backward") || tr.isUserEvent("delete.forward")
  return typed && tr.docChanged && tr.effects.length == 0
}
