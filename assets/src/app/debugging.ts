/// The step debugger: what the page asks the server for, and what it shows of it.
/// The run is for one state of pattern and text; while the Debug tab is open, an
/// edit begins another, and the place is kept by token and offset.
import type { ChangeDesc, ChangeSet, Text } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { batch, computed, effect, signal } from "@preact/signals"
import { setTextMark, setTokenMark, textBytes } from "../editor"
import {
  type Breakpoint,
  type Move,
  type Sign,
  breakConditions,
  conditionOf,
  conditionsOf,
  difference,
  mapBreakpoint,
  mapSpan,
  sameQuery,
  sourceOf,
  tokenSpan,
} from "../state"
import type { DebugMessage } from "../codec"
import type { Debug, DebugAgreement, DebugCounts, DebugFailed, DebugProblem, DebugProgram, DebugProgress, DebugStep, DebugWhyNot, Query } from "../wire"
import { MoveEnd, MoveFind, MoveList, MovePlace, MoveTo, TypeDebug } from "../wire"
import type { App } from "./app"
import { Listing } from "./debuglisting"
import { Heating } from "./heating"

export { heatWords } from "./heating"

// How many steps around the current one the list of steps shows.
const Around = 40

/// What is debugged: a pattern and a text, and the program of it.
export interface Debugged {
  program: DebugProgram
  query: Query
  doc: Text
  /// Length of the text in bytes.
  bytes: number
}

// What a movement looks for, in words.
const sought: Record<Move, string> = {
  step: "step", over: "step", out: "step", match: "match", failure: "failure", groupfailure: "failure in this group", attempt: "attempt",
}

type Question = Pick<Debug, "move"> & Partial<Pick<Debug, "step" | "backward" | "any" | "search" | "unit" | "place" | "maxSteps" | "count">>

export class Debugging {
  readonly debugged = signal<Debugged | undefined>(undefined)
  readonly step = signal<DebugStep | undefined>(undefined)
  readonly progress = signal<DebugProgress | undefined>(undefined)
  readonly counts = signal<DebugCounts | undefined>(undefined)
  /// What is typed to look for steps, and what is wrong with it.
  readonly searchText = signal("")
  readonly problem = signal<DebugProblem | undefined>(undefined)
  /// Whether the real engine finds the same; absent until that is known.
  readonly agreement = signal<DebugAgreement | undefined>(undefined)
  /// Why the run found nothing, once that is known.
  readonly whyNot = signal<DebugWhyNot | undefined>(undefined)
  /// Whether the user has asked for that, and has not been shown it yet.
  readonly whyAsked = signal(false)
  readonly whyOpen = signal(true)
  /// The change that was applied last, in words, with the query before and after it.
  readonly applied = signal<{ words: string; before: Query; after: Query } | undefined>(undefined)
  readonly failed = signal<DebugFailed | undefined>(undefined)
  /// Whether what is shown is of an older state.
  readonly stale = signal(false)
  /// What is being looked for, for longer than a moment; or "".
  readonly seeking = signal("")
  /// That a search found nothing, in words; or "".
  readonly note = signal("")
  readonly breakpoints = signal<readonly Breakpoint[]>([])
  readonly playing = signal(false)
  /// Steps a second.
  readonly speed = signal(4)
  /// Where the only attempt begins; undefined to search the whole text.
  readonly start = signal<number | undefined>(undefined)
  /// The optimisations of PCRE2 that the machine has too, by their names.
  readonly optimize = signal<readonly string[]>([])
  readonly open = computed(() => this.app.model.panel.value == "debug" && this.app.model.welcome.value !== undefined)

  private version = 0 // of the last update
  private engine = "" // that it asked for
  private base = 0 // from which on messages are about the present state
  private state: Omit<Debugged, "program"> | undefined
  // The edits of the text from what is on screen (`debugged`) to the present, to what
  // was sent last, and from there on.
  private changes: ChangeDesc | undefined
  private toSent: ChangeDesc | undefined
  private sinceSent: ChangeDesc | undefined
  private coming: Debugged | undefined // that has no step yet
  private readonly early = new Map<DebugMessage["type"], DebugCounts | DebugWhyNot>() // about it
  private request = 0
  private flying: Question | undefined // that has no answer yet
  private waiting: Question | undefined // that is asked after it
  private first: number | undefined // the step that a link asks for
  private moved = false // the user, not an edit
  private seekTimer: ReturnType<typeof setTimeout> | undefined
  private playTimer: ReturnType<typeof setTimeout> | undefined
  private lastBreakpoint = 0

