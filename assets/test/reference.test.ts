import assert from "node:assert/strict"
import { test } from "node:test"
import { exampleOf, searchFeatures } from "../src/state"
import type { Feature } from "../src/wire"

const feature = (id: string, syntax: string, title: string, meaning = "", more: Partial<Feature> = {}): Feature => ({
  id,
  category: "Classes",
  title,
  syntax,
  meaning,
  examples: [{ flavor: "", pattern: "a", flags: "", text: "a" }],
  flavors: ["go"],
  notes: [],
  ...more,
})

const features = [
  feature("dot", ".", "Any character", "Matches one character, but no line feed."),
  feature("digit", "\\d \\D", "Digit", "A digit, and what is none."),
  feature("feed", "\\n", "Line feed"),
  feature("lookbehind", "(?<=...)", "Lookbehind", "Looks at what is before.", { notes: [{ flavor: "go", text: "Not in Go." }] }),
]
const ids = (words: string) => searchFeatures(features, words).map(({ id }) => id)

test("what is written so comes first", () => {
  assert.deepEqual(ids(""), ["dot", "digit", "feed", "lookbehind"])
  assert.deepEqual(ids("\\D"), ["digit"])
  assert.deepEqual(ids("."), ["dot", "lookbehind", "digit"])
  assert.deepEqual(ids("(?<="), ["lookbehind"])
  assert.deepEqual(ids("LINE feed"), ["feed", "dot"], "called so before about it")
  assert.deepEqual(ids("not in go"), ["lookbehind"], "notes are searched too")
  assert.deepEqual(ids("feed digit"), [])
})

test("a flavor's own example comes before the common one", () => {
  const own = { flavor: "js", pattern: "b", flags: "u", text: "b" }
  const both = feature("x", "x", "x", "", { examples: [...features[0]!.examples, own] })
  assert.equal(exampleOf(both, "js"), own)
  assert.equal(exampleOf(both, "go")?.pattern, "a")
  assert.equal(exampleOf(feature("x", "x", "x", "", { examples: [own] }), "go"), undefined)
})
