/// Puts the parts together: editors, session, search, painting, keeping.
import type { StateEffect, Text } from "@codemirror/state"
import type { ViewUpdate } from "@codemirror/view"
import { effect } from "@preact/signals"
import {
  type Known,
  type Place,
  dialectOf,
  hasLongLine,
  loaded,
  matchAtCaret,
  patternEditor,
  replaceAll,
  replaceQuery,
  setActive,
  setPart,
  setProblems,
  setTokens,
  shownResults,
  textBytes,
  textEditor,
} from "../editor"
import { NativeSearch } from "../browser"
import { decode, encode, type ServerMessage } from "../codec"
import { Analyses, Search, Session, Tokens, difference, findFlavor, fitFlags, format, isFinal, mapSpan, sameProblems, sameQuery } from "../state"
import type { Fault, Query, Show, Welcome } from "../wire"
import { EngineBrowser, FaultNoFile, TypeCancel } from "../wire"
import { Comparing } from "./comparing"
import { Debugging } from "./debugging"
import { Files } from "./files"
import { Holding } from "./holding"
import { Inputs } from "./inputs"
import { Keeper } from "./keeper"
import { Lending } from "./lending"
import { Library } from "./library"
import { Looking } from "./looking"
import { Lookup } from "./lookup"
import { Model } from "./model"
import { goTo } from "./navigate"
import { Painter, nextFrame } from "./painter"
import { Replacing } from "./replacing"
import { Settings } from "./settings"
import { Testing } from "./testing"
import { samplePattern, sampleText } from "./sample"

// The server sends progress from here on; when it says nothing, the page does.
const LateMs = 250

export class App {
  readonly model = new Model()
  readonly search = new Search()
  private readonly analyses = new Analyses()
  readonly pattern = patternEditor({
    onEdit: (update) => this.patternEdited(update),
    onUpdate: (update) => this.patternUpdated(update),
    expectsKey: (units) => this.holding.expects(units),
    onKey: (tr) => this.holding.take(tr),
    onPointer: (place) => (this.model.place.value = place ?? this.caret()),
    known: () => this.known(),
    multiline: () => this.model.query.value.flags.includes("x"),
    limit: () => this.model.welcome.value?.limits.patternBytes ?? Infinity,
    onRefused: (bytes, limit) => this.refuse("The pattern", bytes, limit),
  })
  readonly text = textEditor({
    onUpdate: (update) => this.textUpdated(update),
    onNote: (note) => (this.model.note.value = note),
    onHover: (match) => this.activate(match),
    limit: () => this.limit(),
    onRefused: (bytes, limit) => this.refuse("The text", bytes, limit),
    everything: this.model.everything.value,
  })
  readonly keeper = new Keeper(this)
  readonly settings = new Settings(this)
  readonly files = new Files(this)
  readonly lookup = new Lookup()
  readonly looking = new Looking(this)
  readonly comparing = new Comparing(this)
  readonly replacing = new Replacing(this)
  readonly debugging = new Debugging(this)
  readonly testing = new Testing(this)
  readonly library = new Library(this)
  readonly inputs = new Inputs(this)
  private readonly lending = new Lending(this)
  private readonly holding = new Holding({
    query: () => this.model.query.value,
    send: () => this.session.ahead(),
    draw: (spec) => this.pattern.dispatch(spec),
    now: () => performance.now(),
  })
  private readonly painter = new Painter(this)
  readonly session = new Session({
    doc: () => this.text.state.doc,
    query: () => this.holding.query ?? this.model.query.value,
    native: () => this.model.native,
    engine: () => this.engine(),
    budget: () => this.settings.timeout.peek(),
    shows: () => this.onScreen(),
    blocked: () => !this.settled || this.files.wanted || this.text.state.field(textBytes) > this.limit(),
    nextFrame: (f) => this.holding.afterwards(() => nextFrame(f)),
    open: () => new WebSocket(socketAddress()),
    onConnection: (connection) => {
      this.model.connection.value = connection
      if (connection.state != "connected") {
        this.debugging.reset()
        this.library.lost()
        this.lending.disconnected()
      }
      document.documentElement.dataset["connection"] = connection.state
    },
    onVersion: (version) => {
      document.documentElement.dataset["version"] = String(version)
      this.search.supersede(version)
      this.holding.afterwards(() => this.painter.schedule())
    },
    onSent: (doc, query, engine) => {
      this.search.sent(doc, query, engine)
      this.sentEngine = engine
      this.holding.sent(query)
      this.searchNatively(doc, query)
      this.analyses.sent(this.session.version, query)
      this.debugging.sent(this.session.version, doc, query, engine)
      clearTimeout(this.lateTimer)
      this.lateTimer = setTimeout(() => {
        this.search.late()
        this.painter.schedule()
      }, LateMs)
    },
    onCancel: (version) => {
      if (this.sentEngine == EngineBrowser) this.native.cancel(version)
      else this.session.tell({ type: TypeCancel, version })
    },
    // What comes with an analysis is drawn together with it.
    onFrame: ([first]) => first?.type != "analysis" && this.holding.release(),
    onMessage: (msg) => this.received(msg),
    onMatches: (frame) => this.found(frame),
    onFile: (bytes) => this.files.arrived(bytes),
    onResync: () => this.canonical(),
  })
  // Searches on the browser's own RegExp.
  private readonly native = new NativeSearch({
    open: (script) => new Worker(new URL(script, document.baseURI)),
    onMessage: (msg) => this.received(msg),
    onMatches: (frame) => {
      this.found(frame)
      return true
    },
    known: () => this.search.status,
  })
  private lateTimer: ReturnType<typeof setTimeout> | undefined
  // The engine of the last update.
  private sentEngine = ""
  // Whether it is known what the page begins with.
  private settled = false

