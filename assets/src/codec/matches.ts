/// Makes frames of matches, as ui/wire/matches.go does (docs/protocol.md, "Matches").
import { FrameMatches } from "../wire"
import { VarintWriter, zigzag } from "./varint"

/// The size in bytes at which a frame is full.
const FrameTarget = 64 << 10

export class MatchesEncoder {
  private readonly body = new VarintWriter(FrameTarget)
  private first: number
  private base = 0
  private wideBase = 0

  /// `next` is the index of the next match; `wide` tells that bytes and units differ.
  constructor(
    private readonly version: number,
    private next: number,
    private readonly wide: boolean,
  ) {
    this.first = next
  }

  /// Adds a match: start and end of each group in bytes and in UTF-16 units, or -1 for
  /// one that took no part. The units are looked at only if they differ.
  add(bytes: ArrayLike<number>, units: ArrayLike<number>): void {
    this.columns(bytes, this.base)
    if (this.wide) {
      this.columns(units, this.wideBase)
      this.wideBase = units[0]!
    }
    this.base = bytes[0]!
    this.next++
  }

  get full(): boolean {
    return this.body.length >= FrameTarget
  }

  /// What was added since the last frame, or undefined when that is nothing.
  frame(searched: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.next == this.first) return undefined
    const head = new VarintWriter(32)
    head.byte(FrameMatches)
    for (const n of [this.version, this.first, this.next - this.first, searched]) head.add(n)
    head.byte(this.wide ? 1 : 0)
    const frame = new Uint8Array(head.length + this.body.length)
    frame.set(head.written())
    frame.set(this.body.written(), head.length)
    this.body.clear()
    this.first = this.next
    this.base = this.wideBase = 0
    return frame
  }

  private columns(spans: ArrayLike<number>, base: number): void {
    const start = spans[0]!
    for (let i = 0; i < spans.length; i += 2) {
      const from = spans[i]!
      if (from < 0) {
        this.body.add(0)
        continue
      }
      this.body.add(1 + zigzag(from - (i == 0 ? base : start)))
      this.body.add(spans[i + 1]! - from)
    }
  }
}
