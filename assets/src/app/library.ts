/// Saved patterns: what the page asks of the server's library, and which entry its state is.
import { computed, effect, signal } from "@preact/signals"
import { Text } from "@codemirror/state"
import { decode, fromBase64Url } from "../codec"
import { replaceAll } from "../editor"
import { format } from "../state"
import type { Library as Request, LibraryAbout, LibraryAnswer, LibraryContent, LibraryEntry, LibraryList, LibrarySaved, LibraryVersion } from "../wire"
import { LibraryDelete, LibraryDescribe, LibraryExport, LibraryFind, LibraryImport, LibraryMark, LibraryOpen, LibraryRestore, LibrarySave, LibraryVersions, TypeLibrary } from "../wire"
import type { App } from "./app"
import { download } from "./download"
import { newId } from "./id"

/// The panel's id, as in welcome.panels.
export const LibraryPanel = "library"

// A pause in the typing of words to look for.
const FindDelayMs = 120

/// The entry that the page's state was saved as, or opened from.
export interface Current {
  id: string
  version: string
  /// The latest version that was there then.
  latest: string
  about: LibraryAbout
  /// Versions that this page has saved, or not: it has not heard.
  unheard?: readonly string[]
}

// A save, by the ids that the page has made for it: it may be asked for again.
interface Save {
  id: string
  version: string
  about: LibraryAbout
  shown: Shown
  /// The version that it is made from.
  base?: string
  /// Of a new entry, for which a form is open.
  form?: Form
}

type Answer = LibraryAnswer & { lost?: boolean }

/// A save that was refused because another page has saved the entry since.
export interface Conflict {
  latest: LibraryVersion
  /// The version of the other page beside the state of this one, when they are compared.
  compared?: { theirs: LibraryEntry; mine: LibraryEntry }
}

interface Shown {
  doc: Text
  tests: string
  rest: string
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
  /// The entry's, which a new one will have.
  id: string
  about: LibraryAbout
  /// What an entry was called when the form was opened.
  was?: LibraryAbout
  error?: { field: string; message: string }
}

export class Library {
  readonly filter = signal<Filter>({ words: "", tag: "", favourite: false })
  readonly list = signal<LibraryList | undefined>(undefined)
  readonly failed = signal("")
  readonly current = signal<Current | undefined>(undefined)
  /// Whether the state is not that of the current entry's version.
  readonly edited = signal(false)
  /// A version of the current entry that another page has saved.
  readonly newer = signal<LibraryVersion | undefined>(undefined)
  readonly conflict = signal<Conflict | undefined>(undefined)
  readonly history = signal<History | undefined>(undefined)
  readonly form = signal<Form | undefined>(undefined)
  readonly busy = signal(false)
  readonly offered = computed(() => this.app.model.welcome.value?.panels.some(({ id }) => id == LibraryPanel) ?? false)
  private readonly waiting = new Map<number, (answer: Answer) => void>()
  // The save whose answer was lost.
  private unheard: Save | undefined
  private lastRequest = 0
  private lastFind = 0
  private findTimer: ReturnType<typeof setTimeout> | undefined
  // What was saved or opened last; undefined when that is not known.
  private clean: Shown | undefined

  constructor(private readonly app: App) {}

