/// The page's end of the conversation in docs/protocol.md: one socket at a time,
/// versions, at most one update per animation frame, reconnecting.
///
///   offline ── socket opens, hello ──► greeting ── welcome ──► ready
///      ▲                                   │                     │
///      └──────────── closed, wait ─────────┴─────────────────────┘
import { batch } from "@preact/signals"
import { ChangeSet, type Text } from "@codemirror/state"
import { encode, parseMessages, type PageMessage, type ServerMessage } from "../codec"
import {
  FaultProtocol,
  FaultTooBig,
  FaultTooMany,
  FrameMatches,
  FramePutText,
  FrameText,
  Protocol,
  TypeBenchmark,
  TypeContinue,
  TypeHello,
  TypeLoadFile,
  TypeRefresh,
  TypeShow,
  TypeStopBenchmark,
  TypeUpdate,
} from "../wire"
import type { Cancel, Compare, Debug, Engine, Fault, ImportTests, Inputs, Library, NativeDone, Query, Replacement, Seek, Show, Tests } from "../wire"
import { wireEdits } from "./edits"

/// Seconds until the next try, by the number of failed ones: quick at first
/// because a server being restarted is back within a second.
const Backoff = [0.3, 0.6, 1, 2, 4, 8, 10]

// One frame is enough, unless the page is very busy.
const SettleFrames = 10

// A server that accepts but does not answer is as good as none.
const WelcomeTimeoutMs = 10_000

export interface Connection {
  state: "connecting" | "connected" | "disconnected"
  /// When the next try is made, in ms since the epoch; absent when none is.
  retryAt?: number
  /// Why there is no connection, when the server said so.
  fault?: Fault
}

/// What a session needs of the page around it.
export interface Host {
  doc(): Text
  query(): Query
  /// The browser's own engine, which the page lends.
  native(): Engine
  /// The engine that is to run the query; "" for the flavor's first.
  engine(): string
  /// After how many milliseconds a search pauses; 0 for the server's own limit.
  budget(): number
  /// What is on screen besides the editors.
  shows(): Omit<Show, "type">
  /// Why nothing may be sent now, such as a text beyond the limits.
  blocked(): boolean
  /// Calls back in the next animation frame.
  nextFrame(f: () => void): void
  open(): WebSocket
  onConnection(connection: Connection): void
  /// The state has a new version, not yet sent.
  onVersion(version: number): void
  /// The version has been sent with this text and query.
  onSent(doc: Text, query: Query, engine: string): void
  /// The search of the version, which has been sent, is not wanted any more.
  onCancel(version: number): void
  /// Messages have come in one frame, and are told one by one next.
  onFrame(messages: readonly ServerMessage[]): void
  onMessage(msg: ServerMessage): void
  onMatches(frame: Uint8Array): void
  onFile(bytes: Uint8Array): void
  /// The server's text is not the page's: the page makes its own canonical.
  onResync(): void
}

export class Session {
  version = 0
  private socket: WebSocket | undefined
  private ready = false
  private failures = 0
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private fault: Fault | undefined
  // The text as the server has it; undefined when it has to be sent whole.
  private sentDoc: Text | undefined
  private unsent: ChangeSet | undefined
  private dirty = false
  // Whether the version is not wanted to be searched, and has not been sent either.
  private cancelled = false
  private queued = false
  private framePassed = true
  // What the server was told last of what is on screen.
  private shown = ""

  constructor(private readonly host: Host) {}

