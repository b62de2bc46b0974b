import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { nativeEngine } from "../src/browser"
import type { FromRegExp, FromSearcher, ToRegExp } from "../src/browser/messages"
import { Searcher } from "../src/browser/searcher"
import { matchesFrame } from "./frames"

mock.timers.enable({ apis: ["setTimeout", "setInterval"] })

const limits = { textBytes: 100, patternBytes: 100, matches: 10, spans: 100, budgetMs: 1000, maxBudgetMs: 5000 }
const engine = { name: "RegExp", version: "1" }

class FakeChild {
  told: ToRegExp[] = []
  ended = false
  constructor(
    readonly say: (message: FromRegExp) => void,
    readonly fail: (why: string) => void,
  ) {}
  postMessage(message: ToRegExp): void {
    this.told.push(message)
  }
  terminate(): void {
    this.ended = true
  }
  get run(): number {
    return this.told.findLast((message) => message.type == "run")!.run
  }
}

function fixture() {
  const children: FakeChild[] = []
  const said: FromSearcher[] = []
  const clock = { now: 0 }
  const searcher = new Searcher({
    post: (message) => void said.push(message),
    spawn: (receive, failed) => {
      children.push(new FakeChild(receive, failed))
      return children.at(-1)!
    },
    now: () => clock.now,
  })
  const wait = (ms: number) => {
    clock.now += ms
    mock.timers.tick(ms)
  }
  const search = (version: number, pattern = "a") =>
    searcher.receive({ type: "search", version, flags: "", pattern, engine, bytes: 9, limits })
  const ready = () => child().say({ type: "ready", run: child().run, groups: [{ number: 0, name: "" }] })
  const found = (at: number, count: number, spentMs: number) =>
    child().say({
      type: "found", run: child().run, frame: matchesFrame(1, count - 1, at, [[[at - 1, at]]]),
      cursor: { unit: at, byte: at, count }, spentMs,
    })
  const end = (how: "over" | "stopped" | "timeout" | "matches", at: number, count: number) =>
    child().say({ type: "end", run: child().run, cursor: { unit: at, byte: at, count }, spentMs: 5, how })
  const child = () => children.at(-1)!
  const words = () =>
    said.splice(0).map((m) => {
      if (m instanceof Uint8Array) return "frame"
      if (m.type == "done") return `${m.version} ${m.outcome} ${m.count} ${m.searched}/${m.bytes} ${m.canContinue ? m.nextBudgetMs : "end"}`
      return `${m.version} ${m.type}`
    })
  searcher.receive({ type: "text", text: "aaaaaaaaa" })
  return { searcher, children, child, said, wait, search, ready, found, end, words }
}

test("a search streams, and its worker is kept with the text", () => {
  const f = fixture()
  f.search(1)
  f.ready()
  f.found(1, 1, 1)
  f.end("over", 9, 1)
  assert.deepEqual(f.words(), ["1 started", "frame", "1 match 1 9/9 end"])
  f.searcher.receive({ type: "edit", edits: [{ from: 0, to: 1, insert: "b" }] })
  f.search(2)
  assert.deepEqual(f.child().told.map(({ type }) => type), ["text", "run", "edit", "run"])
  f.ready()
  f.end("over", 9, 0)
  assert.deepEqual(f.words(), ["2 started", "2 no-match 0 9/9 end"])
  assert.equal(f.children.length, 1)
})

test("a match that takes for ever ends with its time, and the next search has another worker", () => {
  const f = fixture()
  f.search(1)
  f.ready()
  f.wait(500)
  f.found(2, 1, 500)
  f.wait(549)
  assert.deepEqual(f.words(), ["1 started", "1 progress", "1 progress", "frame", "1 progress", "1 progress"])
  assert.equal(f.child().ended, false)
  f.wait(1)
  assert.deepEqual(f.words(), ["1 timeout 1 2/9 4000"])
  assert.equal(f.children[0]!.ended, true)
  f.searcher.receive({ type: "continue", version: 1 })
  const again = f.child().told.at(-1) as Extract<ToRegExp, { type: "run" }>
  assert.deepEqual([f.child().told[0]!.type, again.from, again.budgetMs], ["text", { unit: 2, byte: 2, count: 1 }, 4000])
  f.ready()
  assert.deepEqual(f.said.map((m) => !(m instanceof Uint8Array) && m.type == "started" && m.continued), [true])
  f.end("over", 9, 2)
  assert.deepEqual(f.words(), ["1 started", "1 match 2 9/9 end"])
})

