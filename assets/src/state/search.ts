/// What is known of the search of the current version, and which matches are on
/// screen: those of the current version as soon as it has said anything that can
/// be shown, those of the version before until then.
import type { Text } from "@codemirror/state"
import type { SearchMessage } from "../codec"
import type { Diagnostic, Done, Engine, Group, Idle, Invalid, NoEngine, Progress, Query, Started, Waiting } from "../wire"
import { EngineBrowser, OutcomeCancelled, OutcomeError, TypeDone } from "../wire"
import { SpanStore, readMatchesHeader } from "./spans"

/// pending: sent or about to be; waiting: no worker free; then running until one
/// of the last four.
export type Phase = "pending" | "waiting" | "running" | "done" | "invalid" | "idle" | "no-engine"

export interface Status {
  version: number
  /// What has been sent with the version.
  query?: Query
  /// Whether the browser's own RegExp runs it.
  native?: boolean
  phase: Phase
  engine?: Engine
  count: number
  searched: number
  bytes: number
  wallMs: number
  cpuMs?: number
  /// Set once the search takes long enough to show progress.
  progress: boolean
  /// Whether a cancel has been sent.
  cancelling: boolean
  stuck: number
  done?: Done
  error?: Diagnostic
  /// Why there is no engine.
  missing?: string
}

/// Matches with the text they were found in: the text may have changed since.
export interface Results {
  version: number
  store: SpanStore
  groups: readonly Group[]
  doc: Text
  /// What was searched for, as one string: flavor, flags, pattern and engine.
  query: string
}

export function isFinal(phase: Phase): boolean {
  return phase == "done" || phase == "invalid" || phase == "idle" || phase == "no-engine"
}

export class Search {
  status: Status = blank(0)
  shown: Results | undefined
  private doc: Text | undefined
  private query = ""
  private coming: Results | undefined

  /// The page's state has changed: what comes for older versions is ignored.
  supersede(version: number): void {
    this.status = blank(version)
    this.coming = undefined
    this.doc = undefined
  }

  /// The version has been sent, with this text and query, for this engine.
  sent(doc: Text, query: Query, engine: string): void {
    this.doc = doc
    this.query = [query.flavor, query.flags, engine, query.pattern].join("\n")
    this.status = { ...this.status, query, native: engine == EngineBrowser }
  }

  /// A message of a search. Returns whether there is something new to show, as do
  /// the following.
  received(msg: SearchMessage): boolean {
    switch (msg.type) {
      case "started":
        return this.started(msg)
      case "progress":
        return this.progress(msg)
      case "waiting":
        return this.waiting(msg)
      case "done":
        return this.done(msg)
      case "invalid":
        return this.invalid(msg)
      case "no-engine":
        return this.noEngine(msg)
      case "idle":
        return this.idle(msg)
    }
  }

  started(msg: Started): boolean {
    if (!this.isCurrent(msg.version)) return false
    const { groups, engine, bytes } = msg
    if (!msg.continued || !this.coming) {
      this.coming = { version: msg.version, store: new SpanStore(groups.length), groups, doc: this.doc!, query: this.query }
    }
    this.status = { ...this.status, phase: "running", engine, bytes, stuck: 0 }
    return true
  }

  matches(frame: Uint8Array): boolean {
    const header = readMatchesHeader(frame)
    if (!this.isCurrent(header.version) || !this.coming) return false
    this.coming.store.append(frame, header)
    this.shown = this.coming
    this.status = { ...this.status, count: this.coming.store.count, searched: header.searched }
    return true
  }

  progress(msg: Progress): boolean {
    if (!this.isCurrent(msg.version)) return false
    this.reveal()
    const { searched, bytes, count, wallMs } = msg
    this.status = { ...this.status, searched, bytes, count, wallMs, progress: true }
    if (msg.cpuMs !== undefined) this.status.cpuMs = msg.cpuMs
    return true
  }

  waiting(msg: Waiting): boolean {
    if (!this.isCurrent(msg.version)) return false
    this.status = { ...this.status, phase: "waiting", stuck: msg.stuck, progress: true }
    return true
  }

  done(msg: Done): boolean {
    if (!this.isCurrent(msg.version)) return false
    this.reveal()
    const { count, searched, bytes, wallMs } = msg
    const status: Status = { ...this.status, phase: "done", count, searched, bytes, wallMs, done: msg }
    if (msg.cpuMs === undefined) delete status.cpuMs
    else status.cpuMs = msg.cpuMs
    if (msg.outcome == OutcomeError && msg.count == 0) this.shown = undefined
    this.status = { ...status, progress: false, cancelling: false }
    return true
  }

  invalid(msg: Invalid): boolean {
    if (!this.isCurrent(msg.version)) return false
    this.shown = this.coming = undefined
    this.status = { ...this.status, progress: false, phase: "invalid", engine: msg.engine, error: msg.error }
    return true
  }

  noEngine(msg: NoEngine): boolean {
    if (!this.isCurrent(msg.version)) return false
    this.shown = this.coming = undefined
    this.status = { ...this.status, progress: false, phase: "no-engine", missing: msg.message }
    return true
  }

  idle(msg: Idle): boolean {
    if (!this.isCurrent(msg.version)) return false
    this.shown = this.coming = undefined
    this.status = { ...this.status, progress: false, phase: "idle" }
    return true
  }

  /// Nothing was heard for a while after sending.
  late(): void {
    if (!isFinal(this.status.phase)) this.status = { ...this.status, progress: true }
  }

  /// The user wants the search to go on: what it found stays.
  resume(): void {
    const { done: _, ...status } = this.status
    this.status = { ...status, phase: "running", progress: true, cancelling: false }
  }

  cancelling(): void {
    this.status = { ...this.status, cancelling: true }
  }

  /// The search is over before anybody has begun with it.
  cancelled(): void {
    const nothing = { count: 0, searched: 0, bytes: 0, wallMs: 0, queueMs: 0 }
    const done: Done = { type: TypeDone, version: this.status.version, outcome: OutcomeCancelled, canContinue: false, ...nothing }
    this.status = { ...this.status, phase: "done", progress: false, cancelling: false, done }
  }

  // Something arrived that says "this far and no other match": what was shown of
  // the version before is no longer true.
  private reveal(): void {
    if (this.coming) this.shown = this.coming
  }

  private isCurrent(version: number): boolean {
    return version == this.status.version && this.doc !== undefined
  }
}

function blank(version: number): Status {
  return {
    version,
    phase: "pending",
    count: 0,
    searched: 0,
    bytes: 0,
    wallMs: 0,
    progress: false,
    cancelling: false,
    stuck: 0,
  }
}
