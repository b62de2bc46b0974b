/// The editor of the replacement: one line, more when they are pasted or asked for.
import { insertNewline } from "@codemirror/commands"
import { EditorState, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, keymap, placeholder, type ViewUpdate } from "@codemirror/view"
import { common } from "./common"
import { groupClass } from "./drawing"
import { invisibles } from "./invisibles"
import { byteLimit } from "./limits"
import { tokenClass } from "./patterntokens"
import { problems } from "./problems"

/// The tokens of a replacement: the name of its kind, its length, and the number of
/// its group, 0 for none.
export interface ReplacementToken {
  kind: string
  length: number
  group: number
}

/// Colours a replacement, if it is still this text.
export const setReplacementTokens = StateEffect.define<{ text: string; tokens: readonly ReplacementToken[] }>()

const colors = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, tr) {
    marks = marks.map(tr.changes)
    for (const effect of tr.effects) {
      if (effect.is(setReplacementTokens) && effect.value.text == tr.newDoc.toString()) marks = colored(effect.value.tokens)
    }
    return marks
  },
  provide: (field) => EditorView.decorations.from(field),
})

function colored(tokens: readonly ReplacementToken[]): DecorationSet {
  const ranges: Range<Decoration>[] = []
  let at = 0
  for (const { kind, length, group } of tokens) {
    const look = group > 0 ? `rx-capture ${groupClass(group)}` : tokenClass(kind)
    if (look != "") ranges.push(Decoration.mark({ class: look }).range(at, at + length))
    at += length
  }
  return RangeSet.of(ranges)
}

export interface ReplacementHooks {
  onUpdate(update: ViewUpdate): void
  limit(): number
  onRefused(bytes: number, limit: number): void
}

export function replacementEditor(hooks: ReplacementHooks): EditorView {
  return new EditorView({
    state: EditorState.create({
      extensions: [
        keymap.of([
          { key: "Shift-Enter", run: insertNewline },
          { key: "Enter", run: () => true },
        ]),
        common({ label: "Replacement", multiline: true }),
        placeholder("Nothing: matches are deleted"),
        EditorView.lineWrapping,
        invisibles(false),
        colors,
        problems,
        byteLimit(hooks.limit, hooks.onRefused),
        EditorView.updateListener.of(hooks.onUpdate),
      ],
    }),
  })
}