  readonly heating: Heating
  readonly listing = new Listing((step, count) => this.list(step, count))

  constructor(private readonly app: App) {
    this.heating = new Heating(app)
  }

  /// From now on the editors show the step.
  watch(): void {
    let wasOpen = false
    effect(() => {
      const open = this.open.value
      if (open && !wasOpen) queueMicrotask(() => this.resume())
      if (!open && wasOpen) queueMicrotask(() => this.pause())
      wasOpen = open
    })
    effect(() => this.draw())
    this.heating.watch()
  }

  /// The connection is another one.
  reset(): void {
    this.listing.stop()
    this.state = undefined
    this.flying = this.waiting = undefined
  }

  /// An update has been sent.
  sent(version: number, doc: Text, query: Query, engine: string): void {
    this.version = version
    if (engine != this.engine) this.agreement.value = undefined // that one is asked now
    this.engine = engine
    const same = this.state && this.state.doc == doc && sameQuery(this.state.query, query)
    if (!same) {
      this.listing.stop()
      this.base = version
      this.state = { doc, query, bytes: this.app.text.state.field(textBytes) }
      this.toSent = this.changes
      this.sinceSent = undefined
      this.stale.value = true
      this.flying = this.waiting = this.coming = undefined
      this.early.clear()
      this.failed.value = undefined
      this.whyAsked.value = false // what was asked about is gone, and the focus stays where it is
      if (this.open.value) this.begin()
    } else if (this.open.value) this.ask(this.flying ?? this.here())
  }

  /// The text has been edited.
  textChanged(changes: ChangeSet): void {
    const { desc } = changes
    this.changes = this.changes ? this.changes.composeDesc(desc) : desc
    this.sinceSent = this.sinceSent ? this.sinceSent.composeDesc(desc) : desc
    if (this.start.value !== undefined) this.start.value = changes.mapPos(this.start.value)
  }

  received(msg: DebugMessage): void {
    if (msg.version < this.base || !this.state) return
    // Its tokens and places are not those of the program that is still on screen.
    if (this.coming && (msg.type == "debug-counts" || msg.type == "debug-why-not")) {
      this.early.set(msg.type, msg)
      return
    }
    switch (msg.type) {
      case "debug-program":
        return this.begun(msg)
      case "debug-step":
        return this.arrived(msg)
      case "debug-progress":
        this.progress.value = msg
        return
      case "debug-counts":
        this.counts.value = msg
        return
      case "debug-why-not":
        this.whyNot.value = msg
        return
      case "debug-listing":
        return this.listing.received(msg)
      case "debug-agreement":
        this.agreement.value = msg
        return
      case "debug-failed":
        this.listing.stop()
        this.failed.value = msg
        this.answered()
        this.coming = undefined
        this.early.clear()
        this.debugged.value = this.step.value = this.progress.value = this.counts.value = undefined
        this.stopPlaying()
    }
  }

  /// The step for a link; undefined while another tab is open.
  linked(): number | undefined {
    return this.open.value ? this.step.value?.event.step : undefined
  }

  /// Opens the tab, and begins the next run at a step.
  openAt(step: number): void {
    this.first = step
    if (this.open.value) this.go(step)
    this.app.model.panel.value = "debug"
  }

  /// Opens the tab at the reason why nothing matches.
  askWhy(): void {
    this.whyAsked.value = this.whyOpen.value = true
    this.app.model.panel.value = "debug"
  }

  /// Makes the query another one, which a step of undo in the pattern takes back.
  apply(after: Query, words: string): void {
    this.applied.value = { words, before: { ...this.app.model.query.value }, after }
    this.app.takeQuery(after)
  }

  /// Goes to a step.
  go(step: number): void {
    this.move({ move: MoveTo, step: Math.max(0, step) }, "")
  }

