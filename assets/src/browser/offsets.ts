/// From UTF-16 positions of a text to bytes of UTF-8. It remembers the last place,
/// so that positions which mostly ascend cost time linear in the text all together;
/// going back costs the distance.
export class Offsets {
  /// `text` is well-formed; `unit` and `byte` are the same place in it.
  constructor(
    private readonly text: string,
    private unit = 0,
    private byte = 0,
  ) {}

  /// The byte at a position. The second half of a surrogate pair, where patterns may
  /// match that see units, is in the middle of the four bytes, as in package engine.
  at(unit: number): number {
    const low = this.text.charCodeAt(unit)
    const inside = low >= 0xdc00 && low <= 0xdfff
    const start = inside ? unit - 1 : unit
    if (start >= this.unit) this.byte += this.measure(this.unit, start)
    else this.byte -= this.measure(start, this.unit)
    this.unit = start
    return inside ? this.byte + 2 : this.byte
  }

  /// The same place, to go back and forth from.
  copy(): Offsets {
    return new Offsets(this.text, this.unit, this.byte)
  }

  private measure(from: number, to: number): number {
    const { text } = this
    let bytes = to - from
    for (let i = from; i < to; i++) {
      const unit = text.charCodeAt(i)
      if (unit < 0x80) continue
      // Either half of a pair has two bytes.
      bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
    }
    return bytes
  }
}
