/// What the page shows, as signals: views read them, the rest of `app` sets them.
import { computed, signal } from "@preact/signals"
import { type Browser, RefusedCode, nativeEngine } from "../browser"
import { type Place } from "../editor"
import { type About, type Connection, type Kept, type Results, type Status, chooseEngine, comparison, engineChoices, findFlavor, findProblems, measurableEngines, placed, sameQuery } from "../state"
import { remembered } from "./remembered"
import type { Analysis, AnalysisFailed, Conversions, Diagram, Explanation, Literals, Programs, Query, Speeds, Warnings, Welcome } from "../wire"

export type Theme = "system" | "light" | "dark"
export type PositionUnit = "bytes" | "utf16" | "runes"

export type Dialog = "" | "help" | "settings" | "commands" | "examples"

export interface Listed {
  results: Results | undefined
  count: number
}

export interface Notice {
  id: number
  kind: "info" | "error"
  text: string
  action?: Action
  other?: Action
}

interface Action {
  label: string
  run: () => void
}

const rememberedEngines = (): Record<string, string> => {
  try {
    return { ...(JSON.parse(remembered.get("engines") ?? "{}") as Record<string, string>) }
  } catch {
    return {} // somebody else wrote it
  }
}

const rememberedUnmeasured = (): Set<string> => new Set((remembered.get("unmeasured") ?? "").split("\n").filter((name) => name != ""))

export class Model {
  readonly connection = signal<Connection>({ state: "connecting" })
  readonly welcome = signal<Welcome | undefined>(undefined)
  readonly query = signal<Query>({ flavor: "go", flags: "", pattern: "" })
  /// The query's parts for views that a key in the pattern does not change.
  readonly flavorName = computed(() => this.query.value.flavor)
  readonly flavor = computed(() => findFlavor(this.welcome.value?.flavors ?? [], this.flavorName.value))
  readonly flags = computed(() => this.query.value.flags)
  readonly blank = computed(() => this.query.value.pattern == "")
  /// The browser's own RegExp.
  readonly native = nativeEngine(navigator as Browser)
  /// The engines that are asked for, by flavor; the others have their first.
  readonly engines = signal<Readonly<Record<string, string>>>(rememberedEngines())
  readonly engineChoices = computed(() => engineChoices(this.flavor.value, this.native))
  readonly engine = computed(() => chooseEngine(this.engineChoices.value, this.engines.value[this.flavorName.value]))
  readonly status = signal<Status>({
    version: 0,
    phase: "pending",
    count: 0,
    searched: 0,
    bytes: 0,
    wallMs: 0,
    progress: false,
    cancelling: false,
    stuck: 0,
  })
  /// The analysis that came last; newer keys may have been typed since.
  readonly analysis = signal<About<Analysis> | undefined>(undefined)
  /// What is suspicious about a valid pattern; a moment behind the analysis.
  readonly warnings = signal<About<Warnings> | undefined>(undefined)
  readonly diagram = signal<About<Diagram> | undefined>(undefined)
  readonly explanation = signal<About<Explanation> | undefined>(undefined)
  readonly literals = signal<About<Literals> | undefined>(undefined)
  readonly programs = signal<About<Programs> | undefined>(undefined)
  /// The language in which programs are shown, and what they do.
  readonly language = signal(remembered.get("language") ?? "")
  readonly programOp = signal(remembered.get("program-op") ?? "match-all")
  readonly conversions = signal<About<Conversions> | undefined>(undefined)
  /// How fast engines are, as far as it is measured, or when it was last.
  readonly speeds = signal<About<Speeds> | undefined>(undefined)
  /// The names of the engines that are not to be measured.
  readonly unmeasured = signal<ReadonlySet<string>>(rememberedUnmeasured())
  /// The flavors with the browser's own engine, which is compared and measured too.
  readonly lentFlavors = computed(() => comparison.withNative(this.welcome.value?.flavors ?? [], this.native))
  readonly measurable = computed(() => measurableEngines(this.lentFlavors.value))
  readonly measured = computed(() => this.measurable.value.filter(({ name }) => !this.unmeasured.value.has(name)))
  /// Why the analysis, or what a panel needs, could not be made.
  readonly analysisFailed = signal<About<AnalysisFailed> | undefined>(undefined)
  /// What is wrong with the pattern: in the engine's words, with the parser's place
  /// where it gives none, or where there is no engine in the parser's words.
  readonly error = computed(() => {
    const { error, phase, query } = this.status.value
    const analysis = this.analysis.value
    if (!analysis || !query || !sameQuery(analysis.query, query)) return error
    if (error?.code == RefusedCode) return placed(error, analysis.msg.errors)
    return phase == "no-engine" ? analysis.msg.errors[0] : error
  })
  readonly problems = computed(() =>
    findProblems({
      status: this.status.value,
      error: this.error.value,
      analysis: this.analysis.value,
      warnings: this.warnings.value,
    }),
  )
  /// Where the pointer or, without it, the caret is in the pattern.
  readonly place = signal<Place | undefined>(undefined)
  /// Whether the list of problems is open.
  readonly listing = signal(remembered.get("problems") == "1")
  /// The matches that are listed; another object when there are more of them.
  readonly listed = signal<Listed>({ results: undefined, count: 0 })
  /// The match that is selected, or -1.
  readonly active = signal(-1)
  /// Length of the text, in bytes.
  readonly textBytes = signal(0)
  /// Whether a line is too long for wrapping.
  readonly longLine = signal(false)
  /// Whether a link holds all of the state: one that is longer is not made.
  readonly linkable = signal(true)
  /// The name of the file that is on its way.
  readonly loading = signal<string | undefined>(undefined)
  /// Which marks are missing on this screen.
  readonly note = signal("")
  /// Whether what is on screen is in the browser's storage.
  readonly kept = signal<Kept>("keeping")
  readonly notices = signal<readonly Notice[]>([])
  /// The dialog that is open, or "".
  readonly dialog = signal<Dialog>("")
  readonly theme = signal<Theme>((remembered.get("theme") as Theme | null) ?? "system")
  readonly everything = signal(remembered.get("invisibles") == "1")
  readonly unit = signal<PositionUnit>((remembered.get("unit") as PositionUnit | null) ?? "bytes")
  readonly panel = signal("matches")
  /// The menu that is open beside the pattern, as in welcome.panels; or "".
  readonly menu = signal("")
  /// A panel whose message is needed though it is not on screen; or "".
  readonly needed = signal("")
  /// Of the open panel, in CSS pixels; 0 before it is known.
  readonly panelWidth = signal(0)
  private lastNotice = 0

