import assert from "node:assert/strict"
import { test } from "node:test"
import { FragmentLimit, type LinkState, PlainLimit, fromFragment, toFragment } from "../src/state"

const state = (text: string): LinkState => ({ flavor: "go", flags: "im", pattern: "(a|b)+ &=#%", text })

async function roundTrip(s: LinkState): Promise<string> {
  const fragment = await toFragment(s)
  assert.deepEqual(await fromFragment("#" + fragment), s)
  return fragment!
}

test("the form of a link", async () => {
  assert.equal(
    await roundTrip({ flavor: "go", flags: "i", pattern: "a+ b", text: "é\n" }),
    "flavor=go&flags=i&pattern=a%2B%20b&text=%C3%A9%0A",
  )
})

test("a replacement, and what is between the results of a list", async () => {
  const fragment = await roundTrip({ ...state("a"), replace: "$1 & \\n", list: ", " })
  assert.match(fragment, /&replace=%241%20%26%20%5Cn&list=%2C%20&text=a$/)
  await roundTrip({ ...state("a"), replace: "" })
})

test("any text survives", async () => {
  for (const text of ["", "a&b=c#d%e+f", "\r\n\0\u00a0", "\u{1f600}", "bad \udcc3\udcff byte", "é".repeat(30)]) {
    await roundTrip(state(text))
  }
})

test("long fragments are compressed", async () => {
  const fragment = await roundTrip(state("line of text\n".repeat(PlainLimit)))
  assert.match(fragment, /^z=[\w-]+$/)
  assert.ok(fragment.length < PlainLimit)
  await roundTrip(state("\udcff\udc80x".repeat(PlainLimit)))
})

test("what is too long even then has no fragment", async () => {
  let seed = 7
  const noise = Array.from({ length: 2 * FragmentLimit }, () => {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return String.fromCharCode(33 + ((seed >>> 8) % 90))
  }).join("")
  assert.ok((await toFragment(state(noise))) === undefined)
})

test("a text that is kept elsewhere", async () => {
  await roundTrip({ flavor: "go", flags: "", pattern: "a", saved: "x-1" })
})

test("links made by hand", async () => {
  assert.deepEqual(await fromFragment("#pattern=é+"), { flavor: "", flags: "", pattern: "é+", text: "" })
  assert.deepEqual(await fromFragment("#pattern=100%"), { flavor: "", flags: "", pattern: "100%", text: "" })
  assert.equal(await fromFragment(""), undefined)
  assert.equal(await fromFragment("#"), undefined)
})

test("what cannot be read is said", async () => {
  const whole = (await toFragment(state("line of text\n".repeat(PlainLimit))))!
  for (const [fragment, why] of [
    ["section-2", /neither pattern= nor/],
    ["panel=tests", /neither pattern= nor/],
    ["s=eJwBAAD", /neither pattern= nor/],
    ["=", /neither pattern= nor/],
    ["z=", /ends in the middle/],
    ["z=!!!!", /not base64url/],
    ["z=AAAA", /was changed/],
    [whole.slice(0, -20), /ends in the middle/],
    [whole + "&saved=x", /not base64url/],
    ["z=S0zMBgA", /neither pattern= nor/], // deflated, and no state
    ["z=-_8DAA", /was changed/], // deflated, and not UTF-8
  ] as const) {
    await assert.rejects(fromFragment("#" + fragment), why, fragment)
  }
})

test("parts of a link that are not understood", async () => {
  const read = { flavor: "", flags: "", pattern: "a", text: "b" }
  for (const [fragment, unread] of [
    ["pattern=a&text=b&", []],
    ["pattern=a&text=b&c&d%20=e", ["c", "d%20=e"]],
    ["=x&pattern=a&text=b", ["=x"]],
    ["pattern=x&pattern=a&text=b", ["pattern=x"]],
    ["pattern=a&text=b&panel=code&step=3", ["panel=code", "step=3"]],
    ["pattern=a&text=b&step=3", ["step=3"]],
    ["pattern=a&text=b&inputs=words", ["inputs=words"]],
    ["pattern=a&text=b&inputs=&panel=", []],
  ] as const) {
    assert.deepEqual(await fromFragment(fragment), unread.length > 0 ? { ...read, unread } : read)
  }
  for (const step of ["-1", "x", "1e3", "99999999999999999999", ""]) {
    assert.deepEqual(await fromFragment(`pattern=a&text=b&panel=debug&step=${step}`), { ...read, unread: [`step=${step}`] })
  }
  assert.deepEqual(await fromFragment("pattern=a&text=b&panel=debug"), { ...read, step: 0 })
})
