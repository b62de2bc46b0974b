/// The result of a replacement, made piece by piece from the matches of a search.
import type { Text } from "@codemirror/state"
import type { Template, TemplateElement } from "../wire"
import { Expander, type Matched } from "./expand"
import type { Results } from "./search"

/// The text with its matches replaced; the same with what was there marked as
/// deleted and what is there now as inserted; or what stands for each match.
export type ReplaceMode = "text" | "changes" | "list"

/// A result is not made longer than this, in UTF-16 units: a replacement with the text
/// before the match makes a square of a text, and the editor that shows it holds it in
/// memory about twice.
export const MaxResult = 32 << 20

/// What has been added to the result. Ranges are pairs of positions in the result.
export interface Piece {
  text: string
  deleted: number[]
  inserted: number[]
}

export class Replacer {
  /// Length of the result so far.
  length = 0
  /// How many matches it holds.
  count = 0
  /// All is there: the text behind the last match, too.
  complete = false
  /// Why it ends here.
  stopped: "too-long" | "order" | undefined
  private at = 0
  private readonly expander: Expander
  private readonly doc: Text
  private readonly match: Row

  constructor(
    readonly template: Template,
    readonly results: Results,
    readonly mode: ReplaceMode,
    readonly separator: string,
  ) {
    this.doc = results.doc
    this.match = new Row(results)
    this.expander = new Expander(template, results.groups[results.groups.length - 1]?.number ?? 0)
  }

  /// Goes on with the matches that there are, until `enough` says so; `final` says that
  /// there will be no more, and `whole` that the text behind the last one is searched.
  next(final: boolean, whole: boolean, enough: (units: number) => boolean): Piece {
    const piece: Piece = { text: "", deleted: [], inserted: [] }
    const { store } = this.results
    while (this.count < store.count && !this.stopped && !enough(piece.text.length)) this.add(piece)
    if (final && this.count == store.count && !this.stopped && !this.complete && !enough(piece.text.length)) {
      if (whole && this.mode != "list") this.append(piece, this.doc.sliceString(this.at, this.doc.length))
      this.complete = true
    }
    return piece
  }

  private add(piece: Piece): void {
    const { match, mode } = this
    match.row = this.count
    const [start, end] = [match.start(0), match.end(0)]
    if (start < this.at) {
      this.stopped = "order"
      return
    }
    const text = this.expander.expand(match)
    if (mode == "list") {
      this.append(piece, (this.count > 0 ? this.separator : "") + text)
    } else {
      this.append(piece, this.doc.sliceString(this.at, start))
      const old = mode == "changes" ? this.doc.sliceString(start, end) : text
      if (old != text) {
        this.mark(piece, piece.deleted, old)
        this.mark(piece, piece.inserted, text)
      } else this.append(piece, text)
    }
    this.at = end
    this.count++
    if (this.length > MaxResult) this.stopped = "too-long"
  }

  private mark(piece: Piece, ranges: number[], text: string): void {
    if (text != "") ranges.push(this.length, this.length + text.length)
    this.append(piece, text)
  }

  private append(piece: Piece, text: string): void {
    piece.text += text
    this.length += text.length
  }
}

// One match of the results.
class Row implements Matched {
  row = 0
  readonly length: number
  // Columns by the numbers of groups, which may have gaps.
  private readonly columns: number[] = []

  constructor(private readonly results: Results) {
    this.length = results.doc.length
    results.groups.forEach(({ number }, column) => (this.columns[number] = column))
  }

  start(group: number): number {
    const column = this.columns[group]
    return column === undefined ? -1 : this.results.store.start(this.row, column)
  }

  end(group: number): number {
    return this.results.store.end(this.row, this.columns[group]!)
  }

  slice(from: number, to: number): string {
    return this.results.doc.sliceString(from, to)
  }
}

/// What a separator stands for: \n, \t and \0 are a line feed, a tab and a NUL, as in
/// regexdbg replace --list.
export function unescapeSeparator(typed: string): string {
  return typed.replace(/\\([\\nt0])/g, (_, c: string) => ({ n: "\n", t: "\t", "0": "\0" })[c] ?? c)
}

/// How a syntax refers to a group by its name: what stands before and behind the name.
export function namedReferences(elements: readonly TemplateElement[]): { before: string; after: string }[] {
  return elements.flatMap(({ form, words }) => {
    const [before, after] = form.split("name")
    return after !== undefined && words.includes("group") ? [{ before: before!, after }] : []
  })
}
