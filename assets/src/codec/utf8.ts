/// Between the bytes of a text and the page's string. A byte that is not part
/// of valid UTF-8 is the lone low surrogate U+DCNN in the string, as
/// docs/protocol.md says; which bytes those are is decided exactly as by Go's
/// utf8.DecodeRune: one byte at a time.

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

// String.fromCharCode takes its units as arguments; engines bound their number.
const UnitsPerCall = 8192

/// The string of `bytes`.
export function decode(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeEscaping(bytes)
  }
}

function decodeEscaping(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length)
  let n = 0
  for (let i = 0; i < bytes.length; ) {
    const b = bytes[i]!
    const len = sequenceLength(bytes, i)
    if (len == 0) units[n++] = 0xdc00 + b
    else if (len == 1) units[n++] = b
    else if (len == 2) units[n++] = ((b & 0x1f) << 6) | (bytes[i + 1]! & 0x3f)
    else if (len == 3) units[n++] = ((b & 0x0f) << 12) | ((bytes[i + 1]! & 0x3f) << 6) | (bytes[i + 2]! & 0x3f)
    else {
      const c =
        (((b & 0x07) << 18) | ((bytes[i + 1]! & 0x3f) << 12) | ((bytes[i + 2]! & 0x3f) << 6) | (bytes[i + 3]! & 0x3f)) -
        0x10000
      units[n++] = 0xd800 + (c >> 10)
      units[n++] = 0xdc00 + (c & 0x3ff)
    }
    i += len || 1
  }
  let text = ""
  for (let i = 0; i < n; i += UnitsPerCall) {
    text += String.fromCharCode.apply(null, units.subarray(i, Math.min(n, i + UnitsPerCall)) as unknown as number[])
  }
  return text
}

/// The length of the valid sequence at `i`, or 0 when that byte stands alone.
function sequenceLength(bytes: Uint8Array, i: number): number {
  const b = bytes[i]!
  if (b < 0x80) return 1
  if (b < 0xc2 || b > 0xf4) return 0
  const len = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4
  if (i + len > bytes.length) return 0
  // The second byte's range rules out overlong forms, surrogates and > U+10FFFF.
  const low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80
  const high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf
  const second = bytes[i + 1]!
  if (second < low || second > high) return 0
  for (let k = 2; k < len; k++) if ((bytes[i + k]! & 0xc0) != 0x80) return 0
  return len
}

/// The bytes of `text`: escaped bytes as themselves, any other lone surrogate
/// as U+FFFD.
export function encode(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text)
  const bytes = new Uint8Array(utf8Length(text))
  let n = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800 || unit > 0xdfff) continue
    if (isPair(unit, text.charCodeAt(i + 1))) {
      i++
      continue
    }
    n += encoder.encodeInto(text.slice(from, i), bytes.subarray(n)).written
    from = i + 1
    if (isEscapedByte(unit)) bytes[n++] = unit - 0xdc00
    else n += encoder.encodeInto("\ufffd", bytes.subarray(n)).written
  }
  encoder.encodeInto(text.slice(from), bytes.subarray(n))
  return bytes
}

/// The number of bytes `encode` would make.
export function utf8Length(text: string): number {
  let n = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) n++
    else if (unit < 0xd800 || unit > 0xdfff) n += 2
    else if (isPair(unit, text.charCodeAt(i + 1))) {
      n += 2
      i++
    } else if (!isEscapedByte(unit)) n += 2
  }
  return n
}

/// Whether `unit`, known to be no half of a pair, stands for a byte.
export function isEscapedByte(unit: number): boolean {
  return unit >= 0xdc80 && unit <= 0xdcff
}

/// Whether two units are one character beyond U+FFFF.
export function isPair(first: number, second: number): boolean {
  return first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff
}
