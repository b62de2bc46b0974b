/// Searches for the page in a worker of its own, which it ends when that does not
/// listen: at the end of its time, when a newer search is wanted, or on cancel.
///
///   idle ── search, continue ──► starting ── ready ──► running ── end ──► idle
///                                    └─────────┬─────────┘
///                     a newer search, cancel   ▼
///                                          stopping ── end, or killed ──► idle
import type { Diagnostic } from "../wire"
import {
  OutcomeCancelled,
  OutcomeError,
  OutcomeLimit,
  OutcomeMatch,
  OutcomeNoMatch,
  OutcomeTimeout,
  SeverityError,
} from "../wire"
import { utf8Length } from "../codec"
import {
  type Cursor,
  type Ended,
  type Ending,
  type FromRegExp,
  type FromSearcher,
  type GroupName,
  type SearchRequest,
  type ToRegExp,
  type ToSearcher,
  FramesAhead,
  RefusedCode,
  nextText,
} from "./messages"

/// The worker that runs RegExp.
export interface Child {
  postMessage(message: ToRegExp): void
  terminate(): void
}

/// What a searcher needs of its thread.
export interface Host {
  post(message: FromSearcher, transfer: Transferable[]): void
  /// Starts a worker, which answers by calling back.
  spawn(receive: (message: FromRegExp) => void, failed: (why: string) => void): Child
  now(): number
}

// How long a worker that is told to stop may go on with the match that it is at. To
// start another one and hand it the text costs as much, for ten megabytes.
const GraceMs = 100

// What a worker's own clock may be late, before it counts as one that hangs.
const SlackMs = 50

// How long a worker may take to start and compile. It takes some 50 ms; on a machine
// whose cores are busy with other things it took ten times that.
const StartMs = 30_000

// How often a search that takes longer says how far it is, as a server does.
const ProgressMs = 250

type Phase = "idle" | "starting" | "running" | "stopping"

/// wanted: nobody has begun with it, or its user wants more of it; paused: it ended
/// early and can be gone on with.
type State = "wanted" | "running" | "paused" | "over"

interface Search {
  state: State
  request: SearchRequest
  received: number
  budgetMs: number
  cursor: Cursor
  groups?: GroupName[]
  wallMs: number // of the legs before
  cancelled: boolean
}

/// One leg of a search, on the worker.
interface Leg {
  run: number
  search: Search
  begun: number
  readyAt: number
  spentMs: number // as the worker has told
  toldAt: number
}

export class Searcher {
  private text = ""
  private child: Child | undefined
  private phase: Phase = "idle"
  private search: Search | undefined
  private leg: Leg | undefined
  private runs = 0
  // Frames that the page has not taken yet.
  private ahead = 0
  private watch: ReturnType<typeof setTimeout> | undefined
  private ticker: ReturnType<typeof setInterval> | undefined

  constructor(private readonly host: Host) {}

  receive(message: ToSearcher): void {
    switch (message.type) {
      case "text":
      case "edit":
        this.text = nextText(this.text, message)
        this.child?.postMessage(message)
        return
      case "search":
        this.search = {
          state: "wanted",
          request: message,
          received: this.host.now(),
          budgetMs: message.limits.budgetMs,
          cursor: { unit: 0, byte: 0, count: 0 },
          wallMs: 0,
          cancelled: false,
        }
        return this.advance()
      case "drop":
        this.search = undefined
        return this.advance()
      case "cancel":
        return this.cancel(message.version)
      case "continue":
        return this.resume(message.version)
      case "taken":
        this.ahead = Math.max(0, this.ahead - 1)
        this.child?.postMessage({ type: "taken" })
        return
    }
  }

  private cancel(version: number): void {
    const { search } = this
    if (search?.request.version != version) return
    // One that still waits for the worker of the search before never gets it.
    if (search.state == "wanted") return this.finish(search, { outcome: OutcomeCancelled }, true)
    if (search.state != "running") return
    search.cancelled = true
    this.stop()
  }

  private resume(version: number): void {
    const { search } = this
    if (search?.request.version != version || search.state != "paused") return
    search.state = "wanted"
    search.cancelled = false
    search.budgetMs = this.nextBudget(search)
    search.received = this.host.now()
    this.advance()
  }

  // Goes on with what is wanted now: at once, or when the worker has stopped.
  private advance(): void {
    if (this.phase != "idle") {
      if (this.leg!.search != this.search) this.stop()
      return
    }
    const { search, host } = this
    if (search?.state != "wanted") return
    search.state = "running"
    if (!this.child) {
      const child: Child = (this.child = host.spawn(
        (message) => child == this.child && this.told(message),
        (why) => child == this.child && this.failed(why),
      ))
      this.child.postMessage({ type: "text", text: this.text })
    }
    const { version, flags, pattern, bytes, limits, purpose } = search.request
    const { budgetMs, cursor } = search
    const now = host.now()
    this.ahead = 0
    this.leg = { run: ++this.runs, search, begun: now, readyAt: now, spentMs: 0, toldAt: now }
    this.phase = "starting"
    this.child.postMessage({
      type: "run", run: this.runs, ...(purpose && { purpose }), version, flags, pattern, bytes, from: cursor, budgetMs,
      matches: limits.matches, spans: limits.spans,
    })
    this.watchFor(StartMs, () => this.failed(`it did not start within ${StartMs / 1000} s`))
  }

  // Tells the worker to stop, and ends it when it does not.
  private stop(): void {
    if (this.phase == "stopping") return
    this.phase = "stopping"
    this.child!.postMessage({ type: "stop" })
    this.watchFor(GraceMs, () => {
      this.kill()
      this.ended({ how: "stopped" })
    })
  }

