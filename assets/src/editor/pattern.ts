/// The editor of the pattern: one line that grows, more lines when asked for.
import { insertNewline } from "@codemirror/commands"
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, keymap, placeholder, type ViewUpdate } from "@codemirror/view"
import type { Diagnostic } from "../wire"
import { common } from "./common"
import { invisibles } from "./invisibles"
import { byteLimit } from "./limits"
import { patternColors } from "./patterncolors"

/// Underlines the error in the pattern, or removes the line.
export const setError = StateEffect.define<Diagnostic | undefined>()

const squiggle = Decoration.mark({ class: "err-squiggle" })
const related = Decoration.mark({ class: "err-related" })

const errorMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    if (tr.docChanged) marks = marks.map(tr.changes)
    for (const effect of tr.effects) if (effect.is(setError)) marks = errorRanges(effect.value, tr.newDoc.length)
    return marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

function errorRanges(error: Diagnostic | undefined, length: number): DecorationSet {
  if (!error) return Decoration.none
  const ranges = [widened(error.span, length, squiggle)]
  if (error.related) ranges.push(widened(error.related, length, related))
  return Decoration.set(ranges.flat(), true)
}

// An error between two characters underlines the one after, or the last.
function widened(span: { from: number; to: number }, length: number, mark: Decoration) {
  let from = Math.min(span.from, length)
  let to = Math.min(span.to, length)
  if (from >= to) to = Math.min(length, from + 1)
  if (from >= to) from = Math.max(0, to - 1)
  return from < to ? [mark.range(from, to)] : []
}

export interface PatternHooks {
  onUpdate(update: ViewUpdate): void
  /// Whether Enter begins a new line (with flag x white space means nothing).
  multiline(): boolean
  limit(): number
  onRefused(bytes: number, limit: number): void
}

export function patternEditor(hooks: PatternHooks): EditorView {
  return new EditorView({
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
        common({ label: "Regular expression", multiline: true }),
        placeholder("Type a regular expression"),
        EditorView.lineWrapping,
        invisibles(false),
        patternColors,
        errorMarks,
        byteLimit(hooks.limit, hooks.onRefused),
        // A line copied from elsewhere brings its line end along.
        EditorView.clipboardInputFilter.of((text, state) =>
          hooks.multiline() || state.doc.lines > 1 ? text : text.replace(/^([^\n]*?)\r?\n$/, "$1"),
        ),
        EditorView.updateListener.of(hooks.onUpdate),
      ],
    }),
  })
}
