/// Scrolling and keys of the list. Rows are of one height, because every match of
/// a search has the same groups; `geometry` says which are on screen.
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { App } from "../app"
import { geometry } from "../state"
import type { Group } from "../wire"
import { MatchRow } from "./matchrow"

// As in matches.css.
const LineHeight = 22
const Padding = 12
// Finger-sized rows where a finger is the pointer.
const LeastHeight = matchMedia("(pointer: coarse)").matches ? 44 : 0

// Rows beyond the edges, so that a frame that comes late shows no gap.
const Extra = 4

export function MatchList({ app }: { app: App }) {
  const { model } = app
  const { results, count } = model.listed.value
  const active = model.active.value
  const scroller = useRef<HTMLDivElement>(null)
  const [viewport, setViewport] = useState(0)
  const [offset, setOffset] = useState(0)
  const [focused, setFocused] = useState(-1)
  const own = useRef(0) // the scrollTop that we set ourselves

  const { groups } = results!
  const g: geometry.Geometry = {
    rows: count,
    rowHeight: Math.max(LeastHeight, LineHeight * groups.length + Padding),
    viewport,
  }
  const place = geometry.clampOffset(g, offset)
  const latest = useRef({ g, place })
  latest.current = { g, place }

  const scrollTo = (to: number) => {
    const { g } = latest.current
    const clamped = geometry.clampOffset(g, to)
    setOffset(clamped)
    own.current = Math.round(geometry.scrollTopOf(g, clamped))
    scroller.current!.scrollTop = own.current
  }

  useLayoutEffect(() => {
    const element = scroller.current!
    const observer = new ResizeObserver(() => setViewport(element.clientHeight))
    observer.observe(element)
    setViewport(element.clientHeight)
    // Where the bar is scaled, a notch of the wheel still moves by its pixels.
    const wheel = (event: WheelEvent) => {
      const { g, place } = latest.current
      if (!geometry.isScaled(g) || event.ctrlKey || event.deltaMode != WheelEvent.DOM_DELTA_PIXEL) return
      event.preventDefault()
      scrollTo(place + event.deltaY)
    }
    element.addEventListener("wheel", wheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener("wheel", wheel)
    }
  }, [])

  // The match under caret or pointer comes on screen; in the same frame, so that
  // it cannot take back a scroll of the user's that came after.
  useLayoutEffect(() => {
    if (active >= 0 && viewport > 0) {
      const { g, place } = latest.current
      const to = geometry.reveal(g, active, place)
      if (to != place) scrollTo(to)
    }
  }, [active, results, viewport])

  const focus = useRef(-1)
  useLayoutEffect(() => {
    if (focus.current < 0) return
    scroller.current!.querySelector<HTMLElement>(`[data-row="${focus.current}"]`)?.focus({ preventScroll: true })
    focus.current = -1
  })

  const select = (row: number) => {
    focus.current = row
    // Also when it is selected already and has been scrolled away.
    const to = geometry.reveal(g, row, place)
    if (to != place) scrollTo(to)
    app.goTo(row)
  }

  const keydown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const current = rowOf(event.target)
    if (current < 0) return
    if (event.key == "Enter") {
      app.goTo(current)
      app.text.focus()
    } else {
      const page = Math.max(1, Math.floor(viewport / g.rowHeight))
      const to = target(event.key, current, page, count)
      if (to === undefined) return
      select(to)
    }
    event.preventDefault()
  }

  const [first, last] = geometry.rowsAt(g, place, Extra)
  const rows: number[] = []
  for (let row = first; row < last; row++) rows.push(row)
  // The selected row and that with the focus keep existing off screen: the focus of
  // one that goes would be lost.
  for (const row of new Set([active, focused])) {
    if (row >= 0 && row < count && (row < first || row >= last)) rows.push(row)
  }
  const focusable = active >= 0 && active < count ? active : first

  return (
    <div
      class="list-scroller"
      ref={scroller}
      onScroll={(event) => {
        const top = event.currentTarget.scrollTop
        if (Math.abs(top - own.current) < 1 && geometry.isScaled(g)) return
        own.current = top
        setOffset(geometry.offsetOf(g, top))
      }}
    >
      <div
        role="list"
        aria-label="Matches"
        class="list"
        style={{ height: `${geometry.scrollHeight(g)}px`, "--names": longestName(groups) }}
        onKeyDown={keydown}
        onFocusIn={(event) => setFocused(rowOf(event.target))}
        onFocusOut={() => setFocused(-1)}
        onClick={(event) => {
          const row = rowOf(event.target)
          if (row >= 0) select(row)
        }}
      >
        {rows.map((row) => (
          <MatchRow
            key={row}
            results={results!}
            row={row}
            unit={model.unit.value}
            active={row == active}
            focusable={row == focusable}
            top={geometry.topOf(g, row, place)}
            height={g.rowHeight}
          />
        ))}
      </div>
    </div>
  )
}

// In characters, up to what leaves room for values.
function longestName(groups: readonly Group[]): number {
  return Math.min(14, Math.max(...groups.map(({ name }) => name.length)))
}

function rowOf(target: EventTarget | null): number {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null
  return element ? Number(element.dataset["row"]) : -1
}

function target(key: string, row: number, page: number, count: number): number | undefined {
  const clamp = (n: number) => Math.max(0, Math.min(count - 1, n))
  switch (key) {
    case "ArrowDown":
      return clamp(row + 1)
    case "ArrowUp":
      return clamp(row - 1)
    case "PageDown":
      return clamp(row + page)
    case "PageUp":
      return clamp(row - page)
    case "Home":
      return 0
    case "End":
      return count - 1
    default:
      return undefined
  }
}