  connect(): void {
    clearTimeout(this.retryTimer)
    this.drop()
    this.fault = undefined
    this.host.onConnection({ state: "connecting" })
    const socket = (this.socket = this.host.open())
    socket.binaryType = "arraybuffer"
    const timeout = setTimeout(() => socket.close(), WelcomeTimeoutMs)
    socket.onopen = () => this.send({ type: TypeHello, protocol: Protocol, native: this.host.native() })
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      clearTimeout(timeout)
      if (typeof event.data == "string") this.text(event.data)
      else this.binary(new Uint8Array(event.data))
    }
    socket.onclose = () => {
      clearTimeout(timeout)
      if (socket == this.socket) this.closed()
    }
  }

  /// The state changed: `changes` of the text, or undefined for the query alone.
  change(changes?: ChangeSet): void {
    if (changes && this.sentDoc) this.unsent = this.unsent ? this.unsent.compose(changes) : changes
    if (!this.dirty || this.cancelled) this.supersede()
    if (this.framePassed && !this.queued) {
      // A microtask gathers the transactions of one input event.
      this.queued = true
      queueMicrotask(() => {
        this.queued = false
        this.flush()
      })
    }
  }

  /// Sends the query at once, which the page is about to show. False when that cannot
  /// be now.
  ahead(): boolean {
    if (this.dirty || !this.ready || !this.framePassed || this.host.blocked()) return false
    this.supersede()
    this.flush()
    return true
  }

  /// Tells the server what is on screen, when that has changed.
  show(): void {
    if (!this.ready) return
    const show = this.host.shows()
    const shown = JSON.stringify(show)
    if (shown == this.shown) return
    this.shown = shown
    this.send({ type: TypeShow, ...show })
  }

  /// Says what is no part of the state. False when there is no connection.
  tell(message: Cancel | Compare | Library | Seek | Replacement | Tests | ImportTests | Inputs): boolean {
    if (this.ready) this.send(message)
    return this.ready
  }

  /// Whether the server has got all that the page shows, within the frames that a
  /// key takes to be sent.
  async settled(): Promise<boolean> {
    for (let frames = 0; frames < SettleFrames && this.ready; frames++) {
      this.flush()
      if (!this.dirty) return true
      await new Promise<void>((resolve) => this.host.nextFrame(resolve))
    }
    return false
  }

  /// Has the search of the version cancelled: now, or when the version has been sent, which
  /// is within a frame. False when it cannot be sent at present: then nobody would answer.
  /// Whatever changes after that is another version, and searched.
  cancel(): boolean {
    this.cancelled = this.dirty
    if (!this.dirty) this.host.onCancel(this.version)
    return !this.dirty || (this.ready && !this.host.blocked())
  }

  continue(): void {
    this.send({ type: TypeContinue, version: this.version })
  }

  /// Has the server look for engines again. False when there is no connection.
  refresh(): boolean {
    if (!this.ready) return false
    this.send({ type: TypeRefresh })
    return true
  }

  /// Has engines measured with what the server has. False when it has not got what
  /// the page shows.
  benchmark(engines: string[]): boolean {
    if (!this.ready || this.dirty) return false
    this.send({ type: TypeBenchmark, version: this.version, engines })
    return true
  }

  stopBenchmark(): void {
    this.send({ type: TypeStopBenchmark, version: this.version })
  }

  /// Asks the step debugger. False when there is no connection.
  debug(msg: Debug): boolean {
    if (!this.ready) return false
    this.send(msg)
    return true
  }

  /// Sends what a run for the server has found, or how it ended.
  lend(result: NativeDone | Uint8Array<ArrayBuffer>): void {
    if (!(result instanceof Uint8Array)) this.send(result)
    else if (this.socket?.readyState == 1) this.socket.send(result)
  }

  /// Asks for the server's file. False when there is no connection to ask on.
  loadFile(): boolean {
    if (!this.ready) return false
    this.send({ type: TypeLoadFile })
    return true
  }

  /// The page's text now is the file's, which the server has as well.
  adoptFile(): void {
    this.sentDoc = this.host.doc()
    this.unsent = undefined
  }

  /// The server's text is the file's, and the page's is not: it is sent whole.
  leaveFile(): void {
    this.sentDoc = this.unsent = undefined
  }

  /// Sends what has changed, unless this animation frame has had its update.
  flush(): void {
    const { host } = this
    if (!this.dirty || !this.ready || !this.framePassed || host.blocked()) return
    const doc = host.doc()
    const query = host.query()
    const engine = host.engine()
    const budgetMs = host.budget()
    if (!this.sentDoc) this.putText(doc)
    const edits = this.sentDoc && this.unsent ? wireEdits(this.sentDoc, doc, this.unsent) : []
    this.send({
      type: TypeUpdate,
      version: this.version,
      query,
      ...(edits.length > 0 && { edits }),
      units: doc.length,
      ...(engine != "" && { engine }),
      ...(budgetMs > 0 && { budgetMs }),
    })
    this.sentDoc = doc
    this.unsent = undefined
    this.dirty = false
    host.onSent(doc, query, engine)
    if (this.cancelled) {
      this.cancelled = false
      host.onCancel(this.version)
    }
    this.framePassed = false
    host.nextFrame(() => {
      this.framePassed = true
      this.flush()
    })
  }

  private supersede(): void {
    this.dirty = true
    this.cancelled = false
    this.version++
    this.host.onVersion(this.version)
  }

  private putText(doc: Text): void {
    const bytes = encode(doc.toString())
    const frame = new Uint8Array(bytes.length + 1)
    frame[0] = FramePutText
    frame.set(bytes, 1)
    if (this.socket?.readyState == 1) this.socket.send(frame)
  }

  private send(msg: PageMessage): void {
    if (this.socket?.readyState == 1) this.socket.send(JSON.stringify(msg))
  }

  private text(data: string): void {
    const messages = parseMessages(data)
    this.host.onFrame(messages)
    // What several change is drawn once.
    if (messages.length > 1) batch(() => messages.forEach((msg) => this.said(msg)))
    else messages.forEach((msg) => this.said(msg))
  }

  private said(msg: ServerMessage): void {
    switch (msg.type) {
      case "welcome":
        this.ready = true
        this.failures = 0
        this.host.onConnection({ state: "connected" })
        this.host.onMessage(msg)
        this.show()
        this.change()
        return
      case "resync":
        if (msg.version != this.version || this.dirty) {
          // The update on its way builds on the same wrong text.
          this.sentDoc = this.unsent = undefined
          return
        }
        this.host.onResync()
        this.sentDoc = this.unsent = undefined
        this.change()
        return
      case "fault":
        if (msg.fatal) this.fault = msg
        this.host.onMessage(msg)
        return
      default:
        this.host.onMessage(msg)
    }
  }

  private binary(frame: Uint8Array): void {
    if (frame[0] == FrameMatches) this.host.onMatches(frame)
    else if (frame[0] == FrameText) this.host.onFile(frame.subarray(1))
  }

  private closed(): void {
    const { fault } = this
    this.drop()
    const connection: Connection = { state: "disconnected" }
    if (fault) connection.fault = fault
    if (fault?.code != FaultProtocol && fault?.code != FaultTooBig) {
      const step = Math.min(this.failures++, Backoff.length - 1)
      const wait = fault?.code == FaultTooMany ? Backoff[Backoff.length - 1]! : Backoff[step]!
      connection.retryAt = Date.now() + wait * 1000
      this.retryTimer = setTimeout(() => this.connect(), wait * 1000)
    }
    this.host.onConnection(connection)
  }

  // Forgets the socket; the state stays to be sent again on the next one.
  private drop(): void {
    const { socket } = this
    this.socket = undefined
    socket?.close()
    this.ready = false
    this.shown = ""
    this.sentDoc = this.unsent = undefined
  }
}
