/// Which rows of a long list are on screen when their heights differ: known for
/// those that have been there, estimated for the others.

export class Rows {
  /// Where each row begins; one more than there are rows.
  readonly tops: Float64Array

  constructor(readonly heights: readonly number[]) {
    this.tops = new Float64Array(heights.length + 1)
    heights.forEach((height, i) => (this.tops[i + 1] = this.tops[i]! + height))
  }

  get height(): number {
    return this.tops[this.heights.length]!
  }

  /// The row at a distance from the top; the last one beyond the end.
  at(y: number): number {
    let low = 0
    let high = this.heights.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.tops[middle]! <= y) low = middle
      else high = middle - 1
    }
    return Math.max(0, low)
  }

  /// The first row on screen and the one after the last.
  range(top: number, viewport: number, extra: number): [number, number] {
    if (this.heights.length == 0) return [0, 0]
    return [
      Math.max(0, this.at(top) - extra),
      Math.min(this.heights.length, this.at(top + viewport) + 1 + extra),
    ]
  }

  /// Where to scroll so that a row is on screen with some room, from `top`.
  reveal(row: number, top: number, viewport: number, room: number): number {
    const from = this.tops[row]!
    const to = this.tops[row + 1]!
    if (from - room < top) return Math.max(0, from - room)
    if (to + room > top + viewport) return Math.max(0, Math.min(from - room, to + room - viewport))
    return top
  }
}
