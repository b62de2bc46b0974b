import { benchmark } from "./benchmark"
import { code } from "./code"
import { compare } from "./compare"
import { debug } from "./debug"
import { diagram } from "./diagram"
import { explain } from "./explain"
import { inputs } from "./inputs"
import { library } from "./library"
import { matches } from "./matches"
import { reference } from "./reference"
export { Menu } from "./menu"
export { Mount } from "./mount"
import { replace } from "./replace"
import { tests } from "./tests"
import type { Panel } from "./panel"

/// The panels that this page knows.
export const panels: readonly Panel[] = [matches, explain, debug, diagram, replace, inputs, tests, compare, benchmark, code, library, reference]
