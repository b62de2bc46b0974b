/// The file of tests: its text, which is what is kept; what the server reads in it
/// and what came of running it; and changes of it.
import { batch, computed, effect, signal } from "@preact/signals"
import { decode, encode, fromBase64Url, toBase64 } from "../codec"
import type { TestMessage } from "../codec"
import { loaded, replaceAll, setProblems, setUncovered, tomlEditor } from "../editor"
import {
  type TestChange,
  type TestDocument,
  addInput,
  addPattern,
  changeInput,
  changePattern,
  format,
  isPattern,
  removeInput,
  removePattern,
} from "../state"
import {
  type Diagnostic,
  EngineBrowser,
  type ImportedTests,
  MaxTestsBytes,
  OutcomeMatch,
  OutcomeNoMatch,
  type TestCoverage,
  type TestInput,
  type TestMatch,
  type TestPattern,
  type TestProblem,
  type TestResult,
  TypeImportTests,
  TypeTests,
} from "../wire"
import type { App } from "./app"
import { download } from "./download"
import { nextFrame } from "./painter"

/// How the present text becomes a test.
export type TestKind = "match" | "no-match" | "exact"

// The most matches that a test captures: more nobody reads in a file.
const MaxCaptured = 200

// How often the server is asked to read a file of another program: once more, when the
// connection was lost meanwhile. One that it does not outlive is not tried for ever.
const MaxAsked = 2

// A longer text of a match is left out of a test that has its span.
const CapturedText = 60

/// Which input of the file, or with -1 which pattern.
export interface TestPlace {
  pattern: number
  input: number
}

export class Testing {
  readonly text = signal("")
  /// What the file says; it may be about an older text.
  readonly file = signal<TestDocument>({ text: "", patterns: [] })
  readonly problems = signal<readonly TestProblem[]>([])
  readonly results = signal<ReadonlyMap<string, TestResult>>(new Map())
  /// What the inputs of each pattern exercise of it, with the pattern that it is about.
  readonly coverage = signal<ReadonlyMap<number, { pattern: string; msg: TestCoverage }>>(new Map())
  /// Whether all results are there, and why there are no more.
  readonly done = signal(true)
  readonly failed = signal("")
  readonly view = signal<"rows" | "toml">("rows")
  readonly editing = signal<TestPlace | undefined>(undefined)
  /// Whether the pattern of the file that is the editor's changes with it, and which
  /// one that is, or -1.
  readonly following = signal(true)
  readonly followed = signal(-1)
  /// Whether what the file says is about its text.
  readonly fresh = computed(() => this.file.value.text == this.text.value)
  readonly editor = tomlEditor({
    onUpdate: ({ docChanged, state, transactions }) => {
      if (!docChanged) return
      this.text.value = state.doc.toString()
      if (!transactions.some((tr) => tr.annotation(loaded) == "server")) this.changed()
    },
    limit: MaxTestsBytes,
    onRefused: (bytes, limit) => this.app.refuse("The file of tests", bytes, limit),
  })
  private serial = 0
  private sent = "" // the text that has the serial
  private scheduled = false
  private name = "tests.toml"
  // Files of other programs. The server reads the first of them, and of several at a time only the last.
  private readonly importing: { name: string; text: string; asked: number }[] = []

  constructor(private readonly app: App) {}

  /// From now on the editor shows what is wrong, and the pattern that is followed is
  /// written as it is typed.
  start(): void {
    const { model } = this.app
    effect(() => {
      const text = this.text.value
      const marked = this.problems.value.map((p) => ({ diagnostic: diagnosticOf(p), pattern: text }))
      if (this.fresh.value) this.editor.dispatch({ effects: setProblems.of(marked) })
    })
    effect(() => {
      // Whatever the pattern is.
      void [model.query.value, model.engines.value, this.following.value]
      queueMicrotask(() => this.follow())
    })
    effect(() => this.underlay())
  }

