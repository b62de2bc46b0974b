/// The matches of one search: numbers in typed arrays, no object per match.
///
/// A row is one match: start and end of each group, in UTF-16 units, with -1 for
/// a group that took no part. Rows live in chunks, so that growing copies
/// nothing. Byte positions have chunks of their own only from where the server
/// says that they differ, and so do the marks of matches.
import { VarintReader, unzigzag } from "../codec"
import { FrameMatches } from "../wire"

// About 256 KB a chunk: big enough to be rare, small enough to be quick to make.
const NumbersPerChunk = 1 << 16

const decoder = new TextDecoder()

/// Which way the starts of successive matches go. An engine may search from
/// right to left; anything else than the two is looked through row by row.
type Order = "ascending" | "descending" | "mixed"

export interface MatchesHeader {
  version: number
  first: number
  count: number
  searched: number
  wide: boolean
  /// Whether the names of marks follow the columns.
  marked: boolean
  /// Where the columns begin in the frame.
  offset: number
}

export function readMatchesHeader(frame: Uint8Array): MatchesHeader {
  const r = new VarintReader(frame)
  if (r.byte() != FrameMatches) throw new RangeError("not a frame of matches")
  const [version, first, count, searched] = [r.next(), r.next(), r.next(), r.next()]
  const holds = r.byte()
  return { version, first, count, searched, wide: (holds & 1) != 0, marked: (holds & 2) != 0, offset: r.pos }
}

export class SpanStore {
  count = 0
  order: Order = "ascending"
  private readonly width: number
  private readonly shift: number
  private readonly units: Int32Array[] = []
  private readonly bytes: (Int32Array | undefined)[] = []
  // By row, 1 + which of the names; 0 for none.
  private readonly marks: (Int32Array | undefined)[] = []
  private readonly names: string[] = []

  /// `groups` counts group 0.
  constructor(readonly groups: number) {
    this.width = 2 * groups
    this.shift = Math.max(4, Math.floor(Math.log2(NumbersPerChunk / this.width)))
  }

  /// Adds the matches of a frame. Throws, adding none, when the frame does not
  /// go on where the store ends or is cut short.
  append(frame: Uint8Array, header: MatchesHeader): void {
    if (header.first != this.count) {
      throw new RangeError(`frame begins at match ${header.first}, expected ${this.count}`)
    }
    const r = new VarintReader(frame, header.offset)
    let order = this.order
    let before = this.count == 0 ? -1 : this.start(this.count - 1, 0)
    let base = 0
    let wideBase = 0
    for (let i = 0; i < header.count; i++) {
      const row = header.first + i
      const units = this.unitsChunk(row)
      const at = this.offset(row)
      if (header.wide) {
        base = this.columns(r, this.bytesChunk(row), at, base)
        wideBase = this.columns(r, units, at, wideBase)
      } else {
        base = this.columns(r, units, at, base)
        this.bytes[row >> this.shift]?.set(units.subarray(at, at + this.width), at)
      }
      const start = units[at]!
      if (row > 0) {
        if (row == 1) order = start < before ? "descending" : "ascending"
        else if (order == "ascending" ? start < before : start > before) order = "mixed"
      }
      before = start
    }
    if (header.marked) this.readMarks(r, header.first)
    if (r.pos != frame.length) throw new RangeError("frame is longer than its matches")
    this.count += header.count
    this.order = order
  }

  private readMarks(r: VarintReader, first: number): void {
    let row = first - 1
    for (let n = r.next(); n > 0; n--) {
      row += 1 + r.next()
      const name = r.next()
      if (name == this.names.length) this.names.push(decoder.decode(r.take(r.next())))
      const chunk = (this.marks[row >> this.shift] ??= new Int32Array(1 << this.shift))
      chunk[row & ((1 << this.shift) - 1)] = name + 1
    }
  }

