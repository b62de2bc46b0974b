import assert from "node:assert/strict"
import { test } from "node:test"
import { Text } from "@codemirror/state"
import { type Results, SpanStore, readMatchesHeader, viewFile } from "../src/state"
import { matchesFrame } from "./frames"

const store = new SpanStore(2)
const frame = matchesFrame(1, 0, 9, [[[0, 3], [1, 2]], [[3, 3], null]])
store.append(frame, readMatchesHeader(frame))
const text = '<b>\udcff\0'
const results: Results = {
  version: 1, store, doc: Text.of([text]), query: "", groups: [{ number: 0, name: "" }, { number: 1, name: "x<y" }],
}
const item = (depth: number, title: string) => ({ depth, kind: "literal", title, from: 0, to: 1, group: 0 })
const view = {
  flavor: "Go", engine: "regexp go1.26", flags: "i", pattern: "<script>", tokens: undefined, outcome: "2 matches", results, count: 2, text,
  explanation: [item(0, "a"), item(1, "b"), item(2, "c"), item(1, "d"), item(0, "e")], summary: ["Twice & more."], link: "#x", made: new Date(0),
}

test("a page has what is on screen, and nothing in it is markup or script", () => {
  const html = viewFile(view)
  assert.ok(!html.includes("<script") && !html.includes("<b>\udcff"))
  assert.ok(html.includes('<pre class="pattern">&#60;script&#62;</pre>'))
  assert.ok(html.includes('<mark class="m0" title="match 1">&#60;b&#62;</mark><mark class="m1" title="match 2"><i></i></mark>\\xFF␀</pre>'))
  assert.ok(html.includes("1 x&#60;y"))
  assert.ok(html.includes("Twice &#38; more."))
  assert.equal(html.match(/<ul>/g)!.length, html.match(/<\/ul>/g)!.length)
  assert.equal(html.match(/<li>/g)!.length, html.match(/<\/li>/g)!.length)
})

test("what is left out is said", () => {
  const html = viewFile({ ...view, count: 5000, text: "x".repeat(300_000), explanation: [] })
  assert.ok(html.includes("first 200,000 characters of 300,000") && html.includes("and 3,000 more"))
  assert.ok(!html.includes("Explanation"))
})
