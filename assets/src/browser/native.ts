/// The page's end of searches on the browser's own RegExp (messages.ts). The text is
/// handed over once, and then its edits: what is typed waits for neither.
import { ChangeSet, type Text } from "@codemirror/state"
import type { SearchMessage } from "../codec"
import type { Done, Engine, Limits, Query } from "../wire"
import type { Ended, FromSearcher, Purpose, TextEdit, ToSearcher } from "./messages"

export interface NativeHost {
  open(): Worker
  onMessage(message: Exclude<SearchMessage, Done> | Ended): void
  /// False when the frame is dealt with later, which `taken` then says.
  onMatches(frame: Uint8Array<ArrayBuffer>): boolean
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
  // What has become of the text since it was handed over; undefined before that.
  private unsent: ChangeSet | undefined
  private version = 0

  constructor(private readonly host: NativeHost) {}

  /// The text is edited, whoever searches it.
  change(changes: ChangeSet): void {
    this.unsent = this.unsent?.compose(changes)
  }

  /// Searches, instead of what was searched before.
  search({ version, query, engine, doc, bytes, limits, purpose }: NativeQuery): void {
    this.worker ??= this.open()
    this.version = version
    if (!this.unsent) this.post({ type: "text", text: doc.toString() })
    else if (!this.unsent.empty) this.post({ type: "edit", edits: textEdits(this.unsent) })
    this.unsent = ChangeSet.empty(doc.length)
    // A half of a surrogate pair is what a server would get for it.
    const pattern = query.pattern.toWellFormed()
    this.post({ type: "search", version, flags: query.flags, pattern, engine, bytes, limits, ...(purpose && { purpose }) })
  }

  cancel(version: number): void {
    this.post({ type: "cancel", version })
  }

  continue(version: number): void {
    this.post({ type: "continue", version })
  }

  /// Nothing is to be searched for now.
  drop(): void {
    this.post({ type: "drop" })
  }

  /// Another engine searches: gives back what the text takes in the workers.
  close(): void {
    this.worker?.terminate()
    this.worker = this.unsent = undefined
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
    const worker = this.host.open()
    worker.onmessage = ({ data }: MessageEvent<FromSearcher>) => {
      if (worker != this.worker) return
      if (!(data instanceof Uint8Array)) return this.host.onMessage(data)
      if (this.host.onMatches(data)) this.taken()
    }
    worker.onerror = (event) => {
      if (worker != this.worker) return
      this.close()
      const message = `The browser's worker failed: ${event.message || "its script was not loaded"}`
      const nothing = { count: 0, searched: 0, bytes: 0, wallMs: 0, queueMs: 0, canContinue: false }
      this.host.onMessage({ type: "done", version: this.version, outcome: "error", message, ...nothing })
    }
    return worker
  }
}

export function textEdits(changes: ChangeSet): TextEdit[] {
  const edits: TextEdit[] = []
  changes.iterChanges((from, to, _fromB, _toB, inserted) => edits.push({ from, to, insert: inserted.toString() }))
  return edits
}
