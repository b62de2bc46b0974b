import assert from "node:assert/strict"
import { test } from "node:test"
import { conditionsOf, costsOf, patternPieces, warmth } from "../src/state"
import type { DebugEvent, DebugProgram } from "../src/wire"

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
