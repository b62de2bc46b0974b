import assert from "node:assert/strict"
import { test } from "node:test"
import { type LinkState, fromStateFile, isStateFile, toStateFile } from "../src/state"

const bytes = (text: string) => new TextEncoder().encode(text)

test("a state comes back from its file, with every byte", () => {
  const plain: LinkState = { flavor: "go", flags: "i", pattern: "a+", text: "" }
  const all: LinkState = {
    ...plain, engine: "node", replace: "", list: "\\n", tests: "[[pattern]]\n", inputs: "set", text: "\ufeffa\r\n\0\u2028\u{1f600}\udc80\udcff",
  }
  for (const state of [plain, all, { ...all, pattern: "\udcc3", replace: "\udcc3", list: "\udcc3", tests: "\udcc3" }]) {
    const file = bytes(toStateFile(state))
    assert.ok(isStateFile(file))
    assert.deepEqual(fromStateFile(file), state)
  }
  assert.deepEqual(JSON.parse(toStateFile(plain)), { format: "regexdbg state", version: 1, flavor: "go", flags: "i", pattern: "a+", text: "" })
  // Written by hand, or by another program.
  const own = bytes('\n{ "format" : "regexdbg state",\n  "version": 1, "pattern": "a" }')
  assert.ok(isStateFile(own))
  assert.deepEqual(fromStateFile(own), { flavor: "", flags: "", pattern: "a", text: "" })
})

test("what is no such file, or a damaged one, is said", () => {
  for (const text of ["", "{}", '{"format": "regexdbg library"', 'x {"format": "regexdbg state"', '{"pattern": "{\\"format\\""}']) assert.ok(!isStateFile(bytes(text)))
  for (const [rest, want] of [
    ['"version": 1, "pattern": "a"', /ends in the middle/],
    ['"pattern": "a"}', /no version/],
    ['"version": 2, "pattern": "a"}', /version 2/],
    ['"version": 1}', /no pattern/],
    ['"version": 1, "pattern": 3}', /pattern has to be a string/],
    ['"version": 1, "pattern_b64": "%"}', /pattern_b64 is not base64/],
    ['"version": 1, "pattern": "a", "flavour": "go"}', /"flavour"/],
  ] as const) assert.throws(() => fromStateFile(bytes(`{"format": "regexdbg state", ${rest}`)), want)
})
