/// Runs on the browser's own RegExp for the server's comparisons and measurements
/// (docs/protocol.md, "Runs on the browser's engine"): one at a time, in workers of
/// their own, so that none of the page's own searches waits.
import { type ChangeSet, Text } from "@codemirror/state"
import { type Ended, NativeSearch, RefusedCode } from "../browser"
import { type SearchMessage, utf8Length } from "../codec"
import { textBytes } from "../editor"
import { type Done, type NativeDone, type NativeRun, NativeCompile, OutcomeError, OutcomeRefused, TypeNativeDone } from "../wire"
import type { App } from "./app"

// The workers hold a copy of the text. They go when nothing was asked of them for so
// long: to start them again takes less than a tenth of a second.
const IdleMs = 10_000

export class Lending {
  private run: NativeRun | undefined
  private groups: NativeDone["groups"] = []
  private idle: ReturnType<typeof setTimeout> | undefined
  // One pair of workers for the page's text and one for others, so that the page's is
  // handed over once.
  private readonly own = this.searcher()
  private readonly other = this.searcher()

  constructor(private readonly app: App) {}

  /// The text is edited.
  change(changes: ChangeSet): void {
    this.own.change(changes)
  }

  start(run: NativeRun): void {
    this.end()
    this.run = run
    this.groups = []
    const { app, own, other } = this
    const { op, version, flags, pattern, text, matches, budgetMs, repeat } = run
    // A newer text will be compared anew.
    if (text === undefined && version != app.session.version) return this.fail("The text has been edited since.")
    const searcher = text === undefined ? own : other
    if (text !== undefined) other.forget()
    const doc = text === undefined ? app.text.state.doc : Text.of(text.split("\n"))
    searcher.search({
      version: run.run,
      query: { flavor: "js", flags, pattern },
      engine: app.model.native,
      doc,
      bytes: text === undefined ? app.text.state.field(textBytes) : utf8Length(text),
      limits: { matches, spans: Number.MAX_SAFE_INTEGER, budgetMs, maxBudgetMs: budgetMs },
      purpose: { op: op as "compile" | "search" | "measure", repeat },
    })
  }

  /// The server has read a frame.
  taken(run: number): void {
    if (run == this.run?.run) this.used.taken()
  }

  stop(run: number): void {
    if (run == this.run?.run) this.end()
  }

  /// There is no server any more that asks.
  disconnected(): void {
    this.run = undefined
    this.close()
  }

  private get used(): NativeSearch {
    return this.run?.text === undefined ? this.own : this.other
  }

  private searcher(): NativeSearch {
    return new NativeSearch({
      open: (script) => new Worker(new URL(script, document.baseURI)),
      onMessage: (message) => this.received(message),
      onMatches: (frame) => {
        if (this.run) this.app.session.lend(frame)
        return false
      },
      known: () => ({ count: 0, searched: 0, bytes: 0, wallMs: 0 }), // it answers nothing then but that it failed
    })
  }

  private received(message: Exclude<SearchMessage, Done> | Ended): void {
    const { run } = this
    if (!run || !("version" in message) || message.version != run.run) return
    switch (message.type) {
      case "started":
        this.groups = message.groups
        return
      case "invalid":
        if (message.error.code == RefusedCode) return this.answer({ outcome: OutcomeRefused, message: message.error.message })
        return this.fail(message.error.message)
      case "done": {
        const { outcome, count, searched, wallMs, clockMs } = message
        return this.answer({ outcome, count, searched, wallMs, ...(message.message && { message: message.message }), ...(clockMs && { clockMs }) })
      }
    }
  }

  private fail(message: string): void {
    this.answer({ outcome: OutcomeError, message })
  }

  private answer(result: Pick<NativeDone, "outcome"> & Partial<NativeDone>): void {
    const { run, groups } = this
    if (!run) return
    this.run = undefined
    this.app.session.lend({
      type: TypeNativeDone,
      run: run.run,
      groups: run.op == NativeCompile ? groups : [],
      count: 0,
      searched: 0,
      wallMs: 0,
      clockMs: 0,
      ...result,
    })
    this.rest()
  }

  private end(): void {
    if (!this.run) return
    this.used.drop()
    this.run = undefined
    this.rest()
  }

  private rest(): void {
    clearTimeout(this.idle)
    this.idle = setTimeout(() => !this.run && this.close(), IdleMs)
  }

  private close(): void {
    clearTimeout(this.idle)
    this.own.close()
    this.other.close()
  }
}
