import type { ComponentType } from "preact"
import type { App } from "../app"

/// A tab of the page: one object, in one file, in the list in index.ts. The
/// server says which of them it can serve and what they are called.
export interface Panel {
  /// As in welcome.panels.
  id: string
  View: ComponentType<{ app: App }>
}
