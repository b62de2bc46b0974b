/// The tokens of a pattern: what each part of its text is for.
import type { Analysis } from "../wire"

export class Tokens {
  readonly count: number
  /// How many capture groups there are.
  readonly captures: number
  private readonly kinds: Uint8Array
  private readonly ends: Int32Array
  // By token: its other half, and the capture group whose parenthesis it is.
  private readonly pairs = new Map<number, number>()
  private readonly groups = new Map<number, number>()

  /// `names` are those of the kinds, as in Welcome.tokenKinds.
  constructor(
    { tokens, pairs, groups }: Pick<Analysis, "tokens" | "pairs" | "groups">,
    private readonly names: readonly string[],
  ) {
    this.count = tokens.length / 2
    this.captures = groups.length
    this.kinds = new Uint8Array(this.count)
    this.ends = new Int32Array(this.count)
    let end = 0
    for (let i = 0; i < this.count; i++) {
      this.kinds[i] = tokens[2 * i]!
      this.ends[i] = end += tokens[2 * i + 1]!
    }
    for (let i = 0; i < pairs.length; i += 3) {
      const [open, close, group] = [pairs[i]!, pairs[i + 1]!, pairs[i + 2]!]
      this.pairs.set(open, close)
      this.pairs.set(close, open)
      if (group > 0) this.groups.set(open, group).set(close, group)
    }
    // A group that is not closed yet has no pair.
    for (const { number, span } of groups) {
      const open = this.at(span.from)
      if (open >= 0 && this.kind(open) == "group-open" && this.from(open) == span.from) this.groups.set(open, number)
    }
  }

  kind(token: number): string {
    return this.names[this.kinds[token]!] ?? ""
  }

  from(token: number): number {
    return token == 0 ? 0 : this.ends[token - 1]!
  }

  to(token: number): number {
    return this.ends[token]!
  }

  /// The token that opens or closes this one, or -1.
  pair(token: number): number {
    return this.pairs.get(token) ?? -1
  }

  /// The capture group that this token opens or closes, or 0.
  group(token: number): number {
    return this.groups.get(token) ?? 0
  }

  /// The token of the character after a position, or -1 at the end.
  at(pos: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.ends[middle]! <= pos) low = middle + 1
      else high = middle
    }
    return low < this.count ? low : -1
  }

  /// Whether a position is in a class.
  inClass(pos: number): boolean {
    let depth = 0
    for (let i = 0; i < this.count && this.ends[i]! <= pos; i++) {
      const kind = this.kind(i)
      if (kind == "class-open") depth++
      else if (kind == "class-close") depth = Math.max(0, depth - 1)
    }
    return depth > 0
  }

  /// The bracket at a caret and its other half: the bracket after the caret, or
  /// that before it. Undefined when there is none.
  bracketsAt(pos: number): [number, number] | undefined {
    for (const token of [this.at(pos), pos > 0 ? this.at(pos - 1) : -1]) {
      if (token >= 0 && this.pair(token) >= 0) return [token, this.pair(token)]
    }
    return undefined
  }
}
