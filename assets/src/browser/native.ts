/// The page's end of searches on the browser's own RegExp (messages.ts). The text is
/// handed over once, and then its edits: what is typed waits for neither.
import { ChangeSet, type Text } from "@codemirror/state"
import type { SearchMessage } from "../codec"
import { type Done, type Engine, type Limits, type Query, OutcomeCancelled, OutcomeError } from "../wire"
import type { Ended, FromSearcher, Purpose, TextEdit, ToSearcher, ToStarter } from "./messages"

// How long a searcher may take to say that a search is cancelled. It gives the worker that
// runs RegExp 100 ms (searcher.ts), and is never busy itself; on a machine whose cores are
// busy with other things it has needed ten times that. One that says nothing is ended.
const CancelMs = 2000

export interface NativeHost {
  /// Starts a worker with this script.
  open(script: "search.js" | "regexp.js"): Worker
  onMessage(message: Exclude<SearchMessage, Done> | Ended): void
  /// False when the frame is dealt with later, which `taken` then says.
  onMatches(frame: Uint8Array<ArrayBuffer>): boolean
  /// How far the search is, as the host has been told.
  known(): Pick<Done, "count" | "searched" | "bytes" | "wallMs">
}

export interface NativeQuery {
  version: number
  query: Query
  engine: Engine
  doc: Text
  /// Length of the text, in bytes of UTF-8.
  bytes: number
  limits: Pick<Limits, "matches" | "spans" | "budgetMs" | "maxBudgetMs">
  purpose?: Purpose
}

export class NativeSearch {
  private worker: Worker | undefined
  // The one that runs RegExp for it.
  private child: Worker | undefined
  // What has become of the text since it was handed over; undefined before that.
  private unsent: ChangeSet | undefined
  private version = 0
  private cancelling: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly host: NativeHost) {}

  /// The text is edited, whoever searches it.
  change(changes: ChangeSet): void {
    this.unsent = this.unsent?.compose(changes)
  }

  /// Searches, instead of what was searched before.
  search({ version, query, engine, doc, bytes, limits, purpose }: NativeQuery): void {
    clearTimeout(this.cancelling)
    this.worker ??= this.open()
    this.version = version
    if (!this.unsent) this.post({ type: "text", text: doc.toString() })
    else if (!this.unsent.empty) this.post({ type: "edit", edits: textEdits(this.unsent) })
    this.unsent = ChangeSet.empty(doc.length)
    // A half of a surrogate pair is what a server would get for it.
    const pattern = query.pattern.toWellFormed()
    this.post({ type: "search", version, flags: query.flags, pattern, engine, bytes, limits, ...(purpose && { purpose }) })
  }

  /// Ends a search, which its host is told whatever becomes of the workers: by the searcher,
  /// or after CancelMs by this, and then it cannot be gone on with.
  cancel(version: number): void {
    if (version != this.version || !this.worker) return
    this.post({ type: "cancel", version })
    clearTimeout(this.cancelling)
    this.cancelling = setTimeout(() => this.give({ outcome: OutcomeCancelled }), CancelMs)
  }

  continue(version: number): void {
    this.post({ type: "continue", version })
  }

  /// Nothing is to be searched for now.
  drop(): void {
    clearTimeout(this.cancelling)
    this.post({ type: "drop" })
  }

  /// Another engine searches: gives back what the text takes in the workers.
  close(): void {
    clearTimeout(this.cancelling)
    this.worker?.terminate()
    this.child?.terminate()
    this.worker = this.child = this.unsent = undefined
  }

  /// A frame has been dealt with.
  taken(): void {
    this.post({ type: "taken" })
  }

  /// The next search is in another text, which does not come from this one by edits.
  forget(): void {
    this.unsent = undefined
  }

  private post(message: ToSearcher): void {
    this.worker?.postMessage(message)
  }

  private open(): Worker {
    const worker = this.host.open("search.js")
    worker.onmessage = ({ data }: MessageEvent<FromSearcher | ToStarter>) => worker == this.worker && this.received(data)
    worker.onerror = (event) => {
      if (worker != this.worker) return
      this.give({ outcome: OutcomeError, message: `The browser's worker failed: ${reason(event)}` })
    }
    return worker
  }

  private received(data: FromSearcher | ToStarter): void {
    if (data instanceof Uint8Array) {
      if (this.host.onMatches(data)) this.taken()
      return
    }
    switch (data.type) {
      case "spawn":
        return this.spawn(data.child, data.port)
      case "kill":
        this.child?.terminate()
        this.child = undefined
        return
      case "done":
      case "invalid":
        if (data.version == this.version) clearTimeout(this.cancelling)
    }
    this.host.onMessage(data)
  }

  private spawn(number: number, port: MessagePort): void {
    this.child?.terminate()
    const child = (this.child = this.host.open("regexp.js"))
    child.onerror = (event) => child == this.child && this.post({ type: "failed", child: number, why: reason(event) })
    child.postMessage(port, [port])
  }

  // Ends the workers, and the search for them.
  private give(end: { outcome: string; message?: string }): void {
    this.close()
    const { count, searched, bytes, wallMs } = this.host.known()
    this.host.onMessage({ type: "done", version: this.version, count, searched, bytes, wallMs, queueMs: 0, canContinue: false, ...end })
  }
}

function reason(event: ErrorEvent): string {
  return event.message || "its script was not loaded"
}

export function textEdits(changes: ChangeSet): TextEdit[] {
  const edits: TextEdit[] = []
  changes.iterChanges((from, to, _fromB, _toB, inserted) => edits.push({ from, to, insert: inserted.toString() }))
  return edits
}
