/// Runs a pattern on the RegExp of this thread, match by match, as matchAll does.
///
/// It looks at its messages between matches only: a single match that takes for ever
/// is ended by whoever ends the thread (searcher.ts).
import { MatchesEncoder, isEscapedByte } from "../codec"
import { groupsOf } from "./groups"
import { type Cursor, type Ending, type FromRegExp, type RunRequest, type ToRegExp, FramesAhead, nextText } from "./messages"
import { Offsets } from "./offsets"

/// What a matcher needs of its thread.
export interface Thread {
  post(message: FromRegExp, transfer: Transferable[]): void
  /// Resolves when the messages that have come by now have been received.
  turn(): Promise<void>
  now(): number
}

// After this long a run lets messages in. It is what a newer search waits for one
// that need not be killed; letting them in costs some 0.02 ms.
const SliceMs = 10

// The first matches are sent one by one, then those of some milliseconds together: a
// match that takes for ever must not keep many that were found before it.
const Early = 64
const FlushMs = 4

export class Matcher {
  private text = ""
  // The text as it is searched, and why it cannot be; undefined before it is asked for.
  private searched: { text: string; refused: string } | undefined
  private run: Run | undefined
  private measured: { key: string; program: RegExp } | undefined
  // The step of the thread's clock, once it is known.
  private clockMs: number | undefined

  constructor(private readonly thread: Thread) {}

  receive(message: ToRegExp): void {
    switch (message.type) {
      case "text":
      case "edit":
        this.text = nextText(this.text, message)
        this.searched = undefined
        return
      case "run":
        this.start(message).catch((error: unknown) => {
          const { run, from } = message
          this.thread.post({ type: "end", run, cursor: from, spentMs: 0, how: "error", message: words(error) }, [])
        })
        return
      case "stop":
        if (this.run) this.run.stopped = true
        this.run?.wake()
        return
      case "taken":
        if (this.run) this.run.ahead = Math.max(0, this.run.ahead - 1)
        this.run?.wake()
        return
    }
  }

  private async start(request: RunRequest): Promise<void> {
    const { run, pattern } = request
    let program: RegExp
    let groups
    try {
      const flags = [...new Set(request.flags + "gd")].join("")
      program = new RegExp(pattern, flags)
      groups = groupsOf(pattern, flags)
      // The places of groups cost much.
      if (groups.length == 1) program = new RegExp(pattern, flags.replace("d", ""))
    } catch (error) {
      this.thread.post({ type: "refused", run, message: reason(words(error), pattern) }, [])
      return
    }
    this.thread.post({ type: "ready", run, groups }, [])
    const op = request.purpose?.op ?? "search"
    if (op == "compile") return this.over(run, 0, 0)
    this.searched ??= prepare(this.text)
    if (op == "measure" && !this.searched.refused) return this.measure(request)
    this.run = new Run(this.thread, request, program, groups.length, this.searched.text)
    const { refused } = this.searched
    this.run.end(refused ? { how: "error", message: refused } : await this.run.search())
  }

  // The loop that a user writes, with nothing of ours in it; who waits for it ends this
  // thread when it takes too long.
  private measure({ run, pattern, flags, purpose }: RunRequest): void {
    const { text } = this.searched!
    // Kept from one measurement to the next, as it is warm.
    const key = `${flags}/${pattern}`
    if (this.measured?.key != key) this.measured = { key, program: new RegExp(pattern, [...new Set(flags + "g")].join("")) }
    const { program } = this.measured
    this.clockMs ??= step(this.thread)
    let count = 0
    const start = this.thread.now()
    try {
      for (let i = 0; i < purpose!.repeat; i++) {
        count = 0
        for (const _ of text.matchAll(program)) count++
      }
    } catch (error) {
      const spentMs = this.thread.now() - start
      this.thread.post({ type: "end", run, cursor: { unit: 0, byte: 0, count: 0 }, spentMs, ...failure(error, pattern) }, [])
      return
    }
    this.over(run, count, this.thread.now() - start, this.clockMs)
  }

  private over(run: number, count: number, spentMs: number, clockMs = 0): void {
    const unit = this.text.length
    this.thread.post({ type: "end", run, how: "over", cursor: { unit, byte: 0, count }, spentMs, clockMs }, [])
  }
}

// The step of a thread's clock, which browsers make coarse: the shortest of a few, for
// one may have been interrupted.
function step({ now }: Thread): number {
  let shortest = Infinity
  for (let i = 0; i < 3; i++) {
    const start = now()
    let next = start
    while (next == start) next = now()
    shortest = Math.min(shortest, next - start)
  }
  return shortest
}

// A byte that is not UTF-8 is half of a surrogate pair in the page's text, and RegExp
// would see that instead; any other such half is U+FFFD for a server as well.
function prepare(text: string): { text: string; refused: string } {
  if (text.isWellFormed()) return { text, refused: "" }
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdbff && text.codePointAt(i)! > 0xffff) i++
    else if (isEscapedByte(unit)) {
      const byte = "0x" + (unit - 0xdc00).toString(16)
      const at = new Offsets(text.slice(0, i).toWellFormed()).at(i)
      return { text: "", refused: `this browser holds text as UTF-16, and byte ${at} of this text is not UTF-8: ${byte}` }
    }
  }
  return { text: text.toWellFormed(), refused: "" }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