  /// From now on the list follows the filter while it is on screen.
  start(): void {
    effect(() => {
      if (this.app.model.panel.value != LibraryPanel || !this.offered.value || this.app.model.connection.value.state != "connected") return
      void this.filter.value
      clearTimeout(this.findTimer)
      this.findTimer = setTimeout(() => void this.find(), this.list.peek() ? FindDelayMs : 0)
    })
    effect(() => {
      if (this.offered.value && this.app.model.connection.value.state == "connected") void this.hear()
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
    void this.look()
  }

  /// The connection is gone, and with it all answers.
  lost(): void {
    const waiting = [...this.waiting]
    this.waiting.clear()
    for (const [request, resolve] of waiting) {
      resolve({ type: "library-answer", request, error: "The connection was lost before the library answered. The list shows whether it was done.", lost: true })
    }
  }

  /// The page's state may be another one.
  touched(): void {
    if (!this.current.peek()) return
    this.edited.value = !this.clean || !same(this.clean, this.shown())
  }

  /// What of it survives a reload.
  state(): { entry?: Current; edited?: boolean } {
    const entry = this.current.peek()
    return entry ? { entry, edited: this.edited.peek() } : {}
  }

  /// The state that is shown now is this entry's.
  adopt(entry: Current | undefined, edited = false): void {
    this.current.value = entry
    this.clean = edited ? undefined : this.shown()
    this.edited.value = entry !== undefined && edited
    this.newer.value = this.conflict.value = undefined
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
    if (entry) void this.save(entry)
    else this.openForm("new")
  }

  /// Saves what is on screen on top of the version of another page.
  overrule(): void {
    const { current, conflict } = this
    if (!current.peek() || !conflict.peek()) return
    current.value = { ...current.peek()!, latest: conflict.peek()!.latest.id }
    this.saveNow()
  }

  /// Shows what differs between the version of another page and what is on screen.
  async compare(): Promise<void> {
    const entry = this.current.peek()
    const conflict = this.conflict.peek()
    if (!entry || !conflict) return
    const { entry: theirs, error } = await this.ask({ op: LibraryOpen, id: entry.id, version: conflict.latest.id })
    if (!theirs) return this.app.model.notify("error", error ?? "")
    if (this.conflict.peek() != conflict) return
    const mine: LibraryEntry = { ...theirs, content: this.content(), text: this.app.text.state.doc.toString() }
    delete mine.textBase64
    this.conflict.value = { ...conflict, compared: { theirs, mine } }
  }

  openForm(what: Form["what"], id = newId(), about?: LibraryAbout): void {
    this.app.model.panel.value = LibraryPanel
    this.form.value = { what, id, about: about ?? { name: "", description: "", tags: [], favourite: false }, ...(what == "describe" && about && { was: about }) }
  }

  /// Writes what the form says.
  async submit(about: LibraryAbout): Promise<void> {
    const form = this.form.peek()
    if (!form || this.busy.peek()) return
    if (form.what == "describe") {
      const answer = await this.work({ op: LibraryDescribe, id: form.id, about, ...(form.was && { was: form.was }) })
      if (answer.about) {
        const error = `${answer.error ?? ""} It is called “${answer.about.name}” now. “Keep changes” writes yours over it.`
        return this.refuse({ ...form, was: answer.about }, about, { field: "name", message: error })
      }
      if (this.refused(answer, form, about)) return
      const entry = this.current.peek()
      if (entry?.id == form.id) this.current.value = { ...entry, about }
      this.form.value = undefined
    } else await this.save(undefined, { form, about })
  }

  // Saves the state as a version of an entry, or as a new one that is called as a form says.
  private async save(entry: Current | undefined, named?: { form: Form; about: LibraryAbout }): Promise<void> {
    const { app } = this
    if (this.busy.peek()) return
    if (!(await app.session.settled())) {
      app.model.notify("error", "Nothing was saved: the server has not got the text. It is too long, or there is no connection.")
      return
    }
    const version = newId()
    const shown = this.shown()
    if (named) return this.write({ id: named.form.id, version, about: named.about, shown, form: named.form })
    await this.write({ id: entry!.id, version, about: entry!.about, shown, base: entry!.latest })
  }

  // Writes what is on screen.
  private async write(save: Save): Promise<void> {
    const { app } = this
    const { id, version, about, form, base } = save
    if (!form) this.doubt(id, version, true)
    this.unheard = save
    const answer = await this.work({
      op: LibrarySave, id, as: version, content: this.content(), state: app.session.version,
      ...(form && { new: true, about }), ...(base && { base }),
    })
    if (answer.lost) {
      const error = "The connection was lost before the library answered. When it is back, the page looks whether it was done."
      if (form) this.refuse(form, about, { field: "", message: error })
      else app.model.notify("error", error)
      return
    }
    this.unheard = undefined
    const { saved, conflict } = answer
    if (saved) return this.saved(save, saved)
    if (!form) this.doubt(id, version, false)
    const entry = this.current.peek()
    if (conflict && entry?.unheard?.includes(conflict.id)) return this.save({ ...entry, latest: conflict.id }) // its own
    if (form && this.refused(answer, form, about)) return
    if (conflict) {
      this.conflict.value = { latest: conflict }
      app.model.panel.value = LibraryPanel
      return
    }
    if (answer.missing) this.current.value = undefined
    const again = answer.missing ? { label: "Save as a new entry", run: () => this.openForm("new", undefined, about) } : undefined
    app.model.notify("error", `Nothing was saved. ${answer.error ?? ""}`, again)
  }

  private saved({ about, shown }: Pick<Save, "about" | "shown">, { id, version, changed }: LibrarySaved): void {
    const { app } = this
    this.form.value = undefined
    this.clean = shown
    this.current.value = { id, version, latest: version, about: this.calledNow(id) ?? about }
    this.edited.value = false
    this.newer.value = this.conflict.value = undefined
    this.touched()
    app.keeper.touch()
    app.model.notify("info", changed ? `Saved: ${about.name}.` : `${about.name} has this already: nothing was written.`)
    if (this.history.peek()?.id == id) void this.showHistory(id)
  }

  // Remembers, also over a reload, that the current entry may get a version of this page's own.
  private doubt(id: string, version: string, unheard: boolean): void {
    const entry = this.current.peek()
    if (entry?.id != id) return
    const { unheard: before = [], ...rest } = entry
    const now = before.filter((one) => one != version)
    if (unheard) now.push(version)
    this.current.value = { ...rest, ...(now.length > 0 && { unheard: now }) }
    this.app.keeper.touch()
  }

  // The connection is (again) there: looks whether a save was done whose answer was lost, does it if not, and
  // what other pages have made of the current entry.
  private async hear(): Promise<void> {
    const save = this.unheard
    if (save) {
      const { versions, missing, lost, error } = await this.ask({ op: LibraryVersions, id: save.id })
      if (lost || this.unheard != save) return
      this.unheard = undefined
      if (versions?.some(({ id }) => id == save.version)) this.saved(save, { id: save.id, version: save.version, changed: true })
      else await this.again(save, missing && !save.form ? error : undefined)
    }
    const history = this.history.peek()
    if (history) void this.showHistory(history.id)
    await this.look()
  }

  // Asks for a save once more, when what it was of is still there.
  private async again(save: Save, error: string | undefined): Promise<void> {
    const { form } = save
    const wanted = form ? this.form.peek()?.id == form.id : this.current.peek()?.id == save.id
    if (!error && wanted && (await this.app.session.settled()) && same(save.shown, this.shown())) return this.write(save)
    const message = `Nothing was saved: the connection was lost before. ${error ?? "Save again."}`
    if (form && wanted) this.refuse(form, save.about, { field: "", message })
    else this.app.model.notify("error", message)
  }

  /// Shows an entry, or a version of it, in the editors: one step of undo in each.
  async open(id: string, version = ""): Promise<void> {
    const { entry, error } = await this.work({ op: LibraryOpen, id, ...(version && { version }) })
    if (!entry) return this.app.model.notify("error", error ?? "")
    const { query, ...rest } = entry.content
    const { editor } = this.app.testing
    const tests = editor.state.doc
    this.app.apply({ ...query, ...rest, text: entryText(entry) })
    const before = this.current.peek()
    // What this page goes back to is no sight of what another has saved since.
    const latest = before?.id == id && before.version == version ? before.latest : entry.latest
    this.adopt({ id, version: entry.version.id, latest, about: entry.about })
    if (latest != entry.latest) void this.look()
    const replaced = tests.length > 0 && !tests.eq(editor.state.doc)
    const back = replaced ? { label: "Bring back the tests", run: () => replaceAll(editor, tests, "local") } : undefined
    this.app.model.notify("info", `Opened: ${entry.about.name}. Undo brings back what was here.`, back)
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
    const as = newId()
    this.doubt(id, as, true)
    const answer = await this.work({ op: LibraryRestore, id, version, as })
    if (!answer.lost) this.doubt(id, as, false)
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
    void this.look()
    const { new: added, changed, same } = imported
    this.app.model.notify("info", `${file.name}: ${format.plural(added, "entry is", "entries are")} new, ${format.count(changed)} changed, ${format.count(same)} there already.`)
  }

  // Asks for something that changes the library or the page, one at a time, and has the list made anew.
  private async work(request: Omit<Request, "type" | "request">): Promise<Answer> {
    this.busy.value = true
    const answer = await this.ask(request)
    this.busy.value = false
    if (this.app.model.panel.peek() == LibraryPanel) void this.find()
    return answer
  }

  private ask(request: Omit<Request, "type" | "request">): Promise<Answer> {
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
    this.refuse(form, about, { field: field ?? "", message: error })
    return true
  }

  private refuse(form: Form, about: LibraryAbout, error: NonNullable<Form["error"]>): void {
    this.form.value = { ...form, about, error }
  }

  /// Looks what has been made of the current entry, by other pages and unheard by this one.
  async look(): Promise<void> {
    const entry = this.current.peek()
    if (!entry) return
    const { versions, about, missing } = await this.ask({ op: LibraryVersions, id: entry.id })
    const now = this.current.peek()
    if (now?.id != entry.id) return
    const { model } = this.app
    if (missing) {
      this.adopt(undefined)
      model.notify("info", `${now.about.name} was deleted in another page. What is on screen is still here.`, { label: "Save as a new entry", run: () => this.openForm("new", undefined, now.about) })
    }
    const latest = versions?.[0]
    if (!latest || !about) return
    if (now.unheard?.includes(latest.id)) return this.own(now, latest.id, about)
    this.current.value = { ...now, about }
    const before = this.newer.peek()
    this.newer.value = latest.id == now.latest ? undefined : latest
    if (latest.id == now.latest || latest.id == before?.id || model.panel.peek() == LibraryPanel) return // it says so
    model.notify("info", `Another page has saved ${about.name}.`, { label: "Open its version", run: () => void this.open(now.id) })
  }

  // The latest version of the current entry is one that this page has saved without hearing of it.
  private async own(entry: Current, version: string, about: LibraryAbout): Promise<void> {
    const answer = await this.ask({ op: LibraryOpen, id: entry.id, version })
    if (!answer.entry || this.current.peek() != entry) return
    this.current.value = { id: entry.id, version, latest: version, about }
    this.clean = shownOf(Text.of(entryText(answer.entry).split("\n")), answer.entry.content)
    this.newer.value = this.conflict.value = undefined
    this.touched()
    this.app.keeper.touch()
  }

  private calledNow(id: string): LibraryAbout | undefined {
    const entry = this.current.peek()
    return entry?.id == id ? entry.about : undefined
  }

  // The state but for the text, as it is saved.
  private content(): LibraryContent {
    const { query, engines } = this.app.model
    const engine = engines.value[query.value.flavor]
    const { replacing, inputs, testing } = this.app
    return { query: query.value, ...(engine && { engine }), ...replacing.state(), ...inputs.state(), tests: testing.text.value }
  }

  private shown(): Shown {
    return shownOf(this.app.text.state.doc, this.content())
  }
}

// A state in parts that are compared at each key: a file of tests is too long to be
// written as JSON then.
function shownOf(doc: Text, { query, engine, replace, list, inputs, tests }: LibraryContent): Shown {
  const { flavor, flags, pattern } = query
  return { doc, tests: tests ?? "", rest: JSON.stringify([flavor, flags, pattern, engine, replace, list, inputs]) }
}

function same(a: Shown, b: Shown): boolean {
  return a.rest == b.rest && a.tests == b.tests && a.doc.eq(b.doc)
}

/// An entry's text as the page has texts.
export function entryText({ text, textBase64 }: LibraryEntry): string {
  return textBase64 ? decode(fromBase64Url(textBase64)) : text
}
