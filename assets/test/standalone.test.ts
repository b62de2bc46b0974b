import assert from "node:assert/strict"
import { test } from "node:test"
import { pixelRatio, standalone } from "../src/state"
import type { Diagram } from "../src/wire"

const diagram: Diagram = {
  type: "diagram",
  version: 1,
  svg: '<svg class="rr" width="40" height="20"><desc>d</desc><g>&gt;</g></svg>',
  width: 40,
  height: 20,
  cut: false,
  title: "of <a&b>",
  style: ".a{fill:red}",
  darkStyle: ".a{fill:blue}",
}

test("a diagram of its own has styles and a ground, and follows the reader's scheme", () => {
  assert.equal(
    standalone(diagram, "both"),
    '<svg class="rr" width="40" height="20"><title>of &lt;a&amp;b&gt;</title>' +
      "<style>.a{fill:red}@media (prefers-color-scheme: dark){.a{fill:blue}}</style>" +
      '<rect class="rr-ground" width="40" height="20"/><desc>d</desc><g>&gt;</g></svg>',
  )
  assert.match(standalone(diagram, "light"), /<style>.a\{fill:red\}<\/style>/)
  assert.match(standalone(diagram, "dark"), /<style>.a\{fill:red\}.a\{fill:blue\}<\/style>/)
})

test("large pictures are scaled to what browsers draw", () => {
  assert.equal(pixelRatio(900, 600), 2)
  assert.equal(pixelRatio(900, 16_384), 1)
  const ratio = pixelRatio(12_000, 12_000)
  assert.ok(12_000 * ratio * 12_000 * ratio <= 2 ** 26)
})
