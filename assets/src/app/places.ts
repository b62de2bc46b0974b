/// Places of the debugged text in the unit that the page shows.
import { docBytes, format, placedWords, runesBefore } from "../state"
import type { DebugEvent, Place, Range } from "../wire"
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

/// A place of which only the UTF-16 position is known. It takes time linear in the
/// text where that is not ASCII.
export function unitsWords(app: App, debugged: Debugged, at: number): string {
  const { doc, bytes } = debugged
  const ascii = doc.length == bytes
  return placeWords(app, debugged, { at, bytes: ascii || app.model.unit.value != "bytes" ? at : docBytes(doc, 0, at) })
}

/// A span as two numbers.
export function rangeWords(app: App, debugged: Debugged, { from, to, fromBytes, toBytes }: Range): string {
  return `${placeWords(app, debugged, { at: from, bytes: fromBytes })}–${placeWords(app, debugged, { at: to, bytes: toBytes })}`
}

/// The sentence of a step.
export function stepWords(app: App, debugged: Debugged, event: DebugEvent): string {
  return app.model.unit.value == "bytes" ? event.words : placedWords(event, (place) => placeWords(app, debugged, place))
}
