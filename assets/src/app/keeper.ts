/// Keeps the state: in the address, and in the browser's storage for this tab.
import type { ChangeSet, Text } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import {
  Autosave,
  type LinkState,
  type Saved,
  type SavedState,
  type Snapshot,
  StateSuffix,
  Storage,
  TryLimit,
  comeBack,
  fromFragment,
  leave,
  format,
  toFragment,
  toStateFile,
  whole,
} from "../state"
import { keptUndo, undoOf, undoRestored } from "../editor"
import type { Query } from "../wire"
import type { App } from "./app"
import { download } from "./download"
import { newId } from "./id"
import { closing, forget, lockOf, lost, opening, there } from "./lost"
import { keepPanel, reopenPanel } from "./openpanel"
import { samplePattern } from "./sample"

// A pause in the typing; Safari takes no more than 100 addresses in 30 s.
const AddressDelayMs = 300

const TabKey = "regexdbg.tab"

export class Keeper {
  private storage: Promise<Storage | undefined> | undefined
  private autosave: Autosave | undefined
  private addressTimer: ReturnType<typeof setTimeout> | undefined
  // The address as it was written, or opened, last.
  private hash = location.hash
  private id = ""
  private visit = visitOf() ?? newId()
  private watching = false
  // Whether this tab went on from what it was.
  private resumed = false
  // The record of this tab's name, with the text that is in it.
  private record: { state: SavedState; doc: Text } | undefined

  constructor(private readonly app: App) {}

  /// Shows the state of the address or of this tab; false when there is none.
  async restore(): Promise<boolean> {
    const last = await this.claimTab()
    if (last) {
      const saved = comeBack(last, await (await this.open())?.load(last).catch(() => this.unreadable()))
      const here = saved && (saved.state.hash == location.hash || saved.state.visit == this.visit || isReload())
      if (saved && here) {
        this.show(saved)
        const { state } = saved
        if (last == this.id && state.pieces > 0) this.record = { state, doc: this.app.text.state.doc }
        reopenPanel(this.app.model)
        this.resumed = true
        return true
      }
    }
    return location.hash.length > 1 && this.openLink()
  }

  /// From now on changes are kept, and other links opened.
  watch(): void {
    this.watching = true
    keepPanel(this.app.model)
    this.enter()
    void this.open().then((storage) => {
      const { kept } = this.app.model
      if (!storage) {
        kept.value = "failed"
        return
      }
      const length = () => this.app.text.state.doc.length
      this.autosave = new Autosave(storage, this.id, () => this.snapshot(), length, (now) => (kept.value = now))
      // What is done from now on to that text is followed, what was done before is not.
      if (this.record?.doc == this.app.text.state.doc) this.autosave.resume(this.record.doc, this.record.state)
      this.record = undefined
      this.autosave.touch()
      void this.prune(storage).catch(() => {})
    })
    addEventListener("hashchange", () => {
      this.enter()
      if (location.hash != this.hash) void this.openLink()
    })
    const flush = () => {
      if (document.visibilityState == "hidden") this.flush()
    }
    // A long text that was opened a moment ago, or which the storage does not take, would be
    // gone: then the browser asks its user.
    addEventListener("beforeunload", (event) => {
      if (this.app.model.kept.peek() != "kept" && !this.say()) event.preventDefault()
    })
    addEventListener("pagehide", () => {
      this.flush()
      closing(this.id)
    })
    addEventListener("pageshow", () => opening(this.id))
    document.addEventListener("visibilitychange", flush)
  }

  /// The state has changed.
  touch(): void {
    if (!this.watching) return
    this.app.library.touched()
    this.autosave?.touch()
    clearTimeout(this.addressTimer)
    this.addressTimer = setTimeout(() => void this.writeAddress(), AddressDelayMs)
  }

  /// The text has been changed.
  edited(changes: ChangeSet): void {
    this.autosave?.edited(changes)
  }

  /// Copies a link to this state, or offers a file, and a link without the text.
  async copyLink(): Promise<void> {
    const { model } = this.app
    const fragment = await this.withText(this.app.model.panel.value == "tests" ? { testing: true } : { step: this.app.debugging.linked() })
    if (fragment !== undefined) {
      await this.copy(fragment, "Link copied: it holds the pattern, the flags and the text.")
      return
    }
    model.notify(
      "error",
      "The text is too long for a link (more than 100 KB compressed). A file has all of it: Open… shows it.",
      { label: "Save as a file", run: () => this.saveFile() },
      { label: "Copy link without the text", run: () => void this.copyWithoutText() },
    )
  }

  /// Saves this state as a file.
  saveFile(): void {
    const file = toStateFile({ ...this.query(), text: this.app.text.state.doc.toString() })
    download("regex" + StateSuffix, new Blob([file], { type: "application/json" }))
  }

  /// The fragment of a link to this state, with "#", or undefined when it would be too
  /// long.
  async link(): Promise<string | undefined> {
    const fragment = await this.withText()
    return fragment === undefined ? undefined : "#" + fragment
  }