  rewind(): void {
    this.stopPlaying()
    this.go(0)
  }

  end(): void {
    this.stopPlaying()
    this.move({ move: MoveEnd }, "Running to the end…")
  }

  /// How many steps the user may have a run take that has stopped at the limit; undefined when it may take no more.
  more(): number | undefined {
    const { progress, debugged } = this
    if (progress.value?.outcome != "step-limit" || !debugged.value) return undefined
    const { maxSteps } = progress.value
    const more = Math.min(10 * maxSteps, debugged.value.program.mostSteps)
    return more > maxSteps ? more : undefined
  }

  /// Has a run go on that has stopped at the limit of steps.
  goOn(): void {
    const maxSteps = this.more()
    if (maxSteps !== undefined) this.ask({ ...this.here(), maxSteps }, "")
  }

  forward(): void {
    this.by("step", false)
  }

  back(): void {
    this.by("step", true)
  }

  /// A movement from the current step.
  by(move: Move, backward: boolean): void {
    this.stopPlaying()
    const { value } = this.step
    if (!value) return
    const any = conditionsOf(move, backward, value.event)
    if (any) this.move({ move: MoveFind, step: value.event.step, backward, any }, `Looking for the ${backward ? "previous" : "next"} ${sought[move]}…`)
    else if (!backward || value.event.step > 0) this.go(this.target() + (backward ? -1 : 1))
  }

  /// To where a token is in a step again.
  toToken(token: number, backward: boolean): void {
    const { value } = this.step
    if (!value) return
    this.stopPlaying()
    this.move({ move: MoveFind, step: value.event.step, backward, any: [{ token }] }, "Looking for the token…")
  }

  /// To where a group changes next, or did before.
  toGroup(group: number, backward: boolean): void {
    const { value } = this.step
    if (!value) return
    this.stopPlaying()
    this.move({ move: MoveFind, step: value.event.step, backward, any: [{ group }] }, "Looking for a change of the group…")
  }

  /// To the next step, or the one before, that is like what is typed in the search box.
  search(backward: boolean): void {
    const { value } = this.step
    const search = this.searchText.value.trim()
    if (!value || search == "") return
    this.stopPlaying()
    this.move({ move: MoveFind, step: value.event.step, backward, search, unit: this.app.model.unit.value }, "Searching the steps…")
  }

  setSearch(text: string): void {
    this.searchText.value = text
    this.problem.value = undefined
  }

  toCurrentToken(backward: boolean): void {
    if (this.step.value) this.toToken(this.step.value.event.token, backward)
  }

  /// On to the next breakpoint, or back to the one before; without any to the end
  /// or the beginning.
  continue(backward: boolean): void {
    const { value } = this.step
    const program = this.debugged.value?.program
    if (!value || !program) return
    const any = [...breakConditions(program), ...this.breakpoints.value.flatMap((b) => conditionOf(b, program) ?? [])]
    if (any.length == 0) {
      if (backward) this.rewind()
      else this.end()
      return
    }
    this.stopPlaying()
    this.move({ move: MoveFind, step: value.event.step, backward, any }, "Running to a breakpoint…")
  }

  /// Ends a search that takes long, where it began.
  stop(): boolean {
    this.stopPlaying()
    if (!this.flying) return false
    this.move(this.here(), "")
    return true
  }

  addBreakpoint(b: Omit<Breakpoint, "id">): void {
    const same = (other: Breakpoint) => JSON.stringify({ ...other, id: 0 }) == JSON.stringify({ ...b, id: 0 })
    if (!this.breakpoints.value.some(same)) this.breakpoints.value = [...this.breakpoints.value, { ...b, id: ++this.lastBreakpoint }]
  }

  removeBreakpoint(id: number): void {
    this.breakpoints.value = this.breakpoints.value.filter((b) => b.id != id)
  }

  /// Has a breakpoint stop only at one outcome, or at any.
  changeBreakpoint(id: number, kind: Breakpoint["kind"]): void {
    this.breakpoints.value = this.breakpoints.value.map((b) => {
      if (b.id != id) return b
      const { kind: _, ...others } = b
      return kind ? { ...others, kind } : others
    })
  }