  // What no test exercises of the editor's pattern, while the tests are shown.
  private underlay(): void {
    const { app } = this
    const at = this.followed.value
    const covered = app.model.panel.value == "tests" && this.fresh.value ? this.covered(at) : undefined
    const pattern = this.file.value.patterns[at]?.pattern ?? ""
    app.pattern.dispatch({ effects: setUncovered.of(covered && { pattern, gaps: covered.gaps }) })
  }

  /// What of it belongs to the page's state.
  state(): { tests?: string } {
    return this.text.value == "" ? {} : { tests: this.text.value }
  }

  /// Shows another file, as one step of undo.
  apply(text: string): void {
    if (text == this.text.value) return
    this.editing.value = undefined
    replaceAll(this.editor, text, "local")
  }

  /// A server that is new has to be told.
  connected(): void {
    if (this.text.value != "") this.tell()
    const [first] = this.importing
    if (first && first.asked >= MaxAsked) {
      this.importing.shift()
      this.app.model.notify("error", `${first.name}: the connection was lost twice before the server had read it. Nothing was imported.`)
    }
    this.readNext()
  }

  received(msg: TestMessage): void {
    if (msg.type == "imported-tests") return this.imported(msg)
    if (msg.serial != this.serial || isBlank(this.sent)) return
    if (msg.type == "test-file") {
      const text = this.sent
      if (text != this.text.value) return // which is about to be sent
      batch(() => {
        this.problems.value = msg.problems
        if (msg.problems.length == 0) this.file.value = { text, patterns: msg.patterns }
        else if (!this.fresh.value) this.file.value = { text, patterns: [] } // else it is said by who wrote it
        if (msg.problems.length > 0) this.done.value = true
      })
      this.findFollowed()
      return
    }
    if (msg.type == "test-coverage") {
      const pattern = this.file.value.patterns[msg.pattern]?.pattern ?? ""
      this.coverage.value = new Map(this.coverage.value).set(msg.pattern, { pattern, msg })
      return
    }
    const results = new Map(this.results.value)
    for (const result of msg.results) results.set(keyOf(result.pattern, result.input), result)
    const known = (key: string) => {
      const [pattern, input] = key.split(":").map(Number)
      const p = this.file.value.patterns[pattern!]
      return p !== undefined && (input! < p.inputs.length || (p.linear === true && input == p.inputs.length))
    }
    if (msg.done) for (const key of results.keys()) if (!known(key)) results.delete(key)
    batch(() => {
      this.results.value = results
      this.done.value = msg.done
      this.failed.value = msg.failed ?? ""
    })
    if (msg.done) document.documentElement.dataset["tested"] = String(msg.serial)
  }

  result(pattern: number, input: number): TestResult | undefined {
    return this.results.value.get(keyOf(pattern, input))
  }

  /// What the inputs of a pattern exercise, if that is known of the pattern as it is.
  covered(index: number): TestCoverage | undefined {
    const known = this.coverage.value.get(index)
    return known && known.pattern == this.file.value.patterns[index]?.pattern ? known.msg : undefined
  }

  /// Makes a text an input of a pattern that has to match.
  addExample(pattern: number, text: string): void {
    if (this.editable()) this.make(addInput(this.file.value, pattern, { ...inputOf(text), match: true }))
  }

  /// Runs all tests again.
  run(): void {
    this.results.value = new Map()
    this.tell()
  }

  /// Makes the present text a test of the present pattern.
  async add(kind: TestKind): Promise<void> {
    const { model, replacing, session, text } = this.app
    const input = inputOf(text.state.doc.toString())
    let without = ""
    if (kind != "exact") input.match = kind == "match"
    else {
      const matches = this.captured()
      if (!matches) return
      input.all = true
      input.matches = matches
      if (this.replacement() != "") {
        const { version } = session
        const { results } = model.listed.value
        const replacement = replacing.text.value
        const replaced = results ? await replacing.replaced(results) : input.text
        if (version != session.version || replacement != replacing.text.value) {
          return model.notify("error", "The page has changed while the text was replaced. Try it again.")
        }
        if (replaced?.isWellFormed() && input.textBase64 === undefined) input.replaced = replaced
        else without = " What it is replaced by is not part of it: " + (replaced === undefined ? "the replacement is not right." : "that is not UTF-8.")
      }
    }
    if (this.addTest(input, without == "" ? undefined : "")) model.notify("info", "The text is a test now." + without)
  }