  private async copyWithoutText(): Promise<void> {
    const fragment = await toFragment({ ...this.query(), text: "" })
    if (fragment === undefined) this.app.model.notify("error", "Without the text it is still too long for a link.")
    else await this.copy(fragment, "Link copied, without the text.")
  }

  private async copy(fragment: string, said: string): Promise<void> {
    const url = location.href.replace(/#.*$/, "") + "#" + fragment
    try {
      await navigator.clipboard.writeText(url)
      this.app.model.notify("info", said)
    } catch {
      this.app.model.notify("error", "The browser refused the clipboard. The address of this page is the link.")
    }
  }

  private async openLink(): Promise<boolean> {
    const { app } = this
    const { hash } = location
    let state: LinkState | undefined
    try {
      state = await fromFragment(hash)
    } catch (error) {
      this.hash = hash // the next state takes its place
      const why = error instanceof Error ? error.message : String(error)
      app.model.notify("error", `This link was not opened: ${why}. Nothing was changed. See whether all of the link was copied, and nothing besides.`)
      return false
    }
    this.hash = hash
    if (!state) return false
    if (state.step !== undefined) app.debugging.openAt(state.step)
    this.showLink(await this.withSavedText(state))
    if (state.testing) app.model.panel.value = "tests"
    if (state.unread) app.model.notify("error", `${unreadWords(state.unread)} All else that the link says was opened.`)
    return true
  }

  /// Shows what a link, or a file of a state, says: one step of undo in each editor.
  showLink(state: LinkState): void {
    const { app } = this
    app.apply(state)
    app.library.adopt(undefined)
    if (state.replace !== undefined) app.model.panel.value = "replace"
  }

  private async withSavedText(state: LinkState): Promise<LinkState> {
    if (state.text !== undefined || state.saved === undefined) return state
    const saved = await (await this.open())?.load(state.saved).catch(() => undefined)
    if (!saved) {
      this.app.model.notify("error", "The text of this link was too long for it and is not kept in this browser.")
    }
    const tests = saved?.state.tests
    return { ...state, text: saved?.text ?? "", ...(tests !== undefined && { tests }) }
  }

  // Gives the entry of the tab's history a name.
  private enter(): void {
    const known = visitOf()
    this.visit = known ?? newId()
    if (!known) history.replaceState({ visit: this.visit }, "")
  }

  private show({ state, text, undo }: Saved): void {
    const { app } = this
    const { flavor, flags, pattern, engine, replace, list, tests, inputs } = state
    app.apply({
      flavor,
      flags,
      pattern,
      ...(engine && { engine }),
      ...(replace !== undefined && { replace }),
      ...(list !== undefined && { list }),
      tests: tests ?? "",
      ...(inputs !== undefined && { inputs }),
      text,
    })
    for (const [editor, view] of this.editors()) view.dispatch(undoRestored(view.state, undo[editor]))
    const { entry } = state
    app.library.adopt(entry && { ...entry, latest: entry.latest ?? entry.version }, state.edited)
    void app.library.look() // the connection may have come before this
    const length = app.text.state.doc.length
    app.text.dispatch({ selection: { anchor: Math.min(state.anchor, length), head: Math.min(state.head, length) } })
    app.text.requestMeasure({ read: () => {}, write: () => (app.text.scrollDOM.scrollTop = state.scrollTop) })
  }

  private async writeAddress(): Promise<void> {
    const { model } = this.app
    const query = model.query.value
    const engines = model.engines.value
    const { doc } = this.app.text.state
    const others = JSON.stringify(this.others())
    const whole = await this.withText()
    const fragment = whole ?? (await this.withoutTexts())
    // A newer state may have come while this one was compressed.
    if (query != model.query.value || engines != model.engines.value || doc != this.app.text.state.doc || others != JSON.stringify(this.others())) return
    model.linkable.value = whole !== undefined
    if (fragment === undefined || "#" + fragment == this.hash) return
    if (location.hash != this.hash) return // a link that is about to be opened
    history.replaceState(history.state, "", "#" + fragment)
    this.hash = location.hash
    this.autosave?.touch()
  }

  /// The fragment of the whole state, or undefined when it would be too long.
  private async withText(panel: { step?: number | undefined; testing?: boolean } = {}): Promise<string | undefined> {
    const { doc } = this.app.text.state
    const { step, testing } = panel
    if (doc.length > TryLimit) return undefined
    return toFragment({ ...this.query(), text: doc.toString(), ...(step !== undefined && { step }), ...(testing && { testing }) })
  }

  // The fragment that refers to this browser for what is too long.
  private async withoutTexts(): Promise<string | undefined> {
    const { tests: _, ...query } = this.query()
    return toFragment({ ...query, saved: this.id })
  }

  // The query, with the engine that is asked for, and what else is typed.
  private query(): Query & { engine?: string; replace?: string; list?: string; tests?: string; inputs?: string } {
    const { query, engines } = this.app.model
    const engine = engines.value[query.value.flavor]
    return { ...query.value, ...(engine && { engine }), ...this.others() }
  }

  private others(): { replace?: string; list?: string; tests?: string; inputs?: string } {
    return { ...this.app.replacing.state(), ...this.app.testing.state(), ...this.app.inputs.state() }
  }

  // Says to the page that comes back here what this one shows, and whether that is all.
  private say(): boolean {
    return leave(this.id, this.snapshot(), this.autosave?.recorded() ?? [], this.autosave?.last)
  }

  private flush(): void {
    this.say()
    void this.autosave?.flush()
  }

  private async prune(storage: Storage): Promise<void> {
    const ids = await storage.prune(Date.now(), (await there()).add(this.id))
    await this.offerLost(storage, ids)
  }

  // Offers what a page had that ended without a word, unless this tab is that page.
  private async offerLost(storage: Storage, ids: readonly string[]): Promise<void> {
    forget(new Set(ids))
    for (const id of this.resumed ? [] : await lost(ids.filter((one) => one != this.id))) {
      const saved = await storage.load(id)
      if (!saved || isUntouched(saved)) continue
      const when = format.when(saved.state.savedAt, Date.now())
      return this.app.model.notify("info", `A page ended without having been closed. What it had ${when} is kept.`, {
        label: "Bring it back",
        run: () => void this.bringBack(saved),
      })
    }
  }

  // Shows what a page of another name had, with its undo.
  private async bringBack(saved: Saved): Promise<void> {
    const { app } = this
    const before = whole(this.id, this.snapshot(), Infinity)
    const show = (state: Saved) => {
      this.show(state)
      app.changed()
    }
    show(saved)
    app.model.notify("info", "Pattern, text, tests and undo are those of the page that ended.", { label: "Back to what was here", run: () => show(before) })
    if (await this.autosave?.flush()) closing(saved.state.id)
  }

  private snapshot(): Snapshot {
    const { text } = this.app
    const { anchor, head } = text.state.selection.main
    const undo = this.editors().map(([editor, { state }]) => {
      const of = undoOf(state)
      return { editor, of, kept: (limit: number) => keptUndo(of, limit) }
    })
    return { ...this.query(), ...this.app.library.state(), hash: this.hash, visit: this.visit, anchor, head, scrollTop: text.scrollDOM.scrollTop, doc: text.state.doc, undo }
  }

  // Those whose undo is kept, by the names that state/parting has for their texts.
  private editors(): [string, EditorView][] {
    const { pattern, text, replacing, testing } = this.app
    return [
      ["pattern", pattern],
      ["text", text],
      ["replacement", replacing.editor],
      ["tests", testing.editor],
    ]
  }

  // The browser does not give what this tab had.
  private unreadable(): undefined {
    this.app.model.notify("error", "The browser's storage could not be read: what this tab had may not be here.")
  }

  private open(): Promise<Storage | undefined> {
    return (this.storage ??= Storage.open())
  }

  // Takes this tab's name, or a new one when a duplicated tab holds it already.
  // Returns the name whose state this tab goes on from.
  private async claimTab(): Promise<string | undefined> {
    let last: string | null = null
    try {
      last = sessionStorage.getItem(TabKey)
      this.id = last && (await claim(last)) ? last : newId()
      if (this.id != last) void claim(this.id)
      opening(this.id)
      sessionStorage.setItem(TabKey, this.id)
    } catch {
      this.id ||= newId() // no session storage: a reload is a new tab
    }
    return last ?? undefined
  }
}

// Whether the page was loaded again. The browser may do that with the address before
// the last one, which the page has only just written: that is no other link.
function isReload(): boolean {
  return performance.getEntriesByType("navigation").some((entry) => (entry as PerformanceNavigationTiming).type == "reload")
}

// The name of the entry of the tab's history that the page is at. It stays when the page
// changes the entry's address: a browser that restores its tabs after a crash may know an
// older one of these.
function visitOf(): string | undefined {
  return (history.state as { visit?: string } | null)?.visit
}

// How many parts of a link are named, and how much of each, in UTF-16 units.
const NamedParts = 3
const NamedLength = 40

function unreadWords(parts: readonly string[]): string {
  const named = parts.slice(0, NamedParts).map((part) => `“${part.length > NamedLength ? part.slice(0, NamedLength) + "…" : part}”`)
  const more = parts.length > NamedParts ? ` and ${format.plural(parts.length - NamedParts, "more part")}` : ""
  return `This page does not understand ${parts.length == 1 ? "this part" : "these parts"} of the link: ${named.join(", ")}${more}.`
}

// Whether nothing was done in a page but looking at it.
function isUntouched({ state, undo }: Saved): boolean {
  return (state.pattern == "" || state.pattern == samplePattern) && Object.values(undo).every(({ done, undone }) => done.length + undone.length <= 1)
}

// Holds a lock named for the tab as long as the page lives.
function claim(id: string): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true)
  return new Promise((resolve) => {
    void navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      return lock ? new Promise(() => {}) : undefined
    })
  })
}
