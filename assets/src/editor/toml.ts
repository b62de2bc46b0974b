/// The editor of a file of tests.
import { EditorState } from "@codemirror/state"
import { EditorView, keymap, lineNumbers, placeholder, type ViewUpdate } from "@codemirror/view"
import { insertNewline } from "@codemirror/commands"
import { common } from "./common"
import { byteLimit } from "./limits"
import { problems } from "./problems"
import { dispatchUnseen } from "./unseen"
import { wrapping } from "./wrapping"

export interface TomlHooks {
  onUpdate(update: ViewUpdate): void
  limit: number
  onRefused(bytes: number, limit: number): void
}

const example = `[[pattern]]
name = 'year'
flavor = 'go'
pattern = '\\d{4}'

[[pattern.input]]
text = 'since 1999'
match = true`

export function tomlEditor(hooks: TomlHooks): EditorView {
  return new EditorView({
    dispatchTransactions: dispatchUnseen,
    state: EditorState.create({
      extensions: [
        keymap.of([{ key: "Enter", run: insertNewline, shift: insertNewline }]),
        common({ label: "Tests in TOML", multiline: true }),
        placeholder(example),
        lineNumbers(),
        wrapping(),
        problems,
        byteLimit(() => hooks.limit, hooks.onRefused),
        EditorView.updateListener.of(hooks.onUpdate),
      ],
    }),
  })
}
