/// Saved patterns: what the page asks of the server's library, and which entry its state is.
import { computed, effect, signal } from "@preact/signals"
import type { Text } from "@codemirror/state"
import { decode, fromBase64Url } from "../codec"
import { format } from "../state"
import type { Library as Request, LibraryAbout, LibraryAnswer, LibraryEntry, LibraryList, LibraryVersion } from "../wire"
import { LibraryDelete, LibraryDescribe, LibraryExport, LibraryFind, LibraryImport, LibraryMark, LibraryOpen, LibraryRestore, LibrarySave, LibraryVersions, TypeLibrary } from "../wire"
import type { App } from "./app"
import { download } from "./download"

/// The panel's id, as in welcome.panels.
export const LibraryPanel = "library"

// A pause in the typing of words to look for.
const FindDelayMs = 120

/// The entry that the page's state was saved as, or opened from.
export interface Current {
  id: string
  version: string
  about: LibraryAbout
}

export interface Filter {
  words: string
  tag: string
  favourite: boolean
}

/// The versions of an entry, with two of them that are compared.
export interface History {
  id: string
  versions: readonly LibraryVersion[]
  chosen?: string
  newer?: LibraryEntry
  /// Undefined for the first version.
  older?: LibraryEntry
}

/// What is being typed of an entry: of the present state as a new one, or of one in the list.
export interface Form {
  what: "new" | "describe"
  id: string
  about: LibraryAbout
  error?: { field: string; message: string }
}

export class Library {
  readonly filter = signal<Filter>({ words: "", tag: "", favourite: false })
  readonly list = signal<LibraryList | undefined>(undefined)
  readonly failed = signal("")
  readonly current = signal<Current | undefined>(undefined)
  /// Whether the state is not that of the current entry's version.
  readonly edited = signal(false)
  readonly history = signal<History | undefined>(undefined)
  readonly form = signal<Form | undefined>(undefined)
  readonly busy = signal(false)
  readonly offered = computed(() => this.app.model.welcome.value?.panels.some(({ id }) => id == LibraryPanel) ?? false)
  private readonly waiting = new Map<number, (answer: LibraryAnswer) => void>()
  private lastRequest = 0
  private lastFind = 0
  private findTimer: ReturnType<typeof setTimeout> | undefined
  // What was saved or opened last; undefined when that is not known.
  private clean: { doc: Text; rest: string } | undefined

  constructor(private readonly app: App) {}

  /// From now on the list follows the filter while it is on screen.
  start(): void {
    effect(() => {
      if (this.app.model.panel.value != LibraryPanel || !this.offered.value || this.app.model.connection.value.state != "connected") return
      void this.filter.value
      clearTimeout(this.findTimer)
      this.findTimer = setTimeout(() => void this.find(), this.list.peek() ? FindDelayMs : 0)
    })
  }

  received(answer: LibraryAnswer): void {
    this.waiting.get(answer.request)?.(answer)
    this.waiting.delete(answer.request)
  }

  /// Another page has changed something.
  changed(): void {
    if (this.app.model.panel.value == LibraryPanel) void this.find()
    const history = this.history.peek()
    if (history) void this.showHistory(history.id)
  }

  /// The connection is gone, and with it all answers.
  lost(): void {
    const waiting = [...this.waiting]
    this.waiting.clear()
    for (const [request, resolve] of waiting) {
      resolve({ type: "library-answer", request, error: "The connection was lost before the library answered: look whether it was done." })
    }
  }

  /// The page's state may be another one.
  touched(): void {
    if (!this.current.peek()) return
    const { clean } = this
    this.edited.value = !clean || clean.rest != this.rest() || !clean.doc.eq(this.app.text.state.doc)
  }

  /// What of it survives a reload.
  state(): { entry?: Current; edited?: boolean } {
    const entry = this.current.peek()
    return entry ? { entry, edited: this.edited.peek() } : {}
  }

  /// The state that is shown now is this entry's.
  adopt(entry: Current | undefined, edited = false): void {
    this.current.value = entry
    this.clean = edited ? undefined : { doc: this.app.text.state.doc, rest: this.rest() }
    this.edited.value = entry !== undefined && edited
    if (entry) this.app.keeper.touch()
  }

