import assert from "node:assert/strict"
import { test } from "node:test"
import { conditionsOf, costsOf, heatPlaces, levelsOf, patternPieces, warmth } from "../src/state"
import type { DebugCounts, DebugEvent, DebugProgram } from "../src/wire"

// Each character is of the innermost token that has it, the last one too.
test("pieces of a pattern", () => {
  const pattern = "(a+)b|ac"
  const tokens = [0, 8, 0, 8, 0, 4, 2, 3, 1, 2, 4, 5, 6, 7, 7, 8]
  const pieces = patternPieces({ tokens } as unknown as DebugProgram, pattern.length)
  assert.deepEqual(
    pieces.map(({ token, from, to }) => `${token} ${pattern.slice(from, to)}`),
    ["2 (", "4 a", "3 +", "2 )", "5 b", "1 |", "6 a", "7 c"],
  )
})

test("a group is stepped over as a whole", () => {
  const event = { kind: "enter", depth: 2, token: 5 } as DebugEvent
  assert.deepEqual(conditionsOf("over", false, event), [{ maxDepth: 1 }, { token: 5 }])
  assert.deepEqual(conditionsOf("over", true, event), [{ maxDepth: 2 }])
  assert.deepEqual(conditionsOf("out", false, event), [{ maxDepth: 1 }])
})

test("costs are sorted, and warmth is a logarithm", () => {
  assert.deepEqual(costsOf([0, 1, 0, 0, 0, 3, 0, 5, 2, 1]).map(({ token, steps }) => [token, steps]), [[3, 8], [0, 1]])
  assert.deepEqual([0, 1, 10, 100, 10000].map((n) => warmth(n, 10000)), [0, 1, 2, 3, 5])
})

// Each count is in the level of its legend.
test("the legend of a heat map", () => {
  assert.deepEqual(levelsOf(0), [])
  for (const highest of [1, 2, 3, 7, 100, 12345, 4e8]) {
    const levels = levelsOf(highest)
    assert.equal(levels[0]!.from, 1)
    assert.equal(levels[levels.length - 1]!.to, highest)
    levels.forEach(({ level, from, to }, i) => {
      assert.equal(warmth(from, highest), level)
      assert.equal(warmth(to, highest), level)
      if (i > 0) assert.equal(from, levels[i - 1]!.to + 1)
    })
  }
})

test("places of a heat map", () => {
  // "éb": the second byte of é is of no place of its own.
  const heat = { heat: [3, 1, 1, 0, 0, 0, 0, 0, 0, 2, 0, 1], heatAt: [0, 0, 1, 2], heatBytes: 1 } as unknown as DebugCounts
  assert.deepEqual(
    heatPlaces(heat, 2, 3).map(({ from, to, bytes, heat: { tries } }) => [from, to, ...bytes, tries]),
    [[0, 1, 0, 2, 3], [2, 2, 3, 3, 2]],
  )
  const wide = { heat: [9, 8, 7, 1, 1, 1], heatAt: [0, 16], heatBytes: 16 } as unknown as DebugCounts
  assert.deepEqual(
    heatPlaces(wide, 20, 20).map(({ from, to, bytes, single }) => [from, to, ...bytes, single]),
    [[0, 16, 0, 16, false], [16, 20, 16, 20, false]],
  )
})