  /// Connects, and finds out in the meantime what to begin with: the link, this
  /// tab's last state, the server's file, or a sample.
  async start(): Promise<void> {
    const { model } = this
    let marked = model.problems.value.marked
    let about: typeof model.analysis.value
    // In one update, whichever of them has changed: each has its price.
    effect(() => {
      const { analysis, problems, welcome } = model
      const effects: StateEffect<unknown>[] = []
      const next = problems.value.marked
      if (!sameProblems(next, marked)) effects.push(setProblems.of(next))
      marked = next
      const colors = analysis.value != about && welcome.value ? analysis.value : undefined
      if (colors) {
        about = colors
        const tokens = new Tokens(colors.msg, welcome.value!.tokenKinds)
        effects.push(setTokens.of({ tokens, pattern: colors.query.pattern }))
      }
      if (effects.length > 0 && !this.holding.release(effects)) this.pattern.dispatch({ effects })
      if (colors) document.documentElement.dataset["colored"] = String(colors.msg.version)
    })
    effect(() => {
      this.onScreen() // whatever it reads
      this.session.show()
    })
    this.holding.watch(window)
    this.settings.start()
    this.replacing.start()
    this.debugging.watch()
    this.testing.start()
    this.library.start()
    this.session.connect()
    const restored = await this.keeper.restore()
    this.keeper.watch()
    if (!restored) {
      const welcome = await this.welcomed()
      if (this.isBlank()) {
        if (welcome.file) this.files.loadServerFile()
        else this.apply({ flavor: "go", flags: "", pattern: samplePattern, text: sampleText })
      }
    }
    this.settled = true
    this.changed()
  }

  /// Shows a state as if it had been typed: one step of undo in each editor.
  apply(state: Query & { text?: string; engine?: string; replace?: string; list?: string; tests?: string; inputs?: string }): void {
    const { flavor, flags, pattern } = state
    this.holding.release()
    this.testing.release()
    this.model.askForEngine(flavor, state.engine)
    this.model.query.value = { flavor, flags, pattern: this.model.query.value.pattern }
    this.fitQuery()
    if (pattern != this.pattern.state.doc.toString()) replaceAll(this.pattern, pattern, "local")
    if (state.text !== undefined) replaceAll(this.text, state.text, "local")
    this.replacing.apply(state.replace ?? "", state.list)
    this.inputs.apply(state.inputs)
    if (state.tests !== undefined) this.testing.apply(state.tests)
    this.changed()
  }

  /// Makes the query another one, as one step of undo in the pattern that brings
  /// back flavor and flags too.
  takeQuery(to: Query): void {
    this.holding.release()
    const { flavor, flags, pattern } = this.model.query.value
    if (flavor == to.flavor && flags == to.flags && pattern == to.pattern) return
    this.testing.release()
    replaceQuery(this.pattern, { flavor, flags }, to)
  }

