/// What there is to look up, whatever the query: fetched when somebody does.
import { signal } from "@preact/signals"
import type { Names, Reference } from "../wire"

export class Lookup {
  readonly reference = signal<Reference | undefined>(undefined)
  /// Why there is none.
  readonly failure = signal("")
  /// What is searched for, and whether in all flavors; kept when another tab is open.
  readonly words = signal("")
  readonly everywhere = signal(false)
  private coming: Promise<Reference | undefined> | undefined
  private readonly names = new Map<string, Promise<Names | undefined>>()

  /// The reference, or undefined when it cannot be had; then the next call tries
  /// again.
  load(): Promise<Reference | undefined> {
    this.coming ??= this.get<Reference>("reference.json").then(
      (reference) => (this.reference.value = reference),
      (error: unknown) => {
        this.coming = undefined
        this.failure.value = error instanceof Error ? error.message : String(error)
        return undefined
      },
    )
    return this.coming
  }

  /// The names of a flavor's properties and classes, as load.
  namesOf(flavor: string): Promise<Names | undefined> {
    let names = this.names.get(flavor)
    if (!names) {
      names = this.get<Names>(`names-${flavor}.json`).catch(() => {
        this.names.delete(flavor)
        return undefined
      })
      this.names.set(flavor, names)
    }
    return names
  }

  private async get<T>(file: string): Promise<T> {
    this.failure.value = ""
    const answer = await fetch(new URL(file, document.baseURI))
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    return (await answer.json()) as T
  }
}