  /// A breakpoint at the current token, or none there any more.
  toggleBreakpoint(): void {
    const { step, debugged } = this
    if (!step.value || !debugged.value) return
    const token = tokenSpan(debugged.value.program, step.value.event.token)
    const there = this.breakpoints.value.find((b) => b.token && Object.keys(b).length == 2 && b.token.from == token.from && b.token.to == token.to)
    if (there) this.removeBreakpoint(there.id)
    else this.addBreakpoint({ token })
  }

  /// Makes the run's only attempt at a place of the text, or searches all of it.
  startAt(place: number | undefined): void {
    if (place == this.start.value) return
    this.start.value = place
    this.begin()
  }

  /// Runs with an optimisation of PCRE2, or without.
  toggleOptimization(name: string): void {
    const { optimize } = this
    optimize.value = optimize.value.includes(name) ? optimize.value.filter((one) => one != name) : [...optimize.value, name].sort()
    this.begin()
  }

  play(): void {
    if (this.playing.value) return this.stopPlaying()
    if (!this.step.value) return
    this.playing.value = true
    this.schedulePlay()
  }

  stopPlaying(): void {
    clearTimeout(this.playTimer)
    this.playing.value = false
  }

  private schedulePlay(): void {
    clearTimeout(this.playTimer)
    this.playTimer = setTimeout(() => {
      if (!this.playing.value) return
      const { step, progress } = this
      const last = progress.value && progress.value.outcome != "running" && step.value && step.value.event.step >= progress.value.steps - 1
      if (last) return this.stopPlaying()
      if (!this.flying) this.move({ move: MoveTo, step: step.value!.event.step + 1 }, "")
      this.schedulePlay()
    }, 1000 / this.speed.value)
  }

  // The step that the page is at, or on its way to.
  private target(): number {
    const to = this.waiting ?? this.flying
    return to?.move == MoveTo ? to.step! : (this.step.value?.event.step ?? 0)
  }

  private here(): Question {
    return { move: MoveTo, step: this.step.value?.event.step ?? 0 }
  }

  // The tab has been opened.
  private resume(): void {
    if (!this.state || this.version == 0) return
    if (this.stale.value || !this.step.value) this.begin()
    else this.ask(this.flying ?? this.here())
  }

  private pause(): void {
    this.stopPlaying()
    this.draw()
  }

  // Asks for the place of before in a new state.
  private begin(): void {
    const { step, debugged } = this
    this.moved = false
    this.note.value = ""
    const { first } = this
    this.first = undefined
    if (first !== undefined) return this.ask({ move: MoveTo, step: first })
    if (!step.value || !debugged.value || !this.state) return this.ask({ move: MoveTo, step: 0 })
    const { event } = step.value
    const pattern = difference(debugged.value.query.pattern, this.state.query.pattern)
    const span = event.token == 0 ? { from: 0, to: this.state.query.pattern.length } : mapSpan(tokenSpan(debugged.value.program, event.token), pattern)
    const pos = this.changes ? this.changes.mapPos(event.pos.at) : event.pos.at
    this.ask({ move: MovePlace, place: { ...span, kind: event.kind, pos } })
  }

  private begun(program: DebugProgram): void {
    this.progress.value = this.counts.value = this.whyNot.value = this.agreement.value = undefined
    // It is shown with its first step: the one on screen is of the program before.
    this.coming = { program, ...this.state! }
    this.early.clear()
  }

  private arrived(msg: DebugStep): void {
    if (msg.request != this.request) return
    const question = this.flying
    this.first = undefined
    this.answered()
    this.stale.value = false
    this.note.value = !msg.found && !msg.problem && question?.move == MoveFind ? "There is no such step." : ""
    this.problem.value = msg.problem
    batch(() => {
      const { coming } = this
      this.coming = undefined
      if (coming) this.show(coming)
      this.step.value = msg
      for (const one of this.early.values()) this.received(one)
      this.early.clear()
    })
    const { waiting } = this
    this.waiting = undefined
    if (waiting) this.ask(waiting)
    if (this.moved) this.reveal(msg)
  }

