/// Which engines a flavor can be run on, and on which one it is run.
import { type Engine, type Flavor, EngineBrowser } from "../wire"

export interface EngineChoice {
  /// As a link and an update name it.
  id: string
  engine: Engine
  /// How to get it, when it is not here.
  missing?: string
}

export interface ChosenEngine {
  /// What runs the patterns; undefined when there is nothing that could.
  choice: EngineChoice | undefined
  /// What was asked for, but is not here: the choice takes its place.
  absent: string | undefined
}

/// The engines of a flavor, the first of which is used when none is asked for; the
/// missing ones last. `native` is the browser's own RegExp, the first for JavaScript.
export function engineChoices(flavor: Flavor | undefined, native: Engine): EngineChoice[] {
  const choices = (flavor?.engines ?? []).map(({ engine, missing }) => ({ id: engine.name, engine, ...(missing && { missing }) }))
  return flavor?.name == "js" ? [{ id: EngineBrowser, engine: native }, ...choices] : choices
}

export function chooseEngine(choices: readonly EngineChoice[], asked: string | undefined): ChosenEngine {
  const here = choices.filter(({ missing }) => !missing)
  const wanted = here.find(({ id }) => id.toLowerCase() == asked?.toLowerCase())
  return { choice: wanted ?? here[0], absent: wanted ? undefined : asked }
}

/// An engine in words: its name and version.
export function engineLabel({ name, version }: Engine): string {
  return version == "" ? name : `${name} ${version}`
}

/// How many engines the flavors have, here and missing.
export function countEngines(flavors: readonly Flavor[]): { here: number; missing: number } {
  const all = flavors.flatMap((flavor) => flavor.engines)
  const missing = all.filter((choice) => choice.missing).length
  return { here: all.length - missing, missing }
}