  private columns(r: VarintReader, into: Int32Array, at: number, base: number): number {
    for (let g = 0; g < this.groups; g++) {
      const n = r.next()
      if (n == 0) {
        into[at + 2 * g] = into[at + 2 * g + 1] = -1
        continue
      }
      const start = base + unzigzag(n - 1)
      into[at + 2 * g] = start
      into[at + 2 * g + 1] = start + r.next()
      if (g == 0) base = start
    }
    return base
  }

  private offset(row: number): number {
    return (row & ((1 << this.shift) - 1)) * this.width
  }

  private unitsChunk(row: number): Int32Array {
    return (this.units[row >> this.shift] ??= new Int32Array(this.width << this.shift))
  }

  // Rows before this one in its chunk came while bytes and units were equal.
  private bytesChunk(row: number): Int32Array {
    return (this.bytes[row >> this.shift] ??= this.unitsChunk(row).slice())
  }

  /// Start of a group in UTF-16 units; -1 when it took no part.
  start(row: number, group: number): number {
    return this.units[row >> this.shift]![this.offset(row) + 2 * group]!
  }

  end(row: number, group: number): number {
    return this.units[row >> this.shift]![this.offset(row) + 2 * group + 1]!
  }

  startByte(row: number, group: number): number {
    return (this.bytes[row >> this.shift] ?? this.units[row >> this.shift]!)[this.offset(row) + 2 * group]!
  }

  endByte(row: number, group: number): number {
    return (this.bytes[row >> this.shift] ?? this.units[row >> this.shift]!)[this.offset(row) + 2 * group + 1]!
  }

  /// The name of a match's mark, or "".
  mark(row: number): string {
    return this.names[(this.marks[row >> this.shift]?.[row & ((1 << this.shift) - 1)] ?? 0) - 1] ?? ""
  }

  /// Calls `f` with the rows whose match touches [from, to], in the order of the
  /// text unless the order is mixed, until it returns false.
  between(from: number, to: number, f: (row: number) => boolean | void): void {
    const n = this.count
    if (this.order == "mixed") {
      for (let row = 0; row < n; row++) {
        if (this.end(row, 0) >= from && this.start(row, 0) <= to && f(row) === false) return
      }
      return
    }
    for (let i = this.search(from, 0); i < n; i++) {
      const row = this.nth(i)
      if (this.start(row, 0) > to || f(row) === false) return
    }
  }

  /// How many rows touch [from, to].
  countBetween(from: number, to: number): number {
    if (this.order != "mixed") return Math.max(0, this.search(to, 1) - this.search(from, 0))
    let n = 0
    this.between(from, to, () => void n++)
    return n
  }

  /// The nearest match that begins after `pos` (direction 1) or before it (-1),
  /// going round at the ends; -1 when there is none at all.
  next(pos: number, direction: 1 | -1): number {
    if (this.count == 0) return -1
    if (this.order == "mixed") return this.nextMixed(pos, direction)
    if (direction == 1) return this.nth(this.search(pos, 1) % this.count)
    let i = this.search(pos - 1, 1) - 1
    if (i < 0) i = this.count - 1
    return this.nth(i)
  }

  private nextMixed(pos: number, direction: 1 | -1): number {
    let best = -1
    let around = 0
    for (let row = 0; row < this.count; row++) {
      const ahead = direction * (this.start(row, 0) - pos)
      if (direction * (this.start(row, 0) - this.start(around, 0)) < 0) around = row
      if (ahead > 0 && (best < 0 || ahead < direction * (this.start(best, 0) - pos))) best = row
    }
    return best < 0 ? around : best
  }

  // The row that is `i`th in the text.
  private nth(i: number): number {
    return this.order == "descending" ? this.count - 1 - i : i
  }

  // In the order of the text: the first place whose end is >= pos (side 0), or
  // whose start is > pos (side 1).
  private search(pos: number, side: 0 | 1): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const mid = (low + high) >> 1
      const row = this.nth(mid)
      if (side == 0 ? this.end(row, 0) >= pos : this.start(row, 0) > pos) high = mid
      else low = mid + 1
    }
    return low
  }
}