  private told(message: FromRegExp): void {
    const { leg } = this
    if (!leg || message.run != leg.run) return
    const { search } = leg
    const wanted = search == this.search
    switch (message.type) {
      case "ready":
        return this.ready(leg, message.groups)
      case "refused":
        this.rest()
        search.state = "over"
        if (wanted) this.refuse(search, message.message)
        return this.advance()
      case "found":
        this.spent(leg, message.spentMs)
        search.cursor = message.cursor
        if (wanted) {
          this.ahead++
          this.host.post(message.frame, [message.frame.buffer])
        }
        if (this.phase == "running") this.watchTime(leg)
        return
      case "end":
        this.spent(leg, message.spentMs)
        search.cursor = message.cursor
        return this.ended(message, message.clockMs)
    }
  }

  private ready(leg: Leg, groups: GroupName[]): void {
    const { search } = leg
    const continued = search.groups !== undefined
    search.groups = groups
    leg.readyAt = this.host.now()
    this.spent(leg, 0)
    if (search != this.search) return
    const { version, engine, bytes } = search.request
    this.host.post({ type: "started", version, engine, groups, bytes, continued }, [])
    if (this.phase != "starting") return
    this.phase = "running"
    this.ticker = setInterval(() => this.progress(leg), ProgressMs)
    this.watchTime(leg)
  }

  private spent(leg: Leg, ms: number): void {
    leg.spentMs = ms
    leg.toldAt = this.host.now()
  }

  // Ends the worker when it has not looked at its clock at the end of its time.
  private watchTime(leg: Leg): void {
    this.watchFor(leg.search.budgetMs - leg.spentMs + SlackMs, () => {
      // One that waits for the page is not at a match.
      if (this.ahead >= FramesAhead) return this.watchTime(leg)
      this.kill()
      this.ended({ how: "timeout" })
    })
  }

  private watchFor(ms: number, then: () => void): void {
    clearTimeout(this.watch)
    this.watch = setTimeout(then, ms)
  }

  private rest(): void {
    clearTimeout(this.watch)
    clearInterval(this.ticker)
    this.phase = "idle"
    this.leg = undefined
  }

  private kill(): void {
    this.child?.terminate()
    this.child = undefined
  }

  private failed(why: string): void {
    this.kill()
    if (this.leg) this.ended({ how: "error", message: `The browser's worker failed: ${why}` })
  }

  // A leg is over.
  private ended(ending: Ending, clockMs?: number): void {
    const leg = this.leg!
    const { search } = leg
    const wallMs = this.wall(leg)
    const queueMs = leg.readyAt - search.received
    this.rest()
    search.wallMs += wallMs
    if (search == this.search) {
      const { outcome, resumable, message } = this.outcome(search, ending)
      this.finish(search, { outcome, queueMs, ...(message && { message }), ...(clockMs && { clockMs }) }, resumable)
    }
    this.advance()
  }

  private wall(leg: Leg): number {
    if (!leg.search.groups) return 0
    // A worker that was ended has not told of its last match.
    const since = this.child ? 0 : this.host.now() - leg.toldAt
    return Math.min(leg.spentMs + since, leg.search.budgetMs)
  }

  private outcome(search: Search, ending: Ending): { outcome: string; resumable: boolean; message?: string } {
    if (search.cancelled && ending.how != "over") return { outcome: OutcomeCancelled, resumable: true }
    const { count } = search.cursor
    switch (ending.how) {
      case "over":
        return { outcome: count > 0 ? OutcomeMatch : OutcomeNoMatch, resumable: false }
      case "timeout":
        return { outcome: OutcomeTimeout, resumable: true, message: `The search was stopped after its ${search.budgetMs / 1000} s.` }
      case "matches":
        return { outcome: OutcomeLimit, resumable: true, message: `The search paused after ${count} matches.` }
      case "limit":
        return { outcome: OutcomeLimit, resumable: false, message: ending.message }
      case "error":
        return { outcome: OutcomeError, resumable: false, message: ending.message }
      case "stopped":
        return { outcome: OutcomeCancelled, resumable: true }
    }
  }

  private finish(search: Search, done: { outcome: string; queueMs?: number; message?: string; clockMs?: number }, resumable: boolean): void {
    const { request, cursor, wallMs } = search
    search.state = resumable ? "paused" : "over"
    const message: Ended = {
      type: "done",
      version: request.version,
      queueMs: 0,
      ...done,
      count: cursor.count,
      searched: cursor.byte,
      bytes: search.groups ? request.bytes : 0,
      wallMs,
      canContinue: resumable,
      ...(resumable && { nextBudgetMs: this.nextBudget(search), nextMatches: request.limits.matches }),
    }
    this.host.post(message, [])
  }

  private nextBudget({ budgetMs, request }: Search): number {
    return Math.min(4 * budgetMs, request.limits.maxBudgetMs)
  }

  private progress(leg: Leg): void {
    const { search } = leg
    if (search != this.search || this.phase != "running") return
    const { cursor, request, wallMs } = search
    const since = this.ahead >= FramesAhead ? 0 : this.host.now() - leg.toldAt
    this.host.post(
      {
        type: "progress",
        version: request.version,
        searched: cursor.byte,
        bytes: request.bytes,
        count: cursor.count,
        wallMs: wallMs + leg.spentMs + since,
      },
      [],
    )
  }

  // RegExp does not say where in a pattern it finds it wrong.
  private refuse({ request }: Search, message: string): void {
    const { version, engine, pattern } = request
    const span = { from: 0, to: pattern.length, fromBytes: 0, toBytes: utf8Length(pattern) }
    const error: Diagnostic = { code: RefusedCode, severity: SeverityError, message, span }
    this.host.post({ type: "invalid", version, engine, error }, [])
  }
}
