/// An explanation as a tree that can be folded and walked. Items are in one list,
/// each before the items in it.
import type { Explanation, ExplanationWords } from "../wire"
import { difference, mapSpan } from "./difference"

/// One part of a pattern in words.
export interface ExplanationItem extends ExplanationWords {
  /// How many items this one is in.
  depth: number
  from: number
  to: number
  /// Of a capture group, or of the one that is referred to; or 0.
  group: number
}

/// The items of an explanation.
export function itemsOf({ items, words }: Explanation): ExplanationItem[] {
  const all: ExplanationItem[] = []
  for (let i = 0; i + 5 <= items.length; i += 5) {
    all.push({ ...words[items[i + 4]!]!, depth: items[i]!, from: items[i + 1]!, to: items[i + 2]!, group: items[i + 3]! })
  }
  return all
}

/// What of a tree is folded, by the places of the items in a pattern.
export interface Folds {
  pattern: string
  keys: ReadonlySet<string>
}

export const NoFolds: Folds = { pattern: "", keys: new Set() }

export class Outline {
  /// The item that each is in, or -1.
  readonly parents: Int32Array
  /// The item after all that is in each.
  readonly ends: Int32Array
  /// How many items are in the same one, and which of them each is, from 1.
  readonly sizes: Int32Array
  readonly places: Int32Array

  constructor(readonly items: readonly ExplanationItem[]) {
    const n = items.length
    this.parents = new Int32Array(n).fill(-1)
    this.ends = new Int32Array(n).fill(n)
    this.sizes = new Int32Array(n)
    this.places = new Int32Array(n)
    const open: number[] = []
    const counts = new Map<number, number>()
    for (let i = 0; i < n; i++) {
      while (open.length > items[i]!.depth) this.ends[open.pop()!] = i
      const parent = open[open.length - 1] ?? -1
      this.parents[i] = parent
      const place = (counts.get(parent) ?? 0) + 1
      counts.set(parent, place)
      this.places[i] = place
      open.push(i)
    }
    for (let i = 0; i < n; i++) this.sizes[i] = counts.get(this.parents[i]!)!
  }

  hasChildren(item: number): boolean {
    return this.ends[item]! > item + 1
  }

  /// The items that are in the same one as this, itself among them.
  siblings(item: number): number[] {
    const all: number[] = []
    const parent = this.parents[item]!
    for (let i = parent + 1; i < (parent < 0 ? this.items.length : this.ends[parent]!); i = this.ends[i]!) all.push(i)
    return all
  }

  /// The innermost item at a position: that of the character after it. Or -1.
  at(pos: number): number {
    let found = -1
    for (;;) {
      let next = -1
      const end = found < 0 ? this.items.length : this.ends[found]!
      for (let i = found + 1; i < end; i = this.ends[i]!) {
        const { from, to } = this.items[i]!
        if (from <= pos && pos < to) {
          next = i
          break
        }
        // Without a width it is found where it stands, unless another is.
        if (from == to && from == pos) next = i
      }
      if (next < 0) return found
      found = next
    }
  }

  /// The items that are not in a folded one, in order.
  visible(folded: ReadonlySet<number>): number[] {
    const rows: number[] = []
    for (let i = 0; i < this.items.length; i = folded.has(i) ? this.ends[i]! : i + 1) rows.push(i)
    return rows
  }

  /// The item itself, or the folded one that hides it.
  shown(item: number, folded: ReadonlySet<number>): number {
    let shown = item
    for (let i = this.parents[item] ?? -1; i >= 0; i = this.parents[i]!) if (folded.has(i)) shown = i
    return shown
  }

  /// The items that are folded, of a tree that may be of an older pattern.
  folded(folds: Folds, pattern: string): Set<number> {
    const out = new Set<number>()
    if (folds.keys.size == 0) return out
    const changes = difference(folds.pattern, pattern)
    const moved = new Set<string>()
    for (const key of folds.keys) {
      const [from, to, depth] = key.split(":").map(Number) as [number, number, number]
      // What was typed at an item's end belongs to it.
      const span = changes ? { from: changes.mapPos(from, -1), to: changes.mapPos(to, 1) } : { from, to }
      moved.add(`${span.from}:${span.to}:${depth}`)
      const inner = mapSpan({ from, to }, changes)
      moved.add(`${inner.from}:${inner.to}:${depth}`)
    }
    this.items.forEach((_, i) => {
      if (this.hasChildren(i) && moved.has(this.key(i))) out.add(i)
    })
    return out
  }

  /// What to remember of folded items.
  folds(folded: ReadonlySet<number>, pattern: string): Folds {
    return { pattern, keys: new Set([...folded].map((i) => this.key(i))) }
  }

  /// The row in which a title begins with what was typed, from the row after the
  /// present one and around; or -1.
  find(rows: readonly number[], row: number, typed: string): number {
    const wanted = typed.toLowerCase()
    for (let step = typed.length > 1 ? 0 : 1; step <= rows.length; step++) {
      const next = (row + step) % rows.length
      if (this.items[rows[next]!]!.title.toLowerCase().startsWith(wanted)) return next
    }
    return -1
  }

  private key(item: number): string {
    const { from, to, depth } = this.items[item]!
    return `${from}:${to}:${depth}`
  }
}
