/// How high the rows of an explanation are: measured once they have been on
/// screen, estimated by their length before.
import type { ExplanationItem } from "../state"
import { MaxIndent } from "./explanationrow"

// As in explanation.css.
const TitleHeight = 22
const DetailHeight = 19
const Padding = 8
const Indent = 16
// Of a character of 13 px, on average; the source is in wider letters.
const CharWidth = 6.6

export class Heights {
  private readonly known = new Map<string, number>()
  private width = 0

  /// Forgets what was known for another width.
  fit(width: number): void {
    if (width == this.width) return
    this.width = width
    this.known.clear()
  }

  has(key: string): boolean {
    return this.known.has(key)
  }

  of(item: ExplanationItem, key: string): number {
    return this.known.get(key) ?? estimate(item, this.width)
  }

  /// Measures the rows in a tree, of items with these keys. Returns whether there was
  /// anything new.
  measure(tree: HTMLElement, keys: readonly string[]): boolean {
    const { size } = this.known
    for (const row of tree.children) {
      const key = keys[Number((row as HTMLElement).dataset["item"])]!
      if (!this.known.has(key)) this.known.set(key, row.getBoundingClientRect().height)
    }
    return this.known.size > size
  }
}

function estimate({ depth, title, details, from, to, error }: ExplanationItem, width: number): number {
  const room = Math.max(80, width - 60 - Indent * Math.min(depth, MaxIndent))
  const lines = (length: number) => Math.max(1, Math.ceil((length * CharWidth) / room))
  const sentences = [...(details ?? []), ...(error ? [error] : [])]
  const more = sentences.reduce((sum, sentence) => sum + lines(sentence.length), 0)
  return TitleHeight * lines(title.length + 1.3 * Math.min(to - from, 40)) + DetailHeight * more + Padding
}
