/// What positions count: bytes as the engines do, UTF-16 units as JavaScript
/// does, or characters (runes).
import type { Model, PositionUnit } from "../app"

const units: readonly [PositionUnit, string][] = [
  ["bytes", "bytes"],
  ["utf16", "UTF-16"],
  ["runes", "runes"],
]

export function UnitSwitch({ model }: { model: Model }) {
  return (
    <div class="segments" role="group" aria-label="Positions in">
      {units.map(([unit, label]) => (
        <button
          key={unit}
          type="button"
          class="segment"
          aria-pressed={model.unit.value == unit}
          onClick={() => model.setUnit(unit)}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
