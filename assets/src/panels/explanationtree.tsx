/// Scrolling, keys, folding, and the sync with the pattern. Only the rows on
/// screen exist: a pattern of 2,000 characters has some 700.
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { App } from "../app"
import { type About, Rows, NoFolds, type Outline, difference } from "../state"
import type { Explanation } from "../wire"
import { ExplanationRow, rowKey } from "./explanationrow"
import { heightOf, useHeights } from "./heights"

// Rows beyond the edges, so that a frame that comes late shows no gap.
const Extra = 6
// Around a row that is brought on screen.
const Room = 24
// A pause after which what is typed is a new word to look for.
const TypedMs = 800

export interface TreeProps {
  app: App
  outline: Outline
  about: About<Explanation>
  stale: boolean
}

export function ExplanationTree({ app, outline, about, stale }: TreeProps) {
  const { pattern } = about.query
  const scroller = useRef<HTMLDivElement>(null)
  const tree = useRef<HTMLDivElement>(null)
  const [scroll, setScroll] = useState({ top: 0, viewport: 0, width: 0 })
  const [folds, setFolds] = useState(NoFolds)
  const [walked, setWalked] = useState(0) // the item that Tab comes to
  const [hovered, setHovered] = useState(-1)
  const typed = useRef({ text: "", at: 0 })
  const focus = useRef(false) // to be put on the walked item

  const folded = outline.folded(folds, pattern)
  const visible = outline.visible(folded)
  const rowOf = new Map(visible.map((item, row) => [item, row]))
  const heights = useHeights(tree, outline.items, scroll.width)
  const rows = new Rows(visible.map((item) => heightOf(heights, outline.items[item]!, scroll.width)))
  const current = outline.shown(Math.min(walked, outline.items.length - 1), folded)
  const pointed = pointedItem(app, outline, pattern)
  const shown = pointed < 0 ? -1 : outline.shown(pointed, folded)
  const [first, last] = rows.range(scroll.top - (tree.current?.offsetTop ?? 0), scroll.viewport, Extra)

  const reveal = (row: number) => {
    const element = scroller.current!
    const above = tree.current!.offsetTop
    element.scrollTop = above + rows.reveal(row, element.scrollTop - above, element.clientHeight, Room)
    if (row == 0) element.scrollTop = 0
  }

  useLayoutEffect(() => {
    const element = scroller.current!
    const measure = () => setScroll({ top: element.scrollTop, viewport: element.clientHeight, width: element.clientWidth })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => {
      observer.disconnect()
      app.pointAt(undefined)
    }
  }, [])

  // What is pointed at in the pattern comes on screen, and again when the heights
  // of the rows around it are known. Otherwise what is at the top stays there.
  const wanted = useRef(-1)
  const anchor = useRef<{ outline: Outline; item: number; above: number } | undefined>(undefined)
  useLayoutEffect(() => {
    wanted.current = shown
  }, [shown, outline])
  useLayoutEffect(() => {
    if (scroll.viewport == 0) return
    const row = rowOf.get(wanted.current)
    if (row !== undefined) {
      reveal(row)
      if (heights.has(rowKey(outline.items[wanted.current]!))) wanted.current = -1
    } else if (anchor.current?.outline == outline) {
      const row = rowOf.get(anchor.current.item)
      if (row === undefined) return
      const top = rows.tops[row]! + anchor.current.above
      if (Math.abs(top - scroller.current!.scrollTop) >= 1) scroller.current!.scrollTop = top
    }
  })
  const scrolled = () => {
    const { scrollTop, clientHeight, clientWidth } = scroller.current!
    const row = rows.at(scrollTop - tree.current!.offsetTop)
    anchor.current = { outline, item: visible[row]!, above: scrollTop - rows.tops[row]! }
    setScroll({ top: scrollTop, viewport: clientHeight, width: clientWidth })
  }

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
        at(Math.max(row + 1, rows.at(rows.tops[row]! + scroll.viewport)))
        break
      case "PageUp":
        at(Math.min(row - 1, rows.at(rows.tops[row]! - scroll.viewport)))
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
      <div class="summary">
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
        {rowsToDraw(first, last, rowOf.get(current)).map((row) => {
          const item = visible[row]!
          return (
            <ExplanationRow
              key={item}
              index={item}
              item={outline.items[item]!}
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
