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

  /// The next `n` bytes. Throws when there are fewer.
  take(n: number): Uint8Array {
    if (this.pos + n > this.bytes.length) throw new RangeError("frame ends too early")
    return this.bytes.subarray(this.pos, (this.pos += n))
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

/// Writes them, into bytes that grow.
export class VarintWriter {
  length = 0
  private bytes: Uint8Array<ArrayBuffer>

  constructor(size: number) {
    this.bytes = new Uint8Array(size)
  }

  /// Adds a number that is not negative, exact up to 2^53.
  add(n: number): void {
    if (this.length + 8 > this.bytes.length) this.grow()
    while (n >= 0x80) {
      this.bytes[this.length++] = (n % 0x80) | 0x80
      n = Math.floor(n / 0x80)
    }
    this.bytes[this.length++] = n
  }

  byte(n: number): void {
    if (this.length == this.bytes.length) this.grow()
    this.bytes[this.length++] = n
  }

  /// What was written since the last clear; good until the next write.
  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
  }

  private grow(): void {
    const more = new Uint8Array(2 * this.bytes.length + 8)
    more.set(this.bytes)
    this.bytes = more
  }
}

/// Maps signed to unsigned so that small distances stay small.
export function zigzag(n: number): number {
  return n >= 0 ? 2 * n : -2 * n - 1
}
