/// The heat map of the run that is debugged: which count it shows, and where the
/// pointer or the caret is in it.
import { computed, effect, signal } from "@preact/signals"
import { setHeat } from "../editor"
import { type HeatCount, type HeatPlace, costsOf, format, heatOf, heatPlaces, highestOf, warmth } from "../state"
import type { App } from "./app"
import { placeWords } from "./places"

export class Heating {
  /// The count that is shown; "" for no map.
  readonly count = signal<HeatCount | "">("")
  /// The place of the text under the pointer or, without it, at the caret.
  readonly pointed = signal<HeatPlace | undefined>(undefined)
  /// The token of the pattern that is pointed at or has the focus.
  readonly token = signal<number | undefined>(undefined)

  /// The costs of tokens, by token.
  readonly costs = computed(() => new Map(costsOf(this.app.debugging.counts.value?.tokens ?? []).map((cost) => [cost.token, cost])))
  /// The stretches of the text that were looked at, in the debugged text.
  readonly places = computed(() => {
    const { counts, debugged } = this.app.debugging
    if (!counts.value || !debugged.value) return []
    return heatPlaces(counts.value, debugged.value.doc.length, debugged.value.bytes)
  })
  readonly highestToken = computed(() => (this.count.value == "" ? 0 : highestOf([...this.costs.value.values()].map(heatOf), this.count.value)))
  readonly highestPlace = computed(() => (this.count.value == "" ? 0 : highestOf(this.places.value.map(({ heat }) => heat), this.count.value)))

  constructor(private readonly app: App) {}

  watch(): void {
    effect(() => this.draw())
    const { dom } = this.app.text
    dom.addEventListener("mouseover", ({ target }) => {
      const mark = target instanceof Element ? target.closest<HTMLElement>("[data-heat]") : null
      if (this.count.value != "") this.pointed.value = mark ? this.places.value[Number(mark.dataset["heat"])] : this.atCaret()
    })
    const caretMoved = () => {
      if (this.count.value != "") this.pointed.value = this.atCaret()
    }
    dom.addEventListener("mouseleave", caretMoved)
    document.addEventListener("selectionchange", caretMoved)
  }

  /// A place of the text in words: "offset 3" or "offsets 0–15".
  placeWords({ from, to, single, bytes: [start, end] }: HeatPlace): string {
    const { app } = this
    const debugged = app.debugging.debugged.value!
    const first = placeWords(app, debugged, { at: from, bytes: start })
    const behind = placeWords(app, debugged, { at: to, bytes: end })
    return single ? `offset ${first}` : `offsets ${first}–${behind}`
  }

  private atCaret(): HeatPlace | undefined {
    const { text, debugging } = this.app
    const { head } = text.state.selection.main
    return this.places.value.find(({ from, to }) => debugging.present(from) <= head && (head < debugging.present(to) || from == to))
  }

  private draw(): void {
    const { app, places } = this
    const count = this.count.value
    const shown = count != "" && app.debugging.open.value
    if (!shown) {
      app.text.dispatch({ effects: setHeat.of([]) })
      return
    }
    const highest = this.highestPlace.value
    app.model.unit.value // the titles are in it
    const marks = places.value.flatMap((place, index) => {
      const { from, to, heat } = place
      const level = warmth(heat[count], highest)
      return level > 0 ? [{ from: app.debugging.present(from), to: app.debugging.present(to), level, index, title: `${this.placeWords(place)}: ${heatWords(heat, app.debugging.debugged.value!.program.threads)}` }] : []
    })
    app.text.dispatch({ effects: setHeat.of(marks) })
  }
}

/// Exact numbers in words. A machine of threads does not backtrack.
export function heatWords({ tries, successes, backtracks }: HeatPlace["heat"], threads: boolean): string {
  const words = `${tries == 1 ? "1 try" : `${format.count(tries)} tries`}, ${successes == 1 ? "1 success" : `${format.count(successes)} successes`}`
  return threads ? words : `${words}, ${format.plural(backtracks, "backtrack")}`
}
