/// Places of the debugged text in the unit that the page shows.
import { format, runesBefore } from "../state"
import type { Place, Range } from "../wire"
import type { App } from "./app"
import type { Debugged } from "./debugging"

/// A place as a number.
export function placeWords({ model }: App, { doc }: Debugged, { at, bytes }: Place): string {
  switch (model.unit.value) {
    case "bytes":
      return format.count(bytes)
    case "utf16":
      return format.count(at)
    case "runes":
      return format.count(runesBefore(doc, at))
  }
}

/// A span as two numbers.
export function rangeWords(app: App, debugged: Debugged, { from, to, fromBytes, toBytes }: Range): string {
  return `${placeWords(app, debugged, { at: from, bytes: fromBytes })}–${placeWords(app, debugged, { at: to, bytes: toBytes })}`
}
