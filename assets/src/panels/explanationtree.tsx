/// Scrolling, keys, folding, and the sync with the pattern. Only the rows on
/// screen exist: a pattern of 2,000 characters has some 700.
///
/// What is to be on screen is reckoned from what is known of the layout, and nothing
/// is asked of it until the frame lays the page out anyway: between two of a key's
/// messages that would lay out the pattern once more. In the frame the rows that are
/// new are measured and the list is scrolled (see settle), before anything is painted.
import { computed } from "@preact/signals"
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks"
import type { App } from "../app"
import { type About, Rows, NoFolds, type Outline, difference } from "../state"
import type { Explanation } from "../wire"
import { ExplanationRow, rowKey } from "./explanationrow"
import { Heights } from "./heights"

// Rows beyond the edges, so that a frame that comes late shows no gap.
const Extra = 6
// Around a row that is brought on screen.
const Room = 24
// A pause after which what is typed is a new word to look for.
const TypedMs = 800

interface Box {
  viewport: number
  width: number
  /// What of the panel is above the tree.
  above: number
}

function sameBox(a: Box, b: Box): boolean {
  return a.viewport == b.viewport && a.width == b.width && a.above == b.above
}

export interface TreeProps {
  app: App
  outline: Outline
  about: About<Explanation>
  stale: boolean
}

