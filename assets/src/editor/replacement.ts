/// The editor of the replacement: one line, more when they are pasted or asked for.
import { insertNewline } from "@codemirror/commands"
import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete"
import { EditorState, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, keymap, placeholder, type ViewUpdate } from "@codemirror/view"
import { common } from "./common"
import { completionFrom } from "./completion"
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

/// What stands before and behind a name, such as ${ and }.
export interface NamedReference {
  before: string
  after: string
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
  /// How a group is referred to by name, and the names there are.
  names(): { references: readonly NamedReference[]; names: readonly string[] }
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
        completionFrom((context) => completeName(context, hooks)),
        byteLimit(hooks.limit, hooks.onRefused),
        EditorView.updateListener.of(hooks.onUpdate),
      ],
    }),
  })
}

// The names of groups, where one can be.
function completeName({ state, pos }: CompletionContext, hooks: ReplacementHooks): CompletionResult | null {
  const before = state.sliceDoc(Math.max(0, pos - 100), pos)
  const typed = /[\p{L}\p{N}_]*$/u.exec(before)![0]
  const lead = before.slice(0, before.length - typed.length)
  const { references, names } = hooks.names()
  // The longest one, since ${ ends with what $ is.
  const reference = references.filter((r) => lead.endsWith(r.before)).sort((a, b) => b.before.length - a.before.length)[0]
  if (!reference) return null
  const { after } = reference
  const options = names
    .filter((name) => name.startsWith(typed) && name != typed)
    .map((name) => ({
      label: name,
      apply: (view: EditorView, _: unknown, from: number, to: number) => {
        const closed = view.state.sliceDoc(to, to + after.length) == after
        const insert = name + (closed ? "" : after)
        const caret = from + name.length + after.length
        view.dispatch({ changes: { from, to, insert }, selection: { anchor: caret }, userEvent: "input.complete", scrollIntoView: true })
      },
    }))
  return options.length == 0 ? null : { from: pos - typed.length, options, filter: false }
}
