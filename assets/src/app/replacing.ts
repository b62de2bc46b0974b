/// The replacement, and the result that the page makes of it with the matches on screen.
import { effect, signal } from "@preact/signals"
import { ResultView, loaded, replaceAll, replacementEditor, setProblems, setReplacementTokens } from "../editor"
import { encode } from "../codec"
import { type About, type Analyses, type ReplaceMode, type Results, Replacer, format, isFinal, namedReferences, sameQuery, unescapeSeparator } from "../state"
import { OutcomeMatch, OutcomeNoMatch, type Template, TypeReplacement } from "../wire"
import type { App } from "./app"
import { download } from "./download"
import { nextFrame } from "./painter"
import { wanted } from "./wanted"

// What one frame may spend on the result: half of it is left for the rest of the page.
const SliceMs = 8
// The first slice is longer, so that a result of common size comes in one piece.
const FirstSliceMs = 30
// What one frame adds to the editor at most, in UTF-16 units: it takes some 5 ms.
const SliceUnits = 1 << 18

/// How far the result on screen is.
export interface Made {
  count: number
  complete: boolean
  /// Whether the search has ended, and found all there is.
  whole: boolean
  stopped: Replacer["stopped"]
}

export class Replacing {
  readonly template = signal<About<Template> | undefined>(undefined)
  readonly text = signal("")
  readonly mode = signal<ReplaceMode>("text")
  /// Between what is listed, as it is typed: with escapes.
  readonly separator = signal("\\n")
  readonly made = signal<Made | undefined>(undefined)
  readonly result = new ResultView()
  readonly editor = replacementEditor({
    onUpdate: ({ docChanged, state, transactions }) => {
      if (!docChanged) return
      this.text.value = state.doc.toString()
      this.tell()
      if (!transactions.some((tr) => tr.annotation(loaded))) this.app.keeper.touch()
    },
    names: () => {
      const elements = this.template.value?.msg.elements ?? []
      const groups = this.app.model.analysis.value?.msg.groups ?? []
      return { references: namedReferences(elements), names: [...new Set(groups.map(({ name }) => name))].filter((name) => name != "") }
    },
    limit: () => this.app.model.welcome.value?.limits.patternBytes ?? Infinity,
    onRefused: (bytes, limit) => this.app.refuse("The replacement", bytes, limit),
  })
  private replacer: Replacer | undefined
  private shown = false
  private scheduled = false

  constructor(private readonly app: App) {}

  /// From now on the result follows what is on screen.
  start(): void {
    const { model } = this.app
    effect(() => {
      const about = this.template.value
      if (!about || !model.welcome.value) return
      const names = model.welcome.value.tokenKinds
      const { text, tokens, problems } = about.msg
      const kinds = Array.from({ length: tokens.length / 3 }, (_, i) => ({
        kind: names[tokens[3 * i]!] ?? "",
        length: tokens[3 * i + 1]!,
        group: tokens[3 * i + 2]!,
      }))
      const current = text == this.editor.state.doc.toString()
      if (!current) return
      this.editor.dispatch({
        effects: [setReplacementTokens.of({ text, tokens: kinds }), setProblems.of(problems.map((diagnostic) => ({ diagnostic, pattern: text })))],
      })
    })
    effect(() => {
      if (model.panel.value != "replace") return
      // Whatever the result is about.
      void [this.template.value, this.mode.value, this.separator.value, model.listed.value, model.status.value]
      this.schedule()
    })
  }

  received(msg: Template, analyses: Analyses): void {
    this.template.value = analyses.about(msg) ?? this.template.value
  }

  /// A server that is new has to be told.
  connected(): void {
    if (this.text.value != "") this.tell()
  }

  /// Shows another replacement, as one step of undo.
  apply(text: string, list: string | undefined): void {
    if (text != this.editor.state.doc.toString()) replaceAll(this.editor, text, "local")
    if (list !== undefined) this.separator.value = list
    if (list !== undefined) this.mode.value = "list"
    else if (this.mode.value == "list") this.mode.value = "text"
  }

  /// What of it belongs to the page's state.
  state(): { replace?: string; list?: string } {
    const list = this.mode.value == "list"
    return { ...(this.text.value != "" && { replace: this.text.value }), ...(list && { list: this.separator.value }) }
  }

  setMode(mode: ReplaceMode): void {
    this.mode.value = mode
    this.app.keeper.touch()
  }

  setSeparator(separator: string): void {
    this.separator.value = separator
    this.app.keeper.touch()
  }

