import assert from "node:assert/strict"
import { test } from "node:test"
import { comparePatterns, compareTexts, MaxPieces } from "../src/state/versions"

test("patterns are compared by characters", () => {
  assert.deepEqual(comparePatterns("a(b|c)", "a(b|d)+"), [
    { kind: "same", text: "a(b|" },
    { kind: "old", text: "c" },
    { kind: "new", text: "d" },
    { kind: "same", text: ")" },
    { kind: "new", text: "+" },
  ])
  assert.deepEqual(comparePatterns("", ""), [])
})

test("texts are compared by lines, with what is around a change", () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}\n`)
  const older = lines.join("")
  const newer = lines.with(10, "another\n").join("")
  const found = compareTexts(older, newer)!
  assert.equal(found.cut, false)
  assert.deepEqual(found.pieces, [
    { kind: "same", text: "⋯ 8 lines that are the same\nline 8\nline 9\n" },
    { kind: "old", text: "line 10\n" },
    { kind: "new", text: "another\n" },
    { kind: "same", text: "line 11\nline 12\n⋯ 7 lines that are the same\n" },
  ])
})

test("very many changes are cut, and what takes too long is not shown", () => {
  const numbers = Array.from({ length: 2 * MaxPieces }, (_, i) => i)
  const found = compareTexts(numbers.map((i) => `${i}\nsame\n`).join(""), numbers.map((i) => `x${i}\nsame\n`).join(""))
  if (found) assert.deepEqual([found.cut, found.pieces.length], [true, MaxPieces])
})
