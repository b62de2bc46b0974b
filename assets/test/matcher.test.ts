import assert from "node:assert/strict"
import { test } from "node:test"
import { ChangeSet, Text } from "@codemirror/state"
import { Matcher } from "../src/browser/matcher"
import { groupsOf } from "../src/browser/groups"
import { type Cursor, type FromRegExp, type RunRequest, nextText } from "../src/browser/messages"
import { textEdits } from "../src/browser/native"
import { encode, utf8Length } from "../src/codec"
import { SpanStore, readMatchesHeader } from "../src/state"

type End = Extract<FromRegExp, { type: "end" }>

// Runs a pattern as the worker does, in legs of `most` matches.
async function run(flags: string, pattern: string, text: string, most = Infinity) {
  const told: FromRegExp[] = []
  let ended = () => {}
  const matcher = new Matcher({
    post: (message) => {
      told.push(message)
      if (message.type == "found") matcher.receive({ type: "taken" })
      if (message.type == "end" || message.type == "refused") ended()
    },
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
  })
  matcher.receive({ type: "text", text })
  let from: Cursor = { unit: 0, byte: 0, count: 0 }
  let store: SpanStore | undefined
  for (let leg = 1; ; leg++) {
    const request: RunRequest = {
      type: "run", run: leg, version: 7, flags, pattern, bytes: utf8Length(text), from, budgetMs: 60_000, matches: most, spans: Infinity,
    }
    const done = new Promise<void>((resolve) => (ended = resolve))
    matcher.receive(request)
    await done
    const [first, ...others] = told.splice(0)
    assert.ok(first)
    if (first.type != "ready") return { refused: first as Extract<FromRegExp, { type: "refused" }> }
    store ??= new SpanStore(first.groups.length)
    for (const message of others) {
      if (message.type == "found") store.append(message.frame, readMatchesHeader(message.frame))
    }
    const end = others.at(-1) as End
    if (end.how != "matches") return { groups: first.groups, store, end }
    from = end.cursor
  }
}

// What matchAll finds: for each group its units and its bytes.
function expected(flags: string, pattern: string, text: string): string[] {
  const half = (unit: number) => text.charCodeAt(unit) >= 0xdc00 && text.charCodeAt(unit) <= 0xdfff
  const byte = (unit: number) => (half(unit) ? encode(text.slice(0, unit - 1)).length + 2 : encode(text.slice(0, unit)).length)
  return [...text.matchAll(new RegExp(pattern, flags + "gd"))].map(({ indices }) =>
    [...indices!].map((span) => (span ? `${span[0]}-${span[1]}/${byte(span[0])}-${byte(span[1])}` : "none")).join(" "),
  )
}

function found(store: SpanStore): string[] {
  return Array.from({ length: store.count }, (_, row) =>
    Array.from({ length: store.groups }, (_, g) =>
      store.start(row, g) < 0
        ? "none"
        : `${store.start(row, g)}-${store.end(row, g)}/${store.startByte(row, g)}-${store.endByte(row, g)}`,
    ).join(" "),
  )
}

test("finds what matchAll finds, in one go and resumed after every match", async () => {
  const texts = ["", "a", "aab\nab", "é😀aé\r\nb😀😀", "😀".repeat(70) + "ab"]
  const patterns: [string, string[]][] = [
    ["", ["", "u", "y", "v"]],
    ["a", ["", "i", "y"]],
    ["(a)|(b)|(?<n>é)", ["", "u"]],
    [".", ["", "s", "u", "v"]],
    ["(?<=(.))(?=(.?))", ["", "s", "u"]],
    ["^|$|\\b", ["", "m", "um"]],
    ["(?:(a)|b|)*", ["", "y"]],
    ["(?<=([^]*))b", ["", "u"]],
  ]
  let compared = 0
  for (const text of texts) {
    for (const [pattern, all] of patterns) {
      for (const flags of all) {
        const want = expected(flags, pattern, text)
        for (const most of [Infinity, 1, 3]) {
          const { store, end } = await run(flags, pattern, text, most)
          assert.deepEqual(found(store!), want, `/${pattern}/${flags} on ${JSON.stringify(text)} by ${most}`)
          assert.deepEqual([end!.how, end!.cursor.count, end!.cursor.byte], ["over", want.length, utf8Length(text)])
          compared += want.length
        }
      }
    }
  }
  assert.ok(compared > 2000)
})

test("says why a pattern or a text is refused", async () => {
  assert.equal((await run("", "a/(", "")).refused!.message, "Unterminated group")
  assert.match((await run("uv", "a", "")).refused!.message, /flags/i)
  const { end } = await run("", "a", "é\udcffa")
  assert.deepEqual([end!.how, (end as { message: string }).message], [
    "error",
    "this browser holds text as UTF-16, and byte 2 of this text is not UTF-8: 0xff",
  ])
  // Any other half of a pair is what a server gets for it.
  assert.equal((await run("", "\ufffd", "a\ud83d\udfffb\ud83d")).store!.count, 1)
})

test("groups have the numbers where they are written, and RegExp's names", () => {
  const names = (pattern: string, flags = "") => groupsOf(pattern, flags).map(({ name }) => name).join()
  assert.equal(names("a"), "")
  assert.equal(names("(a)(?<b>(?:c)(?=d)(?<!e)(?<=f))(g)"), ",,b,")
  assert.equal(names("\\((?<a>x)[(](y)[\\](](?<z>)"), ",a,,z")
  assert.equal(names("[[\\(]--[\\(]](?<z>a)", "v"), ",z")
  assert.equal(names("(?<\\u0061b>x)(?<\\u{63}>y)", "u"), ",ab,c")
  assert.deepEqual(groupsOf("(?<a>b)", "gy")[1], { number: 1, name: "a" })
})

test("the text follows the editor's", () => {
  let doc = Text.of(["ab", "c😀d", ""])
  let text = doc.toString()
  for (const spec of [
    [{ from: 0, insert: "x" }, { from: 4, to: 6, insert: "\ny\n" }],
    [{ from: 0, to: 3 }],
    [{ from: 1, to: 2, insert: "\udcff" }],
  ]) {
    const changes = ChangeSet.of(spec, doc.length)
    doc = changes.apply(doc)
    text = nextText(text, { type: "edit", edits: textEdits(changes) })
    assert.equal(text, doc.toString())
  }
})
