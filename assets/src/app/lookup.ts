/// What there is to look up, whatever the query: fetched when somebody does.
import { signal } from "@preact/signals"
import type { Reference } from "../wire"

export class Lookup {
  readonly reference = signal<Reference | undefined>(undefined)
  /// Why there is none.
  readonly failure = signal("")
  /// What is searched for, and whether in all flavors; kept when another tab is open.
  readonly words = signal("")
  readonly everywhere = signal(false)
  private coming = false

  /// Gets the reference, unless it is here or on its way.
  load(): void {
    if (this.coming || this.reference.value) return
    this.coming = true
    this.failure.value = ""
    void this.fetch()
      .catch((error: unknown) => {
        this.failure.value = error instanceof Error ? error.message : String(error)
      })
      .finally(() => (this.coming = false))
  }

  private async fetch(): Promise<void> {
    const answer = await fetch(new URL("reference.json", document.baseURI))
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    this.reference.value = (await answer.json()) as Reference
  }
}
