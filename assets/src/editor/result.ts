/// The result of a replacement, to be read. It grows while it is made; what was deleted
/// and inserted is marked on screen only.
import { Compartment, EditorState, type Range, RangeSet } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, keymap, lineNumbers } from "@codemirror/view"
import { standardKeymap } from "@codemirror/commands"
import { common, loaded } from "./common"
import { invisibles } from "./invisibles"
import { dispatchUnseen } from "./unseen"
import { wrapping } from "./wrapping"

/// Marks that are drawn on one screen at most, as those of matches.
const MarkLimit = 800

const deletedMark = Decoration.mark({ tagName: "del", class: "diff-del" })
const insertedMark = Decoration.mark({ tagName: "ins", class: "diff-ins" })

export class ResultView {
  private deleted: number[] = []
  private inserted: number[] = []
  private readonly marks = new Compartment()
  readonly view: EditorView

  constructor() {
    this.view = new EditorView({
      dispatchTransactions: dispatchUnseen,
      state: EditorState.create({
        extensions: [
          EditorState.readOnly.of(true),
          common({ label: "Result", multiline: true }),
          keymap.of(standardKeymap),
          lineNumbers(),
          wrapping(),
          invisibles(false),
          this.marks.of(this.drawing()),
        ],
      }),
    })
  }

  /// Shows the beginning of another result, or its end if there is no more.
  begin(text: string, deleted: number[], inserted: number[]): void {
    this.deleted = deleted
    this.inserted = inserted
    this.change(0, this.view.state.doc.length, text)
  }

  append(text: string, deleted: number[], inserted: number[]): void {
    for (const position of deleted) this.deleted.push(position)
    for (const position of inserted) this.inserted.push(position)
    const { length } = this.view.state.doc
    this.change(length, length, text)
  }

  private change(from: number, to: number, insert: string): void {
    const { view } = this
    view.dispatch({ changes: { from, to, insert: view.state.toText(insert) }, annotations: loaded.of("local") })
  }

  private drawing() {
    const draw = (view: EditorView) => this.draw(view)
    return ViewPlugin.fromClass(
      class {
        decorations: DecorationSet
        constructor(view: EditorView) {
          this.decorations = draw(view)
        }
        update({ view, docChanged, viewportChanged }: ViewUpdate): void {
          if (docChanged || viewportChanged) this.decorations = draw(view)
        }
      },
      { decorations: (plugin) => plugin.decorations },
    )
  }

  private draw(view: EditorView): DecorationSet {
    const ranges: Range<Decoration>[] = []
    for (const { from, to } of view.visibleRanges) {
      for (const [positions, mark] of [
        [this.deleted, deletedMark],
        [this.inserted, insertedMark],
      ] as const) {
        for (let i = firstAfter(positions, from); i < positions.length && positions[i]! < to && ranges.length < MarkLimit; i += 2) {
          ranges.push(mark.range(Math.max(from, positions[i]!), Math.min(to, positions[i + 1]!)))
        }
      }
    }
    return RangeSet.of(ranges, true)
  }
}

// The index of the first of these pairs that ends behind a position.
function firstAfter(pairs: readonly number[], pos: number): number {
  let low = 0
  let high = pairs.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (pairs[2 * middle + 1]! <= pos) low = middle + 1
    else high = middle
  }
  return 2 * low
}
