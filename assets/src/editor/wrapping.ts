/// Long lines are wrapped, unless one of them is so long that laying out the
/// wrapped line takes longer than a frame at every key (225 ms against 21 for
/// one line of 10 MB).
import { type Extension, StateEffect, StateField } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { longestLine } from "../state"

/// From this length of a line on, in UTF-16 units, no line is wrapped.
export const LongLine = 8192

export const hasLongLine = StateField.define<boolean>({
  create: (state) => longestLine(state.doc) >= LongLine,
  update: (long, tr) => (tr.docChanged ? longestLine(tr.newDoc) >= LongLine : long),
})

/// Wraps lines from now on, or does not.
export const wrapLines = StateEffect.define<boolean>()

const wanted = StateField.define<boolean>({
  create: () => true,
  update: (wrap, tr) => tr.effects.reduce((value, effect) => (effect.is(wrapLines) ? effect.value : value), wrap),
})

export function wrapping(): Extension {
  return [
    hasLongLine,
    wanted,
    EditorView.contentAttributes.compute([hasLongLine, wanted], (state): Record<string, string> =>
      state.field(hasLongLine) || !state.field(wanted) ? {} : { class: "cm-lineWrapping" },
    ),
  ]
}
