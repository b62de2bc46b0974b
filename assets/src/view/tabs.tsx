/// The panels that this server serves and this page knows, one of them open.
import { useLayoutEffect, useRef } from "preact/hooks"
import { panels } from "../panels"
import { useApp } from "./context"

// While the splitter moves, the server is not asked for every width.
const ResizeMs = 120

// What a scroll bar takes of a panel, on most systems.
const ScrollBar = 16

export function Tabs() {
  const app = useApp()
  const { model } = app
  const content = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = content.current!
    const measure = () => (model.panelWidth.value = element.clientWidth - ScrollBar)
    let timer: ReturnType<typeof setTimeout> | undefined
    const observer = new ResizeObserver(() => {
      clearTimeout(timer)
      timer = setTimeout(measure, ResizeMs)
    })
    observer.observe(element)
    measure()
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [])
  // Before the welcome, the panel that every server has.
  const offered = model.welcome.value?.panels ?? [{ id: "matches", label: "Matches", needsEngine: true, menu: false }]
  const known = offered.filter(({ menu }) => !menu).flatMap(({ id, label }) => {
    const panel = panels.find((p) => p.id == id)
    return panel ? [{ panel, label }] : []
  })
  const current = known.find(({ panel }) => panel.id == model.panel.value) ?? known[0]
  const open = current?.panel.id ?? ""
  const row = useRef<HTMLDivElement>(null)
  // Which ends of the row are cut.
  const mark = () => {
    const { scrollLeft, scrollWidth, clientWidth, dataset } = row.current!
    dataset["cut"] = `${scrollLeft > 1 ? "start " : ""}${scrollLeft + clientWidth < scrollWidth - 1 ? "end" : ""}`
  }
  useLayoutEffect(() => {
    const element = row.current
    if (!element) return
    const observer = new ResizeObserver(mark)
    observer.observe(element)
    mark()
    return () => observer.disconnect()
  }, [known.length])
  // At once: a tab that moves a frame later is not where the pointer goes.
  useLayoutEffect(() => {
    document.getElementById("tab-" + open)?.scrollIntoView({ block: "nearest", inline: "nearest" })
  }, [open, known.length])
  if (!current) return null
  const { View, id } = current.panel
  const move = (event: KeyboardEvent) => {
    const step = event.key == "ArrowRight" ? 1 : event.key == "ArrowLeft" ? -1 : 0
    if (step == 0 || event.altKey || event.ctrlKey || event.metaKey) return
    const next = known[(known.indexOf(current) + step + known.length) % known.length]!
    model.panel.value = next.panel.id
    document.getElementById("tab-" + next.panel.id)?.focus()
    event.preventDefault()
  }
  return (
    <section class="pane panel-pane" aria-label="Results">
      <div class="bar-row tabs" ref={row} onScroll={mark} role="tablist" aria-label="Panels" onKeyDown={move}>
        {known.map(({ panel, label }) => (
          <button
            key={panel.id}
            type="button"
            role="tab"
            class="tab"
            id={"tab-" + panel.id}
            aria-selected={panel.id == id}
            aria-controls={"panel-" + panel.id}
            tabIndex={panel.id == id ? 0 : -1}
            onClick={() => (model.panel.value = panel.id)}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="panel" ref={content} role="tabpanel" id={"panel-" + id} aria-labelledby={"tab-" + id}>
        <View app={app} />
      </div>
    </section>
  )
}
