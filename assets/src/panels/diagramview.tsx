/// The diagram itself: pointing, selecting, panning and zooming.
import { useLayoutEffect, useRef } from "preact/hooks"
import type { App } from "../app"
import { type About, sameQuery } from "../state"
import type { Diagram } from "../wire"
import { Picture } from "./picture"

interface Props {
  app: App
  shown: About<Diagram>
  zoom: number
  setZoom(zoom: number): void
  /// The factor of one key.
  step: number
}

// A pointer that moves less than this many pixels while pressed clicks.
const ClickSlop = 4

// A notch of most wheels is 100 pixels: a fifth.
const WheelFactor = 0.002

export function DiagramView({ app, shown, zoom, setZoom, step }: Props) {
  const { model } = app
  const scroller = useRef<HTMLDivElement>(null)
  const picture = useRef<Picture>(null)
  const drawnZoom = useRef(zoom)
  // Where the next zoom keeps what is there: the pointer, or the top left.
  const anchor = useRef({ x: 0, y: 0 })
  const drag = useRef({ id: -1, x: 0, y: 0, moved: false })
  const latest = useRef({ zoom, setZoom })
  latest.current = { zoom, setZoom }

  const { svg, width, height } = shown.msg
  useLayoutEffect(() => {
    picture.current ??= new Picture(scroller.current!)
    picture.current.show(svg, width, height, zoom)
    drawnZoom.current = zoom
    app.pointAt(undefined)
  }, [svg])

  useLayoutEffect(() => {
    if (zoom == drawnZoom.current) return
    picture.current!.zoom(drawnZoom.current, zoom, anchor.current.x, anchor.current.y)
    drawnZoom.current = zoom
    anchor.current = { x: 0, y: 0 }
  }, [zoom])

  useLayoutEffect(() => {
    const element = scroller.current!
    // With ctrl: without it, the wheel scrolls. Also what a touch pad sends for
    // two fingers.
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      anchor.current = { x: event.clientX - box.left, y: event.clientY - box.top }
      latest.current.setZoom(latest.current.zoom * Math.exp(-event.deltaY * WheelFactor))
    }
    element.addEventListener("wheel", wheel, { passive: false })
    return () => {
      element.removeEventListener("wheel", wheel)
      app.pointAt(undefined)
    }
  }, [])

  // A place is in the pattern of now, which the diagram follows.
  const current = sameQuery(shown.query, model.query.value)
  const place = model.place.value
  useLayoutEffect(() => {
    picture.current!.mark("rr-current", current && place ? picture.current!.holding(place.pos) : undefined, true)
  }, [place?.pos, svg, current])

  const point = (target: EventTarget | null) => {
    const part = picture.current!.at(target)
    picture.current!.mark("rr-pointed", part)
    app.pointAt(part, shown.query.pattern)
  }

  return (
    <div
      class="diagram-scroller"
      ref={scroller}
      role="region"
      aria-label="Railroad diagram"
      tabIndex={0}
      onPointerOver={(event) => point(event.target)}
      onPointerLeave={() => point(null)}
      onPointerDown={(event) => {
        // Fingers scroll by themselves.
        if (event.pointerType != "mouse" || event.button != 0) return
        drag.current = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false }
      }}
      onPointerMove={(event) => {
        const { id, x, y, moved } = drag.current
        if (event.pointerId != id) return
        if (!moved && Math.hypot(event.clientX - x, event.clientY - y) < ClickSlop) return
        if (!moved) event.currentTarget.setPointerCapture(id)
        event.currentTarget.scrollBy(x - event.clientX, y - event.clientY)
        drag.current = { id, x: event.clientX, y: event.clientY, moved: true }
      }}
      onPointerUp={() => (drag.current.id = -1)}
      onPointerCancel={() => (drag.current.id = -1)}
      onClick={(event) => {
        if (drag.current.moved) {
          drag.current.moved = false
          return
        }
        const part = current ? picture.current!.at(event.target) : undefined
        if (part) app.selectPart(part, model.query.value.pattern)
      }}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return
        if (event.key == "+" || event.key == "=") setZoom(zoom * step)
        else if (event.key == "-") setZoom(zoom / step)
        else if (event.key == "0") setZoom(1)
        else return
        event.preventDefault()
      }}
    />
  )
}