  async find(skip = 0): Promise<void> {
    const asked = ++this.lastFind
    const { words, tag, favourite } = this.filter.peek()
    const { error, list } = await this.ask({ op: LibraryFind, words, tag, favourite, skip })
    if (asked != this.lastFind) return
    this.failed.value = error ?? ""
    if (!list) return
    const before = this.list.peek()
    this.list.value = skip > 0 && before ? { ...list, rows: [...before.rows, ...list.rows] } : list
  }

  /// Saves what is on screen as a version of the current entry, or asks what to call it.
  saveNow(): void {
    const entry = this.current.peek()
    if (entry) void this.save(entry.id, entry.about)
    else this.openForm("new")
  }

  openForm(what: Form["what"], id = "", about?: LibraryAbout): void {
    this.app.model.panel.value = LibraryPanel
    this.form.value = { what, id, about: about ?? { name: "", description: "", tags: [], favourite: false } }
  }

  /// Writes what the form says.
  async submit(about: LibraryAbout): Promise<void> {
    const form = this.form.peek()
    if (!form || this.busy.peek()) return
    if (form.what == "describe") {
      const answer = await this.work({ op: LibraryDescribe, id: form.id, about })
      if (this.refused(answer, form, about)) return
      const entry = this.current.peek()
      if (entry?.id == form.id) this.current.value = { ...entry, about }
      this.form.value = undefined
    } else await this.save("", about, form)
  }

  private async save(id: string, about: LibraryAbout, form?: Form): Promise<void> {
    const { app } = this
    if (this.busy.peek()) return
    if (!(await app.session.settled())) {
      app.model.notify("error", "Nothing was saved: the server has not got the text. It is too long, or there is no connection.")
      return
    }
    const { doc } = app.text.state
    const rest = this.rest()
    const { flavor } = app.model.query.value
    const engine = app.model.engines.value[flavor]
    const content = { query: app.model.query.value, ...(engine && { engine }), ...app.replacing.state() }
    const answer = await this.work({ op: LibrarySave, ...(id && { id }), about, content, state: app.session.version })
    if (form && this.refused(answer, form, about)) return
    const { saved } = answer
    if (!saved) {
      if (answer.missing) this.current.value = undefined
      const again = answer.missing ? { label: "Save as a new entry", run: () => this.openForm("new", "", about) } : undefined
      app.model.notify("error", `Nothing was saved. ${answer.error ?? ""}`, again)
      return
    }
    this.form.value = undefined
    this.clean = { doc, rest }
    this.current.value = { id: saved.id, version: saved.version, about }
    this.edited.value = false
    this.touched()
    app.keeper.touch()
    app.model.notify("info", saved.changed ? `Saved: ${about.name}.` : `${about.name} has this already: nothing was written.`)
    if (this.history.peek()?.id == saved.id) void this.showHistory(saved.id)
  }

  /// Shows an entry, or a version of it, in the editors: one step of undo in each.
  async open(id: string, version = ""): Promise<void> {
    const { entry, error } = await this.work({ op: LibraryOpen, id, ...(version && { version }) })
    if (!entry) return this.app.model.notify("error", error ?? "")
    const { query, engine, replace, list } = entry.content
    this.app.apply({ ...query, ...(engine && { engine }), ...(replace !== undefined && { replace }), ...(list !== undefined && { list }), text: entryText(entry) })
    this.adopt({ id, version: entry.version.id, about: entry.about })
    this.app.model.notify("info", `Opened: ${entry.about.name}. Undo brings back what was here.`)
  }

  async mark(id: string, favourite: boolean): Promise<void> {
    const entry = this.current.peek()
    const answer = await this.work({ op: LibraryMark, id, favourite })
    if (this.told(answer) && entry?.id == id) this.current.value = { ...entry, about: { ...entry.about, favourite } }
  }

  async remove(id: string, name: string): Promise<void> {
    if (!this.told(await this.work({ op: LibraryDelete, id }))) return
    if (this.current.peek()?.id == id) this.adopt(undefined)
    if (this.history.peek()?.id == id) this.history.value = undefined
    if (this.form.peek()?.id == id) this.form.value = undefined
    this.app.keeper.touch()
    this.app.model.notify("info", `Deleted for good: ${name}.`)
  }

