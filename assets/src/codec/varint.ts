/// Reads unsigned LEB128 varints, as Go's encoding/binary writes them.
export class VarintReader {
  constructor(
    readonly bytes: Uint8Array,
    public pos = 0,
  ) {}

  /// The next number, exact up to 2^53. Throws at the end of the bytes.
  next(): number {
    const { bytes } = this
    let b = bytes[this.pos++]
    if (b === undefined) throw new RangeError("frame ends inside a number")
    if (b < 0x80) return b
    let value = b & 0x7f
    let factor = 0x80
    do {
      b = bytes[this.pos++]
      if (b === undefined) throw new RangeError("frame ends inside a number")
      value += (b & 0x7f) * factor
      factor *= 0x80
    } while (b >= 0x80)
    return value
  }

  byte(): number {
    const b = this.bytes[this.pos++]
    if (b === undefined) throw new RangeError("frame ends too early")
    return b
  }
}

export function unzigzag(n: number): number {
  return n % 2 == 0 ? n / 2 : -(n + 1) / 2
}
