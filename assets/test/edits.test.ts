import assert from "node:assert/strict"
import { test } from "node:test"
import { ChangeSet, type ChangeSpec, Text } from "@codemirror/state"
import { encode } from "../src/codec"
import { bytesAdded, docBytes, longestLine, runesBefore, wireEdits } from "../src/state"
import type { Edit } from "../src/wire"

const doc = (text: string) => Text.of(text.split("\n"))

function edits(text: string, ...changes: ChangeSpec[]): { edits: Edit[]; after: string } {
  const before = doc(text)
  let set: ChangeSet | undefined
  let after = before
  for (const change of changes) {
    const next = ChangeSet.of(change, after.length, "\n")
    after = next.apply(after)
    set = set ? set.compose(next) : next
  }
  assert.equal(bytesAdded(before, after, set!), encode(after.toString()).length - encode(text).length)
  return { edits: wireEdits(before, after, set!), after: after.toString() }
}

test("one key", () => {
  assert.deepEqual(edits("abc", { from: 1, insert: "x" }).edits, [{ from: 1, to: 1, insert: "x" }])
})

test("keys of one frame are composed, in positions of the text before", () => {
  const result = edits("hello world", { from: 0, insert: "A" }, { from: 7, to: 9, insert: "" }, { from: 1, insert: "B" })
  assert.equal(result.after, "ABhello rld")
  assert.deepEqual(result.edits, [{ from: 0, to: 0, insert: "AB" }, { from: 6, to: 8 }])
})

test("line ends and CR stay", () => {
  assert.deepEqual(edits("a\nb", { from: 1, insert: "\r\n" }).edits, [{ from: 1, to: 1, insert: "\r\n" }])
})

test("an edit never cuts a surrogate pair", () => {
  // U+1F600 becomes U+1F601 by its second unit alone.
  assert.deepEqual(edits("a\u{1f600}b", { from: 2, to: 3, insert: "\ude01" }).edits, [{ from: 1, to: 3, insert: "\u{1f601}" }])
  // Two lone halves meet.
  assert.deepEqual(edits("\ud83dx\ude00", { from: 1, to: 2 }).edits, [{ from: 0, to: 3, insert: "\u{1f600}" }])
})

test("escaped bytes travel as base64, other halves as U+FFFD", () => {
  assert.deepEqual(edits("ab", { from: 1, insert: "\udcff" }).edits, [{ from: 1, to: 1, insertBase64: "/w==" }])
  assert.deepEqual(edits("ab", { from: 1, insert: "\ud800" }).edits, [{ from: 1, to: 1, insertBase64: "77+9" }])
})

test("facts about a text", () => {
  const lines = Array.from({ length: 5000 }, (_, i) => (i % 7 ? "plain line" : "smile \u{1f600}\u{1f600} é"))
  const text = doc(lines.join("\n"))
  const flat = lines.join("\n")
  assert.equal(longestLine(text), "smile \u{1f600}\u{1f600} é".length)
  assert.equal(docBytes(text), encode(flat).length)
  for (const pos of [0, 7, 8, 100, 12_345, flat.length]) {
    assert.equal(runesBefore(text, pos), [...flat.slice(0, pos)].length, String(pos))
  }
})
