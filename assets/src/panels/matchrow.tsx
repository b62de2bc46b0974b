/// One match: its place and text, and a line for each group.
import { groupClass, visiblePieces } from "../editor"
import type { PositionUnit } from "../app"
import { format, runesBefore, type Results } from "../state"

// More does not fit a row, and a match may be megabytes long.
const TextLimit = 300

export interface RowProps {
  results: Results
  row: number
  unit: PositionUnit
  active: boolean
  focusable: boolean
  top: number
  height: number
}

export function MatchRow({ results, row, unit, active, focusable, top, height }: RowProps) {
  const { store, groups } = results
  return (
    <div
      role="listitem"
      class={active ? "row active" : "row"}
      data-row={row}
      aria-setsize={store.count}
      aria-posinset={row + 1}
      aria-current={active ? "true" : undefined}
      tabIndex={focusable ? 0 : -1}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
    >
      <div class="line head">
        <span class="number">{format.count(row + 1)}</span>
        <Value results={results} row={row} group={0} />
        {store.mark(row) != "" && (
          <span class="mark-name" title="The name of the last (*MARK) on the match's path">
            mark {store.mark(row).slice(0, TextLimit)}
          </span>
        )}
        <span class="span">{span(results, row, 0, unit)}</span>
      </div>
      {groups.slice(1).map((group, i) => (
        <div class="line" key={group.number}>
          <span class={`group-number ${groupClass(group.number)}`}>{group.number}</span>
          <span class="group-name">{group.name}</span>
          <Value results={results} row={row} group={i + 1} />
          <span class="span">{span(results, row, i + 1, unit)}</span>
        </div>
      ))}
    </div>
  )
}

function Value({ results: { store, doc }, row, group }: { results: Results; row: number; group: number }) {
  const from = store.start(row, group)
  if (from < 0) return <span class="value none">not matched</span>
  const to = store.end(row, group)
  if (from == to) return <span class="value none">empty</span>
  const text = doc.sliceString(from, Math.min(to, from + TextLimit))
  return (
    <span class="value">
      {visiblePieces(text).map((piece, i) =>
        typeof piece == "string" ? piece : (
          <span key={i} class="inv">
            {piece.label}
          </span>
        ),
      )}
      {to - from > TextLimit && "…"}
    </span>
  )
}

function span({ store, doc }: Results, row: number, group: number, unit: PositionUnit): string {
  const start = store.start(row, group)
  if (start < 0) return ""
  const end = store.end(row, group)
  if (unit == "utf16") return `${start}–${end}`
  if (unit == "bytes") return `${store.startByte(row, group)}–${store.endByte(row, group)}`
  return `${runesBefore(doc, start)}–${runesBefore(doc, end)}`
}