test("a newer search stops the one before, by force after a while; of that nothing is heard", () => {
  const f = fixture()
  f.search(1)
  f.ready()
  f.search(2)
  f.search(3)
  assert.deepEqual(f.child().told.map(({ type }) => type), ["text", "run", "stop"])
  f.found(1, 1, 1)
  f.end("stopped", 1, 1)
  assert.equal(f.child().told.at(-1)!.type, "run")
  f.ready()
  assert.deepEqual(f.words(), ["1 started", "3 started"])
  f.search(4)
  f.wait(100)
  assert.deepEqual(f.children.map(({ ended }) => ended), [true, false])
  const late = f.children[0]!
  late.say({ type: "end", run: late.run, cursor: { unit: 9, byte: 9, count: 3 }, spentMs: 1, how: "over" })
  f.ready()
  f.end("matches", 4, 10)
  assert.deepEqual(f.words(), ["4 started", "4 limit 10 4/9 4000"])
})

test("cancel keeps what was found, and continue goes on", () => {
  const f = fixture()
  f.search(1)
  f.searcher.receive({ type: "cancel", version: 1 })
  f.wait(100)
  assert.deepEqual(f.words(), ["1 cancelled 0 0/0 4000"])
  f.searcher.receive({ type: "cancel", version: 1 })
  f.searcher.receive({ type: "continue", version: 2 })
  assert.deepEqual(f.words(), [])
  f.searcher.receive({ type: "continue", version: 1 })
  f.ready()
  f.found(3, 1, 1)
  f.searcher.receive({ type: "cancel", version: 1 })
  f.end("stopped", 5, 2)
  assert.deepEqual(f.words(), ["1 started", "frame", "1 cancelled 2 5/9 5000"])
  // One that waits for the worker of another is cancelled at once.
  f.search(2)
  f.search(3)
  f.searcher.receive({ type: "cancel", version: 3 })
  assert.deepEqual(f.words(), ["3 cancelled 0 0/0 4000"])
  f.end("stopped", 0, 0)
  assert.deepEqual(f.words(), [])
  f.searcher.receive({ type: "drop" })
  f.searcher.receive({ type: "continue", version: 3 })
  assert.equal(f.child().told.filter(({ type }) => type == "run").length, 2)
})

test("a refused pattern and a worker that fails are answered once", () => {
  const f = fixture()
  f.search(1, "é(")
  f.child().say({ type: "refused", run: f.child().run, message: "Unterminated group" })
  const [invalid] = f.said
  assert.ok(invalid && !(invalid instanceof Uint8Array) && invalid.type == "invalid")
  assert.deepEqual([invalid.error.message, invalid.error.span], ["Unterminated group", { from: 0, to: 2, fromBytes: 0, toBytes: 3 }])
  assert.deepEqual(f.words(), ["1 invalid"])
  f.search(2)
  f.child().fail("out of memory")
  assert.deepEqual(f.words(), ["2 error 0 0/0 end"])
  f.search(3)
  assert.equal(f.children.length, 2)
  f.wait(30_000)
  assert.deepEqual(f.words(), ["3 error 0 0/0 end"])
})

test("a worker that waits for the page is not one that hangs", () => {
  const f = fixture()
  f.search(1)
  f.ready()
  for (let i = 1; i <= 4; i++) f.found(i, i, 10 * i)
  f.wait(2000)
  assert.equal(f.child().ended, false)
  f.searcher.receive({ type: "taken" })
  assert.equal(f.child().told.at(-1)!.type, "taken")
  f.wait(2000)
  assert.equal(f.child().ended, true)
})

test("the browser's engine has the name that the browser says", () => {
  const brands = [{ brand: "Not A;Brand", version: "9" }, { brand: "Chromium", version: "156" }, { brand: "Edge", version: "156" }]
  const name = (userAgent: string) => {
    const { name, version } = nativeEngine({ userAgent })
    return `${name} ${version}`
  }
  assert.equal(nativeEngine({ userAgent: "Mozilla/5.0 Chrome/99", userAgentData: { brands } }).version, "156")
  for (const [agent, want] of [
    ["Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0", "SpiderMonkey in Firefox 147.0"],
    ["Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36", "V8 in Chromium 156"],
    ["Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15", "JavaScriptCore in Safari 18.2"],
    ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15", "JavaScriptCore in WebKit 605.1.15"],
    ["Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148", "JavaScriptCore in WebKit 605.1.15"],
    ["Lynx/2.9", "this browser's RegExp "],
  ] as const) {
    assert.equal(name(agent), want)
  }
})
