import assert from "node:assert/strict"
import { test } from "node:test"
import { Text } from "@codemirror/state"
import { type Results, SpanStore, exportMatches, markdownMatches, readMatchesHeader } from "../src/state"
import { matchesFrame } from "./frames"

// The text is `é"a,b|` and a byte that is not UTF-8; bytes and units differ.
const store = new SpanStore(3)
const frame = matchesFrame(
  1, 0, 9,
  [[[0, 5], [2, 3], null], [[6, 6], null, [6, 6]], [[6, 8], [7, 8], null]],
  [[[0, 4], [1, 2], null], [[5, 5], null, [5, 5]], [[5, 7], [6, 7], null]],
)
store.append(frame, readMatchesHeader(frame))
const results: Results = {
  version: 1, store, doc: Text.of(['é"a,b|\udcff']), query: "",
  groups: [{ number: 0, name: "" }, { number: 1, name: "x" }, { number: 2, name: "" }],
}

test("JSON is what it says, in bytes", () => {
  const all = JSON.parse(exportMatches(results, 3, "json").join(""))
  assert.equal(all.length, 3)
  assert.deepEqual(all[0], {
    start: 0, end: 5, text: 'é"a,',
    groups: [{ number: 1, name: "x", start: 2, end: 3, text: '"' }, { number: 2, start: null, end: null, text: null }],
  })
  assert.equal(all[2].text, "|\ufffd")
  assert.deepEqual(JSON.parse(exportMatches(results, 0, "json").join("")), [])
})

test("CSV has a row for each match, and tells empty groups from those that took no part", () => {
  const lines = exportMatches(results, 3, "csv").join("").split("\r\n")
  assert.deepEqual(lines, ["start,end,match,x,group 2", '0,5,"é""a,","""",', '6,6,"",,""', "6,8,|\ufffd,\ufffd,", ""])
})

test("text has a line for each match", () => {
  assert.equal(exportMatches(results, 2, "text").join(""), 'é"a,\n\n')
})

test("Markdown is a table that its content cannot break", () => {
  const text = markdownMatches(results, 3, { pattern: "a|`b`", flags: "i", flavor: "Go", engine: "regexp" }, 2)
  assert.deepEqual(text.split("\n"), [
    "`` a\\|`b` `` with flags `i`, Go (regexp): 3 matches", "",
    "| # | bytes | match | 1 `x` | 2 |", "| --- | --- | --- | --- | --- |",
    '| 1 | 0–5 | `é"a,` | `"` | – |', "| 2 | 6–6 | (empty) | – | (empty) |", "", "… and 1 more", "",
  ])
})
