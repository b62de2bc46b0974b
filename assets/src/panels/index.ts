import { diagram } from "./diagram"
import { matches } from "./matches"
import type { Panel } from "./panel"

/// The panels that this page knows.
export const panels: readonly Panel[] = [matches, diagram]
