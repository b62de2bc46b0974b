import assert from "node:assert/strict"
import { test } from "node:test"
import { Text } from "@codemirror/state"
import { type Results, Expander, Replacer, SpanStore, namedReferences, readMatchesHeader, unescapeSeparator } from "../src/state"
import type { Template, TemplatePart } from "../src/wire"
import data from "./data/expansions.json"
import { matchesFrame } from "./frames"

interface Expansion {
  syntax: string
  source: string
  utf: boolean
  parts: TemplatePart[]
  last: number
  text: string
  matches?: number[][]
  expanded: string
}

const expansions = data as Expansion[]

// Each character a match, and its group 1.
function characters(text: string): number[][] {
  let at = 0
  return [...text].map((char) => [at, at + char.length, at, (at += char.length)])
}

test("the page expands as the server does", () => {
  assert.ok(expansions.length > 15)
  for (const { syntax, source, text, matches, expanded, ...template } of expansions) {
    const expander = new Expander(template, template.last)
    const wanted = expanded.split("\n")
    ;(matches ?? characters(text)).forEach((match, i) => {
      const got = expander.expand({
        start: (group) => match[2 * group] ?? -1,
        end: (group) => match[2 * group + 1]!,
        slice: (from, to) => text.slice(from, to),
        length: text.length,
      })
      const want = wanted[i]!.replaceAll("%FF", "\udcff")
      assert.equal(got, want, `${syntax} ${source} of ${text.slice(match[0], match[1])} (${text.codePointAt(match[0]!)?.toString(16)})`)
    })
  }
})

function results(text: string, rows: ([number, number] | null)[][], numbers: number[]): Results {
  const store = new SpanStore(numbers.length)
  const frame = matchesFrame(1, 0, text.length, rows)
  store.append(frame, readMatchesHeader(frame))
  return { version: 1, store, groups: numbers.map((number) => ({ number, name: "" })), doc: Text.of(text.split("\n")), query: "" }
}

const always = () => false
const template = { utf: true, parts: [{ kind: "text", text: "<" }, { kind: "group", groups: [3] }, { kind: "text", text: ">" }] } as unknown as Template

test("a result is made as text, as changes and as a list, and piece by piece", () => {
  const found = results("ab cd\nef", [[[0, 2], [1, 2]], [[6, 8], null]], [0, 3])
  const whole = new Replacer(template, found, "text", "").next(true, true, always)
  assert.deepEqual(whole, { text: "<b> cd\n<>", deleted: [], inserted: [] })
  const changes = new Replacer(template, found, "changes", "").next(true, true, always)
  assert.deepEqual(changes, { text: "ab<b> cd\nef<>", deleted: [0, 2, 9, 11], inserted: [2, 5, 11, 13] })
  const list = new Replacer(template, found, "list", ", ").next(true, true, always)
  assert.equal(list.text, "<b>, <>")
  // One match at a time, and the rest when the search has ended.
  const replacer = new Replacer(template, found, "text", "")
  const one = (units: number) => units > 0
  assert.equal(replacer.next(false, false, one).text, "<b>")
  assert.equal(replacer.next(false, false, one).text, " cd\n<>")
  assert.equal(replacer.next(false, false, one).text, "")
  assert.equal(replacer.complete, false)
  assert.equal(replacer.next(true, false, one).text, "")
  assert.equal(replacer.complete, true)
})

test("a match that stays as it is, is no change", () => {
  const same = { utf: true, parts: [{ kind: "group", groups: [0] }] } as unknown as Template
  const { text, deleted } = new Replacer(same, results("abc", [[[1, 2]]], [0]), "changes", "").next(true, true, always)
  assert.deepEqual([text, deleted], ["abc", []])
})

test("matches that overlap have no result", () => {
  const replacer = new Replacer(template, results("abc", [[[0, 2], null], [[1, 3], null]], [0, 3]), "text", "")
  replacer.next(true, true, always)
  assert.deepEqual([replacer.stopped, replacer.complete], ["order", false])
})

test("how groups are named", () => {
  const words = "the group with this name or number"
  const elements = [{ form: "$1", words }, { form: "${name}", words }, { form: "\\N{name}", words: "the character with this name" }]
  assert.deepEqual(namedReferences(elements), [{ before: "${", after: "}" }])
})

test("separators", () => {
  assert.equal(unescapeSeparator("a\\n\\t\\0\\\\n\\x"), "a\n\t\0\\n\\x")
})
