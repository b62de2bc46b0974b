import assert from "node:assert/strict"
import { test } from "node:test"
import { decode, encode, fromBase64Url, toBase64, toBase64Url, utf8Length } from "../src/codec"

// Byte 0xNN that stands alone.
const e = (...bytes: number[]) => String.fromCharCode(...bytes.map((b) => 0xdc00 + b))

const cases: [name: string, bytes: number[], text: string][] = [
  ["ascii with NUL and CR", [0x61, 0x00, 0x0d, 0x0a], "a\0\r\n"],
  ["two, three, four bytes", [0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80], "é€😀"],
  ["byte order mark stays", [0xef, 0xbb, 0xbf, 0x61], "\ufeffa"],
  ["lone continuation", [0x61, 0x80, 0x62], "a" + e(0x80) + "b"],
  ["truncated at the end", [0xe2, 0x82], e(0xe2, 0x82)],
  ["truncated before ascii", [0xf0, 0x9f, 0x98, 0x41], e(0xf0, 0x9f, 0x98) + "A"],
  ["truncated before a valid one", [0xe2, 0x82, 0xc3, 0xa9], e(0xe2, 0x82) + "é"],
  ["overlong two bytes", [0xc0, 0x80], e(0xc0, 0x80)],
  ["overlong three bytes", [0xe0, 0x9f, 0xbf], e(0xe0, 0x9f, 0xbf)],
  ["overlong four bytes", [0xf0, 0x8f, 0xbf, 0xbf], e(0xf0, 0x8f, 0xbf, 0xbf)],
  ["surrogate in UTF-8", [0xed, 0xa0, 0x80], e(0xed, 0xa0, 0x80)],
  ["last before the surrogates", [0xed, 0x9f, 0xbf], "\ud7ff"],
  ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80], e(0xf4, 0x90, 0x80, 0x80)],
  ["U+10FFFF", [0xf4, 0x8f, 0xbf, 0xbf], "\u{10ffff}"],
  ["never in UTF-8", [0xf5, 0xfe, 0xff], e(0xf5, 0xfe, 0xff)],
]

for (const [name, bytes, text] of cases) {
  test(`decode and encode: ${name}`, () => {
    assert.equal(decode(Uint8Array.from(bytes)), text)
    assert.deepEqual([...encode(text)], bytes)
    assert.equal(utf8Length(text), bytes.length)
  })
}

test("any bytes survive", () => {
  let seed = 1
  for (let round = 0; round < 200; round++) {
    const bytes = Uint8Array.from({ length: 40 }, () => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff
      return round % 2 ? seed >> 16 : [0x61, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x80, 0xc3][(seed >> 16) & 7]!
    })
    assert.deepEqual(encode(decode(bytes)), bytes)
  }
})

test("long invalid text is decoded in pieces", () => {
  const bytes = new Uint8Array(100_000).fill(0xff)
  const text = decode(bytes)
  assert.equal(text.length, bytes.length)
  assert.deepEqual(encode(text), bytes)
})

test("lone surrogates that are no bytes become U+FFFD", () => {
  assert.deepEqual(encode("a\ud800b\udfff"), new TextEncoder().encode("a\ufffdb\ufffd"))
  assert.equal(utf8Length("a\ud800b\udfff"), 8)
})

test("base64", () => {
  const bytes = Uint8Array.from([0xfb, 0xff, 0x00])
  assert.equal(toBase64(bytes), "+/8A")
  assert.equal(toBase64Url(Uint8Array.from([0xfb, 0xff])), "-_8")
  assert.deepEqual(fromBase64Url("-_8"), Uint8Array.from([0xfb, 0xff]))
})
