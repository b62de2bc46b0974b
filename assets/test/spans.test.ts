import assert from "node:assert/strict"
import { test } from "node:test"
import { SpanStore, readMatchesHeader } from "../src/state"
import { type Columns, matchesFrame } from "./frames"

function filled(groups: number, ...frames: Uint8Array[]): SpanStore {
  const store = new SpanStore(groups)
  for (const frame of frames) store.append(frame, readMatchesHeader(frame))
  return store
}

const rowsIn = (store: SpanStore, from: number, to: number) => {
  const rows: number[] = []
  store.between(from, to, (row) => void rows.push(row))
  return rows
}

test("groups: unmatched, empty, and before the match", () => {
  const store = filled(3, matchesFrame(7, 0, 99, [[[5, 9], null, [2, 4]], [[9, 9], [9, 9], null]]))
  assert.equal(store.count, 2)
  assert.deepEqual([store.start(0, 1), store.end(0, 1)], [-1, -1])
  assert.deepEqual([store.start(0, 2), store.end(0, 2)], [2, 4])
  assert.deepEqual([store.start(1, 1), store.end(1, 1)], [9, 9])
})

test("header", () => {
  const header = readMatchesHeader(matchesFrame(300, 70_000, 5_000_000, []))
  assert.deepEqual({ ...header, offset: 0 }, { version: 300, first: 70_000, count: 0, searched: 5_000_000, wide: false, marked: false, offset: 0 })
})

test("marks have the names that were sent once", () => {
  const at = (n: number): Columns => [[n, n + 1]]
  const store = filled(
    1,
    matchesFrame(1, 0, 9, [at(0), at(1), at(2)], undefined, [[0, 0, "é"], [1, 1, "b"]]),
    matchesFrame(1, 3, 9, [at(3)]),
    matchesFrame(1, 4, 9, [at(4), at(5)], undefined, [[1, 0]]),
  )
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((row) => store.mark(row)), ["é", "", "b", "", "", "é"])
  assert.throws(() => filled(1, matchesFrame(1, 0, 9, [at(0)], undefined, [[0, 0, "é"]]).slice(0, -1)), RangeError)
})

test("bytes and units differ from a frame on", () => {
  const store = filled(
    1,
    matchesFrame(1, 0, 10, [[[0, 2]], [[3, 5]]]),
    matchesFrame(1, 2, 30, [[[12, 15]]], [[[9, 11]]]),
    matchesFrame(1, 3, 40, [[[20, 21]]], [[[15, 16]]]),
  )
  const all = [0, 1, 2, 3].map((row) => [store.start(row, 0), store.end(row, 0), store.startByte(row, 0), store.endByte(row, 0)])
  assert.deepEqual(all, [[0, 2, 0, 2], [3, 5, 3, 5], [9, 11, 12, 15], [15, 16, 20, 21]])
})

test("many chunks, and what is on screen", () => {
  const store = new SpanStore(2)
  const step = 8192
  for (let first = 0; first < 200_000; first += step) {
    const rows: Columns[] = Array.from({ length: step }, (_, i) => {
      const start = (first + i) * 10
      return [[start, start + 4], [start + 1, start + 2]]
    })
    const frame = matchesFrame(1, first, 0, rows)
    store.append(frame, readMatchesHeader(frame))
  }
  assert.equal(store.start(150_000, 1), 1_500_001)
  assert.deepEqual(rowsIn(store, 1_000_003, 1_000_021), [100_000, 100_001, 100_002])
  assert.deepEqual(rowsIn(store, 1_000_005, 1_000_009), [])
  assert.equal(store.countBetween(1_000_003, 1_000_021), 3)
  assert.equal(store.next(1_000_000, 1), 100_001)
  assert.equal(store.next(1_000_000, -1), 99_999)
  assert.equal(store.next(0, -1), store.count - 1)
  assert.equal(store.next(99_999_999, 1), 0)
})

test("from right to left", () => {
  const store = filled(1, matchesFrame(1, 0, 0, [[[20, 22]], [[10, 12]], [[3, 3]]]))
  assert.equal(store.order, "descending")
  assert.deepEqual(rowsIn(store, 0, 10), [2, 1])
  assert.equal(store.next(3, 1), 1)
  assert.equal(store.next(3, -1), 0)
})

test("in no order", () => {
  const store = filled(1, matchesFrame(1, 0, 0, [[[5, 6]], [[1, 2]], [[9, 9]]]))
  assert.equal(store.order, "mixed")
  assert.deepEqual(rowsIn(store, 0, 5), [0, 1])
  assert.equal(store.next(5, 1), 2)
  assert.equal(store.next(1, -1), 2)
  assert.equal(store.next(9, 1), 1)
})

test("broken frames are refused", () => {
  const frame = matchesFrame(1, 0, 0, [[[5, 6]]])
  assert.throws(() => filled(1, frame.subarray(0, frame.length - 1)), RangeError)
  assert.throws(() => filled(2, frame), RangeError)
  assert.throws(() => filled(1, frame, frame), /expected 1/)
  assert.throws(() => readMatchesHeader(Uint8Array.from([0x11])), RangeError)
})