  // What matches are replaced by; "" for nothing, and for the template of a list.
  private replacement(): string {
    const { text, mode } = this.app.replacing
    return mode.value == "list" ? "" : text.value
  }

  /// Adds an input to the tests of the present pattern, which has this replacement if it
  /// is not in the file yet, or none for "". False when that cannot be.
  addTest(input: TestInput, replacement = this.replacement()): boolean {
    const { model } = this.app
    if (!this.editable()) return false
    const query = model.query.value
    if (query.pattern == "") {
      model.notify("error", "There is no pattern to be tested yet.")
      return false
    }
    const engine = this.engine()
    // What is replaced, is so by this replacement: one with another is another pattern.
    const fits = (p: TestPattern) => input.replaced === undefined || p.replacement === undefined || p.replacement == replacement
    const at = this.file.value.patterns.findIndex((p) => isPattern(p, query, engine) && fits(p))
    const there = this.file.value.patterns[at]
    if (there) {
      if (input.replaced !== undefined && there.replacement === undefined && !this.make(changePattern(this.file.value, at, { ...there, replacement }))) return false
      return this.make(addInput(this.file.value, at, input))
    }
    const pattern: TestPattern = {
      from: 0,
      to: 0,
      flavor: query.flavor,
      ...(query.flags != "" && { flags: query.flags }),
      ...(engine != "" && { engine }),
      pattern: query.pattern,
      ...(replacement != "" && { replacement }),
      inputs: [input],
    }
    return this.make(addPattern(this.file.value, pattern))
  }

  changeInput(at: TestPlace, to: TestInput): void {
    this.make(changeInput(this.file.value, at.pattern, at.input, to))
  }

  changePattern(at: number, to: TestPattern): void {
    this.make(changePattern(this.file.value, at, to))
  }

  /// The editor's pattern is about to be another one, and not because somebody types:
  /// the pattern of the file stays.
  release(): void {
    this.followed.value = -1
  }

  /// Takes a test out, or with -1 a pattern with all its tests.
  remove({ pattern, input }: TestPlace): void {
    const before = this.editor.state.doc
    const file = this.file.value
    if (!this.make(input < 0 ? removePattern(file, pattern) : removeInput(file, pattern, input))) return
    this.editing.value = undefined
    this.app.model.notify("info", input < 0 ? "The pattern and its tests are taken out." : "The test is taken out.", {
      label: "Bring it back",
      run: () => replaceAll(this.editor, before, "local"),
    })
  }

  /// Shows a pattern of the file, with the text of one of its inputs or the one that
  /// was generated, in the editors.
  open({ pattern, input }: TestPlace): void {
    const { app } = this
    const p = this.file.value.patterns[pattern]
    if (!p) return
    const before = { query: { ...app.model.query.value }, engines: app.model.engines.value, text: app.text.state.doc }
    this.release()
    app.model.askForEngine(p.flavor, p.engine)
    app.takeQuery({ flavor: p.flavor, flags: p.flags ?? "", pattern: p.pattern })
    if (p.replacement !== undefined) app.replacing.apply(p.replacement, undefined)
    const i = p.inputs[input]
    const text = i ? textOf(i).repeat(i.times ?? 1) : this.result(pattern, input)?.text
    if (text !== undefined) replaceAll(app.text, text, "local")
    app.changed()
    app.model.notify("info", "The test took the place of your pattern and text.", {
      label: "Bring them back",
      run: () => {
        this.release()
        app.model.engines.value = before.engines
        app.takeQuery(before.query)
        replaceAll(app.text, before.text, "local")
      },
    })
  }