  /// Says something to the user; errors stay until they are dismissed.
  notify(kind: Notice["kind"], text: string, action?: Action, other?: Action): void {
    const notice: Notice = { id: ++this.lastNotice, kind, text, ...(action && { action }), ...(other && { other }) }
    // A word that asks for nothing makes room for the next.
    const passing = (n: Notice) => n.kind == "info" && !n.action
    this.notices.value = [...this.notices.value.filter((n) => n.text != text && !(passing(n) && passing(notice))), notice]
    if (kind == "info" && !action) setTimeout(() => this.dismiss(notice.id), 6000)
  }

  dismiss(id: number): void {
    this.notices.value = this.notices.value.filter((n) => n.id != id)
  }

  /// Whether the page is dark now.
  isDark(): boolean {
    const theme = this.theme.value
    return theme == "dark" || (theme == "system" && matchMedia("(prefers-color-scheme: dark)").matches)
  }

  /// Asks for an engine of a flavor ("" for its first), in this tab and in later ones.
  rememberEngine(flavor: string, id: string): void {
    const change = (engines: Readonly<Record<string, string>>) => {
      const { [flavor]: _, ...others } = engines
      return id == "" ? others : { ...others, [flavor]: id }
    }
    this.engines.value = change(this.engines.value)
    remembered.set("engines", JSON.stringify(change(rememberedEngines())))
  }

  /// Asks for the engines that are remembered, and in one flavor for another.
  askForEngine(flavor: string, id: string | undefined): void {
    this.engines.value = { ...rememberedEngines(), ...(id && { [flavor]: id }) }
  }

  setMeasured(engine: string, measured: boolean): void {
    const names = new Set(this.unmeasured.value)
    if (measured) names.delete(engine)
    else names.add(engine)
    this.unmeasured.value = names
    remembered.set("unmeasured", [...names].join("\n"))
  }

  setLanguage(language: string): void {
    this.language.value = language
    remembered.set("language", language)
  }

  setProgramOp(op: string): void {
    this.programOp.value = op
    remembered.set("program-op", op)
  }

  setTheme(theme: Theme): void {
    this.theme.value = theme
    remembered.set("theme", theme)
  }

  setEverything(everything: boolean): void {
    this.everything.value = everything
    remembered.set("invisibles", everything ? "1" : "0")
  }

  setListing(listing: boolean): void {
    this.listing.value = listing
    remembered.set("problems", listing ? "1" : "0")
  }

  setUnit(unit: PositionUnit): void {
    this.unit.value = unit
    remembered.set("unit", unit)
  }
}