export function ExplanationTree({ app, outline, about, stale }: TreeProps) {
  const { pattern } = about.query
  const scroller = useRef<HTMLDivElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const tree = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [box, setBox] = useState<Box>({ viewport: 0, width: 0, above: 0 })
  const [folds, setFolds] = useState(NoFolds)
  const [walked, setWalked] = useState(0) // the item that Tab comes to
  const [hovered, setHovered] = useState(-1)
  const [measured, setMeasured] = useState(0) // changes when more heights are known
  const typed = useRef({ text: "", at: 0 })
  const focus = useRef(false) // to be put on the walked item

  const folded = useMemo(() => outline.folded(folds, pattern), [outline, folds])
  const visible = useMemo(() => outline.visible(folded), [outline, folded])
  const rowOf = useMemo(() => new Map(visible.map((item, row) => [item, row])), [visible])
  const keys = useMemo(() => outline.items.map(rowKey), [outline])
  const heights = useMemo(() => new Heights(), [])
  heights.fit(box.width)
  const rows = useMemo(
    () => new Rows(visible.map((item) => heights.of(outline.items[item]!, keys[item]!))),
    [visible, box.width, measured],
  )
  const current = outline.shown(Math.min(walked, outline.items.length - 1), folded)
  const pointed = useMemo(() => computed(() => pointedItem(app, outline, pattern)), [outline]).value
  const shown = pointed < 0 ? -1 : outline.shown(pointed, folded)

  // What is pointed at in the pattern comes on screen, and again when the heights
  // of the rows around it are known. Otherwise what is at the top stays there.
  const wanted = useRef(-1)
  const asked = useRef({ shown: -1, outline })
  if (asked.current.shown != shown || asked.current.outline != outline) {
    asked.current = { shown, outline }
    wanted.current = shown
  }
  const anchor = useRef<{ outline: Outline; item: number; above: number } | undefined>(undefined)
  const revealed = (row: number, from: number) =>
    row == 0 ? 0 : box.above + rows.reveal(row, from - box.above, box.viewport, Room)
  const goal = () => {
    if (box.viewport == 0) return top
    const row = rowOf.get(wanted.current)
    if (row !== undefined) return revealed(row, top)
    const kept = anchor.current?.outline == outline ? rowOf.get(anchor.current.item) : undefined
    return kept === undefined ? top : rows.tops[kept]! + anchor.current!.above
  }
  const to = goal()
  const [first, last] = rows.range(to - box.above, box.viewport, Extra)
  const drawn = rowsToDraw(first, last, rowOf.get(current))

  const scrolled = () => {
    const { scrollTop } = scroller.current!
    const row = rows.at(scrollTop - box.above)
    anchor.current = { outline, item: visible[row]!, above: scrollTop - rows.tops[row]! }
    setTop(scrollTop)
  }
  const scrollTo = (to: number) => {
    scroller.current!.scrollTop = to
    scrolled()
  }
  const reveal = (row: number) => scrollTo(revealed(row, scroller.current!.scrollTop))

  useLayoutEffect(() => {
    const element = scroller.current!
    const measure = () => {
      const next = { viewport: element.clientHeight, width: element.clientWidth, above: tree.current!.offsetTop }
      setBox((box) => (sameBox(box, next) ? box : next))
      setTop(element.scrollTop)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(summary.current!)
    measure()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame.current.request)
      app.pointAt(undefined)
    }
  }, [])

  // Measures the new rows, which are then drawn where they belong, or else scrolls.
  const settle = () => {
    if (heights.measure(tree.current!, keys)) setMeasured((n) => n + 1)
    else {
      wanted.current = -1
      if (Math.abs(to - top) >= 1) scrollTo(to)
    }
  }
  const settled = useRef(settle)
  settled.current = settle
  const frame = useRef({ request: 0, now: false })
  useLayoutEffect(() => {
    if (box.viewport == 0) return
    const still = Math.abs(to - top) < 1 && drawn.every((row) => heights.has(keys[visible[row]!]!))
    if (still) wanted.current = -1
    else if (frame.current.now) settle()
    else
      frame.current.request ||= requestAnimationFrame(() => {
        frame.current = { request: 0, now: true }
        settled.current()
        // After what this renders, which is still for this frame.
        queueMicrotask(() => (frame.current.now = false))
      })
  })

  useLayoutEffect(() => {
    document.documentElement.dataset["explained"] = String(about.msg.version)
  }, [about])

  useLayoutEffect(() => {
    if (!focus.current) return
    focus.current = false
    tree.current!.querySelector<HTMLElement>(`[data-item="${current}"]`)?.focus({ preventScroll: true })
  })

  const walk = (item: number) => {
    const row = rowOf.get(item)
    if (row !== undefined) reveal(row)
    // Nothing is rendered for the item that has the focus: the wish would wait, and
    // take the focus from wherever it has gone by then.
    if (item == current) return
    focus.current = true
    setWalked(item)
  }
  const fold = (items: Iterable<number>, on: boolean) => {
    const next = new Set(folded)
    for (const item of items) {
      if (!on) next.delete(item)
      else if (outline.hasChildren(item)) next.add(item)
    }
    setFolds(outline.folds(next, pattern))
  }

  const keydown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const row = rowOf.get(current)
    if (row === undefined) return
    const opens = outline.hasChildren(current)
    const at = (to: number) => walk(visible[Math.max(0, Math.min(visible.length - 1, to))]!)
    switch (event.key) {
      case "ArrowDown":
        at(row + 1)
        break
      case "ArrowUp":
        at(row - 1)
        break
      case "PageDown":
        at(Math.max(row + 1, rows.at(rows.tops[row]! + box.viewport)))
        break
      case "PageUp":
        at(Math.min(row - 1, rows.at(rows.tops[row]! - box.viewport)))
        break
      case "Home":
        at(0)
        break
      case "End":
        at(visible.length - 1)
        break
      case "ArrowRight":
        if (opens && folded.has(current)) fold([current], false)
        else if (opens) walk(current + 1)
        break
      case "ArrowLeft":
        if (opens && !folded.has(current)) fold([current], true)
        else if (outline.parents[current]! >= 0) walk(outline.parents[current]!)
        break
      case "*":
        fold(outline.siblings(current), false)
        break
      case "Enter":
        app.selectPart(outline.items[current]!, pattern)
        break
      case " ":
        if (opens) fold([current], !folded.has(current))
        break
      default: {
        if (event.key.length != 1) return
        const now = performance.now()
        const text = (now - typed.current.at < TypedMs ? typed.current.text : "") + event.key
        typed.current = { text, at: now }
        const found = outline.find(visible, row, text)
        if (found >= 0) at(found)
      }
    }
    event.preventDefault()
  }

  // The pattern shows what is under the pointer, or else what has the focus.
  const point = (item: number) => app.pointAt(item < 0 ? undefined : outline.items[item]!, pattern)
  const focusedItem = () => itemOf(document.activeElement)
  return (
    <div
      class={stale ? "explanation stale" : "explanation"}
      ref={scroller}
      onScroll={scrolled}
      onWheel={() => (wanted.current = -1)}
    >
      <div class="summary" ref={summary}>
        <div>
          {about.msg.summary.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        {visible.length > 1 && (
          <button
            type="button"
            class="tool"
            onClick={() => fold(outline.items.keys(), folded.size == 0)}
          >
            {folded.size == 0 ? "Fold all" : "Unfold all"}
          </button>
        )}
      </div>
      <div
        role="tree"
        aria-label="Explanation"
        class="outline"
        ref={tree}
        style={{ height: `${rows.height}px` }}
        onKeyDown={keydown}
        onFocusIn={(event) => {
          const item = itemOf(event.target)
          if (item < 0) return
          setWalked(item)
          point(item)
        }}
        onFocusOut={(event) => {
          if (!tree.current!.contains(event.relatedTarget as Node | null)) point(hovered)
        }}
        onMouseOver={(event) => {
          const item = itemOf(event.target)
          if (item == hovered) return
          setHovered(item)
          point(item >= 0 ? item : focusedItem())
        }}
        onMouseLeave={() => {
          setHovered(-1)
          point(focusedItem())
        }}
        onClick={(event) => {
          const item = itemOf(event.target)
          if (item < 0) return
          const twisty = event.target instanceof Element && event.target.closest(".twisty")
          if (twisty && outline.hasChildren(item)) fold([item], !folded.has(item))
          walk(item)
        }}
        onDblClick={(event) => {
          const item = itemOf(event.target)
          if (item >= 0) app.selectPart(outline.items[item]!, pattern)
        }}
      >
        {drawn.map((row) => {
          const item = visible[row]!
          return (
            <ExplanationRow
              key={item}
              index={item}
              item={outline.items[item]!}
              rowKey={keys[item]!}
              pattern={pattern}
              top={rows.tops[row]!}
              place={outline.places[item]!}
              size={outline.sizes[item]!}
              expanded={outline.hasChildren(item) ? !folded.has(item) : undefined}
              pointed={item == shown}
              focusable={item == current}
            />
          )
        })}
      </div>
    </div>
  )
}

// Those on screen, and that which has or gets the focus.
function rowsToDraw(first: number, last: number, current: number | undefined): number[] {
  const rows: number[] = []
  for (let row = first; row < last; row++) rows.push(row)
  if (current !== undefined && current < first) rows.unshift(current)
  else if (current !== undefined && current >= last) rows.push(current)
  return rows
}

// The innermost item at the caret or the pointer in the pattern.
function pointedItem({ model }: App, outline: Outline, pattern: string): number {
  const place = model.place.value
  if (!place) return -1
  const changes = difference(pattern, model.query.value.pattern)
  const pos = changes ? changes.invertedDesc.mapPos(place.pos, -1) : place.pos
  const item = outline.at(pos)
  // At the end of the pattern, the caret is at the last part.
  return item < 0 && place.by == "caret" && pos > 0 ? outline.at(pos - 1) : item
}

function itemOf(target: EventTarget | null): number {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-item]") : null
  return element ? Number(element.dataset["item"]) : -1
}