  /// Whether the file may be changed here; says why not.
  editable(): boolean {
    if (this.fresh.value && this.problems.value.length == 0) return true
    this.app.model.notify("error", "The file of tests cannot be read: see the Tests tab.")
    return false
  }

  async importFile(file: File): Promise<void> {
    const { app } = this
    if (file.size > MaxTestsBytes) return app.refuse(`The file ${file.name}`, file.size, MaxTestsBytes)
    const text = decode(new Uint8Array(await file.arrayBuffer()))
    if (/^\s*[{[]\s*["}]/.test(text) || file.name.endsWith(".json")) {
      if (app.model.connection.peek().state != "connected") {
        app.model.notify("error", "There is no connection to the server, which reads files of other programs.")
        return
      }
      this.importing.push({ name: file.name, text: text.toWellFormed(), asked: 0 })
      if (this.importing.length == 1) this.readNext()
      return
    }
    const before = this.editor.state.doc
    this.name = file.name
    this.apply(text)
    if (before.length == 0) return
    app.model.notify("info", `${file.name} took the place of your tests.`, {
      label: "Bring them back",
      run: () => replaceAll(this.editor, before, "local"),
    })
  }

  export(): void {
    download(this.name, new Blob([encode(this.text.value) as Uint8Array<ArrayBuffer>], { type: "application/toml" }))
  }

  /// Puts the caret where something is wrong.
  showProblem({ at }: TestProblem): void {
    this.view.value = "toml"
    queueMicrotask(() => {
      this.editor.dispatch({ selection: { anchor: Math.min(at, this.editor.state.doc.length) }, scrollIntoView: true })
      this.editor.focus()
    })
  }

  /// The engine that the page asks for and a file can name; "" for the flavor's first,
  /// which is this browser's own for JavaScript in the page, and another one elsewhere.
  engine(): string {
    const { engines, query } = this.app.model
    const asked = engines.value[query.value.flavor] ?? ""
    return asked == EngineBrowser ? "" : asked
  }

  // Has the server read the next file of another program.
  private readNext(): void {
    const [first] = this.importing
    if (first && this.app.session.tell({ type: TypeImportTests, name: first.name, text: first.text })) first.asked++
  }

  private imported({ name, text, left, error }: ImportedTests): void {
    const { model } = this.app
    this.importing.shift()
    this.readNext()
    for (const what of left) model.notify("error", `${name}: left out: ${what}.`)
    if (error) return model.notify("error", `${name}: ${error}`)
    const before = this.text.value
    const head = before == "" ? "" : before.endsWith("\n") ? before + "\n" : before + "\n\n"
    this.apply(head + text)
    model.notify("info", `The tests of ${name} are ${head == "" ? "here" : "added to yours"}.`)
  }

  // Makes a change, and knows what the file says then without being told.
  private make(change: TestChange | undefined): boolean {
    if (!this.fresh.value) return false
    if (!change) {
      this.app.model.notify("error", "This is written in one value, and can only be changed in the TOML.")
      return false
    }
    const { from, to, insert, patterns } = change
    const { editor } = this
    const count = (all: readonly TestPattern[]) => all.map(({ inputs }) => inputs.length).join()
    if (count(this.file.value.patterns) != count(patterns)) this.results.value = new Map()
    const before = editor.state.doc
    batch(() => {
      editor.dispatch({ changes: { from, to, insert }, userEvent: "input.test" })
      if (editor.state.doc != before) this.file.value = { text: editor.state.doc.toString(), patterns }
    })
    this.findFollowed()
    return editor.state.doc != before
  }

  private changed(): void {
    this.app.keeper.touch()
    if (this.scheduled) return
    this.scheduled = true
    nextFrame(() => {
      this.scheduled = false
      this.tell()
    })
  }

  private tell(): void {
    const text = (this.sent = this.text.value)
    if (isBlank(text)) {
      batch(() => {
        this.file.value = { text, patterns: [] }
        this.problems.value = []
        this.results.value = new Map()
        this.done.value = true
      })
    }
    const sent = this.app.session.tell({ type: TypeTests, serial: ++this.serial, text: text.toWellFormed() })
    this.done.value = !sent || isBlank(text)
  }

  // Which pattern of the file is that of the editor. One that has been followed is it
  // still, whatever the editor says: it is about to be written.
  private findFollowed(): void {
    const { patterns } = this.file.value
    const query = this.app.model.query.value
    const replacement = this.replacement()
    const known = patterns.flatMap((p, i) => (isPattern(p, query, this.engine()) ? [i] : []))
    // Of several, that with the editor's replacement.
    this.followed.value = known.find((i) => (patterns[i]!.replacement ?? "") == replacement) ?? known[0] ?? -1
  }

  // The pattern of the editor is another one than when it was compared with the file last.
  private follow(): void {
    const query = this.app.model.query.value
    const at = this.followed.value
    const p = this.file.value.patterns[at]
    if (p && isPattern(p, query, this.engine())) return
    if (!p || !this.following.value || !this.fresh.value || query.pattern == "" || this.problems.value.length > 0) return this.findFollowed()
    const engine = this.engine()
    const { engine: _, flags: __, ...rest } = p
    const flags = query.flags != "" && { flags: query.flags }
    const change = changePattern(this.file.value, at, { ...rest, ...(engine != "" && { engine }), ...flags, flavor: query.flavor, pattern: query.pattern })
    if (change) this.make(change)
    else this.findFollowed()
  }

  // The matches on screen as a test says them.
  private captured(): TestMatch[] | undefined {
    const { model, session, text } = this.app
    const { results, count } = model.listed.value
    const { done } = model.status.value
    const whole = done && (done.outcome == OutcomeMatch || done.outcome == OutcomeNoMatch) && model.status.value.version == session.version
    if (!whole || (results && results.doc != text.state.doc)) {
      model.notify("error", "The search has to have ended before its matches can be taken.")
      return undefined
    }
    if (count > MaxCaptured) {
      model.notify("error", `There are ${format.count(count)} matches, and a test takes ${MaxCaptured} at most.`)
      return undefined
    }
    if (!results) return []
    const { store, groups, doc } = results
    return Array.from({ length: count }, (_, row) => {
      const said = doc.sliceString(store.start(row, 0), store.end(row, 0))
      const names = groups.slice(1).map(({ number, name }, i) => {
        const taken = store.start(row, i + 1) >= 0
        return { key: name || String(number), ...(taken ? { span: [store.startByte(row, i + 1), store.endByte(row, i + 1)] } : { none: true }) }
      })
      return {
        span: [store.startByte(row, 0), store.endByte(row, 0)],
        ...(said.isWellFormed() && said.length <= CapturedText && { text: said }),
        groups: names.filter(({ key }, i) => names.findIndex((n) => n.key == key) == i),
      }
    })
  }
}

// Such a file says nothing, which is nothing wrong.
function isBlank(text: string): boolean {
  return text.trim() == ""
}

function keyOf(pattern: number, input: number): string {
  return `${pattern}:${input}`
}

/// The text of an input, without its repetitions.
export function textOf({ text, textBase64 }: TestInput): string {
  return textBase64 === undefined ? text : decode(fromBase64Url(textBase64))
}

/// An input with a text, which may hold bytes that are not UTF-8.
export function inputOf(text: string): TestInput {
  const raw = text.isWellFormed() ? { text } : { text: "", textBase64: toBase64(encode(text)) }
  return { from: 0, to: 0, ...raw, matches: [] }
}

function diagnosticOf({ at, message, hint }: TestProblem): Diagnostic {
  return { code: "test-file", severity: "error", message, span: { from: at, to: at, fromBytes: 0, toBytes: 0 }, ...(hint && { hint }) }
}