  async showHistory(id: string): Promise<void> {
    const { versions, error, missing } = await this.ask({ op: LibraryVersions, id })
    if (!versions) {
      this.history.value = undefined
      if (!missing) this.app.model.notify("error", error ?? "")
      return
    }
    const before = this.history.peek()
    const kept = before?.id == id && versions.some((v) => v.id == before.chosen) ? before : undefined
    this.history.value = { ...kept, id, versions }
    if (!kept) await this.choose(versions[0]!.id)
  }

  /// Compares a version with the one before it.
  async choose(version: string): Promise<void> {
    const history = this.history.peek()
    if (!history) return
    this.history.value = { id: history.id, versions: history.versions, chosen: version }
    const before = history.versions[history.versions.findIndex(({ id }) => id == version) + 1]
    const [newer, older] = await Promise.all([
      this.ask({ op: LibraryOpen, id: history.id, version }),
      before ? this.ask({ op: LibraryOpen, id: history.id, version: before.id }) : undefined,
    ])
    const now = this.history.peek()
    if (now?.chosen != version || now.id != history.id || !newer.entry) return
    this.history.value = { ...now, newer: newer.entry, ...(older?.entry && { older: older.entry }) }
  }

  /// Makes an old version the latest, and shows it.
  async restore(id: string, version: string): Promise<void> {
    const answer = await this.work({ op: LibraryRestore, id, version })
    if (!this.told(answer)) return
    await this.open(id)
    await this.showHistory(id)
  }

  async exportAll(): Promise<void> {
    const { error, archive, entries } = await this.work({ op: LibraryExport })
    if (archive === undefined) return this.app.model.notify("error", error ?? "")
    download("regexdbg-library.jsonl", new Blob([archive], { type: "application/jsonl" }))
    this.app.model.notify("info", `${format.plural(entries ?? 0, "entry", "entries")} exported, with all versions.`)
  }

  async importFile(file: File): Promise<void> {
    const limit = this.app.limit()
    if (file.size > limit) {
      this.app.model.notify("error", `${file.name} has ${format.size(file.size)}, and the page takes at most ${format.size(limit)}. Use regexdbg library import.`)
      return
    }
    const { error, imported } = await this.work({ op: LibraryImport, archive: await file.text() })
    if (!imported) return this.app.model.notify("error", `${file.name}: ${error ?? ""}`)
    const { new: added, changed, same } = imported
    this.app.model.notify("info", `${file.name}: ${format.plural(added, "entry is", "entries are")} new, ${format.count(changed)} changed, ${format.count(same)} there already.`)
  }

  // Asks for something that changes the library or the page, one at a time, and has the list made anew.
  private async work(request: Omit<Request, "type" | "request">): Promise<LibraryAnswer> {
    this.busy.value = true
    const answer = await this.ask(request)
    this.busy.value = false
    if (this.app.model.panel.peek() == LibraryPanel) void this.find()
    return answer
  }

  private ask(request: Omit<Request, "type" | "request">): Promise<LibraryAnswer> {
    const number = ++this.lastRequest
    return new Promise((resolve) => {
      this.waiting.set(number, resolve)
      if (this.app.session.tell({ type: TypeLibrary, request: number, ...request })) return
      this.waiting.delete(number)
      resolve({ type: "library-answer", request: number, error: "There is no connection to the server, which has the library." })
    })
  }

  private told({ error }: LibraryAnswer): boolean {
    if (error) this.app.model.notify("error", error)
    return !error
  }

  private refused({ error, field }: LibraryAnswer, form: Form, about: LibraryAbout): boolean {
    if (error === undefined) return false
    this.form.value = { ...form, about, error: { field: field ?? "", message: error } }
    return true
  }

  // The state but for the text.
  private rest(): string {
    const { query, engines } = this.app.model
    const { flavor, flags, pattern } = query.peek()
    return JSON.stringify([flavor, flags, pattern, engines.peek()[flavor] ?? "", this.app.replacing.state()])
  }
}

/// An entry's text as the page has texts.
export function entryText({ text, textBase64 }: LibraryEntry): string {
  return textBase64 ? decode(fromBase64Url(textBase64)) : text
}
