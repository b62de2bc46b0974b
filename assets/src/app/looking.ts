/// The list of engines, which grows while the server looks what this machine has.
import { countEngines, format, isFinal } from "../state"
import type { Engines, Welcome } from "../wire"
import { OutcomeError } from "../wire"
import type { App } from "./app"

export class Looking {
  // Whether all engines have been found once, since when a list that is not
  // complete is not shown.
  private found = false
  private again = false

  constructor(private readonly app: App) {}

  connected(welcome: Welcome): void {
    this.found = !welcome.looking
    this.again = false
  }

  /// Has the server look again.
  refresh(): void {
    this.again = this.app.session.refresh()
  }

  came({ flavors, looking }: Engines): void {
    const { model, search, session } = this.app
    if (!model.welcome.value) return
    const keep = this.found && looking
    model.welcome.value = { ...model.welcome.value, looking, ...(!keep && { flavors }) }
    if (looking) return
    this.found = true
    if (this.again) {
      const { here, missing } = countEngines(flavors)
      const words = missing > 0 ? `, and ${missing} missing` : ""
      model.notify("info", `Looked again: ${format.plural(here, "engine")}${words}.`)
    }
    this.again = false
    // What is on screen may be another engine's, or that there is none, or that it has
    // failed, which is why engines are looked for again.
    const { phase, engine, done } = search.status
    const { choice } = model.engine.value
    const same = choice?.engine.name == engine?.name && choice?.engine.version == engine?.version
    if (isFinal(phase) && phase != "idle" && (!same || done?.outcome == OutcomeError)) session.change()
  }
}