// Engines say "Invalid regular expression: /PATTERN/FLAGS: REASON", or without pattern
// and flags, or the reason alone.
function reason(message: string, pattern: string): string {
  const start = "Invalid regular expression: "
  if (!message.startsWith(start)) return message
  for (const source of [pattern, "|" + pattern]) {
    if (!message.startsWith(`/${source}/`, start.length)) continue
    const flags = start.length + source.length + 2
    return message.slice(message.indexOf(": ", flags) + 2)
  }
  return message.slice(start.length)
}

class Run {
  stopped = false
  /// Frames that the page has not taken yet.
  ahead = 0
  private unit: number
  private count: number
  private sent = 0
  private spent = 0
  private since: number
  private flushed: number
  private awake: (() => void) | undefined
  private readonly encoder: MatchesEncoder
  private readonly offsets: Offsets
  private readonly wide: boolean

  constructor(
    private readonly thread: Thread,
    private readonly request: RunRequest,
    private readonly program: RegExp,
    private readonly groups: number,
    private readonly text: string,
  ) {
    const { from, version, bytes } = request
    this.unit = from.unit
    this.count = from.count
    this.wide = bytes != text.length
    this.offsets = new Offsets(text, Math.min(from.unit, text.length), from.byte)
    this.encoder = new MatchesEncoder(version, from.count, this.wide)
    this.since = this.flushed = thread.now()
  }

  wake(): void {
    this.awake?.()
  }

  end(ending: Ending): void {
    this.flush(true)
    const { run } = this.request
    this.thread.post({ type: "end", run, cursor: this.cursor(), spentMs: this.time(), ...ending }, [])
  }

  async search(): Promise<Ending> {
    const { program, text, request, thread } = this
    const units = new Int32Array(2 * this.groups)
    const bytes = this.wide ? new Int32Array(2 * this.groups) : units
    const most = Math.max(1, Math.min(request.matches, Math.floor(request.spans / this.groups)))
    const full = program.unicode || program.unicodeSets
    program.lastIndex = this.unit
    let slice = this.since
    for (;;) {
      let match: RegExpExecArray | null
      try {
        match = program.exec(text)
      } catch (error) {
        return failure(error, request.pattern)
      }
      if (!match) {
        this.unit = text.length
        return { how: "over" }
      }
      this.read(match, units, bytes)
      this.encoder.add(bytes, units)
      this.count++
      const end = units[1]!
      if (units[0] == end) program.lastIndex = end + (full && text.codePointAt(end)! > 0xffff ? 2 : 1)
      this.unit = program.lastIndex
      if (this.count - request.from.count == most) return { how: "matches" }

      const now = thread.now()
      const due = this.sent < Early || this.encoder.full || now - this.flushed >= FlushMs
      if (due && this.ahead < FramesAhead) this.flush(false, now)
      if (this.spent + now - this.since >= request.budgetMs) return { how: "timeout" }
      if (now - slice >= SliceMs || this.encoder.full) {
        await this.rest()
        if (this.stopped) return { how: "stopped" }
        slice = thread.now()
      }
    }
  }

  // Lets messages in, and waits for the page when it is too far behind, which is not
  // the engine's time.
  private async rest(): Promise<void> {
    await this.thread.turn()
    if (!this.mustWait()) return
    this.spent = this.time()
    while (this.mustWait()) await new Promise<void>((resolve) => (this.awake = resolve))
    this.since = this.thread.now()
  }

  private mustWait(): boolean {
    return this.encoder.full && this.ahead >= FramesAhead && !this.stopped
  }

  private read(match: RegExpExecArray, units: Int32Array, bytes: Int32Array): void {
    units[0] = match.index
    units[1] = match.index + match[0].length
    for (let i = 1; i < this.groups; i++) {
      const span = match.indices![i]
      units[2 * i] = span ? span[0] : -1
      units[2 * i + 1] = span ? span[1] : -1
    }
    if (!this.wide) return
    // The next match is measured from the start of this one, whose groups may be
    // anywhere.
    bytes[0] = this.offsets.at(units[0])
    const inner = this.offsets.copy()
    for (let i = 1; i < units.length; i++) bytes[i] = units[i]! < 0 ? -1 : inner.at(units[i]!)
  }

  // An empty match at the end is followed by a place beyond it.
  private cursor(): Cursor {
    const { unit, count } = this
    const within = Math.min(unit, this.text.length)
    return { unit, count, byte: this.wide ? this.offsets.copy().at(within) : within }
  }

  private flush(last: boolean, now = this.thread.now()): void {
    this.flushed = now
    const cursor = this.cursor()
    const frame = this.encoder.frame(cursor.byte)
    if (!frame) return
    this.sent++
    if (!last) this.ahead++
    const { run } = this.request
    this.thread.post({ type: "found", run, frame, cursor, spentMs: this.time() }, [frame.buffer])
  }

  private time(): number {
    return this.spent + this.thread.now() - this.since
  }
}

// Engines compile at the first match, or give up in the middle of one.
function failure(error: unknown, pattern: string): Ending {
  const message = reason(words(error), pattern)
  const gaveUp = /stack|recursion|too (?:large|big|complex)|out of memory/i.test(message)
  return { how: gaveUp ? "limit" : "error", message }
}
