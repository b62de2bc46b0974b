import assert from "node:assert/strict"
import { test } from "node:test"
import { NoFolds, Outline, Rows, itemsOf } from "../src/state"

const item = (depth: number, from: number, to: number, title: string) => ({ depth, from, to, title, kind: "", group: 0 })

// (a|(bc))x as a tree.
const pattern = "(a|(bc))x"
const outline = new Outline([
  item(0, 0, 8, "group 1"),
  item(1, 1, 2, "the character a"),
  item(1, 3, 7, "group 2"),
  item(2, 4, 6, "the characters bc"),
  item(0, 8, 9, "the character x"),
])

test("items take their words from those of the explanation", () => {
  const words = [{ kind: "dot", title: "any character", details: ["but a line feed"] }, { kind: "group", title: "group 1", flags: "i" }]
  const items = itemsOf({ type: "explanation", version: 1, summary: [], words, items: [0, 0, 3, 1, 1, 1, 1, 2, 0, 0, 0, 3, 4, 0, 0] })
  assert.deepEqual(items, [
    { kind: "group", title: "group 1", flags: "i", depth: 0, from: 0, to: 3, group: 1 },
    { kind: "dot", title: "any character", details: ["but a line feed"], depth: 1, from: 1, to: 2, group: 0 },
    { kind: "dot", title: "any character", details: ["but a line feed"], depth: 0, from: 3, to: 4, group: 0 },
  ])
})

test("a tree from a list", () => {
  assert.deepEqual([...outline.parents], [-1, 0, 0, 2, -1])
  assert.deepEqual([...outline.ends], [4, 2, 4, 4, 5])
  assert.deepEqual([...outline.places], [1, 1, 2, 1, 2])
  assert.deepEqual([...outline.sizes], [2, 2, 2, 1, 2])
  assert.deepEqual(outline.siblings(1), [1, 2])
  assert.deepEqual(outline.siblings(4), [0, 4])
  assert.equal(outline.hasChildren(3), false)
})

test("the innermost item at a place", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((pos) => outline.at(pos)), [0, 1, 0, 2, 3, 3, 2, 0, 4, -1])
  const empty = new Outline([item(0, 0, 0, "nothing")])
  assert.equal(empty.at(0), 0)
  assert.equal(new Outline([item(0, 0, 0, "nothing"), item(0, 0, 1, "a")]).at(0), 1, "what has a width comes first")
  const inGroup = new Outline([item(0, 0, 4, "group"), item(1, 1, 1, "nothing"), item(1, 2, 3, "a")])
  assert.deepEqual([0, 1, 2, 3].map((pos) => inGroup.at(pos)), [0, 1, 2, 0])
})

test("folded items hide what is in them", () => {
  assert.deepEqual(outline.visible(new Set()), [0, 1, 2, 3, 4])
  assert.deepEqual(outline.visible(new Set([2])), [0, 1, 2, 4])
  assert.deepEqual(outline.visible(new Set([0, 2])), [0, 4])
  assert.equal(outline.shown(3, new Set([2])), 2)
  assert.equal(outline.shown(3, new Set([0, 2])), 0)
  assert.equal(outline.shown(3, new Set()), 3)
})

test("what is folded stays folded while the pattern is typed", () => {
  const folds = outline.folds(new Set([2]), pattern)
  assert.deepEqual([...outline.folded(folds, pattern)], [2])
  const longer = new Outline([
    item(0, 0, 1, "y"),
    item(0, 1, 10, "group 1"),
    item(1, 2, 3, "a"),
    item(1, 4, 9, "group 2"),
    item(2, 5, 8, "bcd"),
  ])
  assert.deepEqual([...longer.folded(outline.folds(new Set([2]), pattern), "y" + pattern)], [], "another tree")
  const moved = new Outline(outline.items.map((i) => ({ ...i, from: i.from + 1, to: i.to + 1 })))
  assert.deepEqual([...moved.folded(folds, "y" + pattern)], [2])
  const inside = new Outline(outline.items.map((i) => ({ ...i, to: i.to >= 6 ? i.to + 1 : i.to, from: i.from >= 6 ? i.from + 1 : i.from })))
  assert.deepEqual([...inside.folded(folds, "(a|(bcd))x")], [2], "with more in it")
  assert.deepEqual([...outline.folded(NoFolds, pattern)], [])
})

test("typing finds a title", () => {
  const rows = outline.visible(new Set())
  assert.equal(outline.find(rows, 0, "the"), 1)
  assert.equal(outline.find(rows, 1, "t"), 3, "the next one")
  assert.equal(outline.find(rows, 4, "t"), 1, "around the end")
  assert.equal(outline.find(rows, 2, "group 2"), 2, "the present one still fits")
  assert.equal(outline.find(rows, 0, "z"), -1)
})

test("rows of several heights", () => {
  const rows = new Rows([10, 20, 30, 40])
  assert.equal(rows.height, 100)
  assert.deepEqual([0, 9, 10, 59, 60, 1000].map((y) => rows.at(y)), [0, 0, 1, 2, 3, 3])
  assert.deepEqual(rows.range(12, 20, 0), [1, 3])
  assert.deepEqual(rows.range(0, 1000, 5), [0, 4])
  assert.deepEqual(new Rows([]).range(0, 100, 2), [0, 0])
  assert.equal(rows.reveal(3, 0, 50, 0), 50)
  assert.equal(rows.reveal(0, 50, 50, 0), 0)
  assert.equal(rows.reveal(1, 5, 50, 0), 5, "it is on screen")
  assert.equal(rows.reveal(3, 0, 20, 0), 60, "one that does not fit shows its beginning")
})