  // Puts another program on screen: from now on places are those of its text.
  private show(coming: Debugged): void {
    const before = this.debugged.value
    const pattern = before && difference(before.query.pattern, coming.query.pattern)
    this.breakpoints.value = this.breakpoints.value.flatMap((b) => mapBreakpoint(b, pattern, before && this.toSent) ?? [])
    this.changes = this.sinceSent
    this.toSent = undefined
    this.debugged.value = coming
  }

  private answered(): void {
    this.flying = undefined
    clearTimeout(this.seekTimer)
    this.seeking.value = ""
    // Unless something else is asked for at once.
    queueMicrotask(() => this.listing.next())
  }

  // What the user asks for. While a step is on its way, only the last of those
  // asked for meanwhile is: dragging asks for more than can be shown.
  private move(question: Question, words: string): void {
    if (!this.debugged.value) return
    // Until the next program has its first step, tokens and places are those of the one before.
    if (this.stale.value && question.any?.some(({ token, around, pos }) => (token ?? around ?? pos) !== undefined)) return
    this.moved = true
    if (this.flying?.move == MoveTo && question.move == MoveTo && this.seeking.value == "") {
      this.waiting = question
      return
    }
    this.ask(question, words)
  }

  private ask(question: Question, words = "Going there…"): void {
    this.listing.superseded()
    this.waiting = undefined
    this.flying = question
    clearTimeout(this.seekTimer)
    this.seekTimer = setTimeout(() => (this.seeking.value = words || "Going there…"), 250)
    if (!this.send(question)) this.answered()
  }

  // Asks for steps that are not to be shown, unless one that is has not come yet.
  private list(step: number, count: number): number | undefined {
    return !this.flying && this.send({ move: MoveList, step, count }) ? this.request : undefined
  }

  private send(question: Question): boolean {
    const start = this.start.value
    const { version } = this
    const optimize = this.app.model.query.value.flavor == "pcre2" ? this.optimize.value.join() : ""
    return this.app.session.debug({ type: TypeDebug, version, request: ++this.request, around: Around, ...question, ...(start !== undefined && { start }), ...(optimize && { optimize }) })
  }

  // Brings the machine's place in the text on screen.
  private reveal({ event }: DebugStep): void {
    const { text } = this.app
    const pos = Math.min(this.present(event.kind == "failed" ? event.from.at : event.pos.at), text.state.doc.length)
    text.dispatch({ effects: EditorView.scrollIntoView(pos, { y: "nearest", yMargin: 40 }) })
  }

  /// Where a place of the debugged text is in the present one.
  present(pos: number): number {
    return this.changes ? this.changes.mapPos(pos) : pos
  }

  /// Where a place of the present text is in the debugged one.
  past(pos: number): number {
    return this.changes ? this.changes.invertedDesc.mapPos(pos) : pos
  }

  // Shows the step in both editors, or nothing.
  private draw(): void {
    const { app, debugged, step } = this
    const shown = this.open.value && debugged.value && step.value
    if (!shown) {
      app.pattern.dispatch({ effects: setTokenMark.of(undefined) })
      app.text.dispatch({ effects: setTextMark.of(undefined) })
      return
    }
    const { event, furthest, furthestEver, looks } = step.value!
    const { program, query } = debugged.value!
    const sign = event.sign as Sign
    const at = (pos: number) => this.present(pos)
    // A lookaround takes nothing: what it looks at is marked apart.
    const look = looks[looks.length - 1]
    const taken = looks[0]?.pos.at ?? event.pos.at
    app.pattern.dispatch({ effects: setTokenMark.of({ ...tokenSpan(program, event.token), sign, pattern: query.pattern }) })
    app.text.dispatch({
      effects: setTextMark.of({
        attempt: at(event.attempt.at),
        from: at(Math.min(event.attempt.at, taken)),
        to: at(Math.max(event.attempt.at, taken)),
        look: look && { asked: at(look.pos.at), to: at(event.pos.at), title: `The ${look.name} ${sourceOf(program, query.pattern, look.token)} is asked here` },
        pos: at(event.pos.at),
        failed: event.kind == "failed" ? at(event.from.at) : undefined,
        furthest: at(furthest.at),
        furthestEver: at(furthestEver.at),
        sign,
      }),
    })
  }
}
