/// How the page looks and waits, remembered for all tabs of this browser.
import { effect, signal } from "@preact/signals"
import { showInvisibles, wrapLines } from "../editor"
import type { App } from "./app"
import { remembered } from "./remembered"

export type Palette = "standard" | "safe"

/// Text sizes of the editors, in CSS pixels. 14 is the first.
export const sizes = [12, 13, 14, 16, 18, 20, 24] as const
const FirstSize = 14

/// Times after which a search pauses, in milliseconds; 0 is the server's own.
export const timeouts = [0, 1000, 2000, 10_000, 30_000, 120_000] as const

export class Settings {
  readonly palette = signal<Palette>(remembered.get("palette") == "safe" ? "safe" : "standard")
  readonly size = signal<number>(choice(sizes, remembered.get("size"), FirstSize))
  readonly wrap = signal(remembered.get("wrap") != "0")
  readonly timeout = signal<number>(choice(timeouts, remembered.get("timeout"), 0))

  constructor(private readonly app: App) {}

  /// From now on the page follows the settings.
  start(): void {
    const { documentElement } = document
    effect(() => {
      documentElement.dataset["palette"] = this.palette.value
      documentElement.style.setProperty("--editor-size", `${this.size.value}px`)
      // What CodeMirror knows of heights is of another size.
      for (const view of [this.app.pattern, this.app.text]) view.requestMeasure()
    })
    effect(() => this.app.text.dispatch({ effects: wrapLines.of(this.wrap.value) }))
  }

  setPalette(palette: Palette): void {
    this.palette.value = palette
    remembered.set("palette", palette)
  }

  setSize(size: number): void {
    this.size.value = size
    remembered.set("size", String(size))
  }

  /// Larger or smaller by one step.
  resize(by: 1 | -1): void {
    const at = sizes.findIndex((size) => size == this.size.peek()) + by
    const size = sizes[at]
    if (size !== undefined) this.setSize(size)
  }

  setWrap(wrap: boolean): void {
    this.wrap.value = wrap
    remembered.set("wrap", wrap ? "1" : "0")
  }

  setEverything(everything: boolean): void {
    this.app.model.setEverything(everything)
    this.app.text.dispatch({ effects: showInvisibles(everything) })
  }

  setTimeout(timeout: number): void {
    this.timeout.value = timeout
    remembered.set("timeout", String(timeout))
    this.app.changed()
  }

  /// All as it was on the first day.
  reset(): void {
    this.setPalette("standard")
    this.setSize(FirstSize)
    this.setWrap(true)
    this.setEverything(false)
    this.app.model.setTheme("system")
    this.app.model.setUnit("bytes")
    if (this.timeout.peek() != 0) this.setTimeout(0)
  }
}

function choice<T extends number>(all: readonly T[], text: string | null, first: T): T {
  return all.find((value) => String(value) == text) ?? first
}
