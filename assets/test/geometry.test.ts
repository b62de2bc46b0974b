import assert from "node:assert/strict"
import { test } from "node:test"
import { geometry } from "../src/state"

const small = { rows: 100, rowHeight: 30, viewport: 300 }
const huge = { rows: 1_000_000, rowHeight: 100, viewport: 500 }

test("a short list is what it seems", () => {
  assert.equal(geometry.isScaled(small), false)
  assert.equal(geometry.scrollHeight(small), 3000)
  assert.deepEqual(geometry.rowsAt(small, 60, 0), [2, 12])
  assert.deepEqual(geometry.rowsAt(small, 0, 4), [0, 14])
  assert.equal(geometry.topOf(small, 5, 60), 150)
})

test("a million rows are reached by the scroll bar, first to last", () => {
  assert.equal(geometry.scrollHeight(huge), geometry.HeightLimit)
  const bottom = geometry.HeightLimit - huge.viewport
  assert.equal(geometry.offsetOf(huge, 0), 0)
  const end = geometry.offsetOf(huge, bottom)
  assert.ok(Math.abs(end - geometry.maxOffset(huge)) < 1)
  assert.equal(geometry.rowsAt(huge, end, 0)[1], huge.rows)
  for (const offset of [0, 12_345, 50_000_000, geometry.maxOffset(huge)]) {
    assert.ok(Math.abs(geometry.offsetOf(huge, geometry.scrollTopOf(huge, offset)) - offset) < 1e-3)
    // Rows on screen lie within the scrolled element, at the place scrolled to.
    const [first] = geometry.rowsAt(huge, offset, 0)
    const top = geometry.topOf(huge, first, offset) - geometry.scrollTopOf(huge, offset)
    assert.ok(top < 1e-6 && top > -huge.rowHeight)
  }
})

test("revealing moves no more than needed", () => {
  assert.equal(geometry.reveal(small, 3, 60), 60)
  assert.equal(geometry.reveal(small, 0, 60), 0)
  assert.equal(geometry.reveal(small, 20, 60), 330)
  assert.equal(geometry.reveal(small, 99, 0), 2700)
  assert.equal(geometry.reveal({ rows: 5, rowHeight: 900, viewport: 300 }, 2, 0), 1800)
})
