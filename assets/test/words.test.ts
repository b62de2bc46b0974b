import assert from "node:assert/strict"
import { test } from "node:test"
import { caretLines, coverageWords, findFlavor, fitFlags, format, toggleFlag, withoutMatch } from "../src/state"
import { visiblePieces } from "../src/editor/invisibles"

test("carets stand under the span", () => {
  assert.deepEqual(caretLines("ab(cd", { from: 2, to: 3 }), ["ab(cd", "  ^"])
  assert.deepEqual(caretLines("ab", { from: 2, to: 2 }), ["ab", "  ^"])
  assert.deepEqual(caretLines("one\ntwo [z-a]", { from: 9, to: 12 }), ["two [z-a]", "     ^^^"])
  assert.deepEqual(caretLines("\u{1f600}*(", { from: 3, to: 4 }), ["\u{1f600}*(", "  ^"])
  const [line, carets] = caretLines("x".repeat(500) + "(" + "y".repeat(500), { from: 500, to: 501 })
  assert.equal(line[carets.indexOf("^")], "(")
  assert.ok(line.length < 130)
})

test("numbers", () => {
  assert.equal(format.matchCount(1), "1 match")
  assert.equal(format.matchCount(123456), "123,456 matches")
  assert.deepEqual([0, 0.17, 3.21, 312, 1234, 12_345].map(format.duration), ["under 1 ms", "0.17 ms", "3.2 ms", "312 ms", "1.23 s", "12.3 s"])
  assert.deepEqual([1, 999, 1000, 3_200_000, 64_000_000].map(format.size), ["1 byte", "999 bytes", "1 KB", "3.2 MB", "64 MB"])
})

test("no match is known only of a text that was searched to its end", () => {
  const done = (outcome: string, searched: number) =>
    withoutMatch({ type: "done", version: 1, outcome, count: 0, searched, bytes: 31, wallMs: 1, queueMs: 0, canContinue: false })
  assert.equal(done("no-match", 31), "No match in the text.")
  assert.equal(done("limit", 0), "Limit reached. Whether there is a match is not known.")
  assert.equal(done("timeout", 12), "Timed out. There is no match in the first 12 bytes; what follows was not searched.")
  assert.match(done("cancelled", 0), /^Cancelled\. Whether/)
  assert.doesNotMatch(done("error", 0), /No match/)
})

test("what tests exercise, and why nothing", () => {
  const said = (matches: number, left: number, inputs: number) =>
    coverageWords({ type: "test-coverage", serial: 1, pattern: 0, parts: 5, exercised: matches > 0 ? 2 : 0, matches, gaps: [], left: Array<string>(left).fill("x: why") }, inputs)
  assert.equal(said(3, 1, 4), "Tests exercise 2 of 5 parts of the pattern")
  assert.equal(said(0, 0, 2), "No text matched, so that none of 5 parts of the pattern is exercised")
  assert.equal(said(0, 1, 2), "No text matched, so that none of 5 parts of the pattern is exercised")
  assert.equal(said(0, 0, 0), "There is no text, so that none of 5 parts of the pattern is exercised")
  assert.equal(said(0, 2, 2), "What the tests exercise is not known: no text could be followed")
})

test("flags", () => {
  const flags = ["i", "m", "x"].map((letter) => ({ letter, name: "", description: "" }))
  const flavor = { name: "go", label: "Go", aliases: ["re2"], flags, engine: { name: "regexp", version: "1" }, engines: [] }
  assert.equal(toggleFlag(flavor, "x", "i"), "ix")
  assert.equal(toggleFlag(flavor, "ix", "i"), "x")
  assert.deepEqual(fitFlags(flavor, "xUi"), { kept: "ix", dropped: "U" })
  assert.equal(findFlavor([flavor], "re2"), flavor)
  assert.equal(findFlavor([flavor], "perl"), undefined)
})

test("what cannot be seen is labelled", () => {
  const pieces = visiblePieces("a\r\n\0\u00a0\udcc3\u200b\t😀b")
  assert.deepEqual(
    pieces.map((p) => (typeof p == "string" ? p : `<${p.label}>`)).join(""),
    "a<CR><↵><NUL><NBSP><\\xC3><ZWSP><⇥>😀b",
  )
})
