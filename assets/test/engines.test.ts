import assert from "node:assert/strict"
import { test } from "node:test"
import { chooseEngine, countEngines, engineChoices, fromFragment, toFragment } from "../src/state"
import type { Flavor } from "../src/wire"

const flavor = (...names: string[]): Flavor => ({
  name: "js",
  label: "JavaScript",
  aliases: [],
  flags: [],
  engines: names.map((name) => {
    const engine = { name: name.replace("!", ""), version: "1" }
    return name.endsWith("!") ? { engine, missing: "install it" } : { engine }
  }),
})

const native = { name: "V8", version: "1" }

test("the browser's own RegExp is the first for JavaScript", () => {
  const ids = (name: string) => engineChoices({ ...flavor("node", "x"), name }, native).map(({ id }) => id)
  assert.deepEqual([ids("js"), ids("go")], [["browser", "node", "x"], ["node", "x"]])
})

test("the engine that is asked for, or the first that is here", () => {
  const choices = engineChoices({ ...flavor("perl!", "node", "other"), name: "perl" }, native)
  for (const [asked, id, absent] of [
    [undefined, "node", undefined],
    ["OTHER", "other", undefined],
    ["perl", "node", "perl"],
    ["ghost", "node", "ghost"],
  ] as const) {
    const chosen = chooseEngine(choices, asked)
    assert.deepEqual([chosen.choice?.id, chosen.absent], [id, absent])
  }
  assert.deepEqual(chooseEngine([], undefined), { choice: undefined, absent: undefined })
  assert.deepEqual(countEngines([flavor("a", "b!"), flavor("c")]), { here: 2, missing: 1 })
})

test("a link names its engine, if it has one", async () => {
  const state = { flavor: "js", flags: "i", pattern: "a", text: "b" }
  assert.equal(await toFragment({ ...state, engine: "node@18 x" }), "flavor=js&flags=i&pattern=a&engine=node%4018%20x&text=b")
  assert.deepEqual(await fromFragment("#flavor=js&flags=i&pattern=a&engine=node%4018&text=b"), { ...state, engine: "node@18" })
  assert.deepEqual(await fromFragment("#flavor=js&flags=i&pattern=a&engine=&text=b"), state)
})
