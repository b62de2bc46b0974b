import assert from "node:assert/strict"
import { test } from "node:test"
import { placeInfo } from "../src/editor/completioninfo"

const rect = (left: number, top: number, width: number, height: number) => ({ left, top, right: left + width, bottom: top + height })
const info = rect(0, 0, 300, 80)

test("beside the list where there is room", () => {
  const space = rect(0, 0, 1000, 800)
  const list = rect(100, 100, 260, 264)
  assert.deepEqual(placeInfo(list, rect(100, 200, 260, 26), info, space, null), {
    style: "top: 100px; max-width: 360px",
    class: "cm-completionInfo-right",
  })
  assert.equal(placeInfo(rect(700, 100, 260, 264), rect(700, 200, 260, 26), info, space, null).class, "cm-completionInfo-left")
  // It is within the space, whatever the option.
  assert.match(placeInfo(rect(100, 600, 260, 190), rect(100, 770, 260, 26), info, space, null).style, /^top: 120px/)
})

test("below or above a list as wide as the screen", () => {
  const space = rect(0, 0, 390, 800)
  const below = placeInfo(rect(16, 100, 358, 264), rect(16, 200, 358, 26), info, space, rect(16, 80, 1, 18))
  assert.equal(below.class, "cm-completionInfo-below")
  assert.equal(below.style, "top: 268px; left: 0px; max-width: 360px; max-height: 424px")
  // Above, when the list is above what is typed: that stays visible.
  const above = placeInfo(rect(16, 300, 358, 264), rect(16, 400, 358, 26), info, space, rect(16, 566, 1, 18))
  assert.equal(above.class, "cm-completionInfo-above")
  assert.match(above.style, /^bottom: 268px/)
  // Where nothing is left below.
  assert.equal(placeInfo(rect(16, 500, 358, 264), rect(16, 600, 358, 26), info, space, rect(16, 480, 1, 18)).class, "cm-completionInfo-above")
  // A list at the right edge: the explanation is moved into the space.
  assert.match(placeInfo(rect(160, 100, 222, 264), rect(160, 200, 222, 26), info, space, null).style, /left: -78px/)
})

test("it scrolls where neither has the room", () => {
  const { style } = placeInfo(rect(16, 40, 358, 264), rect(16, 60, 358, 26), info, rect(0, 0, 390, 360), rect(16, 20, 1, 18))
  assert.match(style, /^top: .*max-height: 44px$/)
})
