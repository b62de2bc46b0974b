import assert from "node:assert/strict"
import { test } from "node:test"
import { measurableEngines, searchTime, speedRows, threeDigits } from "../src/state"
import type { Flavor, Speed } from "../src/wire"

const speed = (name: string, outcome: string, lowMs: number, medianMs: number, highMs: number): Speed => ({
  flavor: "F", engine: { name, version: "1" }, flags: "", outcome, count: 4, lowMs, medianMs, highMs,
})

test("the fastest is first, and its best quarter has the longest bar", () => {
  const rows = speedRows(
    [speed("slow", "match", 4, 8, 16), speed("out", "timeout", 0, 0, 0), speed("fast", "no-match", 1, 2, 4), speed("waits", "match", 0, 0, 0)],
    2_000_000,
  )
  assert.deepEqual(rows.map(({ speed }) => speed.engine.name), ["fast", "slow", "out", "waits"])
  assert.deepEqual(rows[0]!.rate, { megabytes: 1000, matches: 2000 })
  assert.deepEqual(rows[0]!.bars!.megabytes, { median: 0.5, low: 0.25, high: 1 })
  assert.deepEqual(rows[1]!.bars!.megabytes, { median: 0.125, low: 0.0625, high: 0.25 })
  assert.deepEqual(rows[1]!.bars!.matches, rows[1]!.bars!.megabytes)
  assert.equal(rows[2]!.bars ?? rows[3]!.rate, undefined)
  assert.deepEqual(speedRows([], 0), [])
})

test("who finds other matches has other bars for them", () => {
  const rows = speedRows([{ ...speed("few", "match", 1, 1, 1), count: 2 }, speed("many", "match", 2, 2, 2), { ...speed("none", "no-match", 4, 4, 4), count: 0 }], 1000)
  assert.deepEqual(rows.map(({ bars }) => bars!.megabytes.median), [1, 0.5, 0.25])
  assert.deepEqual(rows.map(({ bars }) => bars!.matches?.median), [1, 1, undefined])
  const alone = speedRows([{ ...speed("none", "no-match", 4, 4, 4), count: 0 }], 1000)
  assert.deepEqual(alone[0]!.bars, { megabytes: { median: 1, low: 1, high: 1 } })
})

test("engines that are missing cannot be measured", () => {
  const flavor: Flavor = {
    name: "f", label: "F", aliases: [], flags: [],
    engines: [{ engine: { name: "a", version: "1" } }, { engine: { name: "b", version: "" }, missing: "install it" }],
  }
  assert.deepEqual(measurableEngines([flavor]).map(({ name, flavor }) => name + flavor), ["aF"])
})

test("numbers have the digits that mean something", () => {
  assert.deepEqual([0.1234, 1.2345, 12.345, 123.45, 1234.5, 1234567].map(threeDigits), ["0.12", "1.23", "12.3", "123", "1,230", "1,230,000"])
  assert.deepEqual([0.00051, 0.5, 1, 99.96, 1500].map(searchTime), ["0.51 µs", "500 µs", "1.00 ms", "100 ms", "1.50 s"])
})
