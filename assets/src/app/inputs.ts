/// The text as many inputs: each searched by itself, and a test of the pattern with a
/// click.
import { signal } from "@preact/signals"
import { sameInput } from "../state"
import { type Group, type InputRow, type InputRows, InputsLines, InputsSet, type TestInput, TypeInputs } from "../wire"
import type { App } from "./app"
import { inputOf, textOf } from "./testing"

/// How the text is many inputs; "" for one document.
export type InputMode = "" | typeof InputsLines | typeof InputsSet

/// The rows of one state of the page, as far as they have come.
export interface Searched {
  last: InputRows
  rows: readonly InputRow[]
  groups: readonly Group[]
  text: string
}

export class Inputs {
  readonly mode = signal<InputMode>("")
  readonly searched = signal<Searched | undefined>(undefined)

  constructor(private readonly app: App) {}

  state(): { inputs?: string } {
    return this.mode.value == "" ? {} : { inputs: this.mode.value }
  }

  apply(mode: string | undefined): void {
    const next = mode == InputsLines || mode == InputsSet ? mode : ""
    if (next != this.mode.value) this.setMode(next)
  }

  setMode(mode: InputMode): void {
    this.mode.value = mode
    this.searched.value = undefined
    this.tell()
    this.app.keeper.touch()
  }

  /// A server that is new has to be told.
  connected(): void {
    if (this.mode.value != "") this.tell()
  }

  received(msg: InputRows): void {
    const { session, text } = this.app
    if (msg.version != session.version || msg.mode != this.mode.value) return
    const before = msg.first == 0 ? undefined : this.searched.value
    if (msg.first > 0 && before?.last.version != msg.version) return
    this.searched.value = {
      last: msg,
      rows: [...(before?.rows ?? []), ...msg.rows],
      groups: msg.groups,
      text: before?.text ?? text.state.doc.toString(),
    }
  }

  /// The test that an input is of the present pattern, if it is one that says whether
  /// there is a match.
  test(row: InputRow): { pattern: number; input: number; test: TestInput } | undefined {
    const { testing } = this.app
    const pattern = testing.followed.value
    const text = this.textOf(row)
    const input = testing.file.value.patterns[pattern]?.inputs.findIndex((i) => i.match !== undefined && sameInput(textOf(i), i, text)) ?? -1
    return input < 0 ? undefined : { pattern, input, test: testing.file.value.patterns[pattern]!.inputs[input]! }
  }

  /// Has an input have to match, or not, or takes back that it has to.
  mark(row: InputRow, match: boolean): void {
    const { testing } = this.app
    const known = this.test(row)
    if (!known) {
      const name = row.name ? { name: row.name } : {}
      testing.addTest({ ...inputOf(this.textOf(row)), ...name, match })
    } else if (known.test.match == match) testing.remove(known)
    else if (testing.editable()) testing.changeInput(known, { ...known.test, match })
  }

  textOf({ from, to }: InputRow): string {
    return this.searched.value?.text.slice(from, to) ?? ""
  }

  private tell(): void {
    this.app.session.tell({ type: TypeInputs, mode: this.mode.value })
  }
}
