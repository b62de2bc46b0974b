import assert from "node:assert/strict"
import { test } from "node:test"
import { type Sources, placeOf, suggestions, template } from "../src/state"
import type { Feature } from "../src/wire"

const feature = (id: string, syntax: string, category = "Groups", flavors = ["go", "js"]): Feature => ({
  id,
  category,
  title: id,
  syntax,
  meaning: `What ${id} means.`,
  examples: [],
  flavors,
  notes: [{ flavor: "js", text: "So it is in JavaScript." }],
})

const sources: Sources = {
  features: [
    feature("escape-newline", "\\n", "Characters"),
    feature("digit", "\\d \\D", "Character classes"),
    feature("property", "\\p{L} \\p{Lu} \\P{L}", "Character classes"),
    feature("word-boundary", "\\b", "Anchors and boundaries"),
    feature("keep-out", "\\K", "Anchors and boundaries", ["perl"]),
    feature("named-group", "(?<name>...)"),
    feature("lookahead", "(?=...)"),
    feature("verb-fail", "(*FAIL) (*F)"),
  ],
  names: {
    posix: ["alnum", "alpha", "digit"],
    properties: [
      { name: "L", kind: "category", also: "Letter" },
      { name: "Lu", kind: "category", also: "Uppercase_Letter" },
      { name: "Greek", kind: "script", also: "Grek" },
    ],
  },
  groups: [
    { number: 1, name: "" },
    { number: 2, name: "year" },
  ],
  flavor: "go",
  flags: "",
  inClass: false,
  after: "",
}

function offered(before: string, more: Partial<Sources> = {}): string[] {
  const all = { ...sources, ...more }
  const place = placeOf(before, all.inClass)
  return place ? suggestions(place, all).map(({ label }) => label) : []
}

// The text with one of the suggestions, and | for the caret.
function accepted(before: string, label: string, more: Partial<Sources> = {}): string {
  const all = { ...sources, ...more }
  const place = placeOf(before, all.inClass)!
  const chosen = suggestions(place, all).find((s) => s.label == label)!
  const text = before.slice(0, place.from) + chosen.insert + all.after
  const caret = place.from + chosen.caret
  return text.slice(0, caret) + "|" + text.slice(caret)
}

test("a backslash offers the escapes of the flavor, and the groups there are", () => {
  assert.deepEqual(offered("a\\"), ["\\n", "\\d", "\\D", "\\p{L}", "\\P{L}", "\\b", "\\1", "\\2"])
  assert.deepEqual(offered("a\\p"), ["\\p{L}"])
  assert.deepEqual(offered("a\\d"), [], "it is there already")
  assert.deepEqual(offered("a\\\\"), [], "an escaped backslash")
  assert.deepEqual(offered("a\\\\\\"), offered("\\"))
  assert.deepEqual(offered("[\\", { inClass: true }), ["\\n", "\\d", "\\D", "\\p{L}", "\\P{L}"], "no anchors in a class")
  assert.ok(!offered("\\", { flavor: "js" }).includes("\\p{L}"), "without u, JavaScript has no properties")
  assert.ok(offered("\\", { flavor: "js", flags: "u" }).includes("\\p{L}"))
})

test("a group opens with a question mark", () => {
  assert.deepEqual(offered("(?"), ["(?<name>...)", "(?=...)"])
  assert.deepEqual(offered("(?<"), ["(?<name>...)"])
  assert.deepEqual(offered("(*"), ["(*FAIL)", "(*F)"])
  assert.deepEqual(offered("("), [], "nothing for a mere parenthesis")
  assert.deepEqual(offered("\\(?"), [])
  assert.deepEqual(offered("(?", { inClass: true }), [])
  assert.equal(accepted("a(?", "(?=...)"), "a(?=|)")
  assert.equal(accepted("a(?", "(?=...)", { after: ")" }), "a(?=|)", "the parenthesis is there already")
  assert.equal(accepted("(?", "(?<name>...)"), "(?<|>)")
})

test("names of properties, groups and POSIX classes", () => {
  assert.deepEqual(offered("\\p{"), ["L", "Lu", "Greek"])
  assert.deepEqual(offered("\\p{upper"), ["Lu"], "by the longer name too")
  assert.deepEqual(offered("[\\p{^g", { inClass: true }), ["Greek"])
  assert.equal(accepted("\\p{Gr", "Greek"), "\\p{Greek}|")
  assert.equal(accepted("\\p{Gr", "Greek", { after: "}" }), "\\p{Greek}|", "the caret goes behind the brace that is there")
  assert.deepEqual(offered("\\k<"), ["year"])
  assert.equal(accepted("\\k<y", "year"), "\\k<year>|")
  assert.equal(accepted("\\k'", "year"), "\\k'year'|")
  assert.equal(accepted("(?P=", "year"), "(?P=year)|")
  assert.deepEqual(offered("\\\\k<"), [])
  assert.deepEqual(offered("[[:a", { inClass: true }), ["alnum", "alpha"])
  assert.deepEqual(offered("[:a"), [], "outside of a class it is none")
  assert.equal(accepted("[[:^d", "digit", { inClass: true }), "[[:^digit:]|")
})

test("what a spelling leaves out", () => {
  const shown = (spelling: string) => {
    const { text, caret } = template(spelling)
    return text.slice(0, caret) + "|" + text.slice(caret)
  }
  const all: Record<string, string> = {
    "\\x{1F600}": "\\x{|}",
    "\\u0041": "\\u|",
    "\\cA": "\\c|",
    "\\Q...\\E": "\\Q|\\E",
    "\\b{g}": "\\b{g}|",
    "\\B": "\\B|",
    "(?P<name>...)": "(?P<|>)",
    "(?P=name)": "(?P=|)",
    "(?<name-other>...)": "(?<|->)",
    "(?(name)yes|no)": "(?(|)|)",
    "(?(1)yes|no)": "(?(1)||)",
    '(?C"text")': '(?C"|")',
    "(?R)": "(?R)|",
    "(*MARK:NAME)": "(*MARK:|)",
  }
  for (const [spelling, want] of Object.entries(all)) assert.equal(shown(spelling), want)
})
