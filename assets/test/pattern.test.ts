import assert from "node:assert/strict"
import { test } from "node:test"
import { Tokens, countOf, difference, findProblems, fixOf, mapSpan } from "../src/state"
import type { Diagnostic } from "../src/wire"

const names = ["literal", "group-open", "group-close", "class-open", "class-close", "error"]
const range = (from: number, to: number) => ({ from, to, fromBytes: from, toBytes: to })

// (a[b])( of which the last group is not closed.
const tokens = new Tokens(
  {
    tokens: [1, 1, 0, 1, 3, 1, 0, 1, 4, 1, 2, 1, 1, 1],
    pairs: [0, 5, 1, 2, 4, 0],
    groups: [
      { number: 1, name: "", span: range(0, 6) },
      { number: 2, name: "", span: range(6, 7) },
    ],
  },
  names,
)

test("tokens are found by their places", () => {
  assert.deepEqual([0, 1, 2, 5, 6].map((pos) => tokens.kind(tokens.at(pos))), [
    "group-open",
    "literal",
    "class-open",
    "group-close",
    "group-open",
  ])
  assert.equal(tokens.at(7), -1)
  assert.deepEqual([tokens.from(2), tokens.to(2)], [2, 3])
})

test("brackets know their other half and their group", () => {
  assert.deepEqual(tokens.bracketsAt(0), [0, 5])
  assert.deepEqual(tokens.bracketsAt(6), [5, 0], "before the caret, when that after it stands alone")
  assert.deepEqual(tokens.bracketsAt(2), [2, 4], "after the caret first")
  assert.equal(tokens.bracketsAt(7), undefined)
  assert.deepEqual([0, 1, 5, 6].map((i) => tokens.group(i)), [1, 0, 1, 2], "of a group that is not closed too")
})

test("a span moves with what was typed since", () => {
  const moved = (before: string, after: string, from: number, to: number) => {
    const span = mapSpan({ from, to }, difference(before, after))
    return after.slice(span.from, span.to)
  }
  assert.equal(difference("abc", "abc"), undefined)
  assert.equal(moved("ab[A-z]", "abc[A-z]", 3, 6), "A-z")
  assert.equal(moved("ab[A-z]", "ab[A-z]+", 3, 6), "A-z")
  assert.equal(moved("ab[A-z]", "ab[A-9z]", 3, 6), "A-9z")
  assert.equal(moved("ab[A-z]", "ab", 3, 6), "")
  assert.equal(moved("aaaa", "aaaaa", 0, 1), "a", "where it cannot be told which was typed")
})

const diagnostic = (severity: string, from: number, to: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: "x",
  severity,
  message: severity,
  span: range(from, to),
  ...more,
})
const query = { flavor: "go", flags: "", pattern: "a[A-z](" }
const older = { ...query, pattern: "a[A-z]" }
const engine = diagnostic("error", 6, 7)
const parsed = diagnostic("error", 6, 7, { fix: { span: range(7, 7), text: ")" } })
const second = diagnostic("error", 0, 1)
const warning = diagnostic("warning", 2, 5)

test("the engine's error is in the alert, the parser's others in the list", () => {
  const analysis = { query, msg: { errors: [parsed, second] } }
  const found = findProblems({ status: { query, phase: "invalid" }, error: engine, analysis, warnings: undefined })
  assert.deepEqual(found.marked.map((p) => p.diagnostic), [engine, second])
  assert.deepEqual(found.listed.map((p) => p.diagnostic), [second])
  assert.equal(fixOf(engine, analysis)?.text, ")", "the parser knows what to write")
})

test("before the engine has spoken, the parser's errors are marked and not listed", () => {
  const analysis = { query, msg: { errors: [parsed] } }
  const found = findProblems({ status: { query: older, phase: "done" }, error: undefined, analysis, warnings: undefined })
  assert.deepEqual(found.marked.map((p) => p.diagnostic), [parsed])
  assert.deepEqual(found.listed, [])
})

test("what the engine takes is no error", () => {
  const analysis = { query, msg: { errors: [parsed] } }
  const found = findProblems({ status: { query, phase: "done" }, error: undefined, analysis, warnings: undefined })
  assert.equal(found.listed.length, 1)
  assert.equal(found.listed[0]!.diagnostic.severity, "hint")
  assert.match(found.listed[0]!.diagnostic.message, /^The engine takes this/)
})

test("warnings stay until the next ones, unless there are errors", () => {
  const warnings = { query: older, msg: { warnings: [warning] } }
  const valid = findProblems({ status: { query: older, phase: "done" }, error: undefined, analysis: { query: { ...query, pattern: "a[A-z]b" }, msg: { errors: [] } }, warnings })
  assert.deepEqual(valid.listed, [{ diagnostic: warning, pattern: older.pattern }])
  const invalid = findProblems({ status: { query: older, phase: "done" }, error: undefined, analysis: { query, msg: { errors: [parsed] } }, warnings })
  assert.deepEqual(invalid.listed, [])
})

test("without an engine the parser's first error is in the alert", () => {
  const analysis = { query, msg: { errors: [parsed, second] } }
  const found = findProblems({ status: { query, phase: "no-engine" }, error: parsed, analysis, warnings: undefined })
  assert.deepEqual(found.listed.map((p) => p.diagnostic), [second])
})

test("problems are counted in words", () => {
  const all = [warning, warning, diagnostic("hint", 0, 1), second].map((d) => ({ diagnostic: d, pattern: "" }))
  assert.equal(countOf(all), "1 error, 2 warnings, 1 hint")
  assert.equal(countOf([]), "")
})
