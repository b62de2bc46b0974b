import assert from "node:assert/strict"
import { test } from "node:test"
import { Analyses } from "../src/state"

test("an analysis belongs to its query, whatever happens to the text", () => {
  const analyses = new Analyses()
  const query = (pattern: string, flags = "") => ({ flavor: "go", flags, pattern })
  assert.equal(analyses.about({ version: 1 }), undefined)
  analyses.sent(1, query("a"))
  analyses.sent(2, query("a"))
  assert.deepEqual(analyses.about({ version: 1 }), { query: query("a"), msg: { version: 1 } })
  analyses.sent(3, query("a", "i"))
  assert.equal(analyses.about({ version: 1 }), undefined, "the flags have changed")
  assert.equal(analyses.about({ version: 3 })?.query.flags, "i")
  // A new connection has it analysed again, with the version it has by then.
  analyses.sent(7, query("a", "i"))
  assert.equal(analyses.about({ version: 7 })?.query.flags, "i")
})