  /// Shows an example, and offers to bring back what was there: a step of undo in
  /// each editor does so too.
  tryExample(example: Query & { text: string }): void {
    const before = { ...this.model.query.value }
    const text = this.text.state.doc
    this.takeQuery(example)
    replaceAll(this.text, example.text, "local")
    this.model.notify("info", "The example took the place of your pattern and text.", {
      label: "Bring them back",
      run: () => {
        this.takeQuery(before)
        replaceAll(this.text, text, "local")
      },
    })
  }

  /// Puts the caret to a place in the text, and that on screen.
  showText(at: number): void {
    const view = this.text
    view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true })
    view.focus()
  }

  /// Shows a text, and offers to bring back what was there.
  useText(text: string): void {
    const before = this.text.state.doc
    replaceAll(this.text, text, "local")
    this.model.notify("info", "The text that was found took the place of yours.", {
      label: "Bring it back",
      run: () => replaceAll(this.text, before, "local"),
    })
  }

  setFlavor(flavor: string): void {
    this.model.query.value = { ...this.model.query.value, flavor }
    this.fitQuery()
    this.changed()
  }

  /// Runs the flavor's patterns on another of its engines, from now on.
  setEngine(id: string): void {
    const { model } = this
    const first = model.engineChoices.value.find(({ missing }) => !missing)
    model.rememberEngine(model.query.value.flavor, id == first?.id ? "" : id)
    this.changed()
  }

  setFlags(flags: string): void {
    this.model.query.value = { ...this.model.query.value, flags }
    this.changed()
  }

  reconnect(): void {
    this.session.connect()
  }

  cancel(): void {
    if (isFinal(this.search.status.phase)) return
    if (this.session.cancel()) this.search.cancelling()
    else {
      this.native.drop() // which may still be at a version before
      this.search.cancelled()
    }
    this.painter.schedule()
  }

  continue(): void {
    if (!this.search.status.done?.canContinue) return // what is on screen is a version before
    this.search.resume()
    if (this.sentEngine == EngineBrowser) this.native.continue(this.session.version)
    else this.session.continue()
    this.painter.schedule()
  }

  /// Has the chosen engines measured. False when that cannot be asked just now.
  benchmark(): boolean {
    const { model } = this
    if (!this.session.benchmark(model.measured.value.map(({ name }) => name))) return false
    model.speeds.value = undefined
    return true
  }

  /// Selects a match in the list alone.
  activate(match: number): void {
    if (match != this.text.state.field(shownResults).active) this.text.dispatch({ effects: setActive.of(match) })
  }

  goTo(match: number): void {
    goTo(this.text, match)
  }

  /// Marks a part of the pattern, as a panel points at it, or none. The span is of
  /// the pattern that the panel shows, which may be an older one.
  pointAt(span: { from: number; to: number } | undefined, pattern = ""): void {
    this.pattern.dispatch({ effects: setPart.of(span && { from: span.from, to: span.to, pattern }) })
  }

  /// Selects a part of the pattern and goes there, with the caret at its start. The
  /// span is as in pointAt.
  selectPart(span: { from: number; to: number }, pattern: string): void {
    const view = this.pattern
    const { from, to } = mapSpan(span, difference(pattern, view.state.doc.toString()))
    view.dispatch({ selection: { anchor: to, head: from }, scrollIntoView: true })
    view.focus()
  }

  private async known(): Promise<Known | undefined> {
    const { lookup, model } = this
    const { flavor, flags } = model.query.value
    const [reference, names] = await Promise.all([lookup.load(), lookup.namesOf(flavor)])
    const groups = model.analysis.value?.msg.groups ?? []
    return reference && names && { features: reference.features, names, groups, flavor, flags }
  }

  // The place of the caret in the pattern, while that has the focus.
  private caret(): Place | undefined {
    return this.pattern.hasFocus ? { pos: this.pattern.state.selection.main.head, by: "caret" } : undefined
  }

  // Makes the text what its bytes say: bytes that an edit brought together may
  // have become a character.
  private canonical(): void {
    const text = this.text.state.doc.toString()
    const insert = decode(encode(text))
    let from = 0
    while (from < insert.length && text.charCodeAt(from) == insert.charCodeAt(from)) from++
    let end = 0
    const room = Math.min(text.length, insert.length) - from
    while (end < room && text.charCodeAt(text.length - 1 - end) == insert.charCodeAt(insert.length - 1 - end)) end++
    if (text == insert) return
    this.text.dispatch({
      changes: { from, to: text.length - end, insert: insert.slice(from, insert.length - end) },
      annotations: loaded.of("server"),
    })
  }

  private found(frame: Uint8Array): void {
    const first = this.search.status.count == 0
    if (!this.search.matches(frame)) return
    if (first) this.painter.advance()
    else this.painter.schedule()
  }

  // What has been sent is searched here, when the browser's own RegExp is asked for.
  private searchNatively(doc: Text, query: Query): void {
    const { model, native, session } = this
    const limits = model.welcome.value?.limits
    if (this.sentEngine != EngineBrowser || !limits) native.close()
    else if (query.pattern == "") native.drop()
    else native.search({ version: session.version, query, engine: model.native, doc, bytes: this.text.state.field(textBytes), limits: { ...limits, budgetMs: this.settings.timeout.peek() || limits.budgetMs } })
  }

  private received(msg: ServerMessage): void {
    const { model } = this
    switch (msg.type) {
      case "welcome":
        return this.welcome(msg)
      case "engines":
        return this.looking.came(msg)
      case "fault":
        return this.faulted(msg)
      case "resync":
        return
      case "analysis":
        this.holding.answered()
        model.analysis.value = this.analyses.about(msg) ?? model.analysis.value
        return
      case "diagram":
        model.diagram.value = this.analyses.about(msg) ?? model.diagram.value
        return
      case "warnings":
        model.warnings.value = this.analyses.about(msg) ?? model.warnings.value
        return
      case "explanation":
        model.explanation.value = this.analyses.about(msg) ?? model.explanation.value
        return
      case "literals":
        model.literals.value = this.analyses.about(msg) ?? model.literals.value
        return
      case "programs":
        model.programs.value = this.analyses.about(msg) ?? model.programs.value
        return
      case "conversions":
        model.conversions.value = this.analyses.about(msg) ?? model.conversions.value
        return
      case "speeds":
        model.speeds.value = this.analyses.about(msg) ?? model.speeds.value
        return
      case "comparison":
      case "portability":
      case "sought":
        return this.comparing.received(msg, this.analyses)
      case "input-rows":
        return this.inputs.received(msg)
      case "test-file":
      case "test-coverage":
      case "test-results":
      case "imported-tests":
        return this.testing.received(msg)
      case "library-answer":
        return this.library.received(msg)
      case "library-changed":
        return this.library.changed()
      case "native-run":
        return this.lending.start(msg)
      case "native-taken":
        return this.lending.taken(msg.run)
      case "native-stop":
        return this.lending.stop(msg.run)
      case "template":
        return this.replacing.received(msg, this.analyses)
      case "analysis-failed":
        model.analysisFailed.value = this.analyses.about(msg) ?? model.analysisFailed.value
        return
      case "debug-program":
      case "debug-step":
      case "debug-progress":
      case "debug-counts":
      case "debug-why-not":
      case "debug-listing":
      case "debug-agreement":
      case "debug-failed":
        return this.debugging.received(msg)
    }
    if (!this.search.received(msg)) return
    if (msg.type == "no-engine" && !model.welcome.value?.looking && this.sentEngine != this.engine()) this.session.change()
    if (isFinal(this.search.status.phase)) {
      clearTimeout(this.lateTimer)
      this.painter.advance()
    } else this.painter.schedule()
  }

  private onScreen(): Omit<Show, "type"> {
    const { welcome, panel, menu, needed, panelWidth } = this.model
    const offered = welcome.value?.panels ?? []
    const panels = offered.map(({ id }) => id).filter((id) => id == panel.value || id == menu.value || id == needed.value)
    return { panels, ...(panelWidth.value > 0 && { width: panelWidth.value }) }
  }

  /// The engine that an update asks for: "" for the flavor's first. One that is not
  /// known may be found yet, and the server waits for it.
  engine(): string {
    const { engine, engines, query, welcome } = this.model
    const asked = engines.value[query.value.flavor] ?? ""
    const { choice, absent } = engine.value
    if (asked != "" && (absent === undefined || welcome.value?.looking)) return asked
    return choice?.id == EngineBrowser ? EngineBrowser : ""
  }

  private welcome(welcome: Welcome): void {
    this.model.welcome.value = welcome
    this.looking.connected(welcome)
    this.fitQuery()
    const bytes = this.text.state.field(textBytes)
    if (bytes > welcome.limits.textBytes) {
      this.refuse("The text", bytes, welcome.limits.textBytes, "It is not searched until it is shorter.")
    }
    this.files.connected()
    this.comparing.connected()
    this.replacing.connected()
    this.testing.connected()
    this.inputs.connected()
  }

  private faulted(fault: Fault): void {
    if (fault.code == FaultNoFile) this.files.refused()
    if (!fault.fatal) this.model.notify("error", fault.message)
  }

  private welcomed(): Promise<Welcome> {
    return new Promise((resolve) => {
      const stop = this.model.welcome.subscribe((welcome) => {
        if (!welcome) return
        resolve(welcome)
        queueMicrotask(() => stop())
      })
    })
  }

  // Makes flavor and flags such as the server knows, and says what was dropped.
  private fitQuery(): void {
    const { welcome, query } = this.model
    if (!welcome.value) return
    const { flavors } = welcome.value
    const asked = query.value.flavor
    const flavor = findFlavor(flavors, asked) ?? flavors.find((f) => f.engine) ?? flavors[0]
    if (!flavor) return
    if (asked != "" && !findFlavor(flavors, asked)) {
      this.model.notify("error", `This server has no flavor “${asked}”: ${flavor.label} is used instead.`)
    }
    const { kept, dropped } = fitFlags(flavor, query.value.flags)
    if (dropped != "") {
      this.model.notify("info", `${flavor.label} has no flag ${[...dropped].join(", ")}: switched off.`)
    }
    const engine = asked == flavor.name ? undefined : this.model.engines.value[asked]
    if (engine) this.model.askForEngine(flavor.name, engine)
    query.value = { ...query.value, flavor: flavor.name, flags: kept }
  }

  // The server reads what was typed while the page draws it.
  private patternEdited(update: ViewUpdate): void {
    const { docChanged, state, transactions } = update
    this.holding.edited(update)
    const dialect = dialectOf(transactions)
    if (!docChanged && !dialect) return
    const query = { ...this.model.query.value, ...dialect, pattern: state.doc.toString() }
    const { drawing: sent } = this.holding
    if (sent && sameQuery(sent, query)) {
      this.model.query.value = sent
      this.keeper.touch()
      return
    }
    this.model.query.value = query
    if (dialect) this.fitQuery()
    this.changed()
    if (!dialect && transactions.every((tr) => tr.isUserEvent("input.type"))) this.session.flush()
  }

  private patternUpdated({ docChanged, selectionSet, focusChanged }: ViewUpdate): void {
    if (docChanged || selectionSet || focusChanged) this.model.place.value = this.caret()
  }

  private textUpdated(update: ViewUpdate): void {
    if (update.docChanged) {
      this.native.change(update.changes)
      this.lending.change(update.changes)
      this.debugging.textChanged(update.changes)
      this.keeper.edited(update.changes)
    }
    if (update.docChanged && update.transactions.every((tr) => tr.annotation(loaded) != "server")) {
      this.session.change(update.changes)
    }
    const { model } = this
    model.active.value = update.state.field(shownResults).active
    if (update.docChanged) {
      model.textBytes.value = update.state.field(textBytes)
      model.longLine.value = update.state.field(hasLongLine)
    }
    if (update.docChanged || update.selectionSet) this.keeper.touch()
    if (update.selectionSet && update.transactions.some((tr) => tr.isUserEvent("select"))) {
      const match = matchAtCaret(update.state)
      if (match >= 0) this.activate(match)
    }
  }

  /// The state has changed other than by editing the text.
  changed(): void {
    this.session.change()
    this.keeper.touch()
  }

  isBlank(): boolean {
    return this.text.state.doc.length == 0 && this.pattern.state.doc.length == 0
  }

  /// The longest text, in bytes.
  limit(): number {
    return this.model.welcome.value?.limits.textBytes ?? Infinity
  }

  /// Says that something is too long.
  refuse(what: string, bytes: number, limit: number, then = "Nothing was changed."): void {
    const [have, most] = [format.size(bytes), format.size(limit)]
    this.model.notify("error", `${what} is ${have}, and this server takes at most ${most}. ${then}`)
  }
}

function socketAddress(): string {
  const url = new URL("ws", document.baseURI)
  url.protocol = url.protocol.replace("http", "ws")
  url.hash = url.search = ""
  return url.href
}