  /// Puts the result in the place of the text, as one step of undo.
  async put(): Promise<void> {
    const { model, text: editor } = this.app
    const { doc } = editor.state
    const { results } = model.listed.peek()
    const template = this.current()
    const { whole } = this.ended()
    const fail = (why: string) => model.notify("error", `Nothing was replaced in the text: ${why}`)
    if (!template || !results || results.doc != doc || !whole) return fail("the search has not ended.")
    const replacer = new Replacer(template, results, "text", "")
    const text = await this.run(replacer)
    if (!replacer.complete) return fail("the result is too long, or its matches overlap.")
    if (editor.state.doc != doc) return fail("it has changed meanwhile.")
    replaceAll(editor, text, "local")
    if (editor.state.doc == doc) return // it was refused, which the page says
    model.notify("info", `${format.plural(replacer.count, "match is", "matches are")} replaced in the text.`, {
      label: "Bring back the text",
      run: () => replaceAll(editor, doc, "local"),
    })
  }

  async copy(): Promise<void> {
    const { model } = this.app
    try {
      const complete = this.replacer?.complete
      await navigator.clipboard.writeText(await this.whole())
      model.notify("info", complete ? "The result is copied." : "The result is copied as far as it is made.")
    } catch {
      model.notify("error", "The browser refused the clipboard.")
    }
  }

  async download(): Promise<void> {
    download("result.txt", new Blob([encode(await this.whole()) as Uint8Array<ArrayBuffer>], { type: "text/plain" }))
  }

  /// The template, if it is about what the page shows; and without errors.
  current(): Template | undefined {
    const { query } = this.app.model.status.value
    const about = this.template.value
    return about && query && about.msg.text == this.text.value && sameQuery(about.query, query) ? about.msg : undefined
  }

  private tell(): void {
    const text = this.text.value
    if (text.isWellFormed()) this.app.session.tell({ type: TypeReplacement, text })
  }

  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    nextFrame(() => {
      this.scheduled = false
      this.step()
    })
  }

  private step(): void {
    const { model } = this.app
    const { status } = model
    const { results } = model.listed.value
    const template = this.current()
    if (model.panel.value != "replace" || !template || !results || results.version != status.value.version) return
    if (template.problems.some(({ severity }) => severity == "error")) return
    const mode = this.mode.value
    const separator = unescapeSeparator(this.separator.value)
    const before = this.replacer
    const same = before?.template == template && before.results == results && before.mode == mode && before.separator == separator
    const replacer = same ? before : new Replacer(template, results, mode, separator)
    if (!same) this.shown = false
    this.replacer = replacer
    const { final, whole } = this.ended()
    const deadline = performance.now() + (same ? SliceMs : FirstSliceMs)
    const piece = replacer.next(final, whole, (units) => units > SliceUnits || performance.now() > deadline)
    if (!this.shown) this.result.begin(piece.text, piece.deleted, piece.inserted)
    else if (piece.text != "") this.result.append(piece.text, piece.deleted, piece.inserted)
    this.shown = true
    this.made.value = { count: replacer.count, complete: replacer.complete, whole, stopped: replacer.stopped }
    if (replacer.complete) document.documentElement.dataset["replaced"] = String(results.version)
    else if (!replacer.stopped && (replacer.count < results.store.count || final)) this.schedule()
  }

  private ended(): { final: boolean; whole: boolean } {
    const { phase, done } = this.app.model.status.value
    const outcome = done?.outcome
    return { final: isFinal(phase), whole: outcome == OutcomeMatch || outcome == OutcomeNoMatch }
  }

  /// The text of a search that has ended with all its matches replaced; undefined when
  /// the replacement is wrong, or the server does not read it.
  async replaced(results: Results): Promise<string | undefined> {
    const template = await wanted(this.app.model, "replace", () => this.current())
    if (!template || template.problems.some(({ severity }) => severity == "error")) return undefined
    const replacer = new Replacer(template, results, "text", "")
    const text = await this.run(replacer)
    return replacer.complete ? text : undefined
  }

  // The result without marks, as far as the search has come.
  private async whole(): Promise<string> {
    const before = this.replacer
    if (!before) return ""
    const mode = before.mode == "changes" ? "text" : before.mode
    return this.run(new Replacer(before.template, before.results as Results, mode, before.separator))
  }

  private async run(replacer: Replacer): Promise<string> {
    const { final, whole } = this.ended()
    const texts: string[] = []
    while (!replacer.complete && !replacer.stopped) {
      const deadline = performance.now() + FirstSliceMs
      const { count } = replacer
      texts.push(replacer.next(final, whole, (units) => units > SliceUnits || performance.now() > deadline).text)
      if (!final && replacer.count == count) break // the rest is not found yet
      if (!replacer.complete) await new Promise<void>((resolve) => nextFrame(resolve))
    }
    const text = texts.join("")
    // Matches of these may be half of a character, which is no text elsewhere; their texts
    // have no bytes that are not UTF-8, which look the same here.
    return /^(js|java)$/.test(this.template.value?.query.flavor ?? "") ? text.toWellFormed() : text
  }
}
