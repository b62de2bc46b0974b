/// Engines side by side: which ones, what the server says of them, and the search
/// for a text on which they differ.
import { signal } from "@preact/signals"
import type { ComparisonMessage } from "../codec"
import type { About, Analyses } from "../state"
import { type Comparison, type Portability, type Sought, TypeCompare, TypeSeek } from "../wire"
import type { App } from "./app"

const Key = "regexdbg.compare"

// Undefined for all.
function rememberedChoice(): readonly string[] | undefined {
  try {
    const names = JSON.parse(localStorage.getItem(Key) ?? "null") as unknown
    return Array.isArray(names) ? names.filter((name): name is string => typeof name == "string") : undefined
  } catch {
    return undefined // storage is switched off, or somebody else wrote it
  }
}

export class Comparing {
  /// How far the comparison is; of the last state that was compared.
  readonly comparison = signal<About<Comparison> | undefined>(undefined)
  readonly portability = signal<About<Portability> | undefined>(undefined)
  readonly sought = signal<About<Sought> | undefined>(undefined)
  /// The names of the engines that are compared, undefined for all.
  readonly choice = signal(rememberedChoice())
  private seeds = 0

  constructor(private readonly app: App) {}

  received(msg: ComparisonMessage, analyses: Analyses): void {
    switch (msg.type) {
      case "comparison":
        this.comparison.value = analyses.about(msg) ?? this.comparison.value
        return
      case "portability":
        this.portability.value = analyses.about(msg) ?? this.portability.value
        return
      case "sought":
        this.sought.value = analyses.about(msg) ?? this.sought.value
    }
  }

  /// A server that is new has to be told.
  connected(): void {
    if (this.choice.value) this.tell()
    this.sought.value = undefined
  }

  /// Compares these engines from now on, in this tab and in later ones.
  choose(names: readonly string[] | undefined): void {
    this.choice.value = names
    try {
      if (names) localStorage.setItem(Key, JSON.stringify(names))
      else localStorage.removeItem(Key)
    } catch {
      // Then it is not remembered.
    }
    this.tell()
  }

  /// Looks for a text on which the engines differ; each time others are tried.
  seek(): void {
    const { session } = this.app
    session.tell({ type: TypeSeek, version: session.version, seed: ++this.seeds, stop: false })
  }

  stop(): void {
    const { session } = this.app
    session.tell({ type: TypeSeek, version: session.version, seed: 0, stop: true })
  }

  private tell(): void {
    const { value } = this.choice
    this.app.session.tell({ type: TypeCompare, all: value === undefined, engines: [...(value ?? [])] })
  }
}
